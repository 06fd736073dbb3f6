//! What an upload that compares found in the bucket, kept on the disk so that memory does not grow with it.

use pillbox_model::Failure;
use rusqlite::{OptionalExtension, params};

use super::uploads::require;
use crate::Store;

impl Store {
    /// Adds a page of the listing: keys with their entity tags, without quotes.
    ///
    /// # Errors
    ///
    /// `NotFound` when there is no such upload.
    pub fn keep_listed(&self, upload: &str, page: &[(String, String)]) -> Result<(), Failure> {
        self.write(|database| {
            let upload = require(database, upload)?;
            let mut insert = database
                .prepare_cached("INSERT OR REPLACE INTO listed_object (upload, key, e_tag) VALUES (?1, ?2, ?3)")?;
            for (key, e_tag) in page {
                insert.execute(params![upload, key, e_tag])?;
            }
            Ok(())
        })
    }

    /// The entity tag of what was listed under a key; `None` when nothing was.
    ///
    /// # Errors
    ///
    /// `NotFound` when there is no such upload.
    pub fn listed(&self, upload: &str, key: &str) -> Result<Option<String>, Failure> {
        self.read(|database| {
            let upload = require(database, upload)?;
            Ok(database
                .prepare_cached("SELECT e_tag FROM listed_object WHERE upload = ?1 AND key = ?2")?
                .query_row(params![upload, key], |row| row.get(0))
                .optional()?)
        })
    }

    /// Says of listed keys that a file of this computer belongs to them.
    ///
    /// # Errors
    ///
    /// `NotFound` when there is no such upload.
    pub fn mark_ours(&self, upload: &str, keys: &[String]) -> Result<(), Failure> {
        self.write(|database| {
            let upload = require(database, upload)?;
            let mut mark =
                database.prepare_cached("UPDATE listed_object SET is_ours = 1 WHERE upload = ?1 AND key = ?2")?;
            for key in keys {
                mark.execute(params![upload, key])?;
            }
            Ok(())
        })
    }

    /// How many listed keys no file of this computer belongs to. What was listed is forgotten with that.
    ///
    /// # Errors
    ///
    /// `NotFound` when there is no such upload.
    pub fn take_listed(&self, upload: &str) -> Result<u64, Failure> {
        self.write(|database| {
            let upload = require(database, upload)?;
            let only_there = database
                .prepare_cached("SELECT count(*) FROM listed_object WHERE upload = ?1 AND NOT is_ours")?
                .query_row([upload], |row| row.get(0))?;
            database.prepare_cached("DELETE FROM listed_object WHERE upload = ?1")?.execute([upload])?;
            Ok(only_there)
        })
    }
}
