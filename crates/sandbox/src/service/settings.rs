//! Settings of buckets: Block Public Access, policy, ownership, and those that are never set.

use http::StatusCode;
use s3s::dto::*;
use s3s::{S3Request, S3Response, S3Result, s3_error};

use super::Service;
use crate::answer::{custom, store_error};
use crate::policy;
use crate::record::{self, Ownership};

impl Service {
    pub(super) async fn public_access_block(
        &self,
        request: S3Request<GetPublicAccessBlockInput>,
    ) -> S3Result<S3Response<GetPublicAccessBlockOutput>> {
        let (bucket, _) = self.bucket(&request.input.bucket).await?;
        let block = bucket.settings.public_access_block.ok_or_else(no_public_access_block)?;
        Ok(S3Response::new(GetPublicAccessBlockOutput {
            public_access_block_configuration: Some(PublicAccessBlockConfiguration {
                block_public_acls: Some(block.block_public_acls),
                block_public_policy: Some(block.block_public_policy),
                ignore_public_acls: Some(block.ignore_public_acls),
                restrict_public_buckets: Some(block.restrict_public_buckets),
            }),
        }))
    }

    pub(super) async fn set_public_access_block(
        &self,
        request: S3Request<PutPublicAccessBlockInput>,
    ) -> S3Result<S3Response<PutPublicAccessBlockOutput>> {
        let flags = request.input.public_access_block_configuration;
        let block = record::PublicAccessBlock {
            block_public_acls: flags.block_public_acls.unwrap_or_default(),
            ignore_public_acls: flags.ignore_public_acls.unwrap_or_default(),
            block_public_policy: flags.block_public_policy.unwrap_or_default(),
            restrict_public_buckets: flags.restrict_public_buckets.unwrap_or_default(),
        };
        self.change(&request.input.bucket, move |bucket| {
            bucket.settings.public_access_block = Some(block);
            Ok(())
        })
        .await?;
        Ok(S3Response::new(PutPublicAccessBlockOutput {}))
    }

    pub(super) async fn remove_public_access_block(
        &self,
        request: S3Request<DeletePublicAccessBlockInput>,
    ) -> S3Result<S3Response<DeletePublicAccessBlockOutput>> {
        self.change(&request.input.bucket, |bucket| {
            bucket.settings.public_access_block = None;
            Ok(())
        })
        .await?;
        Ok(S3Response::new(DeletePublicAccessBlockOutput {}))
    }

    pub(super) async fn policy(
        &self,
        request: S3Request<GetBucketPolicyInput>,
    ) -> S3Result<S3Response<GetBucketPolicyOutput>> {
        let (bucket, _) = self.bucket(&request.input.bucket).await?;
        let policy = bucket.settings.policy.ok_or_else(no_policy)?;
        Ok(S3Response::new(GetBucketPolicyOutput { policy: Some(policy) }))
    }

    pub(super) async fn policy_status(
        &self,
        request: S3Request<GetBucketPolicyStatusInput>,
    ) -> S3Result<S3Response<GetBucketPolicyStatusOutput>> {
        let (bucket, _) = self.bucket(&request.input.bucket).await?;
        let text = bucket.settings.policy.ok_or_else(no_policy)?;
        let policy = policy::parse(&text, &bucket.name)
            .map_err(|error| s3_error!(error, InternalError, "The stored policy is damaged"))?;
        let is_public = Some(policy::is_public(&policy));
        Ok(S3Response::new(GetBucketPolicyStatusOutput { policy_status: Some(PolicyStatus { is_public }) }))
    }

    pub(super) async fn set_policy(
        &self,
        request: S3Request<PutBucketPolicyInput>,
    ) -> S3Result<S3Response<PutBucketPolicyOutput>> {
        let PutBucketPolicyInput { bucket, policy: text, .. } = request.input;
        let policy = policy::parse(&text, &bucket).map_err(|error| s3_error!(MalformedPolicy, "{error}"))?;
        let account = self.store.account_block().await.map_err(store_error)?.unwrap_or_default();
        let public = policy::is_public(&policy);
        self.change(&bucket, move |bucket| {
            let block = account.or(bucket.settings.public_access_block.unwrap_or_default());
            if public && block.block_public_policy {
                return Err(s3_error!(
                    AccessDenied,
                    "Access Denied: public policies are prevented by the BlockPublicPolicy setting \
                     in S3 Block Public Access."
                ));
            }
            bucket.settings.policy = Some(text);
            Ok(())
        })
        .await?;
        Ok(S3Response::new(PutBucketPolicyOutput {}))
    }

    pub(super) async fn remove_policy(
        &self,
        request: S3Request<DeleteBucketPolicyInput>,
    ) -> S3Result<S3Response<DeleteBucketPolicyOutput>> {
        self.change(&request.input.bucket, |bucket| {
            bucket.settings.policy = None;
            Ok(())
        })
        .await?;
        Ok(S3Response::new(DeleteBucketPolicyOutput {}))
    }

    pub(super) async fn ownership(
        &self,
        request: S3Request<GetBucketOwnershipControlsInput>,
    ) -> S3Result<S3Response<GetBucketOwnershipControlsOutput>> {
        let (bucket, _) = self.bucket(&request.input.bucket).await?;
        let ownership = bucket
            .settings
            .ownership
            .ok_or_else(|| s3_error!(OwnershipControlsNotFoundError, "The bucket ownership controls were not found"))?;
        let object_ownership = ObjectOwnership::from_static(ownership.as_str());
        Ok(S3Response::new(GetBucketOwnershipControlsOutput {
            ownership_controls: Some(OwnershipControls { rules: vec![OwnershipControlsRule { object_ownership }] }),
        }))
    }

    pub(super) async fn set_ownership(
        &self,
        request: S3Request<PutBucketOwnershipControlsInput>,
    ) -> S3Result<S3Response<PutBucketOwnershipControlsOutput>> {
        let rules = request.input.ownership_controls.rules;
        let ownership = match rules.as_slice() {
            [rule] => Ownership::parse(rule.object_ownership.as_str()),
            _ => None,
        };
        let ownership = ownership.ok_or_else(|| {
            s3_error!(
                MalformedXML,
                "The XML you provided was not well-formed or did not validate against our \
                 published schema"
            )
        })?;
        let account_id = self.account_id.clone();
        self.change(&request.input.bucket, move |bucket| {
            let enforced = ownership == Ownership::BucketOwnerEnforced;
            if enforced && !bucket.settings.acl.is_owners_alone(&account_id) {
                return Err(s3_error!(
                    InvalidBucketAclWithObjectOwnership,
                    "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting"
                ));
            }
            bucket.settings.ownership = Some(ownership);
            Ok(())
        })
        .await?;
        Ok(S3Response::new(PutBucketOwnershipControlsOutput {}))
    }

    pub(super) async fn remove_ownership(
        &self,
        request: S3Request<DeleteBucketOwnershipControlsInput>,
    ) -> S3Result<S3Response<DeleteBucketOwnershipControlsOutput>> {
        self.change(&request.input.bucket, |bucket| {
            bucket.settings.ownership = None;
            Ok(())
        })
        .await?;
        Ok(S3Response::new(DeleteBucketOwnershipControlsOutput {}))
    }

    pub(super) async fn lifecycle(
        &self,
        request: S3Request<GetBucketLifecycleConfigurationInput>,
    ) -> S3Result<S3Response<GetBucketLifecycleConfigurationOutput>> {
        self.bucket(&request.input.bucket).await?;
        Err(s3_error!(NoSuchLifecycleConfiguration, "The lifecycle configuration does not exist"))
    }

    pub(super) async fn cors(
        &self,
        request: S3Request<GetBucketCorsInput>,
    ) -> S3Result<S3Response<GetBucketCorsOutput>> {
        self.bucket(&request.input.bucket).await?;
        Err(s3_error!(NoSuchCORSConfiguration, "The CORS configuration does not exist"))
    }

    pub(super) async fn website(
        &self,
        request: S3Request<GetBucketWebsiteInput>,
    ) -> S3Result<S3Response<GetBucketWebsiteOutput>> {
        self.bucket(&request.input.bucket).await?;
        Err(s3_error!(NoSuchWebsiteConfiguration, "The specified bucket does not have a website configuration"))
    }

    pub(super) async fn object_lock(
        &self,
        request: S3Request<GetObjectLockConfigurationInput>,
    ) -> S3Result<S3Response<GetObjectLockConfigurationOutput>> {
        self.bucket(&request.input.bucket).await?;
        Err(s3_error!(ObjectLockConfigurationNotFoundError, "Object Lock configuration does not exist for this bucket"))
    }

    pub(super) async fn replication(
        &self,
        request: S3Request<GetBucketReplicationInput>,
    ) -> S3Result<S3Response<GetBucketReplicationOutput>> {
        self.bucket(&request.input.bucket).await?;
        Err(custom(
            "ReplicationConfigurationNotFoundError",
            StatusCode::NOT_FOUND,
            "The replication configuration was not found",
        ))
    }

    pub(super) async fn logging(
        &self,
        request: S3Request<GetBucketLoggingInput>,
    ) -> S3Result<S3Response<GetBucketLoggingOutput>> {
        self.bucket(&request.input.bucket).await?;
        Ok(S3Response::new(GetBucketLoggingOutput::default()))
    }

    pub(super) async fn notifications(
        &self,
        request: S3Request<GetBucketNotificationConfigurationInput>,
    ) -> S3Result<S3Response<GetBucketNotificationConfigurationOutput>> {
        self.bucket(&request.input.bucket).await?;
        Ok(S3Response::new(GetBucketNotificationConfigurationOutput::default()))
    }
}

/// What S3 answers where no flag was ever set; every flag then counts as off.
pub(crate) fn no_public_access_block() -> s3s::S3Error {
    custom(
        "NoSuchPublicAccessBlockConfiguration",
        StatusCode::NOT_FOUND,
        "The public access block configuration was not found",
    )
}

fn no_policy() -> s3s::S3Error {
    s3_error!(NoSuchBucketPolicy, "The bucket policy does not exist")
}
