//! Whether requests without TLS are refused: a statement that denies everybody everything on the bucket and its
//! objects when `aws:SecureTransport` is false. Whatever narrows such a statement leaves a hole.

use pillbox_model::{
    BucketSnapshot, CheckGroup, CheckId, Effect, ErrorCode, Failure, Read, Reason, Reversibility, SettingChange,
    SettingState, Severity,
};
use serde_json::{Map, Value, json};

use super::{Check, Fix};
use crate::gate::{is_policy_public, known_block};
use crate::outcome::Outcome;
use crate::plan::unread_failure;
use crate::policy::{self, Condition, Principal, Scope, Statement};

pub(super) const CHECK: Check = Check {
    group: CheckGroup::Encryption,
    standards: &["FSBP S3.5", "CIS 3.1.1", "HIPAA 164.312(e)(1)"],
    permission: "s3:GetBucketPolicy",
    finding_type: "Policy:IAMUser/S3InsecureTransportAllowed",
    severity: Severity::Medium,
    judge,
    fix: Some(fix),
};

/// The largest policy that S3 takes, in bytes (S3 User Guide, "Bucket policies for Amazon S3").
const LARGEST_POLICY: usize = 20 * 1024;

const SID: &str = "PillboxDenyInsecureTransport";

fn judge(snapshot: &BucketSnapshot) -> Outcome {
    let text = match &snapshot.policy {
        Read::Unread(unread) => return Outcome::unread(unread),
        Read::Known(None) => return Outcome::fail(Reason::TlsNotRequired),
        Read::Known(Some(text)) => text,
    };
    let Some(statements) = policy::statements(text) else { return Outcome::unknown(Reason::PolicyNotUnderstood) };
    if statements.iter().flatten().any(|statement| requires_tls(statement, snapshot)) {
        return Outcome::pass();
    }
    Outcome::fail(Reason::TlsNotRequired)
}

fn requires_tls(statement: &Statement, snapshot: &BucketSnapshot) -> bool {
    statement.effect == policy::Effect::Deny
        && is_everyone(&statement.principal)
        && matches!(&statement.actions, Scope::Only(these) if these.iter().any(|action| is_every_action(action)))
        && matches!(&statement.resources, Scope::Only(these) if covers_bucket(these, snapshot))
        && matches!(&statement.conditions[..], [only] if is_insecure_transport(only))
}

fn is_everyone(principal: &Principal) -> bool {
    match principal {
        Principal::Everyone => true,
        Principal::These(these) => these.iter().any(|(kind, value)| kind == "AWS" && value == "*"),
        Principal::AllBut => false,
    }
}

fn is_every_action(action: &str) -> bool {
    action == "*" || action.eq_ignore_ascii_case("s3:*")
}

fn covers_bucket(resources: &[String], snapshot: &BucketSnapshot) -> bool {
    arns(snapshot).iter().all(|arn| {
        resources.iter().any(|resource| {
            let begins = resource.strip_suffix('*').filter(|begin| !begin.contains(['*', '?']));
            resource == arn || begins.is_some_and(|begin| arn.starts_with(begin))
        })
    })
}

fn is_insecure_transport(condition: &Condition) -> bool {
    matches!(condition.operator.as_str(), "Bool" | "BoolIfExists")
        && condition.key == "aws:securetransport"
        && condition.values.iter().any(|value| value.eq_ignore_ascii_case("false"))
}

/// The bucket, and all that is in it.
fn arns(snapshot: &BucketSnapshot) -> [String; 2] {
    let bucket = format!("arn:{}:s3:::{}", snapshot.partition, snapshot.bucket);
    let objects = format!("{bucket}/*");
    [bucket, objects]
}

fn fix(snapshot: &BucketSnapshot) -> Result<Fix, Failure> {
    let before = match &snapshot.policy {
        Read::Known(before) => before.clone(),
        Read::Unread(unread) => return Err(unread_failure(unread)),
    };
    let not_fixable = || Failure::about(ErrorCode::NotFixable, CheckId::TlsOnly.as_str());
    // S3 refuses to write a policy that is public, even an unchanged part of one, while BlockPublicPolicy is on.
    if is_policy_public(snapshot) && known_block(snapshot).block_public_policy {
        return Err(not_fixable());
    }
    let after = with_statement(before.as_deref(), snapshot).ok_or_else(not_fixable)?;
    let change = SettingChange {
        check: CheckId::TlsOnly,
        before: SettingState::BucketPolicy(before),
        after: SettingState::BucketPolicy(Some(after)),
    };
    Ok(Fix { changes: vec![change], effects: vec![Effect::PlainHttpRefused], reversibility: Reversibility::Exact })
}

/// The policy with one statement more; every other statement stays as it is. `None` when the policy is not
/// understood or would be too large.
fn with_statement(policy: Option<&str>, snapshot: &BucketSnapshot) -> Option<String> {
    let mut document = match policy {
        Some(text) => serde_json::from_str::<Map<String, Value>>(text).ok()?,
        None => new_policy(),
    };
    let statements = document.get_mut("Statement")?;
    if statements.is_object() {
        *statements = Value::Array(vec![statements.take()]);
    }
    let list = statements.as_array_mut()?;
    let statement = json!({
        "Sid": free_sid(list),
        "Effect": "Deny",
        "Principal": "*",
        "Action": "s3:*",
        "Resource": arns(snapshot),
        "Condition": { "Bool": { "aws:SecureTransport": "false" } },
    });
    list.push(statement);
    let text = Value::Object(document).to_string();
    (text.len() <= LARGEST_POLICY).then_some(text)
}

fn new_policy() -> Map<String, Value> {
    let mut policy = Map::new();
    policy.insert("Version".to_owned(), json!("2012-10-17"));
    policy.insert("Statement".to_owned(), json!([]));
    policy
}

/// A statement id that none of the statements has: ids are unique within a policy.
fn free_sid(statements: &[Value]) -> String {
    let is_free = |sid: &String| statements.iter().all(|statement| statement["Sid"] != **sid);
    let numbered = (2..).map(|number| format!("{SID}{number}"));
    std::iter::once(SID.to_owned()).chain(numbered).find(is_free).unwrap_or_default()
}
