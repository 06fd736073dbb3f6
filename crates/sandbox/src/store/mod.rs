//! Where buckets and objects are kept: one SQLite database, and a file for each large body.
//!
//! All writes go through one thread, each in a transaction of its own, so a condition that was
//! checked inside a write still holds when it commits. Reads use connections of their own and
//! see the last commit. A body that is not small is written to a file under another name first
//! and named by a row later; what no row names is swept when the store opens.

mod blobs;
mod bucket;
mod connection;
mod listing;
mod multipart;
mod object;
mod schema;
mod segment;

pub(crate) use self::blobs::{BlobWriter, PinnedFile};
pub(crate) use self::listing::{ListQuery, ListedKeys, Position, VersionQuery, roll_up};
pub(crate) use self::multipart::{NewPart, Part, Upload, UploadQuery};
pub(crate) use self::object::{Condition, Deleted, NewObject};
pub(crate) use self::segment::{Body, Segment, StoredBody};

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use self::blobs::Blobs;
use self::connection::{Readers, Writer};
use crate::SandboxError;
use crate::owner_only;

/// What a write or a read of the store can answer beside its result.
#[derive(Debug, thiserror::Error)]
pub(crate) enum StoreError {
    #[error("no such bucket")]
    NoSuchBucket,
    #[error("the bucket exists")]
    BucketExists,
    #[error("the bucket is not empty")]
    BucketNotEmpty,
    #[error("no such key")]
    NoSuchKey,
    #[error("no such version")]
    NoSuchVersion,
    #[error("no such upload")]
    NoSuchUpload,
    #[error("a condition of the request does not hold")]
    PreconditionFailed,
    #[error("the database failed: {0}")]
    Database(#[from] rusqlite::Error),
    #[error("a stored record is damaged: {0}")]
    Damaged(#[from] serde_json::Error),
    #[error("a file failed: {0}")]
    Io(#[from] std::io::Error),
    #[error("the store is closed")]
    Closed,
}

pub(crate) type StoreResult<T> = Result<T, StoreError>;

/// The open store. Clones share it.
#[derive(Clone)]
pub(crate) struct Store {
    writer: Arc<Writer>,
    readers: Arc<Readers>,
    blobs: Arc<Blobs>,
    /// Held for as long as the store is open; released by the operating system at the latest.
    _lock: Arc<File>,
}

impl Store {
    /// Opens the store in the directory, creating both where they are missing.
    ///
    /// # Errors
    ///
    /// [`SandboxError::InUse`] when another process or another sandbox of this one has it open;
    /// the directory's and the database's own errors otherwise.
    pub(crate) fn open(directory: &Path) -> Result<Self, SandboxError> {
        let failed = |source| SandboxError::DataDirectory { path: directory.to_owned(), source };
        owner_only::create_directory(directory).map_err(failed)?;
        let lock = lock(directory)?;
        let database = directory.join("sandbox.sqlite3");
        let writer = Writer::open(&database)?;
        let readers = Readers::new(database);
        let blobs = Blobs::open(directory).map_err(failed)?;
        let store = Self {
            writer: Arc::new(writer),
            readers: Arc::new(readers),
            blobs: Arc::new(blobs),
            _lock: Arc::new(lock),
        };
        store.sweep()?;
        Ok(store)
    }

    /// Starts a file for a body that is too large to be kept in the database.
    pub(crate) async fn start_blob(&self) -> StoreResult<BlobWriter> {
        Ok(self.blobs.start().await?)
    }

    /// Deletes the files of bodies whose row was never written, or is gone.
    fn sweep(&self) -> Result<(), SandboxError> {
        let known = self.readers.read(segment::all_files).map_err(|error| match error {
            StoreError::Database(error) => SandboxError::Database(error),
            _ => SandboxError::Stopped,
        })?;
        self.blobs.sweep(&known);
        Ok(())
    }
}

fn lock(directory: &Path) -> Result<File, SandboxError> {
    let path: PathBuf = directory.join("lock");
    let failed = |source| SandboxError::DataDirectory { path: directory.to_owned(), source };
    let file = File::options().create(true).truncate(false).write(true).open(&path).map_err(failed)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(std::fs::TryLockError::WouldBlock) => Err(SandboxError::InUse(directory.to_owned())),
        Err(std::fs::TryLockError::Error(source)) => Err(failed(source)),
    }
}
