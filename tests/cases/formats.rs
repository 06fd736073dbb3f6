//! The same values are found in each format, at places that a person can go to; what can't be read is named.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use support::{Outcome, Pillbox, RunningSandbox, every_format};

/// What is planted in each file: the label, the value, and what it is.
const PLANTED: [(&str, &str, &str); 5] = [
    ("Patient name", "Jane Doe", "NAME"),
    ("Date of birth", "12/12/2012", "DATE_OF_BIRTH"),
    ("TFN", "123 456 782", "AUSTRALIA_TAX_FILE_NUMBER"),
    ("Medicare No", "2123 45670 1", "AUSTRALIA_MEDICARE_NUMBER"),
    ("Card number", "4000 0649 7537 1103", "CREDIT_CARD_NUMBER"),
];

fn planted() -> Vec<(&'static str, Vec<u8>)> {
    every_format(&PLANTED.map(|(label, value, _)| (label, value)))
}

fn record() -> String {
    let [(_, name, _), (_, born, _), _, (_, medicare, _), _] = PLANTED;
    format!(r#"{{"patient": {{"patient name": "{name}", "dob": "{born}", "medicare no": "{medicare}"}}}}"#)
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
        let of_file = detections.iter().filter(|it| it["source"] == *name);
        let mut found: Vec<&str> = of_file.map(|it| it["identifier"].as_str().unwrap()).collect();
        // Who writes to whom is in the head of a message.
        found.retain(|identifier| !(*name == "message.eml" && *identifier == "EMAIL_ADDRESS"));
        assert_eq!(found, PLANTED.map(|(_, _, identifier)| identifier), "{name}");
    }
    let summary = outcome.the("summary");
    assert_eq!((&summary["files"], &summary["skipped"]), (&files.len().into(), &0.into()));
}

/// Where in its document the Medicare number of each file lies.
fn locations() -> Vec<(&'static str, Value)> {
    let cell = json!({"kind": "cell", "row": 2, "column": 4, "columnName": "Medicare No"});
    let sheet = json!({"kind": "cell", "sheet": "Patients", "row": 2, "column": 4, "columnName": "Medicare No"});
    let record = |path: &str| json!({"part": {"kind": "record", "index": 0, "path": path}});
    vec![
        ("table.csv", json!({"part": cell})),
        ("table.tsv", json!({"part": cell})),
        ("pipes.txt", json!({"part": cell})),
        ("book.xlsx", json!({"part": sheet})),
        // What a name in JSON says may be a patient's name; only plain words are shown.
        ("record.json", record("$.patients[0].*")),
        ("records.jsonl", record("$.patients[0].*")),
        ("record.xml", record("/record/Medicare_No")),
        ("message.hl7", record("NTE-3")),
        ("letter.pdf", json!({"part": {"kind": "page", "number": 1}})),
        ("letter.txt.gz", json!({"member": "letter.txt"})),
        ("letters.zip", json!({"member": "folder/letter.txt"})),
        ("letters.tar", json!({"member": "folder/letter.txt"})),
        ("letters.tar.gz", json!({"member": "letters.tar!/folder/letter.txt"})),
        ("nested.zip", json!({"member": "inner/letter.docx"})),
    ]
}

#[test]
fn places_in_documents_lead_to_the_value() {
    let folder = tempfile::tempdir().unwrap();
    let files = planted();
    write(folder.path(), &files);
    let detections = scan(folder.path()).ended(1).of_type("detection");
    let locations = locations();
    for (name, _) in &files {
        let expected = locations.iter().find(|(of, _)| of == name).map_or(&Value::Null, |(_, location)| location);
        let found = of(&detections, name, "AUSTRALIA_MEDICARE_NUMBER");
        assert_eq!(found.get("location").unwrap_or(&Value::Null), expected, "{name}");
    }
    let text = Pillbox::new(&folder.path().join("data")).run(&["scan", folder.path().join("in").to_str().unwrap()]);
    for part in ["$.patients[0].TFN", "row 2, column Medicare No", "page 1", "sheet Patients"] {
        assert!(text.stdout.contains(part), "{part} is not in {}", text.stdout);
    }
}

#[test]
fn places_in_texts_are_bytes_lines_and_columns() {
    let folder = tempfile::tempdir().unwrap();
    let files = planted();
    write(folder.path(), &files);
    let detections = scan(folder.path()).ended(1).of_type("detection");
    let texts: Vec<_> = files.iter().filter(|(name, _)| TEXTS.iter().any(|ending| name.ends_with(ending))).collect();
    assert_eq!(texts.len(), 17);
    for (name, bytes) in texts {
        for (_, value, identifier) in PLANTED {
            let found = of(&detections, name, identifier);
            let number = |field: &str| usize::try_from(found[field].as_u64().unwrap()).unwrap();
            // All values are ASCII: what UTF-16 adds to them are zeros.
            let plain = |bytes: &[u8]| bytes.iter().copied().filter(|byte| *byte != 0).collect::<Vec<u8>>();
            assert_eq!(plain(&bytes[number("start")..number("end")]), value.as_bytes(), "{identifier} in {name}");
            let before = plain(&bytes[..number("start")]);
            let ends = before.iter().filter(|byte| **byte == b'\n' || (**byte == b'\r' && name.ends_with("hl7")));
            assert_eq!(number("line"), ends.count() + 1, "{identifier} in {name}");
            let line = before.iter().rev().take_while(|byte| !matches!(byte, b'\n' | b'\r'));
            let mark = if number("line") == 1 { mark_of(&before) } else { 0 };
            assert_eq!(number("column"), line.count() - mark + 1, "{identifier} in {name}");
        }
    }
}

/// How the files are called whose bytes are their text.
const TEXTS: [&str; 8] = [".txt", ".csv", ".tsv", ".json", ".jsonl", ".xml", ".html", ".hl7"];

/// How many bytes of a text's beginning are a byte order mark.
fn mark_of(text: &[u8]) -> usize {
    [&b"\xEF\xBB\xBF"[..], b"\xFF\xFE", b"\xFE\xFF"]
        .into_iter()
        .find(|mark| text.starts_with(mark))
        .map_or(0, <[u8]>::len)
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
