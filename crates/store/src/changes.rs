//! Changes of buckets' settings and of single objects: written down before the first request goes out, with the former state, so
//! that they can be taken back whatever happens in between.

use pillbox_model::{ErrorCode, Failure, FixPlan, ObjectPlan, Timestamp};
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::Store;
use crate::error::Error;
use crate::words::{from_json, from_word, json, word};

/// What a change writes, and what was there before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChangePlan {
    /// Settings of a bucket.
    Settings(FixPlan),
    /// One object. Its keys stand in the plan, and so in this table, and nowhere else.
    Object(ObjectPlan),
}

impl ChangePlan {
    const SETTINGS: &'static str = "settings";
    const OBJECT: &'static str = "object";

    /// The bucket.
    pub fn bucket(&self) -> &str {
        match self {
            Self::Settings(plan) => &plan.bucket,
            Self::Object(plan) => &plan.bucket,
        }
    }

    /// How many steps it has.
    pub fn steps(&self) -> usize {
        match self {
            Self::Settings(plan) => plan.changes.len(),
            Self::Object(plan) => plan.steps.len(),
        }
    }

    fn to_columns(&self) -> Result<(&'static str, String), Error> {
        Ok(match self {
            Self::Settings(plan) => (Self::SETTINGS, json(plan)?),
            Self::Object(plan) => (Self::OBJECT, json(plan)?),
        })
    }

    fn of_columns(subject: &str, plan: &str) -> Result<Self, Error> {
        match subject {
            Self::SETTINGS => Ok(Self::Settings(from_json(plan)?)),
            Self::OBJECT => Ok(Self::Object(from_json(plan)?)),
            _ => Err(ErrorCode::DatabaseDamaged.into()),
        }
    }
}

/// A change that is about to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewChange<'a> {
    /// When.
    pub at: Timestamp,
    /// Who: the name of the operating system's user.
    pub actor: String,
    /// The connection's name.
    pub connection: String,
    /// What is written, and what was there before.
    pub plan: &'a ChangePlan,
    /// The change that this one takes back.
    pub undo_of: Option<u64>,
}

/// How far a change is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum ChangeState {
    /// Its steps are being written, or the program ended while they were.
    Begun,
    /// All of its steps were written and read back.
    Applied,
    /// Some of its steps were.
    PartlyApplied,
    /// None was.
    Failed,
}

/// How one step ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", tag = "outcome", content = "code")]
pub enum StepOutcome {
    /// It was written and read back.
    Applied,
    /// It was not, and why.
    Failed(ErrorCode),
}

/// One step of a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeStep {
    /// Which of the plan's changes, counted from 0.
    pub step: u32,
    /// When it ended.
    pub at: Timestamp,
    /// How it ended.
    pub outcome: StepOutcome,
    /// The version of an object that it made: a copy's, or a delete marker's.
    pub version: Option<String>,
}

/// A change on the record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Its id, counted from 1; what outputs call it by.
    pub id: u64,
    /// When it was begun.
    pub at: Timestamp,
    /// Who made it.
    pub actor: String,
    /// The connection's name.
    pub connection: String,
    /// The bucket.
    pub bucket: String,
    /// What was to be written, and what was there before.
    pub plan: ChangePlan,
    /// How far it is.
    pub state: ChangeState,
    /// The steps that ended, in the plan's order.
    pub steps: Vec<ChangeStep>,
    /// The change that this one takes back.
    pub undo_of: Option<u64>,
    /// The change that took this one back.
    pub undone_by: Option<u64>,
}

/// An object's way into quarantine or back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuarantineMove {
    /// The change.
    pub change: u64,
    /// When it was begun.
    pub at: Timestamp,
    /// Whether it was put there, rather than brought back.
    pub is_put: bool,
    /// The object's own key.
    pub own_key: String,
    /// Its key in quarantine.
    pub copy: String,
}

const COLUMNS: &str = "id, at, actor, connection, bucket, plan, state, undo_of, undone_by, subject";

impl Store {
    /// Writes down a change that is about to be made and returns its id. When this returns, the former state
    /// is safe on the disk, power cut or not.
    ///
    /// # Errors
    ///
    /// `NoSuchChange` when `undo_of` names none or one that was taken back already.
    pub fn begin_change(&self, change: NewChange<'_>) -> Result<u64, Failure> {
        let (subject, plan) = change.plan.to_columns()?;
        let state = word(&ChangeState::Begun)?;
        self.write_through(|database| {
            if let Some(undone) = change.undo_of {
                let open = database
                    .prepare_cached("SELECT 1 FROM change WHERE id = ?1 AND undone_by IS NULL")?
                    .exists([undone])?;
                if !open {
                    return Err(ErrorCode::NoSuchChange.into());
                }
            }
            Ok(database
                .prepare_cached(
                    "INSERT INTO change (at, actor, connection, bucket, plan, state, undo_of, subject)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) RETURNING id",
                )?
                .query_row(
                    params![
                        change.at.millis(),
                        change.actor,
                        change.connection,
                        change.plan.bucket(),
                        plan,
                        state,
                        change.undo_of,
                        subject
                    ],
                    |row| row.get(0),
                )?)
        })
    }

    /// Marks how a step ended (counted from 0), with the version of an object that it made; what was marked before
    /// is replaced.
    ///
    /// # Errors
    ///
    /// `NoSuchChange`.
    pub fn mark_step(
        &self,
        change: u64,
        step: u32,
        at: Timestamp,
        outcome: StepOutcome,
        version: Option<&str>,
    ) -> Result<(), Failure> {
        let code = match outcome {
            StepOutcome::Applied => None,
            StepOutcome::Failed(code) => Some(word(&code)?),
        };
        self.write(|database| {
            require(database, change)?;
            database
                .prepare_cached(
                    "INSERT INTO change_step (change, step, at, code, version) VALUES (?1, ?2, ?3, ?4, ?5)
                     ON CONFLICT (change, step) DO UPDATE
                     SET at = excluded.at, code = excluded.code, version = excluded.version",
                )?
                .execute(params![change, step, at.millis(), code, version])?;
            Ok(())
        })
    }

    /// Says how far the change came.
    ///
    /// # Errors
    ///
    /// `NoSuchChange`.
    pub fn finish_change(&self, change: u64, state: ChangeState) -> Result<(), Failure> {
        let state = word(&state)?;
        self.write(|database| {
            require(database, change)?;
            database.prepare_cached("UPDATE change SET state = ?2 WHERE id = ?1")?.execute(params![change, state])?;
            Ok(())
        })
    }

    /// Marks the change as taken back by another one.
    ///
    /// # Errors
    ///
    /// `NoSuchChange` when one of them is not on the record or `change` was taken back already.
    pub fn mark_undone(&self, change: u64, by: u64) -> Result<(), Failure> {
        self.write(|database| {
            require(database, by)?;
            let marked = database
                .prepare_cached("UPDATE change SET undone_by = ?2 WHERE id = ?1 AND undone_by IS NULL")?
                .execute(params![change, by])?;
            if marked == 0 { Err(ErrorCode::NoSuchChange.into()) } else { Ok(()) }
        })
    }

    /// All changes, newest first.
    pub fn changes(&self) -> Result<Vec<Change>, Failure> {
        self.read(|database| {
            let mut statement = database.prepare_cached(&format!("SELECT {COLUMNS} FROM change ORDER BY id DESC"))?;
            let mut rows = statement.query([])?;
            let mut changes = Vec::new();
            while let Some(row) = rows.next()? {
                changes.push(read_change(database, row)?);
            }
            Ok(changes)
        })
    }

    /// What was put into quarantine in a bucket and brought back from there, in the order in which it was done; what
    /// was taken back is as good as not done.
    pub fn quarantine_moves(&self, bucket: &str) -> Result<Vec<QuarantineMove>, Failure> {
        self.read(|database| {
            // The copy is the first step of both; what hides the original is the second.
            let mut statement = database.prepare_cached(
                "SELECT id, at, json_extract(plan, '$.fix') = 'quarantine' AS is_put,
                        json_extract(plan, '$.steps[0].from.key'), json_extract(plan, '$.steps[0].to')
                 FROM change
                 WHERE bucket = ?1 AND subject = 'object' AND undo_of IS NULL AND undone_by IS NULL
                   AND json_extract(plan, '$.fix') IN ('quarantine', 'restore')
                   AND EXISTS (SELECT 1 FROM change_step
                               WHERE change = change.id AND code IS NULL AND step = is_put)
                 ORDER BY id",
            )?;
            let moves = statement.query_map([bucket], |row| {
                let is_put = row.get(2)?;
                let (from, to): (String, String) = (row.get(3)?, row.get(4)?);
                let (own_key, copy) = if is_put { (from, to) } else { (to, from) };
                let at = Timestamp::from_millis(row.get(1)?);
                Ok(QuarantineMove { change: row.get(0)?, at, is_put, own_key, copy })
            })?;
            Ok(moves.collect::<rusqlite::Result<_>>()?)
        })
    }

    /// The change that made a version of an object, and who made it.
    pub fn change_that_made(&self, bucket: &str, version: &str) -> Result<Option<(u64, String)>, Failure> {
        self.read(|database| {
            let mut statement = database.prepare_cached(
                "SELECT id, actor FROM change JOIN change_step ON change = id
                 WHERE bucket = ?1 AND subject = 'object' AND version = ?2 ORDER BY id DESC LIMIT 1",
            )?;
            let made = statement.query_row(params![bucket, version], |row| Ok((row.get(0)?, row.get(1)?)));
            Ok(made.optional()?)
        })
    }

    /// The change of this id.
    pub fn change(&self, id: u64) -> Result<Option<Change>, Failure> {
        self.read(|database| {
            let mut statement = database.prepare_cached(&format!("SELECT {COLUMNS} FROM change WHERE id = ?1"))?;
            let mut rows = statement.query([id])?;
            rows.next()?.map(|row| read_change(database, row)).transpose()
        })
    }

    /// The newest change of this connection and of this bucket (`None`: of any) that can be taken back: it is
    /// no undo itself, was not taken back, can be at all, and at least one of its steps was written.
    pub fn newest_undoable(&self, connection: Option<&str>, bucket: Option<&str>) -> Result<Option<Change>, Failure> {
        self.read(|database| {
            let mut statement = database.prepare_cached(&format!(
                "SELECT {COLUMNS} FROM change
                 WHERE undo_of IS NULL AND undone_by IS NULL
                   AND (?1 IS NULL OR connection = ?1) AND (?2 IS NULL OR bucket = ?2)
                   AND json_extract(plan, '$.reversibility') <> 'never'
                   AND EXISTS (SELECT 1 FROM change_step WHERE change = change.id AND code IS NULL)
                 ORDER BY id DESC LIMIT 1"
            ))?;
            let mut rows = statement.query(params![connection, bucket])?;
            rows.next()?.map(|row| read_change(database, row)).transpose()
        })
    }
}

fn require(database: &Connection, change: u64) -> Result<(), Error> {
    let found: Option<i64> = database
        .prepare_cached("SELECT 1 FROM change WHERE id = ?1")?
        .query_row([change], |row| row.get(0))
        .optional()?;
    found.map(drop).ok_or_else(|| ErrorCode::NoSuchChange.into())
}

fn read_change(database: &Connection, row: &Row<'_>) -> Result<Change, Error> {
    let id = row.get(0)?;
    Ok(Change {
        id,
        at: Timestamp::from_millis(row.get(1)?),
        actor: row.get(2)?,
        connection: row.get(3)?,
        bucket: row.get(4)?,
        plan: ChangePlan::of_columns(&row.get::<_, String>(9)?, &row.get::<_, String>(5)?)?,
        state: from_word(row.get(6)?)?,
        steps: read_steps(database, id)?,
        undo_of: row.get(7)?,
        undone_by: row.get(8)?,
    })
}

fn read_steps(database: &Connection, change: u64) -> Result<Vec<ChangeStep>, Error> {
    let mut statement =
        database.prepare_cached("SELECT step, at, code, version FROM change_step WHERE change = ?1 ORDER BY step")?;
    let mut rows = statement.query([change])?;
    let mut steps = Vec::new();
    while let Some(row) = rows.next()? {
        let outcome = match row.get::<_, Option<String>>(2)? {
            None => StepOutcome::Applied,
            Some(code) => StepOutcome::Failed(from_word(code)?),
        };
        let at = Timestamp::from_millis(row.get(1)?);
        steps.push(ChangeStep { step: row.get(0)?, at, outcome, version: row.get(3)? });
    }
    Ok(steps)
}
