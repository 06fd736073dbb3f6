//! The conditions of a statement.

use serde_json::Value;

/// One operator, one key, and the values of which one must hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Condition {
    pub(crate) operator: String,
    /// In lower case: keys are told apart without regard to case.
    pub(crate) key: String,
    pub(crate) values: Vec<String>,
}

impl Condition {
    /// The conditions under a statement's `Condition`; none when it has none, `None` when they are not
    /// understood.
    pub(crate) fn read_all(value: Option<&Value>) -> Option<Vec<Self>> {
        let Some(value) = value else { return Some(Vec::new()) };
        let mut conditions = Vec::new();
        for (operator, keys) in value.as_object()? {
            for (key, values) in keys.as_object()? {
                conditions.push(Self {
                    operator: operator.clone(),
                    key: key.to_ascii_lowercase(),
                    values: scalars(values)?,
                });
            }
        }
        Some(conditions)
    }
}

/// One value or a list of them; JSON's own booleans and numbers stand for their text.
fn scalars(value: &Value) -> Option<Vec<String>> {
    match value {
        Value::Array(list) => list.iter().map(scalar).collect(),
        one => Some(vec![scalar(one)?]),
    }
}

fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Bool(truth) => Some(truth.to_string()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
