//! The same values are found in each format, at places that a person can go to; what can't be read is named.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use support::{Outcome, Pillbox, RunningSandbox};

const LABELS: [&str; 3] = ["Patient name", "Date of birth", "Medicare No"];
const VALUES: [&str; 3] = ["Jane Doe", "12/12/2012", "2123 45670 1"];
const FOUND: [&str; 3] = ["AUSTRALIA_MEDICARE_NUMBER", "DATE_OF_BIRTH", "NAME"];

fn lines() -> String {
    LABELS.iter().zip(VALUES).map(|(label, value)| format!("{label}: {value}\r\n")).collect()
}

fn table(delimiter: &str) -> String {
    format!("{}\r\n{}\r\n{}\r\n", LABELS.join(delimiter), VALUES.join(delimiter), ["", "", ""].join(delimiter))
}

fn record() -> String {
    let [name, born, medicare] = VALUES;
    format!(r#"{{"patient": {{"patient name": "{name}", "dob": "{born}", "medicare no": "{medicare}"}}}}"#)
}

/// The planted values in texts of every kind.
fn planted() -> Vec<(&'static str, Vec<u8>)> {
    let text = lines();
    let [name, born, medicare] = VALUES;
    let utf16 = text.encode_utf16().flat_map(u16::to_le_bytes);
    vec![
        ("plain.txt", text.clone().into_bytes()),
        ("utf-16.txt", [0xff, 0xfe].into_iter().chain(utf16.clone()).collect()),
        ("utf-16-without-mark.txt", utf16.collect()),
        ("windows-1252.txt", [b"Caf\xe9 \xa35\r\n", text.as_bytes()].concat()),
        ("table.csv", table(",").into_bytes()),
        ("table.tsv", table("\t").into_bytes()),
        ("pipes.txt", table("|").into_bytes()),
        ("record.json", record().into_bytes()),
        ("records.jsonl", format!("{}\n{{\"visits\": 1}}\n", record()).into_bytes()),
        (
            "record.xml",
            format!(
                "<?xml version=\"1.0\"?>\n<record>\n<patient_name>{name}</patient_name>\n<dob>{born}</dob>\n\
                 <medicare_no>{medicare}</medicare_no>\n</record>\n"
            )
            .into_bytes(),
        ),
        ("letter.rtf", format!("{{\\rtf1\\ansi {}}}", text.replace("\r\n", "\\par\r\n")).into_bytes()),
    ]
}

fn scan(folder: &Path) -> Outcome {
    let pillbox = Pillbox::new(&folder.join("data"));
    pillbox.run(&["scan", folder.join("in").to_str().unwrap(), "--format", "jsonl", "--reveal"])
}

fn write(folder: &Path, files: &[(&str, Vec<u8>)]) {
    fs::create_dir_all(folder.join("in")).unwrap();
    for (name, bytes) in files {
        fs::write(folder.join("in").join(name), bytes).unwrap();
    }
}

fn of<'d>(detections: &'d [Value], source: &str, identifier: &str) -> &'d Value {
    let found = detections.iter().find(|it| it["source"] == source && it["identifier"] == identifier);
    found.unwrap_or_else(|| panic!("{identifier} in {source} is not in {detections:#?}"))
}

#[test]
fn the_same_values_are_found_in_every_format() {
    let folder = tempfile::tempdir().unwrap();
    let files = planted();
    write(folder.path(), &files);
    let outcome = scan(folder.path()).ended(1);
    let detections = outcome.of_type("detection");
    for (name, _) in &files {
        let found: BTreeSet<&str> = detections
            .iter()
            .filter(|it| it["source"] == *name)
            .map(|it| it["identifier"].as_str().unwrap())
            .filter(|identifier| FOUND.contains(identifier))
            .collect();
        assert_eq!(found, BTreeSet::from(FOUND), "{name}");
    }
    assert_eq!(outcome.the("summary")["skipped"], 0);
}

#[test]
fn places_in_documents_lead_to_the_value() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &planted());
    let detections = scan(folder.path()).ended(1).of_type("detection");
    let cell = &of(&detections, "table.csv", "AUSTRALIA_MEDICARE_NUMBER")["location"];
    assert_eq!(*cell, json!({"part": {"kind": "cell", "row": 2, "column": 3, "columnName": "Medicare No"}}));
    let record = &of(&detections, "record.json", "DATE_OF_BIRTH")["location"];
    assert_eq!(*record, json!({"part": {"kind": "record", "index": 0, "path": "$.patient.dob"}}));
    assert!(of(&detections, "plain.txt", "NAME").get("location").is_none());
    let text = Pillbox::new(&folder.path().join("data")).run(&["scan", folder.path().join("in").to_str().unwrap()]);
    assert!(text.stdout.contains("$.patient.dob") && text.stdout.contains("row 2, column Medicare No"), "{text:?}");
}

#[test]
fn what_is_too_deep_damaged_or_binary_is_named_and_counted() {
    let folder = tempfile::tempdir().unwrap();
    let deep = "[".repeat(10_000);
    write(
        folder.path(),
        &[
            ("deep.json", deep.into_bytes()),
            ("broken.zip", b"PK\x03\x04 and nothing of an archive".to_vec()),
            ("broken.gz", b"\x1f\x8b\x08\x00 not deflated at all".to_vec()),
            ("picture.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec()),
        ],
    );
    let outcome = scan(folder.path()).ended(2);
    let reasons: Vec<(String, String)> = outcome
        .of_type("skipped")
        .iter()
        .map(|it| (it["source"].as_str().unwrap().to_owned(), it["reason"].as_str().unwrap().to_owned()))
        .collect();
    let names: Vec<&str> = reasons.iter().map(|(source, _)| source.as_str()).collect();
    assert_eq!(names, ["broken.gz", "broken.zip", "deep.json", "picture.png"], "{reasons:?}");
    assert_eq!(reasons[2].1, "JSON_NESTING_LEVEL_OVER_LIMIT");
    assert_eq!(reasons[3].1, "UNSUPPORTED_FILE_TYPE");
    assert_eq!(outcome.the("summary")["skipped"], 4);
}

#[test]
fn a_document_is_stored_as_what_it_is_and_can_not_be_blacked_out() {
    let sandbox = RunningSandbox::with_sample();
    let bucket = "s3://the-pain-killer-practice";
    sandbox.pillbox().run(&["fix", bucket, "--all", "--yes"]).ended(0);
    let source = sandbox.folder().join("letters");
    fs::create_dir(&source).unwrap();
    fs::write(source.join("good.json"), record()).unwrap();
    fs::write(source.join("card.rtf"), "{\\rtf1\\ansi Card: 4000 0649 7537 1103\\par}").unwrap();
    let upload = |arguments: &[&str]| {
        let fixed = ["upload", source.to_str().unwrap(), "s3://the-pain-killer-practice/rx/", "--format", "jsonl"];
        sandbox.pillbox().run(&[&fixed, arguments].concat())
    };
    let held = upload(&["--decide", "redact"]).ended(1);
    assert_eq!(held.the("file")["state"], "needsDecision");
    assert_eq!(held.the("summary")["verified"], 1);
    upload(&["--decide", "send", "--reason", "asked for by the insurer"]).ended(0);
    for (key, kind) in [("rx/good.json", "application/json"), ("rx/card.rtf", "application/rtf")] {
        let arguments = ["s3api", "head-object", "--bucket", "the-pain-killer-practice", "--key", key];
        assert_eq!(sandbox.aws().json(&arguments)["ContentType"], kind, "{key}");
    }
}
