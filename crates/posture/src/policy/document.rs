//! What a policy's JSON says (IAM User Guide, "Grammar of the IAM JSON policy language").

use serde_json::{Map, Value};

use super::Condition;

/// Whether a statement opens or shuts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Effect {
    Allow,
    Deny,
}

/// Whom a statement is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Principal {
    /// `"*"`.
    Everyone,
    /// By kind (`AWS`, `Service`, `Federated`, `CanonicalUser`), each with its value.
    These(Vec<(String, String)>),
    /// `NotPrincipal`: everyone but some.
    AllBut,
}

/// What a statement is about: the things that are listed, or all but them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Scope {
    Only(Vec<String>),
    AllBut,
}

/// One statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Statement {
    pub(crate) effect: Effect,
    pub(crate) principal: Principal,
    pub(crate) actions: Scope,
    pub(crate) resources: Scope,
    /// All of them must hold.
    pub(crate) conditions: Vec<Condition>,
}

/// A policy's statements, each read or not understood; `None` when the text is no policy at all. Every legal
/// shape is read: one statement or a list of them, one string or a list of strings.
pub(crate) fn statements(policy: &str) -> Option<Vec<Option<Statement>>> {
    let document: Value = serde_json::from_str(policy).ok()?;
    match document.as_object()?.get("Statement")? {
        Value::Array(list) => Some(list.iter().map(statement).collect()),
        single @ Value::Object(_) => Some(vec![statement(single)]),
        _ => None,
    }
}

fn statement(value: &Value) -> Option<Statement> {
    let fields = value.as_object()?;
    let effect = match fields.get("Effect")?.as_str()? {
        "Allow" => Effect::Allow,
        "Deny" => Effect::Deny,
        _ => return None,
    };
    Some(Statement {
        effect,
        principal: principal(fields)?,
        actions: scope(fields, "Action", "NotAction")?,
        resources: scope(fields, "Resource", "NotResource")?,
        conditions: Condition::read_all(fields.get("Condition"))?,
    })
}

fn principal(fields: &Map<String, Value>) -> Option<Principal> {
    match (fields.get("Principal"), fields.get("NotPrincipal")) {
        (Some(Value::String(all)), None) if all == "*" => Some(Principal::Everyone),
        (Some(Value::Object(kinds)), None) if !kinds.is_empty() => {
            let mut these = Vec::new();
            for (kind, values) in kinds {
                these.extend(strings(values)?.into_iter().map(|value| (kind.clone(), value)));
            }
            Some(Principal::These(these))
        }
        (None, Some(_)) => Some(Principal::AllBut),
        _ => None,
    }
}

/// The values of `only`, or `AllBut` when the statement has `all_but` instead; exactly one of them is legal.
fn scope(fields: &Map<String, Value>, only: &str, all_but: &str) -> Option<Scope> {
    match (fields.get(only), fields.get(all_but)) {
        (Some(values), None) => Some(Scope::Only(strings(values)?)),
        (None, Some(_)) => Some(Scope::AllBut),
        _ => None,
    }
}

/// One string, or a list of strings that is not empty.
fn strings(value: &Value) -> Option<Vec<String>> {
    match value {
        Value::String(one) => Some(vec![one.clone()]),
        Value::Array(list) if !list.is_empty() => list.iter().map(|item| item.as_str().map(str::to_owned)).collect(),
        _ => None,
    }
}
