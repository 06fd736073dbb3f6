//! Uploads that are confirmed by the checksum that the store tells instead of reading everything back.

use support::{Asked, Fate, Tally};

use super::{Practice, every, first, get, of_the_file};

const CHECKSUM: [&str; 2] = ["--read-back", "checksum"];
const SHA256: &str = "x-amz-checksum-sha256";
const WRONG: Fate = Fate::Relabelled(SHA256, "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=");
const UNTOLD: Fate = Fate::Relabelled(SHA256, "");

fn head(asked: &Asked) -> bool {
    asked.is_object("HEAD")
}

#[test]
fn a_checksum_that_agrees_is_proof_and_nothing_is_read_back() {
    let practice = Practice::with_a_large_file();
    practice.write("small.txt", super::SCRIPT);
    let reads = Tally::default();
    let seen = reads.clone();
    let counted = move |asked: &Asked| {
        if get(asked) {
            seen.add();
        }
        Fate::Passed
    };
    let summary = practice.upload_with(&CHECKSUM, counted).ended(0).the("summary");
    assert_eq!(
        (&summary["verified"], &summary["checksumCompared"], &summary["readBack"]),
        (&2.into(), &2.into(), &0.into())
    );
    assert_eq!(reads.count(), 0, "nothing was read back");
    practice.all_is_there_once();
}

#[test]
fn a_checksum_that_is_told_wrongly_once_is_asked_for_once_more() {
    let practice = Practice::with(1);
    let outcome = practice.upload_with(&CHECKSUM, first(head, &[WRONG])).ended(0);
    assert_eq!(outcome.the("summary")["checksumCompared"], 1);
    practice.all_is_there_once();
}

#[test]
fn a_checksum_that_does_not_agree_is_not_called_safe() {
    let practice = Practice::with(1);
    let outcome = practice.upload_with(&CHECKSUM, every(head, WRONG)).ended(2);
    assert_eq!(of_the_file(&outcome), ("failed".to_owned(), "checksumMismatch".to_owned()));
    assert_eq!(practice.nothing_is_called_safe_that_is_not_there(), 0);
    practice.the_next_run_finishes();
}

#[test]
fn a_store_that_tells_no_checksum_is_read_back_and_it_is_said() {
    let practice = Practice::with(2);
    let untold = |asked: &Asked| if head(asked) && asked.target.contains("rx-001") { UNTOLD } else { Fate::Passed };
    let summary = practice.upload_with(&CHECKSUM, untold).ended(0).the("summary");
    assert_eq!(
        (&summary["verified"], &summary["checksumCompared"], &summary["readBack"]),
        (&2.into(), &1.into(), &1.into())
    );
    practice.all_is_there_once();
}
