//! Copies of objects within a bucket, made by S3 itself: no byte comes here.

use std::collections::BTreeMap;

use aws_sdk_s3::types::{
    ChecksumAlgorithm, CompletedMultipartUpload, CompletedPart, MetadataDirective, StorageClass, TaggingDirective,
};
use pillbox_model::{Encryption, ErrorCode, Failure};

use crate::details::{encrypt, keep_headers};
use crate::errors::{failure, refusal};
use crate::put::Conflicts;
use crate::{Client, ObjectDetails, PutCondition, PutError, UploadHandle, checksum, tags, url_encoding};

/// What a copy needs beside reading its source.
const COPY: &str = "s3:PutObject";

/// The largest object that one request copies, in bytes (S3 API Reference, CopyObject).
const LARGEST: u64 = 5 * 1024 * 1024 * 1024;
/// How much one request of a copy in parts copies: at most 5 GiB; an object of 5 TiB has few enough of these.
const PART: u64 = 1024 * 1024 * 1024;

/// A copy to be made. It keeps the source's headers, tags and storage class; S3 gives it a private access control
/// list.
#[derive(Debug, Clone)]
pub struct Copy<'a> {
    /// The bucket of both.
    pub bucket: &'a str,
    /// The key of what is copied.
    pub from: &'a str,
    /// What is copied, as [`Client::describe`] told it; the copy is refused when it is not that any more.
    pub source: &'a ObjectDetails,
    /// The key of the copy.
    pub to: &'a str,
    /// What must hold at the copy's key.
    pub condition: PutCondition,
    /// The copy's metadata; `None` keeps the source's.
    pub metadata: Option<BTreeMap<String, String>>,
    /// How the copy is encrypted; `None` leaves it to the bucket.
    pub encryption: Option<&'a Encryption>,
}

/// A copy that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Copied {
    /// Its entity tag, with its quotes.
    pub e_tag: String,
    /// The version that was made, where the bucket has versions.
    pub version_id: Option<String>,
}

impl Client {
    /// Copies one version of an object to another key of its bucket, or onto its own key.
    ///
    /// `Changed` when the source is another one by now, or what was to be replaced; `Exists` when something is
    /// there that should not be. After `ConnectionLost` it is not known whether the copy was made:
    /// [`Client::describe`] tells.
    pub async fn copy(&self, copy: &Copy<'_>) -> Result<Copied, PutError> {
        if copy.source.size > LARGEST { self.copy_in_parts(copy).await } else { self.copy_at_once(copy).await }
    }

    async fn copy_at_once(&self, copy: &Copy<'_>) -> Result<Copied, PutError> {
        let headers = &copy.source.headers;
        let mut conflicts = Conflicts::new();
        loop {
            let request = self
                .s3()
                .copy_object()
                .bucket(copy.bucket)
                .key(copy.to)
                .copy_source(source_header(copy))
                .copy_source_if_match(&copy.source.e_tag)
                .set_if_none_match(copy.condition.if_none_match())
                .set_if_match(copy.condition.if_match())
                .checksum_algorithm(ChecksumAlgorithm::Sha256)
                .tagging_directive(TaggingDirective::Copy)
                .set_storage_class(copy.source.storage_class.as_deref().map(StorageClass::from))
                .set_expected_bucket_owner(self.owner())
                .set_expected_source_bucket_owner(self.owner());
            let request = encrypt!(request, copy.encryption);
            let request = match &copy.metadata {
                // Where a website sends who asks for it is not kept with the metadata.
                None => request
                    .metadata_directive(MetadataDirective::Copy)
                    .set_website_redirect_location(headers.website_redirect.clone()),
                Some(metadata) => keep_headers!(request, headers)
                    .metadata_directive(MetadataDirective::Replace)
                    .set_metadata(Some(metadata.clone().into_iter().collect())),
            };
            match request.customize().config_override(self.patient_timeout()).send().await {
                Ok(answer) => {
                    let e_tag = answer.copy_object_result.and_then(|result| result.e_tag);
                    return Ok(Copied { e_tag: e_tag.ok_or_else(unclear)?, version_id: answer.version_id });
                }
                Err(error) => match refusal(&error) {
                    // A source that changed and a copy that is there answer the same.
                    Some(answer) if answer.status == 412 => return Err(self.what_failed(copy).await?),
                    Some(answer) => {
                        conflicts.wait_or_fail(answer, &copy.condition, self.call(COPY, copy.bucket)).await?;
                    }
                    None => return Err(failure(&error, self.call(COPY, copy.bucket)).into()),
                },
            }
        }
    }

    /// Which of a copy's conditions did not hold.
    async fn what_failed(&self, copy: &Copy<'_>) -> Result<PutError, Failure> {
        if copy.condition != PutCondition::CreateOnly {
            return Ok(PutError::Changed);
        }
        let there = self.describe(copy.bucket, copy.to, None).await?;
        Ok(if there.is_some() { PutError::Exists } else { PutError::Changed })
    }

    async fn copy_in_parts(&self, copy: &Copy<'_>) -> Result<Copied, PutError> {
        let upload = self.begin_copy(copy).await?;
        let copied = self.copy_parts(copy, &upload).await;
        if copied.is_err() {
            // What is left of it is found among the uploads in parts; the reason is what counts.
            drop(self.abort_parts(&upload).await);
        }
        copied
    }

    async fn begin_copy(&self, copy: &Copy<'_>) -> Result<UploadHandle, Failure> {
        let (source, headers) = (copy.source, &copy.source.headers);
        let metadata = copy.metadata.clone().unwrap_or_else(|| source.metadata.clone());
        let tags = self.tags(copy.bucket, copy.from, source.version_id.as_deref()).await?;
        let request = self
            .s3()
            .create_multipart_upload()
            .bucket(copy.bucket)
            .key(copy.to)
            .checksum_algorithm(ChecksumAlgorithm::Sha256)
            .set_tagging((!tags.is_empty()).then(|| tags::header(&tags)))
            .set_storage_class(source.storage_class.as_deref().map(StorageClass::from))
            .set_metadata(Some(metadata.into_iter().collect()))
            .set_expected_bucket_owner(self.owner());
        let request = encrypt!(keep_headers!(request, headers), copy.encryption);
        let begun = request.send().await.map_err(|error| failure(&error, self.call(COPY, copy.bucket)))?;
        let id = begun.upload_id.ok_or_else(unclear)?;
        Ok(UploadHandle { bucket: copy.bucket.to_owned(), key: copy.to.to_owned(), id })
    }

    async fn copy_parts(&self, copy: &Copy<'_>, upload: &UploadHandle) -> Result<Copied, PutError> {
        let mut parts = CompletedMultipartUpload::builder();
        for (number, first) in (1..).zip((0..copy.source.size).step_by(PART as usize)) {
            let last = (first + PART).min(copy.source.size) - 1;
            let answer = self
                .s3()
                .upload_part_copy()
                .bucket(copy.bucket)
                .key(copy.to)
                .upload_id(&upload.id)
                .part_number(number)
                .copy_source(source_header(copy))
                .copy_source_if_match(&copy.source.e_tag)
                .copy_source_range(format!("bytes={first}-{last}"))
                .set_expected_bucket_owner(self.owner())
                .set_expected_source_bucket_owner(self.owner())
                .customize()
                .config_override(self.patient_timeout())
                .send()
                .await
                .map_err(|error| match refusal(&error).map(|answer| answer.status) {
                    Some(412) => PutError::Changed,
                    _ => PutError::Failed(failure(&error, self.call(COPY, copy.bucket))),
                })?;
            let part = answer.copy_part_result.ok_or_else(unclear)?;
            let part = CompletedPart::builder()
                .part_number(number)
                .set_e_tag(part.e_tag)
                .set_checksum_sha256(part.checksum_sha256.filter(|text| checksum::from_header(text).is_some()));
            parts = parts.parts(part.build());
        }
        let (parts, mut conflicts) = (parts.build(), Conflicts::new());
        loop {
            let attempt = self
                .s3()
                .complete_multipart_upload()
                .bucket(copy.bucket)
                .key(copy.to)
                .upload_id(&upload.id)
                .multipart_upload(parts.clone())
                .set_expected_bucket_owner(self.owner())
                .set_if_none_match(copy.condition.if_none_match())
                .set_if_match(copy.condition.if_match())
                .customize()
                .config_override(self.patient_timeout())
                .send()
                .await;
            match attempt {
                Ok(answer) => {
                    return Ok(Copied { e_tag: answer.e_tag.ok_or_else(unclear)?, version_id: answer.version_id });
                }
                Err(error) => match refusal(&error) {
                    Some(answer) => {
                        conflicts.wait_or_fail(answer, &copy.condition, self.call(COPY, copy.bucket)).await?;
                    }
                    None => return Err(failure(&error, self.call(COPY, copy.bucket)).into()),
                },
            }
        }
    }
}

/// `x-amz-copy-source`: the bucket and the key, percent-encoded, and the version.
fn source_header(copy: &Copy<'_>) -> String {
    let place = format!("{}/{}", copy.bucket, url_encoding::encode_path(copy.from));
    match &copy.source.version_id {
        Some(version) => format!("{place}?versionId={version}"),
        None => place,
    }
}

fn unclear() -> Failure {
    ErrorCode::ServiceError.into()
}
