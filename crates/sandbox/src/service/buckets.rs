//! Buckets: create, delete, head, list, where they are.

use http::StatusCode;
use s3s::dto::*;
use s3s::{S3Request, S3Response, S3Result, s3_error};

use super::Service;
use crate::acl::{self, Requested};
use crate::answer::{custom, store_error};
use crate::clock;
use crate::record::{self, Acl, BucketSettings, Ownership, PublicAccessBlock, Versioning};

impl Service {
    pub(super) async fn create(
        &self,
        request: S3Request<CreateBucketInput>,
    ) -> S3Result<S3Response<CreateBucketOutput>> {
        let input = request.input;
        let constraint = input.create_bucket_configuration.and_then(|configuration| configuration.location_constraint);
        if constraint.is_some_and(|constraint| constraint.as_str() != self.region) {
            return Err(s3_error!(
                IllegalLocationConstraintException,
                "The location constraint is incompatible for the region specific endpoint this \
                 request was sent to."
            ));
        }
        if input.object_lock_enabled_for_bucket == Some(true) {
            return Err(s3_error!(NotImplemented, "Object Lock is not served by this sandbox"));
        }
        let ownership = match input.object_ownership {
            None => Ownership::BucketOwnerEnforced,
            Some(text) => Ownership::parse(text.as_str())
                .ok_or_else(|| s3_error!(InvalidArgument, "Invalid x-amz-object-ownership header"))?,
        };
        let requested = Requested {
            canned: input.acl.as_ref().map(BucketCannedACL::as_str),
            full_control: input.grant_full_control.as_deref(),
            read: input.grant_read.as_deref(),
            read_acp: input.grant_read_acp.as_deref(),
            write: input.grant_write.as_deref(),
            write_acp: input.grant_write_acp.as_deref(),
            ..Requested::default()
        };
        let acl = self.acl_of_new_bucket(requested.parse(&self.account_id)?, ownership)?;
        let bucket = record::Bucket {
            name: input.bucket.clone(),
            created: clock::now(),
            versioning: None,
            settings: BucketSettings {
                acl,
                ownership: Some(ownership),
                // Since April 2023 new buckets begin with all four flags on.
                public_access_block: Some(PublicAccessBlock::ALL),
                ..BucketSettings::default()
            },
        };
        self.store.create_bucket(bucket).await.map_err(store_error)?;
        let location = Some(format!("/{}", input.bucket));
        Ok(S3Response::new(CreateBucketOutput { location }))
    }

    fn acl_of_new_bucket(&self, requested: Option<Acl>, ownership: Ownership) -> S3Result<Acl> {
        let Some(acl) = requested else { return Ok(Acl::private(&self.account_id)) };
        if ownership == Ownership::BucketOwnerEnforced && !acl.is_owners_alone(&self.account_id) {
            return Err(s3_error!(
                InvalidBucketAclWithObjectOwnership,
                "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting"
            ));
        }
        if acl.is_public() {
            return Err(custom(
                "InvalidBucketAclWithBlockPublicAccessError",
                StatusCode::BAD_REQUEST,
                "Bucket cannot have public ACLs set with BlockPublicAccess enabled",
            ));
        }
        Ok(acl)
    }

    pub(super) async fn remove(
        &self,
        request: S3Request<DeleteBucketInput>,
    ) -> S3Result<S3Response<DeleteBucketOutput>> {
        self.store.delete_bucket(request.input.bucket).await.map_err(store_error)?;
        Ok(S3Response::new(DeleteBucketOutput {}))
    }

    pub(super) async fn head(&self, request: S3Request<HeadBucketInput>) -> S3Result<S3Response<HeadBucketOutput>> {
        self.bucket(&request.input.bucket).await?;
        Ok(S3Response::new(HeadBucketOutput {
            bucket_region: Some(self.region.clone()),
            ..HeadBucketOutput::default()
        }))
    }

    pub(super) async fn location(
        &self,
        request: S3Request<GetBucketLocationInput>,
    ) -> S3Result<S3Response<GetBucketLocationOutput>> {
        self.bucket(&request.input.bucket).await?;
        // us-east-1 is the region without a name here.
        let location_constraint =
            (self.region != "us-east-1").then(|| BucketLocationConstraint::from(self.region.clone()));
        Ok(S3Response::new(GetBucketLocationOutput { location_constraint }))
    }

    pub(super) async fn buckets(
        &self,
        request: S3Request<ListBucketsInput>,
    ) -> S3Result<S3Response<ListBucketsOutput>> {
        let input = request.input;
        let limit = input.max_buckets.and_then(|max| usize::try_from(max).ok()).unwrap_or(10_000);
        let prefix = input.prefix.clone().unwrap_or_default();
        let after = input.continuation_token.unwrap_or_default();
        let elsewhere = input.bucket_region.is_some_and(|region| region != self.region);
        let mut buckets: Vec<Bucket> = self
            .store
            .buckets()
            .await
            .map_err(store_error)?
            .into_iter()
            .filter(|one| !elsewhere && one.name.starts_with(&prefix) && one.name > after)
            .map(|one| Bucket {
                bucket_region: Some(self.region.clone()),
                creation_date: Some(clock::timestamp(one.created)),
                name: Some(one.name),
            })
            .collect();
        let more = buckets.len() > limit;
        buckets.truncate(limit);
        let continuation_token = if more { buckets.last().and_then(|last| last.name.clone()) } else { None };
        Ok(S3Response::new(ListBucketsOutput {
            buckets: Some(buckets),
            continuation_token,
            owner: Some(acl::owner(&self.account_id)),
            prefix: input.prefix,
        }))
    }

    pub(super) async fn versioning(
        &self,
        request: S3Request<GetBucketVersioningInput>,
    ) -> S3Result<S3Response<GetBucketVersioningOutput>> {
        let (bucket, _) = self.bucket(&request.input.bucket).await?;
        let status = bucket.versioning.map(|versioning| {
            BucketVersioningStatus::from_static(match versioning {
                Versioning::Enabled => BucketVersioningStatus::ENABLED,
                Versioning::Suspended => BucketVersioningStatus::SUSPENDED,
            })
        });
        Ok(S3Response::new(GetBucketVersioningOutput { status, ..GetBucketVersioningOutput::default() }))
    }

    pub(super) async fn set_versioning(
        &self,
        request: S3Request<PutBucketVersioningInput>,
    ) -> S3Result<S3Response<PutBucketVersioningOutput>> {
        let configuration = request.input.versioning_configuration;
        if configuration.mfa_delete.is_some_and(|mfa| mfa.as_str() == MFADelete::ENABLED) {
            return Err(s3_error!(NotImplemented, "MFA delete is not served by this sandbox"));
        }
        let versioning = match configuration.status.as_ref().map(BucketVersioningStatus::as_str) {
            Some(BucketVersioningStatus::ENABLED) => Versioning::Enabled,
            Some(BucketVersioningStatus::SUSPENDED) => Versioning::Suspended,
            _ => {
                return Err(s3_error!(
                    IllegalVersioningConfigurationException,
                    "The Versioning element must be specified"
                ));
            }
        };
        self.change(&request.input.bucket, move |bucket| {
            bucket.versioning = Some(versioning);
            Ok(())
        })
        .await?;
        Ok(S3Response::new(PutBucketVersioningOutput {}))
    }

    /// Changes a bucket in one transaction.
    pub(super) async fn change<T: Send + 'static>(
        &self,
        bucket: &str,
        change: impl FnOnce(&mut record::Bucket) -> S3Result<T> + Send + 'static,
    ) -> S3Result<T> {
        self.store.change_bucket(bucket, Box::new(change)).await.map_err(store_error)?
    }
}
