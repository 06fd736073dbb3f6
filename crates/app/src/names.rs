//! Whether a file's own name gives a patient away.

use pillbox_detect::Engine;
use pillbox_model::{Detection, Place};

/// A shorter word is in too many names of files to mean anything.
const SHORTEST_WORD: usize = 3;
/// A shorter run of digits is in too many names of files to mean anything.
const SHORTEST_NUMBER: usize = 6;
/// Words of a name that are not the name.
const TITLES: [&str; 9] = ["mrs", "miss", "mstr", "master", "prof", "dame", "sir", "von", "van"];

/// Whether `name` (a path below what was chosen, or a key) carries something that identifies a person: an
/// identifier by itself, a word of a name that stands in the text, or a number that stands in the text.
/// The places of `detections` are those in `text`.
pub(crate) fn carries_identity(engine: &Engine, name: &str, text: &str, detections: &[Detection]) -> bool {
    if is_identity(engine, name) {
        return true;
    }
    let name = name.to_lowercase();
    let words: Vec<&str> = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let digits: String = name.chars().filter(char::is_ascii_digit).collect();
    detections.iter().any(|detection| {
        let value = value_at(text, detection.place);
        if detection.identifier.as_str() == "NAME" { shares_word(value, &words) } else { shares_number(value, &digits) }
    })
}

fn value_at(text: &str, place: Place) -> &str {
    let offset = |position: u64| usize::try_from(position).unwrap_or(usize::MAX);
    text.get(offset(place.start)..offset(place.end)).unwrap_or_default()
}

/// Whether a name holds an identifier by itself.
pub(crate) fn is_identity(engine: &Engine, name: &str) -> bool {
    let mut found = Vec::<Detection>::new();
    // A scan that nobody interrupts has no other outcome than its detections.
    let _ = engine.scan(name, &|| true, &mut found);
    !found.is_empty()
}

fn shares_word(value: &str, words: &[&str]) -> bool {
    value
        .to_lowercase()
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.chars().count() >= SHORTEST_WORD && !TITLES.contains(word))
        .any(|word| words.contains(&word))
}

fn shares_number(value: &str, digits: &str) -> bool {
    let number: String = value.chars().filter(char::is_ascii_digit).collect();
    number.len() >= SHORTEST_NUMBER && digits.contains(&number)
}
