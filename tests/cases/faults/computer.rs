//! A computer whose disk is full, or whose database somebody else holds.

use std::fs;
use std::sync::{Arc, Mutex};

use rusqlite::Connection;
use support::{Fate, Pillbox, Proxy};

use super::{Practice, ended_by};

/// A `pillbox` that finds no room in its data folder once `when` is there.
#[cfg(target_os = "linux")]
fn on_a_full_disk(practice: &Practice, pillbox: Pillbox, when: &std::path::Path) -> Pillbox {
    let library = support::full_disk(practice.sandbox.folder());
    let below = pillbox.data_dir().to_str().unwrap().to_owned();
    pillbox
        .with("LD_PRELOAD", library.to_str().unwrap())
        .with("FULL_DISK_BELOW", &below)
        .with("FULL_DISK_WHEN", when.to_str().unwrap())
}

#[cfg(target_os = "linux")]
#[test]
fn a_disk_that_is_full_at_the_start_is_told_and_nothing_is_sent() {
    let practice = Practice::with(2);
    let pillbox = on_a_full_disk(&practice, practice.sandbox.pillbox(), &practice.folder);
    let outcome = pillbox.run(&["upload", practice.folder.to_str().unwrap(), super::DESTINATION, "--format", "jsonl"]);
    assert_eq!(ended_by(&outcome.ended(2)), "diskFull");
    assert!(practice.stored().is_empty());
    practice.the_next_run_finishes();
}

#[cfg(target_os = "linux")]
#[test]
fn a_disk_that_fills_up_half_way_is_told_and_the_next_run_finishes() {
    let practice = Practice::with(60);
    let full = practice.sandbox.folder().join("full");
    let puts = support::Tally::default();
    let proxy = Proxy::start(&practice.sandbox.endpoint(), {
        let full = full.clone();
        move |asked| {
            if asked.is_object("PUT") && puts.add() == 20 {
                fs::write(&full, "").unwrap();
            }
            Fate::Passed
        }
    });
    let pillbox = practice.sandbox.pillbox().with("AWS_ENDPOINT_URL", proxy.endpoint());
    let pillbox = on_a_full_disk(&practice, pillbox, &full);
    let outcome = pillbox.run(&["upload", practice.folder.to_str().unwrap(), super::DESTINATION, "--format", "jsonl"]);
    assert_eq!(ended_by(&outcome.ended(2)), "diskFull");
    practice.nothing_is_called_safe_that_is_not_there();
    practice.the_next_run_finishes();
}

/// Holds the database as a program does that writes into it and does not come to an end.
fn hold(pillbox: &Pillbox) -> Connection {
    let database = Connection::open(pillbox.data_dir().join("pillbox.db")).unwrap();
    database.execute_batch("BEGIN IMMEDIATE").unwrap();
    database
}

#[test]
fn a_database_that_somebody_holds_is_told_and_the_next_run_finishes() {
    let practice = Practice::with(2);
    let held = hold(&practice.sandbox.pillbox());
    let outcome = practice.upload(|_| Fate::Passed).ended(2);
    assert_eq!(ended_by(&outcome), "databaseLocked");
    assert!(practice.stored().is_empty());
    drop(held);
    practice.the_next_run_finishes();
}

#[test]
fn a_database_that_is_taken_half_way_is_told_and_the_next_run_finishes() {
    let practice = Practice::with(1);
    let (held, pillbox) = (Arc::new(Mutex::new(None)), practice.sandbox.pillbox());
    let outcome = practice.upload({
        let held = Arc::clone(&held);
        move |asked| {
            if asked.is_object("PUT") {
                held.lock().unwrap().get_or_insert_with(|| hold(&pillbox));
            }
            Fate::Passed
        }
    });
    assert_eq!(ended_by(&outcome.ended(2)), "databaseLocked");
    drop(held.lock().unwrap().take());
    assert_eq!(practice.nothing_is_called_safe_that_is_not_there(), 0);
    practice.the_next_run_finishes();
}
