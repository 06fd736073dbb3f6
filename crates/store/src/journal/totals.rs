//! What an upload adds up to.

use std::collections::BTreeMap;

use pillbox_model::{
    Category, Concern, Decision, Disposition, Failure, FileState, IdentifierCount, IdentifierId, ReadBack,
};
use rusqlite::{Connection, params};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::uploads::require;
use crate::Store;
use crate::error::Error;
use crate::words::{from_json, from_word, word};

/// Told by an index that holds all it needs.
pub(super) const BY_STATE: &str =
    "SELECT state, count(*), sum(size) FROM upload_file WHERE upload = ?1 GROUP BY state ORDER BY state";
/// Told by an index that holds these alone.
pub(super) const BY_CONCERN: &str =
    "SELECT concern.value, state, count(*) FROM upload_file, json_each(concerns) AS concern
     WHERE upload = ?1 AND concerns <> '[]' GROUP BY concern.value, state";

/// The files in one state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct StateTotal {
    /// The state.
    pub state: FileState,
    /// How many files.
    pub files: u64,
    /// Their size in bytes.
    pub bytes: u64,
}

/// What was found of one identifier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct IdentifierTotal {
    /// The identifier.
    pub identifier: IdentifierId,
    /// Its category.
    pub category: Category,
    /// What the rules said.
    pub disposition: Disposition,
    /// In how many files.
    pub files: u64,
    /// How often in all.
    pub occurrences: u64,
}

/// Files about which the same is odd as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ConcernTotal {
    /// What is odd.
    pub concern: Concern,
    /// How many files.
    pub files: u64,
}

/// Files on which the same was decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DecisionTotal {
    /// What was decided, with the reason.
    pub decision: Decision,
    /// How many files.
    pub files: u64,
}

/// What an upload adds up to.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Totals {
    /// By state; states with no file are left out.
    pub by_state: Vec<StateTotal>,
    /// By identifier, in the order of their ids.
    pub by_identifier: Vec<IdentifierTotal>,
}

impl Totals {
    /// How many files are in one of these states.
    pub fn files_in(&self, states: &[FileState]) -> u64 {
        self.by_state.iter().filter(|total| states.contains(&total.state)).map(|total| total.files).sum()
    }
}

impl Store {
    /// What the upload adds up to. Costs the same whether it has one file or many identifiers in each of a
    /// hundred thousand.
    ///
    /// # Errors
    ///
    /// `NotFound` when there is no such upload.
    pub fn file_totals(&self, upload: &str) -> Result<Totals, Failure> {
        self.read(|database| {
            // One transaction, so that both lists speak of the same moment.
            let database = database.unchecked_transaction()?;
            let upload = require(&database, upload)?;
            Ok(Totals { by_state: by_state(&database, upload)?, by_identifier: by_identifier(&database, upload)? })
        })
    }
}

impl Store {
    /// How many of an upload's files in some states have each concern, in the order of the concerns.
    ///
    /// # Errors
    ///
    /// `NotFound` when there is no such upload.
    pub fn concern_totals(&self, upload: &str, states: &[FileState]) -> Result<Vec<ConcernTotal>, Failure> {
        self.read(|database| {
            let upload = require(database, upload)?;
            let mut statement = database.prepare_cached(BY_CONCERN)?;
            let mut rows = statement.query([upload])?;
            let mut files = BTreeMap::<Concern, u64>::new();
            while let Some(row) = rows.next()? {
                if states.contains(&from_word(row.get(1)?)?) {
                    *files.entry(from_word(row.get(0)?)?).or_default() += row.get::<_, u64>(2)?;
                }
            }
            Ok(files.into_iter().map(|(concern, files)| ConcernTotal { concern, files }).collect())
        })
    }
}

impl Store {
    /// How many of an upload's files in one state were proved in one way.
    ///
    /// # Errors
    ///
    /// `NotFound` when there is no such upload.
    pub fn proved_by(&self, upload: &str, state: FileState, proof: ReadBack) -> Result<u64, Failure> {
        self.read(|database| {
            let upload = require(database, upload)?;
            Ok(database
                .prepare_cached("SELECT count(*) FROM upload_file WHERE upload = ?1 AND state = ?2 AND proof = ?3")?
                .query_row(params![upload, word(&state)?, word(&proof)?], |row| row.get(0))?)
        })
    }

    /// What was decided on an upload's files, and on how many, in the order of the decisions as they are stored.
    ///
    /// # Errors
    ///
    /// `NotFound` when there is no such upload.
    pub fn decision_totals(&self, upload: &str) -> Result<Vec<DecisionTotal>, Failure> {
        self.read(|database| {
            let upload = require(database, upload)?;
            let mut statement = database.prepare_cached(
                "SELECT decision, count(*) FROM upload_file WHERE upload = ?1 AND decision IS NOT NULL
                 GROUP BY decision ORDER BY decision",
            )?;
            let mut rows = statement.query([upload])?;
            let mut totals = Vec::new();
            while let Some(row) = rows.next()? {
                totals.push(DecisionTotal { decision: from_json(&row.get::<_, String>(0)?)?, files: row.get(1)? });
            }
            Ok(totals)
        })
    }
}

fn by_state(database: &Connection, upload: i64) -> Result<Vec<StateTotal>, Error> {
    let mut statement = database.prepare_cached(BY_STATE)?;
    let mut rows = statement.query([upload])?;
    let mut totals = Vec::new();
    while let Some(row) = rows.next()? {
        totals.push(StateTotal { state: from_word(row.get(0)?)?, files: row.get(1)?, bytes: row.get(2)? });
    }
    Ok(totals)
}

fn by_identifier(database: &Connection, upload: i64) -> Result<Vec<IdentifierTotal>, Error> {
    let mut statement = database.prepare_cached(
        "SELECT identifier, category, disposition, files, occurrences FROM upload_identifier
         WHERE upload = ?1 ORDER BY identifier, disposition",
    )?;
    let mut rows = statement.query([upload])?;
    let mut totals = Vec::new();
    while let Some(row) = rows.next()? {
        totals.push(IdentifierTotal {
            identifier: IdentifierId::parse(row.get::<_, String>(0)?),
            category: from_word(row.get(1)?)?,
            disposition: from_word(row.get(2)?)?,
            files: row.get(3)?,
            occurrences: row.get(4)?,
        });
    }
    Ok(totals)
}

/// Takes what one file was counted with out of the upload's totals, and what it is counted with in.
pub(super) fn recount(
    database: &Connection,
    upload: i64,
    before: &[IdentifierCount],
    after: &[IdentifierCount],
) -> Result<(), Error> {
    let mut remove = database.prepare_cached(
        "UPDATE upload_identifier SET files = files - 1, occurrences = occurrences - ?5
         WHERE upload = ?1 AND identifier = ?2 AND category = ?3 AND disposition = ?4",
    )?;
    for count in before {
        remove.execute(row(upload, count)?)?;
    }
    let mut add = database.prepare_cached(
        "INSERT INTO upload_identifier (upload, identifier, category, disposition, files, occurrences)
         VALUES (?1, ?2, ?3, ?4, 1, ?5)
         ON CONFLICT DO UPDATE SET files = files + 1, occurrences = occurrences + excluded.occurrences",
    )?;
    for count in after {
        add.execute(row(upload, count)?)?;
    }
    if !before.is_empty() {
        database
            .prepare_cached("DELETE FROM upload_identifier WHERE upload = ?1 AND files = 0")?
            .execute(params![upload])?;
    }
    Ok(())
}

fn row(upload: i64, count: &IdentifierCount) -> Result<(i64, &str, String, String, u64), Error> {
    Ok((upload, count.identifier.as_str(), word(&count.category)?, word(&count.disposition)?, count.count))
}
