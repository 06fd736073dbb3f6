//! From an operation to the permission it needs: in policies, and in access control lists.
//!
//! Source: Service Authorization Reference, "Actions, resources, and condition keys for Amazon
//! S3", and the user guide's mapping of ACL permissions.

use http::Uri;

use crate::form::query_value;

/// A permission, by its name in policies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Action(&'static str);

/// The grant of an access control list that gives an action.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AclRight {
    BucketRead,
    BucketWrite,
    BucketReadAcp,
    BucketWriteAcp,
    ObjectRead,
    ObjectReadAcp,
    ObjectWriteAcp,
}

impl Action {
    pub(crate) const LIST_BUCKET: Self = Self("s3:ListBucket");
    pub(crate) const GET_OBJECT: Self = Self("s3:GetObject");
    pub(crate) const GET_OBJECT_VERSION: Self = Self("s3:GetObjectVersion");
    pub(crate) const DELETE_OBJECT: Self = Self("s3:DeleteObject");
    pub(crate) const DELETE_OBJECT_VERSION: Self = Self("s3:DeleteObjectVersion");

    pub(crate) fn name(self) -> &'static str {
        self.0
    }

    pub(crate) fn is(self, name: &str) -> bool {
        self.0 == name
    }

    /// The permission that an operation needs. What the sandbox does not serve asks for a
    /// permission that only the owner has.
    pub(crate) fn of_operation(operation: &str, uri: &Uri) -> Self {
        let version = query_value(uri, "versionId").is_some();
        Self(match (operation, version) {
            ("GetObject" | "HeadObject", false) => "s3:GetObject",
            ("GetObject" | "HeadObject", true) => "s3:GetObjectVersion",
            ("GetObjectAttributes", false) => "s3:GetObjectAttributes",
            ("GetObjectAttributes", true) => "s3:GetObjectVersionAttributes",
            ("GetObjectAcl", false) => "s3:GetObjectAcl",
            ("GetObjectAcl", true) => "s3:GetObjectVersionAcl",
            ("PutObjectAcl", false) => "s3:PutObjectAcl",
            ("PutObjectAcl", true) => "s3:PutObjectVersionAcl",
            ("GetObjectTagging", false) => "s3:GetObjectTagging",
            ("GetObjectTagging", true) => "s3:GetObjectVersionTagging",
            ("PutObjectTagging", false) => "s3:PutObjectTagging",
            ("PutObjectTagging", true) => "s3:PutObjectVersionTagging",
            ("DeleteObjectTagging", false) => "s3:DeleteObjectTagging",
            ("DeleteObjectTagging", true) => "s3:DeleteObjectVersionTagging",
            ("DeleteObject", false) => "s3:DeleteObject",
            ("DeleteObject", true) => "s3:DeleteObjectVersion",
            (operation, _) => Self::of_unversioned(operation),
        })
    }

    fn of_unversioned(operation: &str) -> &'static str {
        match operation {
            "PutObject"
            | "CopyObject"
            | "CreateMultipartUpload"
            | "UploadPart"
            | "UploadPartCopy"
            | "CompleteMultipartUpload"
            | "PostObject" => "s3:PutObject",
            "AbortMultipartUpload" => "s3:AbortMultipartUpload",
            "ListParts" => "s3:ListMultipartUploadParts",
            "ListMultipartUploads" => "s3:ListBucketMultipartUploads",
            "ListObjects" | "ListObjectsV2" | "HeadBucket" => "s3:ListBucket",
            "ListObjectVersions" => "s3:ListBucketVersions",
            // Decided for each key by itself.
            "DeleteObjects" => "s3:DeleteObjects",
            "CreateBucket" => "s3:CreateBucket",
            "DeleteBucket" => "s3:DeleteBucket",
            "GetBucketLocation" => "s3:GetBucketLocation",
            "GetBucketAcl" => "s3:GetBucketAcl",
            "PutBucketAcl" => "s3:PutBucketAcl",
            "GetBucketPolicy" => "s3:GetBucketPolicy",
            "PutBucketPolicy" => "s3:PutBucketPolicy",
            "DeleteBucketPolicy" => "s3:DeleteBucketPolicy",
            "GetBucketPolicyStatus" => "s3:GetBucketPolicyStatus",
            "GetPublicAccessBlock" => "s3:GetBucketPublicAccessBlock",
            "PutPublicAccessBlock" | "DeletePublicAccessBlock" => "s3:PutBucketPublicAccessBlock",
            "GetBucketOwnershipControls" => "s3:GetBucketOwnershipControls",
            "PutBucketOwnershipControls" | "DeleteBucketOwnershipControls" => "s3:PutBucketOwnershipControls",
            "GetBucketEncryption" => "s3:GetEncryptionConfiguration",
            "PutBucketEncryption" | "DeleteBucketEncryption" => "s3:PutEncryptionConfiguration",
            "GetBucketTagging" => "s3:GetBucketTagging",
            "PutBucketTagging" | "DeleteBucketTagging" => "s3:PutBucketTagging",
            "GetBucketVersioning" => "s3:GetBucketVersioning",
            "PutBucketVersioning" => "s3:PutBucketVersioning",
            "GetBucketLifecycleConfiguration" => "s3:GetLifecycleConfiguration",
            "GetBucketLogging" => "s3:GetBucketLogging",
            "GetBucketCors" => "s3:GetBucketCORS",
            "GetBucketWebsite" => "s3:GetBucketWebsite",
            "GetBucketNotificationConfiguration" => "s3:GetBucketNotification",
            "GetBucketReplication" => "s3:GetReplicationConfiguration",
            "GetObjectLockConfiguration" => "s3:GetBucketObjectLockConfiguration",
            _ => "s3:NotServedByThisSandbox",
        }
    }

    pub(crate) fn reads_an_object(self) -> bool {
        matches!(self.0, "s3:GetObject" | "s3:GetObjectVersion")
    }

    /// The grant that gives this action; none where only policies can.
    pub(crate) fn acl_right(self) -> Option<AclRight> {
        Some(match self.0 {
            "s3:ListBucket" | "s3:ListBucketVersions" | "s3:ListBucketMultipartUploads" => AclRight::BucketRead,
            "s3:PutObject" | "s3:DeleteObject" => AclRight::BucketWrite,
            "s3:GetBucketAcl" => AclRight::BucketReadAcp,
            "s3:PutBucketAcl" => AclRight::BucketWriteAcp,
            "s3:GetObject" | "s3:GetObjectVersion" => AclRight::ObjectRead,
            "s3:GetObjectAcl" | "s3:GetObjectVersionAcl" => AclRight::ObjectReadAcp,
            "s3:PutObjectAcl" | "s3:PutObjectVersionAcl" => AclRight::ObjectWriteAcp,
            _ => return None,
        })
    }
}
