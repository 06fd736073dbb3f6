//! The versions of one object, delete markers among them.

use aws_sdk_s3::types::EncodingType;
use pillbox_model::{ErrorCode, Failure, Timestamp};

use crate::errors::failure;
use crate::{Client, url_encoding};

/// One version of an object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// Its id; `null` where the bucket had no versions when it was stored.
    pub id: String,
    /// Whether it is the one that a reader gets who names none.
    pub is_latest: bool,
    /// Whether it is a delete marker, which has no bytes and hides those under it.
    pub is_delete_marker: bool,
    /// When it was stored.
    pub modified: Option<Timestamp>,
    /// Its size in bytes; 0 for a delete marker.
    pub size: u64,
    /// Its entity tag, with its quotes; none for a delete marker.
    pub e_tag: Option<String>,
}

impl Client {
    /// The versions of the object of this key, the latest first and then by the time at which they were stored;
    /// none when there is no such object.
    ///
    /// `AccessDenied` about `s3:ListBucketVersions`; `ServiceError` when the store says that there is more but not
    /// how to get it.
    pub async fn versions(&self, bucket: &str, key: &str) -> Result<Vec<Version>, Failure> {
        let unclear = || Failure::new(ErrorCode::ServiceError);
        let mut versions = Vec::new();
        let (mut key_marker, mut id_marker) = (None::<String>, None::<String>);
        loop {
            let page = self
                .s3()
                .list_object_versions()
                .bucket(bucket)
                .prefix(key)
                .encoding_type(EncodingType::Url)
                .set_key_marker(key_marker.clone())
                .set_version_id_marker(id_marker.clone())
                .set_expected_bucket_owner(self.owner())
                .send()
                .await
                .map_err(|error| failure(&error, self.call("s3:ListBucketVersions", bucket)))?;
            let encoded = page.encoding_type == Some(EncodingType::Url);
            let decoded = |text: &str| if encoded { url_encoding::decode(text) } else { Some(text.to_owned()) };
            let moment = |moment: Option<aws_smithy_types::DateTime>| {
                moment.and_then(|moment| moment.to_millis().ok()).map(Timestamp::from_millis)
            };
            for one in page.versions.unwrap_or_default() {
                if decoded(one.key.as_deref().unwrap_or_default()).as_deref() == Some(key) {
                    versions.push(Version {
                        id: one.version_id.ok_or_else(unclear)?,
                        is_latest: one.is_latest.unwrap_or(false),
                        is_delete_marker: false,
                        modified: moment(one.last_modified),
                        size: one.size.and_then(|size| u64::try_from(size).ok()).ok_or_else(unclear)?,
                        e_tag: one.e_tag,
                    });
                }
            }
            for one in page.delete_markers.unwrap_or_default() {
                if decoded(one.key.as_deref().unwrap_or_default()).as_deref() == Some(key) {
                    versions.push(Version {
                        id: one.version_id.ok_or_else(unclear)?,
                        is_latest: one.is_latest.unwrap_or(false),
                        is_delete_marker: true,
                        modified: moment(one.last_modified),
                        size: 0,
                        e_tag: None,
                    });
                }
            }
            let next = page.next_key_marker.as_deref().and_then(decoded);
            // Keys come in order: behind the key itself only longer ones come.
            if !page.is_truncated.unwrap_or(false) || next.as_deref().is_some_and(|next| next != key) {
                versions.sort_by_key(|version| (!version.is_latest, std::cmp::Reverse(version.modified)));
                return Ok(versions);
            }
            if next.is_none() || (&next, &page.next_version_id_marker) == (&key_marker, &id_marker) {
                return Err(unclear());
            }
            (key_marker, id_marker) = (next, page.next_version_id_marker);
        }
    }
}
