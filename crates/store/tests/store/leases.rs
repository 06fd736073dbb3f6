//! Leases.

use pillbox_model::ErrorCode;
use pillbox_store::Store;

use crate::process::{Other, given_folder, report_step, wait_for_the_end};
use crate::samples::Kept;

#[test]
fn a_lease_excludes_others_until_it_is_dropped() {
    let Kept { store, dir } = Kept::new();
    let other = Store::open(dir.path()).unwrap();
    let lease = store.lease("upload/1").unwrap();
    assert_eq!(store.lease("upload/1").unwrap_err().code, ErrorCode::AlreadyRunning);
    assert_eq!(other.lease("upload/1").unwrap_err().code, ErrorCode::AlreadyRunning);
    let _another = other.lease("../upload 2\n").unwrap();
    drop(lease);
    let _again = other.lease("upload/1").unwrap();
}

/// Also the body of the other process below.
#[test]
fn a_lease_can_be_taken() {
    let kept = Kept::new();
    let folder = given_folder().unwrap_or_else(|| kept.dir.path().to_owned());
    let _lease = Store::open(&folder).unwrap().lease("upload/1").unwrap();
    if given_folder().is_some() {
        report_step();
        wait_for_the_end();
    }
}

#[test]
fn a_lease_excludes_other_processes_until_they_are_killed() {
    let Kept { store, dir } = Kept::new();
    let mut other = Other::running("leases::a_lease_can_be_taken", dir.path());
    other.wait_for(1);
    assert_eq!(store.lease("upload/1").unwrap_err().code, ErrorCode::AlreadyRunning);
    other.kill();
    let _lease = store.lease("upload/1").unwrap();
}
