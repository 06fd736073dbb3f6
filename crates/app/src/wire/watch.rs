//! Watch folders, and what is held.

use pillbox_model::Timestamp;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{ApiError, FileRow};

/// A watch folder in a list.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct WatchView {
    /// Its number.
    pub number: u64,
    /// The folder.
    pub folder: String,
    /// The bucket.
    pub bucket: String,
    /// The destination's template.
    pub prefix: String,
    /// The connection; nothing of one that the command line watches.
    pub connection: Option<String>,
    /// Whether it is watched.
    pub on: bool,
    /// Since when it is, or is not.
    pub since: Timestamp,
    /// What it came to last.
    pub last: Option<WatchedView>,
    /// Why the window does not watch it although it should.
    pub error: Option<ApiError>,
}

/// What a watch folder came to last.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct WatchedView {
    /// When.
    pub at: Timestamp,
    /// Files that were sent with it.
    pub safe: u64,
    /// Files of it that wait for a person.
    pub held: u64,
    /// Files whose writer had not finished.
    pub unfinished: u64,
    /// Why it could not go on; it tries again by itself.
    pub error: Option<ApiError>,
}

/// A part of what is held.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct HeldPage {
    /// How many files are held in all.
    pub total: u64,
    /// These, those of the oldest uploads first.
    pub files: Vec<HeldRow>,
}

/// A held file.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct HeldRow {
    /// The upload that it is of.
    pub upload: String,
    /// When that was begun.
    pub since: Timestamp,
    /// The number of the watch folder that it came by.
    pub watch: Option<u64>,
    /// The file.
    pub file: FileRow,
}

/// A held file that is decided on.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct HeldChoice {
    /// The upload.
    pub upload: String,
    /// The file's number in it.
    pub number: u64,
}

/// What came of a decision on held files.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct HeldDecided {
    /// What is held after it.
    pub held: HeldPage,
    /// The names of files on which this can't be decided; on the others it was.
    pub not_possible: Vec<String>,
}
