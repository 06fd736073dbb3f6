//! What the page needs to know first, and what it is told.

use pillbox_model::{Category, Connection, IdentifierId, Progress, ReadBack};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{ApiError, RunningScan, UploadSummary};

/// How the window looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Appearance {
    /// As the desktop.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// What the page needs to know first.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AppState {
    /// The program's version.
    pub version: String,
    /// The connection in use.
    pub connection: Option<Connection>,
    /// All connections.
    pub connections: Vec<Connection>,
    /// How the window looks.
    pub appearance: Appearance,
    /// How uploads make sure that each object is what was sent.
    pub read_back: ReadBack,
    /// Where Pillbox keeps its own data.
    pub data_dir: String,
    /// An upload that an earlier run did not finish.
    pub unfinished_upload: Option<UploadSummary>,
    /// Numbers for the rail.
    pub badges: Badges,
}

/// Numbers for the rail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Badges {
    /// Checks that fail or are unknown.
    pub protection: u64,
    /// Findings that are open.
    pub findings: u64,
    /// Files that are held.
    pub upload: u64,
}

/// An identifier, for the page's words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct IdentifierInfo {
    /// Its id.
    pub id: IdentifierId,
    /// Its name for people.
    pub name: String,
    /// Its category.
    pub category: Category,
}

/// A word to the page that something is new; the page asks for what it shows.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase", tag = "kind")]
pub enum Notice {
    /// Totals of the upload, at most ten times a second.
    Progress {
        /// The upload.
        upload: String,
        /// Its totals.
        progress: Progress,
    },
    /// The upload's files or state are new.
    UploadChanged {
        /// The upload.
        upload: String,
    },
    /// How far the comparison of a receipt with the bucket is, at most ten times a second.
    ReceiptProgress {
        /// The upload.
        upload: String,
        /// Its totals.
        progress: Progress,
    },
    /// The bucket's settings are no longer as they were read last.
    ProtectionChanged,
    /// Totals of the bucket's scan, at most ten times a second.
    ScanProgress {
        /// Its totals.
        running: RunningScan,
    },
    /// The bucket's scan ended.
    ScanChanged,
    /// A watch folder came to something.
    WatchChanged,
    /// What was dropped on the window could not be added to the upload.
    Refused {
        /// Why.
        error: ApiError,
    },
}
