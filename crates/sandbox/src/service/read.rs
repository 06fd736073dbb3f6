//! Objects on their way out: get and head, with ranges and conditions.

use std::ops;

use s3s::dto::*;
use s3s::{S3Request, S3Response, S3Result, s3_error};

use super::Service;
use super::body::stream;
use super::objects::{checksum_type, not_a_marker};
use crate::access::Known;
use crate::answer::store_error;
use crate::clock;
use crate::record::{Checksums, Object};

/// The conditions of a read.
pub(super) struct ReadConditions {
    pub(super) if_match: Option<ETagCondition>,
    pub(super) if_none_match: Option<ETagCondition>,
    pub(super) if_modified_since: Option<Timestamp>,
    pub(super) if_unmodified_since: Option<Timestamp>,
}

impl ReadConditions {
    /// RFC 9110 section 13.2.2, as S3 documents it for GET and HEAD.
    ///
    /// # Errors
    ///
    /// 412 where the object is not the wanted one, 304 where the caller has it already.
    pub(super) fn check(&self, object: &Object) -> S3Result<()> {
        let is = |condition: &ETagCondition| match condition {
            ETagCondition::Any => true,
            ETagCondition::ETag(etag) => etag.value() == object.etag,
        };
        // HTTP dates have whole seconds.
        let modified = clock::timestamp(object.modified / 1000 * 1000);
        let failed = || s3_error!(PreconditionFailed, "At least one of the pre-conditions you specified did not hold");
        match (&self.if_match, &self.if_unmodified_since) {
            (Some(condition), _) if !is(condition) => return Err(failed()),
            (None, Some(since)) if modified > *since => return Err(failed()),
            _ => {}
        }
        match (&self.if_none_match, &self.if_modified_since) {
            (Some(condition), _) if is(condition) => Err(s3_error!(NotModified, "Not Modified")),
            (None, Some(since)) if modified <= *since => Err(s3_error!(NotModified, "Not Modified")),
            _ => Ok(()),
        }
    }
}

/// What is sent of an object: everything, a range, or one of its parts.
struct Selection {
    bytes: ops::Range<u64>,
    partial: bool,
    parts: Option<i32>,
}

fn select(object: &Object, range: Option<Range>, part: Option<i32>) -> S3Result<Selection> {
    let whole = Selection { bytes: 0..object.size, partial: false, parts: None };
    match (range, part) {
        (Some(_), Some(_)) => {
            Err(s3_error!(InvalidRequest, "Cannot specify both Range header and partNumber query parameter."))
        }
        (Some(range), None) => {
            let bytes = range
                .check(object.size)
                .map_err(|_| s3_error!(InvalidRange, "The requested range is not satisfiable"))?;
            Ok(Selection { bytes, partial: true, parts: None })
        }
        (None, Some(number)) => select_part(object, number),
        (None, None) => Ok(whole),
    }
}

fn select_part(object: &Object, number: i32) -> S3Result<Selection> {
    let no_such_part = || s3_error!(InvalidPart, "The requested partnumber is not satisfiable");
    let parts = &object.meta.parts;
    if parts.is_empty() {
        return match number {
            1 => Ok(Selection { bytes: 0..object.size, partial: true, parts: None }),
            _ => Err(no_such_part()),
        };
    }
    let at = usize::try_from(number).ok().and_then(|number| number.checked_sub(1));
    let at = at.filter(|at| *at < parts.len()).ok_or_else(no_such_part)?;
    let start: u64 = parts[..at].iter().map(|part| part.size).sum();
    Ok(Selection { bytes: start..start + parts[at].size, partial: true, parts: i32::try_from(parts.len()).ok() })
}

fn content_range(selection: &Selection, size: u64) -> Option<String> {
    let bytes = &selection.bytes;
    (selection.partial && !bytes.is_empty()).then(|| format!("bytes {}-{}/{size}", bytes.start, bytes.end - 1))
}

/// Checksums are shown when asked for, and only with all of what they are the checksum of.
fn shown_checksums(object: &Object, mode: Option<&ChecksumMode>, selection: &Selection) -> Option<Checksums> {
    let asked = mode.is_some_and(|mode| mode.as_str() == ChecksumMode::ENABLED);
    let whole = selection.bytes == (0..object.size);
    (asked && whole).then(|| object.meta.checksums.clone())
}

fn length(bytes: &ops::Range<u64>) -> Option<i64> {
    i64::try_from(bytes.end - bytes.start).ok()
}

fn expires(object: &Object) -> Option<Timestamp> {
    let text = object.meta.headers.expires.as_deref()?;
    Timestamp::parse(TimestampFormat::HttpDate, text).ok()
}

fn content_type(object: &Object) -> Option<String> {
    let kind = object.meta.headers.content_type.clone();
    kind.or_else(|| Some("binary/octet-stream".to_owned()))
}

impl Service {
    pub(super) async fn get(&self, request: S3Request<GetObjectInput>) -> S3Result<S3Response<GetObjectOutput>> {
        let Known { bucket, .. } = Self::known(&request)?;
        let input = request.input;
        let version = input.version_id.as_deref();
        let (object, body) =
            self.store.object_and_body(&input.bucket, &input.key, version).await.map_err(store_error)?;
        let object = not_a_marker(object, version)?;
        ReadConditions {
            if_match: input.if_match,
            if_none_match: input.if_none_match,
            if_modified_since: input.if_modified_since,
            if_unmodified_since: input.if_unmodified_since,
        }
        .check(&object)?;
        let selection = select(&object, input.range, input.part_number)?;
        let checksums = shown_checksums(&object, input.checksum_mode.as_ref(), &selection);
        let size = selection.bytes.end - selection.bytes.start;
        let encryption = object.meta.encryption.clone();
        let output = GetObjectOutput {
            accept_ranges: Some("bytes".to_owned()),
            bucket_key_enabled: encryption.as_ref().and_then(|one| one.bucket_key),
            checksum_type: checksums.as_ref().map(checksum_type),
            content_length: length(&selection.bytes),
            content_range: content_range(&selection, object.size),
            content_type: content_type(&object).and_then(|kind| kind.parse().ok()),
            e_tag: Some(ETag::Strong(object.etag.clone())),
            expires: expires(&object),
            last_modified: Some(clock::timestamp(object.modified)),
            parts_count: selection.parts,
            server_side_encryption: encryption.as_ref().map(|one| one.to_header()),
            ssekms_key_id: encryption.and_then(|one| one.kms_key),
            tag_count: i32::try_from(object.meta.tags.len()).ok().filter(|count| *count > 0),
            version_id: bucket.versioning.map(|_| object.version.clone()),
            body: Some(StreamingBlob::wrap(stream(body, selection.bytes.start, size))),
            ..describe_get(object, checksums.unwrap_or_default())
        };
        Ok(S3Response::new(output))
    }

    pub(super) async fn head_object_of(
        &self,
        request: S3Request<HeadObjectInput>,
    ) -> S3Result<S3Response<HeadObjectOutput>> {
        let Known { bucket, .. } = Self::known(&request)?;
        let input = request.input;
        let object = self.existing(&input.bucket, &input.key, input.version_id.as_deref()).await?;
        ReadConditions {
            if_match: input.if_match,
            if_none_match: input.if_none_match,
            if_modified_since: input.if_modified_since,
            if_unmodified_since: input.if_unmodified_since,
        }
        .check(&object)?;
        let selection = select(&object, input.range, input.part_number)?;
        let checksums = shown_checksums(&object, input.checksum_mode.as_ref(), &selection);
        let encryption = object.meta.encryption.clone();
        let output = HeadObjectOutput {
            accept_ranges: Some("bytes".to_owned()),
            bucket_key_enabled: encryption.as_ref().and_then(|one| one.bucket_key),
            checksum_type: checksums.as_ref().map(checksum_type),
            content_length: length(&selection.bytes),
            content_range: content_range(&selection, object.size),
            content_type: content_type(&object).and_then(|kind| kind.parse().ok()),
            e_tag: Some(ETag::Strong(object.etag.clone())),
            expires: expires(&object),
            last_modified: Some(clock::timestamp(object.modified)),
            parts_count: selection.parts,
            server_side_encryption: encryption.as_ref().map(|one| one.to_header()),
            ssekms_key_id: encryption.and_then(|one| one.kms_key),
            version_id: bucket.versioning.map(|_| object.version.clone()),
            ..describe_head(object, checksums.unwrap_or_default())
        };
        Ok(S3Response::new(output))
    }
}

fn describe_get(object: Object, checksums: Checksums) -> GetObjectOutput {
    let headers = object.meta.headers;
    GetObjectOutput {
        cache_control: headers.cache_control,
        checksum_crc32: checksums.crc32,
        checksum_crc32c: checksums.crc32c,
        checksum_crc64nvme: checksums.crc64nvme,
        checksum_sha1: checksums.sha1,
        checksum_sha256: checksums.sha256,
        content_disposition: headers.content_disposition,
        content_encoding: headers.content_encoding,
        content_language: headers.content_language,
        metadata: Some(headers.user.into_iter().collect()),
        storage_class: headers.storage_class.filter(|class| class != "STANDARD").map(Into::into),
        website_redirect_location: headers.website_redirect,
        ..GetObjectOutput::default()
    }
}

fn describe_head(object: Object, checksums: Checksums) -> HeadObjectOutput {
    let headers = object.meta.headers;
    HeadObjectOutput {
        cache_control: headers.cache_control,
        checksum_crc32: checksums.crc32,
        checksum_crc32c: checksums.crc32c,
        checksum_crc64nvme: checksums.crc64nvme,
        checksum_sha1: checksums.sha1,
        checksum_sha256: checksums.sha256,
        content_disposition: headers.content_disposition,
        content_encoding: headers.content_encoding,
        content_language: headers.content_language,
        metadata: Some(headers.user.into_iter().collect()),
        storage_class: headers.storage_class.filter(|class| class != "STANDARD").map(Into::into),
        website_redirect_location: headers.website_redirect,
        ..HeadObjectOutput::default()
    }
}
