//! The beginning of an upload: what was chosen, where it goes, and the walk that finds the files.

use std::path::{Path, PathBuf};

use pillbox_files::{Entry, FoundFile};
use pillbox_model::{Decision, ErrorCode, Failure, FileState, OnConflict, SkipReason, Upload, UploadFile, UploadState};
use tokio_util::sync::CancellationToken;

use crate::app::App;
use crate::connect::Session;

/// Files that are written into the journal at once.
const BATCH: usize = 500;

/// What an upload is asked to do.
#[derive(Debug, Clone)]
pub struct UploadOptions {
    /// The files and folders.
    pub roots: Vec<PathBuf>,
    /// The destination: a prefix, in which `{yyyy}`, `{mm}` and `{dd}` stand for today.
    pub prefix: String,
    /// What happens to objects that are there.
    pub on_conflict: OnConflict,
    /// What is decided for every file that asks; `None` waits for a person.
    pub decide: Option<Decision>,
    /// Whether files whose name gives a patient away get a neutral key.
    pub neutral_names: bool,
    /// Why it may go to a store that has no Block Public Access.
    pub accept_unprotected: Option<String>,
}

impl App {
    /// Begins an upload, or takes up the unfinished one of the same files to the same place.
    ///
    /// # Errors
    /// [`ErrorCode::InvalidInput`] for a root that is not there or a prefix that can't be used; what the
    /// store says.
    pub(super) fn begin_upload(&self, session: &Session, options: &UploadOptions) -> Result<Upload, Failure> {
        let new = self.new_upload(session, options)?;
        let same_job = |upload: &Upload| {
            upload.bucket == new.bucket
                && upload.connection == new.connection
                && upload.prefix == new.prefix
                && upload.roots == new.roots
        };
        match self.store.unfinished_uploads()?.into_iter().find(same_job) {
            Some(unfinished) => {
                let Upload { id, state, created_at, .. } = unfinished;
                let upload = Upload { id, state, created_at, ..new };
                self.store.update_upload(&upload)?;
                Ok(upload)
            }
            None => {
                self.store.create_upload(&new)?;
                Ok(new)
            }
        }
    }

    /// An upload as it is asked for, not yet in the journal.
    pub(super) fn new_upload(&self, session: &Session, options: &UploadOptions) -> Result<Upload, Failure> {
        Ok(Upload {
            id: uuid::Uuid::new_v4().simple().to_string(),
            connection: session.connection.name.clone(),
            bucket: session.connection.bucket.clone(),
            prefix: self.expand(&options.prefix)?,
            roots: options.roots.iter().map(|root| absolute(root)).collect::<Result<_, _>>()?,
            state: UploadState::Draft,
            created_at: self.clock.now(),
            finished_at: None,
            on_conflict: options.on_conflict,
            neutral_names: options.neutral_names,
            accept_unprotected: options.accept_unprotected.clone(),
        })
    }

    /// A prefix template with today's date filled in.
    pub(super) fn expand(&self, template: &str) -> Result<String, Failure> {
        pillbox_files::expand_prefix(template, self.clock.today())
            .map_err(|_| Failure::about(ErrorCode::InvalidInput, "prefix"))
    }

    /// Walks the roots and writes every file into the journal that is not there yet; then finds files that
    /// would get the same key.
    ///
    /// # Errors
    /// [`ErrorCode::Cancelled`]; what the store says.
    pub(super) fn walk_roots(&self, upload: &Upload, stop: &CancellationToken) -> Result<(), Failure> {
        let mut number = self.store.last_file_number(&upload.id)?;
        let mut batch = Vec::with_capacity(BATCH);
        for root in &upload.roots {
            for entry in pillbox_files::walk(Path::new(root)) {
                if stop.is_cancelled() {
                    return Err(ErrorCode::Cancelled.into());
                }
                number += 1;
                batch.push(found(upload, number, entry));
                if batch.len() == BATCH {
                    self.store.add_files(&upload.id, &batch)?;
                    batch.clear();
                }
            }
        }
        self.store.add_files(&upload.id, &batch)?;
        self.store.mark_key_clashes(&upload.id)?;
        Ok(())
    }
}

/// A file as the walk found it, with the key that it would get.
fn found(upload: &Upload, number: u64, entry: Entry) -> UploadFile {
    let (source, relative, size, skipped) = match entry {
        Entry::File(FoundFile { path, relative, size }) => (path, relative, size, None),
        Entry::Skipped { path, relative, reason } => (path, relative, 0, Some(reason)),
    };
    let key = match skipped {
        None => pillbox_files::object_key(&upload.prefix, &relative),
        Some(reason) => Err(reason),
    };
    let source = match source.to_str() {
        Some(source) => Ok(source.to_owned()),
        None => Err(SkipReason::NameNotUsable),
    };
    let skip = skipped.or(key.as_ref().err().copied()).or(source.as_ref().err().copied());
    UploadFile {
        number,
        // What can't be named in Unicode is never opened; its readable form keeps two walks from listing it twice.
        source: source.unwrap_or_else(|_| relative.clone()),
        relative,
        key: key.unwrap_or_default(),
        size,
        state: if skip.is_some() { FileState::Unreadable } else { FileState::Found },
        code: None,
        skip,
        counts: Vec::new(),
        name_in_key: false,
        decision: None,
        sha256: None,
        sent_sha256: None,
        e_tag: None,
        version_id: None,
    }
}

/// A root as an absolute path in Unicode.
pub(super) fn absolute(root: &Path) -> Result<String, Failure> {
    let path = std::path::absolute(root).map_err(|_| Failure::about(ErrorCode::InvalidInput, "PATH"))?;
    if !path.exists() && !path.is_symlink() {
        return Err(Failure::about(ErrorCode::InvalidInput, "PATH"));
    }
    path.to_str().map(str::to_owned).ok_or_else(|| Failure::about(ErrorCode::InvalidInput, "PATH"))
}
