//! The proof that what lies in the bucket is what was sent.

use std::sync::atomic::Ordering;

use pillbox_model::{ErrorCode, Failure, FileState, UploadFile};

use super::file::Run;
use super::prepare::Prepared;

impl Run {
    /// Reads the object back, compares it with what was sent, and looks into it again. What is read as other bytes is
    /// read once more before it is called so: a bit may have flipped on the way back.
    pub(super) async fn prove(
        &self,
        file: UploadFile,
        prepared: &Prepared,
        state: FileState,
    ) -> Result<UploadFile, Failure> {
        let mut same = self.is_same(&file, prepared).await;
        if same == Ok(false) {
            same = self.is_same(&file, prepared).await;
        }
        match same {
            Ok(true) => {
                self.trouble.store(0, Ordering::Relaxed);
                self.keep_findings(&file, prepared)?;
                self.note(file, state, None)
            }
            Ok(false) => self.note(file, FileState::Failed, Some(ErrorCode::ChecksumMismatch)),
            Err(failure) if failure.code == ErrorCode::AccessDenied => {
                self.note(file, FileState::StoredNotReadBack, Some(ErrorCode::StoredNotReadBack))
            }
            Err(failure) => self.failed(file, failure),
        }
    }

    /// Whether what is read is what was sent; not where it does not agree with the checksum that came with it.
    async fn is_same(&self, file: &UploadFile, prepared: &Prepared) -> Result<bool, Failure> {
        match self.read_back(file, prepared).await {
            Err(failure) if failure.code == ErrorCode::ChecksumMismatch => Ok(false),
            read => read,
        }
    }
}
