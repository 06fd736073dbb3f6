//! Documents in any number, by seed.

use std::ops::Range;

use crate::country::Country;
use crate::documents::{clinical, exports, letters, office};
use crate::marked::{Label, Marked};
use crate::random::Random;
use crate::words::prose;

/// A document that was made, and what is in it.
#[derive(Debug, Clone)]
pub struct Document {
    /// The kind: `prescription`, `hl7` …
    pub kind: &'static str,
    /// The country whose practice wrote it.
    pub country: Country,
    /// Its content.
    pub text: String,
    /// All that should be found in it, in the order of the places.
    pub labels: Vec<Label>,
}

impl Document {
    fn new(kind: &'static str, country: Country, marked: &Marked) -> Self {
        Self { kind, country, text: marked.text().to_owned(), labels: marked.labels().to_vec() }
    }

    /// The name of a file that holds it: programs go by the ending.
    pub fn file_name(&self, number: usize) -> String {
        let ending = match self.kind {
            "table" if self.text.lines().next().is_some_and(|line| line.contains(',')) => "csv",
            "json" => "json",
            "xml" => "xml",
            "hl7" => "hl7",
            _ => "txt",
        };
        format!("{}-{number}.{ending}", self.kind)
    }
}

type Make = fn(&mut Random, Country) -> Marked;

/// The kinds; what practices have most of comes most often.
const KINDS: &[(&str, Make)] = &[
    ("prescription", clinical::prescription),
    ("prescription", clinical::prescription),
    ("prescription", clinical::prescription),
    ("referral", letters::referral),
    ("referral", letters::referral),
    ("pathology", clinical::pathology),
    ("discharge", clinical::discharge),
    ("email", letters::email),
    ("invoice", office::invoice),
    ("account", office::account),
    ("registration", office::registration),
    ("registration", office::registration),
    ("notes", office::notes),
    ("table", exports::table),
    ("json", exports::json),
    ("xml", exports::xml),
    ("hl7", exports::hl7),
];

/// Document `number` of a seed.
pub fn document(seed: u64, number: u64) -> Document {
    // Its own sequence for each, so that one kind's change does not change all that come behind it.
    let random = &mut Random::new(seed.wrapping_mul(0x1_0000_01B3).wrapping_add(number));
    random.next_u64();
    let country = *random.choose(&Country::ALL);
    let (kind, make) = *random.choose(KINDS);
    Document::new(kind, country, &make(random, country))
}

/// The first `count` documents of a seed.
pub fn documents(seed: u64, count: u64) -> impl Iterator<Item = Document> {
    (0..count).map(move |number| document(seed, number))
}

/// Prescription `number` of a seed.
pub fn prescription(seed: u64, number: u64) -> Document {
    let random = &mut Random::new(seed.wrapping_mul(0x1_0000_01B3).wrapping_add(number));
    let country = *random.choose(&Country::ALL);
    Document::new("prescription", country, &clinical::prescription(random, country))
}

/// At least `size` bytes of prescriptions behind each other, and where each of them is.
pub fn prescriptions(seed: u64, size: usize) -> (String, Vec<Range<usize>>) {
    let (mut text, mut places) = (String::with_capacity(size + 4096), Vec::new());
    for number in 0.. {
        if text.len() >= size {
            break;
        }
        let start = text.len();
        text.push_str(&prescription(seed, number).text);
        places.push(start..text.len());
    }
    (text, places)
}

/// At least `size` bytes of running text with nothing in it to find.
pub fn clean(seed: u64, size: usize) -> String {
    let random = &mut Random::new(seed);
    let mut text = String::with_capacity(size + 512);
    while text.len() < size {
        text.push_str(random.pick(prose::SENTENCES));
        text.push(if random.chance(20) { '\n' } else { ' ' });
    }
    text
}

/// At least `size` bytes of tables: rows of people with numbers, dates, addresses.
pub fn tables(seed: u64, size: usize) -> String {
    let random = &mut Random::new(seed);
    let mut text = String::with_capacity(size + 4096);
    while text.len() < size {
        let country = *random.choose(&Country::ALL);
        text.push_str(exports::table(random, country).text());
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_makes_the_same_documents_again() {
        let texts = |seed| documents(seed, 60).map(|document| document.text).collect::<Vec<_>>();
        assert_eq!(texts(7), texts(7));
        assert_ne!(texts(7), texts(8));
    }

    #[test]
    fn labels_are_in_order_and_within_their_reach() {
        for document in documents(1, 400) {
            let mut end = 0;
            for label in &document.labels {
                assert!(label.reach.start >= end, "{}", document.text);
                assert!(label.reach.start <= label.core.start && label.core.end <= label.reach.end);
                assert!(document.text.get(label.reach.clone()).is_some());
                end = label.reach.end;
            }
        }
    }
}
