//! The proof that what lies in the bucket is what was sent.

use std::sync::atomic::Ordering;

use pillbox_model::{ErrorCode, Failure, FileState, ReadBack, UploadFile};

use super::file::Run;
use super::prepare::Prepared;

impl Run {
    /// Makes sure that the object is what was sent, as the upload says. What is answered as other bytes is asked for
    /// once more before it is called so: a bit may have flipped on the way back.
    pub(super) async fn prove(
        &self,
        mut file: UploadFile,
        prepared: &Prepared,
        state: FileState,
        digest: &str,
    ) -> Result<UploadFile, Failure> {
        let mut proof = self.proof(&file, prepared).await;
        if proof == Ok(None) {
            proof = self.proof(&file, prepared).await;
        }
        match proof {
            Ok(Some(proof)) => {
                file.proof = Some(proof);
                self.trouble.store(0, Ordering::Relaxed);
                Ok(self.proved(file, prepared, state, digest))
            }
            Ok(None) => self.note(file, FileState::Failed, Some(ErrorCode::ChecksumMismatch)),
            Err(failure) if failure.code == ErrorCode::AccessDenied => {
                self.note(file, FileState::StoredNotReadBack, Some(ErrorCode::StoredNotReadBack))
            }
            Err(failure) => self.failed(file, failure),
        }
    }

    /// What proves that the object is what was sent; `None` where it is something else.
    async fn proof(&self, file: &UploadFile, prepared: &Prepared) -> Result<Option<ReadBack>, Failure> {
        if self.upload.read_back == ReadBack::Checksum
            && let Some(same) = self.checksum_agrees(file, prepared).await?
        {
            return Ok(same.then_some(ReadBack::Checksum));
        }
        Ok(self.is_same(file, prepared).await?.then_some(ReadBack::Whole))
    }

    /// Whether size and SHA-256 are those of what was sent, as the store tells them; `None` where it does not tell.
    async fn checksum_agrees(&self, file: &UploadFile, prepared: &Prepared) -> Result<Option<bool>, Failure> {
        let version = file.version_id.as_deref();
        let head = self.session.client.head(&self.upload.bucket, &file.key, version).await?;
        let head = head.ok_or(ErrorCode::NoSuchObject)?;
        let agrees = head.agrees(&prepared.sha256, prepared.parts());
        Ok(agrees.map(|agrees| agrees && head.size == prepared.size()))
    }

    /// Whether what is read is what was sent; not where it does not agree with the checksum that came with it.
    async fn is_same(&self, file: &UploadFile, prepared: &Prepared) -> Result<bool, Failure> {
        match self.read_back(file, prepared).await {
            Err(failure) if failure.code == ErrorCode::ChecksumMismatch => Ok(false),
            read => read,
        }
    }
}
