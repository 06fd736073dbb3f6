//! Objects as they lie in the bucket: what is known of one, and its bytes.

use std::ops::Range;

use aws_sdk_s3::operation::head_object::{HeadObjectError, HeadObjectOutput};
use aws_sdk_s3::types::ChecksumMode;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use pillbox_model::{ErrorCode, Failure};

use crate::errors::{failure, refusal};
use crate::{Body, Client, checksum};

const GET: &str = "s3:GetObject";

/// What is known of an object without reading it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ObjectHead {
    /// Its size in bytes.
    pub size: u64,
    /// Its entity tag, with its quotes.
    pub e_tag: Option<String>,
    /// Its version, where the bucket has versions.
    pub version_id: Option<String>,
    /// The SHA-256 of the whole object, where the store keeps it: not of objects that were sent in parts.
    pub sha256: Option<[u8; 32]>,
    /// What the store keeps as the SHA-256 of an object that was sent in parts: that of the parts', and their number.
    pub sha256_of_parts: Option<String>,
    /// Its storage class, where it is not the standard one.
    pub storage_class: Option<String>,
}

impl ObjectHead {
    /// Whether the SHA-256 that the store keeps is that of these bytes, sent at once or in these parts. `None` where it
    /// keeps none, and where it keeps another of parts: that may be the same bytes in parts of another size.
    pub fn agrees(&self, whole: &[u8; 32], parts: &[[u8; 32]]) -> Option<bool> {
        match &self.sha256_of_parts {
            Some(told) => (*told == checksum::composite(parts)).then_some(true),
            None => self.sha256.map(|told| told == *whole),
        }
    }
}

impl Client {
    /// What is known of an object; `None` when it is not there.
    ///
    /// `NoSuchBucket`; `AccessDenied` about `s3:GetObject`, which S3 answers as well for an object that is not
    /// there when the key may not list the bucket.
    pub async fn head(&self, bucket: &str, key: &str, version: Option<&str>) -> Result<Option<ObjectHead>, Failure> {
        let answer = self.ask_head(bucket, key, version).await;
        let error = match answer {
            Ok(head) => {
                let told = head.checksum_sha256;
                return Ok(Some(ObjectHead {
                    size: size(head.content_length)?,
                    e_tag: head.e_tag,
                    version_id: head.version_id,
                    sha256: told.as_deref().and_then(checksum::from_header),
                    sha256_of_parts: told.filter(|told| told.contains('-')),
                    storage_class: head.storage_class.map(|class| class.as_str().to_owned()),
                }));
            }
            Err(error) => error,
        };
        let met = failure(&error, self.call(GET, bucket));
        let Some(answer) = refusal(&error).filter(|answer| matches!(answer.status, 400 | 403 | 404)) else {
            return Err(met);
        };
        // An answer to HEAD has no body, so that it does not say why; reading does.
        match self.get(bucket, key, version, Some(0..1)).await {
            Err(Failure { code: ErrorCode::NoSuchObject, .. }) => Ok(None),
            Err(reason) => Err(reason),
            Ok(_) if answer.status == 404 => Err(ErrorCode::ServiceError.into()),
            Ok(_) => Err(met),
        }
    }

    pub(crate) async fn ask_head(
        &self,
        bucket: &str,
        key: &str,
        version: Option<&str>,
    ) -> Result<HeadObjectOutput, SdkError<HeadObjectError, HttpResponse>> {
        self.s3()
            .head_object()
            .bucket(bucket)
            .key(key)
            .set_version_id(version.map(str::to_owned))
            .checksum_mode(ChecksumMode::Enabled)
            .set_expected_bucket_owner(self.owner())
            .send()
            .await
    }

    /// Reads an object, one version of it, or a range of its bytes (end exclusive).
    ///
    /// `NoSuchObject`; `AccessDenied` about `s3:GetObject`; `ObjectArchived` about its storage class;
    /// `ObjectNotDecryptable` about `SSE-C` or what AWS KMS says of its key;
    /// `InvalidInput` about `range` when the range is empty or begins beyond the end.
    pub async fn get(
        &self,
        bucket: &str,
        key: &str,
        version: Option<&str>,
        range: Option<Range<u64>>,
    ) -> Result<Body, Failure> {
        let range = range.map(range_header).transpose()?;
        let answer = self
            .s3()
            .get_object()
            .bucket(bucket)
            .key(key)
            .set_version_id(version.map(str::to_owned))
            .set_range(range)
            .checksum_mode(ChecksumMode::Enabled)
            .set_expected_bucket_owner(self.owner())
            .send()
            .await;
        match answer {
            Ok(object) => Ok(Body {
                size: size(object.content_length)?,
                e_tag: object.e_tag,
                version_id: object.version_id,
                stream: object.body,
            }),
            Err(error) => Err(match (refusal(&error).and_then(|answer| answer.code), error.as_service_error()) {
                (Some("InvalidRange"), _) => Failure::about(ErrorCode::InvalidInput, "range"),
                // A key of AWS KMS that is disabled, deleted or of another state that opens nothing.
                (Some(code), _) if code.starts_with("KMS.") => Failure::about(ErrorCode::ObjectNotDecryptable, code),
                // The code is that of any request that does not fit; S3 User Guide, "Specifying server-side encryption
                // with customer-provided keys": such an object is given to who sends its key only.
                (Some("InvalidRequest"), _) if asks_for_a_key(&error) => {
                    Failure::about(ErrorCode::ObjectNotDecryptable, "SSE-C")
                }
                (_, Some(aws_sdk_s3::operation::get_object::GetObjectError::InvalidObjectState(state))) => {
                    let class = state.storage_class().map_or("archive", |class| class.as_str());
                    Failure::about(ErrorCode::ObjectArchived, class)
                }
                _ => failure(&error, self.call(GET, bucket)),
            }),
        }
    }

    /// What a stranger gets: the HTTP status of a GET without a signature and without credentials. 200 is a
    /// public object, 403 one that is not.
    pub async fn anonymous_get(&self, bucket: &str, key: &str) -> Result<u16, Failure> {
        match self.shared.anonymous.get_object().bucket(bucket).key(key).send().await {
            Ok(_) => Ok(200),
            Err(error) => {
                refusal(&error).map(|answer| answer.status).ok_or_else(|| failure(&error, self.call(GET, bucket)))
            }
        }
    }
}

fn asks_for_a_key<E: ProvideErrorMetadata>(error: &SdkError<E, HttpResponse>) -> bool {
    let message = refusal(error).and_then(|answer| answer.message).unwrap_or_default();
    message.contains("Server Side Encryption") || message.contains("customer-provided")
}

fn size(content_length: Option<i64>) -> Result<u64, Failure> {
    content_length.and_then(|length| u64::try_from(length).ok()).ok_or_else(|| ErrorCode::ServiceError.into())
}

fn range_header(range: Range<u64>) -> Result<String, Failure> {
    if range.is_empty() {
        return Err(Failure::about(ErrorCode::InvalidInput, "range"));
    }
    Ok(format!("bytes={}-{}", range.start, range.end - 1))
}
