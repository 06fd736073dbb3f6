//! The journal against a model of it that holds everything in a map.

use std::collections::BTreeMap;

use pillbox_model::{Disposition, ErrorCode, FileState, UploadFile};
use pillbox_store::{FileFilter, Store};
use proptest::prelude::*;

use crate::samples::{Kept, count, file};

const STATES: [FileState; 12] = [
    FileState::Found,
    FileState::Ready,
    FileState::NeedsDecision,
    FileState::Unreadable,
    FileState::LeftOut,
    FileState::Sending,
    FileState::Stored,
    FileState::Verified,
    FileState::AlreadyThere,
    FileState::StoredNotReadBack,
    FileState::Conflict,
    FileState::Failed,
];

const IDENTIFIERS: [&str; 3] = ["NAME", "PKCS", "CREDIT_CARD_NUMBER"];

#[derive(Debug, Clone)]
enum Step {
    /// Walks the folder that holds these files.
    Walk(Vec<u8>),
    /// Writes the file again, with this state, key and counts.
    Update { file: u8, state: usize, key: u8, counts: [u8; 3] },
    /// Looks for keys that stand twice.
    Clash,
    /// Ends the program and starts it again.
    Reopen,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        3 => proptest::collection::vec(0..12_u8, 0..8).prop_map(Step::Walk),
        6 => (0..12_u8, 0..STATES.len(), 0..6_u8, any::<[u8; 3]>())
            .prop_map(|(file, state, key, counts)| Step::Update { file, state, key, counts }),
        2 => Just(Step::Clash),
        1 => Just(Step::Reopen),
    ]
}

/// What the journal should hold, by number.
type Model = BTreeMap<u64, UploadFile>;

fn walk(store: &Store, model: &mut Model, folder: &[u8]) {
    let mut number = store.last_file_number("u").unwrap();
    let mut found = Vec::new();
    for name in folder {
        number += 1;
        let file = UploadFile { source: format!("/{name}"), key: format!("{}", name % 6), ..file(number) };
        if !model.values().any(|known| known.source == file.source) {
            model.insert(number, file.clone());
        }
        found.push(file);
    }
    store.add_files("u", &found).unwrap();
}

fn update(store: &Store, model: &mut Model, name: u8, change: impl FnOnce(&mut UploadFile)) {
    if let Some(file) = model.values_mut().find(|file| file.source == format!("/{name}")) {
        change(file);
        store.update_file("u", file).unwrap();
    }
}

fn clash(store: &Store, model: &mut Model) {
    for file in
        model.values_mut().filter(|file| (file.state, file.code) == (FileState::Failed, Some(ErrorCode::KeyTaken)))
    {
        (file.state, file.code) = (FileState::Found, None);
    }
    let takes_a_key = |file: &&UploadFile| !matches!(file.state, FileState::LeftOut | FileState::Unreadable);
    let keys: Vec<String> = model.values().filter(takes_a_key).map(|file| file.key.clone()).collect();
    let mut marked = 0;
    for file in model.values_mut() {
        let unsent = matches!(file.state, FileState::Found | FileState::Ready | FileState::NeedsDecision);
        if unsent && keys.iter().filter(|key| **key == file.key).count() > 1 {
            (file.state, file.code) = (FileState::Failed, Some(ErrorCode::KeyTaken));
            marked += 1;
        }
    }
    assert_eq!(store.mark_key_clashes("u").unwrap(), marked);
}

fn compare(store: &Store, model: &Model) {
    let files: Vec<UploadFile> = model.values().cloned().collect();
    assert_eq!(store.files("u", &FileFilter::default(), 0, 1_000).unwrap(), files);

    let some = [FileState::Found, FileState::Failed, FileState::Verified];
    let fitting = |file: &&UploadFile| some.contains(&file.state) && file.number > 3;
    let expected: Vec<UploadFile> = files.iter().filter(fitting).take(4).cloned().collect();
    assert_eq!(store.files_after("u", 3, &some, 4).unwrap(), expected);

    let totals = store.file_totals("u").unwrap();
    for state in STATES {
        assert_eq!(totals.files_in(&[state]), files.iter().filter(|file| file.state == state).count() as u64);
    }
    for identifier in IDENTIFIERS {
        let counts = || files.iter().flat_map(|file| &file.counts).filter(|c| c.identifier.as_str() == identifier);
        let total = totals.by_identifier.iter().find(|total| total.identifier.as_str() == identifier);
        assert_eq!(total.map_or(0, |total| total.files), counts().count() as u64);
        assert_eq!(total.map_or(0, |total| total.occurrences), counts().map(|count| count.count).sum::<u64>());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn the_journal_does_what_its_model_does(steps in proptest::collection::vec(step(), 1..30)) {
        let Kept { mut store, dir } = Kept::with_files(&[]);
        let mut model = Model::new();
        for step in steps {
            match step {
                Step::Walk(folder) => walk(&store, &mut model, &folder),
                Step::Update { file, state, key, counts } => update(&store, &mut model, file, |file| {
                    file.state = STATES[state];
                    file.key = key.to_string();
                    let found = IDENTIFIERS.iter().zip(counts).filter(|(_, found)| *found > 0);
                    file.counts = found.map(|(id, found)| count(id, found.into(), Disposition::Ask)).collect();
                }),
                Step::Clash => clash(&store, &mut model),
                Step::Reopen => {
                    drop(store);
                    store = Store::open(dir.path()).unwrap();
                }
            }
            compare(&store, &model);
        }
    }
}
