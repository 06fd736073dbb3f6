//! What was scanned is what is stored, and what was not proved is never called safe.

use std::fs;
use std::path::{Path, PathBuf};

use pillbox_app::SectionKind;
use pillbox_model::{Decision, ErrorCode, FileState};
use serde_json::Value;
use support::{Asked, Fate, Outcome, Program, Proxy, RunningSandbox, Tally, sha256_of};

const BUCKET: &str = "the-pain-killer-practice";
const DESTINATION: &str = "s3://the-pain-killer-practice/rx/";
const SCRIPT: &str = "Rx Examplillin 500 mg capsules, 20\n1 three times a day\n";

/// A shut bucket, and a folder with so many prescriptions.
fn practice(files: u64) -> (RunningSandbox, PathBuf) {
    let sandbox = RunningSandbox::with_sample();
    sandbox.shut();
    let folder = sandbox.folder().join("scripts");
    fs::create_dir_all(&folder).unwrap();
    for number in 1..=files {
        fs::write(folder.join(format!("rx-{number:03}.txt")), format!("{SCRIPT}Repeats: {number}\n")).unwrap();
    }
    (sandbox, folder)
}

/// Uploads the folder by way of a proxy.
fn upload(sandbox: &RunningSandbox, folder: &Path, script: impl Fn(&Asked) -> Fate + Send + Sync + 'static) -> Outcome {
    let proxy = Proxy::start(&sandbox.endpoint(), script);
    let pillbox = sandbox.pillbox().with("AWS_ENDPOINT_URL", proxy.endpoint());
    pillbox.run(&["upload", folder.to_str().unwrap(), DESTINATION, "--format", "jsonl"])
}

fn only_file(outcome: &Outcome) -> Value {
    outcome.the("file")
}

#[test]
fn a_bit_that_flips_on_the_way_back_is_seen() {
    for unsigned in [false, true] {
        let (sandbox, folder) = practice(1);
        let flip = move |asked: &Asked| {
            if asked.is_object("GET") { Fate::Flipped { unsigned } } else { Fate::Passed }
        };
        let outcome = upload(&sandbox, &folder, flip).ended(2);
        let file = only_file(&outcome);
        assert_eq!((&file["state"], &file["code"]), (&"failed".into(), &"checksumMismatch".into()), "{unsigned}");
        let summary = outcome.the("summary");
        assert_eq!(
            (&summary["verified"], &summary["alreadyThere"], &summary["failed"]),
            (&0.into(), &0.into(), &1.into())
        );
    }
}

#[test]
fn a_bit_that_flips_in_a_large_file_is_seen() {
    let (sandbox, folder) = practice(0);
    fs::write(folder.join("large.txt"), SCRIPT.repeat(9 * 1024 * 1024 / SCRIPT.len())).unwrap();
    let flip = |asked: &Asked| if asked.is_object("GET") { Fate::Flipped { unsigned: true } } else { Fate::Passed };
    let outcome = upload(&sandbox, &folder, flip).ended(2);
    assert_eq!(only_file(&outcome)["code"], "checksumMismatch");
    assert_eq!(outcome.the("summary")["verified"], 0);
}

#[test]
fn a_lost_answer_is_found_to_be_the_same_object() {
    let (sandbox, folder) = practice(1);
    let puts = Tally::default();
    let seen = puts.clone();
    let lose_first = move |asked: &Asked| {
        if asked.is_object("PUT") && puts.add() == 0 { Fate::Unanswered } else { Fate::Passed }
    };
    let outcome = upload(&sandbox, &folder, lose_first).ended(0);
    assert!(seen.count() >= 2, "it was tried again");
    let summary = outcome.the("summary");
    assert_eq!(summary["verified"].as_u64().unwrap() + summary["alreadyThere"].as_u64().unwrap(), 1, "{summary}");
    assert_eq!(sandbox.versions("rx/"), ["rx/rx-001.txt"], "one version");
}

#[test]
fn a_store_that_asks_for_patience_gets_everything() {
    let (sandbox, folder) = practice(30);
    let puts = Tally::default();
    // The first answers are refusals, of files that are on their way at once.
    let refuse_first = move |asked: &Asked| match asked.is_object("PUT").then(|| puts.add()) {
        Some(0..10) => Fate::Refused(503, "SlowDown"),
        Some(10..14) => Fate::Refused(500, "InternalError"),
        _ => Fate::Passed,
    };
    let outcome = upload(&sandbox, &folder, refuse_first).ended(0);
    assert_eq!(outcome.the("summary")["verified"], 30);
    assert_eq!(sandbox.versions("rx/").len(), 30);
}

#[test]
fn a_wire_that_is_cut_costs_nothing_but_time() {
    let (sandbox, folder) = practice(60);
    let puts = Tally::default();
    // From the 21st on nothing comes through any more, whatever it is.
    let cut_off = move |asked: &Asked| {
        if asked.is_object("PUT") {
            puts.add();
        }
        if puts.count() > 20 { Fate::Cut } else { Fate::Passed }
    };
    let outcome = upload(&sandbox, &folder, cut_off).ended(2);
    let summary = outcome.the("summary");
    let safe = summary["verified"].as_u64().unwrap() + summary["alreadyThere"].as_u64().unwrap();
    assert!(safe <= 20 && safe <= sandbox.versions("rx/").len() as u64, "{summary}");

    let finished = sandbox.pillbox().run(&["upload", "--resume", "--format", "jsonl"]).ended(0);
    let summary = finished.the("summary");
    let safe = summary["verified"].as_u64().unwrap() + summary["alreadyThere"].as_u64().unwrap();
    assert_eq!(safe, 60, "{summary}");
    assert_eq!(sandbox.versions("rx/").len(), 60, "each once");
    let copy = sandbox.folder().join("copy");
    sandbox.aws().run(&["s3", "sync", "--quiet", DESTINATION, copy.to_str().unwrap()]);
    for number in 1..=60 {
        let name = format!("rx-{number:03}.txt");
        assert_eq!(sha256_of(&copy.join(&name)), sha256_of(&folder.join(&name)));
    }
}

#[test]
fn who_may_not_read_back_is_never_told_that_it_is_safe() {
    let (sandbox, folder) = practice(1);
    sandbox.deny(&["s3:GetObject", "s3:GetObjectVersion"]);
    let arguments = ["upload", folder.to_str().unwrap(), DESTINATION];
    let outcome = sandbox.pillbox().run(&[&arguments[..], &["--format", "jsonl"]].concat()).ended(2);
    let file = only_file(&outcome);
    assert_eq!((&file["state"], &file["code"]), (&"storedNotReadBack".into(), &"storedNotReadBack".into()));
    let summary = outcome.the("summary");
    assert_eq!((&summary["verified"], &summary["alreadyThere"], &summary["failed"]), (&0.into(), &0.into(), &1.into()));
    assert_eq!(sandbox.versions("rx/").len(), 1, "it is stored");

    fs::write(folder.join("rx-001.txt"), format!("{SCRIPT}another\n")).unwrap();
    fs::rename(folder.join("rx-001.txt"), folder.join("rx-002.txt")).unwrap();
    let text = sandbox.pillbox().run(&["upload", folder.join("rx-002.txt").to_str().unwrap(), DESTINATION]).ended(2);
    assert!(text.stdout.contains("may not read it back"), "{}", text.stdout);
    assert!(text.stdout.contains("0 sent, stored, read back and scanned again"), "{}", text.stdout);
    assert!(!text.stdout.contains("not sent"), "{}", text.stdout);
}

#[test]
fn a_decision_on_other_bytes_is_void_and_the_other_files_go() {
    let (sandbox, folder) = practice(2);
    let changing = folder.join("changing.txt");
    fs::write(&changing, format!("{SCRIPT}Tax file number: 876 543 210\n")).unwrap();
    let vanishing = folder.join("vanishing.txt");
    fs::write(&vanishing, format!("{SCRIPT}gone\n")).unwrap();
    let mut program = Program::open(&sandbox, &sandbox.folder().join("window"), &sandbox.endpoint());
    let upload = program.review(&folder);
    let asks = program.files(&upload, SectionKind::NeedsDecision);
    assert_eq!(asks.iter().map(|file| file.name.as_str()).collect::<Vec<_>>(), ["changing.txt"]);
    let send = Decision::Send { reason: "the tax office asked for it".to_owned() };
    program.wait(program.app.decide(&upload, &[asks[0].number], Some(&send))).unwrap();
    assert_eq!(program.files(&upload, SectionKind::Ready).len(), 4);

    fs::write(&changing, format!("{SCRIPT}Tax file number: 123 456 782\n")).unwrap();
    fs::remove_file(&vanishing).unwrap();
    program.send(&upload);

    let void = program.files(&upload, SectionKind::NeedsDecision);
    let void: Vec<_> = void.iter().map(|file| (file.name.as_str(), file.code, file.decision.as_ref())).collect();
    assert_eq!(void, [("changing.txt", Some(ErrorCode::SourceChanged), None)]);
    let failed = program.files(&upload, SectionKind::Problem);
    let failed: Vec<_> = failed.iter().map(|file| (file.name.as_str(), file.state, file.code)).collect();
    assert_eq!(failed, [("vanishing.txt", FileState::Failed, Some(ErrorCode::SourceVanished))]);
    assert_eq!(program.files(&upload, SectionKind::Verified).len(), 2);
    let objects = sandbox.aws().json(&["s3api", "list-objects-v2", "--bucket", BUCKET, "--prefix", "prescriptions/"]);
    assert_eq!(objects["Contents"].as_array().unwrap().len(), 2);
}

#[test]
fn what_is_sent_is_what_lies_there_when_it_is_sent() {
    let (sandbox, folder) = practice(1);
    let file = folder.join("rx-001.txt");
    let mut program = Program::open(&sandbox, &sandbox.folder().join("window"), &sandbox.endpoint());
    let upload = program.review(&folder);
    fs::write(&file, format!("{SCRIPT}another dose\n")).unwrap();
    program.send(&upload);
    assert_eq!(program.files(&upload, SectionKind::Verified).len(), 1);
    let copy = sandbox.folder().join("copy.txt");
    let key = format!("s3://{BUCKET}/prescriptions/2026/11/rx-001.txt");
    sandbox.aws().run(&["s3", "cp", "--quiet", &key, copy.to_str().unwrap()]);
    assert_eq!(fs::read(copy).unwrap(), fs::read(file).unwrap());
}
