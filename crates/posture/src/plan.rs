//! What a fix would change, and how it is taken back.

use pillbox_model::{
    BucketSnapshot, CheckId, ErrorCode, Failure, FixPlan, Read, Reversibility, SettingChange, SettingState, Unread,
    Verdict,
};

use crate::checks::{Check, Fix, check};
use crate::gate::is_policy_public;

/// What puts the checks right that were asked for. Those that pass are left out; turning access control lists off
/// takes the grants to others with it, since S3 asks for that.
///
/// # Errors
///
/// `NothingToFix` when all of them pass. `NotFixable` about the check when there is no fix by one click,
/// `AccessDenied` (or what else kept it from being read) about the permission when a setting is unread,
/// `NotSupported` about the check when the store does not know it. One check that can't be fixed refuses the plan.
pub fn plan(snapshot: &BucketSnapshot, checks: &[CheckId]) -> Result<FixPlan, Failure> {
    let mut fixes = Vec::new();
    for &id in checks {
        let check = check(id);
        match (check.judge)(snapshot).verdict {
            Verdict::Pass => {}
            Verdict::Fail => fixes.push(fix(&check, id, snapshot)?),
            Verdict::Unknown => return Err(unknown_failure(id, snapshot)),
            Verdict::NotApplicable => return Err(Failure::about(ErrorCode::NotSupported, id.as_str())),
        }
    }
    assemble(snapshot, fixes)
}

/// What puts everything right that fails and has a fix that costs nothing and can be taken back exactly: the
/// bucket's Block Public Access, grants to others, ownership, and the refusal of requests without TLS.
///
/// # Errors
///
/// `NothingToFix` when nothing fails, or nothing of what fails has such a fix.
pub fn plan_all(snapshot: &BucketSnapshot) -> Result<FixPlan, Failure> {
    let failing = CheckId::ALL.into_iter().map(|id| (id, check(id)));
    let failing = failing.filter(|(_, check)| (check.judge)(snapshot).verdict == Verdict::Fail);
    let fixes = failing.filter_map(|(id, check)| fix(&check, id, snapshot).ok());
    assemble(snapshot, fixes.filter(|fix| fix.reversibility == Reversibility::Exact).collect())
}

/// How an applied plan is taken back: every setting as it was before, in an order that S3 accepts. Access control
/// lists can't be written while ownership is enforced, nor public lists and policies while Block Public Access is
/// on. Where the former state can't come back exactly, the grants to everybody stay away. An undo has no effects:
/// what it reopens is what its changes say.
pub fn undo_plan(applied: &FixPlan) -> FixPlan {
    let mut changes: Vec<SettingChange> = applied
        .changes
        .iter()
        .map(|change| SettingChange {
            check: change.check,
            before: change.after.clone(),
            after: restored(&change.before, applied.reversibility),
        })
        .collect();
    changes.sort_by_key(|change| match change.after {
        SettingState::OwnershipControls(_) => 0,
        SettingState::BucketPublicAccessBlock(_) => 1,
        SettingState::BucketAcl(_) => 2,
        SettingState::BucketPolicy(_) => 3,
    });
    FixPlan {
        bucket: applied.bucket.clone(),
        checks: applied.checks.clone(),
        permissions: permissions(&changes),
        changes,
        effects: Vec::new(),
        reversibility: Reversibility::Exact,
    }
}

/// What is said when a fix needs a setting that is unread.
pub(crate) fn unread_failure(unread: &Unread) -> Failure {
    Failure::about(unread.code, unread.permission.clone())
}

fn fix(check: &Check, id: CheckId, snapshot: &BucketSnapshot) -> Result<Fix, Failure> {
    match check.fix {
        Some(fix) => fix(snapshot),
        None => Err(Failure::about(ErrorCode::NotFixable, id.as_str())),
    }
}

/// Why a check whose verdict is unknown has no plan.
fn unknown_failure(id: CheckId, snapshot: &BucketSnapshot) -> Failure {
    fn unread<T>(read: &Read<T>) -> Option<&Unread> {
        match read {
            Read::Known(_) => None,
            Read::Unread(unread) => Some(unread),
        }
    }
    let unread = match id {
        CheckId::BlockPublicAccess => unread(&snapshot.bucket_block),
        CheckId::AccountBlockPublicAccess => unread(&snapshot.account_block),
        CheckId::PublicPolicy | CheckId::TlsOnly => unread(&snapshot.policy),
        CheckId::AclGrants => unread(&snapshot.acl).or(unread(&snapshot.owner_id)),
        CheckId::ObjectOwnership => unread(&snapshot.ownership),
        CheckId::DefaultEncryption => unread(&snapshot.encryption),
        CheckId::Versioning => unread(&snapshot.versioning),
    };
    unread.map_or_else(|| Failure::about(ErrorCode::NotFixable, id.as_str()), unread_failure)
}

/// The former state, as far as S3 takes it.
fn restored(before: &SettingState, reversibility: Reversibility) -> SettingState {
    match before {
        SettingState::BucketAcl(grants) if reversibility != Reversibility::Exact => {
            SettingState::BucketAcl(grants.iter().filter(|grant| !grant.grantee.is_public()).cloned().collect())
        }
        other => other.clone(),
    }
}

fn assemble(snapshot: &BucketSnapshot, fixes: Vec<Fix>) -> Result<FixPlan, Failure> {
    let mut changes: Vec<SettingChange> = Vec::new();
    let mut effects = Vec::new();
    let mut reversibility = Reversibility::Exact;
    for fix in fixes {
        reversibility = reversibility.max(fix.reversibility);
        for change in fix.changes {
            if !changes.contains(&change) {
                changes.push(change);
            }
        }
        for effect in fix.effects {
            if !effects.contains(&effect) {
                effects.push(effect);
            }
        }
    }
    if changes.is_empty() {
        return Err(ErrorCode::NothingToFix.into());
    }
    let policy_is_public = is_policy_public(snapshot);
    changes.sort_by_key(|change| order(&change.after, policy_is_public));
    let mut checks: Vec<CheckId> = Vec::new();
    for change in &changes {
        if !checks.contains(&change.check) {
            checks.push(change.check);
        }
    }
    Ok(FixPlan {
        bucket: snapshot.bucket.clone(),
        checks,
        permissions: permissions(&changes),
        changes,
        effects,
        reversibility,
    })
}

/// When a setting is written: what shuts the bucket first, the list before it is turned off. A policy with a public
/// statement comes before Block Public Access, which would refuse it.
const fn order(state: &SettingState, policy_is_public: bool) -> u8 {
    match state {
        SettingState::BucketPolicy(_) if policy_is_public => 0,
        SettingState::BucketPublicAccessBlock(_) => 1,
        SettingState::BucketAcl(_) => 2,
        SettingState::OwnershipControls(_) => 3,
        SettingState::BucketPolicy(_) => 4,
    }
}

fn permissions(changes: &[SettingChange]) -> Vec<String> {
    let mut permissions: Vec<String> = Vec::new();
    for change in changes {
        let permission = change.after.write_permission();
        if !permissions.iter().any(|known| known == permission) {
            permissions.push(permission.to_owned());
        }
    }
    permissions
}
