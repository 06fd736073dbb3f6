//! A bucket's settings, one at a time: read, and written.

use std::error::Error;

use aws_sdk_s3::types as sdk;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use pillbox_model::{
    AclGrant, Encryption, EncryptionType, ErrorCode, Failure, Grantee, ObjectOwnership, Permission, PublicAccessBlock,
    SettingState, Versioning,
};

use crate::Client;
use crate::errors::{failure, refusal};

/// The permissions that reading needs (Service Authorization Reference, Amazon S3), which are not always named
/// like the calls.
pub(crate) mod permission {
    pub(crate) const PUBLIC_ACCESS_BLOCK: &str = "s3:GetBucketPublicAccessBlock";
    pub(crate) const ACCOUNT_PUBLIC_ACCESS_BLOCK: &str = "s3:GetAccountPublicAccessBlock";
    pub(crate) const POLICY: &str = "s3:GetBucketPolicy";
    pub(crate) const POLICY_STATUS: &str = "s3:GetBucketPolicyStatus";
    pub(crate) const ACL: &str = "s3:GetBucketAcl";
    pub(crate) const OWNERSHIP: &str = "s3:GetBucketOwnershipControls";
    pub(crate) const ENCRYPTION: &str = "s3:GetEncryptionConfiguration";
    pub(crate) const VERSIONING: &str = "s3:GetBucketVersioning";
}

/// A bucket's access control list.
#[derive(Debug, Clone)]
pub(crate) struct Acl {
    pub(crate) owner_id: String,
    pub(crate) grants: Vec<AclGrant>,
}

impl Client {
    /// The same setting as `like`, as it is at this moment. Fails with `AccessDenied` about the permission that
    /// is missing, `NotSupported` where the store does not know the setting, and what any call may meet.
    pub async fn read_setting(&self, bucket: &str, like: &SettingState) -> Result<SettingState, Failure> {
        Ok(match like {
            SettingState::BucketPublicAccessBlock(_) => {
                SettingState::BucketPublicAccessBlock(self.public_access_block(bucket).await?)
            }
            SettingState::BucketAcl(_) => SettingState::BucketAcl(self.acl(bucket).await?.grants),
            SettingState::OwnershipControls(_) => SettingState::OwnershipControls(self.ownership(bucket).await?),
            SettingState::BucketPolicy(_) => SettingState::BucketPolicy(self.policy(bucket).await?),
        })
    }

    /// Brings a setting into this state; `None` removes the configuration. An access control list is written
    /// whole, with the owner that the bucket has.
    ///
    /// `AccessDenied` about the permission that is missing; `ManagedByOrganisation` when S3 says that a policy of
    /// the organisation denies it; `ServiceError` about S3's own code when S3 refuses the state itself.
    pub async fn write_setting(&self, bucket: &str, state: &SettingState) -> Result<(), Failure> {
        match state {
            SettingState::BucketPublicAccessBlock(block) => self.write_public_access_block(bucket, block, state).await,
            SettingState::BucketAcl(grants) => self.write_acl(bucket, grants, state).await,
            SettingState::OwnershipControls(ownership) => self.write_ownership(bucket, ownership, state).await,
            SettingState::BucketPolicy(policy) => self.write_policy(bucket, policy, state).await,
        }
    }

    pub(crate) async fn public_access_block(&self, bucket: &str) -> Result<Option<PublicAccessBlock>, Failure> {
        let call = self.call(permission::PUBLIC_ACCESS_BLOCK, bucket);
        let answer =
            self.s3().get_public_access_block().bucket(bucket).set_expected_bucket_owner(self.owner()).send().await;
        match answer {
            Ok(answer) => Ok(answer.public_access_block_configuration.as_ref().map(flags)),
            Err(error) if says(&error, "NoSuchPublicAccessBlockConfiguration") => Ok(None),
            Err(error) => Err(failure(&error, call)),
        }
    }

    pub(crate) async fn policy(&self, bucket: &str) -> Result<Option<String>, Failure> {
        let call = self.call(permission::POLICY, bucket);
        match self.s3().get_bucket_policy().bucket(bucket).set_expected_bucket_owner(self.owner()).send().await {
            Ok(answer) => Ok(answer.policy.filter(|policy| !policy.trim().is_empty())),
            Err(error) if says(&error, "NoSuchBucketPolicy") => Ok(None),
            Err(error) => Err(failure(&error, call)),
        }
    }

    pub(crate) async fn policy_is_public(&self, bucket: &str) -> Result<bool, Failure> {
        let call = self.call(permission::POLICY_STATUS, bucket);
        match self.s3().get_bucket_policy_status().bucket(bucket).set_expected_bucket_owner(self.owner()).send().await {
            Ok(answer) => answer
                .policy_status
                .and_then(|status| status.is_public)
                .ok_or_else(|| Failure::about(ErrorCode::ServiceError, permission::POLICY_STATUS)),
            Err(error) if says(&error, "NoSuchBucketPolicy") => Ok(false),
            Err(error) => Err(failure(&error, call)),
        }
    }

    pub(crate) async fn acl(&self, bucket: &str) -> Result<Acl, Failure> {
        let answer = self
            .s3()
            .get_bucket_acl()
            .bucket(bucket)
            .set_expected_bucket_owner(self.owner())
            .send()
            .await
            .map_err(|error| failure(&error, self.call(permission::ACL, bucket)))?;
        let not_understood = || Failure::about(ErrorCode::ServiceError, permission::ACL);
        let owner_id = answer.owner.and_then(|owner| owner.id).ok_or_else(not_understood)?;
        let grants = answer.grants.unwrap_or_default().iter().map(grant).collect::<Option<_>>();
        Ok(Acl { owner_id, grants: grants.ok_or_else(not_understood)? })
    }

    pub(crate) async fn ownership(&self, bucket: &str) -> Result<Option<ObjectOwnership>, Failure> {
        let call = self.call(permission::OWNERSHIP, bucket);
        let answer =
            self.s3().get_bucket_ownership_controls().bucket(bucket).set_expected_bucket_owner(self.owner()).send();
        match answer.await {
            Ok(answer) => {
                let rules = answer.ownership_controls.map(|controls| controls.rules).unwrap_or_default();
                rules.first().map(|rule| ownership(&rule.object_ownership)).transpose()
            }
            Err(error) if says(&error, "OwnershipControlsNotFoundError") => Ok(None),
            Err(error) => Err(failure(&error, call)),
        }
    }

    pub(crate) async fn encryption(&self, bucket: &str) -> Result<Option<Encryption>, Failure> {
        let call = self.call(permission::ENCRYPTION, bucket);
        match self.s3().get_bucket_encryption().bucket(bucket).set_expected_bucket_owner(self.owner()).send().await {
            Ok(answer) => {
                let rules = answer.server_side_encryption_configuration.map(|all| all.rules).unwrap_or_default();
                rules.iter().find_map(encryption).transpose()
            }
            Err(error) if says(&error, "ServerSideEncryptionConfigurationNotFoundError") => Ok(None),
            Err(error) => Err(failure(&error, call)),
        }
    }

    /// Whether the bucket keeps versions. Fails with `AccessDenied` about `s3:GetBucketVersioning`.
    pub async fn versioning(&self, bucket: &str) -> Result<Versioning, Failure> {
        let answer = self
            .s3()
            .get_bucket_versioning()
            .bucket(bucket)
            .set_expected_bucket_owner(self.owner())
            .send()
            .await
            .map_err(|error| failure(&error, self.call(permission::VERSIONING, bucket)))?;
        match answer.status {
            None => Ok(Versioning::Unversioned),
            Some(sdk::BucketVersioningStatus::Enabled) => Ok(Versioning::Enabled),
            Some(sdk::BucketVersioningStatus::Suspended) => Ok(Versioning::Suspended),
            Some(_) => Err(Failure::about(ErrorCode::ServiceError, permission::VERSIONING)),
        }
    }

    async fn write_public_access_block(
        &self,
        bucket: &str,
        block: &Option<PublicAccessBlock>,
        state: &SettingState,
    ) -> Result<(), Failure> {
        let owner = self.owner();
        match block {
            Some(block) => {
                let flags = sdk::PublicAccessBlockConfiguration::builder()
                    .block_public_acls(block.block_public_acls)
                    .ignore_public_acls(block.ignore_public_acls)
                    .block_public_policy(block.block_public_policy)
                    .restrict_public_buckets(block.restrict_public_buckets)
                    .build();
                let put = self.s3().put_public_access_block().bucket(bucket).set_expected_bucket_owner(owner);
                let put = put.public_access_block_configuration(flags);
                self.written(put.send().await.map(drop), bucket, state)
            }
            None => {
                let delete = self.s3().delete_public_access_block().bucket(bucket).set_expected_bucket_owner(owner);
                self.written(delete.send().await.map(drop), bucket, state)
            }
        }
    }

    async fn write_acl(&self, bucket: &str, grants: &[AclGrant], state: &SettingState) -> Result<(), Failure> {
        let owner_id = self.acl(bucket).await?.owner_id;
        let policy = sdk::AccessControlPolicy::builder()
            .owner(sdk::Owner::builder().id(owner_id).build())
            .set_grants(Some(grants.iter().map(sdk_grant).collect::<Result<_, _>>()?))
            .build();
        let put = self.s3().put_bucket_acl().bucket(bucket).set_expected_bucket_owner(self.owner());
        self.written(put.access_control_policy(policy).send().await.map(drop), bucket, state)
    }

    async fn write_ownership(
        &self,
        bucket: &str,
        ownership: &Option<ObjectOwnership>,
        state: &SettingState,
    ) -> Result<(), Failure> {
        let owner = self.owner();
        match ownership {
            Some(ownership) => {
                let rule = sdk::OwnershipControlsRule::builder().object_ownership(sdk_ownership(*ownership)).build();
                let controls = rule.and_then(|rule| sdk::OwnershipControls::builder().rules(rule).build());
                let controls = controls.map_err(|_| Failure::new(ErrorCode::Internal))?;
                let put = self.s3().put_bucket_ownership_controls().bucket(bucket).set_expected_bucket_owner(owner);
                self.written(put.ownership_controls(controls).send().await.map(drop), bucket, state)
            }
            None => {
                let delete =
                    self.s3().delete_bucket_ownership_controls().bucket(bucket).set_expected_bucket_owner(owner);
                self.written(delete.send().await.map(drop), bucket, state)
            }
        }
    }

    async fn write_policy(&self, bucket: &str, policy: &Option<String>, state: &SettingState) -> Result<(), Failure> {
        let owner = self.owner();
        match policy {
            Some(policy) => {
                let put = self.s3().put_bucket_policy().bucket(bucket).set_expected_bucket_owner(owner).policy(policy);
                self.written(put.send().await.map(drop), bucket, state)
            }
            None => {
                let delete = self.s3().delete_bucket_policy().bucket(bucket).set_expected_bucket_owner(owner);
                self.written(delete.send().await.map(drop), bucket, state)
            }
        }
    }

    fn written<E>(
        &self,
        answer: Result<(), SdkError<E, HttpResponse>>,
        bucket: &str,
        state: &SettingState,
    ) -> Result<(), Failure>
    where
        E: ProvideErrorMetadata + Error + 'static,
    {
        answer.map_err(|error| failure(&error, self.call(state.write_permission(), bucket)))
    }
}

pub(crate) fn says<E: ProvideErrorMetadata>(error: &SdkError<E, HttpResponse>, code: &str) -> bool {
    refusal(error).and_then(|answer| answer.code) == Some(code)
}

/// A flag that S3 leaves out is off.
fn flags(configuration: &sdk::PublicAccessBlockConfiguration) -> PublicAccessBlock {
    PublicAccessBlock {
        block_public_acls: configuration.block_public_acls.unwrap_or(false),
        ignore_public_acls: configuration.ignore_public_acls.unwrap_or(false),
        block_public_policy: configuration.block_public_policy.unwrap_or(false),
        restrict_public_buckets: configuration.restrict_public_buckets.unwrap_or(false),
    }
}

pub(crate) fn grant(grant: &sdk::Grant) -> Option<AclGrant> {
    let who = grant.grantee.as_ref()?;
    let grantee = match (&who.uri, &who.id, &who.email_address) {
        (Some(uri), _, _) => Grantee::Group(uri.clone()),
        (None, Some(id), _) => Grantee::CanonicalUser(id.clone()),
        (None, None, Some(email)) => Grantee::Email(email.clone()),
        (None, None, None) => return None,
    };
    let permission = match grant.permission.as_ref()? {
        sdk::Permission::FullControl => Permission::FullControl,
        sdk::Permission::Read => Permission::Read,
        sdk::Permission::Write => Permission::Write,
        sdk::Permission::ReadAcp => Permission::ReadAcp,
        sdk::Permission::WriteAcp => Permission::WriteAcp,
        _ => return None,
    };
    Some(AclGrant { grantee, permission })
}

pub(crate) fn sdk_grant(grant: &AclGrant) -> Result<sdk::Grant, Failure> {
    let who = match &grant.grantee {
        Grantee::CanonicalUser(id) => sdk::Grantee::builder().r#type(sdk::Type::CanonicalUser).id(id),
        Grantee::Group(uri) => sdk::Grantee::builder().r#type(sdk::Type::Group).uri(uri),
        Grantee::Email(email) => sdk::Grantee::builder().r#type(sdk::Type::AmazonCustomerByEmail).email_address(email),
    };
    let permission = match grant.permission {
        Permission::FullControl => sdk::Permission::FullControl,
        Permission::Read => sdk::Permission::Read,
        Permission::Write => sdk::Permission::Write,
        Permission::ReadAcp => sdk::Permission::ReadAcp,
        Permission::WriteAcp => sdk::Permission::WriteAcp,
    };
    let who = who.build().map_err(|_| Failure::new(ErrorCode::Internal))?;
    Ok(sdk::Grant::builder().grantee(who).permission(permission).build())
}

fn ownership(ownership: &sdk::ObjectOwnership) -> Result<ObjectOwnership, Failure> {
    match ownership {
        sdk::ObjectOwnership::BucketOwnerEnforced => Ok(ObjectOwnership::BucketOwnerEnforced),
        sdk::ObjectOwnership::BucketOwnerPreferred => Ok(ObjectOwnership::BucketOwnerPreferred),
        sdk::ObjectOwnership::ObjectWriter => Ok(ObjectOwnership::ObjectWriter),
        _ => Err(Failure::about(ErrorCode::ServiceError, permission::OWNERSHIP)),
    }
}

fn sdk_ownership(ownership: ObjectOwnership) -> sdk::ObjectOwnership {
    match ownership {
        ObjectOwnership::BucketOwnerEnforced => sdk::ObjectOwnership::BucketOwnerEnforced,
        ObjectOwnership::BucketOwnerPreferred => sdk::ObjectOwnership::BucketOwnerPreferred,
        ObjectOwnership::ObjectWriter => sdk::ObjectOwnership::ObjectWriter,
    }
}

/// The default encryption of a rule; `None` for a rule that says nothing of it.
fn encryption(rule: &sdk::ServerSideEncryptionRule) -> Option<Result<Encryption, Failure>> {
    let default = rule.apply_server_side_encryption_by_default.as_ref()?;
    let kind = match default.sse_algorithm {
        sdk::ServerSideEncryption::Aes256 => EncryptionType::Aes256,
        sdk::ServerSideEncryption::AwsKms => EncryptionType::Kms,
        sdk::ServerSideEncryption::AwsKmsDsse => EncryptionType::KmsDsse,
        _ => return Some(Err(Failure::about(ErrorCode::ServiceError, permission::ENCRYPTION))),
    };
    Some(Ok(Encryption {
        kind,
        kms_key: default.kms_master_key_id.clone(),
        bucket_key: rule.bucket_key_enabled.unwrap_or(false),
    }))
}
