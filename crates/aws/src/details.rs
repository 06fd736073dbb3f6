//! All that S3 tells of one version of an object without its bytes.

use std::collections::BTreeMap;

use aws_sdk_s3::operation::head_object::HeadObjectOutput;
use aws_sdk_s3::types::ServerSideEncryption;
use pillbox_model::{Encryption, EncryptionType, ErrorCode, Failure, Timestamp};

use crate::{Client, checksum};

/// One version of an object, with what a copy of it must keep.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ObjectDetails {
    /// Its size in bytes.
    pub size: u64,
    /// Its entity tag, with its quotes.
    pub e_tag: String,
    /// Its version, where the bucket has versions; `null` for one from before they were turned on.
    pub version_id: Option<String>,
    /// The SHA-256 of the whole object, where the store keeps it.
    pub sha256: Option<[u8; 32]>,
    /// Its storage class, where it is not the standard one.
    pub storage_class: Option<String>,
    /// How it is encrypted; `None` where the store does not say.
    pub encryption: Option<Encryption>,
    /// Its headers.
    pub headers: ObjectHeaders,
    /// Its metadata, as names (without `x-amz-meta-`) and values.
    pub metadata: BTreeMap<String, String>,
    /// What keeps it from being deleted.
    pub lock: Option<ObjectLock>,
}

/// The headers that S3 keeps with an object and gives back with it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ObjectHeaders {
    /// `Content-Type`.
    pub content_type: Option<String>,
    /// `Cache-Control`.
    pub cache_control: Option<String>,
    /// `Content-Disposition`.
    pub content_disposition: Option<String>,
    /// `Content-Encoding`.
    pub content_encoding: Option<String>,
    /// `Content-Language`.
    pub content_language: Option<String>,
    /// `Expires`, as it was written.
    pub expires: Option<String>,
    /// Where a website sends who asks for it.
    pub website_redirect: Option<String>,
}

/// S3 Object Lock on a version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ObjectLock {
    /// Until when it is retained.
    pub retained_until: Option<Timestamp>,
    /// Whether a legal hold is on it.
    pub legal_hold: bool,
}

impl Client {
    /// One version of an object, or the one that is there; `None` when it is not there or is a delete marker.
    ///
    /// As [`Client::head`]. `ServiceError` where the store answers no entity tag, without which nothing can be
    /// changed safely.
    pub async fn describe(
        &self,
        bucket: &str,
        key: &str,
        version: Option<&str>,
    ) -> Result<Option<ObjectDetails>, Failure> {
        match self.ask_head(bucket, key, version).await {
            Ok(head) => details(head).map(Some),
            Err(error) if crate::errors::refusal(&error).is_some_and(|answer| answer.status == 405) => Ok(None),
            // Why not, is asked in words.
            Err(_) => match self.head(bucket, key, version).await? {
                None => Ok(None),
                Some(_) => Err(ErrorCode::ServiceError.into()),
            },
        }
    }
}

fn details(head: HeadObjectOutput) -> Result<ObjectDetails, Failure> {
    let unclear = || Failure::new(ErrorCode::ServiceError);
    let encryption = head.server_side_encryption.as_ref().map(|kind| encryption_kind(kind).ok_or_else(unclear));
    let retained_until = head.object_lock_retain_until_date.and_then(|moment| moment.to_millis().ok());
    let lock = ObjectLock {
        retained_until: retained_until.map(Timestamp::from_millis),
        legal_hold: head.object_lock_legal_hold_status.is_some_and(|status| status.as_str() == "ON"),
    };
    Ok(ObjectDetails {
        size: head.content_length.and_then(|length| u64::try_from(length).ok()).ok_or_else(unclear)?,
        e_tag: head.e_tag.ok_or_else(unclear)?,
        version_id: head.version_id,
        sha256: head.checksum_sha256.as_deref().and_then(checksum::from_header),
        storage_class: head.storage_class.map(|class| class.as_str().to_owned()),
        encryption: encryption.transpose()?.map(|kind| Encryption {
            kind,
            kms_key: head.ssekms_key_id,
            bucket_key: head.bucket_key_enabled.unwrap_or(false),
        }),
        headers: ObjectHeaders {
            content_type: head.content_type,
            cache_control: head.cache_control,
            content_disposition: head.content_disposition,
            content_encoding: head.content_encoding,
            content_language: head.content_language,
            expires: head.expires_string,
            website_redirect: head.website_redirect_location,
        },
        metadata: head.metadata.unwrap_or_default().into_iter().collect(),
        lock: (lock.legal_hold || lock.retained_until.is_some()).then_some(lock),
    })
}

fn encryption_kind(kind: &ServerSideEncryption) -> Option<EncryptionType> {
    match kind {
        ServerSideEncryption::Aes256 => Some(EncryptionType::Aes256),
        ServerSideEncryption::AwsKms => Some(EncryptionType::Kms),
        ServerSideEncryption::AwsKmsDsse => Some(EncryptionType::KmsDsse),
        _ => None,
    }
}

pub(crate) const fn sdk_encryption(kind: EncryptionType) -> ServerSideEncryption {
    match kind {
        EncryptionType::Aes256 => ServerSideEncryption::Aes256,
        EncryptionType::Kms => ServerSideEncryption::AwsKms,
        EncryptionType::KmsDsse => ServerSideEncryption::AwsKmsDsse,
    }
}

/// Sets the headers that S3 keeps with an object on a request that stores one, of whatever kind.
macro_rules! keep_headers {
    ($request:expr, $headers:expr) => {
        $request
            .set_content_type($headers.content_type.clone())
            .set_cache_control($headers.cache_control.clone())
            .set_content_disposition($headers.content_disposition.clone())
            .set_content_encoding($headers.content_encoding.clone())
            .set_content_language($headers.content_language.clone())
            .set_expires($crate::details::expires($headers))
            .set_website_redirect_location($headers.website_redirect.clone())
    };
}
pub(crate) use keep_headers;

/// Sets the encryption that an object is to have on a request that stores one, of whatever kind.
macro_rules! encrypt {
    ($request:expr, $encryption:expr) => {
        match $encryption {
            None => $request,
            Some(encryption) => $request
                .server_side_encryption($crate::details::sdk_encryption(encryption.kind))
                .set_ssekms_key_id(encryption.kms_key.clone())
                .set_bucket_key_enabled(encryption.bucket_key.then_some(true)),
        }
    };
}
pub(crate) use encrypt;

/// The `Expires` header as the SDK takes it; one that is no date can't be sent again.
pub(crate) fn expires(headers: &ObjectHeaders) -> Option<aws_smithy_types::DateTime> {
    let text = headers.expires.as_deref()?;
    aws_smithy_types::DateTime::from_str(text, aws_smithy_types::date_time::Format::HttpDate).ok()
}
