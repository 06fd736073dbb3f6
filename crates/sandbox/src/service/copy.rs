//! Copies within the sandbox: of objects, and of ranges into parts of an upload.

use s3s::dto::*;
use s3s::{S3Request, S3Response, S3Result, s3_error};

use super::Service;
use super::body::stream;
use super::encryption::RequestedEncryption;
use super::objects::{check_user_metadata, checksum_type, condition, not_a_marker, raw_header};
use super::read::ReadConditions;
use super::tags;
use crate::access::{Action, Asked, Request};
use crate::acl::{self, Requested};
use crate::answer::store_error;
use crate::checksums::{Algorithm, Expected};
use crate::clock;
use crate::record::{Headers, Object, ObjectMeta};
use crate::store::{NewObject, NewPart, StoredBody};

/// The largest object that can be copied in one request, in bytes.
const MOST: u64 = 5 * 1024 * 1024 * 1024;

/// An object to be copied, with what the answer says about it.
struct Source {
    object: Object,
    body: StoredBody,
    version: Option<String>,
}

impl Service {
    async fn source(&self, asked: &Asked, source: &CopySource, conditions: ReadConditions) -> S3Result<Source> {
        let CopySource::Bucket { bucket, key, version_id } = source else {
            return Err(s3_error!(NotImplemented, "Access points are not served by this sandbox"));
        };
        let version = version_id.as_deref();
        let action = match version {
            Some(_) => Action::GET_OBJECT_VERSION,
            None => Action::GET_OBJECT,
        };
        self.access
            .authorize(&Request {
                caller: asked.caller,
                action,
                bucket,
                key: Some(key),
                version,
                context: &asked.context,
            })
            .await?;
        let (from, _) = self.bucket(bucket).await?;
        let (object, body) = self.store.object_and_body(bucket, key, version).await.map_err(store_error)?;
        let object = not_a_marker(object, version)?;
        // A copy has no "304 Not Modified": what does not hold is a failed precondition.
        conditions.check(&object).map_err(|_| {
            s3_error!(PreconditionFailed, "At least one of the pre-conditions you specified did not hold")
        })?;
        let version = from.versioning.map(|_| object.version.clone());
        Ok(Source { object, body, version })
    }

    pub(super) async fn copy(&self, request: S3Request<CopyObjectInput>) -> S3Result<S3Response<CopyObjectOutput>> {
        let asked = Self::asked(&request)?;
        let input = request.input;
        let (bucket, block) = self.bucket(&input.bucket).await?;
        let conditions = ReadConditions {
            if_match: input.copy_source_if_match,
            if_none_match: input.copy_source_if_none_match,
            if_modified_since: input.copy_source_if_modified_since,
            if_unmodified_since: input.copy_source_if_unmodified_since,
        };
        let source = self.source(&asked, &input.copy_source, conditions).await?;
        if source.object.size > MOST {
            return Err(s3_error!(
                InvalidRequest,
                "The specified copy source is larger than the maximum allowable size for a copy \
                 source: 5368709120"
            ));
        }
        let replace = |directive: Option<&str>| directive == Some("REPLACE");
        let replace_headers = replace(input.metadata_directive.as_ref().map(|one| one.as_str()));
        let replace_tags = replace(input.tagging_directive.as_ref().map(|one| one.as_str()));
        let class = input.storage_class.map(|class| class.as_str().to_owned());
        let headers = if replace_headers {
            Headers {
                content_type: input.content_type.map(|kind| kind.to_string()),
                cache_control: input.cache_control,
                content_disposition: input.content_disposition,
                content_encoding: input.content_encoding,
                content_language: input.content_language,
                expires: raw_header(&request.headers, "expires"),
                website_redirect: input.website_redirect_location,
                storage_class: class,
                user: input.metadata.unwrap_or_default().into_iter().collect(),
            }
        } else {
            Headers { storage_class: class, ..source.object.meta.headers.clone() }
        };
        check_user_metadata(&headers)?;
        let tags =
            if replace_tags { tags::from_header(input.tagging.as_deref())? } else { source.object.meta.tags.clone() };
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
        };
        let says_nothing_new = !replace_headers && encryption.algorithm.is_none();
        let encryption = encryption.decide(&bucket)?;
        let onto_itself = matches!(&input.copy_source, CopySource::Bucket { bucket, key, version_id: None }
            if **bucket == *input.bucket && **key == *input.key);
        if onto_itself && says_nothing_new && !replace_tags {
            return Err(s3_error!(
                InvalidRequest,
                "This copy request is illegal because it is trying to copy an object to itself \
                 without changing the object's metadata, storage class, website redirect location \
                 or encryption attributes."
            ));
        }
        let wished = input.checksum_algorithm.as_ref().and_then(|one| Algorithm::parse(one.as_str()));
        let announced = match wished {
            Some(algorithm) => vec![algorithm],
            None if source.object.meta.checksums.composite => Vec::new(),
            None => source.object.meta.checksums.algorithms(),
        };
        let expected = Expected { announced, ..Expected::default() };
        let size = source.object.size;
        let bytes = StreamingBlob::wrap(stream(source.body, 0, size));
        let (body, computed) = self.take_in(Some(bytes), None, &expected, None).await?;
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
        // The protocol crate does not know the conditions that S3 takes for copies since 2025.
        let named = |name: &str| {
            request.headers.get(name).and_then(|value| ETagCondition::parse_http_header(value.as_bytes()).ok())
        };
        let condition = condition(named("if-match").as_ref(), named("if-none-match").as_ref())?;
        let object = NewObject { bucket: input.bucket, key: input.key, etag: etag.clone(), meta };
        let written = self.store.put(object, body, condition).await.map_err(store_error)?;
        Ok(S3Response::new(CopyObjectOutput {
            copy_object_result: Some(CopyObjectResult {
                checksum_type: Some(checksum_type(&checksums)),
                checksum_crc32: checksums.crc32,
                checksum_crc32c: checksums.crc32c,
                checksum_crc64nvme: checksums.crc64nvme,
                checksum_sha1: checksums.sha1,
                checksum_sha256: checksums.sha256,
                e_tag: Some(ETag::Strong(etag)),
                last_modified: Some(clock::timestamp(written.modified)),
            }),
            copy_source_version_id: source.version,
            server_side_encryption: Some(encryption.to_header()),
            ssekms_key_id: encryption.kms_key,
            version_id: written.version,
            ..CopyObjectOutput::default()
        }))
    }

    pub(super) async fn copy_part(
        &self,
        request: S3Request<UploadPartCopyInput>,
    ) -> S3Result<S3Response<UploadPartCopyOutput>> {
        let asked = Self::asked(&request)?;
        let input = request.input;
        super::multipart::check_part_number(input.part_number)?;
        let upload = self.store.upload(&input.bucket, &input.key, &input.upload_id).await.map_err(store_error)?;
        let conditions = ReadConditions {
            if_match: input.copy_source_if_match,
            if_none_match: input.copy_source_if_none_match,
            if_modified_since: input.copy_source_if_modified_since,
            if_unmodified_since: input.copy_source_if_unmodified_since,
        };
        let source = self.source(&asked, &input.copy_source, conditions).await?;
        let range = match input.copy_source_range {
            None => 0..source.object.size,
            Some(text) => part_range(&text, source.object.size)?,
        };
        let expected = Expected {
            announced: upload.algorithm.as_deref().and_then(Algorithm::parse).into_iter().collect(),
            ..Expected::default()
        };
        let bytes = StreamingBlob::wrap(stream(source.body, range.start, range.end - range.start));
        let (body, computed) = self.take_in(Some(bytes), None, &expected, None).await?;
        let etag = hex::encode(computed.md5);
        let checksums = computed.checksums;
        let part = NewPart {
            upload: input.upload_id,
            number: input.part_number,
            etag: etag.clone(),
            checksums: checksums.clone(),
        };
        let modified = self.store.put_part(part, body).await.map_err(store_error)?;
        Ok(S3Response::new(UploadPartCopyOutput {
            copy_part_result: Some(CopyPartResult {
                checksum_crc32: checksums.crc32,
                checksum_crc32c: checksums.crc32c,
                checksum_crc64nvme: checksums.crc64nvme,
                checksum_sha1: checksums.sha1,
                checksum_sha256: checksums.sha256,
                e_tag: Some(ETag::Strong(etag)),
                last_modified: Some(clock::timestamp(modified)),
            }),
            copy_source_version_id: source.version,
            server_side_encryption: upload.meta.encryption.as_ref().map(|one| one.to_header()),
            ..UploadPartCopyOutput::default()
        }))
    }
}

/// `bytes=FIRST-LAST`, both named and both inside the source.
fn part_range(text: &str, size: u64) -> S3Result<std::ops::Range<u64>> {
    let wrong = || {
        s3_error!(
            InvalidArgument,
            "The x-amz-copy-source-range value must be of the form bytes=first-last where first \
             and last are the zero-based offsets of the first and last bytes to copy"
        )
    };
    match Range::parse(text).map_err(|_| wrong())? {
        Range::Int { first, last: Some(last) } if first <= last && last < size => Ok(first..last + 1),
        _ => Err(wrong()),
    }
}
