//! A bucket's objects, or all their versions, page by page.

use aws_sdk_s3::primitives::DateTime;
use aws_sdk_s3::types::{EncodingType, ObjectVersion};
use pillbox_model::{ErrorCode, Failure, Timestamp};

use crate::errors::failure;
use crate::{Client, url_encoding};

/// One object of a listing, or one version of an object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Its key.
    pub key: String,
    /// Its size in bytes.
    pub size: u64,
    /// Its entity tag, with its quotes.
    pub e_tag: Option<String>,
    /// Its version, where versions are listed.
    pub version_id: Option<String>,
    /// What lies under the key as long as nobody asks for another version.
    pub is_latest: bool,
    /// A marker that hides the versions before it; it has no bytes.
    pub is_delete_marker: bool,
    /// When it was stored, where the store says so.
    pub last_modified: Option<Timestamp>,
    /// Its storage class, where the store says so.
    pub storage_class: Option<String>,
}

/// A listing under way.
#[derive(Debug)]
pub struct Listing {
    client: Client,
    bucket: String,
    prefix: String,
    next: Next,
}

/// Where the next page begins.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Next {
    /// Objects, behind a key.
    Objects {
        start_after: Option<String>,
    },
    /// Objects, where S3 says.
    MoreObjects(String),
    /// Versions, behind a key, and within it behind a version.
    Versions {
        key: Option<String>,
        version: Option<String>,
    },
    Nothing,
}

impl Client {
    /// Begins to list the objects whose keys begin with `prefix`, in the order of their keys' bytes.
    pub fn list(&self, bucket: &str, prefix: &str) -> Listing {
        self.listing(bucket, prefix, Next::Objects { start_after: None })
    }

    /// Begins to list all versions and delete markers of these objects, the newest of a key first.
    pub fn list_versions(&self, bucket: &str, prefix: &str) -> Listing {
        self.listing(bucket, prefix, Next::Versions { key: None, version: None })
    }

    fn listing(&self, bucket: &str, prefix: &str, next: Next) -> Listing {
        Listing { client: self.clone(), bucket: bucket.to_owned(), prefix: prefix.to_owned(), next }
    }
}

impl Listing {
    /// The same, behind a key. To be called before the first page.
    #[must_use]
    pub fn after(self, key: String) -> Self {
        let next = match self.next {
            Next::Versions { .. } => Next::Versions { key: Some(key), version: None },
            _ => Next::Objects { start_after: Some(key) },
        };
        Self { next, ..self }
    }

    /// The next page of at most 1,000 objects; `None` at the end.
    ///
    /// `AccessDenied` about `s3:ListBucket` or `s3:ListBucketVersions`, `NoSuchBucket`; `ServiceError` when the store
    /// says that there is more but not how to get it, so that a part of a listing is never taken for the whole.
    pub async fn page(&mut self) -> Result<Option<Vec<Listed>>, Failure> {
        let (page, next) = match self.next.clone() {
            Next::Objects { start_after } => self.objects(start_after, None).await?,
            Next::MoreObjects(token) => self.objects(None, Some(token)).await?,
            Next::Versions { key, version } => self.versions(key, version).await?,
            Next::Nothing => return Ok(None),
        };
        self.next = next;
        Ok(Some(page))
    }

    async fn objects(
        &self,
        start_after: Option<String>,
        token: Option<String>,
    ) -> Result<(Vec<Listed>, Next), Failure> {
        let page = self
            .client
            .s3()
            .list_objects_v2()
            .bucket(&self.bucket)
            .prefix(&self.prefix)
            .encoding_type(EncodingType::Url)
            .set_start_after(start_after)
            .set_continuation_token(token.clone())
            .set_expected_bucket_owner(self.client.owner())
            .send()
            .await
            .map_err(|error| failure(&error, self.client.call("s3:ListBucket", &self.bucket)))?;
        let next = match (page.is_truncated.unwrap_or(false), page.next_continuation_token) {
            (false, _) => Next::Nothing,
            (true, Some(next)) if Some(&next) != token.as_ref() => Next::MoreObjects(next),
            (true, _) => return Err(ErrorCode::ServiceError.into()),
        };
        let encoded = page.encoding_type == Some(EncodingType::Url);
        let objects = page.contents.unwrap_or_default().into_iter().map(|object| of_object(object, encoded));
        Ok((whole(objects)?, next))
    }

    async fn versions(&self, key: Option<String>, version: Option<String>) -> Result<(Vec<Listed>, Next), Failure> {
        let page = self
            .client
            .s3()
            .list_object_versions()
            .bucket(&self.bucket)
            .prefix(&self.prefix)
            .encoding_type(EncodingType::Url)
            .set_key_marker(key.clone())
            .set_version_id_marker(version.clone())
            .set_expected_bucket_owner(self.client.owner())
            .send()
            .await
            .map_err(|error| failure(&error, self.client.call("s3:ListBucketVersions", &self.bucket)))?;
        let encoded = page.encoding_type == Some(EncodingType::Url);
        let next = match (page.is_truncated.unwrap_or(false), page.next_key_marker) {
            (false, _) => Next::Nothing,
            (true, Some(next)) => {
                let next = Next::Versions { key: Some(key_of(next, encoded)?), version: page.next_version_id_marker };
                if next == (Next::Versions { key, version }) {
                    return Err(ErrorCode::ServiceError.into());
                }
                next
            }
            (true, None) => return Err(ErrorCode::ServiceError.into()),
        };
        let versions = page.versions.unwrap_or_default().into_iter().map(|version| of_version(version, encoded));
        let markers = page.delete_markers.unwrap_or_default().into_iter().map(|marker| {
            Ok(Listed {
                key: key_of(marker.key.ok_or(ErrorCode::ServiceError)?, encoded)?,
                size: 0,
                e_tag: None,
                version_id: marker.version_id,
                is_latest: marker.is_latest.unwrap_or(false),
                is_delete_marker: true,
                last_modified: marker.last_modified.and_then(moment),
                storage_class: None,
            })
        });
        let mut all = whole(versions.chain(markers))?;
        // S3 answers versions and markers as two lists; of a key the newest goes first, as S3 orders them.
        all.sort_by(|one, other| {
            (one.key.as_bytes(), !one.is_latest, other.last_modified).cmp(&(
                other.key.as_bytes(),
                !other.is_latest,
                one.last_modified,
            ))
        });
        Ok((all, next))
    }
}

fn whole(listed: impl Iterator<Item = Result<Listed, Failure>>) -> Result<Vec<Listed>, Failure> {
    listed.collect()
}

fn of_object(object: aws_sdk_s3::types::Object, encoded: bool) -> Result<Listed, Failure> {
    Ok(Listed {
        key: key_of(object.key.ok_or(ErrorCode::ServiceError)?, encoded)?,
        size: size_of(object.size)?,
        e_tag: object.e_tag,
        version_id: None,
        is_latest: true,
        is_delete_marker: false,
        last_modified: object.last_modified.and_then(moment),
        storage_class: object.storage_class.map(|class| class.as_str().to_owned()),
    })
}

fn of_version(version: ObjectVersion, encoded: bool) -> Result<Listed, Failure> {
    Ok(Listed {
        key: key_of(version.key.ok_or(ErrorCode::ServiceError)?, encoded)?,
        size: size_of(version.size)?,
        e_tag: version.e_tag,
        version_id: version.version_id,
        is_latest: version.is_latest.unwrap_or(false),
        is_delete_marker: false,
        last_modified: version.last_modified.and_then(moment),
        storage_class: version.storage_class.map(|class| class.as_str().to_owned()),
    })
}

fn key_of(key: String, encoded: bool) -> Result<String, Failure> {
    if !encoded {
        return Ok(key);
    }
    url_encoding::decode(&key).ok_or_else(|| ErrorCode::ServiceError.into())
}

fn size_of(size: Option<i64>) -> Result<u64, Failure> {
    size.and_then(|size| u64::try_from(size).ok()).ok_or_else(|| ErrorCode::ServiceError.into())
}

fn moment(moment: DateTime) -> Option<Timestamp> {
    moment.to_millis().ok().map(Timestamp::from_millis)
}
