//! Uploads.

use pillbox_model::{ErrorCode, Failure, Timestamp, Upload, UploadState};
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::Store;
use crate::error::{Error, is_taken};
use crate::words::{from_json, from_word, json, word};

const COLUMNS: &str = "id, connection, bucket, prefix, roots, state, created_at, finished_at, on_conflict, \
                       neutral_names, accept_unprotected, endpoint, account_id, read_back, watch";

impl Store {
    /// Begins the journal of an upload.
    ///
    /// # Errors
    ///
    /// `InvalidInput` about `upload` when there is one of this id.
    pub fn create_upload(&self, upload: &Upload) -> Result<(), Failure> {
        self.write(|database| {
            let inserted = database
                .prepare_cached(&format!(
                    "INSERT INTO upload ({COLUMNS}, salt)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, randomblob(32))"
                ))?
                .execute(params![
                    upload.id,
                    upload.connection,
                    upload.bucket,
                    upload.prefix,
                    json(&upload.roots)?,
                    word(&upload.state)?,
                    upload.created_at.millis(),
                    upload.finished_at.map(Timestamp::millis),
                    word(&upload.on_conflict)?,
                    upload.neutral_names,
                    upload.accept_unprotected,
                    upload.endpoint,
                    upload.account_id,
                    word(&upload.read_back)?,
                    upload.watch,
                ]);
            match inserted {
                Err(error) if is_taken(&error) => Err(Failure::about(ErrorCode::InvalidInput, "upload").into()),
                other => Ok(other.map(drop)?),
            }
        })
    }

    /// The upload of this id.
    pub fn upload(&self, id: &str) -> Result<Option<Upload>, Failure> {
        self.read(|database| {
            let mut statement = database.prepare_cached(&format!("SELECT {COLUMNS} FROM upload WHERE id = ?1"))?;
            let mut rows = statement.query([id])?;
            rows.next()?.map(read_upload).transpose()
        })
    }

    /// The newest uploads, at most `limit`, newest first.
    pub fn uploads(&self, limit: u32) -> Result<Vec<Upload>, Failure> {
        self.read(|database| {
            let mut statement = database
                .prepare_cached(&format!("SELECT {COLUMNS} FROM upload ORDER BY created_at DESC, seq DESC LIMIT ?1"))?;
            read_uploads(&mut statement.query([limit])?)
        })
    }

    /// When the upload was begun that stored this version under this key.
    pub fn upload_that_stored(&self, bucket: &str, key: &str, version: &str) -> Result<Option<Timestamp>, Failure> {
        self.read(|database| {
            let mut statement = database.prepare_cached(
                "SELECT created_at FROM upload_file JOIN upload ON upload.seq = upload
                 WHERE version_id = ?3 AND key = ?2 AND bucket = ?1 ORDER BY created_at DESC LIMIT 1",
            )?;
            let at: Option<i64> = statement.query_row(params![bucket, key, version], |row| row.get(0)).optional()?;
            Ok(at.map(Timestamp::from_millis))
        })
    }

    /// The uploads that have not come to their end, newest first.
    pub fn unfinished_uploads(&self) -> Result<Vec<Upload>, Failure> {
        self.read(|database| {
            let mut statement = database.prepare_cached(&format!(
                "SELECT {COLUMNS} FROM upload WHERE state NOT IN (?1, ?2) ORDER BY created_at DESC, seq DESC"
            ))?;
            read_uploads(&mut statement.query([word(&UploadState::Done)?, word(&UploadState::Cancelled)?])?)
        })
    }

    /// Says how far the upload is, and when it ended.
    ///
    /// # Errors
    ///
    /// `NotFound`.
    pub fn set_upload_state(
        &self,
        id: &str,
        state: UploadState,
        finished_at: Option<Timestamp>,
    ) -> Result<(), Failure> {
        self.write(|database| {
            let changed = database
                .prepare_cached("UPDATE upload SET state = ?2, finished_at = ?3 WHERE id = ?1")?
                .execute(params![id, word(&state)?, finished_at.map(Timestamp::millis)])?;
            found(changed)
        })
    }

    /// Writes the upload again, all but its id and the moment of its beginning.
    ///
    /// # Errors
    ///
    /// `NotFound`.
    pub fn update_upload(&self, upload: &Upload) -> Result<(), Failure> {
        self.write(|database| {
            let changed = database
                .prepare_cached(
                    "UPDATE upload SET connection = ?2, bucket = ?3, prefix = ?4, roots = ?5, state = ?6,
                            finished_at = ?7, on_conflict = ?8, neutral_names = ?9, accept_unprotected = ?10,
                            endpoint = ?11, account_id = ?12, read_back = ?13
                     WHERE id = ?1",
                )?
                .execute(params![
                    upload.id,
                    upload.connection,
                    upload.bucket,
                    upload.prefix,
                    json(&upload.roots)?,
                    word(&upload.state)?,
                    upload.finished_at.map(Timestamp::millis),
                    word(&upload.on_conflict)?,
                    upload.neutral_names,
                    upload.accept_unprotected,
                    upload.endpoint,
                    upload.account_id,
                    word(&upload.read_back)?,
                ])?;
            found(changed)
        })
    }

    /// Removes the upload with its files from the journal; says whether there was one. What is in the bucket
    /// stays there.
    pub fn remove_upload(&self, id: &str) -> Result<bool, Failure> {
        self.write(|database| {
            for table in
                ["upload_parts", "upload_run", "listed_object", "watched_file", "upload_file", "upload_identifier"]
            {
                database
                    .prepare_cached(&format!(
                        "DELETE FROM {table} WHERE upload = (SELECT seq FROM upload WHERE id = ?1)"
                    ))?
                    .execute([id])?;
            }
            Ok(database.prepare_cached("DELETE FROM upload WHERE id = ?1")?.execute([id])? > 0)
        })
    }
}

/// The row of the upload of this id; `NotFound` when there is none.
pub(crate) fn require(database: &Connection, id: &str) -> Result<i64, Error> {
    let seq = database
        .prepare_cached("SELECT seq FROM upload WHERE id = ?1")?
        .query_row([id], |row| row.get(0))
        .optional()?;
    seq.ok_or_else(|| ErrorCode::NotFound.into())
}

/// `NotFound` when no row was changed.
pub(super) fn found(changed: usize) -> Result<(), Error> {
    if changed == 0 { Err(ErrorCode::NotFound.into()) } else { Ok(()) }
}

fn read_uploads(rows: &mut rusqlite::Rows<'_>) -> Result<Vec<Upload>, Error> {
    let mut uploads = Vec::new();
    while let Some(row) = rows.next()? {
        uploads.push(read_upload(row)?);
    }
    Ok(uploads)
}

fn read_upload(row: &Row<'_>) -> Result<Upload, Error> {
    Ok(Upload {
        id: row.get(0)?,
        connection: row.get(1)?,
        bucket: row.get(2)?,
        prefix: row.get(3)?,
        roots: from_json(&row.get::<_, String>(4)?)?,
        state: from_word(row.get(5)?)?,
        created_at: Timestamp::from_millis(row.get(6)?),
        finished_at: row.get::<_, Option<i64>>(7)?.map(Timestamp::from_millis),
        on_conflict: from_word(row.get(8)?)?,
        neutral_names: row.get(9)?,
        accept_unprotected: row.get(10)?,
        endpoint: row.get(11)?,
        account_id: row.get(12)?,
        read_back: from_word(row.get(13)?)?,
        watch: row.get(14)?,
    })
}
