//! Who the sandbox's caller is to AWS: one user of one account.

use sha2::{Digest, Sha256};

/// The group of everybody, signed or not.
pub(crate) const ALL_USERS: &str = "http://acs.amazonaws.com/groups/global/AllUsers";
/// The group of everybody whose request is signed by any account.
pub(crate) const AUTHENTICATED_USERS: &str = "http://acs.amazonaws.com/groups/global/AuthenticatedUsers";
/// The group that delivers server access logs.
pub(crate) const LOG_DELIVERY: &str = "http://acs.amazonaws.com/groups/s3/LogDelivery";

/// The name of the account's only user.
pub(crate) const USER_NAME: &str = "sandbox";

/// The ARN of the account's only user.
pub(crate) fn user_arn(account_id: &str) -> String {
    format!("arn:aws:iam::{account_id}:user/{USER_NAME}")
}

/// The unique id of the user, in the form of AWS: `AIDA` and 17 characters.
pub(crate) fn user_id(account_id: &str) -> String {
    let digest = hex::encode_upper(Sha256::digest(format!("user {account_id}")));
    format!("AIDA{}", &digest[..17])
}

/// The account's canonical user id, 64 hexadecimal digits: the owner in access control lists.
pub(crate) fn canonical_id(account_id: &str) -> String {
    hex::encode(Sha256::digest(format!("account {account_id}")))
}
