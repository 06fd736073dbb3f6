//! Grants of the bucket's access control list to anyone but its owner.

use pillbox_model::{
    AclGrant, BucketSnapshot, CheckGroup, CheckId, Effect, Failure, Grantee, Permission, Read, Reason, Reversibility,
    SettingChange, SettingState, Severity,
};

use super::{Check, Fix};
use crate::gate::known_block;
use crate::outcome::Outcome;
use crate::plan::unread_failure;

pub(super) const CHECK: Check = Check {
    group: CheckGroup::Access,
    standards: &["FSBP S3.2", "FSBP S3.12", "HIPAA 164.312(a)(1)"],
    permission: "s3:GetBucketAcl",
    finding_type: "Policy:IAMUser/S3BucketSharedExternally",
    severity: Severity::High,
    judge,
    fix: Some(make_private),
};

/// How many grants are to everybody, and how many to another account or group. S3's log delivery group is such a
/// group: it writes into the bucket.
#[derive(Debug, Clone, Copy)]
pub(super) struct Others {
    pub(super) public: u32,
    pub(super) foreign: u32,
}

impl Others {
    pub(super) const fn any(self) -> bool {
        self.public > 0 || self.foreign > 0
    }
}

pub(super) fn others(grants: &[AclGrant], owner: &str) -> Others {
    let count = |matches: &dyn Fn(&Grantee) -> bool| {
        u32::try_from(grants.iter().filter(|grant| matches(&grant.grantee)).count()).unwrap_or(u32::MAX)
    };
    let is_owner = |grantee: &Grantee| matches!(grantee, Grantee::CanonicalUser(id) if id == owner);
    Others { public: count(&Grantee::is_public), foreign: count(&|grantee| !grantee.is_public() && !is_owner(grantee)) }
}

fn judge(snapshot: &BucketSnapshot) -> Outcome {
    let grants = match &snapshot.acl {
        Read::Known(grants) => grants,
        Read::Unread(unread) => return Outcome::unread(unread),
    };
    match &snapshot.owner_id {
        Read::Known(owner) => match others(grants, owner) {
            others if others.any() => Outcome::fail(Reason::Grants { public: others.public, foreign: others.foreign }),
            _ => Outcome::pass(),
        },
        // Without the owner's id a grant to everybody is still one; any other may be the owner's own.
        Read::Unread(unread) => match grants.iter().filter(|grant| grant.grantee.is_public()).count() {
            0 => Outcome::unread(unread),
            public => Outcome::fail(Reason::Grants { public: u32::try_from(public).unwrap_or(u32::MAX), foreign: 0 }),
        },
    }
}

/// Leaves full control to the owner and nothing to others; changes nothing when it is so already.
///
/// S3 refuses to write a public grant back while BlockPublicAcls is on, so that a grant that is older than the flag
/// can't be taken back. A flag that was not read is taken for off: the undo is then refused by name at worst.
pub(super) fn make_private(snapshot: &BucketSnapshot) -> Result<Fix, Failure> {
    let grants = match &snapshot.acl {
        Read::Known(grants) => grants,
        Read::Unread(unread) => return Err(unread_failure(unread)),
    };
    let owner = match &snapshot.owner_id {
        Read::Known(owner) => owner,
        Read::Unread(unread) => return Err(unread_failure(unread)),
    };
    let mut fix = Fix { changes: Vec::new(), effects: Vec::new(), reversibility: Reversibility::Exact };
    let others = others(grants, owner);
    if !others.any() {
        return Ok(fix);
    }
    let own = AclGrant { grantee: Grantee::CanonicalUser(owner.clone()), permission: Permission::FullControl };
    fix.changes.push(SettingChange {
        check: CheckId::AclGrants,
        before: SettingState::BucketAcl(grants.clone()),
        after: SettingState::BucketAcl(vec![own]),
    });
    if others.public > 0 {
        fix.effects.push(Effect::PublicReadersRefused);
        if known_block(snapshot).block_public_acls {
            fix.reversibility = Reversibility::Nearest;
        }
    }
    if others.foreign > 0 {
        fix.effects.push(Effect::GranteesRefused { grants: others.foreign });
    }
    Ok(fix)
}
