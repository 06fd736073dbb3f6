//! Errors on the wire.

use pillbox_model::{ErrorCode, Failure, Retry};
use serde::Serialize;
use ts_rs::TS;

/// An error as the page gets it: a code, never a sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ApiError {
    /// What went wrong.
    pub code: ErrorCode,
    /// Whether trying again may help.
    pub retry: Retry,
    /// A bucket, Region, permission, setting or argument.
    pub about: Option<String>,
}

impl From<Failure> for ApiError {
    fn from(failure: Failure) -> Self {
        Self { code: failure.code, retry: failure.code.retry(), about: failure.about }
    }
}
