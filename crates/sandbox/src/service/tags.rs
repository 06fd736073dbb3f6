//! Tags of buckets and objects.

use s3s::dto::*;
use s3s::{S3Request, S3Response, S3Result, s3_error};

use super::Service;
use crate::answer::store_error;

/// S3's limits: ten tags on an object, fifty on a bucket, keys of 128 and values of 256 characters.
const OBJECT_TAGS: usize = 10;
const BUCKET_TAGS: usize = 50;

/// Understands `x-amz-tagging`, which is form-encoded.
pub(super) fn from_header(header: Option<&str>) -> S3Result<Vec<(String, String)>> {
    let tags = header
        .unwrap_or_default()
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            (crate::form::decode(key), crate::form::decode(value))
        })
        .collect();
    checked(tags, OBJECT_TAGS)
}

fn checked(tags: Vec<(String, String)>, most: usize) -> S3Result<Vec<(String, String)>> {
    if tags.len() > most {
        return Err(s3_error!(InvalidTag, "Object tags cannot be greater than {most}"));
    }
    for (at, (key, value)) in tags.iter().enumerate() {
        if key.is_empty() || key.chars().count() > 128 {
            return Err(s3_error!(InvalidTag, "The TagKey you have provided is invalid"));
        }
        if value.chars().count() > 256 {
            return Err(s3_error!(InvalidTag, "The TagValue you have provided is invalid"));
        }
        if tags[..at].iter().any(|(earlier, _)| earlier == key) {
            return Err(s3_error!(InvalidTag, "Cannot provide multiple Tags with the same key"));
        }
    }
    Ok(tags)
}

fn from_xml(tagging: Tagging, most: usize) -> S3Result<Vec<(String, String)>> {
    let tags =
        tagging.tag_set.into_iter().map(|tag| (tag.key.unwrap_or_default(), tag.value.unwrap_or_default())).collect();
    checked(tags, most)
}

fn to_xml(tags: Vec<(String, String)>) -> TagSet {
    tags.into_iter().map(|(key, value)| Tag { key: Some(key), value: Some(value) }).collect()
}

impl Service {
    pub(super) async fn bucket_tags(
        &self,
        request: S3Request<GetBucketTaggingInput>,
    ) -> S3Result<S3Response<GetBucketTaggingOutput>> {
        let (bucket, _) = self.bucket(&request.input.bucket).await?;
        if bucket.settings.tags.is_empty() {
            return Err(s3_error!(NoSuchTagSet, "The TagSet does not exist"));
        }
        Ok(S3Response::new(GetBucketTaggingOutput { tag_set: to_xml(bucket.settings.tags) }))
    }

    pub(super) async fn set_bucket_tags(
        &self,
        request: S3Request<PutBucketTaggingInput>,
    ) -> S3Result<S3Response<PutBucketTaggingOutput>> {
        let tags = from_xml(request.input.tagging, BUCKET_TAGS)?;
        self.change(&request.input.bucket, move |bucket| {
            bucket.settings.tags = tags;
            Ok(())
        })
        .await?;
        Ok(S3Response::new(PutBucketTaggingOutput {}))
    }

    pub(super) async fn remove_bucket_tags(
        &self,
        request: S3Request<DeleteBucketTaggingInput>,
    ) -> S3Result<S3Response<DeleteBucketTaggingOutput>> {
        self.change(&request.input.bucket, |bucket| {
            bucket.settings.tags.clear();
            Ok(())
        })
        .await?;
        Ok(S3Response::new(DeleteBucketTaggingOutput {}))
    }

    pub(super) async fn object_tags(
        &self,
        request: S3Request<GetObjectTaggingInput>,
    ) -> S3Result<S3Response<GetObjectTaggingOutput>> {
        let input = request.input;
        let object = self.existing(&input.bucket, &input.key, input.version_id.as_deref()).await?;
        Ok(S3Response::new(GetObjectTaggingOutput {
            tag_set: to_xml(object.meta.tags),
            version_id: Some(object.version),
        }))
    }

    pub(super) async fn set_object_tags(
        &self,
        request: S3Request<PutObjectTaggingInput>,
    ) -> S3Result<S3Response<PutObjectTaggingOutput>> {
        let input = request.input;
        let tags = from_xml(input.tagging, OBJECT_TAGS)?;
        let object = self
            .store
            .change_meta(&input.bucket, &input.key, input.version_id.as_deref(), |meta| {
                meta.tags = tags;
            })
            .await
            .map_err(store_error)?;
        let version_id = Some(object.version);
        Ok(S3Response::new(PutObjectTaggingOutput { version_id }))
    }

    pub(super) async fn remove_object_tags(
        &self,
        request: S3Request<DeleteObjectTaggingInput>,
    ) -> S3Result<S3Response<DeleteObjectTaggingOutput>> {
        let input = request.input;
        let object = self
            .store
            .change_meta(&input.bucket, &input.key, input.version_id.as_deref(), |meta| {
                meta.tags.clear();
            })
            .await
            .map_err(store_error)?;
        let version_id = Some(object.version);
        let output = DeleteObjectTaggingOutput { version_id };
        Ok(S3Response::new(output))
    }
}
