//! Totals while an upload runs: counted without locks, told at most ten times a second.

use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use pillbox_model::{Phase, Progress};

use crate::app::locked;

/// What the running upload has come to.
pub struct Counters {
    files_done: AtomicU64,
    files_total: AtomicU64,
    files_failed: AtomicU64,
    bytes_done: AtomicU64,
    bytes_total: AtomicU64,
    phase: Mutex<(Phase, Instant)>,
}

impl Default for Counters {
    fn default() -> Self {
        Self {
            files_done: AtomicU64::new(0),
            files_total: AtomicU64::new(0),
            files_failed: AtomicU64::new(0),
            bytes_done: AtomicU64::new(0),
            bytes_total: AtomicU64::new(0),
            phase: Mutex::new((Phase::Listing, Instant::now())),
        }
    }
}

impl Counters {
    /// Begins a phase of so many files and bytes.
    pub(crate) fn begin(&self, phase: Phase, files: u64, bytes: u64) {
        self.files_done.store(0, Ordering::Relaxed);
        self.bytes_done.store(0, Ordering::Relaxed);
        self.files_failed.store(0, Ordering::Relaxed);
        self.files_total.store(files, Ordering::Relaxed);
        self.bytes_total.store(bytes, Ordering::Relaxed);
        *locked(&self.phase) = (phase, Instant::now());
    }

    /// There are more files and bytes than were known of.
    pub(crate) fn expect(&self, files: u64, bytes: u64) {
        self.files_total.fetch_add(files, Ordering::Relaxed);
        self.bytes_total.fetch_add(bytes, Ordering::Relaxed);
    }

    /// Names what is being done, and keeps the totals.
    pub(crate) fn turn(&self, phase: Phase) {
        locked(&self.phase).0 = phase;
    }

    /// A file is through.
    pub(crate) fn file(&self, bytes: u64, failed: bool) {
        self.files_done.fetch_add(1, Ordering::Relaxed);
        self.bytes_done.fetch_add(bytes, Ordering::Relaxed);
        if failed {
            self.files_failed.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// The totals at this moment.
    pub fn progress(&self) -> Progress {
        let (phase, since) = *locked(&self.phase);
        let files_done = self.files_done.load(Ordering::Relaxed);
        let files_total = self.files_total.load(Ordering::Relaxed);
        Progress {
            phase,
            files_done,
            files_total,
            bytes_done: self.bytes_done.load(Ordering::Relaxed),
            bytes_total: self.bytes_total.load(Ordering::Relaxed),
            files_failed: self.files_failed.load(Ordering::Relaxed),
            // Nobody knows how much there is as long as it is listed.
            millis_left: if phase == Phase::Listing { None } else { millis_left(since, files_done, files_total) },
        }
    }
}

/// Time left if the rest goes as fast as what is done; nothing before the first file.
fn millis_left(since: Instant, done: u64, total: u64) -> Option<u64> {
    let elapsed = u64::try_from(since.elapsed().as_millis()).unwrap_or(u64::MAX);
    let left = total.saturating_sub(done);
    elapsed.checked_mul(left)?.checked_div(done)
}
