//! A store that fails, asks for patience, refuses, or answers wrongly.

use std::fs;

use pillbox_sandbox::sample;
use support::{Asked, Fate, RunningSandbox, Tally};

use super::{BUCKET, Practice, SCRIPT, ended_by, every, first, from, get, of_the_file, put, safe};

#[test]
fn a_store_that_fails_for_a_moment_gets_everything() {
    let practice = Practice::with(6);
    let failures = [
        Fate::Refused(500, "InternalError"),
        Fate::RefusedWhenDone(500, "InternalError"),
        Fate::Refused(502, "BadGateway"),
        Fate::RefusedWhenDone(503, "ServiceUnavailable"),
    ];
    let outcome = practice.upload(first(put, &failures)).ended(0);
    assert_eq!(safe(&outcome.the("summary")), 6);
    practice.all_is_there_once();
}

#[test]
fn a_store_that_keeps_failing_is_told_and_the_next_run_finishes() {
    let practice = Practice::with(3);
    let outcome = practice.upload(every(put, Fate::Refused(500, "InternalError"))).ended(2);
    assert!(outcome.stdout.contains("serviceError"), "{outcome:?}");
    assert_eq!(safe(&outcome.the("summary")), 0);
    assert_eq!(practice.nothing_is_called_safe_that_is_not_there(), 0);
    practice.the_next_run_finishes();
}

#[test]
fn bursts_of_slow_down_cost_nothing_but_time() {
    let practice = Practice::with(40);
    let puts = Tally::default();
    let bursts = move |asked: &Asked| match asked.is_object("PUT").then(|| puts.add()) {
        Some(4..12 | 24..32) => Fate::Refused(503, "SlowDown"),
        _ => Fate::Passed,
    };
    let outcome = practice.upload(bursts).ended(0);
    assert_eq!(safe(&outcome.the("summary")), 40);
    practice.all_is_there_once();
}

#[test]
fn a_store_that_asks_for_a_pause_for_ever_is_told_and_the_next_run_finishes() {
    let practice = Practice::with(3);
    let outcome = practice.upload(every(put, Fate::Refused(503, "SlowDown"))).ended(2);
    assert!(outcome.stdout.contains("slowDown"), "{outcome:?}");
    assert_eq!(practice.nothing_is_called_safe_that_is_not_there(), 0);
    practice.the_next_run_finishes();
}

#[test]
fn two_writers_at_once_are_told_to_try_again_and_do() {
    let practice = Practice::with(2);
    let race = Fate::Refused(409, "ConditionalRequestConflict");
    let outcome = practice.upload(first(put, &[race, race])).ended(0);
    assert_eq!(outcome.the("summary")["verified"], 2);
    practice.all_is_there_once();
}

/// Another client stores this text under the only file's key, right before Pillbox's first request for it.
fn another_client_is_first(practice: &Practice, text: &str) -> impl Fn(&Asked) -> Fate + Send + Sync + 'static {
    let file = practice.sandbox.folder().join("theirs.txt");
    fs::write(&file, text).unwrap();
    let (aws, puts) = (practice.sandbox.aws(), Tally::default());
    move |asked| {
        if asked.is_object("PUT") && puts.add() == 0 {
            let body = file.to_str().unwrap();
            aws.run(&["s3api", "put-object", "--bucket", BUCKET, "--key", "rx/rx-001.txt", "--body", body]);
        }
        Fate::Passed
    }
}

#[test]
fn who_is_second_with_the_same_bytes_finds_them_there() {
    let practice = Practice::with(1);
    let text = fs::read_to_string(practice.folder.join("rx-001.txt")).unwrap();
    let outcome = practice.upload(another_client_is_first(&practice, &text)).ended(0);
    assert_eq!(outcome.the("summary")["alreadyThere"], 1);
    practice.all_is_there_once();
}

#[test]
fn who_is_second_with_other_bytes_overwrites_nothing() {
    let practice = Practice::with(1);
    let outcome = practice.upload(another_client_is_first(&practice, "theirs\n")).ended(1);
    assert_eq!(of_the_file(&outcome), ("conflict".to_owned(), "objectExists".to_owned()));
    assert_eq!(practice.nothing_is_called_safe_that_is_not_there(), 0);
    let theirs = practice.sandbox.folder().join("theirs.txt");
    assert_eq!(practice.stored()["rx-001.txt"], support::sha256_of(&theirs));

    // Who has it left out can think better of it.
    let skipped = practice.upload_with(&["--on-conflict", "skip"], |_| Fate::Passed).ended(0);
    assert_eq!(skipped.the("summary")["leftOut"], 1);
    let outcome = practice.upload_with(&["--on-conflict", "keep-both"], |_| Fate::Passed).ended(0);
    assert_eq!(outcome.the("summary")["verified"], 1);
    let stored = practice.stored();
    assert_eq!(stored["rx-001.txt"], support::sha256_of(&theirs));
    assert_eq!(stored["rx-001 (2).txt"], support::sha256_of(&practice.folder.join("rx-001.txt")));
    assert_eq!(practice.sandbox.versions("rx/").len(), 2);
}

#[test]
fn what_was_in_the_way_and_is_gone_is_no_conflict() {
    let practice = Practice::with(1);
    let outcome = practice.upload(first(put, &[Fate::Refused(412, "PreconditionFailed")])).ended(0);
    assert_eq!(outcome.the("summary")["verified"], 1);
    practice.all_is_there_once();
}

#[test]
fn a_replaced_object_that_changes_in_between_is_not_overwritten() {
    let practice = Practice::with(1);
    practice.the_next_run_finishes();
    practice.write("rx-001.txt", &format!("{SCRIPT}another dose\n"));
    let file = practice.sandbox.folder().join("theirs.txt");
    fs::write(&file, "theirs\n").unwrap();
    let (aws, heads, body) = (practice.sandbox.aws(), Tally::default(), file.to_str().unwrap().to_owned());
    // After Pillbox has looked at what is there, before it replaces it.
    let between = move |asked: &Asked| {
        if asked.is_object("HEAD") {
            heads.add();
        }
        if asked.is_object("PUT") && heads.count() == 1 {
            heads.add();
            aws.run(&["s3api", "put-object", "--bucket", BUCKET, "--key", "rx/rx-001.txt", "--body", &body]);
        }
        Fate::Passed
    };
    let outcome = practice.upload_with(&["--on-conflict", "replace"], between).ended(1);
    assert_eq!(of_the_file(&outcome), ("conflict".to_owned(), "objectExists".to_owned()));
    assert_eq!(practice.stored()["rx-001.txt"], support::sha256_of(&file));
}

const WRONG: Fate = Fate::Relabelled("x-amz-checksum-sha256", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=");

#[test]
fn a_wrong_checksum_in_the_answer_is_compared_with_what_lies_there() {
    let practice = Practice::with(1);
    let outcome = practice.upload(every(put, WRONG)).ended(0);
    assert_eq!(safe(&outcome.the("summary")), 1);
    practice.all_is_there_once();
}

#[test]
fn a_wrong_checksum_of_what_is_read_back_is_not_believed() {
    let practice = Practice::with(1);
    let outcome = practice.upload(every(get, WRONG)).ended(2);
    assert_eq!(of_the_file(&outcome), ("failed".to_owned(), "checksumMismatch".to_owned()));
    assert_eq!(practice.nothing_is_called_safe_that_is_not_there(), 0);
    practice.the_next_run_finishes();
}

#[test]
fn what_is_the_same_is_not_stored_beside_itself_for_one_wrong_answer() {
    type IsMeant = fn(&Asked) -> bool;
    let is_head = |asked: &Asked| asked.is_object("HEAD");
    let answers: [(&str, IsMeant, Vec<Fate>); 2] = [
        ("the checksum that the store tells", is_head, vec![WRONG; 9]),
        ("the bytes that are read where it tells none", get, vec![Fate::Flipped { unsigned: true }]),
    ];
    for (what, is_meant, fates) in answers {
        let practice = Practice::with(1);
        if what.starts_with("the checksum") {
            practice.the_next_run_finishes();
            fs::remove_dir_all(practice.sandbox.pillbox().data_dir()).unwrap();
        } else {
            let (file, bucket) = (practice.folder.join("rx-001.txt"), ["--bucket", BUCKET, "--key", "rx/rx-001.txt"]);
            let put = ["s3api", "put-object", "--body", file.to_str().unwrap()];
            practice.sandbox.aws().run(&[&put[..], &bucket].concat());
        }
        let outcome = practice.upload_with(&["--on-conflict", "keep-both"], first(is_meant, &fates)).ended(0);
        assert_eq!(outcome.the("summary")["alreadyThere"], 1, "{what}");
        practice.all_is_there_once();
    }
}

#[test]
fn a_copy_that_was_stored_beside_is_numbered_by_the_file_and_not_by_itself() {
    let practice = Practice::with(1);
    let keep_both = ["--on-conflict", "keep-both"];
    let copy = |asked: &Asked| get(asked) && asked.target.contains("%20");
    let is_first = another_client_is_first(&practice, "theirs\n");
    let read_back_in_vain = move |asked: &Asked| match is_first(asked) {
        Fate::Passed if copy(asked) => Fate::Flipped { unsigned: true },
        fate => fate,
    };
    practice.upload_with(&keep_both, read_back_in_vain).ended(2);
    practice.write("rx-001.txt", &format!("{SCRIPT}another dose\n"));
    practice.sandbox.pillbox().run(&["upload", "--resume"]).ended(0);
    practice.upload_with(&keep_both, |_| Fate::Passed).ended(0);
    let keys = ["rx/rx-001 (2).txt", "rx/rx-001 (3).txt", "rx/rx-001.txt"];
    assert_eq!(practice.sandbox.versions("rx/"), keys);
}

#[test]
fn a_wrong_etag_in_the_answer_makes_nothing_safe_that_is_not_there() {
    let practice = Practice::with(1);
    let wrong = Fate::Relabelled("etag", "\"00000000000000000000000000000000\"");
    practice.upload(every(put, wrong)).ended(0);
    practice.all_is_there_once();
}

#[test]
fn a_sign_in_that_expires_half_way_is_told_and_the_next_run_finishes() {
    let practice = Practice::with(40);
    let outcome = practice.upload(from(10, put, Fate::Refused(400, "ExpiredToken"))).ended(2);
    assert_eq!(ended_by(&outcome), "expiredToken");
    assert!(practice.nothing_is_called_safe_that_is_not_there() <= 10);
    practice.the_next_run_finishes();
}

#[test]
fn a_clock_that_is_off_is_told_and_the_next_run_finishes() {
    let practice = Practice::with(3);
    let outcome = practice.upload(every(put, Fate::Refused(403, "RequestTimeTooSkewed"))).ended(2);
    assert_eq!(ended_by(&outcome), "clockSkewed");
    assert_eq!(practice.nothing_is_called_safe_that_is_not_there(), 0);
    practice.the_next_run_finishes();
}

#[test]
fn a_key_that_is_taken_away_half_way_is_told_and_the_next_run_finishes() {
    let practice = Practice::with(40);
    let outcome = practice.upload(from(10, put, Fate::Refused(403, "InvalidAccessKeyId"))).ended(2);
    assert_eq!(ended_by(&outcome), "wrongKey");
    practice.nothing_is_called_safe_that_is_not_there();
    practice.the_next_run_finishes();
}

#[test]
fn a_gate_that_cannot_be_read_holds_everything() {
    let practice = Practice::with(1);
    let outcome = practice.upload(every(Asked::is_public_access_block, Fate::Refused(500, "InternalError"))).ended(1);
    assert_eq!(ended_by(&outcome), "bucketProtectionUnknown");
    assert!(practice.stored().is_empty());
    practice.the_next_run_finishes();
}

#[test]
fn a_bucket_that_was_never_there_is_told() {
    let sandbox = RunningSandbox::start();
    let file = sandbox.folder().join("rx.txt");
    fs::write(&file, SCRIPT).unwrap();
    let place = format!("s3://{}/rx/", sample::BUCKET);
    let outcome = sandbox.pillbox().run(&["upload", file.to_str().unwrap(), &place, "--format", "jsonl"]).ended(2);
    assert_eq!(ended_by(&outcome), "noSuchBucket");
}
