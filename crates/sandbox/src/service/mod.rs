//! The S3 operations: what each reads, checks and answers. One file a topic.

mod acls;
mod attributes;
mod body;
mod buckets;
mod copy;
mod delete;
mod encryption;
mod listing;
mod multipart;
mod objects;
mod operations;
mod read;
mod settings;
mod tags;
mod uploads;

use s3s::{S3Request, S3Result, s3_error};

use crate::access::{Access, Asked, Known};
use crate::answer::store_error;
use crate::record::{Bucket, PublicAccessBlock};
use crate::store::Store;

/// Everything that operations work with.
#[derive(Clone)]
pub(crate) struct Service {
    pub(crate) store: Store,
    pub(crate) access: Access,
    pub(crate) account_id: String,
    pub(crate) region: String,
}

impl Service {
    /// The bucket and the Block Public Access that is enforced on it.
    async fn bucket(&self, name: &str) -> S3Result<(Bucket, PublicAccessBlock)> {
        let (bucket, account) = self.store.bucket_and_account(name).await.map_err(store_error)?;
        let bucket = bucket.ok_or_else(|| s3_error!(NoSuchBucket, "The specified bucket does not exist"))?;
        let block = account.unwrap_or_default().or(bucket.settings.public_access_block.unwrap_or_default());
        Ok((bucket, block))
    }

    /// The bucket of the path as access to it was decided on, which spares reading it again.
    fn known<T>(request: &S3Request<T>) -> S3Result<Known> {
        let known = request.extensions.get::<Known>().cloned();
        known.ok_or_else(|| s3_error!(NoSuchBucket, "The specified bucket does not exist"))
    }

    /// Who asks, for operations that touch more than the path names.
    fn asked<T>(request: &S3Request<T>) -> S3Result<Asked> {
        let asked = request.extensions.get::<Asked>().cloned();
        asked.ok_or_else(|| s3_error!(AccessDenied, "Access Denied"))
    }
}
