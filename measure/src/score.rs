//! What was found, held against what is there.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::marked::Label;

/// A detection as far as it counts here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// What it was found as, and what else it could as well be (`evidence.also`).
    pub identifiers: Vec<String>,
    /// Where, in bytes of the document.
    pub range: Range<usize>,
}

/// Hits, misses and false alarms of one identifier.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
pub struct Count {
    /// Values that were found.
    pub hits: u64,
    /// Values that were not found, or as something else, or at another place.
    pub misses: u64,
    /// Detections where there is no such value.
    pub false_alarms: u64,
}

impl Count {
    /// The share of the detections that are right; 1 when there are none.
    pub fn precision(self) -> f64 {
        share(self.hits, self.hits + self.false_alarms)
    }

    /// The share of the values that were found; 1 when there are none.
    pub fn recall(self) -> f64 {
        share(self.hits, self.hits + self.misses)
    }

    /// The harmonic mean of both.
    pub fn f1(self) -> f64 {
        share(2 * self.hits, 2 * self.hits + self.misses + self.false_alarms)
    }

    fn add(&mut self, other: Self) {
        self.hits += other.hits;
        self.misses += other.misses;
        self.false_alarms += other.false_alarms;
    }
}

/// Counts of documents are far below 2^52.
#[expect(clippy::cast_precision_loss, reason = "a share of counts is no count")]
fn share(part: u64, whole: u64) -> f64 {
    if whole == 0 { 1.0 } else { part as f64 / whole as f64 }
}

/// What went wrong at one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wrong {
    /// A value that was not found.
    Missed(Label),
    /// A detection of nothing.
    FalseAlarm(Found),
}

/// Counts by identifier.
#[derive(Debug, Clone, Default)]
pub struct Score {
    /// By the identifier's id.
    pub by_identifier: BTreeMap<String, Count>,
}

impl Score {
    /// Counts one document and says what went wrong in it. See the front page for the rules.
    pub fn count(&mut self, text: &str, labels: &[Label], found: &[Found]) -> Vec<Wrong> {
        let mut wrong = Vec::new();
        let mut explained = vec![false; found.len()];
        for label in labels {
            let inside: Vec<usize> = (0..found.len()).filter(|at| fits(text, label, &found[*at])).collect();
            let hit =
                !inside.is_empty() && covers(text, label, &inside.iter().map(|at| &found[*at]).collect::<Vec<_>>());
            for at in inside.iter().filter(|_| hit || label.optional) {
                explained[*at] = true;
            }
            if label.optional {
                continue;
            }
            let count = self.by_identifier.entry(label.identifier.to_owned()).or_default();
            if hit {
                count.hits += 1;
            } else {
                count.misses += 1;
                wrong.push(Wrong::Missed(label.clone()));
            }
        }
        for (at, detection) in found.iter().enumerate() {
            if !explained[at] && !is_postcode_in_address(labels, detection) {
                self.by_identifier.entry(detection.identifiers[0].clone()).or_default().false_alarms += 1;
                wrong.push(Wrong::FalseAlarm(detection.clone()));
            }
        }
        wrong
    }

    /// All identifiers together.
    pub fn total(&self) -> Count {
        let mut total = Count::default();
        self.by_identifier.values().for_each(|count| total.add(*count));
        total
    }
}

/// Identifiers under which a label's value may as well be found: Macie's and the wider one beside it, and a card on a
/// line of its own whose neighbour speaks of cards.
const TWINS: &[(&str, &str)] = &[
    ("DATE_OF_BIRTH", "DOB_ANY_FORMAT"),
    ("CANADA_BC_PHN", "CANADA_HEALTH_NUMBER"),
    ("CREDIT_CARD_NUMBER_(NO_KEYWORD)", "CREDIT_CARD_NUMBER"),
];

fn names(label: &Label, found: &Found) -> bool {
    found
        .identifiers
        .iter()
        .any(|identifier| identifier == label.identifier || TWINS.contains(&(label.identifier, identifier.as_str())))
}

/// Whether a detection is of the label's identifier and does not go beyond its reach by a letter or digit.
fn fits(text: &str, label: &Label, found: &Found) -> bool {
    let before = text.get(found.range.start..label.reach.start).unwrap_or("");
    let behind = text.get(label.reach.end..found.range.end).unwrap_or("");
    let touches = found.range.start < label.reach.end && label.reach.start < found.range.end;
    touches && names(label, found) && !before.chars().chain(behind.chars()).any(char::is_alphanumeric)
}

/// Whether the detections cover the letters and digits of the label's core: a name or an address may be given out in
/// parts and lack a tenth, everything else is one detection of all of it.
fn covers(text: &str, label: &Label, found: &[&Found]) -> bool {
    let in_parts = matches!(label.identifier, "NAME" | "ADDRESS");
    if !in_parts && found.len() != 1 {
        return false;
    }
    let core = &text[label.core.clone()];
    let significant = core.char_indices().filter(|(_, character)| character.is_alphanumeric());
    let (mut all, mut covered) = (0, 0);
    for (at, _) in significant {
        all += 1;
        let place = label.core.start + at;
        covered += usize::from(found.iter().any(|detection| detection.range.contains(&place)));
    }
    if in_parts { covered * 10 >= all * 9 } else { covered == all }
}

/// A postcode is part of its address, and no false alarm when it is given out beside it.
fn is_postcode_in_address(labels: &[Label], found: &Found) -> bool {
    found.identifiers[0] == "UK_POSTCODE"
        && labels.iter().any(|label| {
            label.identifier == "ADDRESS"
                && label.reach.start <= found.range.start
                && found.range.end <= label.reach.end
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn label(identifier: &'static str, range: Range<usize>) -> Label {
        Label { identifier, core: range.clone(), reach: range, optional: false }
    }

    fn found(identifier: &str, range: Range<usize>) -> Found {
        Found { identifiers: vec![identifier.to_owned()], range }
    }

    fn counted(text: &str, labels: &[Label], detections: &[Found]) -> Count {
        let mut score = Score::default();
        score.count(text, labels, detections);
        score.total()
    }

    #[test]
    fn the_same_place_under_the_same_identifier_is_a_hit() {
        let labels = [label("UK_NHS_NUMBER", 4..16)];
        let text = "NHS 999 000 0018.";
        let hit = Count { hits: 1, ..Count::default() };
        assert_eq!(counted(text, &labels, &[found("UK_NHS_NUMBER", 4..16)]), hit);
        assert_eq!(counted(text, &labels, &[found("UK_NHS_NUMBER", 4..17)]), hit, "up to punctuation");
    }

    #[test]
    fn another_identifier_or_place_is_a_miss_and_a_false_alarm() {
        let labels = [label("UK_NHS_NUMBER", 4..16)];
        let text = "NHS 999 000 0018.";
        let both = Count { misses: 1, false_alarms: 1, ..Count::default() };
        assert_eq!(counted(text, &labels, &[found("PHONE_NUMBER", 4..16)]), both);
        assert_eq!(counted(text, &labels, &[found("UK_NHS_NUMBER", 8..16)]), both);
        assert_eq!(counted(text, &labels, &[found("UK_NHS_NUMBER", 0..16)]), both);
    }

    #[test]
    fn an_address_may_come_in_parts() {
        let labels = [label("ADDRESS", 0..27)];
        let text = "7 Elm St\nBallarat VIC 3350\n";
        let parts = [found("ADDRESS", 0..8), found("ADDRESS", 9..26)];
        assert_eq!(counted(text, &labels, &parts), Count { hits: 1, ..Count::default() });
        assert_eq!(counted(text, &labels, &parts[..1]), Count { misses: 1, false_alarms: 1, ..Count::default() });
    }

    #[test]
    fn what_is_optional_does_not_count() {
        let labels = [Label { optional: true, ..label("NAME", 3..7) }];
        assert_eq!(counted("Mr Tane.", &labels, &[]), Count::default());
        assert_eq!(counted("Mr Tane.", &labels, &[found("NAME", 3..7)]), Count::default());
    }
}
