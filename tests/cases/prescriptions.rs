//! What a prescription is, and whose: told of a file as a whole, and asked about where patients may be mixed up.

use std::fs;
use std::path::PathBuf;

use serde_json::Value;
use support::{Outcome, Pillbox, RunningSandbox};

const BUCKET: &str = "the-pain-killer-practice";
const DESTINATION: &str = "s3://the-pain-killer-practice/rx/";

fn prescription(patient: &str) -> String {
    format!(
        "Prescription\r\nPatient: {patient}\r\nRx: Amoxicillin 500 mg capsules\r\nDirections: one three times a day\r\n\
         Quantity: 20\r\nRepeats: 1\r\nPrescriber: Dr Ann Sample\r\n"
    )
}

fn two_patients() -> String {
    format!("{}\r\n{}", prescription("Jane Doe"), prescription("Amara Okafor"))
}

/// A shut bucket and an empty folder to send from.
struct Practice {
    sandbox: RunningSandbox,
    folder: PathBuf,
}

impl Practice {
    fn open() -> Self {
        let sandbox = RunningSandbox::with_sample();
        sandbox.pillbox().run(&["fix", &format!("s3://{BUCKET}"), "--all", "--yes"]).ended(0);
        let folder = sandbox.folder().join("scripts");
        fs::create_dir_all(&folder).unwrap();
        Self { sandbox, folder }
    }

    fn upload(&self, arguments: &[&str]) -> Outcome {
        let fixed = ["upload", self.folder.to_str().unwrap(), DESTINATION, "--format", "jsonl", "--reveal"];
        self.sandbox.pillbox().run(&[&fixed, arguments].concat())
    }
}

fn concerns(file: &Value) -> Vec<&str> {
    file["concerns"].as_array().unwrap().iter().map(|concern| concern.as_str().unwrap()).collect()
}

#[test]
fn a_file_with_two_patients_waits_and_blacking_out_does_not_send_it() {
    let practice = Practice::open();
    fs::write(practice.folder.join("scripts.txt"), two_patients()).unwrap();
    fs::write(practice.folder.join("rx-1.txt"), prescription("Jane Doe")).unwrap();
    let held = practice.upload(&[]).ended(1);
    let file = held.the("file");
    assert_eq!((&file["name"], &file["state"]), (&"scripts.txt".into(), &"needsDecision".into()));
    assert_eq!(concerns(&file), ["twoPatients"]);
    assert_eq!(held.the("summary")["verified"], 1);
    let redacted = practice.upload(&["--decide", "redact"]).ended(1);
    assert_eq!(redacted.the("summary")["needsDecision"], 1);
    let sent = practice.upload(&["--decide", "send", "--reason", "a family on one form"]).ended(0);
    assert_eq!(sent.the("summary")["verified"], 1);
}

#[test]
fn a_file_that_is_named_after_another_patient_waits() {
    let practice = Practice::open();
    fs::write(practice.folder.join("smith-peter.txt"), prescription("Jane Doe")).unwrap();
    fs::write(practice.folder.join("doe-jane.txt"), prescription("Jane Doe").replace("Quantity: 20", "Quantity: 30"))
        .unwrap();
    let held = practice.upload(&[]).ended(1);
    let file = held.the("file");
    assert_eq!((&file["name"], &file["state"]), (&"smith-peter.txt".into(), &"needsDecision".into()));
    assert_eq!(concerns(&file), ["otherPatient"]);
    assert_eq!(held.the("summary")["verified"], 1);
}

#[test]
fn a_file_that_is_no_prescription_is_told_and_sent() {
    let practice = Practice::open();
    fs::write(practice.folder.join("notes.txt"), "The printer of room 2 is out of paper.\r\n").unwrap();
    practice.upload(&[]).ended(0);
    let scanned = practice.sandbox.pillbox().run(&["scan", DESTINATION, "--format", "jsonl"]).ended(0);
    let notice = scanned.the("notice");
    assert_eq!((&notice["source"], &notice["notice"]), (&"rx/notes.txt".into(), &"noPrescription".into()));
}

#[test]
fn a_file_that_is_no_prescription_waits_where_the_practice_wants_that() {
    let practice = Practice::open();
    practice.sandbox.pillbox().run(&["rules", "not-a-prescription", "ask"]).ended(0);
    fs::write(practice.folder.join("notes.txt"), "The printer of room 2 is out of paper.\r\n").unwrap();
    fs::write(practice.folder.join("rx-1.txt"), prescription("Jane Doe")).unwrap();
    let held = practice.upload(&[]).ended(1);
    let file = held.the("file");
    assert_eq!((&file["name"], &file["state"]), (&"notes.txt".into(), &"needsDecision".into()));
    assert_eq!((concerns(&file), &held.the("summary")["verified"]), (vec!["noPrescription"], &1.into()));
}

#[test]
fn a_bucket_is_asked_for_prescriptions_only_where_they_belong() {
    let practice = Practice::open();
    fs::write(practice.folder.join("notes.txt"), "The printer of room 2 is out of paper.\r\n").unwrap();
    let scripts = practice.folder.to_str().unwrap();
    practice.upload(&[]).ended(0);
    practice.sandbox.pillbox().run(&["upload", scripts, "s3://the-pain-killer-practice/prescriptions/new/"]).ended(0);
    // A computer that has sent nothing to `rx/` does not know that prescriptions lie there.
    let other = practice
        .sandbox
        .environment()
        .into_iter()
        .fold(Pillbox::new(&practice.sandbox.folder().join("other")), |pillbox, (name, value)| {
            pillbox.with(name, &value)
        });
    let notices = |prefix: &str| {
        let scanned = other.run(&["scan", &format!("s3://{BUCKET}/{prefix}"), "--format", "jsonl"]).ended(0);
        scanned.of_type("notice").iter().map(|notice| notice["source"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(notices("rx/"), [""; 0]);
    assert_eq!(notices("prescriptions/new/"), ["prescriptions/new/notes.txt"]);
}

#[test]
fn a_scan_tells_of_two_patients_and_calls_a_prescription_one() {
    let folder = tempfile::tempdir().unwrap();
    let scripts = folder.path().join("scripts");
    fs::create_dir(&scripts).unwrap();
    fs::write(scripts.join("both.txt"), two_patients()).unwrap();
    fs::write(scripts.join("one.txt"), prescription("Jane Doe")).unwrap();
    fs::write(scripts.join("other.txt"), "Nothing of anybody.\n").unwrap();
    let pillbox = Pillbox::new(&folder.path().join("data"));
    let outcome = pillbox.run(&["scan", scripts.to_str().unwrap(), "--format", "jsonl"]).ended(1);
    let notice = outcome.the("notice");
    assert_eq!((&notice["source"], &notice["notice"]), (&"both.txt".into(), &"twoPatients".into()));
    let documents = outcome.of_type("detection").into_iter().filter(|it| it["identifier"] == "PRESCRIPTION_DOCUMENT");
    let sources: Vec<Value> = documents.map(|document| document["source"].clone()).collect();
    assert_eq!(sources, ["both.txt", "one.txt"]);
    let text = pillbox.run(&["scan", scripts.to_str().unwrap()]).ended(1).stdout;
    assert!(text.contains("It is about two patients or more."), "{text}");
}
