//! Listing uploads in parts, and the parts of one.

use std::collections::BTreeSet;

use s3s::dto::*;
use s3s::{S3Request, S3Response, S3Result, s3_error};

use super::Service;
use super::listing::{self, Encoding};
use super::multipart::type_of;
use crate::acl;
use crate::answer::store_error;
use crate::clock;
use crate::identity;
use crate::store::UploadQuery;

impl Service {
    fn initiator(&self) -> Initiator {
        Initiator { display_name: Some(identity::USER_NAME.to_owned()), id: Some(identity::user_arn(&self.account_id)) }
    }

    pub(super) async fn parts(&self, request: S3Request<ListPartsInput>) -> S3Result<S3Response<ListPartsOutput>> {
        let input = request.input;
        let (upload, mut parts) =
            self.store.parts(&input.bucket, &input.key, &input.upload_id).await.map_err(store_error)?;
        let after = input.part_number_marker.unwrap_or_default();
        parts.retain(|part| part.number > after);
        let limit = listing::limit(input.max_parts)?;
        let more = parts.len() > limit;
        parts.truncate(limit);
        let next = parts.last().map(|part| part.number);
        let parts = parts
            .into_iter()
            .map(|part| Part {
                checksum_crc32: part.checksums.crc32,
                checksum_crc32c: part.checksums.crc32c,
                checksum_crc64nvme: part.checksums.crc64nvme,
                checksum_sha1: part.checksums.sha1,
                checksum_sha256: part.checksums.sha256,
                e_tag: Some(ETag::Strong(part.etag)),
                last_modified: Some(clock::timestamp(part.modified)),
                part_number: Some(part.number),
                size: i64::try_from(part.size).ok(),
            })
            .collect();
        let checksum_type = upload.algorithm.as_ref().map(|_| type_of(upload.composite));
        Ok(S3Response::new(ListPartsOutput {
            bucket: Some(upload.bucket),
            checksum_algorithm: upload.algorithm.map(ChecksumAlgorithm::from),
            checksum_type,
            initiator: Some(self.initiator()),
            is_truncated: Some(more),
            key: Some(upload.key),
            max_parts: i32::try_from(limit).ok(),
            next_part_number_marker: next,
            owner: Some(acl::owner(&self.account_id)),
            part_number_marker: Some(after),
            parts: Some(parts),
            storage_class: Some(StorageClass::from_static(StorageClass::STANDARD)),
            upload_id: Some(upload.id),
            ..ListPartsOutput::default()
        }))
    }

    pub(super) async fn uploads(
        &self,
        request: S3Request<ListMultipartUploadsInput>,
    ) -> S3Result<S3Response<ListMultipartUploadsOutput>> {
        let input = request.input;
        let encoding = Encoding::parse(input.encoding_type.as_ref())?;
        if input.upload_id_marker.is_some() && input.key_marker.is_none() {
            return Err(s3_error!(InvalidArgument, "A upload-id marker cannot be specified without a key marker."));
        }
        let limit = listing::limit(input.max_uploads)?;
        let prefix = input.prefix.clone().unwrap_or_default();
        let query = UploadQuery {
            bucket: input.bucket.clone(),
            prefix: prefix.clone(),
            key_marker: input.key_marker.clone().unwrap_or_default(),
            upload_marker: input.upload_id_marker.clone(),
            limit,
        };
        let (found, more) = self.store.uploads(query).await.map_err(store_error)?;
        let last = found.last().map(|upload| (upload.key.clone(), upload.id.clone()));
        let (mut uploads, mut common) = (Vec::new(), BTreeSet::new());
        for upload in found {
            if let Some(one) = listing::roll_up(&upload.key, &prefix, input.delimiter.as_deref()) {
                common.insert(one.to_owned());
                continue;
            }
            uploads.push(MultipartUpload {
                checksum_type: upload.algorithm.as_ref().map(|_| type_of(upload.composite)),
                checksum_algorithm: upload.algorithm.map(ChecksumAlgorithm::from),
                initiated: Some(clock::timestamp(upload.initiated)),
                initiator: Some(self.initiator()),
                key: Some(encoding.apply(&upload.key)),
                owner: Some(acl::owner(&self.account_id)),
                storage_class: Some(StorageClass::from_static(StorageClass::STANDARD)),
                upload_id: Some(upload.id),
            });
        }
        let (next_key, next_upload) = last.filter(|_| more).unzip();
        Ok(S3Response::new(ListMultipartUploadsOutput {
            bucket: Some(input.bucket),
            common_prefixes: Some(encoding.prefixes(common)),
            delimiter: input.delimiter.map(|one| encoding.apply(&one)),
            encoding_type: input.encoding_type,
            is_truncated: Some(more),
            key_marker: Some(encoding.apply(&input.key_marker.unwrap_or_default())),
            max_uploads: i32::try_from(limit).ok(),
            next_key_marker: next_key.map(|key| encoding.apply(&key)),
            next_upload_id_marker: next_upload,
            prefix: Some(encoding.apply(&prefix)),
            upload_id_marker: Some(input.upload_id_marker.unwrap_or_default()),
            uploads: Some(uploads),
            ..ListMultipartUploadsOutput::default()
        }))
    }
}
