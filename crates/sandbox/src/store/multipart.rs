//! Uploads in parts: begin, add parts, complete, abort, list.

use rusqlite::{Connection, OptionalExtension, Row, params};
use uuid::Uuid;

use super::object::{Condition, NewObject, Written};
use super::segment::{self, Body};
use super::{Store, StoreError, StoreResult, bucket, object};
use crate::clock;
use crate::record::{Checksums, ObjectMeta};

/// An upload that is neither completed nor aborted.
#[derive(Debug, Clone)]
pub(crate) struct Upload {
    pub(crate) id: String,
    pub(crate) bucket: String,
    pub(crate) key: String,
    /// Milliseconds since 1970-01-01 UTC.
    pub(crate) initiated: i64,
    /// The checksum algorithm asked for when it began, in S3's spelling.
    pub(crate) algorithm: Option<String>,
    /// Whether the object's checksum is one of the parts' checksums.
    pub(crate) composite: bool,
    /// What the object will carry.
    pub(crate) meta: ObjectMeta,
}

/// A part of an upload.
#[derive(Debug, Clone)]
pub(crate) struct Part {
    pub(crate) number: i32,
    pub(crate) size: u64,
    pub(crate) etag: String,
    pub(crate) modified: i64,
    pub(crate) checksums: Checksums,
    segment: i64,
}

/// A part whose body is in hand.
pub(crate) struct NewPart {
    pub(crate) upload: String,
    pub(crate) number: i32,
    pub(crate) etag: String,
    pub(crate) checksums: Checksums,
}

/// What to list of a bucket's uploads.
#[derive(Debug, Clone)]
pub(crate) struct UploadQuery {
    pub(crate) bucket: String,
    pub(crate) prefix: String,
    /// After this key, or within it after this upload.
    pub(crate) key_marker: String,
    pub(crate) upload_marker: Option<String>,
    pub(crate) limit: usize,
}

const COLUMNS: &str = "id, bucket, key, initiated, algorithm, composite, meta";

impl Store {
    pub(crate) async fn create_upload(
        &self,
        bucket: String,
        key: String,
        algorithm: Option<String>,
        composite: bool,
        meta: ObjectMeta,
    ) -> StoreResult<String> {
        self.writer
            .run(move |transaction| {
                bucket::versioning(transaction, &bucket)?;
                let id = Uuid::new_v4().simple().to_string();
                transaction.execute(
                    "INSERT INTO upload (id, bucket, key, initiated, algorithm, composite, meta)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                    params![id, bucket, key, clock::now(), algorithm, composite, serde_json::to_string(&meta)?],
                )?;
                Ok(id)
            })
            .await
    }

    /// The upload of that id under that key.
    pub(crate) async fn upload(&self, bucket: &str, key: &str, id: &str) -> StoreResult<Upload> {
        let (bucket, key, id) = (bucket.to_owned(), key.to_owned(), id.to_owned());
        self.readers.run(move |transaction| find(transaction, &bucket, &key, &id)).await
    }

    /// Keeps a part; one of the same number is replaced.
    pub(crate) async fn put_part(&self, part: NewPart, body: Body) -> StoreResult<i64> {
        let file = match &body {
            Body::File { name, .. } => vec![name.clone()],
            Body::Inline(_) => Vec::new(),
        };
        let result = self.writer.run(move |transaction| put_part(transaction, &part, &body)).await;
        match result {
            Ok((modified, gone)) => {
                self.delete_files(gone.into_iter().collect()).await;
                Ok(modified)
            }
            Err(error) => {
                self.delete_files(file).await;
                Err(error)
            }
        }
    }

    /// The upload's parts in the order of their numbers.
    pub(crate) async fn parts(&self, bucket: &str, key: &str, id: &str) -> StoreResult<(Upload, Vec<Part>)> {
        let (bucket, key, id) = (bucket.to_owned(), key.to_owned(), id.to_owned());
        self.readers
            .run(move |transaction| {
                let upload = find(transaction, &bucket, &key, &id)?;
                let parts = parts(transaction, &id)?;
                Ok((upload, parts))
            })
            .await
    }

    /// Makes an object of the chosen parts. Parts that were not chosen are gone afterwards.
    ///
    /// The parts are those that [`Store::parts`] answered; where one was replaced since, the
    /// upload is left as it is and the answer is [`StoreError::PreconditionFailed`].
    pub(crate) async fn complete_upload(
        &self,
        id: String,
        object: NewObject,
        chosen: Vec<Part>,
        condition: Condition,
    ) -> StoreResult<Written> {
        let (written, gone) =
            self.writer.run(move |transaction| complete(transaction, &id, &object, &chosen, &condition)).await?;
        self.delete_files(gone).await;
        Ok(written)
    }

    pub(crate) async fn abort_upload(&self, bucket: &str, key: &str, id: &str) -> StoreResult<()> {
        let (bucket, key, id) = (bucket.to_owned(), key.to_owned(), id.to_owned());
        let gone = self
            .writer
            .run(move |transaction| {
                find(transaction, &bucket, &key, &id)?;
                delete(transaction, &id)
            })
            .await?;
        self.delete_files(gone).await;
        Ok(())
    }

    /// One page of uploads, and whether there are more.
    pub(crate) async fn uploads(&self, query: UploadQuery) -> StoreResult<(Vec<Upload>, bool)> {
        self.readers
            .run(move |transaction| {
                bucket::versioning(transaction, &query.bucket)?;
                let mut statement = transaction.prepare_cached(&format!(
                    "SELECT {COLUMNS} FROM upload
                     WHERE bucket = ?1 AND (key > ?2 OR (key = ?2 AND id > ?3))
                       AND substr(key, 1, length(?4)) = ?4
                     ORDER BY key, id LIMIT ?5"
                ))?;
                let limit = i64::try_from(query.limit).unwrap_or(i64::MAX).saturating_add(1);
                // No id is greater than this, so a bare key marker leaves out the whole key.
                let after = query.upload_marker.as_deref().unwrap_or("\u{10FFFF}");
                let rows =
                    statement.query_map(params![query.bucket, query.key_marker, after, query.prefix, limit], read)?;
                let mut uploads = rows.map(|row| parse(row?)).collect::<StoreResult<Vec<_>>>()?;
                let more = uploads.len() > query.limit;
                uploads.truncate(query.limit);
                Ok((uploads, more))
            })
            .await
    }
}

type UploadRow = (String, String, String, i64, Option<String>, bool, String);

fn read(row: &Row<'_>) -> rusqlite::Result<UploadRow> {
    Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?, row.get(6)?))
}

fn parse(row: UploadRow) -> StoreResult<Upload> {
    let (id, bucket, key, initiated, algorithm, composite, meta) = row;
    let meta = serde_json::from_str(&meta)?;
    Ok(Upload { id, bucket, key, initiated, algorithm, composite, meta })
}

fn find(connection: &Connection, bucket: &str, key: &str, id: &str) -> StoreResult<Upload> {
    connection
        .prepare_cached(&format!("SELECT {COLUMNS} FROM upload WHERE id = ?1 AND bucket = ?2 AND key = ?3"))?
        .query_row([id, bucket, key], read)
        .optional()?
        .map_or(Err(StoreError::NoSuchUpload), parse)
}

fn put_part(connection: &Connection, part: &NewPart, body: &Body) -> StoreResult<(i64, Option<String>)> {
    let known: bool = connection
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM upload WHERE id = ?1)")?
        .query_row([&part.upload], |row| row.get(0))?;
    if !known {
        return Err(StoreError::NoSuchUpload);
    }
    let former: Option<i64> = connection
        .prepare_cached("DELETE FROM part WHERE upload = ?1 AND number = ?2 RETURNING segment")?
        .query_row(params![part.upload, part.number], |row| row.get(0))
        .optional()?;
    let gone = match former {
        Some(former) => segment::delete(connection, former)?,
        None => None,
    };
    let segment = segment::insert(connection, None, body)?;
    let modified = clock::now();
    connection
        .prepare_cached(
            "INSERT INTO part (upload, number, size, etag, modified, checksums, segment)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute(params![
            part.upload,
            part.number,
            body.size().cast_signed(),
            part.etag,
            modified,
            serde_json::to_string(&part.checksums)?,
            segment
        ])?;
    Ok((modified, gone))
}

fn parts(connection: &Connection, upload: &str) -> StoreResult<Vec<Part>> {
    let mut statement = connection.prepare_cached(
        "SELECT number, size, etag, modified, segment, checksums FROM part
         WHERE upload = ?1 ORDER BY number",
    )?;
    let rows = statement.query_map([upload], |row| {
        let part = Part {
            number: row.get(0)?,
            size: row.get::<_, i64>(1)?.cast_unsigned(),
            etag: row.get(2)?,
            modified: row.get(3)?,
            segment: row.get(4)?,
            checksums: Checksums::default(),
        };
        Ok((part, row.get::<_, String>(5)?))
    })?;
    rows.map(|row| {
        let (part, checksums) = row?;
        Ok(Part { checksums: serde_json::from_str(&checksums)?, ..part })
    })
    .collect()
}

fn complete(
    connection: &Connection,
    id: &str,
    object: &NewObject,
    chosen: &[Part],
    condition: &Condition,
) -> StoreResult<(Written, Vec<String>)> {
    find(connection, &object.bucket, &object.key, id)?;
    object::check(connection, &object.bucket, &object.key, condition)?;
    let size = chosen.iter().map(|part| part.size).sum();
    let (row, written, mut gone) = object::insert(connection, object, size, false)?;
    for (position, part) in chosen.iter().enumerate() {
        let taken = connection
            .prepare_cached("DELETE FROM part WHERE upload = ?1 AND segment = ?2")?
            .execute(params![id, part.segment])?;
        if taken != 1 {
            return Err(StoreError::PreconditionFailed);
        }
        let position = i64::try_from(position).unwrap_or(i64::MAX);
        connection.prepare_cached("UPDATE segment SET object = ?2, position = ?3 WHERE id = ?1")?.execute(params![
            part.segment,
            row,
            position
        ])?;
    }
    gone.extend(delete(connection, id)?);
    Ok((written, gone))
}

/// Deletes an upload with the parts it still has, and answers their files.
fn delete(connection: &Connection, id: &str) -> StoreResult<Vec<String>> {
    let mut files = Vec::new();
    let segments: Vec<i64> = connection
        .prepare_cached("DELETE FROM part WHERE upload = ?1 RETURNING segment")?
        .query_map([id], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    for segment in segments {
        files.extend(segment::delete(connection, segment)?);
    }
    connection.prepare_cached("DELETE FROM upload WHERE id = ?1")?.execute([id])?;
    Ok(files)
}

/// Deletes the uploads of a bucket, and answers their parts' files.
pub(crate) fn delete_all_of_bucket(connection: &Connection, bucket: &str) -> StoreResult<Vec<String>> {
    let ids: Vec<String> = connection
        .prepare_cached("SELECT id FROM upload WHERE bucket = ?1")?
        .query_map([bucket], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    let mut files = Vec::new();
    for id in ids {
        files.extend(delete(connection, &id)?);
    }
    Ok(files)
}
