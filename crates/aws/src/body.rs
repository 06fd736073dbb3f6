//! An object's bytes as they arrive.

use aws_smithy_types::byte_stream::ByteStream;
use bytes::{Bytes, BytesMut};
use pillbox_model::{ErrorCode, Failure};

use crate::errors::of_body;

/// An object, or a range of one, while it is read.
#[derive(Debug)]
pub struct Body {
    pub(crate) size: u64,
    pub(crate) e_tag: Option<String>,
    pub(crate) version_id: Option<String>,
    pub(crate) stream: ByteStream,
}

impl Body {
    /// How many bytes come: of the object, or of the range that was asked for.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The object's entity tag, with its quotes.
    pub fn e_tag(&self) -> Option<&str> {
        self.e_tag.as_deref()
    }

    /// The version that is read, where the bucket has versions.
    pub fn version_id(&self) -> Option<&str> {
        self.version_id.as_deref()
    }

    /// The next bytes; `None` at the end.
    ///
    /// `ConnectionLost` when it breaks off or stands still; `ChecksumMismatch` at the end, when the store sent a
    /// checksum of the whole object and the bytes don't agree with it.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, Failure> {
        self.stream.next().await.transpose().map_err(|error| of_body(&error))
    }

    /// All bytes. `InvalidInput` about `limit`, before any is read, when there are more than `limit`.
    pub async fn bytes(mut self, limit: u64) -> Result<Bytes, Failure> {
        let too_large = || Failure::about(ErrorCode::InvalidInput, "limit");
        if self.size > limit {
            return Err(too_large());
        }
        let first = self.chunk().await?.unwrap_or_default();
        if first.len() as u64 == self.size {
            // The end still has to come: with it the checksum is compared.
            while let Some(more) = self.chunk().await? {
                if !more.is_empty() {
                    return Err(ErrorCode::ConnectionLost.into());
                }
            }
            return Ok(first);
        }
        let mut all = BytesMut::with_capacity(usize::try_from(self.size).map_err(|_| too_large())?);
        all.extend_from_slice(&first);
        while let Some(bytes) = self.chunk().await? {
            all.extend_from_slice(&bytes);
        }
        Ok(all.freeze())
    }
}
