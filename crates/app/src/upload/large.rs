//! Files that are too large for memory: scanned in one pass, sent in a second, each part compared with what
//! was scanned before anything can be seen in the bucket.

use std::collections::HashMap;
use std::io::Read;
use std::path::{Path, PathBuf};

use bytes::Bytes;
use futures::{Stream, TryStreamExt, stream};
use pillbox_aws::{Client, PartStored, PutCondition, PutError, Stored, UploadHandle};
use pillbox_detect::Engine;
use pillbox_model::{ErrorCode, Failure, Retry, SkipReason, Upload};
use pillbox_store::{PartsBegun, Store};
use sha2::{Digest, Sha256};
use tokio_util::sync::CancellationToken;

use super::file::TRANSFERS;
use super::prepare::{Content, Prepared, Sha256Sum, wholly_read};
use crate::app::App;
use crate::connect::Session;
use crate::look::{Look, LookStream, Name, large_text, look_into};

/// S3 takes at most so many parts (S3 User Guide, "Amazon S3 multipart upload limits").
const MOST_PARTS: usize = 10_000;
const PART: usize = 8 * 1024 * 1024;
/// Parts of one file that are on their way at once.
const PARTS_AT_ONCE: usize = 4;
/// Kibibytes that a large file takes in memory: the parts on their way, and the one that is read.
pub(super) const MEMORY_KIB: u64 = (PARTS_AT_ONCE as u64 + 1) * PART as u64 / 1024;

/// A large file as it was scanned.
pub(super) struct Outline {
    path: PathBuf,
    /// Size in bytes.
    pub size: u64,
    /// SHA-256 of each part.
    pub parts: Vec<Sha256Sum>,
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
pub(crate) fn sha256_of(path: &Path) -> Result<Sha256Sum, SkipReason> {
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

/// A large file on its way under a key.
pub(super) struct Sending<'a> {
    pub store: &'a Store,
    pub client: &'a Client,
    pub upload: &'a Upload,
    /// The file's number in the upload.
    pub number: u64,
    pub key: &'a str,
    pub stop: &'a CancellationToken,
}

impl Sending<'_> {
    /// Sends the file in parts, and completes it only when each part was what had been scanned. Parts that the store
    /// has from an earlier attempt are not sent again; after a failure that may pass they stay for the next.
    pub(super) async fn put(
        &self,
        outline: &Outline,
        content_type: &str,
        condition: PutCondition,
    ) -> Result<Stored, PutError> {
        let (handle, there) = self.begin(content_type).await?;
        let sent = match self.put_parts(&handle, outline, there).await {
            Ok(parts) => match self.client.complete_parts(&handle, &parts, condition.clone()).await {
                // The object was made, and what is answered about it is wrong: what lies there tells.
                Err(PutError::ChecksumMismatch) => Err(condition.unmet()),
                completed => completed,
            },
            Err(failure) => Err(failure.into()),
        };
        match &sent {
            Ok(_) => self.store.forget_parts(&self.upload.id, self.number).map_err(PutError::Failed)?,
            Err(error) if may_go_on(error) => {}
            // What made the upload fail is what is told; parts that could not be taken away are taken away later.
            Err(_) => drop(abort(self.store, self.client, &self.upload.id, self.number, &handle).await),
        }
        sent
    }

    /// The upload in parts that an earlier attempt began, with the parts that the store has of it, or a new one.
    async fn begin(&self, content_type: &str) -> Result<(UploadHandle, Vec<PartStored>), Failure> {
        let Self { store, client, upload, number, key, .. } = *self;
        if let Some(begun) = store.parts_of(&upload.id, number)? {
            let handle = handle_of(upload, &begun);
            let listed =
                if begun.key == key { client.list_parts(&handle).await } else { Err(ErrorCode::NotFound.into()) };
            match listed {
                Ok(there) => return Ok((handle, there)),
                Err(failure) if failure.code.retry() == Retry::Later => return Err(failure),
                // Completed when the answer was lost: what lies there tells.
                Err(failure) if failure.about.as_deref() == Some("upload") => {
                    store.forget_parts(&upload.id, number)?;
                    return Err(failure);
                }
                Err(_) => abort(store, client, &upload.id, number, &handle).await?,
            }
        }
        let handle = client.begin_parts(&upload.bucket, key, Some(content_type), &[]).await?;
        store.keep_parts(&upload.id, &PartsBegun { number, key: key.to_owned(), id: handle.id.clone() })?;
        Ok((handle, Vec::new()))
    }

    async fn put_parts(
        &self,
        handle: &UploadHandle,
        outline: &Outline,
        there: Vec<PartStored>,
    ) -> Result<Vec<PartStored>, Failure> {
        let there: HashMap<u32, PartStored> = there.into_iter().map(|part| (part.number, part)).collect();
        self.parts(outline)
            .map_ok(|(number, bytes, sha256)| {
                let known = there.get(&number).filter(|part| part.sha256 == sha256).cloned();
                async move {
                    match known {
                        Some(part) => Ok(part),
                        None => self.put_part(handle, number, bytes, sha256).await,
                    }
                }
            })
            .try_buffer_unordered(PARTS_AT_ONCE)
            .try_collect()
            .await
    }

    /// Sends one part; what arrives as other bytes is sent again.
    async fn put_part(
        &self,
        handle: &UploadHandle,
        number: u32,
        bytes: Bytes,
        sha256: Sha256Sum,
    ) -> Result<PartStored, Failure> {
        for _ in 1..TRANSFERS {
            match self.client.put_part(handle, number, bytes.clone(), sha256).await {
                Err(failure) if failure.code == ErrorCode::ChecksumMismatch => {}
                done => return done,
            }
        }
        self.client.put_part(handle, number, bytes, sha256).await
    }

    /// The parts of the file, read one after the other, each with its number and its SHA-256, which is that of the part
    /// that was scanned.
    fn parts<'o>(&'o self, outline: &'o Outline) -> impl Stream<Item = Result<(u32, Bytes, Sha256Sum), Failure>> + 'o {
        stream::try_unfold((None, 0usize), move |(file, read)| async move {
            if self.stop.is_cancelled() {
                return Err(ErrorCode::Cancelled.into());
            }
            let path = outline.path.clone();
            let (part, file) = blocking(move || {
                let mut file = match file {
                    Some(file) => file,
                    None => pillbox_files::open(&path).map_err(|_| Failure::new(ErrorCode::SourceVanished))?,
                };
                let part = read_part(&mut file).map_err(|_| Failure::new(ErrorCode::SourceUnreadable))?;
                Ok::<_, Failure>((part, file))
            })
            .await??;
            match outline.parts.get(read) {
                None if part.is_empty() => Ok(None),
                Some(scanned) if Sha256Sum::from(Sha256::digest(&part)) == *scanned => {
                    // S3 takes 10,000 parts, which fits.
                    let number = read as u32 + 1;
                    Ok(Some(((number, Bytes::from(part), *scanned), (Some(file), read + 1))))
                }
                _ => Err(ErrorCode::SourceChanged.into()),
            }
        })
    }
}

/// Whether another attempt can go on with the parts that are there.
fn may_go_on(error: &PutError) -> bool {
    let PutError::Failed(failure) = error else { return false };
    !matches!(
        failure.code,
        ErrorCode::SourceChanged | ErrorCode::SourceVanished | ErrorCode::SourceUnreadable | ErrorCode::NotFound
    )
}

fn handle_of(upload: &Upload, begun: &PartsBegun) -> UploadHandle {
    UploadHandle { bucket: upload.bucket.clone(), key: begun.key.clone(), id: begun.id.clone() }
}

/// Gives an upload in parts up, and forgets it when the store has.
async fn abort(
    store: &Store,
    client: &Client,
    upload: &str,
    number: u64,
    handle: &UploadHandle,
) -> Result<(), Failure> {
    client.abort_parts(handle).await?;
    store.forget_parts(upload, number)
}

impl App {
    /// Gives up the uploads in parts that belong to uploads to this bucket that are over.
    ///
    /// # Errors
    /// What the store says. What the bucket says is no reason to stop: the next run tries again.
    pub(super) async fn abort_abandoned_parts(&self, session: &Session) -> Result<(), Failure> {
        for (id, begun) in self.store.abandoned_parts()? {
            let Some(upload) = self.store.upload(&id)?.filter(|upload| session.leads_to(upload)) else { continue };
            let handle = handle_of(&upload, &begun);
            if session.client.abort_parts(&handle).await.is_ok() {
                self.store.forget_parts(&id, begun.number)?;
            }
        }
        Ok(())
    }
}

/// Runs what blocks beside the tasks that wait.
pub(crate) async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Failure> {
    tokio::task::spawn_blocking(work).await.map_err(|_| ErrorCode::Internal.into())
}
