//! Whether access control lists are off, so that policies alone say who gets in.

use pillbox_model::{
    BucketSnapshot, CheckGroup, CheckId, Effect, Failure, ObjectOwnership, Read, Reason, SettingChange, SettingState,
    Severity,
};

use super::acl_grants::make_private;
use super::{Check, Fix};
use crate::gate::known_block;
use crate::outcome::Outcome;
use crate::plan::unread_failure;

pub(super) const CHECK: Check = Check {
    group: CheckGroup::Access,
    standards: &["FSBP S3.12"],
    permission: "s3:GetBucketOwnershipControls",
    finding_type: "Policy:IAMUser/S3ObjectOwnershipNotEnforced",
    severity: Severity::Medium,
    judge,
    fix: Some(fix),
};

fn judge(snapshot: &BucketSnapshot) -> Outcome {
    match &snapshot.ownership {
        Read::Unread(unread) => Outcome::unread(unread),
        Read::Known(Some(ObjectOwnership::BucketOwnerEnforced)) => Outcome::pass(),
        Read::Known(_) => Outcome::fail(Reason::AclsInUse),
    }
}

/// S3 refuses to turn the lists off while the bucket's own grants something to others
/// (InvalidBucketAclWithObjectOwnership), so that the list is made private with it.
fn fix(snapshot: &BucketSnapshot) -> Result<Fix, Failure> {
    let before = match &snapshot.ownership {
        Read::Known(before) => *before,
        Read::Unread(unread) => return Err(unread_failure(unread)),
    };
    let mut fix = make_private(snapshot)?;
    fix.changes.push(SettingChange {
        check: CheckId::ObjectOwnership,
        before: SettingState::OwnershipControls(before),
        after: SettingState::OwnershipControls(Some(ObjectOwnership::BucketOwnerEnforced)),
    });
    // The lists of single objects, which are not part of the snapshot, go off too.
    if !known_block(snapshot).ignore_public_acls {
        fix.effects.push(Effect::PublicReadersRefused);
    }
    fix.effects.push(Effect::UploadsWithAclRefused);
    Ok(fix)
}
