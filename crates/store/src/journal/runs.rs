//! The runs of an upload: who sent, when, and how the bucket was protected then.

use pillbox_model::{Failure, ProtectionReading, Timestamp, UploadRun};
use rusqlite::{Row, params};

use super::uploads::{found, require};
use crate::Store;
use crate::error::Error;
use crate::words::{from_json, json};

impl Store {
    /// Begins another run of an upload; answers its number, counted from 1.
    ///
    /// # Errors
    ///
    /// `NotFound` when there is no such upload.
    pub fn begin_run(&self, upload: &str, run: &UploadRun) -> Result<u64, Failure> {
        self.write(|database| {
            let upload = require(database, upload)?;
            let last: u64 = database
                .prepare_cached("SELECT coalesce(max(run), 0) FROM upload_run WHERE upload = ?1")?
                .query_row([upload], |row| row.get(0))?;
            database
                .prepare_cached(
                    "INSERT INTO upload_run (upload, run, begun_at, ended_at, actor, caller, version, look, before, after)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
                )?
                .execute(params![
                    upload,
                    last + 1,
                    run.begun_at.millis(),
                    run.ended_at.map(Timestamp::millis),
                    run.actor,
                    run.caller,
                    run.version,
                    run.look,
                    json(&run.before)?,
                    run.after.as_ref().map(json).transpose()?,
                ])?;
            Ok(last + 1)
        })
    }

    /// Says when a run ended and how the bucket was protected then.
    ///
    /// # Errors
    ///
    /// `NotFound` when there is no such upload or no such run.
    pub fn end_run(&self, upload: &str, run: u64, at: Timestamp, after: &ProtectionReading) -> Result<(), Failure> {
        self.write(|database| {
            let upload = require(database, upload)?;
            let changed = database
                .prepare_cached("UPDATE upload_run SET ended_at = ?3, after = ?4 WHERE upload = ?1 AND run = ?2")?
                .execute(params![upload, run, at.millis(), json(after)?])?;
            found(changed)
        })
    }

    /// The runs of an upload, oldest first.
    ///
    /// # Errors
    ///
    /// `NotFound` when there is no such upload.
    pub fn runs(&self, upload: &str) -> Result<Vec<UploadRun>, Failure> {
        self.read(|database| {
            let upload = require(database, upload)?;
            let mut statement = database.prepare_cached(
                "SELECT begun_at, ended_at, actor, caller, version, look, before, after
                 FROM upload_run WHERE upload = ?1 ORDER BY run",
            )?;
            let mut rows = statement.query([upload])?;
            let mut runs = Vec::new();
            while let Some(row) = rows.next()? {
                runs.push(read_run(row)?);
            }
            Ok(runs)
        })
    }

    /// The random bytes that are in the digests of this upload's names and keys.
    ///
    /// # Errors
    ///
    /// `NotFound` when there is no such upload.
    pub fn salt(&self, upload: &str) -> Result<[u8; 32], Failure> {
        self.read(|database| {
            let upload = require(database, upload)?;
            Ok(database
                .prepare_cached("SELECT salt FROM upload WHERE seq = ?1")?
                .query_row([upload], |row| row.get(0))?)
        })
    }
}

fn read_run(row: &Row<'_>) -> Result<UploadRun, Error> {
    Ok(UploadRun {
        begun_at: Timestamp::from_millis(row.get(0)?),
        ended_at: row.get::<_, Option<i64>>(1)?.map(Timestamp::from_millis),
        actor: row.get(2)?,
        caller: row.get(3)?,
        version: row.get(4)?,
        look: row.get(5)?,
        before: from_json(&row.get::<_, String>(6)?)?,
        after: row.get::<_, Option<String>>(7)?.map(|after| from_json(&after)).transpose()?,
    })
}
