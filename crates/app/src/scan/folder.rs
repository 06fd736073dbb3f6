//! The scan of a folder: one walk, as many workers as there are cores.

use std::path::Path;
use std::sync::{Arc, Mutex};

use pillbox_detect::Engine;
use pillbox_files::Entry;
use pillbox_model::{ErrorCode, Failure};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use super::ordered::{Closed, Ordered};
use super::source::{Reading, Scanned, say};
use super::{AHEAD, Render, ScanSummary};
use crate::app::{App, locked};

/// Entries of the walk that a worker takes at once: enough that the walk is seldom waited for, few enough that all
/// cores have some of a small folder.
const BATCH: usize = 64;
/// What is said of a batch is passed on when it is so many bytes.
const PASS_ON: usize = 256 * 1024;

/// What the workers share.
struct Scan {
    engine: Arc<Engine>,
    render: Arc<Render>,
    stop: CancellationToken,
    walk: Mutex<Walk>,
    said: Ordered,
}

/// The walk, and how many batches were taken from it.
struct Walk {
    entries: Box<dyn Iterator<Item = Entry> + Send>,
    batches: u64,
}

impl App {
    /// Scans the files below a path with one worker a core; what is said comes in the order of the walk.
    pub(super) async fn scan_path(
        self: &Arc<Self>,
        root: &Path,
        stop: &CancellationToken,
        render: &Arc<Render>,
        write: &mut (dyn FnMut(&[u8]) + Send),
        summary: &mut ScanSummary,
    ) -> Result<(), Failure> {
        let (sender, mut said) = mpsc::channel(AHEAD);
        let scan = Arc::new(Scan {
            engine: self.engine(),
            render: Arc::clone(render),
            stop: stop.clone(),
            walk: Mutex::new(Walk { entries: Box::new(pillbox_files::walk(root)), batches: 0 }),
            said: Ordered::new(sender),
        });
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let work = |scan: Arc<Scan>| tokio::task::spawn_blocking(move || scan.work());
        let workers: Vec<_> = (0..cores).map(|_| work(Arc::clone(&scan))).collect();
        // The workers alone keep the channel open.
        drop(scan);
        while let Some(part) = said.recv().await {
            write(&part);
        }
        let (mut outcome, mut broken) = (Ok(()), false);
        for worker in workers {
            match worker.await {
                Ok((counted, ended)) => {
                    summary.add(counted);
                    outcome = outcome.and(ended);
                }
                Err(_) => broken = true,
            }
        }
        if broken { Err(ErrorCode::Internal.into()) } else { outcome }
    }
}

impl Scan {
    /// One worker, from its first batch to the end of the walk.
    fn work(&self) -> (ScanSummary, Result<(), Failure>) {
        let mut leaving = Leaving { said: &self.said, in_order: false };
        let mut summary = ScanSummary::default();
        let mut reading = Reading::new(&self.engine, &self.stop);
        let mut batch = Vec::with_capacity(BATCH);
        while let Some(number) = self.take(&mut batch) {
            let scanned = self.scan_batch(number, &mut batch, &mut reading, &mut summary);
            if let Err(failure) = scanned {
                return (summary, Err(failure));
            }
        }
        leaving.in_order = true;
        (summary, Ok(()))
    }

    /// Takes the next entries of the walk, and says which batch they are; `None` at its end.
    fn take(&self, batch: &mut Vec<Entry>) -> Option<u64> {
        let mut walk = locked(&self.walk);
        batch.extend(walk.entries.by_ref().take(BATCH));
        let number = walk.batches;
        walk.batches += 1;
        (!batch.is_empty()).then_some(number)
    }

    fn scan_batch(
        &self,
        number: u64,
        batch: &mut Vec<Entry>,
        reading: &mut Reading<'_>,
        summary: &mut ScanSummary,
    ) -> Result<(), Failure> {
        let mut said = Vec::new();
        let mut heard = Ok(());
        let mut emit = |text: &[u8]| {
            said.extend_from_slice(text);
            if said.len() >= PASS_ON && heard.is_ok() {
                heard = self.said.say(number, std::mem::take(&mut said), false);
            }
        };
        for entry in batch.drain(..) {
            if self.stop.is_cancelled() {
                return Err(ErrorCode::Cancelled.into());
            }
            let (source, scanned) = match entry {
                Entry::File(file) => {
                    let scanned = reading.file(&file).map(Scanned::like_any_text);
                    (file.relative, scanned)
                }
                Entry::Skipped { relative, reason, .. } => (relative, Err(reason)),
            };
            say(&self.engine, &source, None, scanned, &*self.render, &mut emit, summary)?;
        }
        // Where nobody listens any more, who ended first says why.
        heard.and_then(|()| self.said.say(number, said, true)).map_err(|Closed| ErrorCode::Cancelled.into())
    }
}

/// Sends the other workers home when one ends before its turn is over, by a failure or a panic: they would wait for
/// it for ever.
struct Leaving<'a> {
    said: &'a Ordered,
    in_order: bool,
}

impl Drop for Leaving<'_> {
    fn drop(&mut self) {
        if !self.in_order {
            self.said.close();
        }
    }
}
