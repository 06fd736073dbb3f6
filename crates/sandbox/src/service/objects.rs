//! Objects on their way in: put, and what all writes have in common.

use http::HeaderMap;
use s3s::dto::*;
use s3s::{S3Request, S3Response, S3Result, s3_error};

use super::Service;
use super::encryption::RequestedEncryption;
use super::tags;
use crate::access::Known;
use crate::acl::{self, Requested};
use crate::answer::store_error;
use crate::checksums::Expected;
use crate::record::{Checksums, Headers, Object, ObjectMeta};
use crate::store::{Condition, NewObject};

impl Service {
    pub(super) async fn put(&self, request: S3Request<PutObjectInput>) -> S3Result<S3Response<PutObjectOutput>> {
        let Known { bucket, block } = Self::known(&request)?;
        let input = request.input;
        if input.write_offset_bytes.is_some() {
            return Err(s3_error!(NotImplemented, "Appending is not served by this sandbox"));
        }
        refuse_object_lock(input.object_lock_mode.is_some() || input.object_lock_legal_hold_status.is_some())?;
        let condition = condition(input.if_match.as_ref(), input.if_none_match.as_ref())?;
        let requested = Requested {
            canned: input.acl.as_ref().map(ObjectCannedACL::as_str),
            full_control: input.grant_full_control.as_deref(),
            read: input.grant_read.as_deref(),
            read_acp: input.grant_read_acp.as_deref(),
            write_acp: input.grant_write_acp.as_deref(),
            ..Requested::default()
        };
        let acl = acl::accept(requested.parse(&self.account_id)?, &bucket, block, &self.account_id)?;
        let encryption = RequestedEncryption {
            algorithm: input.server_side_encryption.as_ref(),
            kms_key: input.ssekms_key_id.as_deref(),
            bucket_key: input.bucket_key_enabled,
            customer: input.sse_customer_algorithm.as_deref(),
        }
        .decide(&bucket)?;
        let headers = Headers {
            content_type: input.content_type.map(|kind| kind.to_string()),
            cache_control: input.cache_control,
            content_disposition: input.content_disposition,
            content_encoding: input.content_encoding.and_then(without_aws_chunked),
            content_language: input.content_language,
            expires: raw_header(&request.headers, "expires"),
            website_redirect: input.website_redirect_location,
            storage_class: input.storage_class.map(|class| class.as_str().to_owned()),
            user: input.metadata.unwrap_or_default().into_iter().collect(),
        };
        check_user_metadata(&headers)?;
        let tags = tags::from_header(input.tagging.as_deref())?;
        let checksums = Checksums {
            crc32: input.checksum_crc32,
            crc32c: input.checksum_crc32c,
            crc64nvme: input.checksum_crc64nvme,
            sha1: input.checksum_sha1,
            sha256: input.checksum_sha256,
            composite: false,
        };
        let expected = Expected::of_request(&request.headers, input.content_md5, checksums)?;
        let (body, computed) =
            self.take_in(input.body, input.content_length, &expected, request.trailing_headers.as_ref()).await?;
        let etag = hex::encode(computed.md5);
        let checksums = computed.checksums;
        let meta = ObjectMeta {
            headers,
            checksums: checksums.clone(),
            acl,
            tags,
            encryption: Some(encryption.clone()),
            parts: Vec::new(),
        };
        let object = NewObject { bucket: input.bucket, key: input.key, etag: etag.clone(), meta };
        let written = self.store.put(object, body, condition).await.map_err(store_error)?;
        Ok(S3Response::new(PutObjectOutput {
            bucket_key_enabled: encryption.bucket_key,
            checksum_type: Some(checksum_type(&checksums)),
            checksum_crc32: checksums.crc32,
            checksum_crc32c: checksums.crc32c,
            checksum_crc64nvme: checksums.crc64nvme,
            checksum_sha1: checksums.sha1,
            checksum_sha256: checksums.sha256,
            e_tag: Some(ETag::Strong(etag)),
            server_side_encryption: Some(encryption.to_header()),
            ssekms_key_id: encryption.kms_key,
            version_id: written.version,
            ..PutObjectOutput::default()
        }))
    }

    /// The latest or the named version of an object; a delete marker is no object.
    pub(super) async fn existing(&self, bucket: &str, key: &str, version: Option<&str>) -> S3Result<Object> {
        let object = self.store.object(bucket, key, version).await.map_err(store_error)?;
        not_a_marker(object, version)
    }
}

/// What S3 answers where there is a delete marker: 404 for the latest, 405 for a named version.
pub(super) fn not_a_marker(object: Object, version: Option<&str>) -> S3Result<Object> {
    if !object.delete_marker {
        return Ok(object);
    }
    let mut headers = HeaderMap::new();
    headers.insert("x-amz-delete-marker", http::HeaderValue::from_static("true"));
    if let Ok(id) = http::HeaderValue::from_str(&object.version) {
        headers.insert("x-amz-version-id", id);
    }
    let mut error = if version.is_some() {
        s3_error!(MethodNotAllowed, "The specified method is not allowed against this resource.")
    } else {
        s3_error!(NoSuchKey, "The specified key does not exist.")
    };
    error.set_headers(headers);
    Err(error)
}

/// The conditions of a write.
///
/// # Errors
///
/// `NotImplemented` for `If-None-Match` with anything but `*`, as S3 answers.
pub(super) fn condition(
    if_match: Option<&ETagCondition>,
    if_none_match: Option<&ETagCondition>,
) -> S3Result<Condition> {
    let absent = match if_none_match {
        None => false,
        Some(ETagCondition::Any) => true,
        Some(ETagCondition::ETag(_)) => {
            return Err(s3_error!(
                NotImplemented,
                "A header you provided implies functionality that is not implemented"
            ));
        }
    };
    let etag = if_match.map(|condition| match condition {
        ETagCondition::Any => "*".to_owned(),
        ETagCondition::ETag(etag) => etag.value().to_owned(),
    });
    Ok(Condition { absent, etag })
}

pub(super) fn refuse_object_lock(asked: bool) -> S3Result<()> {
    if asked {
        return Err(s3_error!(InvalidRequest, "Bucket is missing Object Lock Configuration"));
    }
    Ok(())
}

/// `aws-chunked` says how the request travelled; it is no property of the object.
pub(super) fn without_aws_chunked(encoding: String) -> Option<String> {
    let rest: Vec<&str> = encoding
        .split(',')
        .map(str::trim)
        .filter(|one| !one.is_empty() && !one.eq_ignore_ascii_case("aws-chunked"))
        .collect();
    (!rest.is_empty()).then(|| rest.join(","))
}

pub(super) fn raw_header(headers: &HeaderMap, name: &str) -> Option<String> {
    headers.get(name)?.to_str().ok().map(str::to_owned)
}

/// User metadata is at most 2 KB, counted over keys and values.
pub(super) fn check_user_metadata(headers: &Headers) -> S3Result<()> {
    let size: usize = headers.user.iter().map(|(key, value)| key.len() + value.len()).sum();
    if size > 2048 {
        return Err(s3_error!(MetadataTooLarge, "Your metadata headers exceed the maximum allowed metadata size"));
    }
    Ok(())
}

pub(super) fn checksum_type(checksums: &Checksums) -> ChecksumType {
    ChecksumType::from_static(if checksums.composite { ChecksumType::COMPOSITE } else { ChecksumType::FULL_OBJECT })
}
