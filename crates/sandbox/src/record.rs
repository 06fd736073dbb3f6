//! What is kept about buckets and objects: plain data, stored as JSON columns.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// The four Block Public Access flags of a bucket or of the account.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct PublicAccessBlock {
    pub(crate) block_public_acls: bool,
    pub(crate) ignore_public_acls: bool,
    pub(crate) block_public_policy: bool,
    pub(crate) restrict_public_buckets: bool,
}

impl PublicAccessBlock {
    pub(crate) const ALL: Self = Self {
        block_public_acls: true,
        ignore_public_acls: true,
        block_public_policy: true,
        restrict_public_buckets: true,
    };

    /// The more restrictive of two levels, flag by flag: what S3 enforces.
    pub(crate) fn or(self, other: Self) -> Self {
        Self {
            block_public_acls: self.block_public_acls || other.block_public_acls,
            ignore_public_acls: self.ignore_public_acls || other.ignore_public_acls,
            block_public_policy: self.block_public_policy || other.block_public_policy,
            restrict_public_buckets: self.restrict_public_buckets || other.restrict_public_buckets,
        }
    }
}

/// Object Ownership of a bucket; a bucket without the setting behaves as `ObjectWriter`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Ownership {
    BucketOwnerEnforced,
    BucketOwnerPreferred,
    ObjectWriter,
}

impl Ownership {
    pub(crate) fn parse(text: &str) -> Option<Self> {
        match text {
            "BucketOwnerEnforced" => Some(Self::BucketOwnerEnforced),
            "BucketOwnerPreferred" => Some(Self::BucketOwnerPreferred),
            "ObjectWriter" => Some(Self::ObjectWriter),
            _ => None,
        }
    }

    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::BucketOwnerEnforced => "BucketOwnerEnforced",
            Self::BucketOwnerPreferred => "BucketOwnerPreferred",
            Self::ObjectWriter => "ObjectWriter",
        }
    }
}

/// Versioning of a bucket once it was set; it can never be unset again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Versioning {
    Enabled,
    Suspended,
}

/// Who a grant of an access control list is for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Grantee {
    /// A canonical user id.
    User(String),
    /// The URI of a predefined group.
    Group(String),
}

/// A permission of an access control list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum AclPermission {
    FullControl,
    Write,
    WriteAcp,
    Read,
    ReadAcp,
}

/// One grant of an access control list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct AclGrant {
    pub(crate) grantee: Grantee,
    pub(crate) permission: AclPermission,
}

/// An access control list; the owner is always the account.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Acl {
    pub(crate) grants: Vec<AclGrant>,
}

/// How objects are encrypted at rest, as told by requests and bucket defaults.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Encryption {
    /// `AES256`, `aws:kms` or `aws:kms:dsse`.
    pub(crate) algorithm: String,
    pub(crate) kms_key: Option<String>,
    pub(crate) bucket_key: Option<bool>,
}

impl Encryption {
    /// SSE-S3, which S3 applies to everything that asks for nothing else.
    pub(crate) fn sse_s3() -> Self {
        Self { algorithm: "AES256".to_owned(), kms_key: None, bucket_key: None }
    }
}

/// A bucket with all of its settings.
#[derive(Debug, Clone)]
pub(crate) struct Bucket {
    pub(crate) name: String,
    /// Milliseconds since 1970-01-01 UTC.
    pub(crate) created: i64,
    pub(crate) versioning: Option<Versioning>,
    pub(crate) settings: BucketSettings,
}

/// The settings of a bucket that are kept as one JSON column.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct BucketSettings {
    pub(crate) acl: Acl,
    pub(crate) ownership: Option<Ownership>,
    pub(crate) public_access_block: Option<PublicAccessBlock>,
    /// The policy's text, byte for byte as it was put.
    pub(crate) policy: Option<String>,
    pub(crate) encryption: Option<Encryption>,
    pub(crate) tags: Vec<(String, String)>,
}

impl Bucket {
    /// Whether access control lists are in use at all.
    pub(crate) fn acls_disabled(&self) -> bool {
        self.settings.ownership == Some(Ownership::BucketOwnerEnforced)
    }
}

/// Checksums as S3 shows them: base64, for multipart composites with `-PARTS`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Checksums {
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(crate) crc32: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(crate) crc32c: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(crate) crc64nvme: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(crate) sha1: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(crate) sha256: Option<String>,
    /// Whether these are checksums of the parts' checksums.
    #[serde(default)]
    pub(crate) composite: bool,
}

/// The headers that describe an object and come back with it.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Headers {
    pub(crate) content_type: Option<String>,
    pub(crate) cache_control: Option<String>,
    pub(crate) content_disposition: Option<String>,
    pub(crate) content_encoding: Option<String>,
    pub(crate) content_language: Option<String>,
    /// As an HTTP date.
    pub(crate) expires: Option<String>,
    pub(crate) website_redirect: Option<String>,
    pub(crate) storage_class: Option<String>,
    pub(crate) user: BTreeMap<String, String>,
}

/// One part of an object that was uploaded in parts.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct ObjectPart {
    pub(crate) number: i32,
    pub(crate) size: u64,
    pub(crate) checksums: Checksums,
}

/// What is kept about one version of an object beyond the columns that are searched.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct ObjectMeta {
    pub(crate) headers: Headers,
    pub(crate) checksums: Checksums,
    pub(crate) acl: Acl,
    pub(crate) tags: Vec<(String, String)>,
    pub(crate) encryption: Option<Encryption>,
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub(crate) parts: Vec<ObjectPart>,
}

/// One version of an object, or a delete marker.
#[derive(Debug, Clone)]
pub(crate) struct Object {
    /// Grows with every write; the greatest of a key is its latest version.
    pub(crate) sequence: i64,
    pub(crate) key: String,
    /// `null` where it was written while versioning was not enabled.
    pub(crate) version: String,
    pub(crate) latest: bool,
    pub(crate) delete_marker: bool,
    pub(crate) size: u64,
    /// Without quotes.
    pub(crate) etag: String,
    /// Milliseconds since 1970-01-01 UTC.
    pub(crate) modified: i64,
    pub(crate) meta: ObjectMeta,
}

/// The version id of what is written while versioning is not enabled.
pub(crate) const NULL_VERSION: &str = "null";
