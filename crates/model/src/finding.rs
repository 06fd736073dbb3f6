//! Findings, in the shape of Amazon Macie's `Finding` (API model `macie2`, version 2020-01-01), so that
//! what already reads Macie reads Pillbox. What Macie has no place for stands under `pillbox`.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Category, CheckId, Evidence, IdentifierId, Location, Masked, Severity, Timestamp};

/// Macie's `FindingCategory`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum FindingCategory {
    /// A sensitive data finding.
    Classification,
    /// A policy finding.
    Policy,
}

/// Where a finding stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum FindingState {
    /// Nobody has looked at it.
    New,
    /// Somebody is looking at it.
    InReview,
    /// The next scan or check no longer found it.
    Resolved,
    /// A person answers for it, with a reason, until a date.
    Accepted,
    /// It is none.
    FalsePositive,
    /// It was resolved and is back.
    Reopened,
}

impl FindingState {
    /// All states.
    pub const ALL: [Self; 6] =
        [Self::New, Self::InReview, Self::Reopened, Self::Accepted, Self::FalsePositive, Self::Resolved];
}

/// Macie's `Severity`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
pub struct SeverityBlock {
    /// `Low`, `Medium`, `High`.
    pub description: Severity,
    /// 1, 2, 3.
    pub score: u8,
}

impl From<Severity> for SeverityBlock {
    fn from(severity: Severity) -> Self {
        Self { description: severity, score: severity.score() }
    }
}

/// Macie's `S3Bucket`, as far as Pillbox knows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct S3Bucket {
    /// `arn:aws:s3:::name`.
    pub arn: String,
    /// The name.
    pub name: String,
    /// Whether the public can get in.
    pub public_access: EffectivePermission,
}

/// Macie's `BucketPublicAccess`, its effective permission.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct EffectivePermission {
    /// `PUBLIC`, `NOT_PUBLIC` or `UNKNOWN`.
    pub effective_permission: String,
}

/// Macie's `S3Object`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct S3Object {
    /// `arn:aws:s3:::name`.
    pub bucket_arn: String,
    /// The key.
    pub key: String,
    /// Bucket and key: `name/key`.
    pub path: String,
    /// What follows the key's last dot, or nothing.
    pub extension: String,
    /// The entity tag, without quotes.
    pub e_tag: String,
    /// The version, where the bucket keeps versions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version_id: Option<String>,
    /// Size in bytes.
    pub size: u64,
}

/// Macie's `ResourcesAffected`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ResourcesAffected {
    /// The bucket.
    pub s3_bucket: Option<S3Bucket>,
    /// The object, for sensitive data findings.
    pub s3_object: Option<S3Object>,
}

/// Macie's `Range`: lines counted from 1, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Range {
    /// First line.
    pub start: u64,
    /// Last line.
    pub end: u64,
    /// Character position on the first line, counted from 1.
    pub start_column: u64,
}

/// Macie's `Cell`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Cell {
    /// The row, counted from 1.
    pub row: u64,
    /// The column, counted from 1.
    pub column: u64,
    /// The column's name, where it has one.
    pub column_name: Option<String>,
    /// Sheet and cell as a workbook writes them (`Sheet2!C5`); nothing where there are no sheets.
    pub cell_reference: Option<String>,
}

/// Macie's `Page`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Page {
    /// Counted from 1.
    pub page_number: u64,
}

/// Macie's `Record`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Record {
    /// The record in the file, counted from 0.
    pub record_index: u64,
    /// The path of the value in the record.
    pub json_path: String,
}

/// Macie's `Occurrences`: at most 15 places in all.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Occurrences {
    /// Where in a text without cells, pages or records.
    pub line_ranges: Vec<Range>,
    /// Where in a table.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cells: Vec<Cell>,
    /// Where in a PDF.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pages: Vec<Page>,
    /// Where in JSON.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub records: Vec<Record>,
}

/// Macie's `DefaultDetection`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DefaultDetection {
    /// The identifier's id.
    #[serde(rename = "type")]
    pub identifier: IdentifierId,
    /// How often it occurs.
    pub count: u64,
    /// Where.
    pub occurrences: Occurrences,
}

/// Macie's `SensitiveDataItem`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SensitiveDataItem {
    /// The category.
    pub category: Category,
    /// The sum of the detections' counts.
    pub total_count: u64,
    /// By identifier.
    pub detections: Vec<DefaultDetection>,
}

/// Macie's `ClassificationResultStatus`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ResultStatus {
    /// `COMPLETE`, `PARTIAL` or `SKIPPED`.
    pub code: String,
    /// Why it is not complete.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// Macie's `ClassificationResult`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ClassificationResult {
    /// Whether the object was wholly read.
    pub status: ResultStatus,
    /// The content's type, for example `text/plain`.
    pub mime_type: String,
    /// Bytes that were looked into.
    pub size_classified: u64,
    /// Whether there are more occurrences than are listed.
    pub additional_occurrences: bool,
    /// What was found.
    pub sensitive_data: Vec<SensitiveDataItem>,
}

/// Macie's `ClassificationDetails`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ClassificationDetails {
    /// The scan that found it.
    pub job_id: String,
    /// What it found.
    pub result: ClassificationResult,
}

/// What a policy finding is about. Macie describes the API call that changed a setting; Pillbox judges
/// the state, so the check stands in the call's place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PolicyDetails {
    /// The check that failed.
    pub check: CheckId,
}

/// One occurrence as Pillbox keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Occurrence {
    /// Byte offset of the first byte in the object.
    pub start: u64,
    /// Byte offset behind the last byte.
    pub end: u64,
    /// Line, counted from 1.
    pub line: u64,
    /// Column in characters, counted from 1.
    pub column: u64,
    /// In which part of a document, where the object is more than lines of text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<Location>,
    /// A hint at the value.
    pub masked: Masked,
    /// Why it is believed.
    pub evidence: Evidence,
}

/// What Pillbox knows beyond Macie.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PillboxDetails {
    /// Where the finding stands.
    pub state: FindingState,
    /// The first hundred occurrences.
    pub occurrences: Vec<Occurrence>,
}

/// A sensitive data finding or a policy finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Finding {
    /// Macie's schema version, `1.0`.
    pub schema_version: String,
    /// Stays the same from scan to scan.
    pub id: String,
    /// The bucket owner's account.
    pub account_id: String,
    /// `aws`, `aws-cn`, `aws-us-gov`.
    pub partition: String,
    /// The bucket's Region.
    pub region: String,
    /// The kind.
    pub category: FindingCategory,
    /// Macie's finding type, for example `SensitiveData:S3Object/Financial`.
    #[serde(rename = "type")]
    pub finding_type: String,
    /// A short title.
    pub title: String,
    /// A sentence.
    pub description: String,
    /// How bad it is.
    pub severity: SeverityBlock,
    /// First seen.
    pub created_at: Timestamp,
    /// Last seen.
    pub updated_at: Timestamp,
    /// How often it was seen (policy findings), otherwise 1.
    pub count: u64,
    /// Whether a suppression rule put it aside.
    pub archived: bool,
    /// Macie's sample flag; always false here.
    pub sample: bool,
    /// What it is about.
    pub resources_affected: ResourcesAffected,
    /// For sensitive data findings.
    pub classification_details: Option<ClassificationDetails>,
    /// For policy findings.
    pub policy_details: Option<PolicyDetails>,
    /// What Pillbox knows beyond Macie.
    pub pillbox: PillboxDetails,
}
