//! What a person decides on files that ask.

use pillbox_model::{Decision, Disposition, ErrorCode, Failure, FileState, Rules, UploadFile};

use super::prepare::{Course, Known, course};
use crate::app::App;
use crate::look::strictest;
use crate::names;

impl App {
    /// Whether a decision can go on the record: a reason must be there, and must not hold sensitive data itself.
    ///
    /// # Errors
    /// [`ErrorCode::InvalidInput`] about `reason`.
    pub(super) fn may_be_recorded(&self, decision: &Decision) -> Result<(), Failure> {
        match decision {
            Decision::Send { reason } if reason.trim().is_empty() || names::is_identity(&self.engine(), reason) => {
                Err(Failure::about(ErrorCode::InvalidInput, "reason"))
            }
            _ => Ok(()),
        }
    }

    /// Puts a decision on files, or takes it back. Answers with the names of those on which it can't be carried out, and
    /// which stay as they are.
    ///
    /// # Errors
    /// [`ErrorCode::InvalidInput`] about `reason`, or about `decision` when it can't be carried out on any;
    /// [`ErrorCode::NotFound`] for a file that is not in the upload.
    pub(crate) fn put_decision(
        &self,
        upload: &str,
        numbers: &[u64],
        decision: Option<&Decision>,
    ) -> Result<Vec<String>, Failure> {
        if let Some(decision) = decision {
            self.may_be_recorded(decision)?;
        }
        let mut files = Vec::with_capacity(numbers.len());
        let mut not_possible = Vec::new();
        for number in numbers {
            let mut file = self.store.file(upload, *number)?.ok_or(ErrorCode::NotFound)?;
            if !may_be_decided(&file, decision) {
                continue;
            }
            if !is_possible(&file, &self.rules(), decision) {
                not_possible.push(file.relative);
                continue;
            }
            file.decision = decision.cloned();
            file.code = None;
            file.state = match course(Known::of(&file), &self.rules(), file.decision.as_ref()) {
                Course::Send | Course::SendRedacted => FileState::Ready,
                Course::Ask => FileState::NeedsDecision,
                Course::LeaveOut => FileState::LeftOut,
            };
            files.push(file);
        }
        if files.is_empty() && !not_possible.is_empty() {
            return Err(Failure::about(ErrorCode::InvalidInput, "decision"));
        }
        self.store.update_files(upload, &files)?;
        self.store.mark_key_clashes(upload)?;
        let files = files.iter().map(|file| file.number).collect::<Vec<_>>();
        self.record("upload.decided", upload, serde_json::json!({ "files": files, "decision": decision }))?;
        Ok(not_possible)
    }
}

/// Whether a decision still matters: nothing of the file is on its way. What can't be read or sent can only be left out.
fn may_be_decided(file: &UploadFile, decision: Option<&Decision>) -> bool {
    match file.state {
        FileState::NeedsDecision | FileState::Ready | FileState::LeftOut | FileState::Conflict => true,
        FileState::Unreadable | FileState::Failed => {
            file.code == Some(ErrorCode::KeyTaken) || decision == Some(&Decision::LeaveOut)
        }
        _ => false,
    }
}

/// Whether a decision can be carried out: what is refused is never sent as it is.
fn is_possible(file: &UploadFile, rules: &Rules, decision: Option<&Decision>) -> bool {
    match decision {
        Some(Decision::Send { .. }) => strictest(&file.counts) != Disposition::Refuse,
        Some(Decision::Redact) => can_be_redacted(file, rules),
        Some(Decision::LeaveOut) | None => true,
    }
}

/// Whether a copy of the file can be blacked out and is then as it should be: it fits into memory, its text lies open in
/// its bytes, and nothing is odd about it as a whole.
pub(super) fn can_be_redacted(file: &UploadFile, rules: &Rules) -> bool {
    let fits = file.size > 0 && file.size <= pillbox_files::WHOLE_LIMIT;
    fits && file.in_place && !file.concerns.iter().any(|concern| concern.asks(rules))
}
