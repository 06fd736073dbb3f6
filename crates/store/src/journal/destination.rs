//! Where an upload's files go, and how many of their names give a patient away.

use pillbox_model::Failure;
use rusqlite::params;

use super::uploads::require;
use crate::Store;

/// Told by an index that holds these alone.
pub(super) const NAMES_IN_KEYS: &str = "SELECT count(*) FROM upload_file WHERE upload = ?1 AND name_in_key";

impl Store {
    /// Puts every file's key under another prefix. To be called before anything was sent.
    ///
    /// # Errors
    ///
    /// `NotFound` when there is no such upload.
    pub fn move_files(&self, upload: &str, from: &str, to: &str) -> Result<(), Failure> {
        self.write(|database| {
            let upload = require(database, upload)?;
            database
                .prepare_cached(
                    "UPDATE upload_file SET key = ?3 || substr(key, length(?2) + 1)
                     WHERE upload = ?1 AND key <> '' AND substr(key, 1, length(?2)) = ?2",
                )?
                .execute(params![upload, from, to])?;
            Ok(())
        })
    }

    /// How many files have a name or a key that gives a patient away.
    ///
    /// # Errors
    ///
    /// `NotFound` when there is no such upload.
    pub fn names_in_keys(&self, upload: &str) -> Result<u64, Failure> {
        self.read(|database| {
            let upload = require(database, upload)?;
            Ok(database.prepare_cached(NAMES_IN_KEYS)?.query_row([upload], |row| row.get(0))?)
        })
    }
}
