//! A line that breaks, changes what it carries, stands still, or leads nowhere.

use std::net::TcpListener;

use support::{Fate, Outcome};

use super::{Practice, SCRIPT, ended_by, every, first, from, get, of_the_file, put, safe};

#[test]
fn a_request_that_is_reset_anywhere_is_sent_again() {
    let practice = Practice::with(6);
    let resets = [0, 1, 33, 60].map(Fate::ResetThere);
    let outcome = practice.upload(first(put, &resets)).ended(0);
    assert_eq!(outcome.the("summary")["verified"], 6);
    practice.all_is_there_once();
}

#[test]
fn an_answer_that_is_reset_anywhere_is_found_out_again() {
    let practice = Practice::with(6);
    let resets = [0, 1, 20, 150].map(Fate::ResetBack);
    let outcome = practice.upload(first(put, &resets)).ended(0);
    assert_eq!(safe(&outcome.the("summary")), 6);
    practice.all_is_there_once();
}

#[test]
fn a_reading_back_that_is_reset_anywhere_proves_nothing() {
    let practice = Practice::with(3);
    let outcome = practice.upload(every(get, Fate::ResetBack(200)));
    assert_eq!(safe(&outcome.the("summary")), 0, "{outcome:?}");
    let outcome = outcome.ended(2);
    assert!(outcome.stdout.contains("connectionLost"), "{outcome:?}");
    assert_eq!(practice.nothing_is_called_safe_that_is_not_there(), 0);
    practice.the_next_run_finishes();
}

#[test]
fn a_line_that_is_cut_half_way_is_told_and_the_next_run_finishes() {
    let practice = Practice::with(60);
    let outcome = practice.upload(from(20, put, Fate::Cut)).ended(2);
    let told = ended_by(&outcome);
    assert!(["connectionLost", "noNetwork"].contains(&told.as_str()), "{told}");
    assert!(practice.nothing_is_called_safe_that_is_not_there() <= 20);
    practice.the_next_run_finishes();
}

/// A line on which some requests stand still is given up after a second.
const SOON: [&str; 2] = ["--read-timeout", "1"];

#[test]
fn a_request_that_is_never_answered_is_sent_again() {
    let practice = Practice::with(3);
    let outcome = practice.upload_with(&SOON, first(put, &[Fate::Stalled, Fate::StalledBack(0)])).ended(0);
    assert_eq!(safe(&outcome.the("summary")), 3);
    practice.all_is_there_once();
}

#[test]
fn a_line_that_stands_still_for_ever_is_given_up_and_the_next_run_finishes() {
    let practice = Practice::with(2);
    let outcome = practice.upload_with(&SOON, every(put, Fate::Stalled)).ended(2);
    assert!(outcome.stdout.contains("connectionLost"), "{outcome:?}");
    assert_eq!(practice.nothing_is_called_safe_that_is_not_there(), 0);
    practice.the_next_run_finishes();
}

#[test]
fn a_reading_back_that_stands_still_is_given_up_and_proves_nothing() {
    let practice = Practice::with(1);
    let outcome = practice.upload_with(&SOON, every(get, Fate::StalledBack(400))).ended(2);
    assert_eq!(of_the_file(&outcome), ("failed".to_owned(), "connectionLost".to_owned()));
    assert_eq!(practice.nothing_is_called_safe_that_is_not_there(), 0);
    practice.the_next_run_finishes();
}

/// What can happen to bytes on the way back, with and without the checksum that goes with them.
fn changes_on_the_way_back() -> impl Iterator<Item = Fate> {
    [true, false].into_iter().flat_map(|unsigned| [Fate::Flipped { unsigned }, Fate::Shortened { unsigned }])
}

#[test]
fn what_changes_on_the_way_there_is_sent_once_more() {
    let practice = Practice::with(3);
    let flips = [Fate::FlippedThere, Fate::FlippedThere];
    let outcome = practice.upload(first(|asked| put(asked) && asked.target.contains("rx-002"), &flips)).ended(0);
    assert_eq!(outcome.the("summary")["verified"], 3);
    practice.all_is_there_once();
}

#[test]
fn what_changes_on_the_way_back_is_read_once_more() {
    for fate in changes_on_the_way_back() {
        let practice = Practice::with(1);
        let outcome = practice.upload(first(get, &[fate])).ended(0);
        assert_eq!(outcome.the("summary")["verified"], 1, "{fate:?}");
        practice.all_is_there_once();
    }
}

#[test]
fn what_changes_on_the_way_there_is_not_stored() {
    let practice = Practice::with(1);
    let outcome = practice.upload(every(put, Fate::FlippedThere)).ended(2);
    assert_eq!(of_the_file(&outcome), ("failed".to_owned(), "checksumMismatch".to_owned()));
    assert!(practice.stored().is_empty());
    practice.the_next_run_finishes();
}

#[test]
fn what_breaks_off_on_the_way_there_is_not_stored() {
    let practice = Practice::with(1);
    let outcome = practice.upload(every(put, Fate::ShortenedThere)).ended(2);
    assert!(outcome.stdout.contains("serviceError") || outcome.stdout.contains("connectionLost"), "{outcome:?}");
    assert!(practice.stored().is_empty());
    practice.the_next_run_finishes();
}

#[test]
fn what_changes_on_the_way_back_is_not_called_safe() {
    let practice = Practice::with(1);
    for fate in changes_on_the_way_back() {
        let outcome = practice.upload(every(get, fate)).ended(2);
        assert_eq!(of_the_file(&outcome), ("failed".to_owned(), "checksumMismatch".to_owned()), "{fate:?}");
        assert_eq!(practice.nothing_is_called_safe_that_is_not_there(), 0, "{fate:?}");
    }
    practice.the_next_run_finishes();
}

#[test]
fn a_request_that_arrives_twice_is_stored_once() {
    let practice = Practice::with(3);
    let outcome = practice.upload(every(put, Fate::Twice)).ended(0);
    assert_eq!(safe(&outcome.the("summary")), 3);
    practice.all_is_there_once();

    // In place of another version as well: the second finds that the first has changed what was there.
    practice.write("rx-001.txt", &format!("{SCRIPT}another dose\n"));
    practice.upload_with(&["--on-conflict", "replace"], every(put, Fate::Twice)).ended(0);
    practice.nothing_is_called_safe_that_is_not_there();
    assert_eq!(practice.sandbox.versions("rx/rx-001").len(), 2, "the former and the new");
}

#[test]
fn a_slow_line_is_given_the_time_that_a_file_takes() {
    let practice = Practice::with(0);
    // At 64 kB/s it takes longer than what is waited for a small answer.
    practice.write("scan.txt", &SCRIPT.repeat(1_800));
    let outcome = practice.upload_with(&SOON, every(put, Fate::Slow(64_000))).ended(0);
    assert_eq!(outcome.the("summary")["verified"], 1);
    practice.all_is_there_once();
}

#[test]
fn a_store_that_goes_away_half_way_is_told_and_the_next_run_finishes() {
    let practice = Practice::with(40);
    let outcome = practice.upload(from(10, put, Fate::Gone)).ended(2);
    assert_eq!(ended_by(&outcome), "noNetwork");
    assert!(practice.nothing_is_called_safe_that_is_not_there() <= 10);
    practice.the_next_run_finishes();
}

/// An upload to an endpoint where nothing can be reached.
fn upload_to(practice: &Practice, environment: &[(&str, &str)]) -> Outcome {
    let pillbox =
        environment.iter().fold(practice.sandbox.pillbox(), |pillbox, (name, value)| pillbox.with(name, value));
    pillbox.run(&["upload", practice.folder.to_str().unwrap(), super::DESTINATION, "--format", "jsonl"])
}

#[test]
fn a_store_whose_name_has_no_address_is_told_and_the_next_run_finishes() {
    let practice = Practice::with(1);
    // No label of a name is longer than 63 bytes (RFC 1035, 2.3.4): the computer itself says that there is no such host,
    // and asks nobody.
    let endpoint = format!("https://{}.invalid", "a".repeat(64));
    let outcome = upload_to(&practice, &[("AWS_ENDPOINT_URL", &endpoint)]).ended(2);
    assert_eq!(ended_by(&outcome), "noNetwork");
    practice.the_next_run_finishes();
}

#[test]
fn a_proxy_that_is_not_there_is_told_and_the_next_run_finishes() {
    let practice = Practice::with(1);
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let nobody = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let environment = [("AWS_ENDPOINT_URL", "https://store.invalid"), ("HTTPS_PROXY", &nobody)];
    let outcome = upload_to(&practice, &environment).ended(2);
    assert_eq!(ended_by(&outcome), "noNetwork");
    practice.the_next_run_finishes();
}
