//! Access control lists of buckets and objects.

use s3s::dto::*;
use s3s::{S3Request, S3Response, S3Result, s3_error};

use super::Service;
use crate::acl::{self, Requested};
use crate::answer::store_error;
use crate::record::Acl;

impl Service {
    pub(super) async fn bucket_acl(
        &self,
        request: S3Request<GetBucketAclInput>,
    ) -> S3Result<S3Response<GetBucketAclOutput>> {
        let (bucket, block) = self.bucket(&request.input.bucket).await?;
        let grants = acl::effective(&bucket.settings.acl, &bucket, block, &self.account_id);
        Ok(S3Response::new(GetBucketAclOutput { grants: Some(grants), owner: Some(acl::owner(&self.account_id)) }))
    }

    pub(super) async fn set_bucket_acl(
        &self,
        request: S3Request<PutBucketAclInput>,
    ) -> S3Result<S3Response<PutBucketAclOutput>> {
        let input = request.input;
        let requested = Requested {
            canned: input.acl.as_ref().map(BucketCannedACL::as_str),
            policy: input.access_control_policy,
            full_control: input.grant_full_control.as_deref(),
            read: input.grant_read.as_deref(),
            read_acp: input.grant_read_acp.as_deref(),
            write: input.grant_write.as_deref(),
            write_acp: input.grant_write_acp.as_deref(),
        };
        let requested = requested.parse(&self.account_id)?.ok_or_else(nothing_requested)?;
        let account = self.store.account_block().await.map_err(store_error)?.unwrap_or_default();
        let account_id = self.account_id.clone();
        self.change(&input.bucket, move |bucket| {
            let block = account.or(bucket.settings.public_access_block.unwrap_or_default());
            bucket.settings.acl = acl::accept(Some(requested), bucket, block, &account_id)?;
            Ok(())
        })
        .await?;
        Ok(S3Response::new(PutBucketAclOutput {}))
    }

    pub(super) async fn object_acl(
        &self,
        request: S3Request<GetObjectAclInput>,
    ) -> S3Result<S3Response<GetObjectAclOutput>> {
        let input = request.input;
        let (bucket, block) = self.bucket(&input.bucket).await?;
        let object = self.existing(&input.bucket, &input.key, input.version_id.as_deref()).await?;
        let grants = acl::effective(&object.meta.acl, &bucket, block, &self.account_id);
        Ok(S3Response::new(GetObjectAclOutput {
            grants: Some(grants),
            owner: Some(acl::owner(&self.account_id)),
            ..GetObjectAclOutput::default()
        }))
    }

    pub(super) async fn set_object_acl(
        &self,
        request: S3Request<PutObjectAclInput>,
    ) -> S3Result<S3Response<PutObjectAclOutput>> {
        let input = request.input;
        let requested = Requested {
            canned: input.acl.as_ref().map(ObjectCannedACL::as_str),
            policy: input.access_control_policy,
            full_control: input.grant_full_control.as_deref(),
            read: input.grant_read.as_deref(),
            read_acp: input.grant_read_acp.as_deref(),
            write: input.grant_write.as_deref(),
            write_acp: input.grant_write_acp.as_deref(),
        };
        let requested = requested.parse(&self.account_id)?.ok_or_else(nothing_requested)?;
        let (bucket, block) = self.bucket(&input.bucket).await?;
        let accepted: Acl = acl::accept(Some(requested), &bucket, block, &self.account_id)?;
        self.store
            .change_meta(&input.bucket, &input.key, input.version_id.as_deref(), |meta| {
                meta.acl = accepted;
            })
            .await
            .map_err(store_error)?;
        Ok(S3Response::new(PutObjectAclOutput::default()))
    }
}

fn nothing_requested() -> s3s::S3Error {
    s3_error!(MissingSecurityHeader, "Your request was missing a required header")
}
