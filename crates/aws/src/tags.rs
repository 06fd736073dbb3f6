//! An object's tags: at most ten, always written as a whole.

use std::collections::BTreeMap;

use aws_sdk_s3::types::{Tag, Tagging};
use pillbox_model::{ErrorCode, Failure};

use crate::errors::failure;
use crate::{Client, url_encoding};

impl Client {
    /// The tags of an object, or of one version of it.
    ///
    /// `NoSuchObject`; `AccessDenied` about `s3:GetObjectTagging`.
    pub async fn tags(
        &self,
        bucket: &str,
        key: &str,
        version: Option<&str>,
    ) -> Result<BTreeMap<String, String>, Failure> {
        let answer = self
            .s3()
            .get_object_tagging()
            .bucket(bucket)
            .key(key)
            .set_version_id(version.map(str::to_owned))
            .set_expected_bucket_owner(self.owner())
            .send()
            .await
            .map_err(|error| failure(&error, self.call("s3:GetObjectTagging", bucket)))?;
        Ok(answer.tag_set.into_iter().map(|tag| (tag.key, tag.value)).collect())
    }

    /// Writes the whole set of tags; what is not among them is gone.
    ///
    /// `NoSuchObject`; `AccessDenied` about `s3:PutObjectTagging`; `ServiceError` about S3's own code for tags that
    /// S3 does not take.
    pub async fn set_tags(
        &self,
        bucket: &str,
        key: &str,
        version: Option<&str>,
        tags: &BTreeMap<String, String>,
    ) -> Result<(), Failure> {
        let tag = |(key, value): (&String, &String)| {
            Tag::builder().key(key).value(value).build().map_err(|_| Failure::new(ErrorCode::Internal))
        };
        let tagging = Tagging::builder()
            .set_tag_set(Some(tags.iter().map(tag).collect::<Result<_, _>>()?))
            .build()
            .map_err(|_| Failure::new(ErrorCode::Internal))?;
        self.s3()
            .put_object_tagging()
            .bucket(bucket)
            .key(key)
            .set_version_id(version.map(str::to_owned))
            .tagging(tagging)
            .set_expected_bucket_owner(self.owner())
            .send()
            .await
            .map_err(|error| failure(&error, self.call("s3:PutObjectTagging", bucket)))?;
        Ok(())
    }
}

/// Tags as the header of a write (`x-amz-tagging`): like a query.
pub(crate) fn header(tags: &BTreeMap<String, String>) -> String {
    let pairs =
        tags.iter().map(|(name, value)| format!("{}={}", url_encoding::encode(name), url_encoding::encode(value)));
    pairs.collect::<Vec<_>>().join("&")
}
