//! The one pass over the bytes: keywords, and the places where a value may start.

use crate::context::REACH;
use crate::identifier::Listing;
use crate::lexicon::{Hit, Lexicon};
use crate::lists::{Beginnings, Classes, Lists};
use crate::planes::Planes;
use crate::prescription::begins_unit;
use crate::shape::Shapes;
use crate::text;
use crate::values::name::stands_alone;
use crate::word_key::{self, key_at, key_of};

/// A place where a value may start, and what kind of value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Spot {
    /// A number, or a word that goes on with digits.
    Word(usize),
    /// `+` or `(` before a digit.
    Sign(usize),
    /// `@`.
    At(usize),
    /// The first of five dashes.
    Dashes(usize),
    /// `eyJ`.
    Jose(usize),
    /// A word that is on a list: where, its length in bytes, what it may be.
    Listed(usize, u8, Classes),
}

/// The words that readers want to be called at.
#[derive(Debug)]
pub(crate) struct Wanted {
    pub(crate) lists: &'static Lists,
    /// Of words that a name may have.
    in_names: Classes,
    /// Of all other words.
    others: Classes,
    /// How what is looked for begins: in small letters, with a capital.
    beginnings: [Beginnings; 2],
    /// How the listed words begin that are in no name.
    others_begin: Beginnings,
    /// See [`Shapes::plain_counts`].
    counts: u32,
}

impl Wanted {
    pub(crate) fn of<'a>(listings: impl Iterator<Item = &'a Listing>, lexicon: &Lexicon, shapes: &Shapes) -> Self {
        let (mut in_names, mut others) = (Classes::NONE, Classes::NONE);
        for listing in listings {
            in_names = in_names.or(listing.classes);
            if !listing.in_names {
                others = others.or(listing.classes);
            }
        }
        let keys = |classes: Classes| Lists::words(classes).map(|word| key_at(word, 0));
        Self {
            counts: shapes.plain_counts(),
            lists: Lists::shipped(),
            in_names,
            others,
            beginnings: [
                Beginnings::of(SMALL, keys(others).chain(lexicon.keys())),
                Beginnings::of(CAPITAL, keys(in_names).chain(lexicon.keys())),
            ],
            others_begin: Beginnings::of(SMALL, keys(others)),
        }
    }

    /// 1 when a word of ASCII letters that begins with the first of `eight` bytes may be a keyword or on a list, or
    /// begin a token, else 0.
    #[inline]
    fn may_begin(&self, eight: u64) -> u64 {
        const JOSE: u64 = u64::from_le_bytes(*b"eyJ\0\0\0\0\0");
        let is_capital = !eight >> 5 & 1;
        let begins = self.beginnings[is_capital as usize].bit_of(key_of(eight));
        begins | u64::from(eight & 0xFF_FFFF == JOSE)
    }

    /// Whether a word that begins with `first` and has the key `key` may be one of them.
    #[inline]
    fn may_have(&self, first: u8, key: u64) -> bool {
        if first.is_ascii_uppercase() { self.beginnings[1].may_have(key) } else { self.others_begin.may_have(key) }
    }
}

impl Spot {
    /// Where it is.
    pub(crate) fn at(self) -> usize {
        match self {
            Self::Word(at)
            | Self::Sign(at)
            | Self::At(at)
            | Self::Dashes(at)
            | Self::Jose(at)
            | Self::Listed(at, ..) => at,
        }
    }

    /// Where what is known of it ends.
    pub(crate) fn end(self) -> usize {
        match self {
            Self::Listed(at, length, _) => at + usize::from(length),
            _ => self.at(),
        }
    }

    /// The same in a text that begins `by` bytes later.
    pub(crate) fn back(self, by: usize) -> Self {
        match self {
            Self::Word(at) => Self::Word(at - by),
            Self::Sign(at) => Self::Sign(at - by),
            Self::At(at) => Self::At(at - by),
            Self::Dashes(at) => Self::Dashes(at - by),
            Self::Jose(at) => Self::Jose(at - by),
            Self::Listed(at, length, classes) => Self::Listed(at - by, length, classes),
        }
    }
}

/// What the sweep over one window found, in order; reused from window to window.
#[derive(Debug, Default)]
pub(crate) struct Swept {
    pub(crate) hits: Vec<Hit>,
    pub(crate) spots: Vec<Spot>,
    pub(crate) planes: Planes,
    /// Where the last keyword ends.
    covered: usize,
    /// Where a number begins right behind the last keyword.
    number_behind: usize,
}

impl Swept {
    /// Sweeps over the beginning of `text` up to `to`, a character boundary.
    pub(crate) fn sweep(&mut self, lexicon: &Lexicon, wanted: &Wanted, text: &str, to: usize) {
        self.hits.clear();
        self.spots.clear();
        self.hits.reserve(to / BYTES_PER_HIT);
        self.spots.reserve(to / BYTES_PER_SPOT);
        (self.covered, self.number_behind) = (0, usize::MAX);
        self.planes.tell(&text[..to]);
        let mut edge = Edge::default();
        for word in 0..to.div_ceil(64) {
            let Candidates { mut places, words } = edge.candidates(&self.planes, word);
            places &= !words | self.worth_looking(wanted, text, 64 * word, words);
            while places != 0 {
                let bit = places & places.wrapping_neg();
                places ^= bit;
                let at = 64 * word + bit.trailing_zeros() as usize;
                if self.number_behind <= at {
                    self.behind_keyword();
                }
                if words & bit != 0 {
                    self.word(lexicon, wanted, text, at);
                } else {
                    self.mark(text, at);
                }
            }
        }
        if self.number_behind < to {
            self.behind_keyword();
        }
    }

    /// Which of the words that begin in the 64 bytes at `from` may be anything that is looked for. Nothing is decided
    /// for one word by itself, so that the processor need not guess.
    #[inline]
    fn worth_looking(&self, wanted: &Wanted, text: &str, from: usize, words: u64) -> u64 {
        let mut worth = words & self.planes.near_digits_or_beyond(from / 64);
        let mut rest = words & !worth;
        let bytes = text.as_bytes();
        while rest != 0 {
            let bit = rest & rest.wrapping_neg();
            rest ^= bit;
            let at = from + bit.trailing_zeros() as usize;
            let is_worth = match bytes.get(at..at + 8).and_then(|eight| eight.try_into().ok()) {
                Some(eight) => wanted.may_begin(u64::from_le_bytes(eight)),
                None => 1,
            };
            worth |= is_worth << (at % 64);
        }
        worth
    }

    /// Looks at the number or word that begins at `at`.
    #[inline]
    fn word(&mut self, lexicon: &Lexicon, wanted: &Wanted, text: &str, at: usize) {
        let bytes = text.as_bytes();
        if bytes[at].is_ascii_digit() {
            return self.number(lexicon, wanted, text, at);
        }
        let key = key_at(text, at);
        let letters = word_key::letters(key);
        let behind = bytes.get(at + letters).copied().unwrap_or(0);
        if letters == 0 || !behind.is_ascii() {
            return self.word_beyond_ascii(lexicon, wanted, text, at, key);
        }
        if wanted.may_have(bytes[at], key) {
            self.listed(wanted, text, at, key);
        }
        if letters < LONGEST_BEFORE_DIGITS {
            // A digit right behind, or one character on.
            let next = || bytes.get(at + letters + 1).is_some_and(u8::is_ascii_digit);
            if behind.is_ascii_digit() || (matches!(behind, b' ' | b'-') && next()) {
                self.spots.push(Spot::Word(at));
            }
        }
        if bytes[at] == b'e' {
            self.jose(bytes, at);
        }
        self.keyword(lexicon, text, at, key);
    }

    fn number(&mut self, lexicon: &Lexicon, wanted: &Wanted, text: &str, at: usize) {
        let bytes = text.as_bytes();
        if at > 0 && matches!(bytes[at - 1], b'+' | b'(') && !self.planes.is_inside_word(at.wrapping_sub(2)) {
            self.spots.push(Spot::Sign(at - 1));
        }
        let length = self.planes.digits.run(at);
        let end = at + length;
        if !(length <= LONGEST_COUNT && wanted.counts >> length & 1 == 1 && is_plain_behind(&bytes[end..])) {
            self.spots.push(Spot::Word(at));
        }
        // Ages are written in one word with their unit: `64yo`.
        if matches!(bytes.get(end), Some(b'y' | b'Y')) {
            self.keyword(lexicon, text, end, key_at(text, end));
        }
    }

    fn jose(&mut self, bytes: &[u8], at: usize) {
        if bytes[at..].starts_with(b"eyJ") && !matches!(before(bytes, at), Some(b'-' | b'_')) {
            self.spots.push(Spot::Jose(at));
        }
    }

    #[cold]
    fn word_beyond_ascii(&mut self, lexicon: &Lexicon, wanted: &Wanted, text: &str, at: usize, key: u64) {
        let bytes = text.as_bytes();
        let letters = self.planes.letters.run(at);
        self.listed(wanted, text, at, key);
        let digits = self.planes.digits.from(at + letters) & 0b11;
        if digits != 0
            && letters < LONGEST_BEFORE_DIGITS
            && (digits & 1 == 1 || matches!(bytes[at + letters], b' ' | b'-'))
        {
            self.spots.push(Spot::Word(at));
        }
        self.jose(bytes, at);
        self.keyword(lexicon, text, at, key);
    }

    /// Looks the word up that begins at `at` and has the key `key`.
    fn listed(&mut self, wanted: &Wanted, text: &str, at: usize, key: u64) {
        let bytes = text.as_bytes();
        let word = at..at + self.planes.letters.run(at);
        if !bytes[word.clone()].is_ascii() || !bytes.get(word.end).is_none_or(u8::is_ascii) {
            return self.listed_beyond_ascii(wanted, text, at);
        }
        let in_name = bytes[at].is_ascii_uppercase() && !stands_alone(bytes, &word);
        if !in_name && !wanted.others_begin.may_have(key) {
            return;
        }
        let classes = wanted.lists.classes_of_ascii(&bytes[word.clone()]);
        if classes.any(if in_name { wanted.in_names } else { wanted.others }) {
            // No word on a list is longer than a byte can say.
            self.spots.push(Spot::Listed(at, word.len() as u8, classes));
        }
    }

    #[cold]
    fn listed_beyond_ascii(&mut self, wanted: &Wanted, text: &str, at: usize) {
        let word = at..text::word_end(text, at, LONGEST_WORD);
        let classes = wanted.lists.classes(&text[word.clone()]);
        let in_name = text[at..].starts_with(char::is_uppercase) && !stands_alone(text.as_bytes(), &word);
        if classes.any(if in_name { wanted.in_names } else { wanted.others }) {
            self.spots.push(Spot::Listed(at, word.len() as u8, classes));
        }
    }

    /// Takes the keyword at `at`, unless the last one reaches over it: keywords do not overlap, the one that begins
    /// first and is longest counts, so that `address` is none in `email address`.
    #[inline]
    fn keyword(&mut self, lexicon: &Lexicon, text: &str, at: usize, key: u64) {
        if at >= self.covered
            && let Some(hit) = lexicon.hit(text, at, key)
        {
            self.covered = hit.end;
            let goes_on = self.planes.letters.from(hit.end - 1) & 1 == 1 && self.planes.digits.run(hit.end) > 0;
            self.number_behind = if goes_on { hit.end } else { usize::MAX };
            self.hits.push(hit);
        }
    }

    /// A number that goes on right behind a keyword begins there: `MRN0012345`.
    #[cold]
    fn behind_keyword(&mut self) {
        self.spots.push(Spot::Word(self.number_behind));
        self.number_behind = usize::MAX;
    }

    fn mark(&mut self, text: &str, at: usize) {
        self.spots.push(if text.as_bytes()[at] == b'@' { Spot::At(at) } else { Spot::Dashes(at) });
    }
}

/// Whether what is behind a number shows that it is a count of something: a word that is no unit of strength, or the
/// end of a clause.
#[inline]
fn is_plain_behind(behind: &[u8]) -> bool {
    match behind {
        [b' ', next, ..] => next.is_ascii_lowercase() && !begins_unit(*next),
        [b'.' | b',' | b';' | b')', next, ..] => matches!(next, b' ' | b'\n' | b'\r'),
        [b'\n' | b'\r', ..] => true,
        _ => false,
    }
}

fn before(bytes: &[u8], at: usize) -> Option<u8> {
    at.checked_sub(1).map(|before| bytes[before])
}

/// Where something may begin in 64 bytes.
struct Candidates {
    places: u64,
    /// Those of them where a word or number begins.
    words: u64,
}

/// What the 64 bytes before say about the first of the next.
#[derive(Default)]
struct Edge {
    in_word: u64,
}

impl Edge {
    #[inline]
    fn candidates(&mut self, planes: &Planes, word: usize) -> Candidates {
        let inside = planes.letters.word(word) | planes.digits.word(word);
        let words = inside & !(inside << 1 | self.in_word);
        self.in_word = inside >> 63;
        Candidates { places: words | planes.marks.word(word), words }
    }
}

/// 2^16 bits stay in a first-level cache beside all else, 2^18 fill one.
const SMALL: u32 = 16;
const CAPITAL: u32 = 18;

/// Room is made at once for as many as usual texts have.
const BYTES_PER_HIT: usize = 32;
const BYTES_PER_SPOT: usize = 16;

/// Numbers of more digits may be anything.
const LONGEST_COUNT: usize = 4;

/// Words of so many letters and more begin no number that goes on with digits.
const LONGEST_BEFORE_DIGITS: usize = 8;

/// The most bytes that a word on a list can have with its accents.
const LONGEST_WORD: usize = 96;

/// How far beyond a window keywords can matter to its values.
pub(crate) const MARGIN: usize = 4 * REACH;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Engine;

    fn swept(engine: &Engine, text: &str) -> Swept {
        let mut swept = Swept::default();
        swept.sweep(&engine.lexicon, &engine.wanted, text, text.len());
        swept
    }

    #[test]
    fn no_keyword_is_passed_over_in_any_case() {
        let engine = Engine::managed();
        let keywords = engine.identifiers().iter().flat_map(|identifier| identifier.keywords);
        for keyword in keywords.filter(|keyword| keyword.starts_with(char::is_alphabetic)) {
            for written in [(*keyword).to_owned(), keyword.to_ascii_uppercase(), keyword.replace(' ', "_")] {
                let text = format!("as to {written} in it");
                assert!(swept(&engine, &text).hits.iter().any(|hit| hit.start == 6), "{text}");
            }
        }
    }

    #[test]
    fn no_listed_word_is_passed_over_where_a_name_may_be() {
        let engine = Engine::managed();
        for word in Lists::words(Classes::GIVEN) {
            let (first, rest) = word.split_at(1);
            let text = format!("as to {}{rest} Quill in it", first.to_uppercase());
            let listed = |spot: &Spot| matches!(spot, Spot::Listed(6, ..));
            assert!(swept(&engine, &text).spots.iter().any(listed), "{text}");
        }
    }

    #[test]
    fn counts_are_no_places_of_values() {
        let engine = Engine::managed();
        let spots = |text: &str| swept(&engine, text).spots.len();
        assert_eq!(spots("14 days; 12, 7 at rest: 3.\n20\n"), 0);
        for value in ["take 12 mg", "of 5 %", "at 12 Smith Road", "12.5 of it", "12 34", "aged 64yo", "12/14, 3"] {
            assert!(spots(value) > 0, "{value}");
        }
    }
}
