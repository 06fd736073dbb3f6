//! The journal of uploads.

use pillbox_model::{Concern, Disposition, ErrorCode, Failure, FileState, UploadFile, UploadState};
use pillbox_store::{FileFilter, IdentifierTotal, PartsBegun, StateTotal, Store};

use crate::process::{Other, given_folder, report_step};
use crate::samples::{Kept, at, count, file, full_file, upload};

fn numbers(files: &[UploadFile]) -> Vec<u64> {
    files.iter().map(|file| file.number).collect()
}

fn in_state(number: u64, state: FileState) -> UploadFile {
    UploadFile { state, ..file(number) }
}

#[test]
fn an_upload_is_read_as_it_was_written() {
    let Kept { store, dir: _dir } = Kept::new();
    let mut upload = upload("u", 1);
    store.create_upload(&upload).unwrap();
    assert_eq!(store.upload("u").unwrap().as_ref(), Some(&upload));
    upload.state = UploadState::Held;
    upload.prefix = "elsewhere/".to_owned();
    upload.accept_unprotected = None;
    store.update_upload(&upload).unwrap();
    assert_eq!(store.upload("u").unwrap(), Some(upload));
    assert_eq!(store.upload("v").unwrap(), None);
}

#[test]
fn uploads_are_listed_newest_first_and_unfinished_ones_oldest_first() {
    let Kept { store, dir: _dir } = Kept::new();
    for (id, created) in [("b", 2), ("a", 1), ("d", 4), ("c", 3)] {
        store.create_upload(&upload(id, created)).unwrap();
    }
    store.set_upload_state("c", UploadState::Done, Some(at(9))).unwrap();
    store.set_upload_state("a", UploadState::Sending, None).unwrap();
    let ids = |uploads: Vec<pillbox_model::Upload>| uploads.into_iter().map(|upload| upload.id).collect::<String>();
    assert_eq!(ids(store.uploads(3).unwrap()), "dcb");
    assert_eq!(ids(store.unfinished_uploads().unwrap()), "dba");
    assert_eq!(store.upload("c").unwrap().unwrap().finished_at, Some(at(9)));
}

#[test]
fn a_file_is_read_as_it_was_written() {
    let Kept { store, dir: _dir } = Kept::with_files(&[full_file(1), file(2)]);
    assert_eq!(store.file("u", 1).unwrap(), Some(full_file(1)));
    let filled = UploadFile { source: file(2).source, ..full_file(2) };
    store.update_file("u", &filled).unwrap();
    assert_eq!(store.file("u", 2).unwrap(), Some(filled));
    store.update_file("u", &file(1)).unwrap();
    assert_eq!(store.file("u", 1).unwrap(), Some(file(1)));
    assert_eq!(store.file("u", 3).unwrap(), None);
}

#[test]
fn walking_again_adds_only_what_is_new() {
    let Kept { store, dir: _dir } = Kept::with_files(&[full_file(1), file(2)]);
    assert_eq!(store.last_file_number("u").unwrap(), 2);
    let again: Vec<_> = [1, 2, 3].map(|number| UploadFile { number: number + 2, ..file(number) }).to_vec();
    assert_eq!(store.add_files("u", &again).unwrap(), 1);
    assert_eq!(store.file("u", 1).unwrap(), Some(full_file(1)), "what was known of it stays");
    assert_eq!(store.file("u", 5).unwrap().unwrap().source, file(3).source);
    assert_eq!(store.file("u", 3).unwrap(), None);
    assert_eq!(store.last_file_number("u").unwrap(), 5);
}

#[test]
fn a_batch_is_written_wholly_or_not_at_all() {
    let Kept { store, dir: _dir } = Kept::with_files(&[file(1)]);
    let taken = UploadFile { source: "/elsewhere".to_owned(), ..file(1) };
    let refused = store.add_files("u", &[file(2), taken]).unwrap_err();
    assert_eq!(refused, Failure::about(ErrorCode::InvalidInput, "number"));
    assert_eq!(store.last_file_number("u").unwrap(), 1);

    let refused = store.update_files("u", &[full_file(1), file(9)]).unwrap_err();
    assert_eq!(refused.code, ErrorCode::NotFound);
    assert_eq!(store.file("u", 1).unwrap(), Some(file(1)));
    assert_eq!(store.file_totals("u").unwrap().by_identifier, []);
}

#[test]
fn files_with_one_key_are_all_named_and_nothing_else_is() {
    let keyed = |number, key: &str, state| UploadFile { key: key.to_owned(), state, ..file(number) };
    let Kept { store, dir: _dir } = Kept::with_files(&[
        keyed(1, "same", FileState::Ready),
        keyed(2, "same", FileState::Found),
        keyed(3, "Same", FileState::Found),
        keyed(4, "sent", FileState::Verified),
        keyed(5, "sent", FileState::NeedsDecision),
        keyed(6, "left", FileState::LeftOut),
        keyed(7, "left", FileState::Found),
        keyed(8, "", FileState::Unreadable),
        keyed(9, "", FileState::Unreadable),
    ]);
    store.create_upload(&upload("other", 2)).unwrap();
    store.add_files("other", &[keyed(1, "Same", FileState::Found)]).unwrap();

    assert_eq!(store.mark_key_clashes("u").unwrap(), 3);
    assert_eq!(store.mark_key_clashes("u").unwrap(), 3, "the same again changes nothing");
    for number in 1..=9 {
        let file = store.file("u", number).unwrap().unwrap();
        let taken = (file.state, file.code) == (FileState::Failed, Some(ErrorCode::KeyTaken));
        assert_eq!(taken, [1, 2, 5].contains(&number), "{number}");
    }

    store.update_file("u", &keyed(1, "same", FileState::LeftOut)).unwrap();
    assert_eq!(store.mark_key_clashes("u").unwrap(), 1);
    let other = store.file("u", 2).unwrap().unwrap();
    assert_eq!((other.state, other.code), (FileState::Found, None), "what clashes no more can be sent");
}

#[test]
fn files_are_listed_by_state_and_attention() {
    let Kept { store, dir: _dir } = Kept::with_files(&[
        in_state(1, FileState::Verified),
        in_state(2, FileState::Found),
        in_state(3, FileState::NeedsDecision),
        in_state(4, FileState::StoredNotReadBack),
        in_state(5, FileState::Ready),
    ]);
    let listed = |states: Option<&[FileState]>, needs_attention_first, offset, limit| {
        let filter = FileFilter { states: states.map(<[_]>::to_vec), needs_attention_first };
        numbers(&store.files("u", &filter, offset, limit).unwrap())
    };
    assert_eq!(listed(None, false, 0, 10), [1, 2, 3, 4, 5]);
    assert_eq!(listed(None, true, 0, 10), [3, 4, 2, 5, 1]);
    assert_eq!(listed(None, true, 1, 2), [4, 2]);
    let some = [FileState::Verified, FileState::NeedsDecision, FileState::Ready];
    assert_eq!(listed(Some(&some), false, 0, 10), [1, 3, 5]);
    assert_eq!(listed(Some(&some), true, 0, 2), [3, 5]);
    assert!(listed(Some(&[]), false, 0, 10).is_empty());
}

/// The list of what needs attention stands in the schema; no state may be forgotten in it.
#[test]
fn every_state_has_its_place_in_the_order_of_attention() {
    use FileState::*;
    let groups: [&[FileState]; 3] = [
        &[NeedsDecision, Unreadable, StoredNotReadBack, Conflict, Failed],
        &[Found, Ready, Sending, Stored],
        &[LeftOut, Verified, AlreadyThere],
    ];
    let states: Vec<FileState> = groups.concat();
    let files: Vec<_> = states.iter().rev().zip(1..).map(|(state, number)| in_state(number, *state)).collect();
    let Kept { store, dir: _dir } = Kept::with_files(&files);
    let filter = FileFilter { needs_attention_first: true, ..FileFilter::default() };
    let listed: Vec<_> = store.files("u", &filter, 0, 100).unwrap().iter().map(|file| file.state).collect();
    let expected: Vec<FileState> = groups.iter().flat_map(|group| group.iter().rev().copied()).collect();
    assert_eq!(listed, expected);
}

#[test]
fn pages_by_number_go_on_where_the_last_one_ended() {
    let files: Vec<_> =
        (1..=10).map(|n| in_state(n, if n % 3 == 0 { FileState::Verified } else { FileState::Ready })).collect();
    let Kept { store, dir: _dir } = Kept::with_files(&files);
    let after = |number, states: &[FileState], limit| numbers(&store.files_after("u", number, states, limit).unwrap());
    assert_eq!(after(0, &[FileState::Ready], 3), [1, 2, 4]);
    assert_eq!(after(4, &[FileState::Ready], 3), [5, 7, 8]);
    assert_eq!(after(2, &[FileState::Verified, FileState::Ready], 4), [3, 4, 5, 6]);
    assert!(after(10, &[FileState::Verified, FileState::Ready], 4).is_empty());
    assert!(after(0, &[], 4).is_empty());
}

#[test]
fn totals_follow_every_file() {
    let counted = |number, counts| UploadFile { counts, ..file(number) };
    let Kept { store, dir: _dir } = Kept::with_files(&[
        counted(1, vec![count("NAME", 2, Disposition::Expected)]),
        counted(2, vec![count("NAME", 3, Disposition::Expected), count("PKCS", 1, Disposition::Refuse)]),
        in_state(3, FileState::Verified),
    ]);
    let total = |identifier, disposition, files, occurrences| {
        let one = count(identifier, 1, disposition);
        IdentifierTotal { identifier: one.identifier, category: one.category, disposition, files, occurrences }
    };
    let totals = store.file_totals("u").unwrap();
    assert_eq!(
        totals.by_state,
        [
            StateTotal { state: FileState::Found, files: 2, bytes: 200 },
            StateTotal { state: FileState::Verified, files: 1, bytes: 100 },
        ]
    );
    assert_eq!(
        totals.by_identifier,
        [total("NAME", Disposition::Expected, 2, 5), total("PKCS", Disposition::Refuse, 1, 1)]
    );
    assert_eq!(totals.files_in(&[FileState::Found, FileState::Ready]), 2);

    store.update_file("u", &counted(2, vec![count("NAME", 1, Disposition::Expected)])).unwrap();
    assert_eq!(store.file_totals("u").unwrap().by_identifier, [total("NAME", Disposition::Expected, 2, 3)]);
}

#[test]
fn an_upload_that_is_removed_leaves_nothing() {
    let Kept { store, dir: _dir } = Kept::with_files(&[full_file(1)]);
    assert!(store.remove_upload("u").unwrap());
    assert!(!store.remove_upload("u").unwrap());
    assert_eq!(store.upload("u").unwrap(), None);
    store.create_upload(&upload("u", 1)).unwrap();
    assert_eq!(store.file_totals("u").unwrap(), pillbox_store::Totals::default());
}

#[test]
fn what_is_not_there_is_named() {
    let Kept { store, dir: _dir } = Kept::with_files(&[file(1)]);
    let refusals = [
        store.add_files("v", &[file(1)]).map(drop),
        store.update_file("v", &file(1)),
        store.update_file("u", &file(2)),
        store.set_upload_state("v", UploadState::Done, None),
        store.update_upload(&upload("v", 1)),
        store.file_totals("v").map(drop),
        store.files("v", &FileFilter::default(), 0, 1).map(drop),
        store.files_after("v", 0, &[FileState::Found], 1).map(drop),
        store.mark_key_clashes("v").map(drop),
        store.last_file_number("v").map(drop),
    ];
    for refusal in refusals {
        assert_eq!(refusal.unwrap_err().code, ErrorCode::NotFound);
    }
    let twice = store.create_upload(&upload("u", 1)).unwrap_err();
    assert_eq!(twice, Failure::about(ErrorCode::InvalidInput, "upload"));
}

const BATCH: u64 = 10;

/// Also the body of the other process below, which is killed while it writes.
#[test]
fn batches_are_added_one_after_the_other() {
    let kept = Kept::new();
    let folder = given_folder().unwrap_or_else(|| kept.dir.path().to_owned());
    let store = Store::open(&folder).unwrap();
    if store.upload("u").unwrap().is_none() {
        store.create_upload(&upload("u", 1)).unwrap();
    }
    let batches = if given_folder().is_some() { 100_000 } else { 10 };
    for _ in 0..batches {
        let next = store.last_file_number("u").unwrap() + 1;
        let batch: Vec<_> = (next..next + BATCH).map(file).collect();
        store.add_files("u", &batch).unwrap();
        let counted = |found: &UploadFile| UploadFile {
            counts: vec![count("NAME", found.number, Disposition::Expected)],
            ..found.clone()
        };
        store.update_files("u", &batch.iter().map(counted).collect::<Vec<_>>()).unwrap();
        if given_folder().is_some() {
            report_step();
        }
    }
    assert_eq!(store.last_file_number("u").unwrap() % BATCH, 0);
}

#[test]
fn a_journal_whose_writer_was_killed_is_whole() {
    let Kept { store, dir } = Kept::new();
    for round in 1..=8 {
        let before = store.upload("u").unwrap().map_or(0, |_| store.last_file_number("u").unwrap());
        let mut writer = Other::running("journal::batches_are_added_one_after_the_other", dir.path());
        writer.wait_for(round);
        writer.kill();

        let last = store.last_file_number("u").unwrap();
        assert!(last >= before + BATCH * round as u64, "what was reported is kept");
        assert_eq!(last % BATCH, 0, "no batch is there in part");
        let files = store.files("u", &FileFilter::default(), 0, u32::MAX).unwrap();
        assert_eq!(files.len() as u64, last);
        let occurrences: u64 = files.iter().flat_map(|file| &file.counts).map(|count| count.count).sum();
        let totals = store.file_totals("u").unwrap().by_identifier;
        assert_eq!(totals.iter().map(|total| total.occurrences).sum::<u64>(), occurrences);
    }
    let check: String = crate::samples::raw(dir.path()).query_row("PRAGMA integrity_check", [], |r| r.get(0)).unwrap();
    assert_eq!(check, "ok");
}

#[test]
fn what_is_odd_is_counted_by_kind_among_the_states_that_are_asked_for() {
    let with = |number, state, concerns: &[Concern]| UploadFile { state, concerns: concerns.to_vec(), ..file(number) };
    let kept = Kept::with_files(&[
        with(1, FileState::Verified, &[Concern::TwoPatients, Concern::NoPrescription]),
        with(2, FileState::AlreadyThere, &[Concern::NoPrescription]),
        with(3, FileState::NeedsDecision, &[Concern::OtherPatient, Concern::TwoPatients]),
        with(4, FileState::Verified, &[]),
    ]);
    let totals = |states: &[FileState]| {
        let totals = kept.store.concern_totals("u", states).unwrap();
        totals.into_iter().map(|total| (total.concern, total.files)).collect::<Vec<_>>()
    };
    let stored = [FileState::Verified, FileState::AlreadyThere];
    assert_eq!(totals(&stored), [(Concern::NoPrescription, 2), (Concern::TwoPatients, 1)]);
    assert_eq!(totals(&[FileState::NeedsDecision]), [(Concern::TwoPatients, 1), (Concern::OtherPatient, 1)]);
    assert_eq!(totals(&[FileState::Failed]), []);
}

#[test]
fn uploads_in_parts_are_remembered_until_they_are_over() {
    let Kept { store, dir: _dir } = Kept::with_files(&[file(1), file(2)]);
    let begun = |number, id: &str| PartsBegun { number, key: format!("rx/{number}.txt"), id: id.to_owned() };
    assert_eq!(store.parts_of("u", 1).unwrap(), None);
    assert!(!store.has_parts("u").unwrap());
    store.keep_parts("u", &begun(1, "first")).unwrap();
    assert!(store.has_parts("u").unwrap());
    store.keep_parts("u", &begun(1, "second")).unwrap();
    store.keep_parts("u", &begun(2, "other")).unwrap();
    assert_eq!(store.parts_of("u", 1).unwrap(), Some(begun(1, "second")));
    assert_eq!(store.abandoned_parts().unwrap(), [], "somebody goes on with them");
    store.forget_parts("u", 2).unwrap();
    store.set_upload_state("u", UploadState::Cancelled, Some(at(9))).unwrap();
    assert_eq!(store.abandoned_parts().unwrap(), [("u".to_owned(), begun(1, "second"))]);
    assert_eq!(store.parts_of("v", 1), Err(ErrorCode::NotFound.into()));
    assert!(store.remove_upload("u").unwrap());
    assert_eq!(store.abandoned_parts().unwrap(), []);
}
