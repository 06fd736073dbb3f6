//! Single objects: their versions, and what is in quarantine.

use pillbox_model::Timestamp;
use serde::Serialize;
use ts_rs::TS;

/// One version of an object.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct VersionView {
    /// Its id.
    pub version_id: String,
    /// Whether it is the one that a reader gets who names none.
    pub is_latest: bool,
    /// Whether it is a delete marker.
    pub is_delete_marker: bool,
    /// When it was stored.
    pub modified: Option<Timestamp>,
    /// Its size in bytes.
    pub size: u64,
}

/// An object in quarantine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct QuarantinedObject {
    /// Its key in quarantine.
    pub key: String,
    /// The key that it had.
    pub own_key: String,
    /// Its version in quarantine.
    pub version_id: Option<String>,
    /// Its size in bytes.
    pub size: u64,
    /// Since when.
    pub since: Option<Timestamp>,
    /// Why.
    pub reason: Option<String>,
    /// The day from which it is due to be deleted.
    pub expires: Option<String>,
    /// Whether that day has come.
    pub is_due: bool,
}

/// An object that was written to a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Downloaded {
    /// Its version.
    pub version_id: Option<String>,
    /// Its size in bytes.
    pub size: u64,
    /// The SHA-256 of its bytes, as hexadecimal digits.
    pub sha256: String,
}
