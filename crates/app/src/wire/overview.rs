//! The Overview.

use pillbox_model::{CheckId, Gate, IdentifierId, Severity, Timestamp};
use serde::Serialize;
use ts_rs::TS;

use super::BucketScan;

/// One sentence of truth and what stands behind it.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Overview {
    /// The bucket's name.
    pub bucket: String,
    /// Objects that were sent, read back, and are as they should be.
    pub safe: u64,
    /// Of these, with something unexpected that a person answered for.
    pub with_unexpected: u64,
    /// Stored but not read back, or failed.
    pub not_verified: u64,
    /// Whether the bucket is shut, and when that was read.
    pub gate: Option<Gate>,
    /// When the bucket was last looked at.
    pub checked_at: Option<Timestamp>,
    /// What needs a person, most urgent first.
    pub needs: Vec<Need>,
    /// Files by identifier, most first.
    pub kinds: Vec<KindCount>,
    /// Open findings by severity.
    pub findings: Vec<SeverityCount>,
    /// What was done lately, newest first.
    pub lately: Vec<Activity>,
    /// How the scan of the whole bucket stands.
    pub scan: BucketScan,
}

/// Something that needs a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase", tag = "kind")]
pub enum Need {
    /// The bucket is not shut.
    BucketOpen {
        /// What the gate says.
        gate: Gate,
    },
    /// Checks fail or are unknown.
    Checks {
        /// How many fail.
        failed: u64,
        /// How many are unknown.
        unknown: u64,
    },
    /// Files wait for a decision.
    #[serde(rename_all = "camelCase")]
    Decisions {
        /// The upload.
        upload: String,
        /// How many files.
        files: u64,
        /// What was found in them.
        identifiers: Vec<IdentifierId>,
    },
    /// An upload is not finished.
    #[serde(rename_all = "camelCase")]
    Unfinished {
        /// The upload.
        upload: String,
        /// How many files are left.
        files: u64,
    },
    /// Files that came by watch folders are held.
    Held {
        /// How many.
        files: u64,
    },
    /// What lies in the bucket has never been looked into.
    NotScanned,
    /// Findings of high severity are open.
    Findings {
        /// How many.
        high: u64,
    },
}

/// Files by identifier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct KindCount {
    /// The identifier.
    pub identifier: IdentifierId,
    /// In how many files.
    pub files: u64,
    /// Whether the rules expect it there.
    pub expected: bool,
}

/// Findings by severity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SeverityCount {
    /// The severity.
    pub severity: Severity,
    /// How many.
    pub count: u64,
}

/// Something that was done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase", tag = "kind")]
pub enum Activity {
    /// An upload ended or was held.
    #[serde(rename_all = "camelCase")]
    Upload {
        /// When.
        at: Timestamp,
        /// Which.
        upload: String,
        /// How many files are safe.
        safe: u64,
        /// How many are not.
        other: u64,
    },
    /// A setting was changed or put back.
    #[serde(rename_all = "camelCase")]
    Change {
        /// When.
        at: Timestamp,
        /// Which.
        change: u64,
        /// Who.
        actor: String,
        /// The checks it answered.
        checks: Vec<CheckId>,
        /// Whether it took an earlier change back.
        undo: bool,
        /// Whether it can be taken back.
        undoable: bool,
    },
}
