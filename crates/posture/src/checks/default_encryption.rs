//! How new objects are encrypted when a request says nothing else. S3 encrypts every new object since January 2023;
//! a bucket without a default is an old one, or lies in another store.

use pillbox_model::{BucketSnapshot, CheckGroup, Read, Reason, Severity};

use super::Check;
use crate::outcome::Outcome;

pub(super) const CHECK: Check = Check {
    group: CheckGroup::Encryption,
    standards: &["HIPAA 164.312(a)(2)(iv)"],
    permission: "s3:GetEncryptionConfiguration",
    finding_type: "Policy:IAMUser/S3BucketEncryptionDisabled",
    severity: Severity::Low,
    judge,
    fix: None,
};

fn judge(snapshot: &BucketSnapshot) -> Outcome {
    match &snapshot.encryption {
        Read::Unread(unread) => Outcome::unread(unread),
        Read::Known(Some(_)) => Outcome::pass(),
        Read::Known(None) => Outcome::fail(Reason::NotEncrypted),
    }
}
