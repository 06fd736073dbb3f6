//! Storing an object under a condition.

use std::time::Duration;

use aws_sdk_s3::types::ChecksumAlgorithm;
use aws_smithy_types::byte_stream::ByteStream;
use bytes::Bytes;
use pillbox_model::{ErrorCode, Failure};

use crate::errors::{Call, Refusal, of_refusal};
use crate::{Client, checksum, errors};

/// How often a write is tried that meets another one of the same key (409).
const CONFLICT_ATTEMPTS: u32 = 4;
const FIRST_CONFLICT_WAIT: Duration = Duration::from_millis(50);

/// What must hold for a write to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PutCondition {
    /// No object of this key is there (`If-None-Match: *`).
    CreateOnly,
    /// The object that is there is this one (`If-Match`).
    Replace {
        /// Its entity tag, with its quotes.
        e_tag: String,
    },
}

impl PutCondition {
    /// What a write met that was not done because this did not hold.
    pub const fn unmet(&self) -> PutError {
        match self {
            Self::CreateOnly => PutError::Exists,
            Self::Replace { .. } => PutError::Changed,
        }
    }

    pub(crate) fn if_none_match(&self) -> Option<String> {
        matches!(self, Self::CreateOnly).then(|| "*".to_owned())
    }

    pub(crate) fn if_match(&self) -> Option<String> {
        match self {
            Self::CreateOnly => None,
            Self::Replace { e_tag } => Some(e_tag.clone()),
        }
    }
}

/// An object to be stored.
#[derive(Clone)]
pub struct Put {
    /// The bucket.
    pub bucket: String,
    /// The key, at most 1,024 bytes.
    pub key: String,
    /// The bytes.
    pub body: Bytes,
    /// Their SHA-256. It goes with the request, and S3 refuses bytes that don't agree with it.
    pub sha256: [u8; 32],
    /// What must hold.
    pub condition: PutCondition,
    /// The media type.
    pub content_type: Option<String>,
    /// Metadata of the object, as names and values in ASCII.
    pub metadata: Vec<(String, String)>,
}

/// What was stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    /// The object's entity tag, with its quotes.
    pub e_tag: String,
    /// The version that was made, where the bucket has versions.
    pub version_id: Option<String>,
    /// Whether the store answered with the checksum of what it stored, and it was the right one. A store that
    /// does not keep checksums says nothing.
    pub checksum_confirmed: bool,
}

/// Why an object was not stored, or not as it should be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PutError {
    /// An object of this key is there. After an answer that got lost it may be the very one that was sent.
    #[error("an object of this key is there")]
    Exists,
    /// The object that was to be replaced is another one by now, or gone.
    #[error("the object to be replaced has changed")]
    Changed,
    /// What the store says it stored is not what was sent, or what arrived there was not.
    #[error("what was stored is not what was sent")]
    ChecksumMismatch,
    /// What else went wrong.
    #[error("{0:?}")]
    Failed(Failure),
}

impl From<Failure> for PutError {
    fn from(failure: Failure) -> Self {
        match failure.code {
            ErrorCode::ChecksumMismatch => Self::ChecksumMismatch,
            _ => Self::Failed(failure),
        }
    }
}

impl From<PutError> for Failure {
    fn from(error: PutError) -> Self {
        match error {
            PutError::Exists | PutError::Changed => ErrorCode::ObjectExists.into(),
            PutError::ChecksumMismatch => ErrorCode::ChecksumMismatch.into(),
            PutError::Failed(failure) => failure,
        }
    }
}

impl Client {
    /// Stores an object in one request.
    ///
    /// After `ConnectionLost` it is not known whether it was stored: [`Client::head`] tells.
    pub async fn put(&self, request: Put) -> Result<Stored, PutError> {
        let sha256 = checksum::to_header(&request.sha256);
        let call = self.call("s3:PutObject", &request.bucket);
        let mut conflicts = Conflicts::new();
        let answer = loop {
            let attempt = self
                .s3()
                .put_object()
                .bucket(&request.bucket)
                .key(&request.key)
                .set_expected_bucket_owner(self.owner())
                .set_if_none_match(request.condition.if_none_match())
                .set_if_match(request.condition.if_match())
                .set_content_type(request.content_type.clone())
                .set_metadata(Some(request.metadata.iter().cloned().collect()))
                .checksum_algorithm(ChecksumAlgorithm::Sha256)
                .checksum_sha256(&sha256)
                .body(ByteStream::from(request.body.clone()))
                .customize()
                .config_override(self.upload_timeout(request.body.len()))
                .send()
                .await;
            match attempt {
                Ok(answer) => break answer,
                Err(error) => match errors::refusal(&error) {
                    Some(refusal) => conflicts.wait_or_fail(refusal, &request.condition, call).await?,
                    None => return Err(errors::failure(&error, call).into()),
                },
            }
        };
        Ok(Stored {
            checksum_confirmed: confirm(answer.checksum_sha256.as_deref(), &sha256)?,
            e_tag: answer.e_tag.ok_or(PutError::Failed(ErrorCode::ServiceError.into()))?,
            version_id: answer.version_id,
        })
    }
}

/// Whether `answered` is what was expected; a store may answer nothing.
pub(crate) fn confirm(answered: Option<&str>, expected: &str) -> Result<bool, PutError> {
    match answered {
        None => Ok(false),
        Some(answered) if answered == expected => Ok(true),
        Some(_) => Err(PutError::ChecksumMismatch),
    }
}

/// Conditional writes that meet another write of the same key are to be tried again (S3 User Guide,
/// "Conditional requests": 409 ConditionalRequestConflict).
pub(crate) struct Conflicts {
    left: u32,
    wait: Duration,
}

impl Conflicts {
    pub(crate) fn new() -> Self {
        Self { left: CONFLICT_ATTEMPTS, wait: FIRST_CONFLICT_WAIT }
    }

    /// Returns when the write may be tried again, or what the refusal means.
    pub(crate) async fn wait_or_fail(
        &mut self,
        refusal: Refusal<'_>,
        condition: &PutCondition,
        call: Call<'_>,
    ) -> Result<(), PutError> {
        self.left -= 1;
        match (refusal.status, condition) {
            (412, condition) => Err(condition.unmet()),
            (404, PutCondition::Replace { .. }) if refusal.code == Some("NoSuchKey") => Err(PutError::Changed),
            (409, _) if self.left > 0 => {
                tokio::time::sleep(self.wait).await;
                self.wait *= 2;
                Ok(())
            }
            _ => Err(of_refusal(refusal, call).into()),
        }
    }
}
