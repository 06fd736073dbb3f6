//! What can go wrong, as codes. The words for people live in one table, not here.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What went wrong, as far as somebody can act on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum ErrorCode {
    /// The endpoint's name does not resolve, or nothing answers there.
    NoNetwork,
    /// An answer did not come in time, or broke off.
    ConnectionLost,
    /// No credentials were found for this connection.
    NoCredentials,
    /// The profile is in no shared AWS configuration file.
    UnknownProfile,
    /// The access key is unknown, or its secret is wrong.
    WrongKey,
    /// The session token has expired.
    ExpiredToken,
    /// This computer's clock differs too much from the service's.
    ClockSkewed,
    /// The key may not do this.
    AccessDenied,
    /// An organisation's policy forbids it, whatever the key may do.
    ManagedByOrganisation,
    /// There is no bucket of this name.
    NoSuchBucket,
    /// The bucket belongs to another account than the pinned one.
    BucketOfAnotherAccount,
    /// The bucket is in another Region than the connection says.
    WrongRegion,
    /// The object is not there.
    NoSuchObject,
    /// The object lies in an archive storage class (`about` names it) and must be restored before it can be read.
    ObjectArchived,
    /// S3 Object Lock (retention or a legal hold) keeps this version from being deleted.
    ObjectLocked,
    /// The object is encrypted with a key that this caller does not have (`about` is `SSE-C`) or that opens nothing any
    /// more (`about` is what AWS KMS says).
    ObjectNotDecryptable,
    /// An inventory can't stand in for a list of objects; `about` says what is wrong with it.
    InventoryNotUsable,
    /// The service asks for fewer requests.
    SlowDown,
    /// The service failed.
    ServiceError,
    /// The service does not know this function.
    NotSupported,
    /// An endpoint without TLS that is not on this computer.
    EndpointNotSecure,
    /// The operating system's keychain is locked or missing.
    KeychainUnavailable,
    /// No connection has been set up.
    NotConnected,

    /// Block Public Access is not wholly on.
    BucketNotShut,
    /// Whether the bucket is shut could not be found out.
    BucketProtectionUnknown,
    /// An object of this key with other content is there.
    ObjectExists,
    /// An object of this key is there and may not be read, so that it can't be compared.
    ObjectExistsUnreadable,
    /// What is stored is not what was sent.
    ChecksumMismatch,
    /// Stored, but this key may not read it back.
    StoredNotReadBack,
    /// The file changed between scan and sending.
    SourceChanged,
    /// The file vanished between scan and sending.
    SourceVanished,
    /// The file can't be read.
    SourceUnreadable,
    /// Two files would get the same key.
    KeyTaken,
    /// The key would be longer than 1,024 bytes or is otherwise not usable.
    KeyNotUsable,
    /// A file needs a decision before anything can be sent.
    DecisionNeeded,
    /// The same work is being done by another Pillbox on this computer.
    AlreadyRunning,
    /// The work was begun with another connection than the one in use.
    OtherConnection,

    /// The bucket's settings changed since the plan was made.
    ChangedSince,
    /// There is nothing to fix.
    NothingToFix,
    /// This can't be fixed by one click; the check says what to do.
    NotFixable,
    /// The setting was written but reads back differently.
    FixNotConfirmed,
    /// No such change is on the record, or it was taken back already.
    NoSuchChange,
    /// The change can't be taken back; `about` says what a person must type to have it all the same.
    ConsentNeeded,
    /// What was changed can't be put back: what is needed for it is gone.
    NotUndoable,

    /// No space is left on the disk.
    DiskFull,
    /// The data folder can't be used: not writable, or not this user's own.
    DataFolderUnusable,
    /// The data folder lies on a network file system.
    DataFolderOnNetwork,
    /// The database stayed locked by another program.
    DatabaseLocked,
    /// The database is damaged.
    DatabaseDamaged,
    /// The database was written by a newer Pillbox.
    DatabaseNewer,
    /// The audit log does not agree with itself.
    AuditBroken,

    /// Another identifier or list has this name.
    NameTaken,
    /// A pattern asks for what is not supported; `about` names the field and the part.
    PatternNotSupported,
    /// An identifier of the practice's own can't be used; `about` names the field and why.
    IdentifierNotUsable,
    /// An allow list can't be used; `about` names the field and why.
    AllowListNotUsable,
    /// A file holds no identifiers that can be read; `about` names the line and why.
    IdentifiersNotUnderstood,
    /// A file holds no receipt that can be read; `about` names the line.
    ReceiptNotUnderstood,
    /// A value that was shown is not where it was any more.
    ValueMoved,

    /// Stopped by a person.
    Cancelled,
    /// What was asked for makes no sense; `about` names the argument.
    InvalidInput,
    /// What was asked for is not there.
    NotFound,
    /// A defect of Pillbox itself.
    Internal,
}

impl ErrorCode {
    /// Whether and how trying again may help.
    pub const fn retry(self) -> Retry {
        match self {
            Self::NoNetwork | Self::ConnectionLost | Self::SlowDown | Self::ServiceError | Self::DatabaseLocked => {
                Retry::Later
            }
            Self::ExpiredToken
            | Self::ClockSkewed
            | Self::KeychainUnavailable
            | Self::DiskFull
            | Self::ChangedSince
            | Self::SourceChanged
            | Self::BucketNotShut
            | Self::DecisionNeeded => Retry::AfterAction,
            _ => Retry::Never,
        }
    }

    /// Whether it is trouble on this computer rather than an answer of the service or the way to it.
    pub const fn is_ours(self) -> bool {
        matches!(
            self,
            Self::DiskFull
                | Self::DataFolderUnusable
                | Self::DataFolderOnNetwork
                | Self::DatabaseLocked
                | Self::DatabaseDamaged
                | Self::DatabaseNewer
                | Self::AuditBroken
                | Self::Internal
        )
    }

    /// The code as it goes over the wire.
    pub fn as_str(self) -> String {
        serde_json::to_value(self).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
    }
}

/// Whether the same thing may be tried again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Retry {
    /// It will fail again.
    Never,
    /// The same again may work in a while.
    Later,
    /// It works after somebody has done what the message says.
    AfterAction,
}

/// A code and what it is about, as rooms hand it on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Failure {
    /// What went wrong.
    pub code: ErrorCode,
    /// A bucket, Region, permission, setting or argument; never a file's name or content.
    pub about: Option<String>,
}

impl Failure {
    /// A code alone.
    pub const fn new(code: ErrorCode) -> Self {
        Self { code, about: None }
    }

    /// A code and the bucket, Region, permission, setting or argument it is about.
    pub fn about(code: ErrorCode, about: impl Into<String>) -> Self {
        Self { code, about: Some(about.into()) }
    }
}

impl From<ErrorCode> for Failure {
    fn from(code: ErrorCode) -> Self {
        Self::new(code)
    }
}
