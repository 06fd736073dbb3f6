//! Single objects: their versions, and what is in quarantine.

use std::collections::BTreeMap;

use pillbox_model::{ObjectPlan, Timestamp};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::ApiError;

/// What is to be done with one object.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase", tag = "fix")]
pub enum ObjectFixRequest {
    /// Into quarantine.
    Quarantine {
        /// Its key.
        key: String,
        /// Why, without a patient's data.
        reason: String,
        /// The day from which the copy is due to be deleted, as `2027-01-31`.
        expires: Option<String>,
        /// Whether the original is removed for ever rather than hidden.
        remove_original: bool,
    },
    /// Back from quarantine.
    Restore {
        /// Its key in quarantine.
        key: String,
    },
    /// An older version on top.
    RestoreVersion {
        /// Its key.
        key: String,
        /// The version.
        version_id: String,
    },
    /// One version removed for ever, or a delete marker taken away.
    DeleteVersion {
        /// Its key.
        key: String,
        /// The version.
        version_id: String,
    },
    /// What is not expected blacked out.
    Redact {
        /// Its key.
        key: String,
        /// Whether the original version is removed for ever rather than left under the new one.
        remove_original: bool,
    },
    /// Left to its owner alone.
    MakePrivate {
        /// Its key.
        key: String,
    },
    /// Encrypted another way.
    Encrypt {
        /// Its key.
        key: String,
        /// The key of AWS KMS; without one, a key that Amazon S3 manages.
        kms_key: Option<String>,
    },
    /// Given tags.
    Tag {
        /// Its key.
        key: String,
        /// The tags.
        tags: BTreeMap<String, String>,
    },
}

/// A plan for one object that was made and can be applied by its id.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ObjectPreview {
    /// What to apply; good until the object changes.
    pub plan_id: String,
    /// What would change.
    pub plan: ObjectPlan,
    /// The change that it takes back.
    pub undo_of: Option<u64>,
}

/// What became of a plan for one object.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ObjectOutcome {
    /// The change's number.
    pub change: u64,
    /// How many of the plan's steps were done and read back.
    pub applied: u32,
    /// Why the next one was not.
    pub error: Option<ApiError>,
}

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
    /// Who stored it, as far as this computer knows.
    pub put_by: Option<PutBy>,
}

/// How a version came to be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase", tag = "kind")]
pub enum PutBy {
    /// By a change of the object.
    Change {
        /// Its number.
        change: u64,
        /// Who made it.
        actor: String,
    },
    /// By an upload.
    Upload {
        /// When it was begun.
        at: Timestamp,
    },
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
