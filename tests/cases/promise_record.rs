//! It is on the record, and any edit of the record is found.

use std::path::PathBuf;

use pillbox_store::Store;
use rusqlite::Connection;
use rusqlite::types::Value;
use support::{Outcome, RunningSandbox};

const PLACE: &str = "s3://the-pain-killer-practice";
const COLUMNS: [&str; 6] = ["at", "actor", "action", "subject", "details", "hash"];

/// A record of some work, and the database that it lies in, open for who wants to edit it.
struct Record {
    sandbox: RunningSandbox,
    database: Connection,
    entries: u64,
}

impl Record {
    fn of_some_work() -> Self {
        let sandbox = RunningSandbox::with_sample();
        let samples = sandbox.samples();
        let pillbox = sandbox.pillbox();
        pillbox.run(&["fix", PLACE, "--all", "--yes"]).ended(0);
        let place = format!("{PLACE}/rx/");
        pillbox.run(&["upload", samples.to_str().unwrap(), &place, "--decide", "redact"]).ended(0);
        pillbox.run(&["scan", PLACE]).ended(1);
        pillbox.run(&["undo", "--yes"]).ended(0);
        let file: PathBuf = pillbox.data_dir().join("pillbox.db");
        let database = Connection::open(file).unwrap();
        let entries = database.query_row("SELECT count(*) FROM audit", [], |row| row.get(0)).unwrap();
        Self { sandbox, database, entries }
    }

    fn verify(&self) -> Outcome {
        self.sandbox.pillbox().run(&["audit", "verify", "--format", "jsonl"])
    }

    /// Takes away what keeps the log from being edited through SQL.
    fn unguard(&self) {
        let drop = "DROP TRIGGER audit_is_not_edited; DROP TRIGGER audit_is_not_shortened;";
        self.database.execute_batch(drop).unwrap();
    }

    fn read(&self, column: &str, number: u64) -> Value {
        let query = format!("SELECT {column} FROM audit WHERE number = ?1");
        self.database.query_row(&query, [number], |row| row.get(0)).unwrap()
    }

    fn write(&self, column: &str, number: u64, value: &Value) {
        let update = format!("UPDATE audit SET {column} = ?1 WHERE number = ?2");
        assert_eq!(self.database.execute(&update, (value, number)).unwrap(), 1);
    }
}

/// The value with its last bit flipped.
fn flipped(value: &Value) -> Value {
    match value {
        Value::Integer(number) => Value::Integer(number ^ 1),
        Value::Text(text) => {
            let mut bytes = text.clone().into_bytes();
            let last = bytes.last_mut().unwrap();
            *last ^= 1;
            Value::Text(String::from_utf8(bytes).unwrap())
        }
        Value::Blob(bytes) => {
            let mut bytes = bytes.clone();
            *bytes.last_mut().unwrap() ^= 1;
            Value::Blob(bytes)
        }
        other => panic!("{other:?} has no bits"),
    }
}

#[test]
fn what_was_done_is_on_the_record_and_agrees_with_itself() {
    let record = Record::of_some_work();
    let report = record.verify().ended(0).the("audit");
    assert_eq!((&report["entries"], &report["brokenAt"]), (&record.entries.into(), &serde_json::Value::Null));
    let store = Store::open(record.sandbox.pillbox().data_dir()).unwrap();
    let entries = store.audit(0, 100).unwrap();
    let actions: Vec<&str> = entries.iter().map(|entry| entry.action.as_str()).collect();
    assert_eq!(
        actions,
        ["setting.fixed", "upload.sending", "upload.ended", "receipt.made", "scan.finished", "setting.undone",]
    );
    assert!(entries.iter().all(|entry| !entry.actor.is_empty() && entry.actor == entries[0].actor));
}

#[test]
fn the_log_can_be_neither_edited_nor_shortened_by_mistake() {
    let record = Record::of_some_work();
    assert!(record.database.execute("UPDATE audit SET actor = 'nobody'", []).is_err());
    assert!(record.database.execute("DELETE FROM audit WHERE number = 1", []).is_err());
    record.verify().ended(0);
}

#[test]
fn a_bit_that_flips_anywhere_is_found_and_its_entry_named() {
    let record = Record::of_some_work();
    record.unguard();
    let store = Store::open(record.sandbox.pillbox().data_dir()).unwrap();
    for number in 1..=record.entries {
        for column in COLUMNS {
            let value = record.read(column, number);
            record.write(column, number, &flipped(&value));
            assert_eq!(store.verify_audit().unwrap().broken_at, Some(number), "{column} of entry {number}");
            record.write(column, number, &value);
        }
    }
    assert_eq!(store.verify_audit().unwrap().broken_at, None);

    let details = record.read("details", 2);
    record.write("details", 2, &flipped(&details));
    let broken = record.verify().ended(1);
    assert_eq!(broken.the("audit")["brokenAt"], 2);
    assert_eq!(
        (&broken.the("error")["code"], &broken.the("error")["about"]),
        (&"auditBroken".into(), &"entry 2".into())
    );
    assert!(broken.stderr.contains("entry 2") && broken.stderr.contains("help: "), "{}", broken.stderr);
}

#[test]
fn an_end_that_was_cut_off_is_found() {
    let record = Record::of_some_work();
    record.unguard();
    for left in (0..record.entries).rev() {
        record.database.execute("DELETE FROM audit WHERE number > ?1", [left]).unwrap();
        let cut = record.verify().ended(1);
        assert_eq!(cut.the("audit")["brokenAt"], left + 1);
        assert_eq!(cut.the("audit")["entries"], left);
    }
}

#[test]
fn an_entry_that_was_taken_out_is_found() {
    let record = Record::of_some_work();
    record.unguard();
    record.database.execute("DELETE FROM audit WHERE number = 2", []).unwrap();
    assert_eq!(record.verify().ended(1).the("audit")["brokenAt"], 2);
}
