//! When a policy is public, as Amazon S3 defines it (S3 User Guide, "Blocking public access to your Amazon S3
//! storage", section 'The meaning of "public"'): every policy is, unless each `Allow` is limited to fixed values
//! of a principal or of one of some condition keys. Fixed is a value without wildcard and without policy variable.
//!
//! Where the definition leaves room, the reading is the stricter one: what is not public here is not public there.

use std::net::IpAddr;

use super::{Condition, Effect, Principal, Scope, Statement, statements};

/// Whom a policy lets in.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Exposure {
    /// The public, for these actions.
    Public { actions: Vec<String> },
    /// Only who is named.
    NotPublic,
    /// A part of it could not be understood, and no other part is public.
    NotUnderstood,
}

/// Whom a policy lets in.
pub(crate) fn exposure(policy: &str) -> Exposure {
    let Some(statements) = statements(policy) else { return Exposure::NotUnderstood };
    let mut actions: Vec<String> = Vec::new();
    let mut public = false;
    for statement in statements.iter().flatten().filter(|statement| is_public(statement)) {
        public = true;
        let allowed = match &statement.actions {
            Scope::Only(these) => these.clone(),
            Scope::AllBut => vec!["*".to_owned()],
        };
        for action in allowed {
            if !actions.contains(&action) {
                actions.push(action);
            }
        }
    }
    match public {
        true => Exposure::Public { actions },
        false if statements.iter().any(Option::is_none) => Exposure::NotUnderstood,
        false => Exposure::NotPublic,
    }
}

fn is_public(statement: &Statement) -> bool {
    statement.effect == Effect::Allow
        && !is_fixed_principal(&statement.principal)
        && !statement.conditions.iter().any(limits_to_fixed_values)
}

fn is_fixed_principal(principal: &Principal) -> bool {
    match principal {
        Principal::Everyone | Principal::AllBut => false,
        Principal::These(these) => these.iter().all(|(kind, value)| match kind.as_str() {
            "AWS" | "Service" | "CanonicalUser" => is_fixed(value),
            // An identity provider of one account; a public one (`accounts.google.com`) lets in whom it knows.
            "Federated" => is_fixed(value) && value.starts_with("arn:"),
            _ => false,
        }),
    }
}

fn is_fixed(value: &str) -> bool {
    !value.is_empty() && !value.contains(['*', '?']) && !value.contains("${")
}

/// Whether a condition holds for fixed values of a key that S3 takes for a limit, and for nothing else. An
/// operator that also holds when the key is missing (`…IfExists`, `ForAllValues:…`) or that excludes instead of
/// naming (`…Not…`) is no limit.
fn limits_to_fixed_values(condition: &Condition) -> bool {
    let Condition { operator, key, values } = condition;
    let each = |is_limited: fn(&str) -> bool| !values.is_empty() && values.iter().all(|value| is_limited(value));
    let compares_text =
        matches!(operator.as_str(), "StringEquals" | "StringEqualsIgnoreCase" | "StringLike" | "ArnEquals" | "ArnLike");
    match key.as_str() {
        "aws:sourceip" => operator == "IpAddress" && each(is_narrow_network),
        "s3:dataaccesspointarn" => compares_text && each(|arn| is_fixed(arn) || is_any_access_point_of_an_account(arn)),
        "aws:principalorgid"
        | "aws:sourcearn"
        | "aws:sourcevpc"
        | "aws:sourcevpce"
        | "aws:sourceowner"
        | "aws:sourceaccount"
        | "aws:userid"
        | "s3:x-amz-server-side-encryption-aws-kms-key-id"
        | "s3:dataaccesspointaccount" => compares_text && each(is_fixed),
        _ => false,
    }
}

/// An address or a network that is not broader than /8 (IPv4) or /32 (IPv6).
fn is_narrow_network(network: &str) -> bool {
    let (address, prefix) = match network.split_once('/') {
        Some((address, prefix)) => (address, Some(prefix)),
        None => (network, None),
    };
    let Ok(address) = address.parse::<IpAddr>() else { return false };
    let (broadest, full) = if address.is_ipv4() { (8, 32) } else { (32, 128) };
    match prefix {
        None => true,
        Some(prefix) => prefix.parse::<u8>().is_ok_and(|length| (broadest..=full).contains(&length)),
    }
}

/// `arn:aws:s3:REGION:ACCOUNT:accesspoint/…` with everything fixed but the name.
fn is_any_access_point_of_an_account(arn: &str) -> bool {
    let parts: Vec<&str> = arn.splitn(6, ':').collect();
    let [arn, partition, "s3", region, account, name] = parts[..] else { return false };
    arn == "arn"
        && is_fixed(partition)
        && is_fixed(region)
        && account.len() == 12
        && account.bytes().all(|digit| digit.is_ascii_digit())
        && name.strip_prefix("accesspoint/").is_some_and(|name| !name.is_empty() && !name.contains("${"))
}
