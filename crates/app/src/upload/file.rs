//! One file on its way: looked into, put, read back, compared, looked into again.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use bytes::Bytes;
use pillbox_aws::{Put, PutCondition, PutError, Stored};
use pillbox_model::{
    BucketSnapshot, Decision, ErrorCode, Failure, FileState, FindingState, SkipReason, Upload, UploadFile,
};
use sha2::{Digest, Sha256};
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;

use super::Counters;
use super::conflict::Outcome;
use super::gate::let_through;
use super::large::{self, blocking};
use super::ledger::{Ledger, what_became};
use super::line::Line;
use super::prepare::{Content, Course, Known, Prepared, Sha256Sum, course, neutral_key, prepare, redacted};
use crate::app::App;
use crate::connect::Session;
use crate::findings::{FoundIn, findings_of_upload};
use crate::look::{Name, look_into, strictest};

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
/// Up to this size an object is looked into by the task that read it back: handing it to another thread takes longer than
/// the look.
const AT_ONCE: usize = 64 * 1024;
/// How often something is sent that arrives as other bytes: a bit may flip on the way.
pub(super) const TRANSFERS: u32 = 3;
/// So many failures one after the other are no trouble of single files.
const TROUBLE_IN_A_ROW: u32 = 8;

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
                Err(failure) if may_pass(failure.code) => {
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
            // Decisions were made on other bytes.
            (file.decision, file.on_conflict) = (None, None);
        }
        let decision = file.decision.clone().or_else(|| self.decide.clone());
        file.size = prepared.size();
        file.counts = counts;
        file.name_in_key = prepared.look.name_is_sensitive;
        file.sha256 = Some(hex::encode(prepared.sha256));
        file.code = None;
        file.proof = None;
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
        let sent_sha256 = Some(hex::encode(to_send.sha256));
        let stored = file.state == FileState::Stored && file.sent_sha256 == sent_sha256;
        file.sent_sha256 = sent_sha256;
        self.put_and_prove(file, &to_send, stored, &digest).await
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
    pub(super) fn note(
        &self,
        mut file: UploadFile,
        state: FileState,
        code: Option<ErrorCode>,
    ) -> Result<UploadFile, Failure> {
        file.state = state;
        file.code = code;
        self.ledger.note(&file);
        Ok(file)
    }

    /// The key that a file is to have; the journal's has a number where something else lies under it.
    fn key_of(&self, file: &UploadFile, sha256: &Sha256Sum) -> String {
        if self.upload.neutral_names && file.name_in_key {
            return neutral_key(&self.upload.prefix, &file.relative, sha256);
        }
        pillbox_files::object_key(&self.upload.prefix, &file.relative).unwrap_or_else(|_| file.key.clone())
    }

    /// `stored`: an earlier attempt is known to have stored just this, under the key that the journal has.
    async fn put_and_prove(
        &self,
        mut file: UploadFile,
        prepared: &Prepared,
        stored: bool,
        digest: &str,
    ) -> Result<UploadFile, Failure> {
        self.line.clear().await?;
        let resumed = file.state == FileState::Sending || file.state == FileState::Stored;
        let asked_key = self.key_of(&file, &prepared.sha256);
        let outcome = match self.copy_beside(&file, &asked_key, prepared, stored).await {
            Ok(Some(found)) => Outcome::Same(found, file.key.clone()),
            Ok(None) => {
                file.key = asked_key;
                file = self.note(file, FileState::Sending, None)?;
                self.put_as_asked(file.clone(), prepared, stored).await?
            }
            Err(failure) => return self.failed(file, failure),
        };
        let found = match outcome {
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

    pub(super) async fn put(
        &self,
        file: &UploadFile,
        prepared: &Prepared,
        condition: PutCondition,
    ) -> Result<Stored, PutError> {
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
                self.put_whole(request).await
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

    /// Sends a file in one request; what arrives as other bytes is sent again.
    async fn put_whole(&self, request: Put) -> Result<Stored, PutError> {
        for _ in 1..TRANSFERS {
            match self.session.client.put(request.clone()).await {
                Err(PutError::ChecksumMismatch) => {}
                done => return done,
            }
        }
        self.session.client.put(request).await
    }

    pub(super) fn put_failed(&self, file: UploadFile, error: PutError) -> Result<UploadFile, Failure> {
        match error {
            PutError::Exists | PutError::Changed => self.note(file, FileState::Conflict, Some(ErrorCode::ObjectExists)),
            PutError::ChecksumMismatch => self.note(file, FileState::Failed, Some(ErrorCode::ChecksumMismatch)),
            PutError::Failed(failure) => self.failed(file, failure),
        }
    }

    /// What concerns this file alone ends the file; what concerns all ends the run, or is waited for.
    pub(super) fn failed(&self, file: UploadFile, failure: Failure) -> Result<UploadFile, Failure> {
        if concerns_all(failure.code) || is_of_the_line(failure.code) {
            return Err(failure);
        }
        self.note(file, FileState::Failed, Some(failure.code))
    }

    /// Whether what lies there is what was sent, byte for byte and finding for finding.
    pub(super) async fn read_back(&self, file: &UploadFile, prepared: &Prepared) -> Result<bool, Failure> {
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
        let looked = move |stored: &[u8]| look_into(&app.engine(), Name::kept(&relative), stored, &|| true);
        let look = if stored.len() <= AT_ONCE { looked(&stored) } else { blocking(move || looked(&stored)).await? };
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

    /// Writes into the journal that a file is safe, with what was found in it and what it has become.
    pub(super) fn proved(
        &self,
        mut file: UploadFile,
        prepared: &Prepared,
        state: FileState,
        digest: &str,
    ) -> UploadFile {
        file.state = state;
        file.code = None;
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
        let findings = findings_of_upload(&self.app, &self.snapshot, &found_in, &prepared.look.detections, at);
        self.ledger.proved(&file, findings, what_became(&self.upload, &file, digest));
        file
    }
}

pub(super) fn unquoted(e_tag: &str) -> String {
    e_tag.trim_matches('"').to_owned()
}

/// Whether it is trouble on the way to the store or with the store itself, which may pass.
pub(super) const fn is_of_the_line(code: ErrorCode) -> bool {
    matches!(code, ErrorCode::NoNetwork | ErrorCode::ConnectionLost | ErrorCode::SlowDown | ErrorCode::ServiceError)
}

/// Whether all files wait until it has passed.
pub(super) const fn may_pass(code: ErrorCode) -> bool {
    is_of_the_line(code) || matches!(code, ErrorCode::ExpiredToken)
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
