//! Listing findings.

use pillbox_model::{Failure, Finding, FindingCategory, FindingState, IdentifierId, Severity};
use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

use crate::Store;
use crate::error::Error;
use crate::words::{from_json, json, word};

/// Which findings to list: those for which everything that is given holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FindingFilter {
    /// Of this severity.
    pub severity: Option<Severity>,
    /// Of this category.
    pub category: Option<FindingCategory>,
    /// Of this type, for example `SensitiveData:S3Object/Financial`.
    pub finding_type: Option<String>,
    /// About this identifier.
    pub identifier: Option<IdentifierId>,
    /// In this bucket.
    pub bucket: Option<String>,
    /// With a key that begins so.
    pub prefix: Option<String>,
    /// In one of these states.
    pub states: Option<Vec<FindingState>>,
    /// With this text in title, type, bucket, key or identifier, whether in capitals or not.
    pub text: Option<String>,
}

/// What findings are sorted by. What is equal is sorted by the moment of the last update, newest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum FindingOrder {
    /// How bad it is.
    #[default]
    Severity,
    /// When it was first seen.
    Created,
    /// When it was last updated.
    Updated,
    /// Its type.
    Type,
    /// Its bucket, then its key.
    Place,
}

/// In which order findings are listed; by default the worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FindingSort {
    /// By what.
    pub by: FindingOrder,
    /// Greatest, newest, last first.
    pub descending: bool,
}

impl Default for FindingSort {
    fn default() -> Self {
        Self { by: FindingOrder::default(), descending: true }
    }
}

impl Store {
    /// A page of the findings that fit: at most `limit`, after leaving `offset` out.
    pub fn findings(
        &self,
        filter: &FindingFilter,
        sort: FindingSort,
        offset: u64,
        limit: u32,
    ) -> Result<Vec<Finding>, Failure> {
        let (condition, mut values) = condition(filter)?;
        values.push(Value::Integer(limit.into()));
        values.push(Value::Integer(i64::try_from(offset).unwrap_or(i64::MAX)));
        let order = order(sort);
        let page = format!("SELECT seq FROM finding {condition} ORDER BY {order} LIMIT ? OFFSET ?");
        self.read(|database| {
            let mut statement = database.prepare_cached(&page)?;
            let found: Vec<i64> =
                statement.query_map(params_from_iter(values), |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
            found.into_iter().map(|seq| body(database, seq)).collect()
        })
    }

    /// The types that findings have, in alphabetical order.
    pub fn finding_types(&self) -> Result<Vec<String>, Failure> {
        self.read(|database| {
            let mut statement = database.prepare_cached("SELECT DISTINCT type FROM finding ORDER BY type")?;
            let types = statement.query_map([], |row| row.get(0))?;
            Ok(types.collect::<rusqlite::Result<_>>()?)
        })
    }

    /// How many findings fit.
    pub fn count_findings(&self, filter: &FindingFilter) -> Result<u64, Failure> {
        let (condition, values) = condition(filter)?;
        self.read(|database| {
            Ok(database
                .prepare_cached(&format!("SELECT count(*) FROM finding {condition}"))?
                .query_row(params_from_iter(values), |row| row.get(0))?)
        })
    }
}

fn body(database: &Connection, seq: i64) -> Result<Finding, Error> {
    let body: String =
        database.prepare_cached("SELECT body FROM finding_body WHERE seq = ?1")?.query_row([seq], |row| row.get(0))?;
    from_json(&body)
}

/// The filter as SQL, with the values of its parameters.
fn condition(filter: &FindingFilter) -> Result<(String, Vec<Value>), Error> {
    let mut terms = Vec::new();
    let mut values = Vec::new();
    let mut add = |term: &'static str, value: Value| {
        terms.push(term);
        values.push(value);
    };
    if let Some(severity) = filter.severity {
        add("severity = ?", Value::Integer(severity.score().into()));
    }
    if let Some(category) = filter.category {
        add("category = ?", Value::Text(word(&category)?));
    }
    if let Some(finding_type) = &filter.finding_type {
        add("type = ?", Value::Text(finding_type.clone()));
    }
    if let Some(identifier) = &filter.identifier {
        add("identifier = ?", Value::Text(identifier.as_str().to_owned()));
    }
    if let Some(bucket) = &filter.bucket {
        add("bucket = ?", Value::Text(bucket.clone()));
    }
    if let Some(prefix) = &filter.prefix {
        add("instr(key, ?) = 1", Value::Text(prefix.clone()));
    }
    if let Some(states) = &filter.states {
        add("state IN (SELECT value FROM json_each(?))", Value::Text(json(states)?));
    }
    if let Some(text) = &filter.text {
        add("instr(words, ?) > 0", Value::Text(text.to_lowercase()));
    }
    let condition = if terms.is_empty() { String::new() } else { format!("WHERE {}", terms.join(" AND ")) };
    Ok((condition, values))
}

fn order(sort: FindingSort) -> String {
    let direction = if sort.descending { "DESC" } else { "ASC" };
    let columns = match sort.by {
        FindingOrder::Severity => "severity",
        FindingOrder::Created => "created_at",
        FindingOrder::Updated => "updated_at",
        FindingOrder::Type => "type",
        FindingOrder::Place => return format!("bucket {direction}, key {direction}, updated_at DESC, seq DESC"),
    };
    format!("{columns} {direction}, updated_at DESC, seq DESC")
}
