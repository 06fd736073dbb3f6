//! The bucket's four flags.

use pillbox_model::{
    BucketSnapshot, CheckGroup, CheckId, Effect, Failure, ObjectOwnership, PublicAccessBlock, Read, Reason,
    Reversibility, SettingChange, SettingState, Severity,
};

use super::{Check, Fix};
use crate::gate::{is_policy_public, known_block};
use crate::outcome::Outcome;
use crate::plan::unread_failure;

pub(super) const CHECK: Check = Check {
    group: CheckGroup::Access,
    standards: &["FSBP S3.8", "CIS 3.1.4", "HIPAA 164.312(a)(1)"],
    permission: "s3:GetBucketPublicAccessBlock",
    finding_type: "Policy:IAMUser/S3BlockPublicAccessDisabled",
    severity: Severity::High,
    judge,
    fix: Some(fix),
};

fn judge(snapshot: &BucketSnapshot) -> Outcome {
    match &snapshot.bucket_block {
        Read::Unread(unread) => Outcome::unread(unread),
        Read::Known(Some(block)) if block.is_all() => Outcome::pass(),
        Read::Known(_) if known_block(snapshot).is_all() => Outcome::pass_because(Reason::CoveredByAccount),
        Read::Known(block) => Outcome::fail(flags_off(block.unwrap_or_default())),
    }
}

pub(super) fn flags_off(block: PublicAccessBlock) -> Reason {
    let off = block.flags().into_iter().filter(|(_, on)| !on);
    Reason::FlagsOff { flags: off.map(|(name, _)| name.to_owned()).collect() }
}

fn fix(snapshot: &BucketSnapshot) -> Result<Fix, Failure> {
    let before = match &snapshot.bucket_block {
        Read::Known(before) => *before,
        Read::Unread(unread) => return Err(unread_failure(unread)),
    };
    let change = SettingChange {
        check: CheckId::BlockPublicAccess,
        before: SettingState::BucketPublicAccessBlock(before),
        after: SettingState::BucketPublicAccessBlock(Some(PublicAccessBlock::ALL)),
    };
    Ok(Fix { changes: vec![change], effects: effects(snapshot), reversibility: Reversibility::Exact })
}

/// What a flag cuts off that was not cut off before. What was not read may be there.
fn effects(snapshot: &BucketSnapshot) -> Vec<Effect> {
    let block = known_block(snapshot);
    let acls_are_off = snapshot.ownership.known() == Some(&Some(ObjectOwnership::BucketOwnerEnforced));
    let may_have_public_policy = is_policy_public(snapshot) || snapshot.policy.known().is_none();
    let mut effects = Vec::new();
    if !block.ignore_public_acls && !acls_are_off {
        effects.push(Effect::PublicReadersRefused);
    }
    if !block.restrict_public_buckets && may_have_public_policy {
        effects.push(Effect::PolicyReadersRefused);
    }
    effects
}
