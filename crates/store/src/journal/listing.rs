//! Reading the files of an upload.

use pillbox_model::{Failure, FileState, UploadFile};
use rusqlite::{Connection, Row, params};

use super::uploads::require;
use crate::Store;
use crate::error::Error;
use crate::words::{from_json, from_word, json, word};

const COLUMNS: &str = "number, source, relative, key, size, state, code, skip, counts, name_in_key, decision, \
                       sha256, sent_sha256, e_tag, version_id, concerns, in_place, proof, on_conflict";

/// Which files of an upload to list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FileFilter {
    /// In one of these states; `None`: in any.
    pub states: Option<Vec<FileState>>,
    /// Those that a person should look at first (`NeedsDecision`, `Conflict`, `Failed`, `Unreadable`,
    /// `StoredNotReadBack`), then those on their way, then those that are through; otherwise by number alone.
    pub needs_attention_first: bool,
}

impl Store {
    /// The file of this number.
    ///
    /// # Errors
    ///
    /// `NotFound` when there is no such upload.
    pub fn file(&self, upload: &str, number: u64) -> Result<Option<UploadFile>, Failure> {
        self.read(|database| {
            let upload = require(database, upload)?;
            file_of(database, upload, number)
        })
    }

    /// A page of the files that fit the filter: at most `limit`, after leaving `offset` out.
    ///
    /// # Errors
    ///
    /// `NotFound` when there is no such upload.
    pub fn files(
        &self,
        upload: &str,
        filter: &FileFilter,
        offset: u64,
        limit: u32,
    ) -> Result<Vec<UploadFile>, Failure> {
        let fitting = if filter.states.is_some() { "AND state IN (SELECT value FROM json_each(?4))" } else { "" };
        let order = if filter.needs_attention_first { "attention, number" } else { "number" };
        // The numbers come from an index alone; the rows are read for those of the page.
        let numbers =
            format!("SELECT number FROM upload_file WHERE upload = ?1 {fitting} ORDER BY {order} LIMIT ?2 OFFSET ?3");
        self.read(|database| {
            let upload = require(database, upload)?;
            let mut statement = database.prepare_cached(&numbers)?;
            let read = |row: &Row<'_>| row.get(0);
            let numbers: Vec<u64> = match &filter.states {
                Some(states) => statement.query_map(params![upload, limit, offset, json(states)?], read)?,
                None => statement.query_map(params![upload, limit, offset], read)?,
            }
            .collect::<rusqlite::Result<_>>()?;
            files_of(database, upload, &numbers)
        })
    }

    /// The file in one of these states with the greatest number.
    ///
    /// # Errors
    ///
    /// `NotFound` when there is no such upload.
    pub fn last_of(&self, upload: &str, states: &[FileState]) -> Result<Option<UploadFile>, Failure> {
        self.read(|database| {
            let upload = require(database, upload)?;
            let mut statement =
                database.prepare_cached("SELECT max(number) FROM upload_file WHERE upload = ?1 AND state = ?2")?;
            let mut last: Option<u64> = None;
            for state in states {
                last = last.max(statement.query_row(params![upload, word(state)?], |row| row.get(0))?);
            }
            last.map_or(Ok(None), |number| file_of(database, upload, number))
        })
    }

    /// The files in these states with a number greater than `number`, in the order of their numbers, at most
    /// `limit`. Each page costs the same, however many files there are and whatever changes between pages.
    ///
    /// # Errors
    ///
    /// `NotFound` when there is no such upload.
    pub fn files_after(
        &self,
        upload: &str,
        number: u64,
        states: &[FileState],
        limit: u32,
    ) -> Result<Vec<UploadFile>, Failure> {
        self.read(|database| {
            let upload = require(database, upload)?;
            let mut statement = database.prepare_cached(
                "SELECT number FROM upload_file WHERE upload = ?1 AND state = ?2 AND number > ?3
                 ORDER BY number LIMIT ?4",
            )?;
            // State by state, since only within one of them does the index hold the numbers in order.
            let mut numbers = Vec::<u64>::new();
            for state in states {
                let found = statement.query_map(params![upload, word(state)?, number, limit], |row| row.get(0))?;
                for number in found {
                    numbers.push(number?);
                }
            }
            numbers.sort_unstable();
            numbers.dedup();
            numbers.truncate(limit as usize);
            files_of(database, upload, &numbers)
        })
    }
}

impl Store {
    /// The files with a number greater than `number`, in the order of their numbers, at most `limit`.
    ///
    /// # Errors
    ///
    /// `NotFound` when there is no such upload.
    pub fn files_from(&self, upload: &str, number: u64, limit: u32) -> Result<Vec<UploadFile>, Failure> {
        self.read(|database| {
            let upload = require(database, upload)?;
            let mut statement = database.prepare_cached(&format!(
                "SELECT {COLUMNS} FROM upload_file WHERE upload = ?1 AND number > ?2 ORDER BY number LIMIT ?3"
            ))?;
            let mut rows = statement.query(params![upload, number, limit])?;
            let mut files = Vec::new();
            while let Some(row) = rows.next()? {
                files.push(read_file(row)?);
            }
            Ok(files)
        })
    }
}

fn files_of(database: &Connection, upload: i64, numbers: &[u64]) -> Result<Vec<UploadFile>, Error> {
    numbers.iter().filter_map(|number| file_of(database, upload, *number).transpose()).collect()
}

pub(super) fn file_of(database: &Connection, upload: i64, number: u64) -> Result<Option<UploadFile>, Error> {
    let mut statement =
        database.prepare_cached(&format!("SELECT {COLUMNS} FROM upload_file WHERE upload = ?1 AND number = ?2"))?;
    let mut rows = statement.query(params![upload, number])?;
    rows.next()?.map(read_file).transpose()
}

fn read_file(row: &Row<'_>) -> Result<UploadFile, Error> {
    Ok(UploadFile {
        number: row.get(0)?,
        source: row.get(1)?,
        relative: row.get(2)?,
        key: row.get(3)?,
        size: row.get(4)?,
        state: from_word(row.get(5)?)?,
        code: row.get::<_, Option<String>>(6)?.map(from_word).transpose()?,
        skip: row.get::<_, Option<String>>(7)?.map(from_word).transpose()?,
        counts: from_json(&row.get::<_, String>(8)?)?,
        name_in_key: row.get(9)?,
        decision: row.get::<_, Option<String>>(10)?.map(|decision| from_json(&decision)).transpose()?,
        sha256: row.get(11)?,
        sent_sha256: row.get(12)?,
        e_tag: row.get(13)?,
        version_id: row.get(14)?,
        concerns: from_json(&row.get::<_, String>(15)?)?,
        in_place: row.get(16)?,
        proof: row.get::<_, Option<String>>(17)?.map(from_word).transpose()?,
        on_conflict: row.get::<_, Option<String>>(18)?.map(from_word).transpose()?,
    })
}
