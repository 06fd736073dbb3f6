//! An upload and its files, as the journal keeps them and the window shows them.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    Category, Concern, Disposition, ErrorCode, Gate, IdentifierId, PublicAccessBlock, Read, SkipReason, Timestamp,
};

/// How far an upload is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum UploadState {
    /// Files are being chosen and looked into; nothing has been sent.
    Draft,
    /// Files are being sent.
    Sending,
    /// Held by the gate or by a person; goes on when told to.
    Held,
    /// Every file has reached an end.
    Done,
    /// Given up by a person.
    Cancelled,
}

impl UploadState {
    /// Whether nothing more will happen.
    pub const fn is_terminal(self) -> bool {
        matches!(self, Self::Done | Self::Cancelled)
    }
}

/// How far one file of an upload is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum FileState {
    /// Found, not yet looked into.
    Found,
    /// Looked into; may be sent.
    Ready,
    /// Holds something that a person must decide on.
    NeedsDecision,
    /// Could not be read; `skip` says why.
    Unreadable,
    /// Left out by a person.
    LeftOut,
    /// The request to store it may have gone out.
    Sending,
    /// Stored, not yet read back.
    Stored,
    /// Stored and proved to be what was sent, as `proof` says. The only state, with the next, that is called safe.
    Verified,
    /// The same content was there already, as `proof` says.
    AlreadyThere,
    /// Stored, but this key may not read it back: never called safe.
    StoredNotReadBack,
    /// Something else is there under this key, or something that can't be compared, as `code` says.
    Conflict,
    /// Failed; `code` says why.
    Failed,
}

impl FileState {
    /// Whether nothing more will happen to the file in this upload without a person.
    pub const fn is_terminal(self) -> bool {
        !matches!(self, Self::Found | Self::Ready | Self::Sending | Self::Stored)
    }

    /// Whether the object is known to be in the bucket byte for byte.
    pub const fn is_safe(self) -> bool {
        matches!(self, Self::Verified | Self::AlreadyThere)
    }
}

/// What a person decided on a file that asks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", tag = "kind")]
pub enum Decision {
    /// It is not sent.
    LeaveOut,
    /// A copy is sent in which what is not expected is replaced by its label.
    Redact,
    /// It is sent as it is.
    Send {
        /// Why.
        reason: String,
    },
}

/// How often one identifier occurs in one file, and what the rules make of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct IdentifierCount {
    /// The identifier.
    pub identifier: IdentifierId,
    /// Its category.
    pub category: Category,
    /// How often.
    pub count: u64,
    /// What the rules say.
    pub disposition: Disposition,
}

/// What to do when another object is there under a file's key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum OnConflict {
    /// Say so and wait for a person.
    Ask,
    /// Leave the file out.
    Skip,
    /// Store it under a key with a number.
    KeepBoth,
    /// Make a new version, where the bucket keeps versions.
    Replace,
    /// Stop the upload.
    Fail,
}

/// How it is made sure that what lies in the bucket is what was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum ReadBack {
    /// The whole object is read, compared and scanned again.
    #[default]
    Whole,
    /// The SHA-256 that the store tells of the object is compared with that of what was scanned and sent.
    Checksum,
}

/// An upload.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Upload {
    /// Its id.
    pub id: String,
    /// The connection's name.
    pub connection: String,
    /// The endpoint that the bucket is reached by; `None` for Amazon's own and for the sandbox of the window,
    /// whose port is another one at each start.
    pub endpoint: Option<String>,
    /// The account that owns the bucket, where it is known.
    pub account_id: Option<String>,
    /// The bucket.
    pub bucket: String,
    /// The prefix, with the date filled in; empty or ending with `/`.
    pub prefix: String,
    /// The files and folders that were chosen, absolute.
    pub roots: Vec<String>,
    /// How far it is.
    pub state: UploadState,
    /// When it was begun.
    pub created_at: Timestamp,
    /// When it ended.
    pub finished_at: Option<Timestamp>,
    /// What happens to objects that are there.
    pub on_conflict: OnConflict,
    /// Whether files that carry a name in theirs get a neutral key.
    pub neutral_names: bool,
    /// The reason why it may go to a store that knows no Block Public Access.
    pub accept_unprotected: Option<String>,
    /// How it is made sure that each object is what was sent.
    pub read_back: ReadBack,
    /// The number of the watch folder whose files it takes; `None` of one that a person began.
    pub watch: Option<u64>,
}

/// One file of an upload.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct UploadFile {
    /// Its number in the upload, counted from 1; what outputs call it by.
    pub number: u64,
    /// The file, absolute.
    pub source: String,
    /// Its path below what was chosen, with `/`.
    pub relative: String,
    /// The key that it gets.
    pub key: String,
    /// Size in bytes when found.
    pub size: u64,
    /// How far it is.
    pub state: FileState,
    /// Why it failed.
    pub code: Option<ErrorCode>,
    /// Why it was not read.
    pub skip: Option<SkipReason>,
    /// What was found in it.
    pub counts: Vec<IdentifierCount>,
    /// What is odd about it as a whole.
    pub concerns: Vec<Concern>,
    /// Whether its text lies open in its bytes, so that a copy of it can be blacked out.
    pub in_place: bool,
    /// Whether its name or key carries something that identifies a patient.
    pub name_in_key: bool,
    /// What was decided.
    pub decision: Option<Decision>,
    /// What was decided for this file alone where something else lies under its key; else what the upload says.
    pub on_conflict: Option<OnConflict>,
    /// SHA-256 of the bytes that were scanned, in hexadecimal.
    pub sha256: Option<String>,
    /// SHA-256 of the bytes that were sent, in hexadecimal; differs where a redacted copy was sent.
    pub sent_sha256: Option<String>,
    /// The entity tag of the stored object, or of the one that is in the way, where it is known.
    pub e_tag: Option<String>,
    /// The stored object's version.
    pub version_id: Option<String>,
    /// How it was made sure that the stored object is what was sent, where that was done.
    pub proof: Option<ReadBack>,
}

/// What of a bucket's protection decides on an upload, as it was read at one moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ProtectionReading {
    /// When it was read.
    pub read_at: Timestamp,
    /// Block Public Access of the bucket; `None` inside means that there is no configuration.
    pub bucket_block: Read<Option<PublicAccessBlock>>,
    /// Block Public Access of the account; `None` inside means that there is no configuration.
    pub account_block: Read<Option<PublicAccessBlock>>,
    /// What the gate made of it.
    pub gate: Gate,
}

/// One run of an upload: from the reading of the bucket's protection that let it begin, or held it, to its rest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct UploadRun {
    /// When it was begun.
    pub begun_at: Timestamp,
    /// When it came to rest; `None` when the program was killed before, or it goes on.
    pub ended_at: Option<Timestamp>,
    /// Who: the name of the operating system's user.
    pub actor: String,
    /// The key's own identity, where the store tells it.
    pub caller: Option<String>,
    /// The version of Pillbox.
    pub version: String,
    /// A digest of all that a look depended on: identifiers, rules, allow lists.
    pub look: String,
    /// The bucket's protection when it began.
    pub before: ProtectionReading,
    /// The bucket's protection as it was read last.
    pub after: Option<ProtectionReading>,
}
