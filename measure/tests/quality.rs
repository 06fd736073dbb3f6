//! Detection is as good as `docs/quality.md` says, on the documents that its table is made from.

#![expect(clippy::unwrap_used, reason = "a test ends where its scan does")]

use std::collections::BTreeSet;

use pillbox_detect::Engine;
use pillbox_measure::{Score, documents, scan};
use pillbox_model::Detection;

const SEED: u64 = 1;
const DOCUMENTS: u64 = 5000;
const IN_ALL: f64 = 0.99;
const WITH_CHECK_DIGIT: f64 = 0.97;

/// The identifiers whose own first example is proved by a check digit.
fn with_check_digit(engine: &Engine) -> BTreeSet<String> {
    let proves = |id: &str, text: &str| {
        let mut found: Vec<Detection> = Vec::new();
        engine.scan(text, &|| true, &mut found).unwrap();
        found.iter().any(|detection| detection.identifier.as_str() == id && detection.evidence.checksum)
    };
    let identifiers = engine.identifiers().iter().map(|identifier| (identifier.id.as_str(), identifier.examples));
    let proved = identifiers.filter(|(id, examples)| examples.first().is_some_and(|first| proves(id, first.text)));
    proved.map(|(id, _)| id.to_owned()).collect()
}

#[test]
fn what_is_in_documents_is_found_and_little_else() {
    let engine = Engine::managed();
    let mut score = Score::default();
    for (number, document) in documents(SEED, DOCUMENTS).enumerate() {
        let found = scan(&engine, &document.file_name(number), &document.text);
        score.count(&document.text, &document.labels, &found);
    }
    assert!(score.total().f1() >= IN_ALL, "F1 in all: {:?}", score.total());
    let checked = with_check_digit(&engine);
    assert!(checked.len() > 60, "{} identifiers with a check digit", checked.len());
    for (id, count) in score.by_identifier.iter().filter(|(id, _)| checked.contains(*id)) {
        assert!(count.f1() >= WITH_CHECK_DIGIT, "{id}: F1 {:.4} of {count:?}", count.f1());
    }
}
