//! Who is calling.

use pillbox_model::{ErrorCode, Failure};

use crate::Client;
use crate::errors::failure;

/// Whose credentials a connection has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    /// The account, 12 digits.
    pub account: String,
    /// The user or role, as an Amazon Resource Name.
    pub arn: String,
}

impl Client {
    /// Asks STS whose credentials these are (`GetCallerIdentity`), which needs no permission. `NotSupported`
    /// where a store has no STS.
    pub async fn caller(&self) -> Result<Caller, Failure> {
        let answer = self.shared.sts.get_caller_identity().send().await.map_err(|error| {
            match failure(&error, self.call("sts:GetCallerIdentity", "")) {
                // A store without STS takes the request for one of its own.
                Failure { code: ErrorCode::NoSuchBucket | ErrorCode::NoSuchObject, .. } => {
                    ErrorCode::NotSupported.into()
                }
                failure => failure,
            }
        })?;
        match (answer.account, answer.arn) {
            (Some(account), Some(arn)) => Ok(Caller { account, arn }),
            _ => Err(ErrorCode::NotSupported.into()),
        }
    }
}
