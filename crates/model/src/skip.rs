//! Why a source was not read.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Why a file or an object was not, or not wholly, looked into. The names follow Macie's
/// `classificationDetails.result.status.reason`; a skipped source is never called clean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum SkipReason {
    /// The operating system or the store refused to open it.
    PermissionDenied,
    /// Not text: no character encoding fits its bytes, or a page is a picture.
    UnsupportedFileType,
    /// Neither a file nor a folder: a socket, pipe or device.
    NotARegularFile,
    /// A symbolic link; links are not followed, so that nothing outside the chosen folder is sent.
    SymbolicLink,
    /// Larger than what Pillbox looks into.
    FileExceedsSizeLimit,
    /// The bytes break the encoding or the format that they announce, or break off.
    MalformedFile,
    /// Reading failed half-way.
    UnableToParseFile,
    /// It was there when listed and gone when read.
    SourceObjectNoLongerAvailable,
    /// It changed while it was read.
    ObjectVersionMismatch,
    /// The scan was stopped before it was done.
    TimeCutOffReached,
    /// Encrypted with a password or a key that this caller does not have.
    InvalidEncryption,
    /// Encrypted with a key of AWS KMS that is disabled or deleted.
    InvalidKmsKey,
    /// Archived; it must be restored before it can be read.
    InvalidObjectState,
    /// A member of the archive, or what lies in the document (a picture, an embedded file), was not looked into; what was
    /// found in the rest is told.
    ArchiveContainsUnprocessedFiles,
    /// Archives lie deeper in each other than Pillbox looks.
    ArchiveNestingLevelOverLimit,
    /// The archive's members are larger together than what Pillbox unpacks: a bomb, or a backup.
    ArchiveTotalBytesExtractedOverLimit,
    /// The archive has more members than Pillbox looks into.
    ArchiveTotalDocumentsProcessedOverLimit,
    /// JSON or XML is nested deeper than Pillbox follows.
    JsonNestingLevelOverLimit,
    /// An Office document unpacks to far more than it weighs: a bomb.
    OoxmlUncompressedRatioExceedsLimit,
    /// An Office document unpacks to more than Pillbox reads.
    OoxmlUncompressedSizeExceedsLimit,
    /// Its path cannot be written as an object key (longer than 1,024 bytes, or no valid Unicode).
    NameNotUsable,
}
