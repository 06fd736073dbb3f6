//! Killed at random moments, an upload is finished by the next start, each object once.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use pillbox_model::FileState;
use pillbox_store::Store;
use support::{Numbers, RunningSandbox, files_below, sha256_of};

const BUCKET: &str = "the-pain-killer-practice";
const FILES: u64 = 2_000;
const KILLS: u64 = 20;

/// Invented prescriptions, each with bytes of its own.
fn write_files(folder: &Path) {
    fs::create_dir_all(folder).unwrap();
    for number in 0..FILES {
        let text =
            format!("Rx {number}\nExamplillin 500 mg capsules, 20\n1 three times a day\nRepeats: {}\n", number % 6);
        fs::write(folder.join(format!("rx-{number:05}.txt")), text).unwrap();
    }
}

/// Keys that the journal calls safe, and how many files it has brought to an end.
fn safe_keys(data_dir: &Path) -> BTreeSet<String> {
    let store = Store::open(data_dir).unwrap();
    let Some(upload) = store.uploads(1).unwrap().into_iter().next() else { return BTreeSet::new() };
    let safe = [FileState::Verified, FileState::AlreadyThere];
    let mut keys = BTreeSet::new();
    let mut after = 0;
    loop {
        let files = store.files_after(&upload.id, after, &safe, 1000).unwrap();
        let Some(last) = files.last() else { return keys };
        after = last.number;
        keys.extend(files.into_iter().map(|file| file.key));
    }
}

fn stored_keys(sandbox: &RunningSandbox) -> BTreeSet<String> {
    let listed = sandbox.aws().json(&["s3api", "list-objects-v2", "--bucket", BUCKET, "--prefix", "rx/"]);
    let objects = listed["Contents"].as_array().cloned().unwrap_or_default();
    objects.iter().map(|object| object["Key"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn twenty_kills_lose_nothing_and_double_nothing() {
    let sandbox = RunningSandbox::with_sample();
    let pillbox = sandbox.pillbox();
    let folder = sandbox.folder().join("scripts");
    write_files(&folder);
    let source = folder.to_str().unwrap();
    pillbox.run(&["fix", &format!("s3://{BUCKET}"), "--all", "--yes"]).ended(0);
    let mut random = Numbers::seeded();
    let destination = format!("s3://{BUCKET}/rx/");

    for kill in 0..KILLS {
        let at_least = random.below(FILES / KILLS) + kill * (FILES / KILLS);
        let mut upload = pillbox.start(&["upload", source, &destination]);
        // As soon as the journal has come so far, wherever the program is at that moment.
        while (safe_keys(pillbox.data_dir()).len() as u64) < at_least && upload.try_wait().unwrap().is_none() {
            std::thread::yield_now();
        }
        upload.kill().unwrap();
        upload.wait().unwrap();
        let (safe, stored) = (safe_keys(pillbox.data_dir()), stored_keys(&sandbox));
        assert!(safe.is_subset(&stored), "called safe and not there: {:?}", safe.difference(&stored).next());
    }

    pillbox.run(&["upload", source, &destination]).ended(0);
    assert_eq!(safe_keys(pillbox.data_dir()).len() as u64, FILES);
    let versions = sandbox.aws().json(&["s3api", "list-object-versions", "--bucket", BUCKET, "--prefix", "rx/"]);
    assert_eq!(versions["Versions"].as_array().unwrap().len() as u64, FILES, "each object once");
    let copy = sandbox.folder().join("copy");
    sandbox.aws().run(&["s3", "sync", "--quiet", &destination, copy.to_str().unwrap()]);
    for file in files_below(&folder) {
        assert_eq!(sha256_of(&copy.join(file.file_name().unwrap())), sha256_of(&file));
    }
}
