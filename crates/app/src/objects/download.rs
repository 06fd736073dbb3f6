//! One version of an object as a file on this computer.

use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::Path;

use pillbox_model::{ErrorCode, Failure};
use sha2::{Digest, Sha256};

use super::look_at::described;
use crate::app::App;
use crate::connect::Session;
use crate::wire::Downloaded;

impl App {
    /// Writes an object, or one version of it, to a new file; what is there already stays. A file that could not
    /// be written wholly does not stay behind.
    ///
    /// # Errors
    /// [`ErrorCode::InvalidInput`] about the path when something is there or it can't be written to;
    /// [`ErrorCode::ChecksumMismatch`] when the bytes are not those that the store keeps a checksum of;
    /// [`ErrorCode::DiskFull`]; [`ErrorCode::NoSuchObject`]; what reading says.
    pub async fn download_object(
        &self,
        session: &Session,
        key: &str,
        version: Option<&str>,
        path: &Path,
    ) -> Result<Downloaded, Failure> {
        let details = described(session, key, version).await?;
        let mut file = create_new(path)?;
        let written = self.write_object(session, key, &details, &mut file).await;
        let sha256 = match written {
            Ok(sha256) => sha256,
            Err(failure) => {
                drop(file);
                // It was made a moment ago and is not whole.
                drop(std::fs::remove_file(path));
                return Err(failure);
            }
        };
        let downloaded = Downloaded { version_id: details.version_id, size: details.size, sha256: hex::encode(sha256) };
        let on_record = serde_json::json!({ "caller": session.caller_arn, "size": downloaded.size });
        self.record("object.downloaded", &session.connection.bucket, on_record)?;
        Ok(downloaded)
    }

    async fn write_object(
        &self,
        session: &Session,
        key: &str,
        details: &pillbox_aws::ObjectDetails,
        file: &mut File,
    ) -> Result<[u8; 32], Failure> {
        let bucket = &session.connection.bucket;
        let mut body = session.client.get(bucket, key, details.version_id.as_deref(), None).await?;
        if body.e_tag() != Some(details.e_tag.as_str()) {
            return Err(Failure::about(ErrorCode::ChangedSince, bucket.clone()));
        }
        let (mut all, mut size) = (Sha256::new(), 0_u64);
        while let Some(bytes) = body.chunk().await? {
            file.write_all(&bytes).map_err(|error| of_file(&error))?;
            all.update(&bytes);
            size += bytes.len() as u64;
        }
        file.sync_all().map_err(|error| of_file(&error))?;
        let sha256: [u8; 32] = all.finalize().into();
        if size != details.size || details.sha256.is_some_and(|kept| kept != sha256) {
            return Err(ErrorCode::ChecksumMismatch.into());
        }
        Ok(sha256)
    }
}

/// A new file for this user alone.
pub(crate) fn create_new(path: &Path) -> Result<File, Failure> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map_err(|error| match error.kind() {
        std::io::ErrorKind::AlreadyExists => Failure::about(ErrorCode::InvalidInput, "something is at this path"),
        _ => of_file(&error),
    })
}

/// What keeps a file from being written.
pub(crate) fn of_file(error: &std::io::Error) -> Failure {
    match error.kind() {
        std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => ErrorCode::DiskFull.into(),
        _ => Failure::about(ErrorCode::InvalidInput, "this path can't be written to"),
    }
}
