//! What became of what, what was listed, watch folders and what is held.

use pillbox_model::{Decision, Disposition, ErrorCode, FileState, Upload, UploadFile, UploadState};
use pillbox_store::{HeldFilter, ScanPlace, SentObject, WatchFolder, WatchedLast};

use crate::samples::{BUCKET, Kept, at, count, file, upload};

fn place(account: &str) -> ScanPlace {
    ScanPlace { endpoint: None, account_id: Some(account.to_owned()), bucket: BUCKET.to_owned() }
}

fn sent(wanted: &str) -> SentObject {
    SentObject {
        wanted: wanted.to_owned(),
        key: wanted.to_owned(),
        sha256: [1; 32],
        sent_sha256: [1; 32],
        e_tag: "e".to_owned(),
        version_id: None,
        look: "rules of monday".to_owned(),
        decision: None,
        counts: Vec::new(),
        name_in_key: false,
    }
}

#[test]
fn what_became_of_a_file_is_read_as_it_was_written_and_told_by_place() {
    let Kept { store, dir: _dir } = Kept::with_files(&[file(1)]);
    let copy = SentObject {
        key: "rx/rx-0123.txt".to_owned(),
        sent_sha256: [2; 32],
        version_id: Some("v".to_owned()),
        decision: Some(Decision::Redact),
        counts: vec![count("NAME", 2, Disposition::Expected)],
        name_in_key: true,
        ..sent("rx/a.txt")
    };
    let verified = UploadFile { state: FileState::Verified, ..file(1) };
    store
        .update_files_and_keep(
            "u",
            std::slice::from_ref(&verified),
            &place("1"),
            &[copy.clone(), sent("rx/b.txt")],
            &[],
        )
        .unwrap();
    assert_eq!(store.file("u", 1).unwrap(), Some(verified));
    let known = store.sent_objects(&place("1"), &["rx/b.txt", "rx/a.txt", "rx/c.txt"]).unwrap();
    assert_eq!(known, [sent("rx/b.txt"), copy]);
    assert_eq!(store.sent_objects(&place("2"), &["rx/a.txt"]).unwrap(), [], "a bucket of the same name elsewhere");

    let newer = SentObject { look: "rules of tuesday".to_owned(), ..sent("rx/a.txt") };
    store.update_files_and_keep("u", &[], &place("1"), std::slice::from_ref(&newer), &[]).unwrap();
    assert_eq!(store.sent_objects(&place("1"), &["rx/a.txt"]).unwrap(), [newer]);
    let lost = store.update_files_and_keep("u", &[file(9)], &place("1"), &[sent("rx/z.txt")], &[]).unwrap_err();
    assert_eq!(lost.code, ErrorCode::NotFound);
    assert_eq!(store.sent_objects(&place("1"), &["rx/z.txt"]).unwrap(), [], "all or nothing");
}

#[test]
fn what_was_listed_is_counted_and_forgotten() {
    let Kept { store, dir: _dir } = Kept::with_files(&[file(1)]);
    let page: Vec<_> = ["a", "b", "c"].map(|key| (key.to_owned(), format!("e-{key}"))).into();
    store.keep_listed("u", &page).unwrap();
    store.keep_listed("u", &page[..1]).unwrap();
    assert_eq!(store.listed("u", "b").unwrap().as_deref(), Some("e-b"));
    assert_eq!(store.listed("u", "d").unwrap(), None);
    store.mark_ours("u", &["a".to_owned(), "d".to_owned()]).unwrap();
    assert_eq!(store.take_listed("u").unwrap(), 2);
    assert_eq!((store.take_listed("u").unwrap(), store.listed("u", "a").unwrap()), (0, None));
    store.keep_listed("u", &page).unwrap();
    assert!(store.remove_upload("u").unwrap());
}

fn folder(path: &str) -> WatchFolder {
    WatchFolder {
        number: 0,
        folder: path.to_owned(),
        connection: Some("practice".to_owned()),
        bucket: BUCKET.to_owned(),
        prefix: "rx/{yyyy}/".to_owned(),
        neutral_names: true,
        is_on: true,
        since: at(1),
        last: None,
    }
}

#[test]
fn a_watch_folder_is_read_as_it_was_written_and_its_number_is_never_given_twice() {
    let Kept { store, dir: _dir } = Kept::new();
    let number = store.add_watch_folder(&folder("/scanner")).unwrap();
    let last = WatchedLast { at: at(3), safe: 4, held: 1, unfinished: 2, code: Some(ErrorCode::BucketNotShut) };
    store.set_watched_last(number, &last).unwrap();
    assert!(store.switch_watch_folder(number, false, at(2)).unwrap());
    let kept = WatchFolder { number, is_on: false, since: at(2), last: Some(last), ..folder("/scanner") };
    assert_eq!(store.watch_folders().unwrap(), [kept]);
    assert!(store.remove_watch_folder(number).unwrap());
    assert!(!store.remove_watch_folder(number).unwrap() && !store.switch_watch_folder(number, true, at(2)).unwrap());
    assert!(store.add_watch_folder(&folder("/fax")).unwrap() > number);
}

#[test]
fn a_watched_file_is_found_in_the_upload_that_took_it_last() {
    let Kept { store, dir: _dir } = Kept::new();
    let number = store.add_watch_folder(&folder("/scanner")).unwrap();
    for id in ["u", "v"] {
        store.create_upload(&upload(id, 1)).unwrap();
        store.add_watched_files(number, id, &[file(1)]).unwrap();
        assert_eq!(store.watched_file(number, &file(1).source).unwrap(), Some((id.to_owned(), 1)));
    }
    assert_eq!(store.watched_file(number, "/scanner/other.txt").unwrap(), None);
    assert!(store.remove_upload("v").unwrap());
    assert_eq!(store.watched_file(number, &file(1).source).unwrap(), None);
    assert!(store.remove_watch_folder(number).unwrap());
}

#[test]
fn what_is_held_comes_oldest_first_and_leaves_out_what_nobody_waits_for() {
    let Kept { store, dir: _dir } = Kept::new();
    let held = |number, state| UploadFile { state, ..file(number) };
    for (id, created, state, watch) in [
        ("new", 5, UploadState::Held, None),
        ("old", 2, UploadState::Done, Some(7)),
        ("draft", 1, UploadState::Draft, None),
        ("given up", 1, UploadState::Cancelled, None),
    ] {
        store.create_upload(&Upload { state, watch, ..upload(id, created) }).unwrap();
        let files = [
            held(1, FileState::Verified),
            held(2, FileState::Unreadable),
            held(3, FileState::NeedsDecision),
            held(4, FileState::LeftOut),
            held(5, FileState::Sending),
        ];
        store.add_files(id, &files).unwrap();
    }
    let all = HeldFilter::default();
    let listed = |filter: &HeldFilter, offset, limit| {
        let held = store.held_files(filter, offset, limit).unwrap().into_iter();
        held.map(|held| (held.upload, held.watch, held.file.number)).collect::<Vec<_>>()
    };
    let (old, new) = ("old".to_owned(), "new".to_owned());
    let expected = [(old.clone(), Some(7), 2), (old.clone(), Some(7), 3), (new.clone(), None, 2), (new, None, 3)];
    assert_eq!(listed(&all, 0, 9), expected);
    assert_eq!(listed(&all, 1, 2), expected[1..3]);
    assert_eq!(listed(&HeldFilter { watch: Some(7), ..all.clone() }, 0, 9), expected[..2]);
    assert_eq!(listed(&HeldFilter { bucket: Some("another".to_owned()), ..all.clone() }, 0, 9), []);
    let totals = store.held_totals(&HeldFilter { bucket: Some(BUCKET.to_owned()), ..all }).unwrap();
    assert_eq!(totals, [(FileState::NeedsDecision, 2), (FileState::Unreadable, 2)]);
}
