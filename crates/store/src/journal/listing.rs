//! Reading the files of an upload.

use pillbox_model::{Failure, FileState, UploadFile};
use rusqlite::{Connection, Row, ToSql, params, params_from_iter};

use super::uploads::require;
use crate::Store;
use crate::error::Error;
use crate::words::{from_json, from_word, json, word};

const COLUMNS: &str = "number, source, relative, key, size, state, code, skip, counts, name_in_key, decision, \
                       sha256, sent_sha256, e_tag, version_id, concerns, in_place, proof, on_conflict";

/// Which files of an upload to list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FileFilter {
    /// In one of these states; `None`: in any.
    pub states: Option<Vec<FileState>>,
    /// Those that a person should look at first (`NeedsDecision`, `Conflict`, `Failed`, `Unreadable`,
    /// `StoredNotReadBack`), then those on their way, then those that are through; otherwise by number alone.
    pub needs_attention_first: bool,
}

impl Store {
    /// The file of this number.
    ///
    /// # Errors
    ///
    /// `NotFound` when there is no such upload.
    pub fn file(&self, upload: &str, number: u64) -> Result<Option<UploadFile>, Failure> {
        self.read(|database| {
            let upload = require(database, upload)?;
            file_of(database, upload, number)
        })
    }

    /// A page of the files that fit the filter: at most `limit`, after leaving `offset` out.
    ///
    /// # Errors
    ///
    /// `NotFound` when there is no such upload.
    pub fn files(
        &self,
        upload: &str,
        filter: &FileFilter,
        offset: u64,
        limit: u32,
    ) -> Result<Vec<UploadFile>, Failure> {
        self.read(|database| {
            let upload = require(database, upload)?;
            let mut statement = database.prepare_cached(&page(filter))?;
            let read = |row: &Row<'_>| row.get(0);
            let numbers: Vec<u64> = match &filter.states {
                Some(states) if filter.needs_attention_first => {
                    statement.query_map(params![upload, limit, offset, json(states)?], read)?
                }
                Some(states) => {
                    let states: Vec<_> = states.iter().map(word).collect::<Result<_, _>>()?;
                    let fixed: [&dyn ToSql; 3] = [&upload, &limit, &offset];
                    let values = fixed.into_iter().chain(states.iter().map(|state| state as &dyn ToSql));
                    statement.query_map(params_from_iter(values), read)?
                }
                None => statement.query_map(params![upload, limit, offset], read)?,
            }
            .collect::<rusqlite::Result<_>>()?;
            files_of(database, upload, &numbers)
        })
    }

    /// The file in one of these states with the greatest number.
    ///
    /// # Errors
    ///
    /// `NotFound` when there is no such upload.
    pub fn last_of(&self, upload: &str, states: &[FileState]) -> Result<Option<UploadFile>, Failure> {
        self.read(|database| {
            let upload = require(database, upload)?;
            let mut statement =
                database.prepare_cached("SELECT max(number) FROM upload_file WHERE upload = ?1 AND state = ?2")?;
            let mut last: Option<u64> = None;
            for state in states {
                last = last.max(statement.query_row(params![upload, word(state)?], |row| row.get(0))?);
            }
            last.map_or(Ok(None), |number| file_of(database, upload, number))
        })
    }

    /// The files in these states with a number greater than `number`, in the order of their numbers, at most
    /// `limit`. Each page costs the same, however many files there are and whatever changes between pages.
    ///
    /// # Errors
    ///
    /// `NotFound` when there is no such upload.
    pub fn files_after(
        &self,
        upload: &str,
        number: u64,
        states: &[FileState],
        limit: u32,
    ) -> Result<Vec<UploadFile>, Failure> {
        self.read(|database| {
            let upload = require(database, upload)?;
            let mut statement = database.prepare_cached(
                "SELECT number FROM upload_file WHERE upload = ?1 AND state = ?2 AND number > ?3
                 ORDER BY number LIMIT ?4",
            )?;
            // State by state, since only within one of them does the index hold the numbers in order.
            let mut numbers = Vec::<u64>::new();
            for state in states {
                let found = statement.query_map(params![upload, word(state)?, number, limit], |row| row.get(0))?;
                for number in found {
                    numbers.push(number?);
                }
            }
            numbers.sort_unstable();
            numbers.dedup();
            numbers.truncate(limit as usize);
            files_of(database, upload, &numbers)
        })
    }
}

impl Store {
    /// The files with a number greater than `number`, in the order of their numbers, at most `limit`.
    ///
    /// # Errors
    ///
    /// `NotFound` when there is no such upload.
    pub fn files_from(&self, upload: &str, number: u64, limit: u32) -> Result<Vec<UploadFile>, Failure> {
        self.read(|database| {
            let upload = require(database, upload)?;
            let mut statement = database.prepare_cached(&format!(
                "SELECT {COLUMNS} FROM upload_file WHERE upload = ?1 AND number > ?2 ORDER BY number LIMIT ?3"
            ))?;
            let mut rows = statement.query(params![upload, number, limit])?;
            let mut files = Vec::new();
            while let Some(row) = rows.next()? {
                files.push(read_file(row)?);
            }
            Ok(files)
        })
    }
}

/// The statement that gives the numbers of a page. They come from an index alone, in its order: what was sorted anew
/// for each page would make a list of a hundred thousand files stutter. State by state the index holds the numbers in
/// order, and SQLite merges what is ordered.
fn page(filter: &FileFilter) -> String {
    let order = if filter.needs_attention_first { "attention, number" } else { "number" };
    let numbers = "SELECT number FROM upload_file WHERE upload = ?1";
    let source = match &filter.states {
        Some(_) if filter.needs_attention_first => format!("{numbers} AND state IN (SELECT value FROM json_each(?4))"),
        Some(states) if states.is_empty() => format!("{numbers} AND 0"),
        Some(states) => {
            let of_state = |place: usize| format!("{numbers} AND state = ?{}", place + 4);
            (0..states.len()).map(of_state).collect::<Vec<_>>().join(" UNION ALL ")
        }
        None => numbers.to_owned(),
    };
    format!("{source} ORDER BY {order} LIMIT ?2 OFFSET ?3")
}

fn files_of(database: &Connection, upload: i64, numbers: &[u64]) -> Result<Vec<UploadFile>, Error> {
    numbers.iter().filter_map(|number| file_of(database, upload, *number).transpose()).collect()
}

pub(super) fn file_of(database: &Connection, upload: i64, number: u64) -> Result<Option<UploadFile>, Error> {
    let mut statement =
        database.prepare_cached(&format!("SELECT {COLUMNS} FROM upload_file WHERE upload = ?1 AND number = ?2"))?;
    let mut rows = statement.query(params![upload, number])?;
    rows.next()?.map(read_file).transpose()
}

fn read_file(row: &Row<'_>) -> Result<UploadFile, Error> {
    Ok(UploadFile {
        number: row.get(0)?,
        source: row.get(1)?,
        relative: row.get(2)?,
        key: row.get(3)?,
        size: row.get(4)?,
        state: from_word(row.get(5)?)?,
        code: row.get::<_, Option<String>>(6)?.map(from_word).transpose()?,
        skip: row.get::<_, Option<String>>(7)?.map(from_word).transpose()?,
        counts: from_json(&row.get::<_, String>(8)?)?,
        name_in_key: row.get(9)?,
        decision: row.get::<_, Option<String>>(10)?.map(|decision| from_json(&decision)).transpose()?,
        sha256: row.get(11)?,
        sent_sha256: row.get(12)?,
        e_tag: row.get(13)?,
        version_id: row.get(14)?,
        concerns: from_json(&row.get::<_, String>(15)?)?,
        in_place: row.get(16)?,
        proof: row.get::<_, Option<String>>(17)?.map(from_word).transpose()?,
        on_conflict: row.get::<_, Option<String>>(18)?.map(from_word).transpose()?,
    })
}

#[cfg(test)]
mod tests {
    use pillbox_model::{OnConflict, ReadBack, Timestamp, Upload, UploadState};
    use rusqlite::StatementStatus;

    use super::*;

    const FILES: u64 = 100_000;
    const ID: &str = "large";

    fn file(number: u64) -> UploadFile {
        let state = match number % 4 {
            0 => FileState::Found,
            1 => FileState::Ready,
            2 => FileState::Verified,
            _ => FileState::LeftOut,
        };
        UploadFile {
            number,
            source: format!("/scripts/{number:06}.txt"),
            relative: format!("{number:06}.txt"),
            key: format!("rx/{number:06}.txt"),
            size: 900,
            state,
            code: None,
            skip: None,
            counts: Vec::new(),
            concerns: Vec::new(),
            in_place: true,
            name_in_key: number == 7,
            decision: None,
            sha256: None,
            sent_sha256: None,
            e_tag: None,
            version_id: None,
            proof: None,
            on_conflict: None,
        }
    }

    fn large(folder: &std::path::Path) -> Store {
        let store = Store::open(folder).unwrap();
        let upload = Upload {
            id: ID.to_owned(),
            connection: "practice".to_owned(),
            endpoint: None,
            account_id: None,
            bucket: "the-pain-killer-practice".to_owned(),
            prefix: "rx/".to_owned(),
            roots: Vec::new(),
            state: UploadState::Draft,
            created_at: Timestamp::from_millis(0),
            finished_at: None,
            on_conflict: OnConflict::Ask,
            neutral_names: false,
            accept_unprotected: None,
            read_back: ReadBack::Whole,
            watch: None,
        };
        store.create_upload(&upload).unwrap();
        let files: Vec<_> = (1..=FILES).map(file).collect();
        store.add_files(ID, &files).unwrap();
        store
    }

    /// What SQLite did for a statement since it was asked last: steps of its machine, and rows that it sorted.
    fn work(store: &Store, sql: &str) -> (i32, i32) {
        let counted = store.read(|database| {
            let statement = database.prepare_cached(sql)?;
            Ok((statement.reset_status(StatementStatus::VmStep), statement.reset_status(StatementStatus::Sort)))
        });
        counted.unwrap()
    }

    #[test]
    fn what_is_shown_of_a_hundred_thousand_files_comes_from_indexes_alone() {
        let folder = tempfile::tempdir().unwrap();
        let store = large(folder.path());
        pages_cost_what_is_passed_over_and_nothing_is_sorted(&store);
        totals_read_no_row(&store);
    }

    fn pages_cost_what_is_passed_over_and_nothing_is_sorted(store: &Store) {
        let states = |states: &[FileState]| FileFilter { states: Some(states.to_vec()), ..FileFilter::default() };
        for filter in [states(&[FileState::Verified]), states(&[FileState::Found, FileState::Ready])] {
            let sql = page(&filter);
            for line in plan(store, &sql).iter().filter(|line| line.contains("upload_file")) {
                assert!(line.contains("USING COVERING INDEX upload_file_by_state"), "{line}");
            }
            let in_all = FILES / 4 * filter.states.as_ref().unwrap().len() as u64;
            let first = store.files(ID, &filter, 0, 100).unwrap();
            let (steps, sorted) = work(store, &sql);
            assert_eq!((first.len(), sorted), (100, 0));
            assert!(steps < 5_000, "the first page takes {steps} steps");
            let last = store.files(ID, &filter, in_all - 100, 100).unwrap();
            let (steps, sorted) = work(store, &sql);
            assert_eq!((last.len(), sorted), (100, 0));
            assert!(u64::try_from(steps).unwrap() < in_all * 25, "the last page takes {steps} steps");
            assert!(first.iter().chain(&last).is_sorted_by_key(|file| file.number));
        }
    }

    fn totals_read_no_row(store: &Store) {
        assert_eq!(store.names_in_keys(ID).unwrap(), 1);
        assert!(store.concern_totals(ID, &[FileState::Verified]).unwrap().is_empty());
        let told_by = [
            (super::super::destination::NAMES_IN_KEYS, "upload_file_by_name_in_key"),
            (super::super::totals::BY_CONCERN, "upload_file_by_concern"),
            (super::super::totals::BY_STATE, "upload_file_by_state"),
        ];
        for (sql, index) in told_by {
            let plan = plan(store, sql).join("; ");
            assert!(plan.contains(&format!("USING COVERING INDEX {index}")), "{plan}");
        }
    }

    /// How SQLite would go about a statement.
    fn plan(store: &Store, sql: &str) -> Vec<String> {
        let lines = store.read(|database| {
            let mut statement = database.prepare(&format!("EXPLAIN QUERY PLAN {sql}"))?;
            let mut rows = statement.raw_query();
            let mut lines = Vec::new();
            while let Some(row) = rows.next()? {
                lines.push(row.get(3)?);
            }
            Ok(lines)
        });
        lines.unwrap()
    }
}
