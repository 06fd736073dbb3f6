//! Findings, page by page.

use pillbox_model::{Finding, FindingState, ObjectFix, Severity, Timestamp};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::BucketScan;

/// A part of the findings.
#[derive(Debug, Clone, Default, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FindingsRequest {
    /// Only of this severity.
    pub severity: Option<Severity>,
    /// Only of this finding type.
    pub finding_type: Option<String>,
    /// Only of keys that begin so.
    pub prefix: Option<String>,
    /// Only in these states; empty: those that are open.
    pub states: Vec<FindingState>,
    /// How many to pass over.
    pub offset: u64,
    /// How many at most; 200 are the most that are given.
    pub limit: u32,
}

/// A part of the findings.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FindingsPage {
    /// How many there are in all.
    pub total: u64,
    /// The kinds that there are, for the filter.
    pub types: Vec<String>,
    /// These.
    pub findings: Vec<Finding>,
    /// The ids of those whose object was put into quarantine since.
    pub in_quarantine: Vec<String>,
    /// How the scan of the bucket stands.
    pub scan: BucketScan,
}

/// One finding, and what can be done about its object.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FindingDetail {
    /// The finding.
    pub finding: Finding,
    /// What can be done about its object, the best first; nothing where it is about none.
    pub fixes: Vec<ObjectFix>,
    /// Where its object was put into quarantine since.
    pub in_quarantine: Option<InQuarantine>,
}

/// How an object came into quarantine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct InQuarantine {
    /// The change that put it there.
    pub change: u64,
    /// When.
    pub at: Timestamp,
    /// Its key there.
    pub key: String,
}
