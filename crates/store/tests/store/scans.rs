//! What was looked into in buckets.

use pillbox_model::{Concern, FindingState, IdentifierId, Severity, SkipReason};
use pillbox_store::{ObjectLook, ScanPlace, ScanPosition, ScannedObject};

use crate::samples::{BUCKET, Kept, at, object_finding};

fn place() -> ScanPlace {
    ScanPlace { endpoint: None, account_id: Some("000000000000".to_owned()), bucket: BUCKET.to_owned() }
}

fn object(key: &str, version: Option<&str>, look: &str) -> ScannedObject {
    ScannedObject {
        key: key.to_owned(),
        version_id: version.map(str::to_owned),
        e_tag: format!("e-{key}"),
        size: 7,
        look: look.to_owned(),
        at: at(1),
        skip: Some(SkipReason::UnsupportedFileType),
        counts: vec![(IdentifierId::of("NAME"), 2)],
        concerns: vec![Concern::TwoPatients],
        name_is_sensitive: true,
    }
}

fn looks(objects: impl IntoIterator<Item = ScannedObject>) -> Vec<ObjectLook> {
    let look = |object| ObjectLook { object: Some(object), findings: Vec::new(), resolves: None };
    objects.into_iter().map(look).collect()
}

#[test]
fn what_an_object_held_comes_back_for_each_of_its_versions() {
    let Kept { store, dir: _dir } = Kept::new();
    assert_eq!(store.scanned_objects(&place(), &["a"]).unwrap(), []);
    let kept = [object("a", None, "d1"), object("a", Some("v2"), "d2"), object("b", None, "d1")];
    store.keep_looks::<()>(&place(), &looks(kept.clone()), at(1), None).unwrap();
    assert_eq!(store.scanned_objects(&place(), &["a", "b", "c"]).unwrap(), kept);
    let again = object("a", None, "d3");
    store.keep_looks::<()>(&place(), &looks([again.clone()]), at(1), None).unwrap();
    assert_eq!(store.scanned_objects(&place(), &["a"]).unwrap(), [again, kept[1].clone()]);
}

#[test]
fn a_bucket_of_the_same_name_elsewhere_is_another() {
    let Kept { store, dir: _dir } = Kept::new();
    store.keep_looks::<()>(&place(), &looks([object("a", None, "d")]), at(1), None).unwrap();
    for other in [
        ScanPlace { endpoint: Some("https://store.example.com".to_owned()), ..place() },
        ScanPlace { account_id: None, ..place() },
        ScanPlace { bucket: "elsewhere".to_owned(), ..place() },
    ] {
        assert_eq!(store.scanned_objects(&other, &["a"]).unwrap(), []);
    }
}

#[test]
fn findings_come_with_the_look_and_what_is_no_longer_found_is_resolved() {
    let Kept { store, dir: _dir } = Kept::new();
    let found = ObjectLook {
        object: Some(object("k", None, "d")),
        findings: vec![object_finding("f", "k", Severity::High, 1)],
        resolves: Some("k".to_owned()),
    };
    store.keep_looks::<()>(&place(), std::slice::from_ref(&found), at(1), None).unwrap();
    let partly = ObjectLook { findings: Vec::new(), resolves: None, ..found.clone() };
    store.keep_looks::<()>(&place(), &[partly], at(2), None).unwrap();
    assert_eq!(store.finding("f").unwrap().unwrap().pillbox.state, FindingState::New);
    let clean = ObjectLook { findings: Vec::new(), ..found };
    store.keep_looks::<()>(&place(), &[clean], at(3), None).unwrap();
    assert_eq!(store.finding("f").unwrap().unwrap().pillbox.state, FindingState::Resolved);
}

#[test]
fn a_scan_that_was_cut_off_is_known_by_its_scope_and_by_what_it_looked_for() {
    let Kept { store, dir: _dir } = Kept::new();
    let position = ScanPosition { after: "a/9".to_owned(), at: at(3), totals: 9_u64 };
    store.keep_looks(&place(), &[], at(3), Some(("a/", "d", &position))).unwrap();
    assert_eq!(store.scan_position::<u64>(&place(), "a/", "d").unwrap(), Some(position));
    assert_eq!(store.scan_position::<u64>(&place(), "a/", "other").unwrap(), None);
    assert_eq!(store.scan_position::<u64>(&place(), "b/", "d").unwrap(), None);
    store.forget_scan_position(&place(), "a/").unwrap();
    assert_eq!(store.scan_position::<u64>(&place(), "a/", "d").unwrap(), None);
}

#[test]
fn keys_come_in_the_order_of_their_bytes_and_can_be_forgotten() {
    let Kept { store, dir: _dir } = Kept::new();
    let keys = ["B", "a/1", "a/2", "a/é", "b"];
    store.keep_looks::<()>(&place(), &looks(keys.map(|key| object(key, None, "d"))), at(1), None).unwrap();
    let known = |prefix: &str, after: &str, up_to: Option<&str>, limit| {
        store.scanned_keys(&place(), prefix, after, up_to, limit).unwrap()
    };
    assert_eq!(known("", "", None, 9), keys);
    assert_eq!(known("a/", "", None, 9), ["a/1", "a/2", "a/é"]);
    assert_eq!(known("", "a/1", Some("a/é"), 9), ["a/2", "a/é"]);
    assert_eq!(known("", "B", None, 2), ["a/1", "a/2"]);
    store.forget_scanned(&place(), &["a/1"]).unwrap();
    assert_eq!(known("a/", "", None, 9), ["a/2", "a/é"]);
}
