//! The text that the story began with.

use serde_json::json;
use support::Pillbox;

const TEXT: &str = "name: Jane Doe\n\
                    address: Campbell Road\n\
                    date of birth: 12/12/2012\n\
                    email address: jane@example.org\n\
                    medical record number: 4432134\n";

const EXPECTED: [(&str, &str, u64, u64); 5] = [
    ("NAME", "Jane Doe", 1, 7),
    ("ADDRESS", "Campbell Road", 2, 10),
    ("DATE_OF_BIRTH", "12/12/2012", 3, 16),
    ("EMAIL_ADDRESS", "jane@example.org", 4, 16),
    ("MEDICAL_RECORD_NUMBER", "4432134", 5, 24),
];

#[test]
fn all_five_are_found_at_their_places_and_no_other() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("story.txt");
    std::fs::write(&file, TEXT).unwrap();
    let pillbox = Pillbox::new(&folder.path().join("data"));
    let outcome = pillbox.run(&["scan", file.to_str().unwrap(), "--format", "jsonl"]).ended(1);
    let found = outcome.of_type("detection");
    assert_eq!(found.len(), EXPECTED.len(), "{found:#?}");
    for (detection, (identifier, value, line, column)) in found.iter().zip(EXPECTED) {
        let start = TEXT.find(value).unwrap();
        assert_eq!(detection["identifier"], identifier);
        assert_eq!(detection["source"], "story.txt");
        assert_eq!(detection["start"], start);
        assert_eq!(detection["end"], start + value.len());
        assert_eq!((&detection["line"], &detection["column"]), (&json!(line), &json!(column)));
    }
    assert_eq!(
        outcome.the("summary"),
        json!({"type": "summary", "files": 1, "bytes": TEXT.len(), "skipped": 0, "detections": 5, "complete": true})
    );
    for (_, value, ..) in EXPECTED {
        assert!(!outcome.stdout.contains(value), "{value} is in the output");
    }
}
