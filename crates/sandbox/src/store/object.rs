//! Objects and their versions: write, find, delete.

use std::sync::Arc;

use rusqlite::{Connection, OptionalExtension, Row, params};
use uuid::Uuid;

use super::segment::{self, Body, StoredBody};
use super::{Store, StoreError, StoreResult, bucket};
use crate::clock;
use crate::record::{NULL_VERSION, Object, ObjectMeta, Versioning};

/// What must hold of the key's latest version for a write to happen.
#[derive(Debug, Clone, Default)]
pub(crate) struct Condition {
    /// `If-None-Match: *`: there is no object under the key.
    pub(crate) absent: bool,
    /// `If-Match`: there is an object with this entity tag; `*` stands for any.
    pub(crate) etag: Option<String>,
}

/// An object to be written.
pub(crate) struct NewObject {
    pub(crate) bucket: String,
    pub(crate) key: String,
    pub(crate) etag: String,
    pub(crate) meta: ObjectMeta,
}

/// What a write answered: the version id only where the bucket's versioning was ever set.
pub(crate) struct Written {
    pub(crate) version: Option<String>,
    pub(crate) modified: i64,
}

/// What a delete did.
pub(crate) struct Deleted {
    /// A delete marker was written, or the version that was deleted was one.
    pub(crate) delete_marker: bool,
    /// The version that was deleted, or the delete marker's; none without versioning.
    pub(crate) version: Option<String>,
}

/// The columns that [`read`] takes, in their order.
pub(crate) const COLUMNS: &str = "sequence, key, version, latest, delete_marker, size, etag, modified, meta";

impl Store {
    /// Writes an object whose body is in hand. A body that is refused leaves no file.
    pub(crate) async fn put(&self, object: NewObject, body: Body, condition: Condition) -> StoreResult<Written> {
        let file = match &body {
            Body::File { name, .. } => vec![name.clone()],
            Body::Inline(_) => Vec::new(),
        };
        let result = self
            .writer
            .run(move |transaction| {
                check(transaction, &object.bucket, &object.key, &condition)?;
                let (row, written, gone) = insert(transaction, &object, body.size(), false)?;
                segment::insert(transaction, Some(row), &body)?;
                Ok((written, gone))
            })
            .await;
        match result {
            Ok((written, gone)) => {
                self.delete_files(gone).await;
                Ok(written)
            }
            Err(error) => {
                self.delete_files(file).await;
                Err(error)
            }
        }
    }

    /// The latest version of a key, or the named one; a delete marker is answered as such.
    pub(crate) async fn object(&self, bucket: &str, key: &str, version: Option<&str>) -> StoreResult<Object> {
        let (bucket, key) = (bucket.to_owned(), key.to_owned());
        let version = version.map(str::to_owned);
        self.readers.run(move |transaction| find(transaction, &bucket, &key, version.as_deref())).await
    }

    /// As [`Store::object`], with the body, which stays readable however long that takes.
    pub(crate) async fn object_and_body(
        &self,
        bucket: &str,
        key: &str,
        version: Option<&str>,
    ) -> StoreResult<(Object, StoredBody)> {
        let (bucket, key) = (bucket.to_owned(), key.to_owned());
        let version = version.map(str::to_owned);
        let (readers, blobs) = (Arc::clone(&self.readers), Arc::clone(&self.blobs));
        let look_up = move || -> StoreResult<(Object, StoredBody)> {
            let read = || {
                readers.read(|transaction| {
                    let object = find(transaction, &bucket, &key, version.as_deref())?;
                    let rows = segment::of_object(transaction, object.sequence)?;
                    Ok((object, rows))
                })
            };
            let (object, rows) = read()?;
            if rows.iter().all(|row| row.file().is_none()) {
                return Ok((object, segment::body(rows, Vec::new())));
            }
            // The files may be gone by the time they are pinned, so look again with the pins held.
            let ((object, rows), files) = blobs.pin(|| {
                let (object, rows) = read()?;
                let files = rows.iter().filter_map(|row| row.file().map(str::to_owned)).collect();
                Ok::<_, StoreError>(((object, rows), files))
            })?;
            Ok((object, segment::body(rows, files)))
        };
        tokio::task::spawn_blocking(look_up).await.map_err(|_| StoreError::Closed)?
    }

    /// Deletes the named version, or, without a name, what the bucket's versioning asks for.
    pub(crate) async fn delete(
        &self,
        bucket: &str,
        key: &str,
        version: Option<&str>,
        condition: Condition,
    ) -> StoreResult<Deleted> {
        let (bucket, key) = (bucket.to_owned(), key.to_owned());
        let version = version.map(str::to_owned);
        let (deleted, gone) = self
            .writer
            .run(move |transaction| {
                if condition.etag.is_some() {
                    check(transaction, &bucket, &key, &condition)?;
                }
                match version {
                    Some(version) => delete_version(transaction, &bucket, &key, &version),
                    None => delete_latest(transaction, &bucket, &key),
                }
            })
            .await?;
        self.delete_files(gone).await;
        Ok(deleted)
    }

    /// Changes what is kept about one version: its tags or its access control list.
    pub(crate) async fn change_meta(
        &self,
        bucket: &str,
        key: &str,
        version: Option<&str>,
        change: impl FnOnce(&mut ObjectMeta) + Send + 'static,
    ) -> StoreResult<Object> {
        let (bucket, key) = (bucket.to_owned(), key.to_owned());
        let version = version.map(str::to_owned);
        self.writer
            .run(move |transaction| {
                let mut object = find(transaction, &bucket, &key, version.as_deref())?;
                if object.delete_marker {
                    return Err(StoreError::NoSuchKey);
                }
                change(&mut object.meta);
                transaction.execute(
                    "UPDATE object SET meta = ?2 WHERE sequence = ?1",
                    params![object.sequence, serde_json::to_string(&object.meta)?],
                )?;
                Ok(object)
            })
            .await
    }

    pub(crate) async fn delete_files(&self, files: Vec<String>) {
        if files.is_empty() {
            return;
        }
        let blobs = Arc::clone(&self.blobs);
        // Files that could not be deleted are swept when the store opens again.
        drop(tokio::task::spawn_blocking(move || blobs.delete(files)).await);
    }
}

/// Checks a write's conditions against the latest version of the key.
pub(crate) fn check(connection: &Connection, bucket: &str, key: &str, condition: &Condition) -> StoreResult<()> {
    if !condition.absent && condition.etag.is_none() {
        return Ok(());
    }
    let etag: Option<String> = connection
        .prepare_cached(
            "SELECT etag FROM object
             WHERE bucket = ?1 AND key = ?2 AND latest = 1 AND delete_marker = 0",
        )?
        .query_row([bucket, key], |row| row.get(0))
        .optional()?;
    if condition.absent && etag.is_some() {
        return Err(StoreError::PreconditionFailed);
    }
    match (&condition.etag, etag) {
        (None, _) => Ok(()),
        (Some(_), None) => Err(StoreError::NoSuchKey),
        (Some(wanted), Some(found)) if wanted == "*" || *wanted == found => Ok(()),
        (Some(_), Some(_)) => Err(StoreError::PreconditionFailed),
    }
}

/// Writes the row of a new version, and answers its sequence, what to tell about it, and the
/// files of the version it took the place of.
pub(crate) fn insert(
    connection: &Connection,
    object: &NewObject,
    size: u64,
    delete_marker: bool,
) -> StoreResult<(i64, Written, Vec<String>)> {
    let versioning = bucket::versioning(connection, &object.bucket)?;
    let version = match versioning {
        Some(Versioning::Enabled) => Uuid::new_v4().simple().to_string(),
        Some(Versioning::Suspended) | None => NULL_VERSION.to_owned(),
    };
    let gone = match versioning {
        Some(Versioning::Enabled) => Vec::new(),
        Some(Versioning::Suspended) | None => remove(connection, &object.bucket, &object.key, NULL_VERSION)?.1,
    };
    connection
        .prepare_cached("UPDATE object SET latest = 0 WHERE bucket = ?1 AND key = ?2 AND latest = 1")?
        .execute([&object.bucket, &object.key])?;
    let modified = clock::now();
    connection
        .prepare_cached(
            "INSERT INTO object
             (bucket, key, version, latest, delete_marker, size, etag, modified, meta)
             VALUES (?1, ?2, ?3, 1, ?4, ?5, ?6, ?7, ?8)",
        )?
        .execute(params![
            object.bucket,
            object.key,
            version,
            delete_marker,
            size.cast_signed(),
            object.etag,
            modified,
            serde_json::to_string(&object.meta)?
        ])?;
    let row = connection.last_insert_rowid();
    Ok((row, Written { version: versioning.map(|_| version), modified }, gone))
}

/// Removes one version with its body; answers whether it was a delete marker, and its files.
fn remove(connection: &Connection, bucket: &str, key: &str, version: &str) -> StoreResult<(Option<bool>, Vec<String>)> {
    let found: Option<(i64, bool, bool)> = connection
        .prepare_cached(
            "SELECT sequence, delete_marker, latest FROM object
             WHERE bucket = ?1 AND key = ?2 AND version = ?3",
        )?
        .query_row([bucket, key, version], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    let Some((sequence, delete_marker, latest)) = found else { return Ok((None, Vec::new())) };
    let files = segment::delete_of_object(connection, sequence)?;
    connection.prepare_cached("DELETE FROM object WHERE sequence = ?1")?.execute([sequence])?;
    if latest {
        connection
            .prepare_cached(
                "UPDATE object SET latest = 1 WHERE sequence =
                 (SELECT max(sequence) FROM object WHERE bucket = ?1 AND key = ?2)",
            )?
            .execute([bucket, key])?;
    }
    Ok((Some(delete_marker), files))
}

fn delete_version(
    connection: &Connection,
    bucket: &str,
    key: &str,
    version: &str,
) -> StoreResult<(Deleted, Vec<String>)> {
    bucket::versioning(connection, bucket)?;
    let (delete_marker, files) = remove(connection, bucket, key, version)?;
    let deleted = Deleted { delete_marker: delete_marker == Some(true), version: Some(version.to_owned()) };
    Ok((deleted, files))
}

fn delete_latest(connection: &Connection, bucket: &str, key: &str) -> StoreResult<(Deleted, Vec<String>)> {
    if bucket::versioning(connection, bucket)?.is_none() {
        let (_, files) = remove(connection, bucket, key, NULL_VERSION)?;
        return Ok((Deleted { delete_marker: false, version: None }, files));
    }
    let marker =
        NewObject { bucket: bucket.to_owned(), key: key.to_owned(), etag: String::new(), meta: ObjectMeta::default() };
    let (_, written, files) = insert(connection, &marker, 0, true)?;
    Ok((Deleted { delete_marker: true, version: written.version }, files))
}

/// Finds the latest or the named version; the bucket is known to exist otherwise.
pub(crate) fn find(connection: &Connection, bucket: &str, key: &str, version: Option<&str>) -> StoreResult<Object> {
    let row = match version {
        None => connection
            .prepare_cached(&format!("SELECT {COLUMNS} FROM object WHERE bucket = ?1 AND key = ?2 AND latest = 1"))?
            .query_row([bucket, key], read)
            .optional()?,
        Some(version) => connection
            .prepare_cached(&format!("SELECT {COLUMNS} FROM object WHERE bucket = ?1 AND key = ?2 AND version = ?3"))?
            .query_row([bucket, key, version], read)
            .optional()?,
    };
    match row {
        Some(row) => parse(row),
        None if bucket::find(connection, bucket)?.is_none() => Err(StoreError::NoSuchBucket),
        None if version.is_some() => Err(StoreError::NoSuchVersion),
        None => Err(StoreError::NoSuchKey),
    }
}

/// A row of [`COLUMNS`] whose metadata is still text.
pub(crate) struct ObjectRow {
    object: Object,
    meta: String,
}

/// Reads a row of [`COLUMNS`].
pub(crate) fn read(row: &Row<'_>) -> rusqlite::Result<ObjectRow> {
    Ok(ObjectRow {
        object: Object {
            sequence: row.get(0)?,
            key: row.get(1)?,
            version: row.get(2)?,
            latest: row.get(3)?,
            delete_marker: row.get(4)?,
            size: row.get::<_, i64>(5)?.cast_unsigned(),
            etag: row.get(6)?,
            modified: row.get(7)?,
            meta: ObjectMeta::default(),
        },
        meta: row.get(8)?,
    })
}

pub(crate) fn parse(row: ObjectRow) -> StoreResult<Object> {
    Ok(Object { meta: serde_json::from_str(&row.meta)?, ..row.object })
}
