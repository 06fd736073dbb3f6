//! The scan of a bucket, as the window begins it and shows it.

use pillbox_model::{Progress, SkipReason, Timestamp};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::ApiError;

/// What of the bucket the window has scanned. All conditions hold at once; empty ones leave nothing out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ScanRequest {
    /// Read also what is as it was when it was read with the same identifiers.
    pub all: bool,
    /// Keys begin so.
    pub prefix: String,
    /// Keys fit one of these: globs, or the beginning of a key.
    pub include: Vec<String>,
    /// Keys fit none of these.
    pub exclude: Vec<String>,
    /// Extensions, without the dot.
    pub extensions: Vec<String>,
    /// The smallest size in bytes.
    pub min_size: Option<u64>,
    /// The largest size in bytes.
    pub max_size: Option<u64>,
    /// Stored at this moment or later.
    pub modified_since: Option<Timestamp>,
    /// Stored before this moment.
    pub modified_before: Option<Timestamp>,
}

/// How the scan of the bucket stands.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BucketScan {
    /// What is scanned, or was last.
    pub request: ScanRequest,
    /// How far it is, while it runs.
    pub running: Option<RunningScan>,
    /// When the one was begun that was paused or cut off, and goes on when it is begun again.
    pub unfinished_since: Option<Timestamp>,
    /// The last one of the whole bucket that went through.
    pub last: Option<LastScan>,
    /// The last one of this start of the program that went through, of the whole bucket or a part of it.
    pub latest: Option<LatestScan>,
    /// Why the last attempt ended early.
    pub error: Option<ApiError>,
}

/// A scan that runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RunningScan {
    /// How far it is; the number of objects is known as far as they were listed.
    pub progress: Progress,
    /// What became of the objects so far.
    pub counts: ScanCounts,
}

/// What became of a bucket's objects.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ScanCounts {
    /// Read and looked into.
    pub read: u64,
    /// Not read, as they are as they were when they were read with the same identifiers.
    pub unchanged: u64,
    /// Left out by what was asked for.
    pub left_out: u64,
    /// In quarantine, and so not scanned.
    pub in_quarantine: u64,
    /// Could not, or not wholly, be read.
    pub not_read: u64,
    /// Bytes that were looked into, those of unchanged objects included.
    pub bytes: u64,
    /// What was found in all.
    pub detections: u64,
}

/// A scan of the whole bucket that went through.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LastScan {
    /// When it ended.
    pub at: Timestamp,
    /// Objects that were looked into.
    pub objects: u64,
    /// Objects that could not be read.
    pub skipped: u64,
}

/// What the latest scan of this start of the program came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LatestScan {
    /// When it ended.
    pub at: Timestamp,
    /// What became of the objects.
    pub counts: ScanCounts,
    /// Whether it was of the whole bucket.
    pub whole: bool,
}

/// An object that could not, or not wholly, be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct NotRead {
    /// Its key.
    pub key: String,
    /// Why.
    pub reason: SkipReason,
}

/// What a scan could not read, as far as it is listed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct NotReadList {
    /// How many of each reason, most first.
    pub reasons: Vec<ReasonCount>,
    /// The first of them by name.
    pub objects: Vec<NotRead>,
}

/// How many objects could not be read for a reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReasonCount {
    /// Why.
    pub reason: SkipReason,
    /// How many.
    pub objects: u64,
}
