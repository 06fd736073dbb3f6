//! Leases: one job runs once at a time on this computer.

use std::fs::{File, TryLockError};

use pillbox_model::{ErrorCode, Failure};
use sha2::{Digest, Sha256};

use crate::error::Error;
use crate::{Store, place};

/// The right to do one job, until dropped. When the process ends, however it ends, the operating system
/// gives it back.
#[derive(Debug)]
#[must_use = "the lease ends when it is dropped"]
pub struct Lease {
    /// Locked as long as it is open. The file stays: deleting it could part two holders of one name.
    _locked: File,
}

impl Store {
    /// Takes the lease of this name, for example of an upload's id.
    ///
    /// # Errors
    ///
    /// `AlreadyRunning` when it is taken, in this process or another; `DataFolderUnusable` or `DiskFull` when
    /// it can't be written.
    pub fn lease(&self, name: &str) -> Result<Lease, Failure> {
        let folder = self.dir().join("leases");
        place::owner_only_folder(&folder)?;
        let file = place::owner_only_file(&folder.join(hex::encode(Sha256::digest(name)) + ".lock"))?;
        match file.try_lock() {
            Ok(()) => Ok(Lease { _locked: file }),
            Err(TryLockError::WouldBlock) => Err(ErrorCode::AlreadyRunning.into()),
            Err(TryLockError::Error(error)) => Err(Error::Io(error).into()),
        }
    }
}
