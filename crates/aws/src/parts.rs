//! Large objects, sent in parts.

use aws_sdk_s3::operation::list_multipart_uploads::ListMultipartUploadsOutput;
use aws_sdk_s3::types::{ChecksumAlgorithm, CompletedMultipartUpload, CompletedPart, EncodingType};
use aws_smithy_types::byte_stream::ByteStream;
use bytes::Bytes;
use pillbox_model::{ErrorCode, Failure, Timestamp};

use crate::errors::{self, failure};
use crate::put::{Conflicts, confirm};
use crate::{Client, PutCondition, PutError, Stored, checksum, url_encoding};

const PUT: &str = "s3:PutObject";

/// An upload in parts that was begun. It survives the program: bucket, key and id find it again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UploadHandle {
    /// The bucket.
    pub bucket: String,
    /// The key that the object will have.
    pub key: String,
    /// The id that S3 gave.
    pub id: String,
}

/// A part that was stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartStored {
    /// Its number, from 1 to 10,000.
    pub number: u32,
    /// Its entity tag, with its quotes.
    pub e_tag: String,
    /// The SHA-256 of its bytes.
    pub sha256: [u8; 32],
    /// Whether the store answered with this checksum.
    pub checksum_confirmed: bool,
}

/// An upload in parts that was begun and neither completed nor aborted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartUpload {
    /// Which.
    pub handle: UploadHandle,
    /// When it was begun.
    pub begun: Option<Timestamp>,
}

impl Client {
    /// Begins an upload in parts. Nothing is to be seen in the bucket until [`Client::complete_parts`].
    pub async fn begin_parts(
        &self,
        bucket: &str,
        key: &str,
        content_type: Option<&str>,
        metadata: &[(String, String)],
    ) -> Result<UploadHandle, Failure> {
        let begun = self
            .s3()
            .create_multipart_upload()
            .bucket(bucket)
            .key(key)
            .set_expected_bucket_owner(self.owner())
            .set_content_type(content_type.map(str::to_owned))
            .set_metadata(Some(metadata.iter().cloned().collect()))
            .checksum_algorithm(ChecksumAlgorithm::Sha256)
            .send()
            .await
            .map_err(|error| failure(&error, self.call(PUT, bucket)))?;
        let id = begun.upload_id.ok_or(ErrorCode::ServiceError)?;
        Ok(UploadHandle { bucket: bucket.to_owned(), key: key.to_owned(), id })
    }

    /// Stores one part: at least 5 MiB, except the last (S3 User Guide, "Amazon S3 multipart upload limits").
    /// The same number again replaces it. `ChecksumMismatch` when other bytes arrived; `NotFound` about `upload`
    /// when the upload was completed or aborted.
    pub async fn put_part(
        &self,
        upload: &UploadHandle,
        number: u32,
        body: Bytes,
        sha256: [u8; 32],
    ) -> Result<PartStored, Failure> {
        let header = checksum::to_header(&sha256);
        let stored = self
            .s3()
            .upload_part()
            .bucket(&upload.bucket)
            .key(&upload.key)
            .upload_id(&upload.id)
            .part_number(part_number(number)?)
            .set_expected_bucket_owner(self.owner())
            .checksum_algorithm(ChecksumAlgorithm::Sha256)
            .checksum_sha256(&header)
            .body(ByteStream::from(body.clone()))
            .customize()
            .config_override(self.upload_timeout(body.len()))
            .send()
            .await
            .map_err(|error| failure(&error, self.call(PUT, &upload.bucket)))?;
        Ok(PartStored {
            number,
            checksum_confirmed: confirm(stored.checksum_sha256.as_deref(), &header)?,
            e_tag: stored.e_tag.ok_or(ErrorCode::ServiceError)?,
            sha256,
        })
    }

    /// The parts of an upload that the store has, in the order of their numbers. One whose SHA-256 the store did not
    /// keep is left out: it can't be told from other bytes.
    ///
    /// `NotFound` about `upload` when it was completed or aborted; `AccessDenied` about
    /// `s3:ListMultipartUploadParts`.
    pub async fn list_parts(&self, upload: &UploadHandle) -> Result<Vec<PartStored>, Failure> {
        let mut parts = Vec::new();
        let mut after: Option<String> = None;
        loop {
            let page = self
                .s3()
                .list_parts()
                .bucket(&upload.bucket)
                .key(&upload.key)
                .upload_id(&upload.id)
                .set_part_number_marker(after.clone())
                .set_expected_bucket_owner(self.owner())
                .send()
                .await
                .map_err(|error| failure(&error, self.call("s3:ListMultipartUploadParts", &upload.bucket)))?;
            parts.extend(page.parts().iter().filter_map(listed_part));
            if !page.is_truncated.unwrap_or(false) {
                return Ok(parts);
            }
            if page.next_part_number_marker.is_none() || page.next_part_number_marker == after {
                return Err(ErrorCode::ServiceError.into());
            }
            after = page.next_part_number_marker;
        }
    }

    /// Makes the object out of its parts, in the order of their numbers, under the condition.
    ///
    /// `NotFound` about `upload` when it is no longer there: after an answer that got lost it may have been
    /// completed, and [`Client::head`] tells.
    pub async fn complete_parts(
        &self,
        upload: &UploadHandle,
        parts: &[PartStored],
        condition: PutCondition,
    ) -> Result<Stored, PutError> {
        let call = self.call(PUT, &upload.bucket);
        let mut parts = parts.to_vec();
        parts.sort_by_key(|part| part.number);
        let list = completed(&parts)?;
        let mut conflicts = Conflicts::new();
        let answer = loop {
            let attempt = self
                .s3()
                .complete_multipart_upload()
                .bucket(&upload.bucket)
                .key(&upload.key)
                .upload_id(&upload.id)
                .multipart_upload(list.clone())
                .set_expected_bucket_owner(self.owner())
                .set_if_none_match(condition.if_none_match())
                .set_if_match(condition.if_match())
                .customize()
                .config_override(self.patient_timeout())
                .send()
                .await;
            match attempt {
                Ok(answer) => break answer,
                Err(error) => match errors::refusal(&error) {
                    Some(refusal) => conflicts.wait_or_fail(refusal, &condition, call).await?,
                    None => return Err(failure(&error, call).into()),
                },
            }
        };
        let expected = checksum::composite(parts.iter().map(|part| &part.sha256));
        Ok(Stored {
            checksum_confirmed: confirm(answer.checksum_sha256.as_deref(), &expected)?,
            e_tag: answer.e_tag.ok_or(PutError::Failed(ErrorCode::ServiceError.into()))?,
            version_id: answer.version_id,
        })
    }

    /// Gives an upload up; its parts are deleted. Good as well when it is gone already.
    pub async fn abort_parts(&self, upload: &UploadHandle) -> Result<(), Failure> {
        let aborted = self
            .s3()
            .abort_multipart_upload()
            .bucket(&upload.bucket)
            .key(&upload.key)
            .upload_id(&upload.id)
            .set_expected_bucket_owner(self.owner())
            .send()
            .await;
        match aborted {
            Ok(_) => Ok(()),
            Err(error) if errors::refusal(&error).and_then(|answer| answer.code) == Some("NoSuchUpload") => Ok(()),
            Err(error) => Err(failure(&error, self.call("s3:AbortMultipartUpload", &upload.bucket))),
        }
    }

    /// The uploads in parts that were begun for keys under `prefix` and neither completed nor aborted.
    pub async fn list_part_uploads(&self, bucket: &str, prefix: &str) -> Result<Vec<PartUpload>, Failure> {
        let mut uploads = Vec::new();
        let (mut key, mut id) = (None, None);
        loop {
            let page = self
                .s3()
                .list_multipart_uploads()
                .bucket(bucket)
                .prefix(prefix)
                .encoding_type(EncodingType::Url)
                .set_key_marker(key.clone())
                .set_upload_id_marker(id.clone())
                .set_expected_bucket_owner(self.owner())
                .send()
                .await
                .map_err(|error| failure(&error, self.call("s3:ListBucketMultipartUploads", bucket)))?;
            uploads.extend(of_page(&page, bucket).ok_or(ErrorCode::ServiceError)?);
            if !page.is_truncated.unwrap_or(false) {
                return Ok(uploads);
            }
            let encoded = page.encoding_type == Some(EncodingType::Url);
            let next = page.next_key_marker.and_then(|marker| decoded(&marker, encoded));
            if next.is_none() || (&next, &page.next_upload_id_marker) == (&key, &id) {
                return Err(ErrorCode::ServiceError.into());
            }
            (key, id) = (next, page.next_upload_id_marker);
        }
    }
}

fn listed_part(part: &aws_sdk_s3::types::Part) -> Option<PartStored> {
    Some(PartStored {
        number: u32::try_from(part.part_number?).ok()?,
        e_tag: part.e_tag.clone()?,
        sha256: checksum::from_header(part.checksum_sha256.as_deref()?)?,
        checksum_confirmed: true,
    })
}

fn completed(parts: &[PartStored]) -> Result<CompletedMultipartUpload, Failure> {
    let mut list = CompletedMultipartUpload::builder();
    for part in parts {
        list = list.parts(
            CompletedPart::builder()
                .part_number(part_number(part.number)?)
                .e_tag(&part.e_tag)
                .checksum_sha256(checksum::to_header(&part.sha256))
                .build(),
        );
    }
    Ok(list.build())
}

fn part_number(number: u32) -> Result<i32, Failure> {
    i32::try_from(number)
        .ok()
        .filter(|number| (1..=10_000).contains(number))
        .ok_or_else(|| Failure::about(ErrorCode::InvalidInput, "part number"))
}

fn of_page(page: &ListMultipartUploadsOutput, bucket: &str) -> Option<Vec<PartUpload>> {
    let encoded = page.encoding_type == Some(EncodingType::Url);
    page.uploads()
        .iter()
        .map(|upload| {
            Some(PartUpload {
                handle: UploadHandle {
                    bucket: bucket.to_owned(),
                    key: decoded(upload.key()?, encoded)?,
                    id: upload.upload_id()?.to_owned(),
                },
                begun: upload.initiated().and_then(|moment| moment.to_millis().ok()).map(Timestamp::from_millis),
            })
        })
        .collect()
}

fn decoded(text: &str, encoded: bool) -> Option<String> {
    if encoded { url_encoding::decode(text) } else { Some(text.to_owned()) }
}
