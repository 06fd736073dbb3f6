//! Findings, page by page.

use pillbox_model::{Finding, FindingState, Severity};
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
    /// How the scan of the whole bucket stands.
    pub scan: BucketScan,
}
