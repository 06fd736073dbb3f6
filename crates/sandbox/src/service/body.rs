//! Bodies on their way in and out.

use std::sync::Arc;

use bytes::Bytes;
use futures::{Stream, StreamExt};
use http::StatusCode;
use s3s::dto::StreamingBlob;
use s3s::{S3Error, S3Result, TrailingHeaders, s3_error};

use super::Service;
use crate::answer::{custom, store_error};
use crate::checksums::{Computed, Expected, Hasher};
use crate::store::{BlobWriter, Body, Segment, StoreError, StoredBody};

/// Bodies up to this many bytes are kept in the database, larger ones in files.
const INLINE: usize = 64 * 1024;

/// How much is read from the disk at a time, in bytes.
const CHUNK: u64 = 256 * 1024;

impl Service {
    /// Takes a body in and verifies it. What does not verify leaves nothing behind.
    pub(super) async fn take_in(
        &self,
        body: Option<StreamingBlob>,
        length: Option<i64>,
        expected: &Expected,
        trailer: Option<&TrailingHeaders>,
    ) -> S3Result<(Body, Computed)> {
        let mut hasher = Hasher::new(expected);
        let mut sink = Sink { service: self, inline: Vec::new(), file: None, size: 0 };
        if let Some(mut body) = body {
            while let Some(bytes) = body.next().await {
                let bytes = bytes.map_err(|error| broken_body(&error.to_string()))?;
                hasher.update(&bytes);
                sink.write(&bytes).await?;
            }
        }
        if length.is_some_and(|length| length.cast_unsigned() != sink.size) {
            return Err(incomplete());
        }
        let computed = hasher.finish();
        let trailer = trailer.and_then(TrailingHeaders::take);
        computed.verify(expected, trailer.as_ref())?;
        Ok((sink.finish().await?, computed))
    }
}

/// Where a body goes as it comes in: into memory while it is small, then into a file.
struct Sink<'s> {
    service: &'s Service,
    inline: Vec<u8>,
    file: Option<BlobWriter>,
    size: u64,
}

impl Sink<'_> {
    async fn write(&mut self, bytes: &[u8]) -> S3Result<()> {
        self.size += bytes.len() as u64;
        if self.file.is_none() && self.inline.len() + bytes.len() > INLINE {
            let mut file = self.service.store.start_blob().await.map_err(store_error)?;
            file.write(&self.inline).await.map_err(disk)?;
            self.inline = Vec::new();
            self.file = Some(file);
        }
        match &mut self.file {
            Some(file) => file.write(bytes).await.map_err(disk),
            None => {
                self.inline.extend_from_slice(bytes);
                Ok(())
            }
        }
    }

    async fn finish(self) -> S3Result<Body> {
        match self.file {
            Some(file) => {
                let name = file.finish().await.map_err(disk)?;
                Ok(Body::File { name, size: self.size })
            }
            None => Ok(Body::Inline(self.inline)),
        }
    }
}

fn disk(error: std::io::Error) -> S3Error {
    store_error(StoreError::Io(error))
}

fn incomplete() -> S3Error {
    s3_error!(IncompleteBody, "You did not provide the number of bytes specified by the Content-Length HTTP header")
}

/// What went wrong with a body that was verified while it came in. The protocol crate's error
/// types are its own, so their texts are what there is to tell them apart.
fn broken_body(text: &str) -> S3Error {
    if text.contains("Sha256Mismatch") {
        return custom(
            "XAmzContentSHA256Mismatch",
            StatusCode::BAD_REQUEST,
            "The provided 'x-amz-content-sha256' header does not match what was computed.",
        );
    }
    if text.contains("SignatureMismatch") {
        return s3_error!(
            SignatureDoesNotMatch,
            "The request signature we calculated does not match the signature you provided."
        );
    }
    incomplete()
}

/// The bytes of a stored body from the offset on, read as they are asked for.
pub(super) fn stream(
    body: StoredBody,
    offset: u64,
    length: u64,
) -> impl Stream<Item = std::io::Result<Bytes>> + Send + Sync + 'static {
    let start = Outgoing { body: Arc::new(body), offset, left: length };
    futures::stream::try_unfold(start, |from| async move {
        if from.left == 0 {
            return Ok(None);
        }
        let bytes = from.next_bytes().await?;
        if bytes.is_empty() {
            return Err(std::io::Error::from(std::io::ErrorKind::UnexpectedEof));
        }
        let read = bytes.len() as u64;
        Ok(Some((bytes, Outgoing { offset: from.offset + read, left: from.left - read, ..from })))
    })
}

/// A body on its way out.
struct Outgoing {
    body: Arc<StoredBody>,
    offset: u64,
    left: u64,
}

impl Outgoing {
    async fn next_bytes(&self) -> std::io::Result<Bytes> {
        let mut offset = self.offset;
        let segments = &self.body.segments;
        let found = segments.iter().position(|segment| {
            let inside = offset < segment.size();
            if !inside {
                offset -= segment.size();
            }
            inside
        });
        let Some(at) = found else { return Ok(Bytes::new()) };
        let length = usize::try_from(self.left.min(CHUNK)).unwrap_or(usize::MAX);
        if let Segment::Inline(_) = &segments[at] {
            return segments[at].read(offset, length);
        }
        let body = Arc::clone(&self.body);
        tokio::task::spawn_blocking(move || body.segments[at].read(offset, length))
            .await
            .map_err(std::io::Error::other)?
    }
}
