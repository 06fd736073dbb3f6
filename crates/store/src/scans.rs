//! What was looked into in buckets: what each object held when it was read, and how far a scan has come.

use pillbox_model::{Concern, Failure, Finding, IdentifierId, SkipReason, Timestamp};
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::Store;
use crate::error::Error;
use crate::findings::{FindingScope, settle};
use crate::words::{from_json, from_word, json, word};

/// A bucket, told from one of the same name elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScanPlace {
    /// The endpoint; `None`: Amazon's own, or a store on this computer, whose port changes with each start.
    pub endpoint: Option<String>,
    /// The account that owns the bucket, where the store tells it.
    pub account_id: Option<String>,
    /// The bucket.
    pub bucket: String,
}

/// What one object, or one version of it, held when it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScannedObject {
    /// Its key.
    pub key: String,
    /// Its version; `None` of an object that was stored without versioning.
    pub version_id: Option<String>,
    /// Its entity tag, without quotes.
    pub e_tag: String,
    /// Its size in bytes.
    pub size: u64,
    /// The digest of what the look depended on.
    pub look: String,
    /// When it was read.
    pub at: Timestamp,
    /// Why it was not, or not wholly, looked into. Reasons that lie in its bytes alone are kept.
    pub skip: Option<SkipReason>,
    /// How often each identifier was found.
    pub counts: Vec<(IdentifierId, u64)>,
    /// What is odd about it as a whole.
    pub concerns: Vec<Concern>,
    /// Whether its key carries something that was found in it.
    pub name_is_sensitive: bool,
}

/// What came of one object, to be written down.
#[derive(Debug, Clone)]
pub struct ObjectLook {
    /// What it held; `None` where it could not be read for a reason that may pass.
    pub object: Option<ScannedObject>,
    /// Its findings.
    pub findings: Vec<Finding>,
    /// The key whose other findings are resolved, as all of it was looked into.
    pub resolves: Option<String>,
}

/// How far a scan has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScanPosition<T> {
    /// Everything up to this key, in the order of the keys' bytes, is done and in the totals.
    pub after: String,
    /// When it was so far.
    pub at: Timestamp,
    /// What it has come to.
    pub totals: T,
}

impl Store {
    /// What is known of the objects and versions under these keys, by key and version.
    pub fn scanned_objects<S: AsRef<str>>(&self, place: &ScanPlace, keys: &[S]) -> Result<Vec<ScannedObject>, Failure> {
        self.read(|database| {
            let Some(place) = find_place(database, place)? else { return Ok(Vec::new()) };
            let mut statement = database.prepare_cached(
                "SELECT key, version, e_tag, size, digest, at, skip, counts, concerns, name_is_sensitive
                 FROM scanned_object JOIN scan_look ON scan_look.seq = look WHERE place = ?1 AND key = ?2
                 ORDER BY version",
            )?;
            let mut known = Vec::new();
            for key in keys {
                let mut rows = statement.query(params![place, key.as_ref()])?;
                while let Some(row) = rows.next()? {
                    known.push(scanned(row)?);
                }
            }
            Ok(known)
        })
    }

    /// Writes down what came of objects, with their findings and, where it is said, how far the scan of this scope is:
    /// all of it or nothing.
    pub fn keep_looks<T: Serialize>(
        &self,
        place: &ScanPlace,
        looks: &[ObjectLook],
        at: Timestamp,
        position: Option<(&str, &str, &ScanPosition<T>)>,
    ) -> Result<(), Failure> {
        self.write(|database| {
            let seq = require_place(database, place)?;
            for look in looks {
                if let Some(object) = &look.object {
                    keep(database, seq, object)?;
                }
                let resolves = look.resolves.as_deref().map(|key| FindingScope::Object { bucket: &place.bucket, key });
                settle(database, &look.findings, resolves, at)?;
            }
            let Some((scope, look, position)) = position else { return Ok(()) };
            database
                .prepare_cached(
                    "INSERT INTO scan_job (place, scope, look, after, at, totals) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
                     ON CONFLICT (place, scope) DO UPDATE SET look = excluded.look, after = excluded.after,
                         at = excluded.at, totals = excluded.totals",
                )?
                .execute(params![
                    seq,
                    scope,
                    require_look(database, look)?,
                    position.after,
                    position.at.millis(),
                    json(&position.totals)?,
                ])?;
            Ok(())
        })
    }

    /// The keys that are known behind `after` and, where it is given, up to `up_to`, at most `limit`, in the order of
    /// their bytes.
    pub fn scanned_keys(
        &self,
        place: &ScanPlace,
        prefix: &str,
        after: &str,
        up_to: Option<&str>,
        limit: u32,
    ) -> Result<Vec<String>, Failure> {
        self.read(|database| {
            let Some(place) = find_place(database, place)? else { return Ok(Vec::new()) };
            let mut statement = database.prepare_cached(
                "SELECT DISTINCT key FROM scanned_object
                 WHERE place = ?1 AND key > ?2 AND key >= ?3 AND (?4 IS NULL OR key <= ?4)
                   AND substr(key, 1, length(?3)) = ?3
                 ORDER BY key LIMIT ?5",
            )?;
            let keys = statement.query_map(params![place, after, prefix, up_to, limit], |row| row.get(0))?;
            Ok(keys.collect::<rusqlite::Result<_>>()?)
        })
    }

    /// Forgets what was known of the objects under these keys.
    pub fn forget_scanned<S: AsRef<str>>(&self, place: &ScanPlace, keys: &[S]) -> Result<(), Failure> {
        self.write(|database| {
            let Some(place) = find_place(database, place)? else { return Ok(()) };
            let mut statement = database.prepare_cached("DELETE FROM scanned_object WHERE place = ?1 AND key = ?2")?;
            for key in keys {
                statement.execute(params![place, key.as_ref()])?;
            }
            Ok(())
        })
    }

    /// How far the scan of a scope has come that did not come to its end, if it looked for the same.
    pub fn scan_position<T: DeserializeOwned>(
        &self,
        place: &ScanPlace,
        scope: &str,
        look: &str,
    ) -> Result<Option<ScanPosition<T>>, Failure> {
        self.read(|database| {
            let Some(place) = find_place(database, place)? else { return Ok(None) };
            let found: Option<(String, i64, String)> = database
                .prepare_cached(
                    "SELECT after, at, totals FROM scan_job JOIN scan_look ON scan_look.seq = look
                     WHERE place = ?1 AND scope = ?2 AND digest = ?3",
                )?
                .query_row(params![place, scope, look], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
                .optional()?;
            let position = |(after, at, totals): (String, i64, String)| {
                Ok(ScanPosition { after, at: Timestamp::from_millis(at), totals: from_json(&totals)? })
            };
            found.map(position).transpose()
        })
    }

    /// Forgets how far the scan of a scope has come: it is at its end, or begins anew.
    pub fn forget_scan_position(&self, place: &ScanPlace, scope: &str) -> Result<(), Failure> {
        self.write(|database| {
            let Some(place) = find_place(database, place)? else { return Ok(()) };
            database
                .prepare_cached("DELETE FROM scan_job WHERE place = ?1 AND scope = ?2")?
                .execute(params![place, scope])?;
            Ok(())
        })
    }
}

fn keep(database: &Connection, place: i64, object: &ScannedObject) -> Result<(), Error> {
    database
        .prepare_cached(
            "INSERT OR REPLACE INTO scanned_object
                 (place, key, version, e_tag, size, look, at, skip, counts, concerns, name_is_sensitive)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        )?
        .execute(params![
            place,
            object.key,
            object.version_id.as_deref().unwrap_or_default(),
            object.e_tag,
            object.size,
            require_look(database, &object.look)?,
            object.at.millis(),
            object.skip.as_ref().map(word).transpose()?,
            json(&object.counts)?,
            json(&object.concerns)?,
            object.name_is_sensitive,
        ])?;
    Ok(())
}

fn scanned(row: &Row<'_>) -> Result<ScannedObject, Error> {
    let version: String = row.get(1)?;
    Ok(ScannedObject {
        key: row.get(0)?,
        version_id: Some(version).filter(|version| !version.is_empty()),
        e_tag: row.get(2)?,
        size: row.get(3)?,
        look: row.get(4)?,
        at: Timestamp::from_millis(row.get(5)?),
        skip: row.get::<_, Option<String>>(6)?.map(from_word).transpose()?,
        counts: from_json(&row.get::<_, String>(7)?)?,
        concerns: from_json(&row.get::<_, String>(8)?)?,
        name_is_sensitive: row.get(9)?,
    })
}

pub(crate) fn find_place(database: &Connection, place: &ScanPlace) -> Result<Option<i64>, Error> {
    let (account, endpoint) = (place.account_id.as_deref(), place.endpoint.as_deref());
    Ok(database
        .prepare_cached("SELECT seq FROM scan_place WHERE bucket = ?1 AND account_id = ?2 AND endpoint = ?3")?
        .query_row(params![place.bucket, account.unwrap_or_default(), endpoint.unwrap_or_default()], |row| row.get(0))
        .optional()?)
}

pub(crate) fn require_place(database: &Connection, place: &ScanPlace) -> Result<i64, Error> {
    if let Some(seq) = find_place(database, place)? {
        return Ok(seq);
    }
    let (account, endpoint) = (place.account_id.as_deref(), place.endpoint.as_deref());
    Ok(database
        .prepare_cached("INSERT INTO scan_place (bucket, account_id, endpoint) VALUES (?1, ?2, ?3) RETURNING seq")?
        .query_row(params![place.bucket, account.unwrap_or_default(), endpoint.unwrap_or_default()], |row| {
            row.get(0)
        })?)
}

pub(crate) fn require_look(database: &Connection, digest: &str) -> Result<i64, Error> {
    let known = database
        .prepare_cached("SELECT seq FROM scan_look WHERE digest = ?1")?
        .query_row([digest], |row| row.get(0))
        .optional()?;
    if let Some(seq) = known {
        return Ok(seq);
    }
    Ok(database
        .prepare_cached("INSERT INTO scan_look (digest) VALUES (?1) RETURNING seq")?
        .query_row([digest], |row| row.get(0))?)
}
