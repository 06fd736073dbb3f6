//! What a scan says.

use pillbox_detect::Engine;
use pillbox_model::{Concern, Detection, IdentifierId, Severity, SkipReason};

use crate::look::{Count, Detections};

/// Turns what a scan says into text, source by source; several workers ask it at once. It hands on whole lines.
pub type Render = dyn Fn(&ScanEvent<'_>, &mut dyn FnMut(&[u8])) + Send + Sync;

/// What a scan says, source by source.
pub enum ScanEvent<'a> {
    /// A source was looked into.
    Scanned {
        /// A path below what was named, a key, or `-`.
        source: &'a str,
        /// Its size.
        bytes: u64,
        /// What was found.
        found: Found<'a>,
        /// Whether the source's own name carries something that was found in it; no where nothing was found.
        name_is_sensitive: bool,
        /// What is odd about it as a whole.
        concerns: &'a [Concern],
        /// Whether all of it was looked into. If not, it is told as skipped as well, and counted as that.
        is_whole: bool,
    },
    /// A source was not, or not wholly, looked into.
    Skipped {
        /// A path below what was named, a key, or `-`.
        source: &'a str,
        /// Why.
        reason: SkipReason,
    },
}

/// What was found in one source, with the severity that its number there makes.
pub struct Found<'a> {
    detections: &'a Detections,
    severities: Vec<Severity>,
}

impl<'a> Found<'a> {
    pub(super) fn of(engine: &Engine, detections: &'a Detections) -> Self {
        let severity = |count: &Count| engine.severity(&count.identifier, count.all).unwrap_or(Severity::Low);
        Self { detections, severities: detections.counts().iter().map(severity).collect() }
    }

    /// The detections, in the order of the source; of a source that has very many, the first.
    pub fn iter(&self) -> impl Iterator<Item = (&'a Detection, Severity)> {
        self.detections.kept().iter().map(|detection| {
            let mut counts = self.detections.counts().iter();
            let known = counts.position(|count| count.identifier == detection.identifier);
            (detection, known.map_or(Severity::Low, |known| self.severities[known]))
        })
    }

    /// Of which identifiers there are more than [`Found::iter`] tells, and how many more.
    pub fn more(&self) -> impl Iterator<Item = (&'a IdentifierId, u64)> {
        let counts = self.detections.counts().iter();
        counts.filter(|count| count.all > count.kept).map(|count| (&count.identifier, count.all - count.kept))
    }

    /// How many there are, those that are not told one by one included.
    pub fn total(&self) -> u64 {
        self.detections.total()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.detections.is_empty()
    }
}

/// What a scan came to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ScanSummary {
    /// Sources that were wholly looked into.
    pub files: u64,
    /// Their bytes.
    pub bytes: u64,
    /// Sources that were not, or not wholly.
    pub skipped: u64,
    /// What was found in all.
    pub detections: u64,
}

impl ScanSummary {
    /// Counts what is said.
    pub(super) fn count(&mut self, event: &ScanEvent<'_>) {
        match event {
            ScanEvent::Scanned { bytes, found, is_whole, .. } => {
                self.files += u64::from(*is_whole);
                self.bytes += bytes;
                self.detections += found.total();
            }
            ScanEvent::Skipped { .. } => self.skipped += 1,
        }
    }

    /// Adds what another part of the scan came to.
    pub fn add(&mut self, other: Self) {
        self.files += other.files;
        self.bytes += other.bytes;
        self.skipped += other.skipped;
        self.detections += other.detections;
    }
}
