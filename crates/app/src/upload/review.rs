//! The review: every file is looked into before anything is sent, so that a person decides with all in view.

use std::sync::Arc;

use futures::TryStreamExt;
use futures::stream::TryReadyChunksError;
use pillbox_model::{Decision, ErrorCode, Failure, FileState, Phase, SkipReason, Upload, UploadFile};
use tokio_util::sync::CancellationToken;

use super::journal::{count, files_in};
use super::large::blocking;
use super::prepare::{Content, Course, Known, Prepared, course, prepare};
use super::send::{UploadReport, lease_name};
use super::{Counters, UploadOptions};
use crate::app::App;
use crate::connect::Session;

/// Files whose look is written down at once, of those that are there at a moment.
const WRITTEN_AT_ONCE: usize = 200;

/// Files that are looked into at once: as many as there are cores, within reason.
fn at_once() -> usize {
    std::thread::available_parallelism().map_or(2, usize::from).min(8)
}

impl App {
    /// Looks into every file that was found and not yet looked into; `decide` stands in for decisions that nobody
    /// has taken.
    ///
    /// # Errors
    /// [`ErrorCode::Cancelled`]; what the store says.
    pub(super) async fn review(
        self: &Arc<Self>,
        upload: &Upload,
        decide: Option<&Decision>,
        stop: &CancellationToken,
        counters: &Arc<Counters>,
    ) -> Result<(), Failure> {
        let (files, bytes) = count(&self.store.file_totals(&upload.id)?, &[FileState::Found]);
        counters.begin(Phase::Scanning, files, bytes);
        files_in(Arc::clone(self), upload.id.clone(), &[FileState::Found], stop.clone())
            .map_ok(|file| {
                let (app, decide, stop) = (Arc::clone(self), decide.cloned(), stop.clone());
                async move { app.look_at(file, decide, stop).await }
            })
            .try_buffer_unordered(at_once())
            .inspect_ok(|file| counters.file(file.size, file.state != FileState::Ready))
            .try_ready_chunks(WRITTEN_AT_ONCE)
            .map_err(|TryReadyChunksError(_, failure)| failure)
            .try_for_each(|files| async move {
                let (store, upload) = (self.store.clone(), upload.id.clone());
                blocking(move || store.update_files(&upload, &files)).await?
            })
            .await
    }

    async fn look_at(
        self: Arc<Self>,
        mut file: UploadFile,
        decide: Option<Decision>,
        stop: CancellationToken,
    ) -> Result<UploadFile, Failure> {
        blocking(move || {
            file.decision = file.decision.or(decide);
            let prepared = prepare(&self.engine(), &file, &|| !stop.is_cancelled());
            self.reviewed(file, prepared)
        })
        .await?
    }

    /// What a look makes of a file.
    fn reviewed(&self, mut file: UploadFile, prepared: Result<Prepared, SkipReason>) -> Result<UploadFile, Failure> {
        match prepared {
            Ok(prepared) => {
                file.size = prepared.size();
                file.counts = prepared.look.counts(&self.rules());
                file.name_in_key = prepared.look.name_is_sensitive;
                file.sha256 = Some(hex::encode(prepared.sha256));
                file.in_place = prepared.look.format.is_text();
                file.concerns = prepared.look.concerns;
                file.state = match course(Known::of(&file), &self.rules(), file.decision.as_ref()) {
                    Course::Send => FileState::Ready,
                    Course::SendRedacted if matches!(prepared.content, Content::Whole(_)) => FileState::Ready,
                    Course::SendRedacted | Course::Ask => FileState::NeedsDecision,
                    Course::LeaveOut => FileState::LeftOut,
                };
            }
            Err(SkipReason::TimeCutOffReached) => return Err(ErrorCode::Cancelled.into()),
            Err(reason) => {
                file.state = FileState::Unreadable;
                file.skip = Some(reason);
            }
        }
        Ok(file)
    }

    /// What an upload would do, without sending anything: walk, look, gate. Nothing of it stays in the journal.
    ///
    /// # Errors
    /// As [`App::upload`]; what the gate says is part of the report.
    pub async fn dry_run(
        self: &Arc<Self>,
        session: &Session,
        options: &UploadOptions,
        stop: &CancellationToken,
        counters: &Arc<Counters>,
        each: impl FnMut(&UploadFile),
    ) -> Result<UploadReport, Failure> {
        let upload = self.new_upload(session, options)?;
        self.store.create_upload(&upload)?;
        let _lease = self.lease(&lease_name(&upload.id))?;
        let outcome = self.tried(session, &upload, options, stop, counters, each).await;
        self.store.remove_upload(&upload.id)?;
        outcome
    }

    async fn tried(
        self: &Arc<Self>,
        session: &Session,
        upload: &Upload,
        options: &UploadOptions,
        stop: &CancellationToken,
        counters: &Arc<Counters>,
        each: impl FnMut(&UploadFile),
    ) -> Result<UploadReport, Failure> {
        self.walk(upload, stop).await?;
        let comparison = match options.sync {
            true => Some(self.compare(session, upload, stop, counters).await?),
            false => None,
        };
        self.review(upload, options.decide.as_ref(), stop, counters).await?;
        let snapshot = self.check(session).await?;
        let held = super::gate::let_through(upload, &snapshot).err();
        self.each_unsafe_file(&upload.id, each)?;
        Ok(UploadReport { comparison, ..self.report(upload.clone(), held)? })
    }
}
