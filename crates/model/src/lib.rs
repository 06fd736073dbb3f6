//! The plain data that every room of Pillbox speaks.
//!
//! What lives here has no behaviour beyond what its own values decide: no files, no network, no clock, no
//! environment. A room that needs a word of another room finds it here, so that rooms depend on words
//! and not on each other.
//!
//! Words: a **detection** is one match of an **identifier** in one text; an **occurrence** is its place
//! in a **finding**, which is one object (or file, or bucket) and one identifier or **check**. A check
//! asks one question about a bucket and answers with a **verdict**; a **fix plan** is what would change.
//! **Rules** say what the **gate** does with each kind of data.
//!
//! This crate depends on no other room.

mod bucket;
mod check;
mod concern;
mod connection;
mod custom;
mod detection;
mod error;
mod fields;
mod finding;
mod fix;
mod identifier;
mod location;
mod object_fix;
mod progress;
mod rules;
mod sensitive;
mod skip;
mod timestamp;
mod upload;

pub use bucket::{
    AclGrant, BucketSnapshot, Encryption, EncryptionType, Grantee, ObjectOwnership, Permission, PublicAccessBlock,
    Read, Unread, Versioning, effective_public_access_block,
};
pub use check::{CheckGroup, CheckId, CheckReport, Gate, Reason, Verdict};
pub use concern::Concern;
pub use connection::{Connection, CredentialSource};
pub use custom::{AllowEntries, AllowList, CustomIdentifier, SeverityLevel};
pub use detection::{Detection, Evidence, Place};
pub use error::{ErrorCode, Failure, Retry};
pub use fields::{Field, HeadingId, Headings};
pub use finding::{
    Cell, ClassificationDetails, ClassificationResult, DefaultDetection, EffectivePermission, Finding, FindingCategory,
    FindingState, Occurrence, Occurrences, Page, PillboxDetails, PolicyDetails, Range, Record, ResourcesAffected,
    ResultStatus, S3Bucket, S3Object, SensitiveDataItem, SeverityBlock,
};
pub use fix::{Effect, FixPlan, Reversibility, SettingChange, SettingState};
pub use identifier::{Category, IdentifierId, Severity, SeverityBands};
pub use location::{DocumentPart, Location};
pub use object_fix::{CopyMarks, ObjectEffect, ObjectFix, ObjectPlan, ObjectStep, SeenObject};
pub use progress::{Phase, Progress};
pub use rules::{Disposition, NotAPrescription, RedactionStyle, Rules};
pub use sensitive::{Masked, Secret, Sensitive};
pub use skip::SkipReason;
pub use timestamp::Timestamp;
pub use upload::{
    Decision, FileState, IdentifierCount, OnConflict, ProtectionReading, ReadBack, Upload, UploadFile, UploadRun,
    UploadState,
};
