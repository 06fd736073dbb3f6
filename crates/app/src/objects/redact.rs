//! Redaction of what is stored: another version without what is not expected, the former one in quarantine.

use bytes::Bytes;
use pillbox_aws::ObjectDetails;
use pillbox_model::{ErrorCode, Failure, ObjectEffect, ObjectFix, ObjectStep, Reversibility};

use super::PlannedObject;
use super::look_at::{described, seen_with_checksum};
use super::plan::{Draft, keeps_version};
use super::quarantine::{copy_to_quarantine, former_versions};
use super::settings::grants_dropped;
use crate::app::App;
use crate::connect::Session;
use crate::upload::redacted_copy;

/// What is blacked out is held in memory whole.
const LARGEST: u64 = 8 * 1024 * 1024;

/// The blacked-out copy of an object.
pub(super) struct Redacted {
    pub(super) bytes: Bytes,
    pub(super) sha256: [u8; 32],
}

impl App {
    /// What blacking out what the rules don't expect in an object would change.
    ///
    /// # Errors
    /// [`ErrorCode::NothingToFix`] when there is nothing to black out; [`ErrorCode::NotFixable`] about why it can't
    /// be done: its text does not lie open in its bytes, it is too large, or it would still hold what is not
    /// expected; [`ErrorCode::NoSuchObject`]; what reading says.
    pub async fn plan_redact(
        &self,
        session: &Session,
        key: &str,
        remove_original: bool,
    ) -> Result<PlannedObject, Failure> {
        let original = described(session, key, None).await?;
        let copy = redacted(self, session, key, &original).await?;
        let object = seen_with_checksum(session, key, &original).await?;
        let sha256 = hex::encode(copy.sha256);
        if object.sha256.as_deref() == Some(sha256.as_str()) {
            return Err(ErrorCode::NothingToFix.into());
        }
        let keeps = keeps_version(session, original.version_id.as_deref()).await?;
        let mut steps = vec![
            copy_to_quarantine(self, &original, &object, "redacted", None)?,
            ObjectStep::Rewrite { object: object.clone(), size: copy.bytes.len() as u64, sha256 },
        ];
        let mut effects: Vec<_> = grants_dropped(session, key).await.into_iter().collect();
        let removes = remove_original && keeps;
        if removes {
            effects.extend(former_versions(session, key).await?);
            effects.push(ObjectEffect::GoneForEver);
            steps.push(ObjectStep::Remove { object, is_delete_marker: false });
        } else if keeps {
            effects.push(ObjectEffect::FormerVersionsStay { versions: 1 });
        }
        let reversibility = if keeps && !removes { Reversibility::Exact } else { Reversibility::Nearest };
        let fix = ObjectFix::Redact;
        Draft { session, fix, key, steps, effects, reversibility, asks_for_consent: removes }.planned().await
    }
}

/// Reads an object and blacks out what the rules don't expect; the same bytes each time, as long as neither the
/// object nor what is looked for changes.
pub(super) async fn redacted(
    app: &App,
    session: &Session,
    key: &str,
    original: &ObjectDetails,
) -> Result<Redacted, Failure> {
    if original.size > LARGEST {
        return Err(Failure::about(ErrorCode::NotFixable, "larger than 8 MiB"));
    }
    let bucket = &session.connection.bucket;
    let body = session.client.get(bucket, key, original.version_id.as_deref(), None).await?;
    if body.e_tag() != Some(original.e_tag.as_str()) {
        return Err(Failure::about(ErrorCode::ChangedSince, bucket.clone()));
    }
    let bytes = body.bytes(LARGEST).await?;
    let (engine, rules, name) = (app.engine(), app.rules(), key.to_owned());
    let copied = tokio::task::spawn_blocking(move || redacted_copy(&engine, &rules, &name, bytes));
    match copied.await.map_err(|_| Failure::new(ErrorCode::Internal))? {
        Ok(Some((bytes, sha256))) => Ok(Redacted { bytes, sha256 }),
        Ok(None) => Err(Failure::about(ErrorCode::NotFixable, "its text does not lie open, or the copy is not clean")),
        Err(_) => Err(Failure::about(ErrorCode::NotFixable, "it can't be read")),
    }
}
