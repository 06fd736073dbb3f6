//! A computer on which somebody else holds the database.

use std::sync::{Arc, Mutex};

use rusqlite::Connection;
use support::{Fate, Pillbox};

use super::{Practice, ended_by};

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
