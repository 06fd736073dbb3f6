//! The runs of an upload, and what a receipt reads beside them.

use pillbox_model::{
    Decision, ErrorCode, Failure, Gate, ProtectionReading, PublicAccessBlock, Read, Unread, UploadFile, UploadRun,
};
use pillbox_store::{DecisionTotal, NewEntry};
use serde_json::json;

use crate::samples::{Kept, at, file, full_file, upload};

fn reading(millis: i64) -> ProtectionReading {
    ProtectionReading {
        read_at: at(millis),
        bucket_block: Read::Known(Some(PublicAccessBlock::ALL)),
        account_block: Read::Unread(Unread {
            code: ErrorCode::AccessDenied,
            permission: "s3:GetAccountPublicAccessBlock".to_owned(),
        }),
        gate: Gate::Shut,
    }
}

fn run(millis: i64) -> UploadRun {
    UploadRun {
        begun_at: at(millis),
        ended_at: None,
        actor: "reception".to_owned(),
        caller: Some("arn:aws:iam::111122223333:user/reception".to_owned()),
        version: "0.1.0".to_owned(),
        look: "ab".repeat(32),
        before: reading(millis),
        after: None,
    }
}

#[test]
fn runs_are_read_as_they_were_written_oldest_first() {
    let Kept { store, dir: _dir } = Kept::with_files(&[]);
    assert_eq!(store.runs("u").unwrap(), []);
    assert_eq!(store.begin_run("u", &run(1)).unwrap(), 1);
    let other = UploadRun { caller: None, ..run(5) };
    assert_eq!(store.begin_run("u", &other).unwrap(), 2);
    store.end_run("u", 2, at(9), &reading(8)).unwrap();
    let ended = UploadRun { ended_at: Some(at(9)), after: Some(reading(8)), ..other };
    assert_eq!(store.runs("u").unwrap(), [run(1), ended]);
    let not_found = Failure::new(ErrorCode::NotFound);
    assert_eq!(store.end_run("u", 3, at(9), &reading(8)), Err(not_found.clone()));
    assert_eq!(store.begin_run("v", &run(1)), Err(not_found.clone()));
    assert!(store.remove_upload("u").unwrap());
    assert_eq!(store.runs("u"), Err(not_found));
}

#[test]
fn each_upload_has_a_salt_of_its_own_that_stays() {
    let Kept { store, dir: _dir } = Kept::with_files(&[]);
    store.create_upload(&upload("v", 2)).unwrap();
    let salt = store.salt("u").unwrap();
    assert_ne!(salt, store.salt("v").unwrap());
    store.update_upload(&upload("u", 1)).unwrap();
    assert_eq!(store.salt("u").unwrap(), salt);
}

#[test]
fn all_files_come_page_by_page_in_the_order_of_their_numbers() {
    let files = [full_file(3), file(1), file(7)];
    let Kept { store, dir: _dir } = Kept::with_files(&files);
    assert_eq!(store.files_from("u", 0, 2).unwrap(), [file(1), full_file(3)]);
    assert_eq!(store.files_from("u", 3, 2).unwrap(), [file(7)]);
    assert_eq!(store.files_from("u", 7, 2).unwrap(), []);
}

#[test]
fn decisions_are_counted_with_their_reasons() {
    let decided = |number, decision| UploadFile { decision, ..file(number) };
    let send = |reason: &str| Some(Decision::Send { reason: reason.to_owned() });
    let Kept { store, dir: _dir } = Kept::with_files(&[
        decided(1, send("asked for")),
        decided(2, send("asked for")),
        decided(3, send("for the insurer")),
        decided(4, Some(Decision::Redact)),
        decided(5, None),
    ]);
    let totals: Vec<(Option<Decision>, u64)> = store
        .decision_totals("u")
        .unwrap()
        .into_iter()
        .map(|DecisionTotal { decision, files }| (Some(decision), files))
        .collect();
    assert_eq!(totals, [(Some(Decision::Redact), 1), (send("asked for"), 2), (send("for the insurer"), 1)]);
}

#[test]
fn entries_of_one_action_are_found_by_what_they_are_about() {
    let Kept { store, dir: _dir } = Kept::new();
    for (action, subject) in
        [("receipt.made", "u"), ("upload.ended", "u"), ("receipt.made", "v"), ("receipt.made", "u")]
    {
        let entry = NewEntry {
            at: at(1),
            actor: "reception".to_owned(),
            action: action.to_owned(),
            subject: subject.to_owned(),
            details: json!({}),
        };
        store.record(entry).unwrap();
    }
    let numbers = |subject| {
        let entries = store.audit_of("receipt.made", subject).unwrap();
        entries.into_iter().map(|entry| entry.number).collect::<Vec<_>>()
    };
    assert_eq!(numbers(Some("u")), [1, 4]);
    assert_eq!(numbers(None), [1, 3, 4]);
    assert_eq!(numbers(Some("w")), [0; 0]);
}
