//! The account's four flags. They reach every bucket of the account, websites among them, so that turning them on
//! is explained and left to a person. Where the bucket's own flags stand in for them, nothing is wrong with the
//! bucket.

use pillbox_model::{BucketSnapshot, CheckGroup, Read, Reason, Severity};

use super::Check;
use super::block_public_access::flags_off;
use crate::gate::known_block;
use crate::outcome::Outcome;

pub(super) const CHECK: Check = Check {
    group: CheckGroup::Access,
    standards: &["FSBP S3.1", "CIS 3.1.4", "HIPAA 164.312(a)(1)"],
    permission: "s3:GetAccountPublicAccessBlock",
    finding_type: "Policy:IAMUser/S3AccountBlockPublicAccessDisabled",
    severity: Severity::Medium,
    judge,
    fix: None,
};

fn judge(snapshot: &BucketSnapshot) -> Outcome {
    match &snapshot.account_block {
        Read::Unread(unread) => Outcome::unread(unread),
        Read::Known(Some(block)) if block.is_all() => Outcome::pass(),
        Read::Known(_) if known_block(snapshot).is_all() => Outcome::pass_because(Reason::CoveredByBucket),
        Read::Known(block) => Outcome::fail(flags_off(block.unwrap_or_default())),
    }
}
