//! Listing: keys in UTF-8 byte order, rolled up at a delimiter, page by page.

use rusqlite::{Connection, params};

use super::object::{COLUMNS, ObjectRow, parse, read};
use super::{Store, StoreError, StoreResult, bucket};
use crate::record::Object;

/// Where a page of a listing begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Position {
    /// After this key; where the key is a common prefix, after everything that rolls up into it.
    After(String),
    Start,
}

/// What to list of a bucket's latest versions.
#[derive(Debug, Clone)]
pub(crate) struct ListQuery {
    pub(crate) bucket: String,
    pub(crate) prefix: String,
    pub(crate) delimiter: Option<String>,
    pub(crate) position: Position,
    pub(crate) limit: usize,
}

/// One page of keys.
#[derive(Debug, Default)]
pub(crate) struct ListedKeys {
    pub(crate) objects: Vec<Object>,
    pub(crate) common_prefixes: Vec<String>,
    /// The last key or common prefix of this page where there is more.
    pub(crate) next: Option<String>,
}

/// What to list of a bucket's versions and delete markers.
#[derive(Debug, Clone)]
pub(crate) struct VersionQuery {
    pub(crate) list: ListQuery,
    /// Within the key of the position: after this version.
    pub(crate) version: Option<String>,
}

/// One page of versions.
#[derive(Debug, Default)]
pub(crate) struct ListedVersions {
    pub(crate) versions: Vec<Object>,
    pub(crate) common_prefixes: Vec<String>,
    /// The last key and, where it was a version, the version of this page where there is more.
    pub(crate) next: Option<(String, Option<String>)>,
}

impl Store {
    pub(crate) async fn list(&self, query: ListQuery) -> StoreResult<ListedKeys> {
        self.readers.run(move |transaction| list(transaction, &query)).await
    }

    pub(crate) async fn list_versions(&self, query: VersionQuery) -> StoreResult<ListedVersions> {
        self.readers.run(move |transaction| list_versions(transaction, &query)).await
    }
}

/// The common prefix that a key rolls up into, where the delimiter is in it after the prefix.
pub(crate) fn roll_up<'k>(key: &'k str, prefix: &str, delimiter: Option<&str>) -> Option<&'k str> {
    let delimiter = delimiter.filter(|delimiter| !delimiter.is_empty())?;
    let at = key.get(prefix.len()..)?.find(delimiter)?;
    key.get(..prefix.len() + at + delimiter.len())
}

/// The least text that is greater than everything that begins with this; none at the very end.
fn after_all_with(prefix: &str) -> Option<String> {
    let mut characters: Vec<char> = prefix.chars().collect();
    while let Some(last) = characters.pop() {
        // The surrogates between D7FF and E000 are no characters.
        let next = match last {
            '\u{D7FF}' => Some('\u{E000}'),
            other => char::from_u32(u32::from(other) + 1),
        };
        if let Some(next) = next {
            characters.push(next);
            return Some(characters.into_iter().collect());
        }
    }
    None
}

/// The key to begin at, and whether the key itself is still wanted; none where nothing follows.
fn begin(query: &ListQuery) -> Option<(String, bool)> {
    let Position::After(after) = &query.position else { return Some((query.prefix.clone(), true)) };
    let rolled =
        after.starts_with(&query.prefix) && roll_up(after, &query.prefix, query.delimiter.as_deref()) == Some(after);
    let from = if rolled { (after_all_with(after)?, true) } else { (after.clone(), false) };
    if from.0 < query.prefix { Some((query.prefix.clone(), true)) } else { Some(from) }
}

fn list(connection: &Connection, query: &ListQuery) -> StoreResult<ListedKeys> {
    bucket::find(connection, &query.bucket)?.ok_or(StoreError::NoSuchBucket)?;
    let mut page = ListedKeys::default();
    let mut last = String::new();
    let mut from = begin(query);
    'pages: while let Some((key, inclusive)) = from.take() {
        let rows = keys_from(connection, query, &key, inclusive)?;
        let full = rows.len() > query.limit;
        for row in rows {
            let object = parse(row)?;
            if !object.key.starts_with(&query.prefix) {
                break 'pages;
            }
            if page.objects.len() + page.common_prefixes.len() == query.limit {
                page.next = Some(last);
                break 'pages;
            }
            match roll_up(&object.key, &query.prefix, query.delimiter.as_deref()) {
                Some(common) => {
                    last = common.to_owned();
                    from = after_all_with(common).map(|key| (key, true));
                    page.common_prefixes.push(last.clone());
                    continue 'pages;
                }
                None => {
                    last.clone_from(&object.key);
                    page.objects.push(object);
                }
            }
        }
        if full {
            from = Some((last.clone(), false));
        }
    }
    Ok(page)
}

fn keys_from(connection: &Connection, query: &ListQuery, key: &str, inclusive: bool) -> StoreResult<Vec<ObjectRow>> {
    let comparison = if inclusive { ">=" } else { ">" };
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM object
         WHERE bucket = ?1 AND latest = 1 AND delete_marker = 0 AND key {comparison} ?2
         ORDER BY key LIMIT ?3"
    ))?;
    let limit = i64::try_from(query.limit).unwrap_or(i64::MAX).saturating_add(1);
    let rows = statement.query_map(params![query.bucket, key, limit], read)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// A place among the versions: keys ascend, versions of a key go from the newest to the oldest.
struct Cursor {
    key: String,
    /// Only versions of that key with a lesser sequence, then the greater keys; none: the key
    /// itself with all of its versions.
    below: Option<i64>,
}

fn list_versions(connection: &Connection, query: &VersionQuery) -> StoreResult<ListedVersions> {
    let list = &query.list;
    bucket::find(connection, &list.bucket)?.ok_or(StoreError::NoSuchBucket)?;
    let mut page = ListedVersions::default();
    let mut last = (String::new(), None);
    let mut cursor = first_cursor(connection, query)?;
    'pages: while let Some(from) = cursor.take() {
        let rows = versions_from(connection, list, &from)?;
        let full = rows.len() > list.limit;
        let mut reached = 0;
        for row in rows {
            let object = parse(row)?;
            if !object.key.starts_with(&list.prefix) {
                break 'pages;
            }
            if page.versions.len() + page.common_prefixes.len() == list.limit {
                page.next = Some(last);
                break 'pages;
            }
            match roll_up(&object.key, &list.prefix, list.delimiter.as_deref()) {
                Some(common) => {
                    last = (common.to_owned(), None);
                    cursor = after_all_with(common).map(|key| Cursor { key, below: None });
                    page.common_prefixes.push(last.0.clone());
                    continue 'pages;
                }
                None => {
                    last = (object.key.clone(), Some(object.version.clone()));
                    reached = object.sequence;
                    page.versions.push(object);
                }
            }
        }
        if full {
            cursor = Some(Cursor { key: last.0.clone(), below: Some(reached) });
        }
    }
    Ok(page)
}

fn first_cursor(connection: &Connection, query: &VersionQuery) -> StoreResult<Option<Cursor>> {
    if let (Position::After(key), Some(version)) = (&query.list.position, &query.version) {
        let object = super::object::find(connection, &query.list.bucket, key, Some(version));
        return match object {
            Ok(object) => Ok(Some(Cursor { key: key.clone(), below: Some(object.sequence) })),
            // The version was deleted between two pages: its key begins again.
            Err(StoreError::NoSuchVersion) => Ok(Some(Cursor { key: key.clone(), below: None })),
            Err(error) => Err(error),
        };
    }
    Ok(begin(&query.list).map(|(key, inclusive)| Cursor { key, below: if inclusive { None } else { Some(0) } }))
}

fn versions_from(connection: &Connection, list: &ListQuery, from: &Cursor) -> StoreResult<Vec<ObjectRow>> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM object
         WHERE bucket = ?1 AND key >= ?2 AND (key > ?2 OR sequence < ?3)
         ORDER BY key, sequence DESC LIMIT ?4"
    ))?;
    let limit = i64::try_from(list.limit).unwrap_or(i64::MAX).saturating_add(1);
    let below = from.below.unwrap_or(i64::MAX);
    let rows = statement.query_map(params![list.bucket, from.key, below, limit], read)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
