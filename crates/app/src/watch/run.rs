//! Watching one folder: look, take, send what may be sent, wait for the next word.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use pillbox_files::FolderEvents;
use pillbox_model::{ErrorCode, Failure, FileState};
use pillbox_store::{HeldFilter, WatchFolder, WatchedLast};
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use super::looking::{Looked, Looking};
use crate::app::App;
use crate::connect::Session;
use crate::upload::{Counters, UNDER_WAY, blocking, let_through, upload_lease};

/// How a folder is watched.
#[derive(Debug, Clone, Copy)]
pub struct WatchOptions {
    /// A file's writer has finished when the file has not changed for so long.
    pub settle: Duration,
    /// The folder is looked through at least so often, and what was held is tried again.
    pub rescan: Duration,
    /// One look, and no waiting.
    pub once: bool,
}

impl Default for WatchOptions {
    fn default() -> Self {
        Self { settle: Duration::from_secs(5), rescan: Duration::from_secs(60), once: false }
    }
}

/// What one look through a watch folder came to, with all that was sent after it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WatchPass {
    /// Files that were taken.
    pub taken: u64,
    /// Files that were proved.
    pub safe: u64,
    /// Files of this folder that wait for a decision, conflicts among them.
    pub asking: u64,
    /// Files of this folder that could not be read or sent.
    pub not_done: u64,
    /// Files whose writer has not finished.
    pub unfinished: u64,
    /// Why it could not go on. The next look tries again.
    pub failure: Option<Failure>,
}

impl WatchPass {
    /// Whether this is news after another.
    fn is_news_after(&self, before: Option<&Self>) -> bool {
        let Some(before) = before else { return true };
        self.taken > 0
            || self.safe > 0
            || (self.asking, self.not_done, self.unfinished) != (before.asking, before.not_done, before.unfinished)
            || self.failure != before.failure
    }
}

/// The name under which a folder is watched once on this computer.
pub(super) fn lease_name(number: u64) -> String {
    format!("watch/{number}")
}

impl App {
    /// Watches a folder until told to stop, or looks once. `open` connects; `told` hears of each look that came to something.
    ///
    /// # Errors
    /// [`ErrorCode::AlreadyRunning`] when somebody watches it; what the store says. What may pass is part of what is told,
    /// and is tried again.
    pub async fn watch<O, F>(
        self: &Arc<Self>,
        folder: &WatchFolder,
        options: WatchOptions,
        open: O,
        stop: &CancellationToken,
        counters: &Arc<Counters>,
        mut told: impl FnMut(&WatchPass),
    ) -> Result<WatchPass, Failure>
    where
        O: Fn() -> F,
        F: Future<Output = Result<Session, Failure>>,
    {
        let _lease = self.lease(&lease_name(folder.number))?;
        let (mut looking, word) = (Looking::new(Path::new(&folder.folder), options.settle), Arc::new(Notify::new()));
        let mut events = None;
        let mut before: Option<WatchPass> = None;
        loop {
            // Before the look, so that nothing falls between the two.
            events = events.or_else(|| listen(folder, &word));
            let (back, looked) = blocking(move || {
                let looked = looking.look();
                (looking, looked)
            })
            .await?;
            looking = back;
            let pass = match looked {
                Some(looked) => self.pass(folder, &mut looking, looked, &open, stop, counters).await?,
                None => {
                    // What comes back is another folder to the system.
                    events = None;
                    self.stands(folder, Some(Failure::about(ErrorCode::SourceVanished, folder.number.to_string())))?
                }
            };
            self.store.set_watched_last(folder.number, &self.last_of(&pass))?;
            if pass.is_news_after(before.as_ref()) {
                told(&pass);
            }
            if options.once || stop.is_cancelled() {
                return Ok(pass);
            }
            before = Some(pass);
            let pause = if looking.is_waiting() { options.settle } else { options.rescan };
            tokio::select! {
                () = stop.cancelled() => {}
                () = tokio::time::sleep(pause) => {}
                // What moves is looked at when it may have come to rest.
                () = word.notified(), if !looking.is_waiting() => {}
            }
            if stop.is_cancelled() {
                return Ok(before.unwrap_or_default());
            }
        }
    }

    async fn pass<O, F>(
        self: &Arc<Self>,
        folder: &WatchFolder,
        looking: &mut Looking,
        looked: Looked,
        open: &O,
        stop: &CancellationToken,
        counters: &Arc<Counters>,
    ) -> Result<WatchPass, Failure>
    where
        O: Fn() -> F,
        F: Future<Output = Result<Session, Failure>>,
    {
        let Looked { ready, unfinished } = looked;
        let has_work = self.has_work(folder)?;
        if ready.is_empty() && !has_work {
            return Ok(WatchPass { unfinished, ..self.stands(folder, None)? });
        }
        let (taken, ready) = match open().await {
            Ok(session) => {
                let (app, folder, session) = (Arc::clone(self), folder.clone(), session);
                blocking(move || {
                    let taken = app.take(&session, &folder, &ready);
                    (taken.map(|taken| (session, taken)), ready)
                })
                .await?
            }
            Err(failure) => (Err(failure), ready),
        };
        let pass = match taken {
            Ok((session, taken)) => {
                let (safe, failure) = self.send_taken(&session, folder, stop, counters).await?;
                WatchPass { taken, safe, ..self.stands(folder, failure)? }
            }
            Err(failure) => {
                looking.not_taken(&ready);
                self.stands(folder, Some(failure))?
            }
        };
        Ok(WatchPass { unfinished, ..pass })
    }

    /// Whether files of a watch folder are under way, those among them that other rules than today's held.
    fn has_work(&self, folder: &WatchFolder) -> Result<bool, Failure> {
        let uploads = self.store.unfinished_uploads()?.into_iter();
        for upload in uploads.filter(|upload| upload.watch == Some(folder.number)) {
            // Somebody else is at work on it: the next look comes soon enough.
            let Ok(_lease) = self.lease(&upload_lease(&upload.id)) else { continue };
            self.find_anew_under_other_rules(&upload.id)?;
            if self.store.file_totals(&upload.id)?.files_in(&UNDER_WAY) > 0 {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Sends what is under way in a watch folder's uploads, if the bucket is shut; says how many files were proved.
    async fn send_taken(
        self: &Arc<Self>,
        session: &Session,
        folder: &WatchFolder,
        stop: &CancellationToken,
        counters: &Arc<Counters>,
    ) -> Result<(u64, Option<Failure>), Failure> {
        let mut safe = 0;
        for upload in self.open_uploads(session, folder)? {
            // A person may be at work on it, from the list of what is held.
            let lease = match self.lease(&upload_lease(&upload.id)) {
                Ok(lease) => lease,
                Err(failure) => return Ok((safe, Some(failure))),
            };
            let before = self.store.file_totals(&upload.id)?;
            if before.files_in(&UNDER_WAY) == 0 {
                continue;
            }
            // Asked here as well, so that a bucket that stays open for days is not on the record every minute.
            let held = match self.check(session).await {
                Ok(snapshot) => let_through(&upload, &snapshot).err(),
                Err(failure) => Some(failure),
            };
            if held.is_some() {
                return Ok((safe, held));
            }
            let report = self.send_all(session, upload, None, stop, counters).await?;
            safe += report.verified + report.already_there
                - before.files_in(&[FileState::Verified, FileState::AlreadyThere]);
            drop(lease);
            if report.failure.is_some() {
                return Ok((safe, report.failure));
            }
        }
        Ok((safe, None))
    }

    /// How a watch folder stands when nothing of it moves.
    fn stands(&self, folder: &WatchFolder, failure: Option<Failure>) -> Result<WatchPass, Failure> {
        let filter = HeldFilter { watch: Some(folder.number), ..HeldFilter::default() };
        let (mut asking, mut not_done) = (0, 0);
        for (state, files) in self.store.held_totals(&filter)? {
            match state {
                FileState::NeedsDecision | FileState::Conflict => asking += files,
                _ => not_done += files,
            }
        }
        Ok(WatchPass { asking, not_done, failure, ..WatchPass::default() })
    }

    fn last_of(&self, pass: &WatchPass) -> WatchedLast {
        WatchedLast {
            at: self.clock.now(),
            safe: pass.safe,
            held: pass.asking + pass.not_done,
            unfinished: pass.unfinished,
            code: pass.failure.as_ref().map(|failure| failure.code),
        }
    }
}

/// Listens to a folder, as far as the system can.
fn listen(folder: &WatchFolder, word: &Arc<Notify>) -> Option<FolderEvents> {
    let word = Arc::clone(word);
    FolderEvents::of(Path::new(&folder.folder), move || word.notify_one())
}
