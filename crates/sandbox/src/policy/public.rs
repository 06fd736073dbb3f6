//! Whether a policy is public in S3's sense.

use super::Policy;
use super::condition::{Comparison, ConditionTest, Network, Quantifier};
use super::pattern::is_fixed;
use super::statement::{Effect, Principal, Scope, Statement};

/// Keys that limit a statement to somebody in particular when their values are fixed.
/// Amazon S3 user guide, "Blocking public access to your Amazon S3 storage".
const LIMITING_KEYS: [&str; 11] = [
    "aws:sourcearn",
    "aws:sourcevpc",
    "aws:sourcevpce",
    "aws:sourceowner",
    "aws:sourceaccount",
    "aws:principalorgid",
    "aws:principalaccount",
    "aws:principalarn",
    "s3:x-amz-server-side-encryption-aws-kms-key-id",
    "s3:dataaccesspointaccount",
    "aws:userid",
];

/// Public until every statement that allows something is limited to fixed principals or by a
/// condition with fixed values.
pub(crate) fn is_public(policy: &Policy) -> bool {
    policy.statements.iter().any(|one| one.effect == Effect::Allow && !is_limited(one))
}

fn is_limited(statement: &Statement) -> bool {
    let fixed = match &statement.principals {
        Scope::These(list) => !list.contains(&Principal::Everybody),
        Scope::AllBut(_) => false,
    };
    fixed || statement.conditions.iter().any(limits)
}

fn limits(condition: &ConditionTest) -> bool {
    let operator = condition.operator;
    if operator.negated || operator.if_exists || operator.quantifier == Quantifier::AllValues {
        return false;
    }
    let key = condition.key.to_ascii_lowercase();
    let fixed = |value: &String| match key.as_str() {
        "s3:dataaccesspointarn" => fixed_access_point(value),
        "aws:userid" => !value.to_ascii_uppercase().starts_with("AROLEID:") && is_fixed(value),
        _ => is_fixed(value),
    };
    match operator.comparison {
        Comparison::String { .. } | Comparison::Like => {
            (LIMITING_KEYS.contains(&key.as_str()) || key == "s3:dataaccesspointarn")
                && !condition.values.is_empty()
                && condition.values.iter().all(fixed)
        }
        Comparison::Ip => {
            key == "aws:sourceip" && !condition.values.is_empty() && condition.values.iter().all(|value| narrow(value))
        }
        _ => false,
    }
}

/// The account must be fixed; the access point's name may be any.
fn fixed_access_point(arn: &str) -> bool {
    let parts: Vec<&str> = arn.splitn(6, ':').collect();
    match parts.as_slice() {
        ["arn", _, "s3", _, account, _] => !account.is_empty() && is_fixed(account),
        _ => false,
    }
}

/// Ranges broader than /8 (IPv4) or /32 (IPv6) count as the whole internet.
fn narrow(value: &str) -> bool {
    value.parse::<Network>().is_ok_and(|network| network.prefix >= if network.is_ipv4() { 8 } else { 32 })
}
