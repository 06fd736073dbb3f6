//! Verdicts, plans and changes.

use pillbox_model::{BucketSnapshot, CheckId, CheckReport, FixPlan, Gate, ObjectFix, Timestamp};
use serde::Serialize;
use ts_rs::TS;

use super::ApiError;

/// A bucket's verdicts.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Protection {
    /// Whether the bucket is shut.
    pub gate: Gate,
    /// The verdicts, in the order in which they are shown.
    pub checks: Vec<CheckReport>,
    /// The settings they were judged by.
    pub snapshot: BucketSnapshot,
    /// The checks that Fix all would fix.
    pub fix_all: Vec<CheckId>,
    /// The key's own identity, for a request to the administrator.
    pub caller_arn: Option<String>,
}

/// A plan that was made and can be applied by its id.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FixPreview {
    /// What to apply; good until the bucket changes.
    pub plan_id: String,
    /// What would change.
    pub plan: FixPlan,
    /// The change that it takes back.
    pub undo_of: Option<u64>,
}

/// What became of a plan.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FixOutcome {
    /// The change's number.
    pub change: u64,
    /// How many of the plan's steps were written and read back.
    pub applied: u32,
    /// Why the next one was not.
    pub error: Option<ApiError>,
    /// The verdicts after it.
    pub protection: Protection,
}

/// A change of a bucket's settings or of one object.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ChangeView {
    /// Its number.
    pub id: u64,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub actor: String,
    /// The bucket.
    pub bucket: String,
    /// The checks it answered; none for a change of an object.
    pub checks: Vec<CheckId>,
    /// The object, where it is the change of one.
    pub object: Option<ObjectChange>,
    /// The change that it takes back.
    pub undo_of: Option<u64>,
    /// The change by which it was taken back.
    pub undone_by: Option<u64>,
    /// Whether it can be taken back.
    pub undoable: bool,
    /// Whether each of its steps was applied.
    pub complete: bool,
}

/// What was done with one object.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ObjectChange {
    /// What.
    pub fix: ObjectFix,
    /// Its key.
    pub key: String,
}
