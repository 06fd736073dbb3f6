//! The one pass over the bytes: keywords, and the places where a value may start.

use crate::context::REACH;
use crate::identifier::Listing;
use crate::lexicon::{Hit, Lexicon};
use crate::lists::{Beginnings, Classes, Lists};
use crate::planes::Planes;
use crate::text;
use crate::word_key::{self, key_at};

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
    /// Of words that begin with a capital.
    capital: Classes,
    /// Of all other words.
    lower: Classes,
    capital_beginnings: Beginnings,
    lower_beginnings: Beginnings,
}

impl Wanted {
    pub(crate) fn of<'a>(listings: impl Iterator<Item = &'a Listing>) -> Self {
        let (mut capital, mut lower) = (Classes::NONE, Classes::NONE);
        for listing in listings {
            capital = capital.or(listing.classes);
            if !listing.capital {
                lower = lower.or(listing.classes);
            }
        }
        Self {
            lists: Lists::shipped(),
            capital,
            lower,
            capital_beginnings: Lists::beginnings(capital),
            lower_beginnings: Lists::beginnings(lower),
        }
    }

    /// Whether a word that begins with `first` and has the key `key` may be one of them.
    #[inline]
    fn may_have(&self, first: u8, key: u64) -> bool {
        let beginnings = if first.is_ascii_uppercase() { &self.capital_beginnings } else { &self.lower_beginnings };
        beginnings.may_have(key)
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

    /// Looks at the number or word that begins at `at`.
    #[inline]
    fn word(&mut self, lexicon: &Lexicon, wanted: &Wanted, text: &str, at: usize) {
        let bytes = text.as_bytes();
        if bytes[at].is_ascii_digit() {
            return self.number(lexicon, text, at);
        }
        let key = key_at(text, at);
        let letters = word_key::letters(key);
        let behind = bytes.get(at + letters).copied().unwrap_or(0);
        if letters == 0 || !behind.is_ascii() {
            return self.word_beyond_ascii(lexicon, wanted, text, at, key);
        }
        if wanted.may_have(bytes[at], key) {
            self.listed(wanted, text, at);
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

    fn number(&mut self, lexicon: &Lexicon, text: &str, at: usize) {
        let bytes = text.as_bytes();
        if at > 0 && matches!(bytes[at - 1], b'+' | b'(') && !self.planes.is_inside_word(at.wrapping_sub(2)) {
            self.spots.push(Spot::Sign(at - 1));
        }
        self.spots.push(Spot::Word(at));
        let end = at + self.planes.digits.run(at);
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
        self.listed(wanted, text, at);
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

    /// Looks the word up that begins at `at`.
    fn listed(&mut self, wanted: &Wanted, text: &str, at: usize) {
        let bytes = text.as_bytes();
        let end = at + self.planes.letters.run(at);
        let classes_wanted = if bytes[at].is_ascii_uppercase() { wanted.capital } else { wanted.lower };
        if bytes[at].is_ascii() && classes_wanted == Classes::NONE {
            return;
        }
        let classes = if bytes[at..end].is_ascii() && bytes.get(end).is_none_or(u8::is_ascii) {
            wanted.lists.classes_of_ascii(&bytes[at..end])
        } else {
            return self.listed_beyond_ascii(wanted, text, at);
        };
        if classes.any(classes_wanted) {
            // No word on a list is longer than a byte can say.
            self.spots.push(Spot::Listed(at, (end - at) as u8, classes));
        }
    }

    #[cold]
    fn listed_beyond_ascii(&mut self, wanted: &Wanted, text: &str, at: usize) {
        let end = text::word_end(text, at, LONGEST_WORD);
        let classes = wanted.lists.classes(&text[at..end]);
        let capital = text[at..end].chars().next().is_some_and(char::is_uppercase);
        if classes.any(if capital { wanted.capital } else { wanted.lower }) {
            self.spots.push(Spot::Listed(at, (end - at) as u8, classes));
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

/// Room is made at once for as many as usual texts have.
const BYTES_PER_HIT: usize = 32;
const BYTES_PER_SPOT: usize = 16;

/// Words of so many letters and more begin no number that goes on with digits.
const LONGEST_BEFORE_DIGITS: usize = 8;

/// The most bytes that a word on a list can have with its accents.
const LONGEST_WORD: usize = 96;

/// How far beyond a window keywords can matter to its values.
pub(crate) const MARGIN: usize = 4 * REACH;
