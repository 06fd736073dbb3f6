//! The checks: one module each, with its facts, its verdict and, where it has one, its fix.

mod account_block_public_access;
mod acl_grants;
mod block_public_access;
mod default_encryption;
mod object_ownership;
mod public_policy;
mod tls_only;
mod versioning;

use pillbox_model::{
    BucketSnapshot, CheckGroup, CheckId, CheckReport, Effect, Failure, Reversibility, SettingChange, Severity, Verdict,
};

use crate::outcome::Outcome;
use crate::plan;

/// One check.
pub(crate) struct Check {
    /// Where it is shown.
    pub(crate) group: CheckGroup,
    /// The controls it answers: AWS Foundational Security Best Practices (`FSBP`), the CIS AWS Foundations
    /// Benchmark v6 and v7 (`CIS`), the HIPAA Security Rule (45 CFR 164).
    pub(crate) standards: &'static [&'static str],
    /// The permission that reading its setting needs.
    pub(crate) permission: &'static str,
    /// The type of its finding: Macie's where Macie has one, else in the same style.
    pub(crate) finding_type: &'static str,
    /// The severity of its finding: Macie's where Macie has the type, else that of the control.
    pub(crate) severity: Severity,
    /// The verdict.
    pub(crate) judge: fn(&BucketSnapshot) -> Outcome,
    /// What would change, where one click can put it right. Asked only when the verdict is a fail.
    pub(crate) fix: Option<MakeFix>,
}

/// What would change, from the snapshot.
pub(crate) type MakeFix = fn(&BucketSnapshot) -> Result<Fix, Failure>;

/// What putting a check right changes.
pub(crate) struct Fix {
    pub(crate) changes: Vec<SettingChange>,
    pub(crate) effects: Vec<Effect>,
    pub(crate) reversibility: Reversibility,
}

/// The check of an id.
pub(crate) const fn check(id: CheckId) -> Check {
    match id {
        CheckId::BlockPublicAccess => block_public_access::CHECK,
        CheckId::AccountBlockPublicAccess => account_block_public_access::CHECK,
        CheckId::PublicPolicy => public_policy::CHECK,
        CheckId::AclGrants => acl_grants::CHECK,
        CheckId::ObjectOwnership => object_ownership::CHECK,
        CheckId::TlsOnly => tls_only::CHECK,
        CheckId::DefaultEncryption => default_encryption::CHECK,
        CheckId::Versioning => versioning::CHECK,
    }
}

/// Every check's answer, in the order of [`CheckId::ALL`].
pub fn judge(snapshot: &BucketSnapshot) -> Vec<CheckReport> {
    CheckId::ALL.into_iter().map(|id| report(id, snapshot)).collect()
}

fn report(id: CheckId, snapshot: &BucketSnapshot) -> CheckReport {
    let check = check(id);
    let Outcome { verdict, reason } = (check.judge)(snapshot);
    CheckReport {
        check: id,
        group: check.group,
        verdict,
        reason,
        standards: check.standards.iter().map(|&standard| standard.to_owned()).collect(),
        fixable: verdict == Verdict::Fail && plan(snapshot, &[id]).is_ok(),
    }
}

/// The type and severity of the finding that a failed check makes: Macie's policy finding where Macie has one
/// (Macie User Guide, "Types of findings"), otherwise ours in the same style with the severity that Security Hub
/// gives the control.
pub fn finding_kind(id: CheckId) -> (&'static str, Severity) {
    let check = check(id);
    (check.finding_type, check.severity)
}

/// The permission that reading a check's setting needs.
pub fn permission(id: CheckId) -> &'static str {
    check(id).permission
}
