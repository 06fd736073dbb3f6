//! Listing objects and versions.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use s3s::dto::*;
use s3s::{S3Request, S3Response, S3Result, s3_error};

use super::Service;
use crate::acl;
use crate::answer::store_error;
use crate::clock;
use crate::form;
use crate::record;
pub(super) use crate::store::roll_up;
use crate::store::{ListQuery, ListedKeys, Position, VersionQuery};

/// The most entries of one page.
const MOST: i32 = 1000;

/// How many entries the request wants, at most [`MOST`].
pub(super) fn limit(wanted: Option<i32>) -> S3Result<usize> {
    let wanted = wanted.unwrap_or(MOST).min(MOST);
    usize::try_from(wanted)
        .map_err(|_| s3_error!(InvalidArgument, "Argument max-keys must be an integer between 0 and 2147483647"))
}

/// Whether names in the answer are percent-encoded, for keys that XML cannot carry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Encoding {
    Plain,
    Url,
}

impl Encoding {
    pub(super) fn parse(wanted: Option<&EncodingType>) -> S3Result<Self> {
        match wanted.map(EncodingType::as_str) {
            None => Ok(Self::Plain),
            Some(EncodingType::URL) => Ok(Self::Url),
            Some(_) => Err(s3_error!(InvalidArgument, "Invalid Encoding Method specified in Request")),
        }
    }

    pub(super) fn apply(self, name: &str) -> String {
        match self {
            Self::Plain => name.to_owned(),
            Self::Url => form::encode_path(name),
        }
    }

    pub(super) fn prefixes(self, names: impl IntoIterator<Item = String>) -> Vec<CommonPrefix> {
        names.into_iter().map(|name| CommonPrefix { prefix: Some(self.apply(&name)) }).collect()
    }
}

impl Service {
    pub(super) async fn list_v2(
        &self,
        request: S3Request<ListObjectsV2Input>,
    ) -> S3Result<S3Response<ListObjectsV2Output>> {
        let input = request.input;
        let encoding = Encoding::parse(input.encoding_type.as_ref())?;
        let limit = limit(input.max_keys)?;
        let position = match (&input.continuation_token, &input.start_after) {
            (Some(token), _) => Position::After(from_token(token)?),
            (None, Some(key)) if !key.is_empty() => Position::After(key.clone()),
            _ => Position::Start,
        };
        let prefix = input.prefix.unwrap_or_default();
        let page = self.page(&input.bucket, &prefix, input.delimiter.as_deref(), position, limit).await?;
        let with_owner = input.fetch_owner == Some(true);
        let contents: Vec<Object> = page.objects.iter().map(|one| self.entry(one, encoding, with_owner)).collect();
        let count = contents.len() + page.common_prefixes.len();
        Ok(S3Response::new(ListObjectsV2Output {
            common_prefixes: Some(encoding.prefixes(page.common_prefixes)),
            contents: Some(contents),
            continuation_token: input.continuation_token,
            delimiter: input.delimiter.map(|one| encoding.apply(&one)),
            encoding_type: input.encoding_type,
            is_truncated: Some(page.next.is_some()),
            key_count: i32::try_from(count).ok(),
            max_keys: i32::try_from(limit).ok(),
            name: Some(input.bucket),
            next_continuation_token: page.next.as_deref().map(to_token),
            prefix: Some(encoding.apply(&prefix)),
            start_after: input.start_after.map(|key| encoding.apply(&key)),
            ..ListObjectsV2Output::default()
        }))
    }

    pub(super) async fn list_v1(
        &self,
        request: S3Request<ListObjectsInput>,
    ) -> S3Result<S3Response<ListObjectsOutput>> {
        let input = request.input;
        let encoding = Encoding::parse(input.encoding_type.as_ref())?;
        let limit = limit(input.max_keys)?;
        let marker = input.marker.unwrap_or_default();
        let position = if marker.is_empty() { Position::Start } else { Position::After(marker.clone()) };
        let prefix = input.prefix.unwrap_or_default();
        let page = self.page(&input.bucket, &prefix, input.delimiter.as_deref(), position, limit).await?;
        // Without a delimiter S3 leaves it to the caller to take the last key as the marker.
        let next_marker = page.next.as_deref().filter(|_| input.delimiter.is_some());
        Ok(S3Response::new(ListObjectsOutput {
            contents: Some(page.objects.iter().map(|one| self.entry(one, encoding, true)).collect()),
            delimiter: input.delimiter.clone().map(|one| encoding.apply(&one)),
            encoding_type: input.encoding_type,
            is_truncated: Some(page.next.is_some()),
            marker: Some(encoding.apply(&marker)),
            max_keys: i32::try_from(limit).ok(),
            name: Some(input.bucket),
            next_marker: next_marker.map(|marker| encoding.apply(marker)),
            prefix: Some(encoding.apply(&prefix)),
            common_prefixes: Some(encoding.prefixes(page.common_prefixes)),
            ..ListObjectsOutput::default()
        }))
    }

    async fn page(
        &self,
        bucket: &str,
        prefix: &str,
        delimiter: Option<&str>,
        position: Position,
        limit: usize,
    ) -> S3Result<ListedKeys> {
        if limit == 0 {
            self.bucket(bucket).await?;
            return Ok(ListedKeys::default());
        }
        let query = ListQuery {
            bucket: bucket.to_owned(),
            prefix: prefix.to_owned(),
            delimiter: delimiter.map(str::to_owned),
            position,
            limit,
        };
        self.store.list(query).await.map_err(store_error)
    }

    fn entry(&self, object: &record::Object, encoding: Encoding, with_owner: bool) -> Object {
        Object {
            checksum_algorithm: Some(algorithms(object)),
            checksum_type: Some(super::objects::checksum_type(&object.meta.checksums)),
            e_tag: Some(ETag::Strong(object.etag.clone())),
            key: Some(encoding.apply(&object.key)),
            last_modified: Some(clock::timestamp(object.modified)),
            owner: with_owner.then(|| acl::owner(&self.account_id)),
            restore_status: None,
            size: i64::try_from(object.size).ok(),
            storage_class: Some(ObjectStorageClass::from(storage_class(object))),
        }
    }

    pub(super) async fn list_all_versions(
        &self,
        request: S3Request<ListObjectVersionsInput>,
    ) -> S3Result<S3Response<ListObjectVersionsOutput>> {
        let input = request.input;
        let encoding = Encoding::parse(input.encoding_type.as_ref())?;
        let limit = limit(input.max_keys)?;
        let key_marker = input.key_marker.unwrap_or_default();
        let version_marker = input.version_id_marker.filter(|marker| !marker.is_empty());
        if version_marker.is_some() && key_marker.is_empty() {
            return Err(s3_error!(InvalidArgument, "A version-id marker cannot be specified without a key marker."));
        }
        let prefix = input.prefix.unwrap_or_default();
        let position = if key_marker.is_empty() { Position::Start } else { Position::After(key_marker.clone()) };
        let list = ListQuery {
            bucket: input.bucket.clone(),
            prefix: prefix.clone(),
            delimiter: input.delimiter.clone(),
            position,
            limit,
        };
        let query = VersionQuery { list, version: version_marker.clone() };
        let page = self.store.list_versions(query).await.map_err(store_error)?;
        let (markers, versions): (Vec<_>, Vec<_>) = page.versions.into_iter().partition(|one| one.delete_marker);
        let (next_key, next_version) = page.next.unzip();
        Ok(S3Response::new(ListObjectVersionsOutput {
            common_prefixes: Some(encoding.prefixes(page.common_prefixes)),
            delete_markers: Some(markers.iter().map(|one| self.marker(one, encoding)).collect()),
            delimiter: input.delimiter.map(|one| encoding.apply(&one)),
            encoding_type: input.encoding_type,
            is_truncated: Some(next_key.is_some()),
            key_marker: Some(encoding.apply(&key_marker)),
            max_keys: i32::try_from(limit).ok(),
            name: Some(input.bucket),
            next_key_marker: next_key.map(|key| encoding.apply(&key)),
            next_version_id_marker: next_version.flatten(),
            prefix: Some(encoding.apply(&prefix)),
            version_id_marker: Some(version_marker.unwrap_or_default()),
            versions: Some(versions.iter().map(|one| self.version(one, encoding)).collect()),
            ..ListObjectVersionsOutput::default()
        }))
    }

    fn version(&self, object: &record::Object, encoding: Encoding) -> ObjectVersion {
        ObjectVersion {
            checksum_algorithm: Some(algorithms(object)),
            checksum_type: Some(super::objects::checksum_type(&object.meta.checksums)),
            e_tag: Some(ETag::Strong(object.etag.clone())),
            is_latest: Some(object.latest),
            key: Some(encoding.apply(&object.key)),
            last_modified: Some(clock::timestamp(object.modified)),
            owner: Some(acl::owner(&self.account_id)),
            restore_status: None,
            size: i64::try_from(object.size).ok(),
            storage_class: Some(ObjectVersionStorageClass::from(storage_class(object))),
            version_id: Some(object.version.clone()),
        }
    }

    fn marker(&self, object: &record::Object, encoding: Encoding) -> DeleteMarkerEntry {
        DeleteMarkerEntry {
            is_latest: Some(object.latest),
            key: Some(encoding.apply(&object.key)),
            last_modified: Some(clock::timestamp(object.modified)),
            owner: Some(acl::owner(&self.account_id)),
            version_id: Some(object.version.clone()),
        }
    }
}

fn algorithms(object: &record::Object) -> Vec<ChecksumAlgorithm> {
    let algorithms = object.meta.checksums.algorithms();
    algorithms.into_iter().map(|one| ChecksumAlgorithm::from_static(one.as_str())).collect()
}

fn storage_class(object: &record::Object) -> String {
    object.meta.headers.storage_class.clone().unwrap_or_else(|| "STANDARD".to_owned())
}

/// A continuation token carries the last name of the page before it.
fn to_token(name: &str) -> String {
    URL_SAFE_NO_PAD.encode(name)
}

fn from_token(token: &str) -> S3Result<String> {
    URL_SAFE_NO_PAD
        .decode(token)
        .ok()
        .and_then(|bytes| String::from_utf8(bytes).ok())
        .ok_or_else(|| s3_error!(InvalidArgument, "The continuation token provided is incorrect"))
}
