//! Quarantine: a byte-identical copy where nobody looks for prescriptions, and the way back.

use std::collections::BTreeMap;

use pillbox_aws::ObjectDetails;
use pillbox_model::{
    CopyMarks, ErrorCode, Failure, ObjectEffect, ObjectFix, ObjectStep, Reversibility, SeenObject, Timestamp,
};

use super::look_at::{described, seen_with_checksum};
use super::plan::{Draft, keeps_version};
use super::{PlannedObject, QUARANTINE_PREFIX};
use crate::app::App;
use crate::connect::Session;
use crate::look::{Name, look_into};
use crate::wire::QuarantinedObject;

/// What the metadata of a copy in quarantine begins with.
const MARK: &str = "pillbox-quarantine-";
/// An object's metadata are at most 2 KB together (S3 User Guide, "Working with object metadata").
const LONGEST_REASON: usize = 200;
/// The longest key, in bytes.
const LONGEST_KEY: usize = 1024;

/// How an object is put into quarantine.
#[derive(Debug, Clone)]
pub struct QuarantineOptions {
    /// Why, in words without a patient's data: it is kept with the copy.
    pub reason: String,
    /// The day from which the copy is due to be deleted, as `2027-01-31`.
    pub expires: Option<String>,
    /// Whether the original is removed for ever rather than hidden.
    pub remove_original: bool,
}

impl App {
    /// What putting an object into quarantine would change.
    ///
    /// # Errors
    /// [`ErrorCode::NoSuchObject`]; [`ErrorCode::InvalidInput`] about the reason or the day;
    /// [`ErrorCode::KeyNotUsable`] where no room is left in the key; what reading says.
    pub async fn plan_quarantine(
        &self,
        session: &Session,
        key: &str,
        options: &QuarantineOptions,
    ) -> Result<PlannedObject, Failure> {
        if key.starts_with(QUARANTINE_PREFIX) {
            return Err(Failure::about(ErrorCode::InvalidInput, "it is in quarantine already"));
        }
        self.usable_reason(&options.reason)?;
        let original = described(session, key, None).await?;
        let copied = seen_with_checksum(session, key, &original).await?;
        let keeps = keeps_version(session, original.version_id.as_deref()).await?;
        let mut steps = vec![
            copy_to_quarantine(self, &original, &copied, &options.reason, options.expires.as_deref())?,
            ObjectStep::Hide { object: copied.clone() },
        ];
        let mut effects = vec![ObjectEffect::ReadersFindNothing];
        if keeps {
            effects.extend(former_versions(session, key).await?);
        } else {
            effects.push(ObjectEffect::NoVersions);
        }
        let removes = options.remove_original && keeps;
        if removes {
            steps.push(ObjectStep::Remove { object: copied, is_delete_marker: false });
            effects.push(ObjectEffect::GoneForEver);
        }
        let reversibility = if keeps && !removes { Reversibility::Exact } else { Reversibility::Nearest };
        let fix = ObjectFix::Quarantine;
        Draft { session, fix, key, steps, effects, reversibility, asks_for_consent: removes }.planned().await
    }

    /// What bringing an object back from quarantine would change.
    ///
    /// # Errors
    /// [`ErrorCode::InvalidInput`] when the key is none of quarantine; [`ErrorCode::ObjectExists`] when something
    /// is at the object's own key; [`ErrorCode::NoSuchObject`]; what reading says.
    pub async fn plan_restore(&self, session: &Session, key: &str) -> Result<PlannedObject, Failure> {
        let own_key = own_key(key).ok_or_else(|| Failure::about(ErrorCode::InvalidInput, "it is not in quarantine"))?;
        let copy = described(session, key, None).await?;
        if session.client.describe(&session.connection.bucket, own_key, None).await?.is_some() {
            return Err(ErrorCode::ObjectExists.into());
        }
        let copied = seen_with_checksum(session, key, &copy).await?;
        let keeps = keeps_version(session, copy.version_id.as_deref()).await?;
        let steps = vec![
            ObjectStep::Copy {
                from: copied.clone(),
                to: own_key.to_owned(),
                replaces: None,
                marks: CopyMarks::Drop(marks_of(&copy)),
                encryption_before: copy.encryption.clone(),
                encryption: copy.encryption.clone(),
            },
            ObjectStep::Hide { object: copied },
        ];
        let effects = if keeps { Vec::new() } else { vec![ObjectEffect::NoVersions] };
        let reversibility = if keeps { Reversibility::Exact } else { Reversibility::Nearest };
        let fix = ObjectFix::Restore;
        Draft { session, fix, key, steps, effects, reversibility, asks_for_consent: false }.planned().await
    }

    /// What is in quarantine, in the order of its ids.
    ///
    /// # Errors
    /// What reading says: a list that is not whole is none.
    pub async fn quarantined(&self, session: &Session) -> Result<Vec<QuarantinedObject>, Failure> {
        let bucket = &session.connection.bucket;
        let today = self.clock.now().to_utc().date();
        let mut listing = session.client.list(bucket, QUARANTINE_PREFIX);
        let mut all = Vec::new();
        while let Some(page) = listing.page().await? {
            for listed in page {
                let Some(own_key) = own_key(&listed.key) else { continue };
                // What was brought back in this moment is not there any more.
                let Some(copy) = session.client.describe(bucket, &listed.key, None).await? else { continue };
                let mark = |name: &str| copy.metadata.get(&format!("{MARK}{name}")).cloned();
                let expires = mark("expires");
                all.push(QuarantinedObject {
                    own_key: own_key.to_owned(),
                    version_id: copy.version_id.clone(),
                    size: copy.size,
                    since: mark("at").and_then(|text| Timestamp::parse(&text)),
                    reason: mark("reason"),
                    is_due: expires.as_deref().and_then(day).is_some_and(|day| day.to_utc().date() <= today),
                    expires,
                    key: listed.key,
                });
            }
        }
        Ok(all)
    }

    /// Makes sure that a reason can be kept with the copy: short, in letters that a header takes, and without what
    /// tells a patient.
    fn usable_reason(&self, reason: &str) -> Result<(), Failure> {
        let not_usable = |why: &str| Err(Failure::about(ErrorCode::InvalidInput, format!("reason: {why}")));
        if reason.trim().is_empty() {
            return not_usable("write why, in a few words");
        }
        if reason.len() > LONGEST_REASON || !reason.bytes().all(|byte| byte == b' ' || byte.is_ascii_graphic()) {
            return not_usable("up to 200 letters, digits and signs of plain English");
        }
        match look_into(&self.engine(), Name::shown(""), reason.as_bytes(), &|| true) {
            Ok(look) if look.detections.is_empty() => Ok(()),
            _ => not_usable("it is kept with the copy and must hold no patient's data"),
        }
    }
}

/// The copy that quarantine is.
///
/// # Errors
/// [`ErrorCode::KeyNotUsable`]; [`ErrorCode::InvalidInput`] about the day.
pub(super) fn copy_to_quarantine(
    app: &App,
    original: &ObjectDetails,
    copied: &SeenObject,
    reason: &str,
    expires: Option<&str>,
) -> Result<ObjectStep, Failure> {
    let id = uuid::Uuid::new_v4().simple().to_string();
    let to = format!("{QUARANTINE_PREFIX}{}/{}", &id[..16], copied.key);
    if to.len() > LONGEST_KEY {
        return Err(ErrorCode::KeyNotUsable.into());
    }
    let mut marks = BTreeMap::from([("at", app.clock.now().to_string()), ("reason", reason.to_owned())]);
    if let Some(expires) = expires {
        day(expires).ok_or_else(|| Failure::about(ErrorCode::InvalidInput, "a day is written as 2027-01-31"))?;
        marks.insert("expires", expires.to_owned());
    }
    if let Some(sha256) = &copied.sha256 {
        marks.insert("sha256", sha256.clone());
    }
    if let Some(version) = &copied.version_id {
        marks.insert("version", version.clone());
    }
    Ok(ObjectStep::Copy {
        from: copied.clone(),
        to,
        replaces: None,
        marks: CopyMarks::Add(marks.into_iter().map(|(name, value)| (format!("{MARK}{name}"), value)).collect()),
        encryption_before: original.encryption.clone(),
        encryption: original.encryption.clone(),
    })
}

/// How many versions stay under the current one, as an effect; nothing where this key may not list them.
pub(super) async fn former_versions(session: &Session, key: &str) -> Result<Option<ObjectEffect>, Failure> {
    let former = match session.client.versions(&session.connection.bucket, key).await {
        Ok(versions) => versions.iter().filter(|version| !version.is_latest && !version.is_delete_marker).count(),
        Err(Failure { code: ErrorCode::AccessDenied, .. }) => 0,
        Err(failure) => return Err(failure),
    };
    let versions = u32::try_from(former).unwrap_or(u32::MAX);
    Ok((former > 0).then_some(ObjectEffect::FormerVersionsStay { versions }))
}

/// The object's own key, of a key in quarantine. Looks nothing up, so that any computer finds the way back.
fn own_key(key: &str) -> Option<&str> {
    let (id, own_key) = key.strip_prefix(QUARANTINE_PREFIX)?.split_once('/')?;
    let is_id = id.len() == 16 && id.bytes().all(|byte| byte.is_ascii_hexdigit());
    (is_id && !own_key.is_empty()).then_some(own_key)
}

fn marks_of(copy: &ObjectDetails) -> BTreeMap<String, String> {
    let marks = copy.metadata.iter().filter(|(name, _)| name.starts_with(MARK));
    marks.map(|(name, value)| (name.clone(), value.clone())).collect()
}

/// The beginning of a day, in UTC.
fn day(text: &str) -> Option<Timestamp> {
    (text.len() == 10).then(|| Timestamp::parse(&format!("{text}T00:00:00Z"))).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_own_key_is_behind_the_id() {
        let key = "pillbox-quarantine/0123456789abcdef/inbox/rx.txt";
        assert_eq!(own_key(key), Some("inbox/rx.txt"));
        for other in ["inbox/rx.txt", "pillbox-quarantine/rx.txt", "pillbox-quarantine/0123456789abcdef/"] {
            assert_eq!(own_key(other), None, "{other}");
        }
    }

    #[test]
    fn a_day_is_one_of_the_calendar() {
        assert_eq!(day("2027-01-31").map(|day| day.to_string()).as_deref(), Some("2027-01-31T00:00:00Z"));
        for none in ["2027-02-30", "31.01.2027", "2027-1-1", "2027-01-31T00:00:00Z", ""] {
            assert_eq!(day(none), None, "{none}");
        }
    }
}
