//! An object as it is at this moment, for plans and for reading back.

use pillbox_aws::ObjectDetails;
use pillbox_model::{ErrorCode, Failure, SeenObject};
use sha2::{Digest, Sha256};

use crate::connect::Session;

/// An object that is there, or one version of it.
///
/// # Errors
/// [`ErrorCode::NoSuchObject`]; what reading says.
pub(super) async fn described(session: &Session, key: &str, version: Option<&str>) -> Result<ObjectDetails, Failure> {
    let found = session.client.describe(&session.connection.bucket, key, version).await?;
    found.ok_or_else(|| ErrorCode::NoSuchObject.into())
}

/// The SHA-256 of an object's bytes: as the store keeps it, or else by reading all of them.
///
/// # Errors
/// [`ErrorCode::ObjectArchived`] and what else reading says.
pub(super) async fn sha256(session: &Session, key: &str, details: &ObjectDetails) -> Result<[u8; 32], Failure> {
    if let Some(sha256) = details.sha256 {
        return Ok(sha256);
    }
    let bucket = &session.connection.bucket;
    let mut body = session.client.get(bucket, key, details.version_id.as_deref(), None).await?;
    let mut all = Sha256::new();
    while let Some(bytes) = body.chunk().await? {
        all.update(&bytes);
    }
    Ok(all.finalize().into())
}

/// An object as a plan remembers it, without its checksum.
pub(super) fn seen(key: &str, details: &ObjectDetails) -> SeenObject {
    SeenObject {
        key: key.to_owned(),
        version_id: details.version_id.clone(),
        e_tag: details.e_tag.clone(),
        size: details.size,
        sha256: None,
    }
}

/// An object as a plan remembers it that copies it.
pub(super) async fn seen_with_checksum(
    session: &Session,
    key: &str,
    details: &ObjectDetails,
) -> Result<SeenObject, Failure> {
    let sha256 = hex::encode(sha256(session, key, details).await?);
    Ok(SeenObject { sha256: Some(sha256), ..seen(key, details) })
}

/// Whether this is what a plan remembers.
pub(super) fn is_the_same(details: &ObjectDetails, seen: &SeenObject) -> bool {
    details.version_id == seen.version_id && details.e_tag == seen.e_tag && details.size == seen.size
}

/// Whether the bucket keeps what is hidden or replaced: the object's version has an id of its own, which the next
/// one does not take.
pub(super) fn is_versioned(version_id: Option<&str>) -> bool {
    version_id.is_some_and(|version| version != "null")
}
