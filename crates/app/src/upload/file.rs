//! One file on its way: looked into, put, read back, compared, looked into again.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use bytes::Bytes;
use pillbox_aws::{Put, PutCondition, PutError, Stored};
use pillbox_model::{
    BucketSnapshot, Decision, ErrorCode, Failure, FileState, FindingState, OnConflict, SkipReason, Upload, UploadFile,
    Versioning,
};
use sha2::{Digest, Sha256};
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;

use super::Counters;
use super::found::{Found, unquoted};
use super::gate::let_through;
use super::large::{self, blocking};
use super::ledger::{Ledger, what_became};
use super::line::Line;
use super::prepare::{Content, Course, Known, Prepared, Sha256Sum, course, neutral_key, prepare, redacted};
use crate::app::App;
use crate::connect::Session;
use crate::findings::{FoundIn, keep_object_findings};
use crate::look::{Name, look_into, strictest};

/// A key with a number is looked for so often before the file is called a conflict.
const NUMBERED_KEYS: u32 = 100;

/// What every file of a run shares.
pub(super) struct Run {
    pub app: Arc<App>,
    pub session: Session,
    pub upload: Upload,
    /// The bucket's settings when the run began.
    pub snapshot: BucketSnapshot,
    /// What is decided for every file that asks.
    pub decide: Option<Decision>,
    pub stop: CancellationToken,
    /// Kibibytes of files that may be in memory at once.
    pub memory: Semaphore,
    pub line: Line,
    pub ledger: Arc<Ledger>,
    pub counters: Arc<Counters>,
    /// How many files failed one after the other for a reason that may pass.
    pub trouble: AtomicU32,
}

/// How often a file is tried when what keeps it from being sent may pass.
const ATTEMPTS: u32 = 4;
/// So many failures one after the other are no trouble of single files.
const TROUBLE_IN_A_ROW: u32 = 8;

/// What came of putting an object.
enum Outcome {
    Stored(Stored, String),
    /// The same bytes are there under this key.
    Same(Found, String),
    Ended(UploadFile),
}

impl Run {
    /// Brings one file as far as it can go. What may pass is waited for, and the file is tried again.
    ///
    /// # Errors
    /// What ends the whole run: the network, the key, the bucket, the disk, a stop. The file stays in the
    /// journal as far as it came.
    pub(super) async fn send(&self, mut file: UploadFile) -> Result<UploadFile, Failure> {
        for _ in 1..ATTEMPTS {
            let found_again = self.line.found_again();
            match self.attempt(file.clone()).await {
                Err(failure) if is_of_the_line(failure.code) => {
                    self.wait_for_line(found_again, failure).await?;
                    // What lies there now may be what was sent.
                    file.state = FileState::Sending;
                }
                done => return done,
            }
        }
        match self.attempt(file.clone()).await {
            Err(failure) if is_of_the_line(failure.code) => self.gave_up(file, failure),
            done => done,
        }
    }

    /// Whether the bucket, as it is at this moment, may get files.
    pub(super) async fn gate(&self) -> Result<(), Failure> {
        let_through(&self.upload, &self.app.check(&self.session).await?)
    }

    /// Waits for the store after a failure that may pass, see [`Line::wait`].
    pub(super) async fn wait_for_line(&self, before: u64, failure: Failure) -> Result<(), Failure> {
        self.line.wait(before, failure, || self.gate(), &self.counters, &self.stop).await
    }

    /// The same trouble with one file after the other is trouble with all of them.
    fn gave_up(&self, file: UploadFile, failure: Failure) -> Result<UploadFile, Failure> {
        if self.trouble.fetch_add(1, Ordering::Relaxed) + 1 >= TROUBLE_IN_A_ROW {
            return Err(failure);
        }
        self.note(file, FileState::Failed, Some(failure.code))
    }

    async fn attempt(&self, mut file: UploadFile) -> Result<UploadFile, Failure> {
        let _memory = self.reserve(&file).await?;
        // Taken first: what changes while the file is looked into makes the next comparison look again.
        let digest = self.app.looking_digest();
        let prepared = match self.prepare(&file).await? {
            Ok(prepared) => prepared,
            Err(reason) => return self.unready(file, reason),
        };
        let counts = prepared.look.counts(&self.app.rules());
        let changed = file.sha256.as_ref().is_some_and(|reviewed| *reviewed != hex::encode(prepared.sha256));
        if changed {
            // A decision was made on other bytes.
            file.decision = None;
        }
        let decision = file.decision.clone().or_else(|| self.decide.clone());
        file.size = prepared.size();
        file.counts = counts;
        file.name_in_key = prepared.look.name_is_sensitive;
        file.sha256 = Some(hex::encode(prepared.sha256));
        file.code = None;
        file.concerns.clone_from(&prepared.look.concerns);
        file.in_place = prepared.look.format.is_text();
        let to_send = match course(Known::of(&file), &self.app.rules(), decision.as_ref()) {
            Course::Send => {
                let rules = self.app.rules();
                let asked = strictest(&file.counts) != pillbox_model::Disposition::Expected
                    || file.concerns.iter().any(|concern| concern.asks(&rules));
                file.decision = decision.filter(|_| asked);
                prepared
            }
            Course::SendRedacted => match redacted(&self.app.engine(), &self.app.rules(), &file.relative, &prepared) {
                Some(copy) => {
                    file.decision = Some(Decision::Redact);
                    copy
                }
                None => return self.ask(file, None),
            },
            Course::LeaveOut => {
                file.decision = Some(Decision::LeaveOut);
                return self.note(file, FileState::LeftOut, None);
            }
            Course::Ask => return self.ask(file, changed.then_some(ErrorCode::SourceChanged)),
        };
        file.key = self.key_of(&file, &to_send.sha256);
        file.sent_sha256 = Some(hex::encode(to_send.sha256));
        self.put_and_prove(file, &to_send, &digest).await
    }

    /// Waits until the file fits into the memory that the run may use.
    async fn reserve(&self, file: &UploadFile) -> Result<tokio::sync::SemaphorePermit<'_>, Failure> {
        let kibibytes = if file.size > pillbox_files::WHOLE_LIMIT {
            large::MEMORY_KIB
        } else {
            // A whole file is there as bytes, as text and once more when it is read back.
            (file.size / 1024 + 1) * 3
        };
        let permits = u32::try_from(kibibytes).unwrap_or(u32::MAX);
        self.memory.acquire_many(permits).await.map_err(|_| ErrorCode::Internal.into())
    }

    async fn prepare(&self, file: &UploadFile) -> Result<Result<Prepared, SkipReason>, Failure> {
        let (app, file, stop) = (Arc::clone(&self.app), file.clone(), self.stop.clone());
        blocking(move || prepare(&app.engine(), &file, &|| !stop.is_cancelled())).await
    }

    fn unready(&self, mut file: UploadFile, reason: SkipReason) -> Result<UploadFile, Failure> {
        match reason {
            SkipReason::TimeCutOffReached => Err(ErrorCode::Cancelled.into()),
            SkipReason::SourceObjectNoLongerAvailable => {
                self.note(file, FileState::Failed, Some(ErrorCode::SourceVanished))
            }
            SkipReason::ObjectVersionMismatch => self.note(file, FileState::Failed, Some(ErrorCode::SourceChanged)),
            reason => {
                file.skip = Some(reason);
                self.note(file, FileState::Unreadable, Some(ErrorCode::SourceUnreadable))
            }
        }
    }

    fn ask(&self, file: UploadFile, code: Option<ErrorCode>) -> Result<UploadFile, Failure> {
        self.note(file, FileState::NeedsDecision, code)
    }

    /// Writes a file's new state into the journal.
    fn note(&self, mut file: UploadFile, state: FileState, code: Option<ErrorCode>) -> Result<UploadFile, Failure> {
        file.state = state;
        file.code = code;
        self.ledger.note(&file);
        Ok(file)
    }

    fn key_of(&self, file: &UploadFile, sha256: &Sha256Sum) -> String {
        if self.upload.neutral_names && file.name_in_key {
            neutral_key(&self.upload.prefix, &file.relative, sha256)
        } else {
            file.key.clone()
        }
    }

    async fn put_and_prove(&self, file: UploadFile, prepared: &Prepared, digest: &str) -> Result<UploadFile, Failure> {
        self.line.clear().await?;
        let resumed = file.state == FileState::Sending || file.state == FileState::Stored;
        let mut file = self.note(file, FileState::Sending, None)?;
        let found = match self.put_as_asked(file.clone(), prepared).await? {
            Outcome::Stored(stored, key) => {
                file.key = key;
                file.e_tag = Some(unquoted(&stored.e_tag));
                file.version_id = stored.version_id;
                file = self.note(file, FileState::Stored, None)?;
                return self.prove(file, prepared, FileState::Verified, digest).await;
            }
            Outcome::Same(found, key) => {
                file.key = key;
                found
            }
            Outcome::Ended(file) => return Ok(file),
        };
        file.e_tag = found.e_tag.as_deref().map(unquoted);
        file.version_id = found.version_id;
        // An upload that was cut off finds here what it had sent itself.
        let state = if resumed { FileState::Verified } else { FileState::AlreadyThere };
        self.prove(file, prepared, state, digest).await
    }

    /// Puts the object, and does what was asked for where something is there already.
    async fn put_as_asked(&self, mut file: UploadFile, prepared: &Prepared) -> Result<Outcome, Failure> {
        let asked_key = file.key.clone();
        // What was seen there is looked at before anything is sent.
        let mut is_there = file.e_tag.is_some();
        for attempt in 1..=NUMBERED_KEYS {
            if !std::mem::take(&mut is_there) {
                match self.put(&file, prepared, PutCondition::CreateOnly).await {
                    Ok(stored) => return Ok(Outcome::Stored(stored, file.key)),
                    Err(PutError::Exists | PutError::Changed) => {}
                    // The parts are gone: after a lost answer they may have been completed.
                    Err(PutError::Failed(failure)) if failure.code == ErrorCode::NotFound => {}
                    Err(error) => return self.put_failed(file, error).map(Outcome::Ended),
                }
            }
            let found = match Found::under(&self.session, &file.key).await {
                Ok(Some(found)) => found,
                // It was there and is gone: the next attempt creates it.
                Ok(None) => continue,
                Err(failure) if failure.code == ErrorCode::AccessDenied => {
                    return self
                        .note(file, FileState::Failed, Some(ErrorCode::ObjectExistsUnreadable))
                        .map(Outcome::Ended);
                }
                Err(failure) => return self.failed(file, failure).map(Outcome::Ended),
            };
            if found.sha256 == prepared.sha256 {
                return Ok(Outcome::Same(found, file.key));
            }
            match self.upload.on_conflict {
                OnConflict::KeepBoth => file.key = numbered(&asked_key, attempt + 1),
                OnConflict::Replace => return self.replace(file, prepared, found).await,
                OnConflict::Skip => {
                    return self.note(file, FileState::LeftOut, Some(ErrorCode::ObjectExists)).map(Outcome::Ended);
                }
                OnConflict::Ask => {
                    return self.note(file, FileState::Conflict, Some(ErrorCode::ObjectExists)).map(Outcome::Ended);
                }
                OnConflict::Fail => {
                    self.note(file, FileState::Conflict, Some(ErrorCode::ObjectExists))?;
                    return Err(ErrorCode::ObjectExists.into());
                }
            }
        }
        self.note(file, FileState::Conflict, Some(ErrorCode::ObjectExists)).map(Outcome::Ended)
    }

    async fn put(&self, file: &UploadFile, prepared: &Prepared, condition: PutCondition) -> Result<Stored, PutError> {
        match &prepared.content {
            Content::Whole(bytes) => {
                let request = Put {
                    bucket: self.upload.bucket.clone(),
                    key: file.key.clone(),
                    body: bytes.clone(),
                    sha256: prepared.sha256,
                    condition,
                    content_type: Some(prepared.look.format.mime_type().to_owned()),
                    metadata: Vec::new(),
                };
                self.session.client.put(request).await
            }
            Content::Parts(outline) => {
                let sending = large::Sending {
                    store: &self.app.store,
                    client: &self.session.client,
                    upload: &self.upload,
                    number: file.number,
                    key: &file.key,
                    stop: &self.stop,
                };
                sending.put(outline, prepared.look.format.mime_type(), condition).await
            }
        }
    }

    /// Makes a new version of what is there; only where the former one stays.
    async fn replace(&self, file: UploadFile, prepared: &Prepared, found: Found) -> Result<Outcome, Failure> {
        let keeps_versions = self.snapshot.versioning.known() == Some(&Versioning::Enabled);
        let (true, Some(e_tag)) = (keeps_versions, found.e_tag) else {
            return self.note(file, FileState::Conflict, Some(ErrorCode::ObjectExists)).map(Outcome::Ended);
        };
        let error = match self.put(&file, prepared, PutCondition::Replace { e_tag }).await {
            Ok(stored) => return Ok(Outcome::Stored(stored, file.key)),
            Err(error) => error,
        };
        // After a lost answer, what changed there may be what was sent.
        if error == PutError::Changed
            && let Ok(Some(found)) = Found::under(&self.session, &file.key).await
            && found.sha256 == prepared.sha256
        {
            return Ok(Outcome::Same(found, file.key));
        }
        self.put_failed(file, error).map(Outcome::Ended)
    }

    fn put_failed(&self, file: UploadFile, error: PutError) -> Result<UploadFile, Failure> {
        match error {
            PutError::Exists | PutError::Changed => self.note(file, FileState::Conflict, Some(ErrorCode::ObjectExists)),
            PutError::ChecksumMismatch => self.note(file, FileState::Failed, Some(ErrorCode::ChecksumMismatch)),
            PutError::Failed(failure) => self.failed(file, failure),
        }
    }

    /// What concerns this file alone ends the file; what concerns all ends the run, or is waited for.
    fn failed(&self, file: UploadFile, failure: Failure) -> Result<UploadFile, Failure> {
        if concerns_all(failure.code) || is_of_the_line(failure.code) {
            return Err(failure);
        }
        self.note(file, FileState::Failed, Some(failure.code))
    }

    /// Reads the object back, compares it with what was sent, and looks into it again.
    async fn prove(
        &self,
        mut file: UploadFile,
        prepared: &Prepared,
        state: FileState,
        digest: &str,
    ) -> Result<UploadFile, Failure> {
        match self.read_back(&file, prepared).await {
            Ok(true) => {
                self.trouble.store(0, Ordering::Relaxed);
                self.keep_findings(&file, prepared)?;
                file.state = state;
                file.code = None;
                self.ledger.proved(&file, what_became(&self.upload, &file, digest));
                Ok(file)
            }
            Ok(false) => self.note(file, FileState::Failed, Some(ErrorCode::ChecksumMismatch)),
            Err(failure) if failure.code == ErrorCode::AccessDenied => {
                self.note(file, FileState::StoredNotReadBack, Some(ErrorCode::StoredNotReadBack))
            }
            Err(failure) if failure.code == ErrorCode::ChecksumMismatch => {
                self.note(file, FileState::Failed, Some(ErrorCode::ChecksumMismatch))
            }
            Err(failure) => self.failed(file, failure),
        }
    }

    /// Whether what lies there is what was sent, byte for byte and finding for finding.
    async fn read_back(&self, file: &UploadFile, prepared: &Prepared) -> Result<bool, Failure> {
        let version = file.version_id.as_deref();
        let body = self.session.client.get(&self.upload.bucket, &file.key, version, None).await?;
        match &prepared.content {
            Content::Whole(sent) => {
                if body.size() != sent.len() as u64 {
                    return Ok(false);
                }
                let stored = body.bytes(sent.len() as u64).await?;
                self.same_as_sent(file, stored, prepared).await
            }
            Content::Parts(_) => self.read_back_in_chunks(file, body, prepared).await,
        }
    }

    async fn same_as_sent(&self, file: &UploadFile, stored: Bytes, prepared: &Prepared) -> Result<bool, Failure> {
        if Sha256Sum::from(Sha256::digest(&stored)) != prepared.sha256 {
            return Ok(false);
        }
        let (app, relative) = (Arc::clone(&self.app), file.relative.clone());
        let look = blocking(move || look_into(&app.engine(), Name::kept(&relative), &stored, &|| true)).await?;
        Ok(look.is_ok_and(|look| look.detections == prepared.look.detections))
    }

    async fn read_back_in_chunks(
        &self,
        file: &UploadFile,
        mut body: pillbox_aws::Body,
        prepared: &Prepared,
    ) -> Result<bool, Failure> {
        let mut sum = Sha256::new();
        let engine = self.app.engine();
        let name = Name::kept(&file.relative);
        let mut looking: Option<large::Looking<'_>> = None;
        let keep_going = || !self.stop.is_cancelled();
        let scanned = |reason: SkipReason| match reason {
            SkipReason::TimeCutOffReached => Failure::new(ErrorCode::Cancelled),
            _ => Failure::new(ErrorCode::ChecksumMismatch),
        };
        let mut head = Vec::new();
        while let Some(chunk) = body.chunk().await? {
            sum.update(&chunk);
            match &mut looking {
                Some(looking) => looking.push(&chunk, &keep_going).map_err(scanned)?,
                None => {
                    head.extend_from_slice(&chunk);
                    if head.len() >= pillbox_files::SNIFFED {
                        let mut begun = large::Looking::new(&engine, name, &head, prepared.size()).map_err(scanned)?;
                        begun.push(&std::mem::take(&mut head), &keep_going).map_err(scanned)?;
                        looking = Some(begun);
                    }
                }
            }
        }
        let Some(looking) = looking else { return Ok(false) };
        let look = looking.finish(&keep_going).map_err(scanned)?;
        Ok(Sha256Sum::from(sum.finalize()) == prepared.sha256 && look.detections == prepared.look.detections)
    }

    fn keep_findings(&self, file: &UploadFile, prepared: &Prepared) -> Result<(), Failure> {
        let found_in = FoundIn {
            key: &file.key,
            e_tag: file.e_tag.as_deref().unwrap_or_default(),
            version_id: file.version_id.as_deref(),
            size: prepared.size(),
            job: &self.upload.id,
            state: FindingState::Accepted,
            mime_type: prepared.look.format.mime_type(),
            unread: prepared.look.unread,
        };
        let at = self.app.clock.now();
        keep_object_findings(&self.app, &self.snapshot, &found_in, &prepared.look.detections, at)
    }
}

/// A key with a number before its extension: `a/b.txt` becomes `a/b (2).txt`.
fn numbered(key: &str, number: u32) -> String {
    let name_starts = key.rfind('/').map_or(0, |slash| slash + 1);
    match key[name_starts..].rfind('.').filter(|dot| *dot > 0) {
        Some(dot) => format!("{} ({number}){}", &key[..name_starts + dot], &key[name_starts + dot..]),
        None => format!("{key} ({number})"),
    }
}

/// Whether it is trouble on the way to the store or with the store itself, which may pass.
pub(super) const fn is_of_the_line(code: ErrorCode) -> bool {
    matches!(code, ErrorCode::NoNetwork | ErrorCode::ConnectionLost | ErrorCode::SlowDown | ErrorCode::ServiceError)
}

/// Whether trouble with one file is trouble with all of them.
const fn concerns_all(code: ErrorCode) -> bool {
    matches!(
        code,
        ErrorCode::NoCredentials
            | ErrorCode::WrongKey
            | ErrorCode::ExpiredToken
            | ErrorCode::ClockSkewed
            | ErrorCode::AccessDenied
            | ErrorCode::NoSuchBucket
            | ErrorCode::BucketOfAnotherAccount
            | ErrorCode::WrongRegion
            | ErrorCode::DiskFull
            | ErrorCode::DatabaseLocked
            | ErrorCode::DatabaseDamaged
            | ErrorCode::Cancelled
    )
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
