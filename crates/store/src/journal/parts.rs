//! Uploads in parts that are under way.

use pillbox_model::{Failure, UploadState};
use rusqlite::{OptionalExtension, params};

use super::uploads::require;
use crate::Store;
use crate::words::word;

/// An upload in parts that was begun for a file of an upload.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartsBegun {
    /// The file's number.
    pub number: u64,
    /// The key that the object will have.
    pub key: String,
    /// The id that S3 gave.
    pub id: String,
}

impl Store {
    /// Remembers an upload in parts of a file, in place of one that was known, and returns only after the disk has it:
    /// what the store keeps would be lost sight of otherwise.
    ///
    /// # Errors
    ///
    /// `NotFound` when there is no such upload.
    pub fn keep_parts(&self, upload: &str, begun: &PartsBegun) -> Result<(), Failure> {
        self.write_through(|database| {
            let upload = require(database, upload)?;
            database
                .prepare_cached(
                    "INSERT INTO upload_parts (upload, number, key, id) VALUES (?1, ?2, ?3, ?4)
                     ON CONFLICT DO UPDATE SET key = excluded.key, id = excluded.id",
                )?
                .execute(params![upload, begun.number, begun.key, begun.id])?;
            Ok(())
        })
    }

    /// Forgets the upload in parts of a file: it was completed or aborted.
    ///
    /// # Errors
    ///
    /// `NotFound` when there is no such upload.
    pub fn forget_parts(&self, upload: &str, number: u64) -> Result<(), Failure> {
        self.write(|database| {
            let upload = require(database, upload)?;
            database
                .prepare_cached("DELETE FROM upload_parts WHERE upload = ?1 AND number = ?2")?
                .execute(params![upload, number])?;
            Ok(())
        })
    }

    /// The upload in parts that was begun for a file.
    ///
    /// # Errors
    ///
    /// `NotFound` when there is no such upload.
    pub fn parts_of(&self, upload: &str, number: u64) -> Result<Option<PartsBegun>, Failure> {
        self.read(|database| {
            let upload = require(database, upload)?;
            Ok(database
                .prepare_cached("SELECT key, id FROM upload_parts WHERE upload = ?1 AND number = ?2")?
                .query_row(params![upload, number], |row| Ok(PartsBegun { number, key: row.get(0)?, id: row.get(1)? }))
                .optional()?)
        })
    }

    /// Whether an upload in parts is under way for any file of an upload.
    ///
    /// # Errors
    ///
    /// `NotFound` when there is no such upload.
    pub fn has_parts(&self, upload: &str) -> Result<bool, Failure> {
        self.read(|database| {
            let upload = require(database, upload)?;
            Ok(database
                .prepare_cached("SELECT EXISTS (SELECT 1 FROM upload_parts WHERE upload = ?1)")?
                .query_row([upload], |row| row.get(0))?)
        })
    }

    /// Uploads in parts that nobody will go on with, since the upload that they belong to is over: its id, and which.
    pub fn abandoned_parts(&self) -> Result<Vec<(String, PartsBegun)>, Failure> {
        self.read(|database| {
            let mut statement = database.prepare_cached(
                "SELECT upload.id, parts.number, parts.key, parts.id
                 FROM upload_parts AS parts JOIN upload ON upload.seq = parts.upload
                 WHERE upload.state IN (?1, ?2) ORDER BY upload.seq, parts.number",
            )?;
            let over = [word(&UploadState::Done)?, word(&UploadState::Cancelled)?];
            let abandoned = statement.query_map(over, |row| {
                Ok((row.get(0)?, PartsBegun { number: row.get(1)?, key: row.get(2)?, id: row.get(3)? }))
            })?;
            Ok(abandoned.collect::<rusqlite::Result<_>>()?)
        })
    }
}
