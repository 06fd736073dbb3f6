//! What lies under a key, with the SHA-256 of its bytes.

use pillbox_model::Failure;
use sha2::{Digest, Sha256};

use super::prepare::Sha256Sum;
use crate::connect::Session;

/// An object that lies under a key.
pub(super) struct Found {
    pub e_tag: Option<String>,
    pub version_id: Option<String>,
    pub sha256: Sha256Sum,
}

impl Found {
    /// What lies under a key of the session's bucket, with its SHA-256: as the store keeps it, or read for it. `None` when
    /// nothing does.
    ///
    /// # Errors
    /// What the store says.
    pub(super) async fn under(session: &Session, key: &str) -> Result<Option<Self>, Failure> {
        let bucket = &session.connection.bucket;
        let Some(head) = session.client.head(bucket, key, None).await? else { return Ok(None) };
        let sha256 = match head.sha256 {
            Some(sha256) => sha256,
            None => {
                let mut body = session.client.get(bucket, key, head.version_id.as_deref(), None).await?;
                let mut sum = Sha256::new();
                while let Some(chunk) = body.chunk().await? {
                    sum.update(&chunk);
                }
                sum.finalize().into()
            }
        };
        Ok(Some(Self { e_tag: head.e_tag, version_id: head.version_id, sha256 }))
    }
}

/// An entity tag as it is kept: without its quotes.
pub(super) fn unquoted(e_tag: &str) -> String {
    e_tag.trim_matches('"').to_owned()
}
