//! Fixes of single objects when something goes wrong on the way: nothing is lost, nothing is written over, and the
//! record says how far it came.

use std::fs;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;

use serde_json::json;
use support::{Fate, Proxy, RunningSandbox};

use crate::objects::{BUCKET, KEY, TEXT, everything, is_there, place, quarantined, run, run_with, seen, store, undo};

#[test]
fn what_changed_since_the_plan_is_left_alone() {
    let sandbox = RunningSandbox::with_sample();
    store(&sandbox, KEY, TEXT);
    let endpoint = sandbox.endpoint();
    // Somebody stores something new right before the object is hidden.
    let folder = sandbox.folder().to_owned();
    let other = folder.join("other.txt");
    fs::write(&other, "newer").unwrap();
    let cli = sandbox.aws();
    let proxy = Proxy::start(&endpoint, move |asked| {
        if asked.is_object("DELETE") {
            let body = other.to_str().unwrap();
            cli.run(&["s3api", "put-object", "--bucket", BUCKET, "--key", KEY, "--body", body]);
        }
        Fate::Passed
    });
    let pillbox = sandbox.pillbox().with("AWS_ENDPOINT_URL", proxy.endpoint());
    let stopped = run_with(&pillbox, &["quarantine", &place(KEY), "--reason", "no prescription", "--yes"]).ended(2);
    assert_eq!(stopped.the("error")["code"], "changedSince");
    assert_eq!((&stopped.the("change")["applied"], &stopped.the("change")["planned"]), (&json!(1), &json!(2)));
    assert_eq!(seen(&sandbox, KEY, None).0, b"newer");
    undo(&sandbox).ended(0);
    assert!(quarantined(&sandbox).is_empty(), "the copy that was made is gone");
    assert_eq!(seen(&sandbox, KEY, None).0, b"newer");
}

#[test]
fn a_lost_answer_is_not_a_lost_object() {
    for lost in ["PUT", "DELETE"] {
        let sandbox = RunningSandbox::with_sample();
        store(&sandbox, KEY, TEXT);
        let before = everything(&sandbox);
        let cut = AtomicBool::new(false);
        let proxy = Proxy::start(&sandbox.endpoint(), move |asked| {
            let first = asked.is_object(lost) && !cut.swap(true, Ordering::SeqCst);
            if first { Fate::Unanswered } else { Fate::Passed }
        });
        let pillbox = sandbox.pillbox().with("AWS_ENDPOINT_URL", proxy.endpoint());
        run_with(&pillbox, &["quarantine", &place(KEY), "--reason", "no prescription", "--yes"]).ended(0);
        assert!(!is_there(&sandbox, KEY), "{lost}");
        assert_eq!(quarantined(&sandbox).len(), 1, "{lost}");
        undo(&sandbox).ended(0);
        assert_eq!(everything(&sandbox), before, "{lost}");
    }
}

#[test]
fn killed_between_two_steps_the_next_start_says_how_far_it_came() {
    let sandbox = RunningSandbox::with_sample();
    store(&sandbox, KEY, TEXT);
    let before = everything(&sandbox);
    let (reached, at_the_delete) = mpsc::channel();
    let proxy = Proxy::start(&sandbox.endpoint(), move |asked| {
        if asked.is_object("DELETE") {
            reached.send(()).unwrap();
            // The program is killed before this goes on, which nobody waits for.
            std::thread::park();
            return Fate::Cut;
        }
        Fate::Passed
    });
    let pillbox = sandbox.pillbox().with("AWS_ENDPOINT_URL", proxy.endpoint());
    let mut killed = pillbox.start(&["objects", "quarantine", &place(KEY), "--reason", "no prescription", "--yes"]);
    at_the_delete.recv().unwrap();
    killed.kill().unwrap();
    killed.wait().unwrap();
    assert!(is_there(&sandbox, KEY), "the copy comes before the original goes");
    run(&sandbox, &["versions", &place(KEY)]).ended(0);
    let change = sandbox.pillbox().run(&["changes", "--format", "jsonl"]).ended(0).the("change")["change"].clone();
    assert_eq!((&change["complete"], &change["undoable"]), (&json!(false), &json!(true)));
    undo(&sandbox).ended(0);
    assert_eq!(everything(&sandbox), before);
}

#[test]
fn a_refusal_is_named_and_what_was_done_can_be_taken_back() {
    let sandbox = RunningSandbox::with_sample();
    store(&sandbox, KEY, TEXT);
    let before = everything(&sandbox);
    sandbox.deny(&["s3:DeleteObject"]);
    let stopped = run(&sandbox, &["quarantine", &place(KEY), "--reason", "no prescription", "--yes"]).ended(2);
    assert_eq!(
        (&stopped.the("error")["code"], &stopped.the("error")["about"]),
        (&json!("accessDenied"), &json!("s3:DeleteObject"))
    );
    undo(&sandbox).ended(0);
    assert_eq!(everything(&sandbox), before);
}

#[test]
fn an_undo_never_removes_the_last_copy() {
    let sandbox = RunningSandbox::with_sample();
    let version = store(&sandbox, KEY, TEXT)["VersionId"].as_str().unwrap().to_owned();
    sandbox.deny(&["s3:DeleteObject"]);
    run(&sandbox, &["quarantine", &place(KEY), "--reason", "no prescription", "--yes"]).ended(2);
    sandbox.aws().run(&["s3api", "delete-object", "--bucket", BUCKET, "--key", KEY, "--version-id", &version]);
    assert_eq!(undo(&sandbox).ended(2).the("error")["code"], "notUndoable");
    assert_eq!(quarantined(&sandbox).len(), 1);
}
