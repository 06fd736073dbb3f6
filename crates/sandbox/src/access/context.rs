//! What policies can know of a request: the values of condition keys.

use std::net::IpAddr;

use http::{HeaderMap, Uri};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use super::header;
use crate::form::query_value;
use crate::identity;
use crate::policy::{Caller, Context};

/// The address at the other end of the connection.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Peer(pub(crate) IpAddr);

/// Headers that are condition keys of the same name, with `s3:` before it.
const HEADER_KEYS: [&str; 14] = [
    "x-amz-acl",
    "x-amz-content-sha256",
    "x-amz-copy-source",
    "x-amz-grant-full-control",
    "x-amz-grant-read",
    "x-amz-grant-read-acp",
    "x-amz-grant-write",
    "x-amz-grant-write-acp",
    "x-amz-metadata-directive",
    "x-amz-object-ownership",
    "x-amz-server-side-encryption",
    "x-amz-server-side-encryption-aws-kms-key-id",
    "x-amz-storage-class",
    "x-amz-website-redirect-location",
];

/// Query parameters that are condition keys.
const QUERY_KEYS: [(&str, &str); 4] = [
    ("prefix", "s3:prefix"),
    ("delimiter", "s3:delimiter"),
    ("max-keys", "s3:max-keys"),
    ("versionId", "s3:VersionId"),
];

pub(crate) fn of_request(
    caller: Caller,
    account_id: &str,
    peer: Option<Peer>,
    headers: &HeaderMap,
    uri: &Uri,
) -> Context {
    let mut context = Context::default();
    // What stays on this computer cannot be overheard, so it counts as sent over TLS: a policy
    // that asks for TLS must not shut the sandbox's own users out.
    context.add("aws:SecureTransport", "true");
    context.add("s3:TlsVersion", "1.3");
    let now = OffsetDateTime::now_utc();
    context.add("aws:EpochTime", now.unix_timestamp().to_string());
    if let Ok(text) = now.format(&Rfc3339) {
        context.add("aws:CurrentTime", text);
    }
    if let Some(Peer(address)) = peer {
        context.add("aws:SourceIp", address.to_string());
    }
    add_caller(&mut context, caller, account_id);
    add_headers(&mut context, headers, uri);
    for (parameter, key) in QUERY_KEYS {
        if let Some(value) = query_value(uri, parameter) {
            context.add(key, value);
        }
    }
    context
}

fn add_caller(context: &mut Context, caller: Caller, account_id: &str) {
    match caller {
        Caller::Owner => {
            context.add("aws:PrincipalType", "User");
            context.add("aws:PrincipalAccount", account_id);
            context.add("aws:PrincipalArn", identity::user_arn(account_id));
            context.add("aws:userid", identity::user_id(account_id));
            context.add("aws:username", identity::USER_NAME);
            context.add("aws:PrincipalIsAWSService", "false");
        }
        Caller::Anonymous => {
            context.add("aws:PrincipalType", "Anonymous");
            context.add("aws:userid", "anonymous");
        }
    }
}

fn add_headers(context: &mut Context, headers: &HeaderMap, uri: &Uri) {
    for name in HEADER_KEYS {
        if let Some(value) = header(headers, name) {
            context.add(&format!("s3:{name}"), value);
        }
    }
    for (name, key) in [
        ("referer", "aws:Referer"),
        ("user-agent", "aws:UserAgent"),
        ("if-match", "s3:if-match"),
        ("if-none-match", "s3:if-none-match"),
    ] {
        if let Some(value) = header(headers, name) {
            context.add(key, value);
        }
    }
    let in_query = query_value(uri, "X-Amz-Signature").is_some();
    if in_query || headers.contains_key("authorization") {
        context.add("s3:authType", if in_query { "REST-QUERY-STRING" } else { "REST-HEADER" });
        context.add("s3:signatureversion", "AWS4-HMAC-SHA256");
    }
}
