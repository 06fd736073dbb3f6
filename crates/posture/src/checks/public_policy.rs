//! A policy that lets the public in: S3's own word and Pillbox's reading of the text, of which the worse counts.
//! Which statement has to go or to be narrowed is for a person to say, so that there is no fix.

use pillbox_model::{BucketSnapshot, CheckGroup, Read, Reason, Severity};

use super::Check;
use crate::gate::known_block;
use crate::outcome::Outcome;
use crate::policy::{Exposure, exposure};

pub(super) const CHECK: Check = Check {
    group: CheckGroup::Access,
    standards: &["FSBP S3.2", "FSBP S3.3", "HIPAA 164.308(a)(3)(i)", "HIPAA 164.312(a)(1)"],
    permission: "s3:GetBucketPolicy",
    finding_type: "Policy:IAMUser/S3BucketPublic",
    severity: Severity::High,
    judge,
    fix: None,
};

fn judge(snapshot: &BucketSnapshot) -> Outcome {
    let word = snapshot.policy_is_public.known().copied();
    let text = match &snapshot.policy {
        Read::Known(text) => text.as_deref(),
        Read::Unread(unread) => {
            return match word {
                Some(true) => public(snapshot, Reason::PolicyPublicUnread),
                Some(false) => Outcome::pass(),
                None => Outcome::unread(unread),
            };
        }
    };
    match (text.map_or(Exposure::NotPublic, exposure), word) {
        (Exposure::Public { .. }, Some(false)) | (Exposure::NotPublic, Some(true)) => {
            public(snapshot, Reason::PolicyDisputed)
        }
        (Exposure::Public { actions }, _) => public(snapshot, Reason::PolicyPublic { actions }),
        (Exposure::NotUnderstood, Some(true)) => public(snapshot, Reason::PolicyPublicUnread),
        (Exposure::NotUnderstood, _) => Outcome::unknown(Reason::PolicyNotUnderstood),
        (Exposure::NotPublic, _) => Outcome::pass(),
    }
}

/// What a public policy means: nothing as long as RestrictPublicBuckets is known to keep the public out.
fn public(snapshot: &BucketSnapshot, reason: Reason) -> Outcome {
    if known_block(snapshot).restrict_public_buckets {
        Outcome::pass_because(Reason::PolicyPublicRestricted)
    } else {
        Outcome::fail(reason)
    }
}
