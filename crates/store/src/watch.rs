//! Watch folders, and where in the journal each of their files is.

use pillbox_model::{ErrorCode, Failure, Timestamp, UploadFile};
use rusqlite::{OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};

use crate::Store;
use crate::error::Error;
use crate::journal::{insert, require};
use crate::words::{from_json, json};

/// A folder whose files are taken as they come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WatchFolder {
    /// Its number; 0 of one that is not kept yet.
    pub number: u64,
    /// The folder, absolute.
    pub folder: String,
    /// The connection's name; `None`: the one that the command is given each time.
    pub connection: Option<String>,
    /// The bucket.
    pub bucket: String,
    /// The destination's template.
    pub prefix: String,
    /// Whether files that carry a name in theirs get a neutral key.
    pub neutral_names: bool,
    /// Whether it is watched.
    pub is_on: bool,
    /// Since when it is, or is not.
    pub since: Timestamp,
    /// What it came to last.
    pub last: Option<WatchedLast>,
}

/// What a watch folder came to when it was gone through last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct WatchedLast {
    /// When.
    pub at: Timestamp,
    /// Files that were sent and proved with it.
    pub safe: u64,
    /// Files of it that wait for a person.
    pub held: u64,
    /// Files whose writer had not finished.
    pub unfinished: u64,
    /// Why it could not go on.
    pub code: Option<ErrorCode>,
}

const COLUMNS: &str = "number, folder, connection, bucket, prefix, neutral_names, is_on, since, last";

impl Store {
    /// All watch folders, by number.
    pub fn watch_folders(&self) -> Result<Vec<WatchFolder>, Failure> {
        self.read(|database| {
            let mut statement =
                database.prepare_cached(&format!("SELECT {COLUMNS} FROM watch_folder ORDER BY number"))?;
            let mut rows = statement.query([])?;
            let mut folders = Vec::new();
            while let Some(row) = rows.next()? {
                folders.push(read(row)?);
            }
            Ok(folders)
        })
    }

    /// Adds a watch folder, and answers its number.
    pub fn add_watch_folder(&self, folder: &WatchFolder) -> Result<u64, Failure> {
        self.write(|database| {
            Ok(database
                .prepare_cached(
                    "INSERT INTO watch_folder (folder, connection, bucket, prefix, neutral_names, is_on, since)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) RETURNING number",
                )?
                .query_row(
                    params![
                        folder.folder,
                        folder.connection,
                        folder.bucket,
                        folder.prefix,
                        folder.neutral_names,
                        folder.is_on,
                        folder.since.millis(),
                    ],
                    |row| row.get(0),
                )?)
        })
    }

    /// Switches a watch folder on or off; says whether there is one of this number.
    pub fn switch_watch_folder(&self, number: u64, is_on: bool, since: Timestamp) -> Result<bool, Failure> {
        self.write(|database| {
            Ok(database
                .prepare_cached("UPDATE watch_folder SET is_on = ?2, since = ?3 WHERE number = ?1")?
                .execute(params![number, is_on, since.millis()])?
                > 0)
        })
    }

    /// Remembers what a watch folder came to.
    pub fn set_watched_last(&self, number: u64, last: &WatchedLast) -> Result<(), Failure> {
        self.write(|database| {
            database
                .prepare_cached("UPDATE watch_folder SET last = ?2 WHERE number = ?1")?
                .execute(params![number, json(last)?])?;
            Ok(())
        })
    }

    /// Forgets a watch folder; says whether there was one. Its uploads stay in the journal.
    pub fn remove_watch_folder(&self, number: u64) -> Result<bool, Failure> {
        self.write(|database| {
            database.prepare_cached("DELETE FROM watched_file WHERE watch = ?1")?.execute([number])?;
            Ok(database.prepare_cached("DELETE FROM watch_folder WHERE number = ?1")?.execute([number])? > 0)
        })
    }

    /// The upload and the number in it under which a watch folder's file was taken last.
    pub fn watched_file(&self, watch: u64, source: &str) -> Result<Option<(String, u64)>, Failure> {
        self.read(|database| {
            Ok(database
                .prepare_cached(
                    "SELECT upload.id, watched_file.number FROM watched_file
                     JOIN upload ON upload.seq = watched_file.upload WHERE watched_file.watch = ?1 AND source = ?2",
                )?
                .query_row(params![watch, source], |row| Ok((row.get(0)?, row.get(1)?)))
                .optional()?)
        })
    }

    /// Adds files of a watch folder to an upload of it, as [`Store::add_files`] does, and remembers where they are.
    ///
    /// # Errors
    ///
    /// As [`Store::add_files`].
    pub fn add_watched_files(&self, watch: u64, upload: &str, files: &[UploadFile]) -> Result<(), Failure> {
        self.write(|database| {
            let upload = require(database, upload)?;
            for file in files.iter() {
                insert(database, upload, file)?;
                database
                    .prepare_cached(
                        "INSERT OR REPLACE INTO watched_file (watch, source, upload, number)
                         SELECT ?1, source, upload, number FROM upload_file WHERE upload = ?2 AND source = ?3",
                    )?
                    .execute(params![watch, upload, file.source])?;
            }
            Ok(())
        })
    }
}

fn read(row: &Row<'_>) -> Result<WatchFolder, Error> {
    Ok(WatchFolder {
        number: row.get(0)?,
        folder: row.get(1)?,
        connection: row.get(2)?,
        bucket: row.get(3)?,
        prefix: row.get(4)?,
        neutral_names: row.get(5)?,
        is_on: row.get(6)?,
        since: Timestamp::from_millis(row.get(7)?),
        last: row.get::<_, Option<String>>(8)?.map(|last| from_json(&last)).transpose()?,
    })
}
