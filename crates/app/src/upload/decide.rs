//! What a person decides on files that ask.

use pillbox_model::{Decision, ErrorCode, Failure, FileState, UploadFile};

use super::prepare::{Course, course};
use crate::app::App;

impl App {
    /// Puts a decision on files, or takes it back.
    ///
    /// # Errors
    /// [`ErrorCode::InvalidInput`] about `reason` when a file is to be sent as it is without a reason;
    /// [`ErrorCode::NotFound`] for a file that is not in the upload.
    pub(super) fn put_decision(
        &self,
        upload: &str,
        numbers: &[u64],
        decision: Option<&Decision>,
    ) -> Result<(), Failure> {
        if let Some(Decision::Send { reason }) = decision
            && reason.trim().is_empty()
        {
            return Err(Failure::about(ErrorCode::InvalidInput, "reason"));
        }
        let mut files = Vec::with_capacity(numbers.len());
        for number in numbers {
            let mut file = self.store.file(upload, *number)?.ok_or(ErrorCode::NotFound)?;
            if !may_be_decided(&file) {
                continue;
            }
            file.decision = decision.cloned();
            file.code = None;
            file.state = match course(&file.counts, file.size, file.decision.as_ref()) {
                Course::Send | Course::SendRedacted => FileState::Ready,
                Course::Ask => FileState::NeedsDecision,
                Course::LeaveOut => FileState::LeftOut,
            };
            files.push(file);
        }
        self.store.update_files(upload, &files)?;
        let files = files.iter().map(|file| file.number).collect::<Vec<_>>();
        self.record("upload.decided", upload, serde_json::json!({ "files": files, "decision": decision }))
    }
}

/// Whether a decision still matters: nothing of the file is on its way.
const fn may_be_decided(file: &UploadFile) -> bool {
    matches!(file.state, FileState::NeedsDecision | FileState::Ready | FileState::LeftOut | FileState::Conflict)
}
