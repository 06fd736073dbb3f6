//! The audit log.

use std::sync::Barrier;

use pillbox_model::{ErrorCode, Failure};
use pillbox_store::{AuditReport, Entry, NewEntry, Store};
use serde_json::json;

use crate::samples::{Kept, at, raw};

fn entry(number: i64) -> NewEntry {
    NewEntry {
        at: at(number),
        actor: "reception".to_owned(),
        action: "upload.ended".to_owned(),
        subject: format!("upload {number}"),
        details: json!({ "stored": number, "before": { "z": null, "a": [1.5, true] } }),
    }
}

fn recorded(count: i64) -> Kept {
    let kept = Kept::new();
    for number in 1..=count {
        kept.store.record(entry(number)).unwrap();
    }
    kept
}

/// Past the triggers, as somebody does who owns the file.
fn tamper(kept: &Kept, sql: &str) {
    raw(kept.dir.path())
        .execute_batch(&format!("DROP TRIGGER audit_is_not_edited; DROP TRIGGER audit_is_not_shortened; {sql}"))
        .unwrap();
}

fn verify(store: &Store) -> AuditReport {
    store.verify_audit().unwrap()
}

#[test]
fn entries_are_read_as_they_were_recorded() {
    let Kept { store, dir: _dir } = recorded(3);
    let all = store.audit(0, 10).unwrap();
    let expected: Vec<Entry> = all
        .iter()
        .zip(1..)
        .map(|(read, number)| {
            let NewEntry { at, actor, action, subject, details } = entry(number);
            Entry { number: number as u64, at, actor, action, subject, details, hash: read.hash.clone() }
        })
        .collect();
    assert_eq!(all, expected);
    assert_eq!(store.audit(1, 1).unwrap(), all[1..2]);
    assert_eq!(store.audit(3, 10).unwrap(), []);
    assert_eq!(verify(&store), AuditReport { entries: 3, head: all[2].hash.clone(), broken_at: None });
}

#[test]
fn an_empty_log_agrees_with_itself() {
    let Kept { store, dir: _dir } = Kept::new();
    assert_eq!(verify(&store), AuditReport { entries: 0, head: "0".repeat(64), broken_at: None });
}

/// Whoever keeps a head elsewhere must be able to compare it after every change of this program.
#[test]
fn the_hash_stays_what_it_is() {
    let Kept { store, dir: _dir } = recorded(2);
    assert_eq!(verify(&store).head, "5a3125a37cbfd5566dc5df1b10e434f4225e06a18d5f5611bd363415934dbd9c");
}

#[test]
fn the_same_entries_twice_have_different_hashes() {
    let Kept { store, dir: _dir } = Kept::new();
    let first = store.record(entry(1)).unwrap();
    let second = store.record(entry(1)).unwrap();
    assert_ne!(first.hash, second.hash);
}

#[test]
fn the_database_itself_refuses_edits() {
    let kept = recorded(1);
    for sql in ["UPDATE audit SET actor = 'x'", "DELETE FROM audit"] {
        let refused = raw(kept.dir.path()).execute_batch(sql).unwrap_err();
        assert!(refused.to_string().contains("append-only"), "{refused}");
    }
}

#[test]
fn every_edit_is_found_where_it_is() {
    for edit in [
        "UPDATE audit SET at = at + 1 WHERE number = 3",
        "UPDATE audit SET actor = 'somebody' WHERE number = 3",
        "UPDATE audit SET action = 'upload.begun' WHERE number = 3",
        "UPDATE audit SET subject = 'upload 4' WHERE number = 3",
        "UPDATE audit SET details = replace(details, 'stored', 'failed') WHERE number = 3",
        "UPDATE audit SET details = details || ' ' WHERE number = 3",
        "UPDATE audit SET actor = 'receptionupload', action = '.ended' WHERE number = 3",
        "UPDATE audit SET hash = zeroblob(32) WHERE number = 3",
        "DELETE FROM audit WHERE number = 3",
        "DELETE FROM audit WHERE number = 3; UPDATE audit SET number = number - 1 WHERE number > 3",
        "UPDATE audit SET number = -number WHERE number IN (3, 4);
         UPDATE audit SET number = 7 + number WHERE number < 0",
    ] {
        let kept = recorded(5);
        tamper(&kept, edit);
        assert_eq!(verify(&kept.store).broken_at, Some(3), "{edit}");
    }
}

#[test]
fn an_end_that_was_cut_off_is_found() {
    let kept = recorded(5);
    tamper(&kept, "DELETE FROM audit WHERE number > 3");
    let report = verify(&kept.store);
    assert_eq!((report.entries, report.broken_at), (3, Some(4)));
}

#[test]
fn a_log_that_was_emptied_is_found() {
    let kept = recorded(2);
    tamper(&kept, "DELETE FROM audit");
    assert_eq!(verify(&kept.store).broken_at, Some(1));
}

#[test]
fn two_stores_append_to_one_chain() {
    let kept = recorded(1);
    let start = Barrier::new(4);
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                let store = Store::open(kept.dir.path()).unwrap();
                start.wait();
                for number in 0..50 {
                    store.record(entry(number)).unwrap();
                }
            });
        }
    });
    let report = verify(&kept.store);
    assert_eq!((report.entries, report.broken_at), (201, None));
}

#[test]
fn an_action_is_a_code() {
    let Kept { store, dir: _dir } = Kept::new();
    for action in ["", "Upload ended", "upload/jane.txt"] {
        let refused = store.record(NewEntry { action: action.to_owned(), ..entry(1) }).unwrap_err();
        assert_eq!(refused, Failure::about(ErrorCode::InvalidInput, "action"));
    }
}
