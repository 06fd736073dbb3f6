//! Objects in parts: begin, send parts, complete, abort.

use s3s::crypto::{Checksum as _, Md5};
use s3s::dto::*;
use s3s::{S3Request, S3Response, S3Result, s3_error};

use super::Service;
use super::encryption::RequestedEncryption;
use super::objects::{
    check_user_metadata, checksum_type, condition, raw_header, refuse_object_lock, without_aws_chunked,
};
use super::tags;
use crate::acl::{self, Requested};
use crate::answer::store_error;
use crate::checksums::{self, Algorithm, Expected};
use crate::record::{Checksums, Headers, ObjectMeta, ObjectPart};
use crate::store::{NewObject, NewPart, Part, Upload};

/// Every part but the last has at least this many bytes.
const LEAST: u64 = 5 * 1024 * 1024;

pub(super) fn check_part_number(number: i32) -> S3Result<()> {
    if (1..=10_000).contains(&number) {
        return Ok(());
    }
    Err(s3_error!(InvalidArgument, "Part number must be an integer between 1 and 10000, inclusive"))
}

impl Service {
    pub(super) async fn begin(
        &self,
        request: S3Request<CreateMultipartUploadInput>,
    ) -> S3Result<S3Response<CreateMultipartUploadOutput>> {
        let input = request.input;
        let (bucket, block) = self.bucket(&input.bucket).await?;
        refuse_object_lock(input.object_lock_mode.is_some() || input.object_lock_legal_hold_status.is_some())?;
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
        let algorithm = input.checksum_algorithm.as_ref().map(ChecksumAlgorithm::as_str);
        let algorithm = match algorithm {
            None => None,
            Some(name) => Some(
                Algorithm::parse(name)
                    .ok_or_else(|| s3_error!(InvalidRequest, "Checksum algorithm provided is unsupported."))?,
            ),
        };
        let composite = is_composite(algorithm, input.checksum_type.as_ref())?;
        let meta = ObjectMeta { headers, acl, tags, encryption: Some(encryption.clone()), ..ObjectMeta::default() };
        let id = self
            .store
            .create_upload(
                input.bucket.clone(),
                input.key.clone(),
                algorithm.map(|one| one.as_str().to_owned()),
                composite,
                meta,
            )
            .await
            .map_err(store_error)?;
        Ok(S3Response::new(CreateMultipartUploadOutput {
            bucket: Some(input.bucket),
            checksum_algorithm: algorithm.map(|one| ChecksumAlgorithm::from_static(one.as_str())),
            checksum_type: algorithm.map(|_| type_of(composite)),
            key: Some(input.key),
            server_side_encryption: Some(encryption.to_header()),
            ssekms_key_id: encryption.kms_key,
            upload_id: Some(id),
            ..CreateMultipartUploadOutput::default()
        }))
    }

    pub(super) async fn part(&self, request: S3Request<UploadPartInput>) -> S3Result<S3Response<UploadPartOutput>> {
        let input = request.input;
        check_part_number(input.part_number)?;
        let upload = self.store.upload(&input.bucket, &input.key, &input.upload_id).await.map_err(store_error)?;
        let said = Checksums {
            crc32: input.checksum_crc32,
            crc32c: input.checksum_crc32c,
            crc64nvme: input.checksum_crc64nvme,
            sha1: input.checksum_sha1,
            sha256: input.checksum_sha256,
            composite: false,
        };
        let mut expected = Expected::of_request(&request.headers, input.content_md5, said)?;
        expected.announced.push(algorithm_of(&upload));
        let (body, computed) =
            self.take_in(input.body, input.content_length, &expected, request.trailing_headers.as_ref()).await?;
        let etag = hex::encode(computed.md5);
        let checksums = computed.checksums;
        let part = NewPart {
            upload: input.upload_id,
            number: input.part_number,
            etag: etag.clone(),
            checksums: checksums.clone(),
        };
        self.store.put_part(part, body).await.map_err(store_error)?;
        Ok(S3Response::new(UploadPartOutput {
            checksum_crc32: checksums.crc32,
            checksum_crc32c: checksums.crc32c,
            checksum_crc64nvme: checksums.crc64nvme,
            checksum_sha1: checksums.sha1,
            checksum_sha256: checksums.sha256,
            e_tag: Some(ETag::Strong(etag)),
            server_side_encryption: upload.meta.encryption.as_ref().map(|one| one.to_header()),
            ..UploadPartOutput::default()
        }))
    }

    pub(super) async fn complete(
        &self,
        request: S3Request<CompleteMultipartUploadInput>,
    ) -> S3Result<S3Response<CompleteMultipartUploadOutput>> {
        let input = request.input;
        let condition = condition(input.if_match.as_ref(), input.if_none_match.as_ref())?;
        let (upload, stored) =
            self.store.parts(&input.bucket, &input.key, &input.upload_id).await.map_err(store_error)?;
        let named = input.multipart_upload.and_then(|upload| upload.parts).unwrap_or_default();
        let chosen = choose(&named, stored)?;
        let size: u64 = chosen.iter().map(|part| part.size).sum();
        if input.mpu_object_size.is_some_and(|said| said.cast_unsigned() != size) {
            return Err(s3_error!(
                InvalidRequest,
                "The provided 'x-amz-mp-object-size' header does not match what was computed."
            ));
        }
        let parts: Vec<ObjectPart> = chosen
            .iter()
            .map(|part| ObjectPart { number: part.number, size: part.size, checksums: part.checksums.clone() })
            .collect();
        let algorithm = algorithm_of(&upload);
        let mut checksums = Checksums { composite: upload.composite, ..Checksums::default() };
        checksums.set(algorithm, checksums::of_parts(algorithm, upload.composite, &parts));
        let said = Checksums {
            crc32: input.checksum_crc32,
            crc32c: input.checksum_crc32c,
            crc64nvme: input.checksum_crc64nvme,
            sha1: input.checksum_sha1,
            sha256: input.checksum_sha256,
            composite: upload.composite,
        };
        check_whole(algorithm, &said, &checksums)?;
        let etag = etag_of(&chosen, &parts);
        let meta = ObjectMeta { checksums: checksums.clone(), parts, ..upload.meta.clone() };
        let object = NewObject { bucket: input.bucket.clone(), key: input.key.clone(), etag: etag.clone(), meta };
        let written =
            self.store.complete_upload(input.upload_id, object, chosen, condition).await.map_err(store_error)?;
        let encryption = upload.meta.encryption;
        Ok(S3Response::new(CompleteMultipartUploadOutput {
            location: Some(format!("/{}/{}", input.bucket, input.key)),
            bucket: Some(input.bucket),
            checksum_type: Some(checksum_type(&checksums)),
            checksum_crc32: checksums.crc32,
            checksum_crc32c: checksums.crc32c,
            checksum_crc64nvme: checksums.crc64nvme,
            checksum_sha1: checksums.sha1,
            checksum_sha256: checksums.sha256,
            e_tag: Some(ETag::Strong(etag)),
            key: Some(input.key),
            server_side_encryption: encryption.as_ref().map(|one| one.to_header()),
            ssekms_key_id: encryption.and_then(|one| one.kms_key),
            version_id: written.version,
            ..CompleteMultipartUploadOutput::default()
        }))
    }

    pub(super) async fn abort(
        &self,
        request: S3Request<AbortMultipartUploadInput>,
    ) -> S3Result<S3Response<AbortMultipartUploadOutput>> {
        let input = request.input;
        self.store.abort_upload(&input.bucket, &input.key, &input.upload_id).await.map_err(store_error)?;
        let output = AbortMultipartUploadOutput::default();
        Ok(S3Response::new(output))
    }
}

/// Without a wish S3 keeps a CRC64NVME of the whole object.
fn algorithm_of(upload: &Upload) -> Algorithm {
    upload.algorithm.as_deref().and_then(Algorithm::parse).unwrap_or(Algorithm::Crc64Nvme)
}

pub(super) fn type_of(composite: bool) -> ChecksumType {
    ChecksumType::from_static(if composite { ChecksumType::COMPOSITE } else { ChecksumType::FULL_OBJECT })
}

/// Whether the object's checksum will be one of checksums, by S3's table of what goes together.
fn is_composite(algorithm: Option<Algorithm>, wished: Option<&ChecksumType>) -> S3Result<bool> {
    let algorithm = algorithm.unwrap_or(Algorithm::Crc64Nvme);
    match (wished.map(ChecksumType::as_str), algorithm) {
        (Some(ChecksumType::COMPOSITE), Algorithm::Crc64Nvme) => Err(s3_error!(
            InvalidRequest,
            "The COMPOSITE checksum type cannot be used with the crc64nvme checksum algorithm."
        )),
        (Some(ChecksumType::FULL_OBJECT), algorithm) if !algorithm.combines() => Err(s3_error!(
            InvalidRequest,
            "The FULL_OBJECT checksum type cannot be used with the {} checksum algorithm.",
            algorithm.as_str().to_ascii_lowercase()
        )),
        (Some(ChecksumType::COMPOSITE), _) => Ok(true),
        (Some(ChecksumType::FULL_OBJECT), _) => Ok(false),
        (Some(_), _) => Err(s3_error!(InvalidRequest, "Value for x-amz-checksum-type is invalid.")),
        (None, algorithm) => Ok(algorithm != Algorithm::Crc64Nvme),
    }
}

/// The stored parts that the request names, in its order, which must be theirs.
fn choose(named: &[CompletedPart], stored: Vec<Part>) -> S3Result<Vec<Part>> {
    if named.is_empty() {
        return Err(s3_error!(
            MalformedXML,
            "The XML you provided was not well-formed or did not validate against our published \
             schema"
        ));
    }
    let invalid = || {
        s3_error!(
            InvalidPart,
            "One or more of the specified parts could not be found. The part may not have been \
             uploaded, or the specified entity tag may not match the part's entity tag."
        )
    };
    let numbers: Vec<i32> = named.iter().map(|part| part.part_number.ok_or_else(invalid)).collect::<S3Result<_>>()?;
    if numbers.windows(2).any(|pair| pair[0] >= pair[1]) {
        return Err(s3_error!(
            InvalidPartOrder,
            "The list of parts was not in ascending order. Parts must be ordered by part number."
        ));
    }
    let mut stored = stored.into_iter();
    let mut chosen = Vec::with_capacity(named.len());
    for (wanted, number) in named.iter().zip(numbers) {
        let part = stored.find(|part| part.number == number).ok_or_else(invalid)?;
        let etag_fits = wanted.e_tag.as_ref().is_some_and(|etag| etag.value() == part.etag);
        let said = [
            (Algorithm::Crc32, &wanted.checksum_crc32),
            (Algorithm::Crc32c, &wanted.checksum_crc32c),
            (Algorithm::Crc64Nvme, &wanted.checksum_crc64nvme),
            (Algorithm::Sha1, &wanted.checksum_sha1),
            (Algorithm::Sha256, &wanted.checksum_sha256),
        ];
        let checksums_fit = said
            .into_iter()
            .all(|(algorithm, said)| said.is_none() || said.as_deref() == part.checksums.get(algorithm));
        if !etag_fits || !checksums_fit {
            return Err(invalid());
        }
        chosen.push(part);
    }
    if chosen.iter().rev().skip(1).any(|part| part.size < LEAST) {
        return Err(s3_error!(EntityTooSmall, "Your proposed upload is smaller than the minimum allowed size"));
    }
    Ok(chosen)
}

/// What the request says of the whole object's checksum must be what the parts make. Composite
/// values may be given with or without the number of parts.
fn check_whole(algorithm: Algorithm, said: &Checksums, found: &Checksums) -> S3Result<()> {
    for given in said.algorithms() {
        let (said, found) = (said.get(given), found.get(given));
        let plain = |text: &str| text.split_once('-').map_or(text.to_owned(), |(sum, _)| sum.to_owned());
        if given != algorithm || said.map(plain) != found.map(plain) {
            return Err(s3_error!(
                BadDigest,
                "The {} you specified did not match the calculated checksum.",
                given.as_str()
            ));
        }
    }
    Ok(())
}

/// The MD5 of the parts' MD5s, and how many there are.
fn etag_of(chosen: &[Part], parts: &[ObjectPart]) -> String {
    let mut hasher = Md5::new();
    for part in chosen {
        // Entity tags of parts are written by this program as hexadecimal.
        hasher.update(&hex::decode(&part.etag).unwrap_or_default());
    }
    format!("{}-{}", hex::encode(hasher.finalize()), parts.len())
}
