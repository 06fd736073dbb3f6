//! A bucket's settings as they were read at one moment.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{ErrorCode, Timestamp};

/// One setting that was read, or the reason why it was not. What was not read is unknown, never good.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Read<T> {
    /// What the service answered.
    Known(T),
    /// Why there is no answer.
    Unread(Unread),
}

impl<T> Read<T> {
    /// The value, when it was read.
    pub const fn known(&self) -> Option<&T> {
        match self {
            Self::Known(value) => Some(value),
            Self::Unread(_) => None,
        }
    }
}

/// Why a setting was not read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Unread {
    /// `AccessDenied`, `NotSupported` (the store answers NotImplemented), or what else failed.
    pub code: ErrorCode,
    /// The permission that reading it needs, for example `s3:GetBucketPolicy`.
    pub permission: String,
}

/// The four flags of Block Public Access (S3 API `PublicAccessBlockConfiguration`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PublicAccessBlock {
    /// Refuses new public ACLs.
    pub block_public_acls: bool,
    /// Ignores every public ACL.
    pub ignore_public_acls: bool,
    /// Refuses a public bucket policy.
    pub block_public_policy: bool,
    /// Lets only the owner's account and AWS services through a public policy.
    pub restrict_public_buckets: bool,
}

impl PublicAccessBlock {
    /// All four flags on.
    pub const ALL: Self = Self {
        block_public_acls: true,
        ignore_public_acls: true,
        block_public_policy: true,
        restrict_public_buckets: true,
    };

    /// Whether all four flags are on.
    pub fn is_all(&self) -> bool {
        *self == Self::ALL
    }

    /// The flags with S3's names, in S3's order.
    pub const fn flags(&self) -> [(&'static str, bool); 4] {
        [
            ("BlockPublicAcls", self.block_public_acls),
            ("IgnorePublicAcls", self.ignore_public_acls),
            ("BlockPublicPolicy", self.block_public_policy),
            ("RestrictPublicBuckets", self.restrict_public_buckets),
        ]
    }
}

/// The effective flags: each is on when it is on at the account or at the bucket (S3 applies the most
/// restrictive combination, see the S3 User Guide, "Blocking public access to your Amazon S3 storage").
/// No configuration means all off.
pub fn effective_public_access_block(
    account: Option<PublicAccessBlock>,
    bucket: Option<PublicAccessBlock>,
) -> PublicAccessBlock {
    let account = account.unwrap_or_default();
    let bucket = bucket.unwrap_or_default();
    PublicAccessBlock {
        block_public_acls: account.block_public_acls || bucket.block_public_acls,
        ignore_public_acls: account.ignore_public_acls || bucket.ignore_public_acls,
        block_public_policy: account.block_public_policy || bucket.block_public_policy,
        restrict_public_buckets: account.restrict_public_buckets || bucket.restrict_public_buckets,
    }
}

/// Who a grant of an access control list is for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Grantee {
    /// An account, by its canonical user id.
    CanonicalUser(String),
    /// A predefined group, by its URI (`…/groups/global/AllUsers` and the like).
    Group(String),
    /// An account, by an e-mail address.
    Email(String),
}

impl Grantee {
    /// Whether the grantee is everybody: the groups `AllUsers` and `AuthenticatedUsers`.
    pub fn is_public(&self) -> bool {
        matches!(self, Self::Group(uri) if uri.ends_with("/global/AllUsers") || uri.ends_with("/global/AuthenticatedUsers"))
    }
}

/// A permission of an access control list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Permission {
    /// Everything below.
    FullControl,
    /// List (bucket) or get (object).
    Read,
    /// Create and delete objects.
    Write,
    /// Read the list itself.
    ReadAcp,
    /// Write the list itself.
    WriteAcp,
}

/// One grant of an access control list.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AclGrant {
    /// Who.
    pub grantee: Grantee,
    /// What.
    pub permission: Permission,
}

/// S3 Object Ownership.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
pub enum ObjectOwnership {
    /// Access control lists are off.
    BucketOwnerEnforced,
    /// The bucket's owner owns what is uploaded with `bucket-owner-full-control`.
    BucketOwnerPreferred,
    /// Whoever uploads an object owns it.
    ObjectWriter,
}

/// How new objects are encrypted when a request says nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
pub enum EncryptionType {
    /// SSE-S3.
    #[serde(rename = "AES256")]
    Aes256,
    /// SSE-KMS.
    #[serde(rename = "aws:kms")]
    Kms,
    /// DSSE-KMS.
    #[serde(rename = "aws:kms:dsse")]
    KmsDsse,
}

/// A bucket's default encryption.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Encryption {
    /// The kind.
    #[serde(rename = "encryptionType")]
    pub kind: EncryptionType,
    /// The KMS key, where one is named.
    pub kms_key: Option<String>,
    /// Whether S3 Bucket Keys are on.
    pub bucket_key: bool,
}

impl Encryption {
    /// With this key of AWS KMS, or without one with a key that Amazon S3 manages.
    pub fn with(kms_key: Option<String>) -> Self {
        let kind = if kms_key.is_some() { EncryptionType::Kms } else { EncryptionType::Aes256 };
        Self { kind, bucket_key: kms_key.is_some(), kms_key }
    }
}

/// A bucket's versioning state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Versioning {
    /// It was never enabled.
    Unversioned,
    /// Every write makes a version.
    Enabled,
    /// Versions that exist stay; new writes replace.
    Suspended,
}

/// A bucket's settings as they were read at one moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BucketSnapshot {
    /// The bucket's name.
    pub bucket: String,
    /// Its Region.
    pub region: String,
    /// `aws`, `aws-cn` or `aws-us-gov`.
    pub partition: String,
    /// The owner's account id, where it is known.
    pub account_id: Option<String>,
    /// When the settings were read.
    pub read_at: Timestamp,
    /// Block Public Access of the account; `None` inside means that there is no configuration.
    pub account_block: Read<Option<PublicAccessBlock>>,
    /// Block Public Access of the bucket.
    pub bucket_block: Read<Option<PublicAccessBlock>>,
    /// The bucket policy's JSON text; `None` inside means that there is none.
    pub policy: Read<Option<String>>,
    /// What S3 itself says of the policy (`GetBucketPolicyStatus`); `false` without a policy.
    pub policy_is_public: Read<bool>,
    /// The canonical user id of the bucket's owner.
    pub owner_id: Read<String>,
    /// The grants of the bucket's access control list.
    pub acl: Read<Vec<AclGrant>>,
    /// Object Ownership; `None` inside means no configuration, which works like `ObjectWriter`.
    pub ownership: Read<Option<ObjectOwnership>>,
    /// Default encryption; `None` inside means that none is configured.
    pub encryption: Read<Option<Encryption>>,
    /// Versioning.
    pub versioning: Read<Versioning>,
}
