//! The keywords of all identifiers, and where they stand in a text.
//!
//! Keywords begin where words begin, so a text is looked at only there: the first up to four letters of a word
//! are the key into a hash table, and most words end their visit at an empty slot. A table of this kind
//! is built in microseconds and stays in the first-level cache with thousands of keywords, where an
//! automaton over all spellings would need megabytes.

use std::cmp::Reverse;
use std::collections::HashMap;

use crate::identifier::Identifier;
use crate::text;

/// A keyword in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Hit {
    /// Its first byte.
    pub(crate) start: usize,
    /// Behind its last byte.
    pub(crate) end: usize,
    /// Its number in the lexicon.
    pub(crate) keyword: u16,
}

#[derive(Debug)]
struct Keyword {
    text: &'static str,
    serves: Vec<u16>,
    /// Whether it speaks for numbers, so that a number word behind it belongs to it.
    of_numbers: bool,
}

/// All keywords.
#[derive(Debug)]
pub(crate) struct Lexicon {
    keywords: Vec<Keyword>,
    /// Where the entries of a slot begin; one more than there are slots.
    slots: Vec<u16>,
    entries: Vec<u16>,
}

const SLOT_BITS: u32 = 13;

impl Lexicon {
    /// The lexicon of all keywords of `identifiers`, by their numbers.
    pub(crate) fn of(identifiers: &[Identifier]) -> Self {
        let mut keywords: Vec<Keyword> = Vec::new();
        let mut places: HashMap<&'static str, usize> = HashMap::new();
        for (number, identifier) in (0u16..).zip(identifiers) {
            for text in identifier.keywords {
                let place = *places.entry(text).or_insert_with(|| {
                    keywords.push(Keyword { text, serves: Vec::new(), of_numbers: false });
                    keywords.len() - 1
                });
                keywords[place].serves.push(number);
            }
        }
        for place in 0..keywords.len() {
            let of_numbers = |number: &u16| identifiers[usize::from(*number)].finder.beside().is_none();
            let inherited: Vec<u16> = without_number_words(keywords[place].text)
                .filter_map(|shorter| places.get(shorter))
                .flat_map(|&shorter| &keywords[shorter].serves)
                .copied()
                .filter(of_numbers)
                .collect();
            let keyword = &mut keywords[place];
            keyword.serves.extend(inherited);
            keyword.serves.sort_unstable();
            keyword.serves.dedup();
            keyword.of_numbers = keyword.serves.iter().any(of_numbers);
        }
        let mut keyed: Vec<(u16, u16)> = (0u16..)
            .zip(&keywords)
            .flat_map(|(number, keyword)| keys(keyword.text).into_iter().map(move |key| (slot(key), number)))
            .collect();
        keyed.sort_unstable();
        keyed.dedup();
        let mut slots = vec![0u16; (1 << SLOT_BITS) + 1];
        for (slot, _) in &keyed {
            slots[usize::from(*slot) + 1] += 1;
        }
        for index in 1..slots.len() {
            slots[index] += slots[index - 1];
        }
        Self { keywords, slots, entries: keyed.into_iter().map(|(_, number)| number).collect() }
    }

    /// The longest keyword that starts at `at`, the beginning of a word; of two spellings the one listed first.
    #[inline]
    pub(crate) fn hit(&self, text: &str, at: usize) -> Option<Hit> {
        let slot = usize::from(slot(key_at(text.as_bytes(), at)));
        let (from, to) = (usize::from(self.slots[slot]), usize::from(self.slots[slot + 1]));
        if from == to {
            return None;
        }
        let longest = self.entries[from..to]
            .iter()
            .filter_map(|&number| Some((spelled(text, at, self.keywords[usize::from(number)].text)?, number)))
            .max_by_key(|(end, number)| (*end, Reverse(*number)))?;
        let keyword = &self.keywords[usize::from(longest.1)];
        let end = if keyword.of_numbers { behind_number_words(text, longest.0) } else { longest.0 };
        Some(Hit { start: at, end, keyword: longest.1 })
    }

    /// The keyword in the spelling of the identifiers' lists.
    pub(crate) fn text(&self, keyword: u16) -> &'static str {
        self.keywords[usize::from(keyword)].text
    }

    /// The identifiers that a keyword speaks for.
    pub(crate) fn serves(&self, keyword: u16) -> &[u16] {
        &self.keywords[usize::from(keyword)].serves
    }
}

/// The key of the word at `at`: its first up to four ASCII letters, folded.
#[inline]
fn key_at(bytes: &[u8], at: usize) -> u32 {
    let mut key = 0;
    for &byte in bytes[at..].iter().take(4) {
        if !byte.is_ascii_alphabetic() {
            break;
        }
        key = key << 8 | u32::from(byte | 0x20);
    }
    key
}

#[inline]
fn slot(key: u32) -> u16 {
    // The shift leaves SLOT_BITS bits, which fit.
    (key.wrapping_mul(0x9E37_79B1) >> (u32::BITS - SLOT_BITS)) as u16
}

/// The keys under which a keyword can begin: a space may be nothing, so `ur no` begins like `ur` and like `urno`.
fn keys(keyword: &str) -> Vec<u32> {
    let mut joined = String::new();
    keyword
        .split(' ')
        .map(|word| {
            joined.push_str(word);
            key_at(joined.as_bytes(), 0)
        })
        .collect()
}

/// Words that say that a number follows: what `passport` speaks for, `passport no` does too.
const NUMBER_WORDS: [&str; 14] = [
    "number", "numbers", "num", "no.", "no", "nos", "nr.", "nr", "id", "#", "n\u{B0}", "n\u{BA}", "n.\u{BA}",
    "\u{2116}",
];
/// The most number words that belong to a keyword: `card ID no`.
const MOST_NUMBER_WORDS: usize = 2;

/// The end of the number words behind a keyword that ends at `end`.
fn behind_number_words(text: &str, end: usize) -> usize {
    let mut end = end;
    for _ in 0..MOST_NUMBER_WORDS {
        let from = end + usize::from(matches!(text.as_bytes().get(end), Some(b' ' | b'_' | b'-')));
        let word = NUMBER_WORDS.iter().find(|word| {
            text.get(from..from + word.len()).is_some_and(|written| written.eq_ignore_ascii_case(word))
                && !text::letter_at(text, from + word.len())
        });
        match word {
            Some(word) => end = from + word.len(),
            None => break,
        }
    }
    end
}

/// A keyword without the number words at its end, one after the other.
fn without_number_words(keyword: &'static str) -> impl Iterator<Item = &'static str> {
    let shorter = |keyword: &&'static str| {
        let ending = NUMBER_WORDS.iter().find_map(|word| keyword.strip_suffix(word))?;
        let rest = ending.trim_end_matches(' ');
        (!rest.is_empty() && (rest.len() < ending.len() || keyword.ends_with('#'))).then_some(rest)
    };
    std::iter::successors(shorter(&keyword), shorter)
}

/// The end of `keyword` when it is spelled at `at` and no letter follows. Case does not matter, in any script, nor
/// which of the two apostrophes is written.
fn spelled(text: &str, at: usize, keyword: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let (mut at, mut position) = (at, 0);
    while let Some(&expected) = keyword.as_bytes().get(position) {
        let found = bytes.get(at).copied();
        position += 1;
        if expected == b' ' {
            at += usize::from(matches!(found, Some(b' ' | b'_' | b'-' | b'\t')));
        } else if found.is_some_and(|byte| byte.to_ascii_lowercase() == expected && byte.is_ascii()) {
            at += 1;
        } else if expected == b'\'' && bytes[at..].starts_with("\u{2019}".as_bytes()) {
            at += '\u{2019}'.len_utf8();
        } else if !expected.is_ascii() {
            let letter = keyword[position - 1..].chars().next()?;
            let written = text[at..].chars().next()?;
            if !written.to_lowercase().eq(letter.to_lowercase()) {
                return None;
            }
            position += letter.len_utf8() - 1;
            at += written.len_utf8();
        } else {
            return None;
        }
    }
    (!text::letter_at(text, at)).then_some(at)
}

#[cfg(test)]
mod tests {
    use super::spelled;

    #[test]
    fn accents_are_letters_in_either_case() {
        for (text, keyword) in [
            ("F\u{D8}DSELSNUMMER", "f\u{F8}dselsnummer"),
            ("Fødsels-Nummer", "fødsels nummer"),
            ("NUMÉRO D\u{2019}ASSURANCE MALADIE", "numéro d'assurance maladie"),
            ("Číslo", "číslo"),
            ("ЕГН", "егн"),
        ] {
            assert_eq!(spelled(text, 0, keyword), Some(text.len()), "{text}");
        }
        assert_eq!(spelled("fodselsnummer", 0, "f\u{F8}dselsnummer"), None);
        assert_eq!(spelled("bsné", 0, "bsn"), None);
        assert_eq!(spelled("nu", 0, "numéro"), None);
    }
}
