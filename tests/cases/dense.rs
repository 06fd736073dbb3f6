//! Texts that are full of what is found: all of it is counted and blacked out, and what is listed has a bound.

use std::fs;

use serde_json::Value;
use support::{Pillbox, RunningSandbox};

const CARD: &str = "Card: 4000 0649 7537 1103\n";
const CARDS: u64 = 60_000;
/// So many are listed one by one.
const LISTED: u64 = 50_000;

#[test]
fn all_is_counted_and_the_first_of_each_kind_are_listed() {
    let folder = tempfile::tempdir().unwrap();
    let small = format!("{}TFN: 123 456 782\n", CARD.repeat(CARDS as usize));
    // Above 8 MiB a text is looked into as it comes.
    let large = format!("{small}{}", "Nothing to see here, nothing at all.\n".repeat(250_000));
    assert!(large.len() > 8 << 20);
    for (name, text) in [("small.txt", small), ("large.txt", large)] {
        let file = folder.path().join(name);
        fs::write(&file, text).unwrap();
        let pillbox = Pillbox::new(&folder.path().join("data"));
        let outcome = pillbox.run(&["scan", file.to_str().unwrap(), "--format", "jsonl"]).ended(1);
        // Parsed once: there is much of it.
        let said = outcome.objects();
        let of_type = |kind: &str| -> Vec<&Value> { said.iter().filter(|object| object["type"] == kind).collect() };
        let listed = of_type("detection");
        assert_eq!(listed.len() as u64, LISTED + 1, "{name}");
        assert_eq!(listed.last().unwrap()["identifier"], "AUSTRALIA_TAX_FILE_NUMBER", "{name}");
        assert!(listed.iter().all(|detection| detection["severity"] == "High"), "{name}");
        let more = of_type("additionalOccurrences");
        assert_eq!(more.len(), 1, "{name}");
        let more = more[0];
        assert_eq!((&more["identifier"], &more["count"]), (&"CREDIT_CARD_NUMBER".into(), &(CARDS - LISTED).into()));
        assert_eq!(of_type("summary")[0]["detections"], CARDS + 1, "{name}");
    }
}

#[test]
fn all_is_blacked_out() {
    let sandbox = RunningSandbox::with_sample();
    let bucket = "s3://the-pain-killer-practice";
    sandbox.pillbox().run(&["fix", bucket, "--all", "--yes"]).ended(0);
    let source = sandbox.folder().join("cards");
    fs::create_dir(&source).unwrap();
    fs::write(source.join("cards.txt"), CARD.repeat(CARDS as usize)).unwrap();
    let target = format!("{bucket}/rx/");
    let arguments = ["upload", source.to_str().unwrap(), &target, "--decide", "redact", "--format", "jsonl"];
    let outcome = sandbox.pillbox().run(&arguments).ended(0);
    assert_eq!(outcome.the("summary")["verified"], 1);
    let copy = sandbox.folder().join("copy.txt");
    sandbox.aws().run(&["s3", "cp", "--quiet", &format!("{target}cards.txt"), copy.to_str().unwrap()]);
    assert_eq!(fs::read_to_string(copy).unwrap(), "Card: [CREDIT_CARD_NUMBER]\n".repeat(CARDS as usize));
}
