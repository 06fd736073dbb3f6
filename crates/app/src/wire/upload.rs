//! An upload and its files.

use pillbox_model::{
    Concern, Decision, ErrorCode, Evidence, FileState, Gate, IdentifierCount, IdentifierId, Masked, Place, Progress,
    ReadBack, SkipReason, Timestamp, UploadRun, UploadState,
};
use pillbox_store::{ConcernTotal, DecisionTotal, IdentifierTotal};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::ApiError;
use crate::receipt::{ReceiptCheck, ReceiptProblem};

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
    /// How it is made sure that each object is what was sent.
    pub read_back: ReadBack,
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
    /// Sent, stored, and proved to be what was sent.
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
    /// What is odd about it as a whole.
    pub concerns: Vec<Concern>,
    /// Which of these wait for a person, as the rules are.
    pub asking: Vec<Concern>,
    /// Whether a copy of it can be blacked out and is then as it should be.
    pub redactable: bool,
    /// Whether it holds something that is refused: it can be redacted or left out, not sent as it is.
    pub refused: bool,
    /// What was decided.
    pub decision: Option<Decision>,
    /// Why it was not read.
    pub skip: Option<SkipReason>,
    /// Why it failed.
    pub code: Option<ErrorCode>,
    /// Whether it can take the place of what lies under its key, in a bucket that keeps versions: not where nothing is
    /// known of that.
    pub replaceable: bool,
    /// How it was made sure that the object is what was sent.
    pub proof: Option<ReadBack>,
}

/// What came of a decision on several files.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Decided {
    /// The upload.
    pub upload: UploadView,
    /// The names of files on which this can't be decided; on the others it was.
    pub not_possible: Vec<String>,
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
    /// In which part of a document, in words (`sheet Patients, cell C5`); nothing where line and column say it all.
    pub location: Option<String>,
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
    /// Of these, proved by the checksum that the store tells.
    pub checksum_compared: u64,
    /// Files whose content was there already.
    pub already_there: u64,
    /// Files that a person left out.
    pub left_out: u64,
    /// Files that still wait or failed.
    pub not_sent: u64,
    /// Bytes that are safe.
    pub bytes: u64,
    /// What is odd, as a whole, about files that are stored.
    pub concerns: Vec<ConcernTotal>,
    /// How long its runs took together, in milliseconds.
    pub millis: u64,
    /// Who sent when, and how the bucket was protected, oldest first.
    pub runs: Vec<UploadRun>,
    /// What was found, by identifier.
    pub detections: Vec<IdentifierTotal>,
    /// What was decided, with reasons.
    pub decisions: Vec<DecisionTotal>,
    /// The SHA-256 of the receipt on the record, in hexadecimal; nothing before it has come to rest.
    pub sha256: Option<String>,
    /// When that was made.
    pub made_at: Option<Timestamp>,
}

/// A receipt compared with the record and with the bucket.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReceiptChecked {
    /// In numbers.
    pub check: ReceiptCheck,
    /// Objects that are not as the receipt says, in the order of the files; the first 200.
    pub problems: Vec<ReceiptProblem>,
}
