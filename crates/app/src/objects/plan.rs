//! What all plans for one object share.

use pillbox_model::{ErrorCode, Failure, ObjectEffect, ObjectFix, ObjectPlan, ObjectStep, Reversibility, Versioning};

use super::{CONSENT, PlannedObject};
use crate::connect::Session;

/// A plan in the making.
pub(super) struct Draft<'a> {
    pub(super) session: &'a Session,
    pub(super) fix: ObjectFix,
    pub(super) key: &'a str,
    pub(super) steps: Vec<ObjectStep>,
    pub(super) effects: Vec<ObjectEffect>,
    pub(super) reversibility: Reversibility,
    /// Whether something goes for ever.
    pub(super) asks_for_consent: bool,
}

impl Draft<'_> {
    pub(super) fn planned(self) -> PlannedObject {
        let plan = ObjectPlan {
            fix: self.fix,
            bucket: self.session.connection.bucket.clone(),
            key: self.key.to_owned(),
            permissions: ObjectPlan::permissions_of(&self.steps),
            steps: self.steps,
            effects: self.effects,
            reversibility: self.reversibility,
            consent: self.asks_for_consent.then(|| CONSENT.to_owned()),
        };
        PlannedObject { plan, undo_of: None }
    }
}

/// Whether the bucket keeps what is hidden or replaced. Where that can't be found out, it is taken not to.
///
/// # Errors
/// What reading says beside a refusal.
pub(super) async fn keeps_versions(session: &Session) -> Result<bool, Failure> {
    match session.client.versioning(&session.connection.bucket).await {
        Ok(versioning) => Ok(versioning == Versioning::Enabled),
        Err(Failure { code: ErrorCode::AccessDenied | ErrorCode::NotSupported, .. }) => Ok(false),
        Err(failure) => Err(failure),
    }
}
