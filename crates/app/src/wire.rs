//! What crosses from the program to its window: plain data, declared once here, from which the page's
//! types are generated. Ids and masked text only; no secret and no value ever crosses to the page.

use pillbox_model::{
    BucketSnapshot, Category, CheckId, CheckReport, Connection, Decision, ErrorCode, Evidence, Failure, FileState,
    Finding, FindingState, FixPlan, Gate, IdentifierCount, IdentifierId, Masked, Place, Progress, Retry, Severity,
    SkipReason, Timestamp, UploadState,
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// An error as the page gets it: a code, never a sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ApiError {
    /// What went wrong.
    pub code: ErrorCode,
    /// Whether trying again may help.
    pub retry: Retry,
    /// A bucket, Region, permission, setting or argument.
    pub about: Option<String>,
}

impl From<Failure> for ApiError {
    fn from(failure: Failure) -> Self {
        Self { code: failure.code, retry: failure.code.retry(), about: failure.about }
    }
}

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
}

/// A profile of the shared AWS configuration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ProfileChoice {
    /// Its name.
    pub name: String,
    /// The Region that it names.
    pub region: Option<String>,
}

/// A new connection to Amazon S3, as typed.
#[derive(Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct NewConnection {
    /// The name that people give it; empty: the bucket's.
    pub name: String,
    /// A profile, or nothing where a key is given.
    pub profile: Option<String>,
    /// An access key id.
    pub access_key_id: Option<String>,
    /// Its secret; goes to the keychain and is never sent back.
    pub secret_access_key: Option<String>,
    /// The Region; empty: as the profile says.
    pub region: String,
    /// Another endpoint than Amazon's.
    pub endpoint_url: Option<String>,
    /// The bucket.
    pub bucket: String,
    /// The destination's template.
    pub prefix: String,
}

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

/// How the scan of the whole bucket stands.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BucketScan {
    /// How far it is, while it runs; the number of objects is not known beforehand.
    pub running: Option<Progress>,
    /// The last one that went through.
    pub last: Option<LastScan>,
    /// Why the last attempt ended early.
    pub error: Option<ApiError>,
}

/// A scan of the whole bucket that went through.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LastScan {
    /// When it ended.
    pub at: Timestamp,
    /// Objects that were looked into.
    pub objects: u64,
    /// Objects that could not be read.
    pub skipped: u64,
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

/// A change of a bucket's settings.
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
    /// The checks it answered.
    pub checks: Vec<CheckId>,
    /// The change that it takes back.
    pub undo_of: Option<u64>,
    /// The change by which it was taken back.
    pub undone_by: Option<u64>,
    /// Whether it can be taken back.
    pub undoable: bool,
    /// Whether each of its steps was applied.
    pub complete: bool,
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

/// An upload in one line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct UploadSummary {
    /// Its id.
    pub id: String,
    /// How far it is.
    pub state: UploadState,
    /// When it was begun.
    pub created_at: Timestamp,
    /// Files in all.
    pub files: u64,
    /// Files that are safe.
    pub safe: u64,
}

/// An upload as the Upload screen shows it.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct UploadView {
    /// Its id.
    pub id: String,
    /// How far it is.
    pub state: UploadState,
    /// Whether files are still being looked into.
    pub scanning: bool,
    /// The bucket.
    pub bucket: String,
    /// The destination's template.
    pub template: String,
    /// The prefix, with the date filled in.
    pub prefix: String,
    /// The names of the chosen files and folders, without their folders; the first ten.
    pub chosen: Vec<String>,
    /// The first keys, as a preview.
    pub keys: Vec<String>,
    /// Whether files that carry a name get a neutral key.
    pub neutral_names: bool,
    /// How many files carry something of a patient in their name.
    pub names_in_keys: u64,
    /// Whether the bucket lets anything go.
    pub gate: Gate,
    /// Files by section.
    pub sections: Vec<Section>,
    /// How far it is, in totals.
    pub progress: Progress,
    /// Why the upload stopped, when it did not stop by itself.
    pub error: Option<ApiError>,
}

/// One group of an upload's files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum SectionKind {
    /// Wait for a decision.
    NeedsDecision,
    /// Could not be read.
    Unreadable,
    /// May be sent.
    Ready,
    /// Left out.
    LeftOut,
    /// Are being sent.
    Sending,
    /// Failed, in conflict, or stored and not read back.
    Problem,
    /// Sent, stored, read back and scanned again.
    Verified,
    /// Were there already.
    AlreadyThere,
}

/// How many files a group has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Section {
    /// The group.
    pub kind: SectionKind,
    /// Files.
    pub files: u64,
    /// Bytes.
    pub bytes: u64,
}

/// A part of one group, as the list asks for it.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FilesRequest {
    /// The upload.
    pub upload: String,
    /// The group.
    pub section: SectionKind,
    /// How many to pass over.
    pub offset: u64,
    /// How many at most; 200 are the most that are given.
    pub limit: u32,
}

/// A file in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FileRow {
    /// Its number in the upload.
    pub number: u64,
    /// Its path below what was chosen.
    pub name: String,
    /// The key that it gets.
    pub key: String,
    /// Size in bytes.
    pub size: u64,
    /// How far it is.
    pub state: FileState,
    /// What was found.
    pub counts: Vec<IdentifierCount>,
    /// Whether its name or key carries something of a patient.
    pub name_in_key: bool,
    /// Whether it is empty.
    pub empty: bool,
    /// Whether it holds something that is refused: it can be redacted or left out, not sent as it is.
    pub refused: bool,
    /// What was decided.
    pub decision: Option<Decision>,
    /// Why it was not read.
    pub skip: Option<SkipReason>,
    /// Why it failed.
    pub code: Option<ErrorCode>,
}

/// A file and its text, masked.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FileDetail {
    /// The file.
    pub row: FileRow,
    /// The first lines of its text, every value masked; empty where it could not be read.
    pub lines: Vec<MaskedLine>,
    /// Whether there are more lines.
    pub truncated: bool,
    /// What was found, in the order of the text; the first hundred.
    pub detections: Vec<DetectionView>,
}

/// One line of a masked text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct MaskedLine {
    /// Its number, counted from 1.
    pub number: u64,
    /// Its pieces.
    pub pieces: Vec<Piece>,
}

/// A piece of a masked line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Piece {
    /// Text, masked where it is a value.
    pub text: String,
    /// Which detection it belongs to (index in `detections`), and nothing for plain text.
    pub detection: Option<u32>,
    /// Whether the rules expect it there.
    pub expected: bool,
}

/// A detection without its value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DetectionView {
    /// The identifier.
    pub identifier: IdentifierId,
    /// Where.
    pub place: Place,
    /// A hint.
    pub masked: Masked,
    /// Why it is believed.
    pub evidence: Evidence,
    /// Whether the rules expect it there.
    pub expected: bool,
}

/// What one upload did.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Receipt {
    /// The upload.
    pub upload: UploadView,
    /// When it was begun.
    pub created_at: Timestamp,
    /// When it ended.
    pub finished_at: Option<Timestamp>,
    /// Files sent in this upload and stored.
    pub stored: u64,
    /// Of these, read back, compared and scanned again.
    pub read_back: u64,
    /// Files whose content was there already.
    pub already_there: u64,
    /// Files that a person left out.
    pub left_out: u64,
    /// Files that still wait or failed.
    pub not_sent: u64,
    /// Bytes that are safe.
    pub bytes: u64,
}

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
    /// The bucket's settings are no longer as they were read last.
    ProtectionChanged,
    /// Totals of the bucket's scan, at most ten times a second.
    ScanProgress {
        /// Its totals.
        progress: Progress,
    },
    /// The bucket's scan ended.
    ScanChanged,
}
