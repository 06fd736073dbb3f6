//! Writing down what came of objects, many at a time.

use std::sync::Arc;

use pillbox_model::{ErrorCode, Failure};
use pillbox_store::{ObjectLook, ScanPosition};
use tokio::task::JoinHandle;

use super::read::Done;
use super::{Job, ScanSummary};

/// So many objects are written down at once; a scan that is killed reads at most these again.
const BATCH: usize = 500;
/// Or so many objects that were only told, for what was done up to there.
const BATCH_TOLD: usize = 20_000;
/// Or so many bytes of objects, where these are large.
const BATCH_BYTES: u64 = 64 * 1024 * 1024;

/// Collects what came of objects, and writes it down while the next ones are read.
pub(super) struct Keeper {
    job: Arc<Job>,
    looks: Vec<ObjectLook>,
    bytes: u64,
    told: usize,
    position: Option<ScanPosition<ScanSummary>>,
    writing: Option<JoinHandle<Result<(), Failure>>>,
}

impl Keeper {
    pub(super) fn new(job: &Arc<Job>) -> Self {
        Self { job: Arc::clone(job), looks: Vec::new(), bytes: 0, told: 0, position: None, writing: None }
    }

    /// Takes what came of the next item; `totals` has it already.
    pub(super) async fn take(&mut self, done: Done, totals: &ScanSummary) -> Result<(), Failure> {
        if let Some(after) = done.up_to {
            self.position = Some(ScanPosition { after, at: self.job.app.clock.now(), totals: *totals });
        }
        if done.is_object {
            self.job.counters.file(done.bytes, done.counted.skipped > 0);
        }
        self.told += 1;
        if let Some(look) = done.look {
            self.bytes += done.bytes;
            self.looks.push(look);
        }
        if self.looks.len() >= BATCH || self.bytes >= BATCH_BYTES || self.told >= BATCH_TOLD {
            self.write().await
        } else {
            Ok(())
        }
    }

    /// Writes the rest, and waits until all is written.
    pub(super) async fn end(mut self) -> Result<(), Failure> {
        let begun = self.write().await;
        begun.and(self.written().await)
    }

    async fn write(&mut self) -> Result<(), Failure> {
        self.written().await?;
        if self.looks.is_empty() && self.position.is_none() {
            return Ok(());
        }
        let (job, looks, position) = (Arc::clone(&self.job), std::mem::take(&mut self.looks), self.position.take());
        (self.bytes, self.told) = (0, 0);
        self.writing = Some(tokio::task::spawn_blocking(move || {
            let position = position.as_ref().map(|position| (&*job.identity, &*job.looking.digest, position));
            job.app.store.keep_looks(&job.place, &looks, job.app.clock.now(), position)
        }));
        Ok(())
    }

    async fn written(&mut self) -> Result<(), Failure> {
        match self.writing.take() {
            Some(writing) => writing.await.map_err(|_| ErrorCode::Internal)?,
            None => Ok(()),
        }
    }
}
