//! GetObjectAttributes: what is known of an object without its bytes.

use s3s::dto::*;
use s3s::{S3Request, S3Response, S3Result};

use super::Service;
use super::objects::checksum_type;
use crate::clock;
use crate::record;

impl Service {
    pub(super) async fn attributes(
        &self,
        request: S3Request<GetObjectAttributesInput>,
    ) -> S3Result<S3Response<GetObjectAttributesOutput>> {
        let input = request.input;
        let (bucket, _) = self.bucket(&input.bucket).await?;
        let object = self.existing(&input.bucket, &input.key, input.version_id.as_deref()).await?;
        // The header holds a list, which the protocol crate hands on as one value a line.
        let wants = |name: &str| {
            let mut lists = input.object_attributes.iter();
            lists.any(|list| list.as_str().split(',').any(|one| one.trim() == name))
        };
        let checksums = object.meta.checksums.clone();
        Ok(S3Response::new(GetObjectAttributesOutput {
            checksum: wants(ObjectAttributes::CHECKSUM).then(|| Checksum {
                checksum_type: Some(checksum_type(&checksums)),
                checksum_crc32: checksums.crc32,
                checksum_crc32c: checksums.crc32c,
                checksum_crc64nvme: checksums.crc64nvme,
                checksum_sha1: checksums.sha1,
                checksum_sha256: checksums.sha256,
            }),
            e_tag: wants(ObjectAttributes::ETAG).then(|| ETag::Strong(object.etag.clone())),
            last_modified: Some(clock::timestamp(object.modified)),
            object_parts: (wants(ObjectAttributes::OBJECT_PARTS) && !object.meta.parts.is_empty())
                .then(|| parts(&object, input.part_number_marker, input.max_parts)),
            object_size: wants(ObjectAttributes::OBJECT_SIZE).then(|| i64::try_from(object.size).ok()).flatten(),
            storage_class: wants(ObjectAttributes::STORAGE_CLASS).then(|| {
                let class = object.meta.headers.storage_class.clone();
                StorageClass::from(class.unwrap_or_else(|| StorageClass::STANDARD.to_owned()))
            }),
            version_id: bucket.versioning.map(|_| object.version.clone()),
            ..GetObjectAttributesOutput::default()
        }))
    }
}

fn parts(object: &record::Object, after: Option<i32>, most: Option<i32>) -> GetObjectAttributesParts {
    let (after, most) = (after.unwrap_or_default(), most.unwrap_or(1000));
    let limit = usize::try_from(most).unwrap_or_default();
    let mut parts: Vec<ObjectPart> = object
        .meta
        .parts
        .iter()
        .filter(|part| part.number > after)
        .map(|part| ObjectPart {
            checksum_crc32: part.checksums.crc32.clone(),
            checksum_crc32c: part.checksums.crc32c.clone(),
            checksum_crc64nvme: part.checksums.crc64nvme.clone(),
            checksum_sha1: part.checksums.sha1.clone(),
            checksum_sha256: part.checksums.sha256.clone(),
            part_number: Some(part.number),
            size: i64::try_from(part.size).ok(),
        })
        .collect();
    let more = parts.len() > limit;
    parts.truncate(limit);
    GetObjectAttributesParts {
        is_truncated: Some(more),
        max_parts: Some(most),
        next_part_number_marker: parts.last().and_then(|part| part.part_number),
        part_number_marker: Some(after),
        parts: Some(parts),
        total_parts_count: i32::try_from(object.meta.parts.len()).ok(),
    }
}
