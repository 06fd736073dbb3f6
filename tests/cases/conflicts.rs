//! Something else lies where files are to go: a person settles it for one file, or for all.

use std::fs;

use pillbox_app::{FileRow, SectionKind};
use pillbox_model::{FileState, OnConflict};
use support::{Program, RunningSandbox};

const BUCKET: &str = "the-pain-killer-practice";
const PREFIX: &str = "prescriptions/2026/11/rx-";

/// Another client's objects lie under the keys of so many files.
fn practice(files: u64) -> RunningSandbox {
    let sandbox = RunningSandbox::with_sample();
    sandbox.shut();
    let (folder, theirs) = (sandbox.folder().join("scripts"), sandbox.folder().join("theirs.txt"));
    fs::create_dir_all(&folder).unwrap();
    fs::write(&theirs, "theirs\n").unwrap();
    for number in 1..=files {
        let text = format!("Rx Examplillin 500 mg capsules, 20\n1 three times a day\nRepeats: {number}\n");
        fs::write(folder.join(format!("rx-{number}.txt")), text).unwrap();
        let (key, body) = (format!("{PREFIX}{number}.txt"), theirs.to_str().unwrap());
        sandbox.aws().run(&["s3api", "put-object", "--bucket", BUCKET, "--key", &key, "--body", body]);
    }
    sandbox
}

fn numbers(rows: &[FileRow]) -> Vec<u64> {
    rows.iter().map(|row| row.number).collect()
}

#[test]
fn a_choice_holds_for_one_file_or_for_all() {
    let sandbox = practice(4);
    let mut program = Program::open(&sandbox, &sandbox.folder().join("window"), &sandbox.endpoint());
    let upload = program.review(&sandbox.folder().join("scripts"));
    program.send(&upload);
    let problems = program.files(&upload, SectionKind::Problem);
    assert_eq!(problems.len(), 4);
    assert!(problems.iter().all(|row| row.state == FileState::Conflict && row.replaceable));

    let [first, second] = [problems[0].number, problems[1].number];
    program.wait(program.app.resolve_conflicts(&upload, Some(&[first]), OnConflict::KeepBoth)).unwrap();
    program.wait(program.app.resolve_conflicts(&upload, Some(&[second]), OnConflict::Skip)).unwrap();
    program.send(&upload);
    assert_eq!(numbers(&program.files(&upload, SectionKind::Verified)), [first]);
    assert_eq!(numbers(&program.files(&upload, SectionKind::LeftOut)), [second]);
    assert_eq!(program.files(&upload, SectionKind::Problem).len(), 2, "the others are asked for still");

    program.wait(program.app.resolve_conflicts(&upload, None, OnConflict::KeepBoth)).unwrap();
    program.send(&upload);
    assert_eq!(program.files(&upload, SectionKind::Verified).len(), 3);
    let copies = sandbox.versions(PREFIX).iter().filter(|key| key.contains(" (2).txt")).count();
    assert_eq!(copies, 3);
}

#[test]
fn nothing_is_settled_by_asking() {
    let sandbox = practice(1);
    let mut program = Program::open(&sandbox, &sandbox.folder().join("window"), &sandbox.endpoint());
    let upload = program.review(&sandbox.folder().join("scripts"));
    program.send(&upload);
    for choice in [OnConflict::Ask, OnConflict::Fail] {
        program.wait(program.app.resolve_conflicts(&upload, None, choice)).unwrap_err();
    }
    assert_eq!(program.files(&upload, SectionKind::Problem).len(), 1);
}
