//! What all plans for one object share.

use pillbox_model::{ErrorCode, Failure, ObjectEffect, ObjectFix, ObjectPlan, ObjectStep, Reversibility, Versioning};

use super::look_at::is_versioned;
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
    /// The plan, with what its steps take the place of where versions are suspended.
    ///
    /// # Errors
    /// What reading says.
    pub(super) async fn planned(mut self) -> Result<PlannedObject, Failure> {
        let replaced = older_versions_replaced(self.session, &self.steps).await?;
        if replaced == Some(ObjectEffect::OlderVersionGone) {
            self.asks_for_consent = true;
            self.reversibility = self.reversibility.max(Reversibility::Nearest);
        }
        self.effects.extend(replaced);
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
        Ok(PlannedObject { plan, undo_of: None })
    }
}

/// Whether the bucket keeps a version that is hidden or replaced: the version has an id of its own, or whatever comes
/// on top gets one. Where that can't be found out, it is taken not to.
///
/// # Errors
/// What reading says beside a refusal.
pub(super) async fn keeps_version(session: &Session, version: Option<&str>) -> Result<bool, Failure> {
    Ok(is_versioned(version) || known_versioning(session).await? == Some(Versioning::Enabled))
}

/// What the bucket does with versions; nothing where that can't be found out.
async fn known_versioning(session: &Session) -> Result<Option<Versioning>, Failure> {
    match session.client.versioning(&session.connection.bucket).await {
        Ok(versioning) => Ok(Some(versioning)),
        Err(Failure { code: ErrorCode::AccessDenied | ErrorCode::NotSupported, .. }) => Ok(None),
        Err(failure) => Err(failure),
    }
}

/// Where versions are suspended, what is stored or hidden has the version `null`, and takes the place of an older one
/// of that id below the current version (S3 User Guide, "Adding objects to versioning-suspended buckets").
///
/// # Errors
/// What reading says beside a refusal.
pub(super) async fn older_versions_replaced(
    session: &Session,
    steps: &[ObjectStep],
) -> Result<Option<ObjectEffect>, Failure> {
    if matches!(known_versioning(session).await?, Some(Versioning::Enabled | Versioning::Unversioned)) {
        return Ok(None);
    }
    for key in steps.iter().filter_map(key_stored_or_hidden) {
        let versions = match session.client.versions(&session.connection.bucket, key).await {
            Ok(versions) => versions,
            Err(Failure { code: ErrorCode::AccessDenied, .. }) => return Ok(Some(ObjectEffect::OlderVersionMayGo)),
            Err(Failure { code: ErrorCode::NotSupported, .. }) => return Ok(None),
            Err(failure) => return Err(failure),
        };
        let is_replaced = |version: &pillbox_aws::Version| {
            !is_versioned(Some(&version.id)) && !version.is_latest && !version.is_delete_marker
        };
        if versions.iter().any(is_replaced) {
            return Ok(Some(ObjectEffect::OlderVersionGone));
        }
    }
    Ok(None)
}

fn key_stored_or_hidden(step: &ObjectStep) -> Option<&str> {
    match step {
        ObjectStep::Copy { to, .. } => Some(to),
        ObjectStep::Rewrite { object, .. } | ObjectStep::Hide { object } => Some(&object.key),
        ObjectStep::Show { .. }
        | ObjectStep::Remove { .. }
        | ObjectStep::SetTags { .. }
        | ObjectStep::SetAcl { .. } => None,
    }
}
