//! A computer whose disk is full. What plays such a disk is for Linux; elsewhere the same code meets a real one.

use std::fs;
use std::path::Path;

use support::{Fate, Pillbox, Proxy, Tally, full_disk};

use super::{Practice, ended_by};

/// A `pillbox` that finds no room in its data folder once `when` is there.
fn on_a_full_disk(practice: &Practice, pillbox: Pillbox, when: &Path) -> Pillbox {
    let library = full_disk(practice.sandbox.folder());
    let below = pillbox.data_dir().canonicalize().unwrap();
    pillbox
        .with("LD_PRELOAD", library.to_str().unwrap())
        .with("FULL_DISK_BELOW", below.to_str().unwrap())
        .with("FULL_DISK_WHEN", when.to_str().unwrap())
}

#[test]
fn a_disk_that_is_full_at_the_start_is_told_and_nothing_is_sent() {
    let practice = Practice::with(2);
    let pillbox = on_a_full_disk(&practice, practice.sandbox.pillbox(), &practice.folder);
    let outcome = pillbox.run(&["upload", practice.folder.to_str().unwrap(), super::DESTINATION, "--format", "jsonl"]);
    assert_eq!(ended_by(&outcome.ended(2)), "diskFull");
    assert!(practice.stored().is_empty());
    practice.the_next_run_finishes();
}

#[test]
fn a_disk_that_fills_up_half_way_is_told_and_the_next_run_finishes() {
    let practice = Practice::with(60);
    let full = practice.sandbox.folder().join("full");
    let puts = Tally::default();
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
