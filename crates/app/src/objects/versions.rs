//! Versions of one object: which there are, an older one made current, one removed for ever.

use pillbox_aws::ObjectDetails;
use pillbox_model::{
    CopyMarks, ErrorCode, Failure, ObjectEffect, ObjectFix, ObjectStep, Reversibility, SeenObject, Timestamp,
};

use super::PlannedObject;
use super::look_at::{described, is_versioned, seen, seen_with_checksum};
use super::plan::{Draft, keeps_version};
use crate::app::App;
use crate::connect::Session;
use crate::wire::{PutBy, VersionView};

impl App {
    /// The versions of an object, the latest first, delete markers among them.
    ///
    /// # Errors
    /// [`ErrorCode::NoSuchObject`] when there is none; what reading says.
    pub async fn object_versions(&self, session: &Session, key: &str) -> Result<Vec<VersionView>, Failure> {
        let versions = session.client.versions(&session.connection.bucket, key).await?;
        if versions.is_empty() {
            return Err(ErrorCode::NoSuchObject.into());
        }
        let view = |version: pillbox_aws::Version| {
            Ok(VersionView {
                put_by: self.put_by(&session.connection.bucket, key, &version.id)?,
                version_id: version.id,
                is_latest: version.is_latest,
                is_delete_marker: version.is_delete_marker,
                modified: version.modified,
                size: version.size,
            })
        };
        versions.into_iter().map(view).collect()
    }

    /// Who stored a version, by what this computer has on record. A `null` version may be anybody's.
    fn put_by(&self, bucket: &str, key: &str, version: &str) -> Result<Option<PutBy>, Failure> {
        if !is_versioned(Some(version)) {
            return Ok(None);
        }
        if let Some((change, actor)) = self.store.change_that_made(bucket, version)? {
            return Ok(Some(PutBy::Change { change, actor }));
        }
        Ok(self.store.upload_that_stored(bucket, key, version)?.map(|at| PutBy::Upload { at }))
    }

    /// What making an older version the current one would change: it is copied on top.
    ///
    /// # Errors
    /// [`ErrorCode::NoSuchObject`] about no such version; [`ErrorCode::NothingToFix`] when it is the current one;
    /// what reading says.
    pub async fn plan_restore_version(
        &self,
        session: &Session,
        key: &str,
        version: &str,
    ) -> Result<PlannedObject, Failure> {
        let older = described(session, key, Some(version)).await?;
        let current = session.client.describe(&session.connection.bucket, key, None).await?;
        if current.as_ref().is_some_and(|current| current.version_id == older.version_id) {
            return Err(ErrorCode::NothingToFix.into());
        }
        let stays = match &current {
            Some(current) => keeps_version(session, current.version_id.as_deref()).await?,
            None => true,
        };
        let steps = vec![ObjectStep::Copy {
            from: seen_with_checksum(session, key, &older).await?,
            to: key.to_owned(),
            replaces: current.as_ref().map(|current| seen(key, current)),
            marks: CopyMarks::Keep,
            encryption_before: older.encryption.clone(),
            encryption: older.encryption.clone(),
        }];
        let (effects, reversibility) = match stays {
            true => (Vec::new(), Reversibility::Exact),
            false => (vec![ObjectEffect::GoneForEver], Reversibility::Never),
        };
        let fix = ObjectFix::RestoreVersion;
        Draft { session, fix, key, steps, effects, reversibility, asks_for_consent: !stays }.planned().await
    }

    /// What removing one version would change. A delete marker on top is taken away, and can be set again; every
    /// other version is gone for ever.
    ///
    /// # Errors
    /// [`ErrorCode::NoSuchObject`] when there is no such version; [`ErrorCode::ObjectLocked`] where retention or a
    /// legal hold is known to keep it; what reading says.
    pub async fn plan_delete_version(
        &self,
        session: &Session,
        key: &str,
        version: &str,
    ) -> Result<PlannedObject, Failure> {
        let versions = session.client.versions(&session.connection.bucket, key).await?;
        let place = versions.iter().position(|one| one.id == version);
        let Some((place, one)) = place.and_then(|place| Some((place, versions.get(place)?))) else {
            return Err(ErrorCode::NoSuchObject.into());
        };
        let fix = ObjectFix::DeleteVersion;
        let appears = one.is_latest && versions.len() > 1;
        let mut effects: Vec<_> = appears.then_some(ObjectEffect::FormerVersionAppears).into_iter().collect();
        if one.is_delete_marker && appears && versions.get(place + 1).is_some_and(|next| !next.is_delete_marker) {
            let steps = vec![ObjectStep::Show { key: key.to_owned(), marker: version.to_owned() }];
            let reversibility = Reversibility::Exact;
            return Draft { session, fix, key, steps, effects, reversibility, asks_for_consent: false }.planned().await;
        }
        let object = if one.is_delete_marker {
            let version_id = Some(version.to_owned());
            SeenObject { key: key.to_owned(), version_id, e_tag: String::new(), size: 0, sha256: None }
        } else {
            let details = described(session, key, Some(version)).await?;
            not_locked(&details, self.clock.now())?;
            seen(key, &details)
        };
        effects.push(ObjectEffect::GoneForEver);
        let steps = vec![ObjectStep::Remove { object, is_delete_marker: one.is_delete_marker }];
        let reversibility = Reversibility::Never;
        Draft { session, fix, key, steps, effects, reversibility, asks_for_consent: true }.planned().await
    }
}

fn not_locked(details: &ObjectDetails, now: Timestamp) -> Result<(), Failure> {
    match &details.lock {
        Some(lock) if lock.legal_hold => Err(Failure::about(ErrorCode::ObjectLocked, "legal hold")),
        Some(lock) => match lock.retained_until.filter(|until| *until > now) {
            Some(until) => Err(Failure::about(ErrorCode::ObjectLocked, format!("until {until}"))),
            None => Ok(()),
        },
        None => Ok(()),
    }
}
