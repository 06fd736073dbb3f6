//! The beginning of an upload: what was chosen, where it goes, and the walk that finds the files.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use pillbox_files::{Entry, FoundFile};
use pillbox_model::{
    Decision, ErrorCode, Failure, FileState, OnConflict, ReadBack, SkipReason, Upload, UploadFile, UploadState,
};
use pillbox_store::Lease;
use tokio_util::sync::CancellationToken;

use super::journal::{SAFE, UNDER_WAY};
use super::large::{self, blocking};
use super::send::lease_name;
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
    /// How it is made sure that each object is what was sent.
    pub read_back: ReadBack,
    /// Whether the files are compared with what is there first, so that only what is new or changed is sent.
    pub sync: bool,
}

impl App {
    /// Begins an upload, or takes up the one of the same files to the same place that was cut off. The answer
    /// comes with the upload's lease: nobody else works on it from here on.
    ///
    /// # Errors
    /// [`ErrorCode::InvalidInput`] for a root that is not there, a prefix or a reason that can't be used;
    /// [`ErrorCode::AlreadyRunning`]; what the store says.
    pub(super) async fn begin_upload(
        self: &Arc<Self>,
        session: &Session,
        options: &UploadOptions,
    ) -> Result<(Upload, Lease), Failure> {
        if let Some(decision) = &options.decide {
            self.may_be_recorded(decision)?;
        }
        let new = self.new_upload(session, options)?;
        let _one_begins = self.lease(&job_name(&new))?;
        for earlier in self.store.unfinished_uploads()?.into_iter().filter(|earlier| is_same_job(earlier, &new)) {
            let lease = self.lease(&lease_name(&earlier.id))?;
            let is_open = self.store.file_totals(&earlier.id)?.files_in(&UNDER_WAY) > 0
                || self.store.has_parts(&earlier.id)?
                || earlier.state == UploadState::Draft;
            if is_open {
                let upload = Upload { id: earlier.id, state: earlier.state, created_at: earlier.created_at, ..new };
                self.store.update_upload(&upload)?;
                self.doubt_changed_files(&upload).await?;
                return Ok((upload, lease));
            }
            // Every file of it has come to an end; this one looks at all of them anew.
            self.store.set_upload_state(&earlier.id, UploadState::Cancelled, Some(self.clock.now()))?;
            self.make_receipt(&earlier.id).await?;
        }
        self.store.create_upload(&new)?;
        let lease = self.lease(&lease_name(&new.id))?;
        Ok((new, lease))
    }

    /// Files that an upload called safe and that hold something else by now have to be sent again.
    async fn doubt_changed_files(self: &Arc<Self>, upload: &Upload) -> Result<(), Failure> {
        let (app, id) = (Arc::clone(self), upload.id.clone());
        blocking(move || {
            let mut after = 0;
            loop {
                let files = app.store.files_after(&id, after, &SAFE, BATCH as u32)?;
                let Some(last) = files.last() else { return Ok(()) };
                after = last.number;
                let mut changed: Vec<UploadFile> = files.into_iter().filter(is_changed).collect();
                for file in &mut changed {
                    file.state = FileState::Found;
                    file.decision = None;
                }
                app.store.update_files(&id, &changed)?;
            }
        })
        .await?
    }

    /// An upload as it is asked for, not yet in the journal.
    pub(super) fn new_upload(&self, session: &Session, options: &UploadOptions) -> Result<Upload, Failure> {
        Ok(Upload {
            id: uuid::Uuid::new_v4().simple().to_string(),
            connection: session.connection.name.clone(),
            endpoint: session.endpoint(),
            account_id: session.connection.account_id.clone(),
            bucket: session.connection.bucket.clone(),
            prefix: self.expand(&options.prefix)?,
            roots: options.roots.iter().map(|root| absolute(root)).collect::<Result<_, _>>()?,
            state: UploadState::Draft,
            created_at: self.clock.now(),
            finished_at: None,
            on_conflict: options.on_conflict,
            neutral_names: options.neutral_names,
            accept_unprotected: options.accept_unprotected.clone(),
            read_back: options.read_back,
            watch: None,
        })
    }

    /// A prefix template with today's date filled in.
    pub(crate) fn expand(&self, template: &str) -> Result<String, Failure> {
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

/// Whether two uploads bring the same files to the same place.
fn is_same_job(one: &Upload, other: &Upload) -> bool {
    one.connection == other.connection
        && one.watch == other.watch
        && one.endpoint == other.endpoint
        && one.account_id == other.account_id
        && one.bucket == other.bucket
        && one.prefix == other.prefix
        && one.roots == other.roots
}

/// The name under which a job is begun by one Pillbox at a time.
fn job_name(upload: &Upload) -> String {
    let place = (&upload.connection, &upload.endpoint, &upload.account_id, &upload.bucket);
    format!("job/{place:?}/{:?}/{:?}", upload.prefix, upload.roots)
}

/// Whether a file on the disk is no longer what was scanned. One that is gone or can't be read was sent as it was.
fn is_changed(file: &UploadFile) -> bool {
    let scanned = file.sha256.as_deref().unwrap_or_default();
    large::sha256_of(Path::new(&file.source)).is_ok_and(|sum| hex::encode(sum) != scanned)
}

/// A file as the walk found it, with the key that it would get.
pub(crate) fn found(upload: &Upload, number: u64, entry: Entry) -> UploadFile {
    let (source, relative, size, skipped) = match entry {
        Entry::File(file) => {
            let size = file.size();
            let FoundFile { path, relative } = file;
            (path, relative, size.unwrap_or_default(), size.err())
        }
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
        concerns: Vec::new(),
        in_place: true,
        name_in_key: false,
        decision: None,
        on_conflict: None,
        sha256: None,
        sent_sha256: None,
        e_tag: None,
        version_id: None,
        proof: None,
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
