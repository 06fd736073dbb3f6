//! An upload as the window shows it.

use std::path::Path;

use pillbox_model::{Failure, FileState, Gate, Phase, Progress, Upload, UploadFile, UploadState};
use pillbox_store::FileFilter;

use super::journal::{count, sections};
use super::prepare::neutral_key;
use crate::app::{App, locked};
use crate::wire::UploadView;

/// Chosen names and keys that are shown as a preview.
const PREVIEW: usize = 10;

impl App {
    /// An upload with its totals and what the gate says; where the bucket can't be reached,
    /// the gate is unknown and the error says why.
    pub(crate) async fn view(&self, upload: &Upload) -> Result<UploadView, Failure> {
        let run = locked(&self.runs).get(&upload.id).cloned();
        // What is sent is held by a gate of its own. Asking once more would have the window wait for the same line.
        let is_sent = run.is_some() && upload.state == UploadState::Sending;
        let (gate, unreachable) = match self.gate_known(&upload.bucket).filter(|_| is_sent) {
            Some(gate) => (gate, None),
            None => self.gate_asked_for().await.map_or_else(|failure| (unknown(), Some(failure)), |gate| (gate, None)),
        };
        let totals = self.store.file_totals(&upload.id)?;
        let ended = locked(&self.ended).get(&upload.id).cloned();
        let progress = run.as_ref().map_or_else(|| still(&totals), |run| run.progress.progress());
        Ok(UploadView {
            id: upload.id.clone(),
            state: upload.state,
            scanning: run.is_some() && matches!(progress.phase, Phase::Listing | Phase::Scanning),
            bucket: upload.bucket.clone(),
            template: self.template(upload)?,
            prefix: upload.prefix.clone(),
            chosen: upload.roots.iter().take(PREVIEW).map(|root| name_of(root)).collect(),
            keys: self.first_keys(upload)?,
            neutral_names: upload.neutral_names,
            names_in_keys: self.store.names_in_keys(&upload.id)?,
            read_back: upload.read_back,
            gate,
            sections: sections(&totals),
            progress,
            error: ended.or(unreachable).map(Into::into),
        })
    }
}

impl App {
    async fn gate_asked_for(&self) -> Result<Gate, Failure> {
        self.gate_to_show(&self.session().await?).await
    }

    /// The keys that the first files get.
    fn first_keys(&self, upload: &Upload) -> Result<Vec<String>, Failure> {
        let files = self.store.files(&upload.id, &FileFilter::default(), 0, PREVIEW as u32)?;
        Ok(files.iter().filter(|file| !file.key.is_empty()).map(|file| key_to_be(upload, file)).collect())
    }
}

/// The key that a file gets, as far as it is known before it is sent.
pub(super) fn key_to_be(upload: &Upload, file: &UploadFile) -> String {
    let sum = file.sha256.as_deref().and_then(|sum| hex::decode(sum).ok()).and_then(|sum| sum.try_into().ok());
    match sum {
        Some(sum) if upload.neutral_names && file.name_in_key && !file.state.is_terminal() => {
            neutral_key(&upload.prefix, &file.relative, &sum)
        }
        _ => file.key.clone(),
    }
}

/// Nothing is known of the bucket.
fn unknown() -> Gate {
    Gate::Unknown { permissions: Vec::new() }
}

/// A root's own name, without the folders above it.
fn name_of(root: &str) -> String {
    Path::new(root).file_name().map_or_else(|| root.to_owned(), |name| name.to_string_lossy().into_owned())
}

/// The totals of an upload that does not run.
fn still(totals: &pillbox_store::Totals) -> Progress {
    const DONE: [FileState; 7] = [
        FileState::Verified,
        FileState::AlreadyThere,
        FileState::StoredNotReadBack,
        FileState::LeftOut,
        FileState::Failed,
        FileState::Conflict,
        FileState::Unreadable,
    ];
    let all =
        |(files, bytes): (u64, u64), total: &pillbox_store::StateTotal| (files + total.files, bytes + total.bytes);
    let (files_total, bytes_total) = totals.by_state.iter().fold((0, 0), all);
    let (files_done, bytes_done) = count(totals, &DONE);
    let (files_failed, _) = count(totals, &[FileState::Failed, FileState::Conflict, FileState::StoredNotReadBack]);
    let phase = Phase::Done;
    Progress { phase, files_done, files_total, bytes_done, bytes_total, files_failed, millis_left: None }
}
