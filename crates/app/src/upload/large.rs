//! Files that are too large for memory: scanned in one pass, sent in a second, each part compared with what
//! was scanned before anything can be seen in the bucket.

use std::io::Read;
use std::path::{Path, PathBuf};

use bytes::Bytes;
use pillbox_aws::{PutCondition, PutError, Stored, UploadHandle};
use pillbox_detect::Engine;
use pillbox_model::{ErrorCode, Failure, SkipReason};
use sha2::{Digest, Sha256};
use tokio_util::sync::CancellationToken;

use super::prepare::{Content, Prepared, Sha256Sum, wholly_read};
use crate::connect::Session;
use crate::look::{Look, LookStream, Name, large_text, look_into};

/// S3 takes at most so many parts (S3 User Guide, "Amazon S3 multipart upload limits").
const MOST_PARTS: usize = 10_000;
const PART: usize = 8 * 1024 * 1024;

/// A large file as it was scanned.
pub(super) struct Outline {
    path: PathBuf,
    /// Size in bytes.
    pub size: u64,
    /// SHA-256 of each part.
    parts: Vec<Sha256Sum>,
}

/// A large file that is looked into as it comes: a text piece by piece, a document when it is there as a whole.
pub(super) struct Looking<'a> {
    engine: &'a Engine,
    name: Name<'a>,
    stream: Option<LookStream<'a>>,
    document: Vec<u8>,
}

impl<'a> Looking<'a> {
    /// `head` is its beginning, `size` its size in bytes.
    pub(super) fn new(engine: &'a Engine, name: Name<'a>, head: &[u8], size: u64) -> Result<Self, SkipReason> {
        let format = large_text(head, size, name.path)?;
        let stream = format.map(|format| LookStream::new(engine, name, format));
        Ok(Self { engine, name, stream, document: Vec::new() })
    }

    /// Takes the next bytes.
    pub(super) fn push(&mut self, bytes: &[u8], keep_going: &dyn Fn() -> bool) -> Result<(), SkipReason> {
        match &mut self.stream {
            Some(stream) => stream.push(bytes, keep_going),
            None => {
                self.document.extend_from_slice(bytes);
                Ok(())
            }
        }
    }

    /// Ends the file.
    pub(super) fn finish(self, keep_going: &dyn Fn() -> bool) -> Result<Look, SkipReason> {
        match self.stream {
            Some(stream) => stream.finish(keep_going),
            None => look_into(self.engine, self.name, &self.document, keep_going),
        }
    }
}

/// Reads a large file once: scans it, and takes the SHA-256 of each part and of the whole.
pub(super) fn outline(
    engine: &Engine,
    path: &Path,
    name: Name<'_>,
    keep_going: &dyn Fn() -> bool,
) -> Result<Prepared, SkipReason> {
    let mut file = pillbox_files::open(path)?;
    let size = file.size();
    let mut looking: Option<Looking<'_>> = None;
    let (mut whole, mut parts, mut taken) = (Sha256::new(), Vec::new(), 0);
    loop {
        let part = read_part(&mut file).map_err(|error| pillbox_files::skip_reason(&error))?;
        if part.is_empty() {
            break;
        }
        if parts.len() == MOST_PARTS {
            return Err(SkipReason::FileExceedsSizeLimit);
        }
        let looking = match &mut looking {
            Some(looking) => looking,
            None => looking.insert(Looking::new(engine, name, &part, size)?),
        };
        looking.push(&part, keep_going)?;
        whole.update(&part);
        parts.push(Sha256::digest(&part).into());
        taken += part.len() as u64;
    }
    file.unchanged()?;
    let look = match looking {
        Some(looking) => wholly_read(looking.finish(keep_going)?)?,
        None => return Err(SkipReason::ObjectVersionMismatch),
    };
    let content = Content::Parts(Outline { path: path.to_owned(), size: taken, parts });
    Ok(Prepared { look, sha256: whole.finalize().into(), content })
}

/// SHA-256 of a file of any size, read in parts.
pub(super) fn sha256_of(path: &Path) -> Result<Sha256Sum, SkipReason> {
    let mut file = pillbox_files::open(path)?;
    let mut sum = Sha256::new();
    loop {
        let part = read_part(&mut file).map_err(|error| pillbox_files::skip_reason(&error))?;
        if part.is_empty() {
            return Ok(sum.finalize().into());
        }
        sum.update(&part);
    }
}

/// The next part of a file: full, but for the last.
fn read_part(file: &mut impl Read) -> std::io::Result<Vec<u8>> {
    let mut part = Vec::new();
    file.take(PART as u64).read_to_end(&mut part)?;
    Ok(part)
}

/// Sends a large file in parts, and completes it only when each part was what had been scanned.
pub(super) async fn put(
    session: &Session,
    key: &str,
    outline: &Outline,
    content_type: &str,
    condition: PutCondition,
    stop: &CancellationToken,
) -> Result<Stored, PutError> {
    let client = &session.client;
    let handle = client.begin_parts(&session.connection.bucket, key, Some(content_type), &[]).await?;
    let sent = match put_parts(session, &handle, outline, stop).await {
        Ok(parts) => client.complete_parts(&handle, &parts, condition).await,
        Err(failure) => Err(failure.into()),
    };
    if sent.is_err() {
        // What made the upload fail is what is told; parts that could not be taken away cost money, not safety.
        let _ = client.abort_parts(&handle).await;
    }
    sent
}

async fn put_parts(
    session: &Session,
    handle: &UploadHandle,
    outline: &Outline,
    stop: &CancellationToken,
) -> Result<Vec<pillbox_aws::PartStored>, Failure> {
    let path = outline.path.clone();
    let mut file = blocking(move || pillbox_files::open(&path)).await?.map_err(|_| ErrorCode::SourceVanished)?;
    let mut stored = Vec::with_capacity(outline.parts.len());
    for (number, scanned) in (1..).zip(&outline.parts) {
        if stop.is_cancelled() {
            return Err(ErrorCode::Cancelled.into());
        }
        let (part, returned) = blocking(move || (read_part(&mut file), file)).await?;
        file = returned;
        let part = part.map_err(|_| ErrorCode::SourceUnreadable)?;
        if Sha256Sum::from(Sha256::digest(&part)) != *scanned {
            return Err(ErrorCode::SourceChanged.into());
        }
        stored.push(session.client.put_part(handle, number, Bytes::from(part), *scanned).await?);
    }
    let tail = blocking(move || read_part(&mut file)).await?.map_err(|_| ErrorCode::SourceUnreadable)?;
    if tail.is_empty() { Ok(stored) } else { Err(ErrorCode::SourceChanged.into()) }
}

/// Runs what blocks beside the tasks that wait.
pub(super) async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Failure> {
    tokio::task::spawn_blocking(work).await.map_err(|_| ErrorCode::Internal.into())
}
