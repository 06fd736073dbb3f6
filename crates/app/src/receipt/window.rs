//! What one upload did.

use pillbox_model::{ErrorCode, Failure, FileState};

use super::journal::count;
use crate::app::App;
use crate::wire::Receipt;

/// Files that lie in the bucket.
const STORED: [FileState; 4] =
    [FileState::Stored, FileState::StoredNotReadBack, FileState::Verified, FileState::AlreadyThere];

impl App {
    /// What an upload did, by its journal.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`] for an upload that is not in the journal.
    pub async fn receipt(&self, upload: &str) -> Result<Receipt, Failure> {
        let upload = self.store.upload(upload)?.ok_or(ErrorCode::NotFound)?;
        let totals = self.store.file_totals(&upload.id)?;
        let files = |states: &[FileState]| count(&totals, states).0;
        let read_back = files(&[FileState::Verified]);
        let concerns = self.store.concern_totals(&upload.id, &STORED)?;
        Ok(Receipt {
            concerns,
            created_at: upload.created_at,
            finished_at: upload.finished_at,
            stored: read_back + files(&[FileState::Stored, FileState::StoredNotReadBack]),
            read_back,
            already_there: files(&[FileState::AlreadyThere]),
            left_out: files(&[FileState::LeftOut]),
            not_sent: files(&[
                FileState::Found,
                FileState::Ready,
                FileState::Sending,
                FileState::NeedsDecision,
                FileState::Unreadable,
                FileState::Conflict,
                FileState::Failed,
            ]),
            bytes: count(&totals, &[FileState::Verified, FileState::AlreadyThere]).1,
            upload: self.view(&upload).await?,
        })
    }
}
