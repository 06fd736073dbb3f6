//! What a receipt says: a head about the upload, and an entry for each file.
//!
//! The order of the fields is the order in which the canonical form has them. A field that is added later is left out
//! where it says nothing, or receipts made before would not agree with their digest any more.

use pillbox_model::{
    Concern, Decision, ErrorCode, FileState, IdentifierCount, OnConflict, ReadBack, SkipReason, Timestamp, UploadRun,
    UploadState,
};
use pillbox_store::{ConcernTotal, DecisionTotal, IdentifierTotal, StateTotal};
use serde::{Deserialize, Serialize};

/// The form of this document, for whoever reads it later.
pub(super) const FORM: &str = "pillbox receipt 1";

/// Files that the receipt calls stored.
pub(crate) const STORED: [FileState; 4] =
    [FileState::Stored, FileState::StoredNotReadBack, FileState::Verified, FileState::AlreadyThere];

/// What a receipt says of the upload as a whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ReceiptHead {
    /// `pillbox receipt 1`.
    pub form: String,
    /// The upload's id.
    pub upload: String,
    /// How far it is.
    pub state: UploadState,
    /// The bucket.
    pub bucket: String,
    /// The account that owns the bucket, where it is known.
    pub account_id: Option<String>,
    /// The endpoint; `None` for Amazon's own and for a store on this computer.
    pub endpoint: Option<String>,
    /// The connection's name.
    pub connection: String,
    /// The digest of the prefix, in hexadecimal.
    pub name_digest: String,
    /// The prefix, in an export with names.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prefix: Option<String>,
    /// What the digests of names are salted with, in hexadecimal, in an export with names.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub salt: Option<String>,
    /// When the upload was begun: the first file chosen.
    pub begun_at: Timestamp,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
    /// How long its runs took together, in milliseconds.
    pub millis: u64,
    /// What happens to objects that are there.
    pub on_conflict: OnConflict,
    /// Whether files that carry a name in theirs get a neutral key.
    pub neutral_names: bool,
    /// Why it may go to a store that has no Block Public Access.
    pub accept_unprotected: Option<String>,
    /// Who sent when, and how the bucket was protected, oldest first.
    pub runs: Vec<UploadRun>,
    /// Files in all.
    pub files: u64,
    /// Their size in bytes.
    pub bytes: u64,
    /// Files by state.
    pub by_state: Vec<StateTotal>,
    /// What was found, by identifier.
    pub detections: Vec<IdentifierTotal>,
    /// What is odd, as a whole, about files that are stored.
    pub concerns: Vec<ConcernTotal>,
    /// What was decided, with reasons.
    pub decisions: Vec<DecisionTotal>,
}

/// What a receipt says of one file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ReceiptFile {
    /// Its number in the upload.
    pub number: u64,
    /// The digest of its name and its key, in hexadecimal.
    pub name_digest: String,
    /// Its path below what was chosen, in an export with names.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Its key, in an export with names.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// How far it is.
    pub state: FileState,
    /// Why it failed.
    pub code: Option<ErrorCode>,
    /// Why it was not read.
    pub skip: Option<SkipReason>,
    /// How it was proved, where it was.
    pub proof: Option<ReadBack>,
    /// The size in bytes of what was scanned.
    pub size: u64,
    /// SHA-256 of the bytes that were scanned, in hexadecimal.
    pub sha256: Option<String>,
    /// SHA-256 of the bytes that are stored, in hexadecimal, where a blacked-out copy was sent.
    pub sent_sha256: Option<String>,
    /// The object's entity tag.
    pub e_tag: Option<String>,
    /// The object's version.
    pub version_id: Option<String>,
    /// What was found in it.
    pub detections: Vec<IdentifierCount>,
    /// What is odd about it as a whole.
    pub concerns: Vec<Concern>,
    /// What was decided.
    pub decision: Option<Decision>,
}

impl ReceiptHead {
    /// The same without names, as it is signed.
    pub(super) fn without_names(self) -> Self {
        Self { prefix: None, salt: None, ..self }
    }
}

impl ReceiptFile {
    /// The same without names, as it is signed.
    pub(super) fn without_names(self) -> Self {
        Self { name: None, key: None, ..self }
    }

    /// Whether the receipt calls it stored.
    pub fn is_stored(&self) -> bool {
        STORED.contains(&self.state)
    }

    /// SHA-256 of what lies in the bucket, in hexadecimal.
    pub(super) fn stored_sha256(&self) -> Option<&str> {
        self.sent_sha256.as_deref().or(self.sha256.as_deref())
    }
}
