//! What waits for a person, of all uploads to one bucket.

use pillbox_model::{Failure, FileState, Timestamp, UploadFile, UploadState};
use rusqlite::params;

use super::listing::file_of;
use crate::Store;
use crate::error::Error;
use crate::words::{from_word, word};

/// A file that waits for a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldFile {
    /// The upload that it is of.
    pub upload: String,
    /// When that was begun.
    pub since: Timestamp,
    /// The watch folder that it came by.
    pub watch: Option<u64>,
    /// The file.
    pub file: UploadFile,
}

/// Which held files are meant.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct HeldFilter {
    /// Those of this bucket alone.
    pub bucket: Option<String>,
    /// Those of this watch folder alone.
    pub watch: Option<u64>,
    /// Those that came by any watch folder alone.
    pub only_watched: bool,
}

/// Files that a person should look at, of uploads that somebody sent and nobody gave up: what is under review is in view
/// anyway.
const HELD: &str = "FROM upload JOIN upload_file ON upload_file.upload = upload.seq AND upload_file.attention = 0
     WHERE upload.state NOT IN (?1, ?2) AND (?3 IS NULL OR upload.bucket = ?3)
       AND (?4 IS NULL OR upload.watch = ?4) AND (NOT ?5 OR upload.watch IS NOT NULL)";

impl Store {
    /// A page of the files that wait for a person, those of the oldest uploads first: at most `limit`, after leaving
    /// `offset` out.
    pub fn held_files(&self, filter: &HeldFilter, offset: u64, limit: u32) -> Result<Vec<HeldFile>, Failure> {
        self.read(|database| {
            let mut statement = database.prepare_cached(&format!(
                "SELECT upload.seq, upload.id, upload.created_at, upload.watch, upload_file.number {HELD}
                 ORDER BY upload.created_at, upload.seq, upload_file.number LIMIT ?6 OFFSET ?7"
            ))?;
            let (draft, cancelled) = not_held()?;
            let HeldFilter { bucket, watch, only_watched } = filter;
            let mut rows = statement.query(params![draft, cancelled, bucket, watch, only_watched, limit, offset])?;
            let mut held = Vec::new();
            while let Some(row) = rows.next()? {
                let Some(file) = file_of(database, row.get(0)?, row.get(4)?)? else { continue };
                let since = Timestamp::from_millis(row.get(2)?);
                held.push(HeldFile { upload: row.get(1)?, since, watch: row.get(3)?, file });
            }
            Ok(held)
        })
    }

    /// How many files wait for a person, by state.
    pub fn held_totals(&self, filter: &HeldFilter) -> Result<Vec<(FileState, u64)>, Failure> {
        self.read(|database| {
            let mut statement = database
                .prepare_cached(&format!("SELECT upload_file.state, count(*) {HELD} GROUP BY upload_file.state"))?;
            let (draft, cancelled) = not_held()?;
            let HeldFilter { bucket, watch, only_watched } = filter;
            let mut rows = statement.query(params![draft, cancelled, bucket, watch, only_watched])?;
            let mut totals = Vec::new();
            while let Some(row) = rows.next()? {
                totals.push((from_word(row.get(0)?)?, row.get(1)?));
            }
            Ok(totals)
        })
    }
}

fn not_held() -> Result<(String, String), Error> {
    Ok((word(&UploadState::Draft)?, word(&UploadState::Cancelled)?))
}
