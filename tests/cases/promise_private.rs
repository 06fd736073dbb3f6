//! Pillbox keeps no patient data: what was detected stays in the files and in the bucket.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use pillbox_store::Store;
use support::{Outcome, RunningSandbox, files_below};

const PLACE: &str = "s3://the-pain-killer-practice";
/// Words of the names of the two files that are named after their patients.
const PATIENTS: [&str; 4] = ["okafor", "amara", "lindqvist", "tove"];

/// A value that was detected, by the identifier that found it first.
type Values = BTreeMap<Vec<u8>, String>;

/// Every value that Pillbox detects in some files, as the bytes of the file and as text in UTF-8.
fn detected_values(sandbox: &RunningSandbox, folder: &Path) -> Values {
    let scan = ["scan", folder.to_str().unwrap(), "--format", "jsonl", "--reveal"];
    let outcome = sandbox.pillbox().run(&scan).ended(1);
    let mut values = Values::new();
    for detection in outcome.of_type("detection") {
        let file = fs::read(folder.join(detection["source"].as_str().unwrap())).unwrap();
        let place = |end: &str| usize::try_from(detection[end].as_u64().unwrap()).unwrap();
        let bytes = &file[place("start")..place("end")];
        let identifier = detection["identifier"].as_str().unwrap();
        // Short numbers are in many others, and what a whole text is has no value of its own.
        if bytes.len() < 6 || identifier == "PRESCRIPTION_DOCUMENT" {
            continue;
        }
        values.insert(bytes.to_vec(), identifier.to_owned());
        values.insert(in_utf_8(&file, bytes).into_bytes(), identifier.to_owned());
    }
    values
}

/// The text of a part of a file: UTF-16 where the file has its mark, UTF-8, or else Windows-1252, of which the
/// samples use only what it shares with Latin-1.
fn in_utf_8(file: &[u8], bytes: &[u8]) -> String {
    let units =
        |unit: fn([u8; 2]) -> u16| -> Vec<u16> { bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]])).collect() };
    match file {
        [0xff, 0xfe, ..] => String::from_utf16(&units(u16::from_le_bytes)).unwrap(),
        [0xfe, 0xff, ..] => String::from_utf16(&units(u16::from_be_bytes)).unwrap(),
        _ => String::from_utf8(bytes.to_vec()).unwrap_or_else(|_| bytes.iter().copied().map(char::from).collect()),
    }
}

fn holds(haystack: &[u8], needle: &[u8]) -> bool {
    haystack.windows(needle.len()).any(|window| window == needle)
}

/// Each value that some bytes hold, named by its identifier.
fn leaks<'v>(bytes: &[u8], values: &'v Values) -> Vec<&'v str> {
    values.iter().filter(|(value, _)| holds(bytes, value)).map(|(_, identifier)| identifier.as_str()).collect()
}

/// Each patient whose name some bytes hold, however it is written.
fn names(bytes: &[u8]) -> Vec<&'static str> {
    let bytes = bytes.to_ascii_lowercase();
    PATIENTS.into_iter().filter(|name| holds(&bytes, name.as_bytes())).collect()
}

/// Everything that Pillbox does, once with each format.
fn live_through_the_story(sandbox: &RunningSandbox, samples: &Path) -> Vec<(String, Outcome)> {
    let samples = samples.to_str().unwrap();
    let mut said = Vec::new();
    for format in ["text", "jsonl", "json"] {
        let place = format!("{PLACE}/{format}/");
        for (arguments, code) in [
            (vec!["scan", samples], 1),
            (vec!["check", PLACE], 1),
            (vec!["upload", samples, &place], 1),
            (vec!["upload", samples, &place, "--dry-run"], 1),
            (vec!["fix", PLACE, "--all", "--yes"], 0),
            (vec!["upload", samples, &place], 1),
            (vec!["upload", "--resume", "--decide", "redact"], 0),
            (vec!["upload", samples, &place, "--decide", "redact"], 0),
            (vec!["scan", PLACE], 1),
            (vec!["findings"], 0),
            (vec!["findings", "--all"], 0),
            (vec!["undo", "--yes"], 0),
            (vec!["changes"], 0),
            (vec!["audit", "verify"], 0),
        ] {
            let outcome = sandbox.pillbox().run(&[&arguments[..], &["--format", format]].concat());
            said.push((format!("{arguments:?} --format {format}"), outcome.ended(code)));
        }
    }
    said
}

#[test]
fn no_value_and_no_name_gets_out() {
    let sandbox = RunningSandbox::with_sample();
    let samples = sandbox.samples();
    let values = detected_values(&sandbox, &samples);
    assert!(values.len() > 200);
    // As long as somebody has the database open, its journal stays beside it.
    let open = Store::open(sandbox.pillbox().data_dir()).unwrap();

    for (command, outcome) in live_through_the_story(&sandbox, &samples) {
        for (stream, text) in [("output", &outcome.stdout), ("messages", &outcome.stderr)] {
            assert_eq!(leaks(text.as_bytes(), &values), [""; 0], "{stream} of {command}");
            assert_eq!(names(text.as_bytes()), [""; 0], "{stream} of {command}");
        }
    }

    let files = files_below(sandbox.pillbox().data_dir());
    let name_of = |file: &Path| file.file_name().unwrap().to_str().unwrap().to_owned();
    let all: Vec<String> = files.iter().map(|file| name_of(file)).collect();
    for part in ["pillbox.db", "pillbox.db-wal", "pillbox.db-shm"] {
        assert!(all.iter().any(|name| name == part), "{part} is not in {all:?}");
    }
    for file in &files {
        let bytes = fs::read(file).unwrap();
        assert_eq!(leaks(&bytes, &values), [""; 0], "{}", file.display());
        if !name_of(file).starts_with("pillbox.db") {
            assert_eq!(names(&bytes), [""; 0], "{}", file.display());
        }
    }
    // The log names uploads, changes and buckets by their ids, so that it can be shown to others.
    let log = format!("{:?}", open.audit(0, 1000).unwrap());
    assert_eq!(names(log.as_bytes()), [""; 0]);
    assert!(!log.contains("rx-2026"), "a key is in the log");
}

#[test]
fn names_are_shown_to_who_asks_for_them_and_values_are_not() {
    let sandbox = RunningSandbox::with_sample();
    let samples = sandbox.samples();
    let values = detected_values(&sandbox, &samples);
    let hidden = sandbox.pillbox().run(&["scan", samples.to_str().unwrap(), "--format", "jsonl"]).ended(1);
    let shown = sandbox.pillbox().run(&["scan", samples.to_str().unwrap(), "--format", "jsonl", "--reveal"]).ended(1);
    assert_eq!(names(hidden.stdout.as_bytes()), [""; 0]);
    assert_eq!(names(shown.stdout.as_bytes()), PATIENTS);
    assert_eq!(leaks(shown.stdout.as_bytes(), &values), [""; 0]);
    assert_eq!(hidden.the("summary"), shown.the("summary"));
}
