//! What a scan says.

use pillbox_detect::Engine;
use pillbox_model::{Concern, Detection, IdentifierId, Severity, SkipReason, Timestamp};
use serde::{Deserialize, Serialize};

use crate::look::{Count, Detections};

/// Turns what a scan says into text, source by source; several workers ask it at once. It hands on whole lines.
pub type Render = dyn Fn(&ScanEvent<'_>, &mut dyn FnMut(&[u8])) + Send + Sync;

/// What a scan says, source by source.
pub enum ScanEvent<'a> {
    /// A source was looked into.
    Scanned {
        /// A path below what was named, a key, or `-`.
        source: &'a str,
        /// The version of an object, where versions are scanned.
        version: Option<&'a str>,
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
        /// The version of an object, where versions are scanned.
        version: Option<&'a str>,
        /// Why.
        reason: SkipReason,
    },
    /// An object is as it was when it was looked into with the same identifiers, and was not read again.
    Unchanged {
        /// A key.
        source: &'a str,
        /// The version of an object, where versions are scanned.
        version: Option<&'a str>,
        /// Its size.
        bytes: u64,
        /// When it was read.
        at: Timestamp,
        /// How often each identifier was found.
        counts: &'a [(IdentifierId, u64)],
        /// Whether its key carries something that was found in it; no where nothing was found.
        name_is_sensitive: bool,
        /// What is odd about it as a whole.
        concerns: &'a [Concern],
        /// Whether all of it was looked into. If not, it is told as skipped as well, and counted as that.
        is_whole: bool,
    },
    /// A marker that hides the versions of an object before it.
    DeleteMarker {
        /// A key.
        source: &'a str,
        /// Its version.
        version: Option<&'a str>,
        /// Whether nothing lies under the key as long as nobody asks for a version.
        is_latest: bool,
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
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScanSummary {
    /// Sources that were wholly looked into.
    pub files: u64,
    /// Their bytes.
    pub bytes: u64,
    /// Sources that were not, or not wholly.
    pub skipped: u64,
    /// What was found in all.
    pub detections: u64,
    /// Of the objects of a bucket, what became of them.
    pub objects: ObjectTotals,
    /// Of what moment the list is, where an inventory was it.
    pub inventory_of: Option<Timestamp>,
}

/// What became of the objects of a bucket.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ObjectTotals {
    /// Read, and not known before.
    pub new: u64,
    /// Read, and other bytes than those that were known.
    pub changed: u64,
    /// Read, and the same bytes as those that were known: other identifiers are looked for, or all was asked for.
    pub again: u64,
    /// Of these three, how many could not, or not wholly, be read.
    #[serde(default)]
    pub unread: u64,
    /// Not read, as they were read with the same identifiers and are as they were.
    pub unchanged: u64,
    /// Left out by a condition.
    pub left_out: u64,
    /// Left out by the sample.
    pub not_sampled: u64,
    /// In quarantine, and so not scanned.
    #[serde(default)]
    pub in_quarantine: u64,
    /// Markers that hide versions.
    pub delete_markers: u64,
    /// Of all these, how many were done by an earlier run that was cut off.
    pub earlier: u64,
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
            ScanEvent::Unchanged { bytes, counts, is_whole, .. } => {
                self.files += u64::from(*is_whole);
                self.bytes += bytes;
                self.detections += counts.iter().map(|(_, count)| count).sum::<u64>();
                self.objects.unchanged += 1;
            }
            ScanEvent::Skipped { .. } => self.skipped += 1,
            ScanEvent::DeleteMarker { .. } => self.objects.delete_markers += 1,
        }
    }

    /// Adds what another part of the scan came to.
    pub fn add(&mut self, other: Self) {
        self.files += other.files;
        self.bytes += other.bytes;
        self.skipped += other.skipped;
        self.detections += other.detections;
        self.objects.add(other.objects);
        self.inventory_of = other.inventory_of.or(self.inventory_of);
    }
}

impl ObjectTotals {
    /// Objects that the scan is about, looked into or not.
    pub(super) const fn all(&self) -> u64 {
        self.new + self.changed + self.again + self.unchanged
    }

    fn add(&mut self, other: Self) {
        self.new += other.new;
        self.changed += other.changed;
        self.again += other.again;
        self.unread += other.unread;
        self.unchanged += other.unchanged;
        self.left_out += other.left_out;
        self.not_sampled += other.not_sampled;
        self.in_quarantine += other.in_quarantine;
        self.delete_markers += other.delete_markers;
        self.earlier += other.earlier;
    }
}
