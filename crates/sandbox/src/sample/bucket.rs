//! The sample bucket: as so many older buckets are, open to whoever makes it so.

use bytes::Bytes;

use super::numbers::{self, Digits};
use crate::checksums::{Expected, Hasher};
use crate::clock;
use crate::record::{
    Acl, Bucket, BucketSettings, Encryption, Headers, ObjectMeta, Ownership, PublicAccessBlock, Versioning,
};
use crate::store::{Body, Condition, NewObject, Store, StoreError};
use crate::{Sandbox, SandboxError};

/// The name of the sample bucket.
pub const BUCKET: &str = "the-pain-killer-practice";

impl Sandbox {
    /// Creates the sample bucket with a few old notes in it; an existing bucket is left as it is.
    ///
    /// Block Public Access is off, access control lists are in use (`ObjectWriter`), there is no
    /// policy, and versioning is enabled. No object in it is public.
    ///
    /// # Errors
    ///
    /// [`SandboxError::Database`] where the bucket cannot be written.
    pub async fn add_sample(&self) -> Result<(), SandboxError> {
        let bucket = Bucket {
            name: BUCKET.to_owned(),
            created: clock::now(),
            versioning: Some(Versioning::Enabled),
            settings: BucketSettings {
                acl: Acl::private(self.account_id()),
                ownership: Some(Ownership::ObjectWriter),
                public_access_block: Some(PublicAccessBlock::default()),
                ..BucketSettings::default()
            },
        };
        match self.store.create_bucket(bucket).await {
            Ok(()) => {}
            Err(StoreError::BucketExists) => return Ok(()),
            Err(error) => return Err(failed(error)),
        }
        for (key, text) in old_notes() {
            put(&self.store, self.account_id(), key, text.into()).await.map_err(failed)?;
        }
        Ok(())
    }
}

fn failed(error: StoreError) -> SandboxError {
    match error {
        StoreError::Database(error) => SandboxError::Database(error),
        _ => SandboxError::Stopped,
    }
}

fn old_notes() -> [(&'static str, String); 2] {
    let (id, secret) = numbers::access_key(&mut Digits::new(2026));
    [
        (
            "inbox/old/reception-notes.txt",
            format!(
                "Reception, things to sort out\r\n\r\n- label printer: paper in the second drawer\r\n\
                 - the upload script stopped, these are the keys it used:\r\n\
                 aws_access_key_id = {id}\r\naws_secret_access_key = {secret}\r\n"
            ),
        ),
        ("inbox/old/opening-hours.txt", "Monday to Friday 8:30 to 17:30\r\nSaturday 9:00 to 12:00\r\n".to_owned()),
    ]
}

async fn put(store: &Store, account_id: &str, key: &str, bytes: Bytes) -> Result<(), StoreError> {
    let mut hasher = Hasher::new(&Expected::default());
    hasher.update(&bytes);
    let computed = hasher.finish();
    let meta = ObjectMeta {
        headers: Headers { content_type: Some("text/plain".to_owned()), ..Headers::default() },
        checksums: computed.checksums,
        acl: Acl::private(account_id),
        encryption: Some(Encryption::sse_s3()),
        ..ObjectMeta::default()
    };
    let object = NewObject { bucket: BUCKET.to_owned(), key: key.to_owned(), etag: hex::encode(computed.md5), meta };
    store.put(object, Body::Inline(bytes.to_vec()), Condition::default()).await.map(drop)
}
