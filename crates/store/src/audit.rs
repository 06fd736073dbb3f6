//! The audit log: what was done, by whom, when; hash-chained and append-only.
//!
//! The hash of an entry is the SHA-256 of, in this order: the word `pillbox audit 1`, the hash of the entry
//! before it (32 zero bytes for the first), its number, its moment in milliseconds, actor, action, subject and
//! details as stored. Each part is preceded by its length in bytes; lengths and numbers are 8 bytes,
//! big-endian. So no two different entries have the same bytes, and an edit changes every hash from there on.

use pillbox_model::{ErrorCode, Failure, Timestamp};
use rusqlite::{Connection, Row, params};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};
use ts_rs::TS;

use crate::Store;
use crate::error::Error;
use crate::words::{from_json, json};

type Hash = [u8; 32];

/// Before the first entry.
const NO_HASH: Hash = [0; 32];

/// What is put on the record.
#[derive(Debug, Clone, PartialEq)]
pub struct NewEntry {
    /// When.
    pub at: Timestamp,
    /// Who: the name of the operating system's user.
    pub actor: String,
    /// What, as a code: lower-case ASCII letters, digits, `.` and `-`, for example `upload.finished`.
    pub action: String,
    /// To what: ids and names of buckets; never keys, paths or values.
    pub subject: String,
    /// From what state to what, counts, reasons; never keys, paths or values.
    pub details: Value,
}

/// One entry of the log.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Entry {
    /// Its number, counted from 1 without gaps.
    pub number: u64,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub actor: String,
    /// What, as a code.
    pub action: String,
    /// To what.
    pub subject: String,
    /// From what state to what.
    #[ts(type = "unknown")]
    pub details: Value,
    /// Its hash, in hexadecimal.
    pub hash: String,
}

/// Whether the log agrees with itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AuditReport {
    /// How many entries there are.
    pub entries: u64,
    /// The hash of the last one, in hexadecimal; 64 zeros when there is none. Kept elsewhere, it shows a log that
    /// was rewritten from its beginning.
    pub head: String,
    /// The number of the first entry that is not what was recorded, or is missing.
    pub broken_at: Option<u64>,
}

/// A row as it is stored.
struct Stored {
    number: u64,
    at: i64,
    actor: String,
    action: String,
    subject: String,
    details: String,
    hash: Hash,
}

impl Store {
    /// Appends an entry.
    ///
    /// # Errors
    ///
    /// `InvalidInput` about `action` when that is no code; what the database fails with.
    pub fn record(&self, entry: NewEntry) -> Result<Entry, Failure> {
        if !is_code(&entry.action) {
            return Err(Failure::about(ErrorCode::InvalidInput, "action"));
        }
        let details = json(&entry.details)?;
        let stored = self.write(|database| {
            let (last, before): (u64, Hash) = head(database)?;
            let mut stored = Stored {
                number: last + 1,
                at: entry.at.millis(),
                actor: entry.actor,
                action: entry.action,
                subject: entry.subject,
                details,
                hash: NO_HASH,
            };
            stored.hash = stored.hash_after(&before);
            database
                .prepare_cached(
                    "INSERT INTO audit (number, at, actor, action, subject, details, hash)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                )?
                .execute(params![
                    stored.number,
                    stored.at,
                    stored.actor,
                    stored.action,
                    stored.subject,
                    stored.details,
                    stored.hash
                ])?;
            database
                .prepare_cached("UPDATE audit_head SET number = ?1, hash = ?2 WHERE one = 1")?
                .execute(params![stored.number, stored.hash])?;
            Ok(stored)
        })?;
        Ok(stored.into_entry()?)
    }

    /// The entries after the one of number `after` (0: from the first), at most `limit`, oldest first.
    pub fn audit(&self, after: u64, limit: u32) -> Result<Vec<Entry>, Failure> {
        self.read(|database| {
            let mut statement = database.prepare_cached(
                "SELECT number, at, actor, action, subject, details, hash FROM audit
                 WHERE number > ?1 ORDER BY number LIMIT ?2",
            )?;
            let mut rows = statement.query(params![after, limit])?;
            let mut entries = Vec::new();
            while let Some(row) = rows.next()? {
                entries.push(Stored::from_row(row)?.into_entry()?);
            }
            Ok(entries)
        })
    }

    /// The entries of one action, about one subject or about any, oldest first.
    pub fn audit_of(&self, action: &str, subject: Option<&str>) -> Result<Vec<Entry>, Failure> {
        self.read(|database| {
            let mut statement = database.prepare_cached(
                "SELECT number, at, actor, action, subject, details, hash FROM audit
                 WHERE action = ?1 AND (?2 IS NULL OR subject = ?2) ORDER BY number",
            )?;
            let mut rows = statement.query(params![action, subject])?;
            let mut entries = Vec::new();
            while let Some(row) = rows.next()? {
                entries.push(Stored::from_row(row)?.into_entry()?);
            }
            Ok(entries)
        })
    }

    /// Recomputes every hash. An edit, an entry that is missing or was put in between, and an end that was
    /// cut off are found; a log that somebody rewrote wholly, head included, is found by comparing `head` with
    /// one that was kept elsewhere.
    pub fn verify_audit(&self) -> Result<AuditReport, Failure> {
        self.read(|database| {
            // One transaction: what is appended meanwhile belongs to the next verification.
            let database = database.unchecked_transaction()?;
            let (last, recorded) = head(&database)?;
            let mut statement = database.prepare_cached(
                "SELECT number, at, actor, action, subject, details, hash FROM audit ORDER BY number",
            )?;
            let mut rows = statement.query([])?;
            let (mut entries, mut before, mut broken_at) = (0, NO_HASH, None);
            while let Some(row) = rows.next()? {
                entries += 1;
                // A column that can't even be read was edited as surely as one whose hash is wrong.
                let agrees = Stored::from_row(row).is_ok_and(|stored| {
                    let agrees = stored.number == entries && stored.hash == stored.hash_after(&before);
                    before = stored.hash;
                    agrees
                });
                if !agrees {
                    broken_at = broken_at.or(Some(entries));
                }
            }
            if broken_at.is_none() && (last, recorded) != (entries, before) {
                broken_at = Some(entries.min(last) + 1);
            }
            Ok(AuditReport { entries, head: hex::encode(before), broken_at })
        })
    }
}

impl Stored {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            number: row.get(0)?,
            at: row.get(1)?,
            actor: row.get(2)?,
            action: row.get(3)?,
            subject: row.get(4)?,
            details: row.get(5)?,
            hash: row.get(6)?,
        })
    }

    fn hash_after(&self, before: &Hash) -> Hash {
        let parts: [&[u8]; 8] = [
            b"pillbox audit 1",
            before,
            &self.number.to_be_bytes(),
            &self.at.to_be_bytes(),
            self.actor.as_bytes(),
            self.action.as_bytes(),
            self.subject.as_bytes(),
            self.details.as_bytes(),
        ];
        let mut hash = Sha256::new();
        for part in parts {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part);
        }
        hash.finalize().into()
    }

    fn into_entry(self) -> Result<Entry, Error> {
        Ok(Entry {
            number: self.number,
            at: Timestamp::from_millis(self.at),
            details: from_json(&self.details)?,
            actor: self.actor,
            action: self.action,
            subject: self.subject,
            hash: hex::encode(self.hash),
        })
    }
}

/// Number and hash of the last entry.
fn head(database: &Connection) -> Result<(u64, Hash), Error> {
    Ok(database
        .prepare_cached("SELECT number, hash FROM audit_head WHERE one = 1")?
        .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))?)
}

fn is_code(action: &str) -> bool {
    !action.is_empty()
        && action.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'.' || byte == b'-')
}
