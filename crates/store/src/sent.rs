//! What became of what: which bytes of this computer lie in a bucket, as what, and what decided it.

use pillbox_model::{Decision, Failure, Finding, IdentifierCount, Timestamp, UploadFile};
use rusqlite::{Connection, Row, params};

use crate::Store;
use crate::error::Error;
use crate::findings::{FindingScope, settle};
use crate::journal::{require, update};
use crate::scans::{ScanPlace, find_place, require_look, require_place};
use crate::words::{from_json, json};

/// A file of this computer that lies in a bucket, as it was when it was proved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentObject {
    /// The key that the file's path asks for.
    pub wanted: String,
    /// The key under which it lies: another where the name was replaced, or something else was there.
    pub key: String,
    /// SHA-256 of the file.
    pub sha256: [u8; 32],
    /// SHA-256 of the object; differs where a redacted copy was sent.
    pub sent_sha256: [u8; 32],
    /// The object's entity tag, without quotes.
    pub e_tag: String,
    /// The object's version, where the bucket keeps versions.
    pub version_id: Option<String>,
    /// The digest of what the look and the rules depended on.
    pub look: String,
    /// What a person decided, where it was asked.
    pub decision: Option<Decision>,
    /// What was found in it.
    pub counts: Vec<IdentifierCount>,
    /// Whether its name or key carries something that identifies a patient.
    pub name_in_key: bool,
}

/// What was found in the object that a file has become.
#[derive(Debug, Clone)]
pub struct ObjectFindings {
    /// The bucket.
    pub bucket: String,
    /// The key.
    pub key: String,
    /// What was found.
    pub found: Vec<Finding>,
    /// Whether all of the object was looked into: findings about it that are not among these are then resolved.
    pub wholly_read: bool,
    /// When it was looked into.
    pub at: Timestamp,
}

impl Store {
    /// Writes the files of these numbers again, remembers what became of those that were proved, and writes down what was
    /// found in their objects: all or nothing.
    ///
    /// # Errors
    ///
    /// As [`Store::update_file`].
    pub fn update_files_and_keep(
        &self,
        upload: &str,
        files: &[UploadFile],
        place: &ScanPlace,
        sent: &[SentObject],
        findings: &[ObjectFindings],
    ) -> Result<(), Failure> {
        self.write(|database| {
            let upload = require(database, upload)?;
            files.iter().try_for_each(|file| update(database, upload, file))?;
            for ObjectFindings { bucket, key, found, wholly_read, at } in findings {
                settle(database, found, wholly_read.then_some(FindingScope::Object { bucket, key }), *at)?;
            }
            if sent.is_empty() {
                return Ok(());
            }
            let place = require_place(database, place)?;
            sent.iter().try_for_each(|sent| keep(database, place, sent))
        })
    }

    /// What became of the files whose paths ask for these keys; those of which nothing is known are left out.
    pub fn sent_objects<S: AsRef<str>>(&self, place: &ScanPlace, wanted: &[S]) -> Result<Vec<SentObject>, Failure> {
        self.read(|database| {
            let Some(place) = find_place(database, place)? else { return Ok(Vec::new()) };
            let mut statement = database.prepare_cached(
                "SELECT wanted, coalesce(key, wanted), sha256, coalesce(sent_sha256, sha256), e_tag, version, digest,
                        decision, counts, name_in_key
                 FROM sent_object JOIN scan_look ON scan_look.seq = look WHERE place = ?1 AND wanted = ?2",
            )?;
            let mut sent = Vec::new();
            for wanted in wanted {
                let mut rows = statement.query(params![place, wanted.as_ref()])?;
                while let Some(row) = rows.next()? {
                    sent.push(read(row)?);
                }
            }
            Ok(sent)
        })
    }
}

fn keep(database: &Connection, place: i64, sent: &SentObject) -> Result<(), Error> {
    database
        .prepare_cached(
            "INSERT OR REPLACE INTO sent_object
                 (place, wanted, key, sha256, sent_sha256, e_tag, version, look, decision, counts, name_in_key)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        )?
        .execute(params![
            place,
            sent.wanted,
            (sent.key != sent.wanted).then_some(&sent.key),
            sent.sha256,
            (sent.sent_sha256 != sent.sha256).then_some(sent.sent_sha256),
            sent.e_tag,
            sent.version_id.as_deref().unwrap_or_default(),
            require_look(database, &sent.look)?,
            sent.decision.as_ref().map(json).transpose()?,
            json(&sent.counts)?,
            sent.name_in_key,
        ])?;
    Ok(())
}

fn read(row: &Row<'_>) -> Result<SentObject, Error> {
    let version: String = row.get(5)?;
    Ok(SentObject {
        wanted: row.get(0)?,
        key: row.get(1)?,
        sha256: row.get(2)?,
        sent_sha256: row.get(3)?,
        e_tag: row.get(4)?,
        version_id: Some(version).filter(|version| !version.is_empty()),
        look: row.get(6)?,
        decision: row.get::<_, Option<String>>(7)?.map(|decision| from_json(&decision)).transpose()?,
        counts: from_json(&row.get::<_, String>(8)?)?,
        name_in_key: row.get(9)?,
    })
}
