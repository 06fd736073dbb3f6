//! Something lies under a file's key that can't be read.

use support::{Asked, Fate};

use super::{BUCKET, Practice, first, get, of_the_file};

/// A practice with one file, under whose key another client's object lies.
fn practice() -> Practice {
    let practice = Practice::with(1);
    let theirs = practice.sandbox.folder().join("theirs.txt");
    std::fs::write(&theirs, "theirs\n").unwrap();
    let place = ["--bucket", BUCKET, "--key", "rx/rx-001.txt", "--body", theirs.to_str().unwrap()];
    practice.sandbox.aws().run(&[&["s3api", "put-object"][..], &place].concat());
    practice
}

fn passed(_: &Asked) -> Fate {
    Fate::Passed
}

fn unreadable(state: &str) -> (String, String) {
    (state.to_owned(), "objectExistsUnreadable".to_owned())
}

#[test]
fn what_cannot_be_compared_is_asked_about() {
    let practice = practice();
    practice.sandbox.deny(&["s3:GetObject", "s3:GetObjectVersion"]);
    assert_eq!(of_the_file(&practice.upload(passed).ended(1)), unreadable("conflict"));
    // What it is nobody knows: it can't be named in a condition either.
    let replaced = practice.upload_with(&["--on-conflict", "replace"], passed).ended(1);
    assert_eq!(of_the_file(&replaced), unreadable("conflict"));
    let skipped = practice.upload_with(&["--on-conflict", "skip"], passed).ended(0);
    assert_eq!(of_the_file(&skipped), unreadable("leftOut"));
    assert_eq!(practice.sandbox.versions("rx/"), ["rx/rx-001.txt"]);
}

#[test]
fn what_cannot_be_compared_gets_one_copy_beside_it() {
    let practice = practice();
    practice.sandbox.deny(&["s3:GetObject", "s3:GetObjectVersion"]);
    let keep_both = ["--on-conflict", "keep-both"];
    let kept = practice.upload_with(&keep_both, passed).ended(2);
    assert_eq!(of_the_file(&kept), ("storedNotReadBack".to_owned(), "storedNotReadBack".to_owned()));
    // By the same upload, and by another that knows nothing of it.
    practice.sandbox.pillbox().run(&["upload", "--resume"]).ended(2);
    assert_eq!(of_the_file(&practice.upload_with(&keep_both, passed).ended(1)), unreadable("conflict"));
    assert_eq!(practice.sandbox.versions("rx/"), ["rx/rx-001 (2).txt", "rx/rx-001.txt"]);
}

#[test]
fn what_cannot_be_read_and_is_known_can_be_replaced() {
    let practice = practice();
    let archived = Fate::Refused(403, "InvalidObjectState");
    assert_eq!(of_the_file(&practice.upload(first(get, &[archived])).ended(1)), unreadable("conflict"));
    let replaced = practice.upload_with(&["--on-conflict", "replace"], first(get, &[archived])).ended(0);
    assert_eq!(replaced.the("summary")["verified"], 1);
    assert_eq!(practice.sandbox.versions("rx/"), ["rx/rx-001.txt", "rx/rx-001.txt"], "theirs stays below");
}
