//! Files that go in parts.

use support::{Asked, Fate, Tally};

use super::{Practice, every, first, get, of_the_file, put, safe};

/// The object of a file that was tried once lies nowhere, and neither do its parts; the next run finishes.
#[track_caller]
fn nothing_is_left_and_the_next_run_finishes(practice: &Practice) {
    assert!(practice.stored().is_empty());
    practice.the_next_run_finishes();
    assert_eq!(practice.uploads_in_parts(), 0);
}

#[test]
fn parts_that_fail_for_a_moment_are_sent_again() {
    let practice = Practice::with_a_large_file();
    let part = |number: &'static str| move |asked: &Asked| asked.is_object("PUT") && asked.target.contains(number);
    let there = first(part("partNumber=1"), &[Fate::Refused(503, "SlowDown"), Fate::ResetThere(4_000_000)]);
    let back = first(part("partNumber=2"), &[Fate::RefusedWhenDone(500, "InternalError"), Fate::Unanswered]);
    let outcome = practice
        .upload(move |asked| match there(asked) {
            Fate::Passed => back(asked),
            fate => fate,
        })
        .ended(0);
    assert_eq!(outcome.the("summary")["verified"], 1);
    practice.all_is_there_once();
    assert_eq!(practice.uploads_in_parts(), 0);
}

#[test]
fn a_part_that_changes_on_the_way_is_sent_once_more() {
    let practice = Practice::with_a_large_file();
    let parts = Tally::default();
    let sent = parts.clone();
    let flipped = first(put, &[Fate::FlippedThere]);
    let outcome = practice
        .upload(move |asked| {
            if put(asked) {
                sent.add();
            }
            flipped(asked)
        })
        .ended(0);
    assert_eq!(outcome.the("summary")["verified"], 1);
    assert_eq!(parts.count(), 3, "two parts, and the one of them that changed");
    practice.all_is_there_once();
    assert_eq!(practice.uploads_in_parts(), 0);
}

#[test]
fn a_large_file_that_changes_on_the_way_back_is_read_once_more() {
    let practice = Practice::with_a_large_file();
    let outcome = practice.upload(first(get, &[Fate::Flipped { unsigned: true }])).ended(0);
    assert_eq!(outcome.the("summary")["verified"], 1);
    practice.all_is_there_once();
}

#[test]
fn a_part_that_changes_on_the_way_is_never_made_an_object() {
    let practice = Practice::with_a_large_file();
    let outcome = practice.upload(every(put, Fate::FlippedThere)).ended(2);
    assert_eq!(of_the_file(&outcome), ("failed".to_owned(), "checksumMismatch".to_owned()));
    nothing_is_left_and_the_next_run_finishes(&practice);
}

#[test]
fn an_error_inside_of_a_200_is_an_error() {
    for (fates, exit) in [(1, 0), (100, 2)] {
        let practice = Practice::with_a_large_file();
        let late = vec![Fate::Refused(200, "InternalError"); fates];
        let outcome = practice.upload(first(Asked::is_completion, &late)).ended(exit);
        assert_eq!(safe(&outcome.the("summary")), u64::from(exit == 0));
        if exit == 0 {
            practice.all_is_there_once();
        } else {
            assert_eq!(of_the_file(&outcome), ("failed".to_owned(), "serviceError".to_owned()));
            nothing_is_left_and_the_next_run_finishes(&practice);
        }
    }
}

#[test]
fn parts_that_were_completed_without_an_answer_are_found_to_be_the_object() {
    for fate in [Fate::Unanswered, Fate::RefusedWhenDone(200, "InternalError")] {
        let practice = Practice::with_a_large_file();
        let outcome = practice.upload(first(Asked::is_completion, &[fate])).ended(0);
        assert_eq!(safe(&outcome.the("summary")), 1, "{fate:?}");
        practice.all_is_there_once();
    }
}

#[test]
fn a_large_file_that_changes_on_the_way_back_is_not_called_safe() {
    for fate in [Fate::Flipped { unsigned: true }, Fate::Shortened { unsigned: true }] {
        let practice = Practice::with_a_large_file();
        let outcome = practice.upload(every(get, fate)).ended(2);
        assert_eq!(of_the_file(&outcome), ("failed".to_owned(), "checksumMismatch".to_owned()), "{fate:?}");
        assert_eq!(practice.nothing_is_called_safe_that_is_not_there(), 0);
        practice.the_next_run_finishes();
    }
}

#[test]
fn a_reading_back_of_a_large_file_that_breaks_off_proves_nothing() {
    let practice = Practice::with_a_large_file();
    let outcome = practice.upload(every(get, Fate::ResetBack(5_000_000))).ended(2);
    assert_eq!(of_the_file(&outcome), ("failed".to_owned(), "connectionLost".to_owned()));
    practice.the_next_run_finishes();
}
