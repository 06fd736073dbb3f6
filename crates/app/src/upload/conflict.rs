//! What lies under a file's key already, and what is done about it.

use pillbox_aws::{ObjectHead, PutCondition, PutError, Stored};
use pillbox_model::{ErrorCode, Failure, FileState, OnConflict, UploadFile, Versioning};
use sha2::{Digest, Sha256};

use super::file::{Run, TRANSFERS, unquoted};
use super::prepare::{Prepared, Sha256Sum};

/// A key with a number is looked for so often before the file is called a conflict.
const NUMBERED_KEYS: u32 = 100;

/// What came of putting an object.
pub(super) enum Outcome {
    Stored(Stored, String),
    /// The same bytes are there under this key.
    Same(Found, String),
    Ended(UploadFile),
}

/// An object that lies under a key.
pub(super) struct Found {
    pub e_tag: Option<String>,
    pub version_id: Option<String>,
    compared: Compared,
}

/// What an object is, compared with what is to be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Compared {
    Same,
    Other,
    /// It can't be read.
    Unknown,
}

impl Found {
    /// Whether it is what is to be sent; what can't be read is, where it is known to have been `stored`.
    fn is_it(&self, stored: bool) -> bool {
        self.compared == Compared::Same || (stored && self.compared == Compared::Unknown)
    }

    /// Why it is in the way.
    const fn code(&self) -> ErrorCode {
        match self.compared {
            Compared::Unknown => ErrorCode::ObjectExistsUnreadable,
            Compared::Same | Compared::Other => ErrorCode::ObjectExists,
        }
    }
}

impl Run {
    /// Puts the object, and does what was asked for where something is there already. `stored`: an earlier attempt is
    /// known to have stored just this.
    pub(super) async fn put_as_asked(
        &self,
        mut file: UploadFile,
        prepared: &Prepared,
        stored: bool,
    ) -> Result<Outcome, Failure> {
        let asked_key = file.key.clone();
        let mut number = 1;
        // What was seen there is looked at before anything is sent.
        let mut is_there = file.e_tag.is_some();
        for _ in 0..NUMBERED_KEYS {
            if !std::mem::take(&mut is_there) {
                match self.put(&file, prepared, PutCondition::CreateOnly).await {
                    Ok(stored) => return Ok(Outcome::Stored(stored, file.key)),
                    Err(PutError::Exists | PutError::Changed) => {}
                    // The parts are gone: after a lost answer they may have been completed.
                    Err(PutError::Failed(failure)) if failure.code == ErrorCode::NotFound => {}
                    Err(error) => return self.put_failed(file, error).map(Outcome::Ended),
                }
            }
            let found = match self.found(&file.key, prepared).await {
                Ok(Some(found)) => found,
                // It was there and is gone: the next attempt creates it.
                Ok(None) => continue,
                Err(failure) => return self.failed(file, failure).map(Outcome::Ended),
            };
            if found.is_it(stored) {
                return Ok(Outcome::Same(found, file.key));
            }
            match file.on_conflict.unwrap_or(self.upload.on_conflict) {
                // Under a number it may well be this file, stored before: another beside it would be one too many.
                OnConflict::KeepBoth if number > 1 && found.compared == Compared::Unknown => {
                    return self.in_conflict(file, &found).map(Outcome::Ended);
                }
                OnConflict::KeepBoth => {
                    number += 1;
                    file.key = numbered(&asked_key, number);
                    // Said before anything goes there, so that a run that is cut off looks there first.
                    file = self.note(file, FileState::Sending, None)?;
                }
                OnConflict::Replace => return self.replace(file, prepared, found).await,
                OnConflict::Skip => {
                    return self.note(file, FileState::LeftOut, Some(found.code())).map(Outcome::Ended);
                }
                OnConflict::Ask => return self.in_conflict(file, &found).map(Outcome::Ended),
                OnConflict::Fail => {
                    self.in_conflict(file, &found)?;
                    return Err(found.code().into());
                }
            }
        }
        self.note(file, FileState::Conflict, Some(ErrorCode::ObjectExists)).map(Outcome::Ended)
    }

    /// Leaves it to a person what becomes of a file in whose place something lies.
    fn in_conflict(&self, mut file: UploadFile, found: &Found) -> Result<UploadFile, Failure> {
        file.e_tag = found.e_tag.as_deref().map(unquoted);
        file.version_id.clone_from(&found.version_id);
        self.note(file, FileState::Conflict, Some(found.code()))
    }

    /// Makes a new version of what is there; only where the former one stays.
    async fn replace(&self, file: UploadFile, prepared: &Prepared, found: Found) -> Result<Outcome, Failure> {
        let keeps_versions = self.snapshot.versioning.known() == Some(&Versioning::Enabled);
        let (true, Some(e_tag)) = (keeps_versions, found.e_tag.clone()) else {
            return self.in_conflict(file, &found).map(Outcome::Ended);
        };
        let error = match self.put(&file, prepared, PutCondition::Replace { e_tag }).await {
            Ok(stored) => return Ok(Outcome::Stored(stored, file.key)),
            Err(error) => error,
        };
        // After a lost answer, what changed there may be what was sent.
        if error == PutError::Changed
            && let Ok(Some(found)) = self.found(&file.key, prepared).await
            && found.compared == Compared::Same
        {
            return Ok(Outcome::Same(found, file.key));
        }
        self.put_failed(file, error).map(Outcome::Ended)
    }

    /// The file itself under the numbered key that an earlier attempt meant it for.
    pub(super) async fn copy_beside(
        &self,
        file: &UploadFile,
        asked_key: &str,
        prepared: &Prepared,
        stored: bool,
    ) -> Result<Option<Found>, Failure> {
        if !(2..=NUMBERED_KEYS + 1).any(|number| file.key == numbered(asked_key, number)) {
            return Ok(None);
        }
        Ok(self.found(&file.key, prepared).await?.filter(|found| found.is_it(stored)))
    }

    /// What lies under a key. That it is something else than what is to be sent is believed when two answers agree on
    /// it: a bit may flip on the way back, and what is the same would be stored once more beside it.
    async fn found(&self, key: &str, prepared: &Prepared) -> Result<Option<Found>, Failure> {
        let head = match self.session.client.head(&self.upload.bucket, key, None).await {
            Ok(Some(head)) => head,
            Ok(None) => return Ok(None),
            Err(failure) if is_unreadable(failure.code) => {
                return Ok(Some(Found { e_tag: None, version_id: None, compared: Compared::Unknown }));
            }
            Err(failure) => return Err(failure),
        };
        let compared = match self.compare(key, &head, prepared).await {
            Err(failure) if failure.code == ErrorCode::NoSuchObject => return Ok(None),
            Err(failure) if is_unreadable(failure.code) => Compared::Unknown,
            compared => compared?,
        };
        Ok(Some(Found { e_tag: head.e_tag, version_id: head.version_id, compared }))
    }

    async fn compare(&self, key: &str, head: &ObjectHead, prepared: &Prepared) -> Result<Compared, Failure> {
        if head.agrees(&prepared.sha256, prepared.parts()) == Some(true) {
            return Ok(Compared::Same);
        }
        let mut told = head.sha256;
        for _ in 0..TRANSFERS {
            let version = head.version_id.as_deref();
            let body = self.session.client.get(&self.upload.bucket, key, version, None).await?;
            if body.size() == head.size && head.size != prepared.size() {
                return Ok(Compared::Other);
            }
            match sum_of(body).await {
                Ok(read) if read == prepared.sha256 => return Ok(Compared::Same),
                Ok(read) if told == Some(read) => return Ok(Compared::Other),
                Ok(read) => told = Some(read),
                Err(failure) if failure.code == ErrorCode::ChecksumMismatch => {}
                Err(failure) => return Err(failure),
            }
        }
        Err(ErrorCode::ChecksumMismatch.into())
    }
}

/// Whether an object is there and can't be read.
const fn is_unreadable(code: ErrorCode) -> bool {
    matches!(
        code,
        ErrorCode::AccessDenied
            | ErrorCode::ManagedByOrganisation
            | ErrorCode::ObjectArchived
            | ErrorCode::ObjectNotDecryptable
    )
}

/// SHA-256 of an object as it is read.
pub(super) async fn sum_of(mut body: pillbox_aws::Body) -> Result<Sha256Sum, Failure> {
    let mut sum = Sha256::new();
    while let Some(chunk) = body.chunk().await? {
        sum.update(&chunk);
    }
    Ok(sum.finalize().into())
}

/// A key with a number before its extension: `a/b.txt` becomes `a/b (2).txt`.
fn numbered(key: &str, number: u32) -> String {
    let name_starts = key.rfind('/').map_or(0, |slash| slash + 1);
    match key[name_starts..].rfind('.').filter(|dot| *dot > 0) {
        Some(dot) => format!("{} ({number}){}", &key[..name_starts + dot], &key[name_starts + dot..]),
        None => format!("{key} ({number})"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_goes_before_the_extension() {
        assert_eq!(numbered("a.b/c.txt", 2), "a.b/c (2).txt");
        assert_eq!(numbered("a.b/c", 3), "a.b/c (3)");
        assert_eq!(numbered("a/.hidden", 2), "a/.hidden (2)");
    }
}
