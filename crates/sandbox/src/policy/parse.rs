//! From the policy's text to its statements, refusing what S3 refuses.

use serde_json::{Map, Value};
use thiserror::Error;

use super::Policy;
use super::condition::{Comparison, ConditionTest, Network, Operator};
use super::statement::{Effect, Principal, Scope, Statement};

/// Why a text is no bucket policy, in S3's words.
#[derive(Debug, Error, PartialEq, Eq)]
pub(crate) enum MalformedPolicy {
    #[error("This policy contains invalid Json")]
    Json,
    #[error("Policies must be valid JSON and the first byte must be '{{'")]
    NotAnObject,
    #[error("Missing required field {0}")]
    Missing(&'static str),
    #[error("Unknown field {0}")]
    UnknownField(String),
    #[error("The policy must contain a valid version string")]
    Version,
    #[error("Invalid effect: {0}")]
    Effect(String),
    #[error("Invalid principal in policy")]
    Principal,
    #[error("Policy has invalid action")]
    Action,
    #[error("Policy has invalid resource")]
    Resource,
    #[error("Invalid Condition type : {0}")]
    Operator(String),
    #[error("Policy has invalid condition value for {0}")]
    ConditionValue(String),
    #[error("Policies exceeding 20480 bytes are not allowed")]
    TooLarge,
}

type Parsed<T> = Result<T, MalformedPolicy>;

/// The longest bucket policy S3 accepts, in bytes.
const LONGEST: usize = 20_480;

/// Understands the policy of that bucket.
///
/// # Errors
///
/// The first thing that is wrong with it.
pub(crate) fn parse(text: &str, bucket: &str) -> Parsed<Policy> {
    if text.len() > LONGEST {
        return Err(MalformedPolicy::TooLarge);
    }
    if !text.starts_with('{') {
        return Err(MalformedPolicy::NotAnObject);
    }
    let Ok(Value::Object(policy)) = serde_json::from_str(text) else {
        return Err(MalformedPolicy::Json);
    };
    only_known(&policy, &["Version", "Id", "Statement"])?;
    match policy.get("Version") {
        None => {}
        Some(Value::String(version)) if version == "2012-10-17" || version == "2008-10-17" => {}
        Some(_) => return Err(MalformedPolicy::Version),
    }
    let statements = match policy.get("Statement") {
        Some(Value::Array(list)) if !list.is_empty() => list.iter().collect(),
        Some(one @ Value::Object(_)) => vec![one],
        _ => return Err(MalformedPolicy::Missing("Statement")),
    };
    let statements = statements.into_iter().map(|one| statement(one, bucket)).collect::<Parsed<_>>()?;
    Ok(Policy { statements })
}

fn only_known(object: &Map<String, Value>, known: &[&str]) -> Parsed<()> {
    match object.keys().find(|key| !known.contains(&key.as_str())) {
        Some(key) => Err(MalformedPolicy::UnknownField(key.clone())),
        None => Ok(()),
    }
}

fn statement(value: &Value, bucket: &str) -> Parsed<Statement> {
    let Value::Object(object) = value else { return Err(MalformedPolicy::Json) };
    let known =
        ["Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource", "NotResource", "Condition"];
    only_known(object, &known)?;
    let effect = match object.get("Effect") {
        Some(Value::String(effect)) if effect == "Allow" => Effect::Allow,
        Some(Value::String(effect)) if effect == "Deny" => Effect::Deny,
        Some(other) => return Err(MalformedPolicy::Effect(other.to_string())),
        None => return Err(MalformedPolicy::Missing("Effect")),
    };
    Ok(Statement {
        effect,
        principals: scope(object, "Principal", "NotPrincipal", principals)?,
        actions: scope(object, "Action", "NotAction", actions)?,
        resources: scope(object, "Resource", "NotResource", |value| resources(value, bucket))?,
        conditions: conditions(object.get("Condition"))?,
    })
}

fn scope<T>(
    object: &Map<String, Value>,
    these: &'static str,
    all_but: &'static str,
    read: impl Fn(&Value) -> Parsed<Vec<T>>,
) -> Parsed<Scope<T>> {
    match (object.get(these), object.get(all_but)) {
        (Some(value), None) => Ok(Scope::These(read(value)?)),
        (None, Some(value)) => Ok(Scope::AllBut(read(value)?)),
        _ => Err(MalformedPolicy::Missing(these)),
    }
}

/// A text, or a list of texts with at least one.
fn texts(value: &Value, wrong: MalformedPolicy) -> Parsed<Vec<String>> {
    match value {
        Value::String(text) => Ok(vec![text.clone()]),
        Value::Array(list) if !list.is_empty() => {
            list.iter().map(|one| one.as_str().map(str::to_owned)).collect::<Option<_>>().ok_or(wrong)
        }
        _ => Err(wrong),
    }
}

fn principals(value: &Value) -> Parsed<Vec<Principal>> {
    let Value::Object(object) = value else {
        return match value.as_str() {
            Some("*") => Ok(vec![Principal::Everybody]),
            _ => Err(MalformedPolicy::Principal),
        };
    };
    let mut all = Vec::new();
    for (kind, names) in object {
        for name in texts(names, MalformedPolicy::Principal)? {
            all.push(match kind.as_str() {
                "AWS" if name == "*" => Principal::Everybody,
                "AWS" if names_an_identity(&name) => Principal::Aws(name),
                "Service" | "Federated" | "CanonicalUser" if name != "*" => Principal::Other(name),
                _ => return Err(MalformedPolicy::Principal),
            });
        }
    }
    if all.is_empty() { Err(MalformedPolicy::Principal) } else { Ok(all) }
}

/// Twelve digits, or an ARN of IAM or STS with an account and without wildcards.
fn names_an_identity(name: &str) -> bool {
    let account = |text: &str| text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit());
    if account(name) {
        return true;
    }
    let parts: Vec<&str> = name.splitn(6, ':').collect();
    match parts.as_slice() {
        ["arn", "aws" | "aws-cn" | "aws-us-gov", "iam" | "sts", "", id, rest] => {
            account(id) && !rest.is_empty() && !name.contains(['*', '?'])
        }
        _ => false,
    }
}

fn actions(value: &Value) -> Parsed<Vec<String>> {
    let actions = texts(value, MalformedPolicy::Action)?;
    let valid = |action: &String| {
        action == "*"
            || action.get(..3).is_some_and(|service| service.eq_ignore_ascii_case("s3:"))
                && action.len() > 3
                && action[3..].chars().all(|c| c.is_ascii_alphanumeric() || c == '*' || c == '?')
    };
    if actions.iter().all(valid) { Ok(actions) } else { Err(MalformedPolicy::Action) }
}

fn resources(value: &Value, bucket: &str) -> Parsed<Vec<String>> {
    let resources = texts(value, MalformedPolicy::Resource)?;
    let valid = |resource: &String| {
        let Some(path) = ["arn:aws:s3:::", "arn:aws-cn:s3:::", "arn:aws-us-gov:s3:::"]
            .iter()
            .find_map(|start| resource.strip_prefix(start))
        else {
            return false;
        };
        let name = path.split_once('/').map_or(path, |(name, _)| name);
        super::pattern::matches(name, bucket)
    };
    if resources.iter().all(valid) { Ok(resources) } else { Err(MalformedPolicy::Resource) }
}

fn conditions(value: Option<&Value>) -> Parsed<Vec<ConditionTest>> {
    let Some(value) = value else { return Ok(Vec::new()) };
    let Value::Object(operators) = value else { return Err(MalformedPolicy::Json) };
    let mut all = Vec::new();
    for (name, keys) in operators {
        let operator = Operator::parse(name).ok_or_else(|| MalformedPolicy::Operator(name.clone()))?;
        let Value::Object(keys) = keys else { return Err(MalformedPolicy::Json) };
        for (key, values) in keys {
            let values = condition_values(key, values)?;
            let valid =
                operator.comparison != Comparison::Ip || values.iter().all(|value| value.parse::<Network>().is_ok());
            if !valid {
                return Err(MalformedPolicy::ConditionValue(key.clone()));
            }
            all.push(ConditionTest { operator, key: key.clone(), values });
        }
    }
    Ok(all)
}

fn condition_values(key: &str, value: &Value) -> Parsed<Vec<String>> {
    let list = match value {
        Value::Array(list) => list.iter().collect(),
        one => vec![one],
    };
    list.into_iter()
        .map(|one| match one {
            Value::String(text) => Ok(text.clone()),
            Value::Bool(value) => Ok(value.to_string()),
            Value::Number(number) => Ok(number.to_string()),
            _ => Err(MalformedPolicy::ConditionValue(key.to_owned())),
        })
        .collect()
}
