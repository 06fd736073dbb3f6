//! A run: the gate, then file after file, many at a time, until each has reached an end.

use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::AtomicU32;
use std::time::Duration;

use futures::StreamExt;
use pillbox_model::{
    BucketSnapshot, Decision, ErrorCode, Failure, FileState, OnConflict, Phase, ReadBack, Retry, Upload, UploadFile,
    UploadRun, UploadState,
};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::file::{Run, may_pass};
use super::gate::let_through;
use super::journal::{SAFE, UNDER_WAY, count, files_in};
use super::large::blocking;
use super::ledger::Ledger;
use super::line::Line;
use super::pace::Pace;
use super::{Comparison, Counters, UploadOptions};
use crate::actor;
use crate::app::App;
use crate::connect::Session;
use crate::protect::reading_of;
use crate::wire::SectionKind;

/// Kibibytes of files that may be in memory at once.
const MEMORY_KIB: usize = 128 * 1024;
/// Files that are fetched from the journal at once.
const PAGE: u32 = 200;

/// How long files that are on their way may take to come to an end when the upload is stopped.
pub(super) const PATIENCE: Duration = Duration::from_secs(5);

/// What an upload came to.
#[derive(Debug, Clone)]
pub struct UploadReport {
    /// Its id.
    pub upload: Upload,
    /// Files that were sent and proved to lie there as they were sent.
    pub verified: u64,
    /// Of these, those that were proved by the checksum that the store tells; the others were read back, compared and
    /// scanned again.
    pub by_checksum: u64,
    /// Files whose content was there already.
    pub already_there: u64,
    /// Files that were left out on a decision.
    pub left_out: u64,
    /// Files that wait for a decision, conflicts among them.
    pub needs_decision: u64,
    /// Files that could not be read.
    pub unreadable: u64,
    /// Files that failed, or were stored and not read back.
    pub failed: u64,
    /// Files that have not been tried.
    pub left: u64,
    /// Bytes that are safe.
    pub bytes: u64,
    /// Why the run ended before all files had reached an end.
    pub failure: Option<Failure>,
    /// How the files compare with what lay there before, where that was asked for.
    pub comparison: Option<Comparison>,
}

impl UploadReport {
    /// Files in all.
    pub const fn files(&self) -> u64 {
        self.verified
            + self.already_there
            + self.left_out
            + self.needs_decision
            + self.unreadable
            + self.failed
            + self.left
    }
}

impl App {
    /// Uploads from beginning to end, as the command line does it: walk, gate, send, prove.
    ///
    /// # Errors
    /// What keeps it from beginning at all. What ends it half-way is part of the report.
    pub async fn upload(
        self: &Arc<Self>,
        session: &Session,
        options: &UploadOptions,
        stop: &CancellationToken,
        counters: &Arc<Counters>,
    ) -> Result<UploadReport, Failure> {
        let (upload, _lease) = self.begin_upload(session, options).await?;
        self.walk(&upload, stop).await?;
        let comparison = match options.sync {
            true => Some(self.compare(session, &upload, stop, counters).await?),
            false => None,
        };
        let report = self.send_all(session, upload, options.decide.clone(), stop, counters).await?;
        Ok(UploadReport { comparison, ..report })
    }

    /// Goes on with an upload that was not finished; without an id, the newest.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`] when there is none; as [`App::upload`].
    pub async fn resume_upload(
        self: &Arc<Self>,
        session: &Session,
        id: Option<&str>,
        decide: Option<Decision>,
        stop: &CancellationToken,
        counters: &Arc<Counters>,
    ) -> Result<UploadReport, Failure> {
        if let Some(decision) = &decide {
            self.may_be_recorded(decision)?;
        }
        let upload = self.unfinished(id)?;
        let _lease = self.lease(&lease_name(&upload.id))?;
        if upload.state == UploadState::Draft {
            self.walk(&upload, stop).await?;
        }
        self.send_all(session, upload, decide, stop, counters).await
    }

    /// An upload that can be gone on with; without an id the newest that a person began, drafts of the window left aside
    /// because somebody is still looking at them.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`] when there is no such upload, or it is over.
    pub fn unfinished(&self, id: Option<&str>) -> Result<Upload, Failure> {
        let mut unfinished = self.store.unfinished_uploads()?.into_iter();
        let upload = match id {
            Some(id) => unfinished.find(|upload| upload.id == id),
            None => {
                let kept = self.store.connections()?;
                let of_the_window = |upload: &Upload| kept.iter().any(|known| known.name == upload.connection);
                unfinished.find(|upload| {
                    upload.watch.is_none() && (upload.state != UploadState::Draft || !of_the_window(upload))
                })
            }
        };
        upload.ok_or_else(|| ErrorCode::NotFound.into())
    }

    pub(super) async fn walk(self: &Arc<Self>, upload: &Upload, stop: &CancellationToken) -> Result<(), Failure> {
        let (app, upload, stop) = (Arc::clone(self), upload.clone(), stop.clone());
        blocking(move || app.walk_roots(&upload, &stop)).await?
    }

    /// Sends what is under way. The caller holds the upload's lease.
    pub(crate) async fn send_all(
        self: &Arc<Self>,
        session: &Session,
        mut upload: Upload,
        decide: Option<Decision>,
        stop: &CancellationToken,
        counters: &Arc<Counters>,
    ) -> Result<UploadReport, Failure> {
        let failure = self.send_behind_gate(session, &upload, decide, stop, counters).await.err();
        counters.turn(Phase::Done);
        self.close(session, &mut upload, failure).await
    }

    async fn send_behind_gate(
        self: &Arc<Self>,
        session: &Session,
        upload: &Upload,
        decide: Option<Decision>,
        stop: &CancellationToken,
        counters: &Arc<Counters>,
    ) -> Result<(), Failure> {
        if !session.leads_to(upload) {
            return Err(Failure::about(ErrorCode::OtherConnection, upload.bucket.clone()));
        }
        let snapshot = match self.check(session).await {
            // Somebody may have signed in since the session was opened.
            Err(failure) if failure.code == ErrorCode::ExpiredToken => {
                session.client.renew().await?;
                self.check(session).await?
            }
            snapshot => snapshot?,
        };
        let run = self.begin_run(session, upload, &snapshot)?;
        let sent = self.send_in_run(session, upload, snapshot, decide, stop, counters).await;
        self.end_run(session, upload, run, sent.is_ok()).await?;
        sent
    }

    /// Puts down who begins to send, and how the bucket is protected at this moment.
    fn begin_run(&self, session: &Session, upload: &Upload, snapshot: &BucketSnapshot) -> Result<u64, Failure> {
        let run = UploadRun {
            begun_at: self.clock.now(),
            ended_at: None,
            actor: actor::os_user(),
            caller: session.caller_arn.clone(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            look: self.looking_digest().to_string(),
            before: reading_of(snapshot),
            after: None,
        };
        self.store.begin_run(&upload.id, &run)
    }

    /// Puts down when it ended and how the bucket was protected then: read once more where all went well, and otherwise as
    /// the gate saw it last.
    async fn end_run(&self, session: &Session, upload: &Upload, run: u64, went_well: bool) -> Result<(), Failure> {
        if went_well {
            // What can't be read any more was read when it began, and the receipt says when.
            drop(tokio::time::timeout(PATIENCE, self.check(session)).await);
        }
        match self.last_reading(&upload.bucket) {
            Some(reading) => self.store.end_run(&upload.id, run, self.clock.now(), &reading),
            None => Ok(()),
        }
    }

    async fn send_in_run(
        self: &Arc<Self>,
        session: &Session,
        upload: &Upload,
        snapshot: BucketSnapshot,
        decide: Option<Decision>,
        stop: &CancellationToken,
        counters: &Arc<Counters>,
    ) -> Result<(), Failure> {
        let_through(upload, &snapshot)?;
        self.abort_abandoned_parts(session).await?;
        self.doubt_what_is_gone(session, upload).await?;
        self.reopen_files(&upload.id, decide.is_some(), upload.on_conflict != OnConflict::Ask)?;
        let (files, bytes) = count(&self.store.file_totals(&upload.id)?, &UNDER_WAY);
        counters.begin(Phase::Sending, files, bytes);
        self.store.set_upload_state(&upload.id, UploadState::Sending, None)?;
        self.record(
            "upload.sending",
            &upload.bucket,
            serde_json::json!({
                "upload": upload.id,
                "caller": session.caller_arn,
                "gate": pillbox_posture::gate(&snapshot),
                "acceptUnprotected": upload.accept_unprotected,
                "decide": decide,
                "onConflict": upload.on_conflict,
                "readBack": upload.read_back,
            }),
        )?;
        let run = Arc::new(Run {
            app: Arc::clone(self),
            session: session.clone(),
            upload: upload.clone(),
            snapshot,
            decide,
            stop: stop.child_token(),
            memory: Semaphore::new(MEMORY_KIB),
            line: Line::new(self.patience),
            ledger: Arc::new(Ledger::new(self.store.clone(), upload)),
            counters: Arc::clone(counters),
            trouble: AtomicU32::new(0),
        });
        let sent = tokio::select! {
            sent = self.send_files(&run) => sent,
            // What is on its way is cut off: nothing may arrive in a bucket that is open.
            closed = self.watch_gate(&run) => Err(closed),
            unwritten = run.ledger.keep() => Err(unwritten),
            () = patience_after(stop) => Err(ErrorCode::Cancelled.into()),
        };
        let ledger = Arc::clone(&run.ledger);
        sent.and(blocking(move || ledger.write()).await?)
    }

    /// What an earlier run called safe is believed when the last of it is still there; otherwise this is another
    /// store, or somebody has tidied up, and every file is looked for anew.
    async fn doubt_what_is_gone(&self, session: &Session, upload: &Upload) -> Result<(), Failure> {
        let Some(last) = self.store.last_of(&upload.id, &SAFE)? else { return Ok(()) };
        match session.client.head(&upload.bucket, &last.key, last.version_id.as_deref()).await {
            Ok(None) => self.make_ready(&upload.id, &SAFE, |_| true),
            Ok(Some(_)) => Ok(()),
            // Who may not read can't tell; sending says so for each file.
            Err(failure) if failure.code == ErrorCode::AccessDenied => Ok(()),
            Err(failure) => Err(failure),
        }
    }

    /// Reads the bucket's protection again and again, and comes back when it holds the upload. A line that is lost is
    /// waited for, as the files do.
    async fn watch_gate(&self, run: &Run) -> Failure {
        loop {
            tokio::time::sleep(self.gate_interval).await;
            let found_again = run.line.found_again();
            let held = match run.gate().await {
                Err(failure) if may_pass(failure.code) => run.wait_for_line(found_again, failure).await,
                held => held,
            };
            if let Err(failure) = held {
                return failure;
            }
        }
    }

    /// Brings all files that are under way to an end, as many at once as the store takes well.
    async fn send_files(self: &Arc<Self>, run: &Arc<Run>) -> Result<(), Failure> {
        let files = files_in(Arc::clone(self), run.upload.id.clone(), &UNDER_WAY, run.stop.clone());
        let mut files = pin!(files.fuse());
        // Dropped with this function: what is on its way then is cut off.
        let mut on_their_way = JoinSet::new();
        let mut pace = Pace::new(Instant::now());
        let mut first_failure = None;
        loop {
            while on_their_way.len() < pace.in_flight() && !files.is_done() {
                match files.next().await {
                    Some(Ok(file)) => {
                        let run = Arc::clone(run);
                        on_their_way.spawn(async move { run.send(file).await });
                    }
                    Some(Err(failure)) => first_failure = first_failure.or(Some(failure)),
                    None => {}
                }
            }
            let Some(ended) = on_their_way.join_next().await else { break };
            match ended.unwrap_or_else(|_| Err(ErrorCode::Internal.into())) {
                Ok(file) => {
                    run.counters.file(file.size, !file.state.is_safe() && file.state != FileState::LeftOut);
                    pace.through(Instant::now(), run.session.client.slow_downs());
                }
                // The others on their way are brought to an end, and no more are begun.
                Err(failure) => {
                    run.stop.cancel();
                    first_failure = first_failure.or(Some(failure));
                }
            }
        }
        first_failure.map_or(Ok(()), Err)
    }

    /// Says in the journal and on the record how the upload stands, and makes its receipt.
    async fn close(
        &self,
        session: &Session,
        upload: &mut Upload,
        failure: Option<Failure>,
    ) -> Result<UploadReport, Failure> {
        let report = self.report(upload.clone(), failure)?;
        let open = report.left + report.needs_decision + report.failed;
        let cancelled = self.store.upload(&upload.id)?.is_some_and(|upload| upload.state == UploadState::Cancelled);
        upload.state = match (cancelled, open, &report.failure) {
            (true, ..) => UploadState::Cancelled,
            (false, 0, None) => UploadState::Done,
            // The next start goes on by itself.
            (false, _, Some(failure)) if failure.code.retry() == Retry::Later => UploadState::Sending,
            _ => UploadState::Held,
        };
        upload.finished_at = upload.state.is_terminal().then(|| self.clock.now());
        self.store.set_upload_state(&upload.id, upload.state, upload.finished_at)?;
        self.record(
            "upload.ended",
            &upload.bucket,
            serde_json::json!({
                "upload": upload.id,
                "caller": session.caller_arn,
                "state": upload.state,
                "verified": report.verified,
                "byChecksum": report.by_checksum,
                "alreadyThere": report.already_there,
                "leftOut": report.left_out,
                "needsDecision": report.needs_decision,
                "unreadable": report.unreadable,
                "failed": report.failed,
                "left": report.left,
                "error": report.failure.as_ref().map(|failure| failure.code),
            }),
        )?;
        self.make_receipt(&upload.id).await?;
        Ok(UploadReport { upload: upload.clone(), ..report })
    }

    /// How an upload stands by its journal.
    pub(super) fn report(&self, upload: Upload, failure: Option<Failure>) -> Result<UploadReport, Failure> {
        let totals = self.store.file_totals(&upload.id)?;
        let files = |states: &[FileState]| count(&totals, states).0;
        Ok(UploadReport {
            verified: files(&[FileState::Verified]),
            by_checksum: self.store.proved_by(&upload.id, FileState::Verified, ReadBack::Checksum)?,
            already_there: files(&[FileState::AlreadyThere]),
            left_out: files(&[FileState::LeftOut]),
            needs_decision: files(&[FileState::NeedsDecision, FileState::Conflict]),
            unreadable: files(super::journal::states(SectionKind::Unreadable)),
            failed: files(&[FileState::Failed, FileState::StoredNotReadBack]),
            left: files(&UNDER_WAY),
            bytes: count(&totals, &[FileState::Verified, FileState::AlreadyThere]).1,
            upload,
            failure,
            comparison: None,
        })
    }

    /// The files of an upload that are not safe, for a list of what to do: `each` gets one after the other.
    ///
    /// # Errors
    /// What the store says.
    pub fn each_unsafe_file(&self, upload: &str, mut each: impl FnMut(&UploadFile)) -> Result<(), Failure> {
        let states = [
            FileState::NeedsDecision,
            FileState::Conflict,
            FileState::Failed,
            FileState::Unreadable,
            FileState::StoredNotReadBack,
            FileState::LeftOut,
        ];
        let mut after = 0;
        loop {
            let files = self.store.files_after(upload, after, &states, PAGE)?;
            let Some(last) = files.last() else { return Ok(()) };
            after = last.number;
            files.iter().for_each(&mut each);
        }
    }
}

/// Comes back when a stop was asked for and what was on its way has had time to come to an end.
async fn patience_after(stop: &CancellationToken) {
    stop.cancelled().await;
    tokio::time::sleep(PATIENCE).await;
}

/// The name under which an upload is done once on this computer.
pub(crate) fn lease_name(upload: &str) -> String {
    format!("upload/{upload}")
}
