//! Another content for an object that is there, which keeps all else of it.

use std::collections::BTreeMap;

use aws_sdk_s3::types::{ChecksumAlgorithm, StorageClass};
use aws_smithy_types::byte_stream::ByteStream;
use bytes::Bytes;
use pillbox_model::ErrorCode;

use crate::details::{encrypt, keep_headers};
use crate::errors::{failure, refusal};
use crate::put::{Conflicts, confirm};
use crate::{Client, ObjectDetails, PutCondition, PutError, Stored, checksum, tags};

/// Another content for an object.
#[derive(Clone)]
pub struct Rewrite<'a> {
    /// The bucket.
    pub bucket: &'a str,
    /// The key.
    pub key: &'a str,
    /// The object as it is; its headers, metadata, storage class and encryption stay.
    pub former: &'a ObjectDetails,
    /// Its tags, which stay as well.
    pub tags: &'a BTreeMap<String, String>,
    /// The new bytes.
    pub body: Bytes,
    /// Their SHA-256.
    pub sha256: [u8; 32],
}

impl Client {
    /// Replaces an object's content as long as it is still what `former` says; a new version where the bucket keeps
    /// versions.
    ///
    /// As [`Client::put`].
    pub async fn rewrite(&self, rewrite: &Rewrite<'_>) -> Result<Stored, PutError> {
        let sha256 = checksum::to_header(&rewrite.sha256);
        let (former, headers) = (rewrite.former, &rewrite.former.headers);
        let condition = PutCondition::Replace { e_tag: former.e_tag.clone() };
        let mut conflicts = Conflicts::new();
        loop {
            let request = self
                .s3()
                .put_object()
                .bucket(rewrite.bucket)
                .key(rewrite.key)
                .set_expected_bucket_owner(self.owner())
                .set_if_match(condition.if_match())
                .set_metadata(Some(former.metadata.clone().into_iter().collect()))
                .set_storage_class(former.storage_class.as_deref().map(StorageClass::from))
                .set_tagging((!rewrite.tags.is_empty()).then(|| tags::header(rewrite.tags)))
                .checksum_algorithm(ChecksumAlgorithm::Sha256)
                .checksum_sha256(&sha256)
                .body(ByteStream::from(rewrite.body.clone()));
            let request = encrypt!(keep_headers!(request, headers), &former.encryption);
            let sent = request.customize().config_override(self.upload_timeout(rewrite.body.len())).send().await;
            let call = self.call("s3:PutObject", rewrite.bucket);
            match sent {
                Ok(answer) => {
                    return Ok(Stored {
                        checksum_confirmed: confirm(answer.checksum_sha256.as_deref(), &sha256)?,
                        e_tag: answer.e_tag.ok_or(PutError::Failed(ErrorCode::ServiceError.into()))?,
                        version_id: answer.version_id,
                    });
                }
                Err(error) => match refusal(&error) {
                    Some(answer) => conflicts.wait_or_fail(answer, &condition, call).await?,
                    None => return Err(failure(&error, call).into()),
                },
            }
        }
    }
}
