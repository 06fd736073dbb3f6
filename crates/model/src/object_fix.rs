//! What a fix of one object would change, as a value: shown first, applied after.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{AclGrant, Encryption, Reversibility};

/// What is done with one object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum ObjectFix {
    /// Copied to where nobody looks for prescriptions, and hidden or removed where it was.
    Quarantine,
    /// Brought back from quarantine.
    Restore,
    /// An older version made the current one.
    RestoreVersion,
    /// One version removed for ever.
    DeleteVersion,
    /// Replaced by a copy in which what is not expected is blacked out; the former one goes to quarantine.
    Redact,
    /// Its access control list left to its owner alone.
    MakePrivate,
    /// Encrypted another way.
    Encrypt,
    /// Given tags, beside those that it has.
    Tag,
}

impl ObjectFix {
    /// Its name on the command line and in the record.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Quarantine => "quarantine",
            Self::Restore => "restore",
            Self::RestoreVersion => "restore-version",
            Self::DeleteVersion => "delete-version",
            Self::Redact => "redact",
            Self::MakePrivate => "private",
            Self::Encrypt => "encrypt",
            Self::Tag => "tag",
        }
    }
}

/// One version of an object, as it was when the plan was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SeenObject {
    /// Its key.
    pub key: String,
    /// Its version, where the bucket has versions.
    pub version_id: Option<String>,
    /// Its entity tag, with its quotes.
    pub e_tag: String,
    /// Its size in bytes.
    pub size: u64,
    /// The SHA-256 of its bytes, as hexadecimal digits; `None` where no step needs them.
    pub sha256: Option<String>,
}

/// What becomes of the metadata by which a copy in quarantine is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", tag = "do", content = "entries")]
pub enum CopyMarks {
    /// All metadata stays as it is.
    Keep,
    /// The copy has these beside what the source has.
    Add(BTreeMap<String, String>),
    /// The copy has not got these of what the source has.
    Drop(BTreeMap<String, String>),
}

/// One request of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase", tag = "step")]
pub enum ObjectStep {
    /// The same bytes at another key, or anew at the same.
    Copy {
        /// What is copied.
        from: SeenObject,
        /// The key of the copy.
        to: String,
        /// What the copy takes the place of; `None`: nothing may be there.
        replaces: Option<SeenObject>,
        /// What becomes of the marks of quarantine.
        marks: CopyMarks,
        /// How what is copied is encrypted.
        encryption_before: Option<Encryption>,
        /// How the copy is encrypted; `None` leaves it to the bucket.
        encryption: Option<Encryption>,
    },
    /// Other bytes in place of those that are there: the blacked-out copy.
    Rewrite {
        /// What is blacked out.
        object: SeenObject,
        /// The size of the copy in bytes.
        size: u64,
        /// The SHA-256 of the copy, as hexadecimal digits.
        sha256: String,
    },
    /// Hidden under a delete marker; gone where the bucket keeps no versions.
    Hide {
        /// What is hidden.
        object: SeenObject,
    },
    /// Its delete marker taken away.
    Show {
        /// The key.
        key: String,
        /// The delete marker's version.
        marker: String,
    },
    /// One version removed for ever.
    Remove {
        /// What is removed.
        object: SeenObject,
        /// Whether it is a delete marker.
        is_delete_marker: bool,
    },
    /// The set of tags.
    SetTags {
        /// Whose.
        object: SeenObject,
        /// As it was read.
        before: BTreeMap<String, String>,
        /// As it will be.
        after: BTreeMap<String, String>,
    },
    /// The access control list.
    SetAcl {
        /// Whose.
        object: SeenObject,
        /// The canonical user id of the object's owner.
        owner_id: String,
        /// As it was read.
        before: Vec<AclGrant>,
        /// As it will be.
        after: Vec<AclGrant>,
    },
}

impl ObjectStep {
    /// The permissions that it needs beside reading.
    pub fn permissions(&self) -> &'static [&'static str] {
        match self {
            Self::Copy { .. } => &["s3:GetObject", "s3:GetObjectTagging", "s3:PutObject", "s3:PutObjectTagging"],
            Self::Rewrite { .. } => &["s3:GetObject", "s3:GetObjectTagging", "s3:PutObject", "s3:PutObjectTagging"],
            Self::Hide { .. } => &["s3:DeleteObject"],
            Self::Show { .. } | Self::Remove { .. } => &["s3:DeleteObjectVersion"],
            Self::SetTags { .. } => &["s3:GetObjectTagging", "s3:PutObjectTagging"],
            Self::SetAcl { .. } => &["s3:GetObjectAcl", "s3:PutObjectAcl"],
        }
    }
}

/// What a person should know before, as a code for the words and the facts for its sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", tag = "kind")]
pub enum ObjectEffect {
    /// Who reads the object at its key finds nothing there.
    ReadersFindNothing,
    /// The bucket keeps no versions: the object at its key is gone, and only the copy is left.
    NoVersions,
    /// Former versions of the object stay in the bucket as they are.
    FormerVersionsStay {
        /// How many, beside the current one.
        versions: u32,
    },
    /// What is removed is gone for ever.
    GoneForEver,
    /// The version under the removed one is the current one then.
    FormerVersionAppears,
    /// Versions are suspended in the bucket, so that what is stored or hidden takes the place of an older version
    /// without an id of its own, which is gone for ever.
    OlderVersionGone,
    /// Versions are suspended, and this key may not see whether there is such an older version.
    OlderVersionMayGo,
    /// The new version has a private access control list; the old one had grants to others.
    GrantsDropped {
        /// How many.
        grants: u32,
    },
}

/// What a fix of one object would change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ObjectPlan {
    /// What is done.
    pub fix: ObjectFix,
    /// The bucket.
    pub bucket: String,
    /// The object's key.
    pub key: String,
    /// What is done, in this order; each is read back before the next.
    pub steps: Vec<ObjectStep>,
    /// What a person should know before.
    pub effects: Vec<ObjectEffect>,
    /// How it is taken back.
    pub reversibility: Reversibility,
    /// The words that a person has to type for what can't be taken back.
    pub consent: Option<String>,
    /// The permissions that applying it needs.
    pub permissions: Vec<String>,
}

impl ObjectPlan {
    /// The permissions of its steps, each once.
    pub fn permissions_of(steps: &[ObjectStep]) -> Vec<String> {
        let mut permissions: Vec<String> = Vec::new();
        for permission in steps.iter().flat_map(ObjectStep::permissions) {
            if !permissions.iter().any(|known| known == permission) {
                permissions.push((*permission).to_owned());
            }
        }
        permissions
    }
}
