//! The stretches of an object's body: in the database where they are small, in a file otherwise.

use std::collections::HashSet;
use std::io::{Read, Seek, SeekFrom};

use bytes::Bytes;
use rusqlite::{Connection, params};

use super::{PinnedFile, StoreResult};

/// A body as it came in, before a row names it.
pub(crate) enum Body {
    Inline(Vec<u8>),
    File { name: String, size: u64 },
}

impl Body {
    pub(crate) fn size(&self) -> u64 {
        match self {
            Self::Inline(bytes) => bytes.len() as u64,
            Self::File { size, .. } => *size,
        }
    }
}

/// A stretch of a stored body that can be read for as long as this value lives.
pub(crate) enum Segment {
    Inline(Bytes),
    File { file: PinnedFile, size: u64 },
}

impl Segment {
    pub(crate) fn size(&self) -> u64 {
        match self {
            Self::Inline(bytes) => bytes.len() as u64,
            Self::File { size, .. } => *size,
        }
    }

    /// Reads at most `length` bytes from the offset; waits for the disk.
    pub(crate) fn read(&self, offset: u64, length: usize) -> std::io::Result<Bytes> {
        match self {
            Self::Inline(bytes) => {
                let start = usize::try_from(offset).unwrap_or(usize::MAX).min(bytes.len());
                let end = start.saturating_add(length).min(bytes.len());
                Ok(bytes.slice(start..end))
            }
            Self::File { file, .. } => {
                let mut opened = std::fs::File::open(&file.path)?;
                opened.seek(SeekFrom::Start(offset))?;
                let mut buffer = Vec::with_capacity(length);
                opened.take(length as u64).read_to_end(&mut buffer)?;
                Ok(buffer.into())
            }
        }
    }
}

/// The whole body of a stored object, as its segments in order.
#[derive(Default)]
pub(crate) struct StoredBody {
    pub(crate) segments: Vec<Segment>,
}

/// A segment's row.
pub(crate) enum Row {
    Inline(Vec<u8>),
    File { name: String, size: u64 },
}

impl Row {
    /// The file that holds the segment, where one does.
    pub(crate) fn file(&self) -> Option<&str> {
        match self {
            Self::Inline(_) => None,
            Self::File { name, .. } => Some(name),
        }
    }
}

/// Puts a body together from its rows and the pins of the files among them, in the same order.
pub(crate) fn body(rows: Vec<Row>, files: Vec<PinnedFile>) -> StoredBody {
    let mut files = files.into_iter();
    let segments = rows
        .into_iter()
        .filter_map(|row| match row {
            Row::Inline(bytes) => Some(Segment::Inline(bytes.into())),
            Row::File { size, .. } => files.next().map(|file| Segment::File { file, size }),
        })
        .collect();
    StoredBody { segments }
}

/// Writes a segment's row; without an object it belongs to a part of an upload.
pub(crate) fn insert(connection: &Connection, object: Option<i64>, body: &Body) -> StoreResult<i64> {
    let (file, bytes) = match body {
        Body::Inline(bytes) => (None, Some(bytes.as_slice())),
        Body::File { name, .. } => (Some(name.as_str()), None),
    };
    connection
        .prepare_cached("INSERT INTO segment (object, position, size, file, bytes) VALUES (?1, 0, ?2, ?3, ?4)")?
        .execute(params![object, body.size().cast_signed(), file, bytes])?;
    Ok(connection.last_insert_rowid())
}

pub(crate) fn of_object(connection: &Connection, object: i64) -> StoreResult<Vec<Row>> {
    let mut statement =
        connection.prepare_cached("SELECT size, file, bytes FROM segment WHERE object = ?1 ORDER BY position")?;
    let rows = statement.query_map([object], |row| {
        Ok(match row.get::<_, Option<String>>(1)? {
            Some(name) => Row::File { name, size: row.get::<_, i64>(0)?.cast_unsigned() },
            None => Row::Inline(row.get(2)?),
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Deletes an object's segments and answers the files that no row names any more.
pub(crate) fn delete_of_object(connection: &Connection, object: i64) -> StoreResult<Vec<String>> {
    let mut statement = connection.prepare_cached("DELETE FROM segment WHERE object = ?1 RETURNING file")?;
    let files = statement.query_map([object], |row| row.get::<_, Option<String>>(0))?;
    Ok(files.filter_map(Result::transpose).collect::<rusqlite::Result<_>>()?)
}

/// Deletes one segment and answers its file.
pub(crate) fn delete(connection: &Connection, id: i64) -> StoreResult<Option<String>> {
    Ok(connection
        .prepare_cached("DELETE FROM segment WHERE id = ?1 RETURNING file")?
        .query_row([id], |row| row.get(0))?)
}

/// The files that rows name.
pub(crate) fn all_files(connection: &rusqlite::Transaction<'_>) -> StoreResult<HashSet<String>> {
    let mut statement = connection.prepare("SELECT file FROM segment WHERE file IS NOT NULL")?;
    let files = statement.query_map([], |row| row.get(0))?;
    Ok(files.collect::<rusqlite::Result<_>>()?)
}
