//! AWS Security Token Service, as far as asking who one is.

use crate::form;
use crate::identity;

/// The namespace of the API version 2011-06-15.
const NAMESPACE: &str = "https://sts.amazonaws.com/doc/2011-06-15/";

/// The answer to a form-encoded STS request: the status and the XML.
pub(crate) fn answer(body: &[u8], account_id: &str, request_id: &str) -> (http::StatusCode, String) {
    let body = String::from_utf8_lossy(body);
    let action = body.split('&').find_map(|pair| {
        let (key, value) = pair.split_once('=')?;
        (key == "Action").then(|| form::decode(value))
    });
    match action.as_deref() {
        Some("GetCallerIdentity") => (http::StatusCode::OK, caller(account_id, request_id)),
        _ => (http::StatusCode::BAD_REQUEST, invalid_action(request_id)),
    }
}

fn caller(account_id: &str, request_id: &str) -> String {
    format!(
        "<GetCallerIdentityResponse xmlns=\"{NAMESPACE}\"><GetCallerIdentityResult>\
         <Arn>{}</Arn><UserId>{}</UserId><Account>{account_id}</Account>\
         </GetCallerIdentityResult><ResponseMetadata><RequestId>{request_id}</RequestId>\
         </ResponseMetadata></GetCallerIdentityResponse>",
        identity::user_arn(account_id),
        identity::user_id(account_id),
    )
}

fn invalid_action(request_id: &str) -> String {
    format!(
        "<ErrorResponse xmlns=\"{NAMESPACE}\"><Error><Type>Sender</Type>\
         <Code>InvalidAction</Code><Message>The sandbox serves GetCallerIdentity alone.</Message>\
         </Error><RequestId>{request_id}</RequestId></ErrorResponse>"
    )
}
