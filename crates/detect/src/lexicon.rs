//! The keywords of all identifiers, and where they stand in a text.
//!
//! Keywords begin where words begin, so a text is looked at only there. The letters of a word, eight at most, fit into one
//! word of the machine: they are the key into a table, and most words end their visit at a bit that is not set. Such
//! a table is built in a fraction of a millisecond and stays in the first-level cache with thousands of keywords,
//! where an automaton over all spellings would need megabytes.

use std::cmp::Reverse;
use std::collections::HashMap;

use crate::identifier::Identifier;
use crate::text;
use crate::word_key::{key_at, letters, mix};

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
    /// A bit for each keyword and identifier: whether the one speaks for the other.
    speaking: Vec<u64>,
    /// The words of `speaking` that one keyword has.
    stride: usize,
    /// A bit for each hash of a key that is in use.
    used: Vec<u64>,
    /// Where the entries of a slot begin; one more than there are slots.
    slots: Vec<u16>,
    entries: Vec<Entry>,
}

/// A keyword under one of the keys that it can begin with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Entry {
    key: u64,
    keyword: u16,
    /// The letter that begins the keyword's second word; 0 where another check is needed.
    second: u8,
    /// How much of the keyword's text the key stands for.
    told: u8,
}

const SLOT_BITS: u32 = 12;
const USED_BITS: u32 = 16;

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
        let mut entries: Vec<Entry> =
            (0u16..).zip(&keywords).flat_map(|(number, keyword)| entries(number, keyword.text)).collect();
        entries.sort_unstable_by_key(|entry| (slot(entry.key), *entry));
        entries.dedup();
        let mut slots = vec![0u16; (1 << SLOT_BITS) + 1];
        let mut used = vec![0u64; 1 << (USED_BITS - 6)];
        for entry in &entries {
            slots[slot(entry.key) + 1] += 1;
            let bit = used_bit(entry.key);
            used[bit / 64] |= 1 << (bit % 64);
        }
        for index in 1..slots.len() {
            slots[index] += slots[index - 1];
        }
        let stride = identifiers.len().div_ceil(64);
        let mut speaking = vec![0u64; stride * keywords.len()];
        for (place, keyword) in keywords.iter().enumerate() {
            for &number in &keyword.serves {
                speaking[place * stride + usize::from(number) / 64] |= 1 << (number % 64);
            }
        }
        Self { keywords, speaking, stride, used, slots, entries }
    }

    /// The longest keyword that starts at `at`, the beginning of a word with the key `key`; of two spellings the one
    /// listed first.
    #[inline]
    pub(crate) fn hit(&self, text: &str, at: usize, key: u64) -> Option<Hit> {
        let bit = used_bit(key);
        if self.used[bit / 64] >> (bit % 64) & 1 == 0 {
            return None;
        }
        self.longest(text, at, key)
    }

    fn longest(&self, text: &str, at: usize, key: u64) -> Option<Hit> {
        let slot = slot(key);
        let (from, to) = (usize::from(self.slots[slot]), usize::from(self.slots[slot + 1]));
        let behind_key = at + letters(key);
        let second = second_at(text.as_bytes(), behind_key);
        let longest = self.entries[from..to]
            .iter()
            .filter(|entry| entry.key == key && (entry.second == 0 || entry.second == second))
            .filter_map(|entry| {
                let number = entry.keyword;
                let rest = &self.keywords[usize::from(number)].text[usize::from(entry.told)..];
                Some((spelled(text, behind_key, rest)?, number))
            })
            .max_by_key(|(end, number)| (*end, Reverse(*number)))?;
        let keyword = &self.keywords[usize::from(longest.1)];
        let end = if keyword.of_numbers { behind_number_words(text, longest.0) } else { longest.0 };
        Some(Hit { start: at, end, keyword: longest.1 })
    }

    /// How keywords begin.
    pub(crate) fn keys(&self) -> impl Iterator<Item = u64> {
        self.entries.iter().map(|entry| entry.key)
    }

    /// The keyword in the spelling of the identifiers' lists.
    pub(crate) fn text(&self, keyword: u16) -> &'static str {
        self.keywords[usize::from(keyword)].text
    }

    /// Whether a keyword speaks for the identifier of a number.
    pub(crate) fn speaks_for(&self, keyword: u16, number: u16) -> bool {
        self.speaking[usize::from(keyword) * self.stride + usize::from(number) / 64] >> (number % 64) & 1 == 1
    }

    /// A bit for each identifier: whether the keyword speaks for it.
    pub(crate) fn row(&self, keyword: u16) -> &[u64] {
        &self.speaking[usize::from(keyword) * self.stride..][..self.stride]
    }

    /// How many words a row has.
    pub(crate) fn row_length(&self) -> usize {
        self.stride
    }

    /// The identifiers that a keyword speaks for.
    pub(crate) fn serves(&self, keyword: u16) -> &[u16] {
        &self.keywords[usize::from(keyword)].serves
    }
}

/// What begins the second word of a keyword whose first ends at `at`, folded.
fn second_at(bytes: &[u8], at: usize) -> u8 {
    let behind = match bytes.get(at) {
        Some(b' ' | b'_' | b'-' | b'\t') => at + 1,
        _ => at,
    };
    bytes.get(behind).copied().unwrap_or(0) | 0x20
}

#[inline]
fn slot(key: u64) -> usize {
    (mix(key) >> (u64::BITS - SLOT_BITS)) as usize
}

#[inline]
fn used_bit(key: u64) -> usize {
    (mix(key) >> (u64::BITS - USED_BITS)) as usize
}

/// The entries of a keyword: a space may be nothing, so `ur no` begins like `ur` and like `urno`.
fn entries(number: u16, keyword: &str) -> Vec<Entry> {
    let mut joined = String::new();
    let mut words = keyword.split(' ').peekable();
    let mut entries = Vec::new();
    while let Some(word) = words.next() {
        joined.push_str(word);
        let key = key_at(&joined, 0);
        let whole = joined.len() == letters(key) && joined.len() < 8;
        let second =
            words.peek().and_then(|word| word.bytes().next()).filter(|byte| whole && byte.is_ascii_alphabetic());
        let told = told(keyword, letters(key));
        entries.push(Entry { key, keyword: number, second: second.map_or(0, |byte| byte | 0x20), told });
    }
    entries
}

/// The bytes of a keyword that its first letters stand in, with the spaces between them.
fn told(keyword: &str, letters: usize) -> u8 {
    let told = keyword.bytes().enumerate().filter(|(_, byte)| *byte != b' ').nth(letters);
    let spaces_before = |end: usize| keyword[..end].trim_end_matches(' ').len();
    // No keyword is longer than a byte can say.
    told.map_or(keyword.len(), |(next, _)| if letters == 0 { 0 } else { spaces_before(next) }) as u8
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
        if !matches!(text.as_bytes().get(from), Some(b'n' | b'N' | b'i' | b'I' | b'#' | 0xE2)) {
            break;
        }
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
