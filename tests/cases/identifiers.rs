//! What is looked for and what is made of it, by `pillbox identifiers` and `pillbox rules`.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use pillbox_store::{Entry, Store};
use serde_json::{Value, json};
use support::{Outcome, Pillbox};

const CHART: &str = r#"
name = "Chart number"
description = "On the paper charts"
regex = 'CH-[0-9]{4}'
keywords = ["chart"]
maximumMatchDistance = 20

[[severityLevels]]
occurrencesThreshold = 2
severity = "High"
"#;

fn pillbox(folder: &Path) -> Pillbox {
    Pillbox::new(&folder.join("data"))
}

fn file(folder: &Path, name: &str, text: &str) -> PathBuf {
    let path = folder.join(name);
    fs::write(&path, text).unwrap();
    path
}

fn with_input(pillbox: &Pillbox, arguments: &[&str], input: &str) -> Outcome {
    let mut command = pillbox.command(arguments);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    Outcome {
        code: output.status.code().unwrap_or(-1),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

fn ids(outcome: &Outcome) -> Vec<String> {
    outcome.of_type("detection").iter().map(|found| found["identifier"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn every_identifier_is_listed_with_what_proves_it_and_is_proved() {
    let folder = tempfile::tempdir().unwrap();
    let pillbox = pillbox(folder.path());
    let listed = pillbox.run(&["identifiers", "list", "--format", "jsonl"]).ended(0).objects();
    for identifier in &listed {
        let filled = |field: &str| identifier[field].as_array().is_some_and(|texts| !texts.is_empty());
        assert!(filled("examples") && filled("counterexamples") && filled("severity"), "{identifier}");
        assert!(identifier["checksum"].is_boolean() && identifier["source"] != "", "{identifier}");
    }
    let medicare = pillbox.run(&["identifiers", "show", "AUSTRALIA_MEDICARE_NUMBER", "--format", "jsonl"]).ended(0);
    assert_eq!(medicare.the("identifier")["checksum"], true);
    assert!(listed.contains(&medicare.the("identifier")));
    let credentials = pillbox.run(&["identifiers", "list", "--category", "credentials", "--format", "jsonl"]).ended(0);
    assert!(credentials.objects().iter().all(|identifier| identifier["category"] == "CREDENTIALS"));
    let checked = pillbox.run(&["identifiers", "check", "--format", "jsonl"]).ended(0).the("summary");
    assert_eq!((&checked["identifiers"], &checked["failures"]), (&json!(listed.len()), &json!(0)));
    let unknown = pillbox.run(&["identifiers", "show", "NO_SUCH"]).ended(2);
    assert!(unknown.stderr.contains("NO_SUCH") && unknown.stderr.contains("help: "), "{}", unknown.stderr);
}

#[test]
fn an_identifier_of_ones_own_is_added_tried_found_exported_and_removed() {
    let folder = tempfile::tempdir().unwrap();
    let pillbox = pillbox(folder.path());
    let add = |text: &str| pillbox.run(&["identifiers", "add", file(folder.path(), "own", text).to_str().unwrap()]);
    add(CHART).ended(0);
    let arguments = ["identifiers", "test", "--identifier", "Chart number", "--format", "jsonl"];
    let tried = with_input(&pillbox, &arguments, "chart: CH-0001, CH-0002\nCH-0003\n").ended(1);
    let found = tried.of_type("detection");
    assert_eq!((found.len(), &found[0]["start"], &found[0]["masked"]), (2, &json!(7), &json!("**-**01")));
    assert_eq!(tried.the("summary")["severity"], "High");
    with_input(&pillbox, &arguments, "CH-0003\n").ended(0);

    let scan = |text: &str| with_input(&pillbox, &["scan", "-", "--format", "jsonl"], text);
    assert_eq!(ids(&scan("chart CH-0001, CH-0002\n").ended(1)), ["Chart number", "Chart number"]);
    assert!(ids(&scan("chart CH-0001\n").ended(0)).is_empty(), "fewer than its threshold");

    let toml = pillbox.run(&["identifiers", "export"]).ended(0).stdout;
    let macie = pillbox.run(&["identifiers", "export", "--to", "macie", "Chart number"]).ended(0).stdout;
    let request: Value = serde_json::from_str(&macie).unwrap();
    assert_eq!(request["severityLevels"], json!([{ "occurrencesThreshold": 2, "severity": "HIGH" }]));
    for exported in [toml, macie] {
        pillbox.run(&["identifiers", "remove", "Chart number"]).ended(0);
        assert_eq!(pillbox.run(&["identifiers", "remove", "Chart number"]).ended(2).stdout, "");
        add(&exported).ended(0);
        assert_eq!(ids(&scan("chart CH-0001, CH-0002\n")).len(), 2);
    }
    pillbox.run(&["identifiers", "off", "Chart number"]).ended(0);
    assert!(ids(&scan("chart CH-0001, CH-0002\n").ended(0)).is_empty());
}

#[test]
fn what_cannot_be_used_is_named_and_nothing_of_the_file_is_taken() {
    let folder = tempfile::tempdir().unwrap();
    let pillbox = pillbox(folder.path());
    let refused = |text: &str, about: &str| {
        let path = file(folder.path(), "own", text);
        let refused = pillbox.run(&["identifiers", "add", path.to_str().unwrap()]).ended(2);
        assert!(refused.stderr.starts_with("error: ") && refused.stderr.contains(about), "{}", refused.stderr);
    };
    refused(r#"{"name":"A","regex":"(?<=x)[0-9]+"}"#, "(?<=");
    refused("[[identifier]]\nname = 'A'\nregex = 'a+'\n[[identifier]]\nname = 'B'\nregex = '(a)\\1'\n", "B: regex");
    refused("name = 'A'\nregex = 'a+'\nvalidator = 'sum'\n", "luhn");
    refused("name = 'NAME'\nregex = 'a+'\n", "NAME");
    refused("name = 'A'\nregexp = 'a+'\n", "line ");
    assert_eq!(pillbox.run(&["identifiers", "export"]).ended(0).stdout.trim(), "identifier = []");
}

#[test]
fn a_switched_off_identifier_is_not_looked_for_until_it_is_on_again() {
    let folder = tempfile::tempdir().unwrap();
    let pillbox = pillbox(folder.path());
    let scan = || ids(&with_input(&pillbox, &["scan", "-", "--format", "jsonl"], "TFN: 123 456 782\n"));
    assert_eq!(scan(), ["AUSTRALIA_TAX_FILE_NUMBER"]);
    pillbox.run(&["identifiers", "off", "AUSTRALIA_TAX_FILE_NUMBER"]).ended(0);
    assert!(!scan().contains(&"AUSTRALIA_TAX_FILE_NUMBER".to_owned()));
    pillbox.run(&["identifiers", "on", "AUSTRALIA_TAX_FILE_NUMBER"]).ended(0);
    assert_eq!(scan(), ["AUSTRALIA_TAX_FILE_NUMBER"]);
}

#[test]
fn the_distance_of_an_identifier_is_set_shown_and_set_back() {
    const TFN: &str = "AUSTRALIA_TAX_FILE_NUMBER";
    let folder = tempfile::tempdir().unwrap();
    let pillbox = pillbox(folder.path());
    let far = "TFN of the person who is named above and whose script this is 123 456 782\n";
    let scan = || ids(&with_input(&pillbox, &["scan", "-", "--format", "jsonl"], far));
    let distance = || {
        pillbox.run(&["identifiers", "show", TFN, "--format", "jsonl"]).ended(0).the("identifier")["distance"].clone()
    };
    assert_eq!((scan(), distance()), (Vec::new(), 30.into()));
    let set = pillbox.run(&["identifiers", "set", TFN, "--distance", "120", "--format", "jsonl"]).ended(0);
    assert_eq!((&set.the("set")["identifier"], &set.the("set")["distance"]), (&TFN.into(), &120.into()));
    assert_eq!((scan(), distance()), (vec![TFN.to_owned()], 120.into()));
    let shown = pillbox.run(&["identifiers", "show", TFN]).ended(0).stdout;
    assert!(shown.contains("within: 120 characters (30 by default)"), "{shown}");
    let listed = pillbox.run(&["identifiers", "list", "--format", "jsonl"]).ended(0).of_type("identifier");
    let listed = listed.iter().find(|identifier| identifier["id"] == TFN).unwrap();
    assert_eq!((&listed["distance"], &listed["distances"]["default"]), (&120.into(), &30.into()));
    let refused = pillbox.run(&["identifiers", "set", TFN, "--distance", "301"]).ended(2);
    assert!(refused.stderr.contains("from 1 to 300"), "{}", refused.stderr);
    pillbox.run(&["identifiers", "set", TFN, "--distance", "near"]).ended(2);
    pillbox.run(&["identifiers", "set", TFN, "--distance", "default"]).ended(0);
    assert_eq!((scan(), distance()), (Vec::new(), 30.into()));
}

#[test]
fn what_a_list_allows_is_no_detection_and_stays_out_of_the_record() {
    let folder = tempfile::tempdir().unwrap();
    let pillbox = pillbox(folder.path());
    let text = "TFN: 123 456 782\ncard 4111 1111 1111 1111\n";
    let scan = || ids(&with_input(&pillbox, &["scan", "-", "--format", "jsonl"], text)).len();
    assert_eq!(scan(), 2);
    pillbox.run(&["rules", "allow", "enable", "Test card numbers"]).ended(0);
    assert_eq!(scan(), 1);
    let words = file(folder.path(), "ours.txt", "\n123456782\n\n");
    let imported = pillbox.run(&["rules", "allow", "import", words.to_str().unwrap(), "--format", "jsonl"]).ended(0);
    let ours = imported.of_type("allowList").into_iter().find(|list| list["name"] == "ours").unwrap();
    assert_eq!((&ours["entries"], &ours["on"]), (&json!(1), &json!(true)));
    assert_eq!(scan(), 0);
    pillbox.run(&["rules", "allow", "disable", "ours"]).ended(0);
    assert_eq!(scan(), 1);
    pillbox.run(&["rules", "allow", "remove", "ours"]).ended(0);
    pillbox.run(&["rules", "allow", "add-regex", "ours", "123[ 0-9]+"]).ended(0);
    assert_eq!(scan(), 0);
    pillbox.run(&["rules", "allow", "add-words", "ours", "a word"]).ended(2);
    pillbox.run(&["rules", "allow", "remove", "Test card numbers"]).ended(2);
    pillbox.run(&["audit", "verify"]).ended(0);
    let entries = Store::open(pillbox.data_dir()).unwrap().audit(0, 100).unwrap();
    let said = |entry: &Entry| format!("{} {} {}", entry.action, entry.subject, entry.details);
    let record = entries.iter().map(said).collect::<Vec<_>>().join("\n");
    assert!(record.contains("allow-list.saved ours") && !record.contains("123"), "{record}");
}

#[test]
fn rules_are_shown_set_and_reset() {
    let folder = tempfile::tempdir().unwrap();
    let pillbox = pillbox(folder.path());
    let rule = |id: &str| {
        let shown = pillbox.run(&["rules", "show", "--format", "jsonl"]).ended(0);
        let rule = shown.of_type("rule").into_iter().find(|rule| rule["identifier"] == id).unwrap();
        rule["disposition"].as_str().unwrap().to_owned()
    };
    assert_eq!(rule("CREDIT_CARD_NUMBER"), "ask");
    pillbox.run(&["rules", "set", "CREDIT_CARD_NUMBER", "refuse"]).ended(0);
    assert_eq!(rule("CREDIT_CARD_NUMBER"), "refuse");
    pillbox.run(&["rules", "reset", "CREDIT_CARD_NUMBER"]).ended(0);
    assert_eq!(rule("CREDIT_CARD_NUMBER"), "ask");
    pillbox.run(&["rules", "set", "NO_SUCH", "ask"]).ended(2);
    pillbox.run(&["rules", "not-a-prescription", "ask"]).ended(0);
    pillbox.run(&["rules", "redaction", "mask"]).ended(0);
    let settings = pillbox.run(&["rules", "show", "--format", "jsonl"]).ended(0).the("settings");
    assert_eq!(settings, json!({ "type": "settings", "notAPrescription": "ask", "redaction": "mask" }));
}
