//! Taking files of a watch folder into the journal.

use std::path::Path;

use pillbox_files::Entry;
use pillbox_model::{Failure, FileState, OnConflict, Upload, UploadFile, UploadState};
use pillbox_store::WatchFolder;

use crate::app::App;
use crate::connect::Session;
use crate::upload::{UNDER_WAY, found_file, sha256_of, upload_lease};

/// Files that are written into the journal at once.
const BATCH: usize = 500;

/// What the journal knows of a file that has come to rest.
enum Known {
    /// Nothing, or an earlier state that came to its end.
    Nothing,
    /// It is as it was taken.
    Same,
    /// It was held, or is other than it was: its row goes again.
    Again(Box<(Upload, UploadFile)>),
}

impl App {
    /// Takes what has come to rest: into the upload of the watch folder that is under way, or into a new one. Says how many
    /// files are new or come again. Blocks.
    pub(super) fn take(&self, session: &Session, folder: &WatchFolder, entries: &[Entry]) -> Result<u64, Failure> {
        let (mut taken, mut new) = (0, Vec::new());
        for entry in entries {
            match self.known(folder, entry)? {
                Known::Same => {}
                Known::Nothing => new.push(entry),
                Known::Again(row) => {
                    let (upload, file) = *row;
                    let _lease = self.lease(&upload_lease(&upload.id))?;
                    if upload.state.is_terminal() {
                        self.store.set_upload_state(&upload.id, UploadState::Sending, None)?;
                    }
                    self.store.update_file(&upload.id, &file)?;
                    taken += 1;
                }
            }
        }
        if !new.is_empty() {
            self.add_new(session, folder, &new)?;
        }
        Ok(taken + new.len() as u64)
    }

    fn known(&self, folder: &WatchFolder, entry: &Entry) -> Result<Known, Failure> {
        let (path, is_file) = match entry {
            Entry::File(file) => (&file.path, true),
            Entry::Skipped { path, .. } => (path, false),
        };
        let Some((id, number)) = self.store.watched_file(folder.number, &path.to_string_lossy())? else {
            return Ok(Known::Nothing);
        };
        let (Some(upload), Some(mut file)) = (self.store.upload(&id)?, self.store.file(&id, number)?) else {
            return Ok(Known::Nothing);
        };
        if !is_file || UNDER_WAY.contains(&file.state) {
            return Ok(Known::Same);
        }
        let is_same = is_as_it_was(path, &file);
        if is_same && !matches!(file.state, FileState::Failed | FileState::Unreadable) {
            return Ok(Known::Same);
        }
        if upload.state.is_terminal() && (file.state.is_safe() || file.state == FileState::LeftOut) {
            return Ok(Known::Nothing);
        }
        if !is_same {
            // A decision was made on other bytes.
            file.decision = None;
        }
        file.state = FileState::Found;
        file.code = None;
        file.skip = None;
        Ok(Known::Again(Box::new((upload, file))))
    }

    fn add_new(&self, session: &Session, folder: &WatchFolder, new: &[&Entry]) -> Result<(), Failure> {
        let upload = self.upload_of_folder(session, folder)?;
        let _lease = self.lease(&upload_lease(&upload.id))?;
        let mut number = self.store.last_file_number(&upload.id)?;
        for batch in new.chunks(BATCH) {
            let files: Vec<UploadFile> = batch
                .iter()
                .map(|entry| {
                    number += 1;
                    found_file(&upload, number, (*entry).clone())
                })
                .collect();
            self.store.add_watched_files(folder.number, &upload.id, &files)?;
        }
        self.store.mark_key_clashes(&upload.id)?;
        Ok(())
    }

    /// The upload that takes a watch folder's files: one until all of it has come to an end, then another.
    fn upload_of_folder(&self, session: &Session, folder: &WatchFolder) -> Result<Upload, Failure> {
        let prefix = self.expand(&folder.prefix)?;
        if let Some(open) = self.open_uploads(session, folder)?.into_iter().find(|open| open.prefix == prefix) {
            return Ok(open);
        }
        let upload = Upload {
            id: uuid::Uuid::new_v4().simple().to_string(),
            connection: session.connection.name.clone(),
            endpoint: session.endpoint(),
            account_id: session.connection.account_id.clone(),
            bucket: session.connection.bucket.clone(),
            prefix,
            roots: vec![folder.folder.clone()],
            state: UploadState::Sending,
            created_at: self.clock.now(),
            finished_at: None,
            on_conflict: OnConflict::Ask,
            neutral_names: folder.neutral_names,
            accept_unprotected: None,
            read_back: self.read_back()?,
            watch: Some(folder.number),
        };
        self.store.create_upload(&upload)?;
        self.looked_into_by_today_s_rules(&upload.id)?;
        Ok(upload)
    }

    /// The uploads of a watch folder that have not come to their end, and that this session leads to.
    pub(super) fn open_uploads(&self, session: &Session, folder: &WatchFolder) -> Result<Vec<Upload>, Failure> {
        let mut uploads = self.store.unfinished_uploads()?;
        uploads.retain(|upload| upload.watch == Some(folder.number) && session.leads_to(upload));
        Ok(uploads)
    }
}

fn is_as_it_was(path: &Path, file: &UploadFile) -> bool {
    let scanned = file.sha256.as_deref().unwrap_or_default();
    sha256_of(path).is_ok_and(|sum| hex::encode(sum) == scanned)
}
