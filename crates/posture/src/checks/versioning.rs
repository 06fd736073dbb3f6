//! Whether overwritten and deleted objects can be brought back. Turning versioning on costs storage and can't be
//! taken back but to a suspension, so that it is explained and left to a person.

use pillbox_model::{BucketSnapshot, CheckGroup, Read, Reason, Severity, Versioning};

use super::Check;
use crate::outcome::Outcome;

pub(super) const CHECK: Check = Check {
    group: CheckGroup::Recovery,
    standards: &["FSBP S3.14", "HIPAA 164.308(a)(7)", "HIPAA 164.312(c)(1)"],
    permission: "s3:GetBucketVersioning",
    finding_type: "Policy:IAMUser/S3VersioningDisabled",
    severity: Severity::Low,
    judge,
    fix: None,
};

fn judge(snapshot: &BucketSnapshot) -> Outcome {
    match &snapshot.versioning {
        Read::Unread(unread) => Outcome::unread(unread),
        Read::Known(Versioning::Enabled) => Outcome::pass(),
        Read::Known(Versioning::Unversioned | Versioning::Suspended) => Outcome::fail(Reason::NotVersioned),
    }
}
