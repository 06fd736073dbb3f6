//! An object's access control list.

use aws_sdk_s3::types as sdk;
use pillbox_model::{AclGrant, ErrorCode, Failure};

use crate::Client;
use crate::errors::failure;
use crate::settings::{grant, sdk_grant};

const READ: &str = "s3:GetObjectAcl";

/// An object's access control list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ObjectAcl {
    /// The canonical user id of the object's owner.
    pub owner_id: String,
    /// Who may do what. While Block Public Access ignores public lists, S3 leaves public grants out here.
    pub grants: Vec<AclGrant>,
}

impl Client {
    /// The access control list of an object, or of one version of it.
    ///
    /// `NoSuchObject`; `AccessDenied` about `s3:GetObjectAcl`.
    pub async fn object_acl(&self, bucket: &str, key: &str, version: Option<&str>) -> Result<ObjectAcl, Failure> {
        let answer = self
            .s3()
            .get_object_acl()
            .bucket(bucket)
            .key(key)
            .set_version_id(version.map(str::to_owned))
            .set_expected_bucket_owner(self.owner())
            .send()
            .await
            .map_err(|error| failure(&error, self.call(READ, bucket)))?;
        let unclear = || Failure::about(ErrorCode::ServiceError, READ);
        let owner_id = answer.owner.and_then(|owner| owner.id).ok_or_else(unclear)?;
        let grants = answer.grants.unwrap_or_default().iter().map(grant).collect::<Option<_>>();
        Ok(ObjectAcl { owner_id, grants: grants.ok_or_else(unclear)? })
    }

    /// Writes the whole access control list.
    ///
    /// `NoSuchObject`; `AccessDenied` about `s3:PutObjectAcl`; `ServiceError` about
    /// `AccessControlListNotSupported` where Object Ownership has turned lists off.
    pub async fn set_object_acl(
        &self,
        bucket: &str,
        key: &str,
        version: Option<&str>,
        acl: &ObjectAcl,
    ) -> Result<(), Failure> {
        let policy = sdk::AccessControlPolicy::builder()
            .owner(sdk::Owner::builder().id(&acl.owner_id).build())
            .set_grants(Some(acl.grants.iter().map(sdk_grant).collect::<Result<_, _>>()?))
            .build();
        self.s3()
            .put_object_acl()
            .bucket(bucket)
            .key(key)
            .set_version_id(version.map(str::to_owned))
            .access_control_policy(policy)
            .set_expected_bucket_owner(self.owner())
            .send()
            .await
            .map_err(|error| failure(&error, self.call("s3:PutObjectAcl", bucket)))?;
        Ok(())
    }
}
