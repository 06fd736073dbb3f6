//! The one pass over the bytes: keywords, and the places where a value may start.

use crate::context::REACH;
use crate::identifier::Listing;
use crate::lexicon::{Hit, Lexicon};
use crate::lists::{Classes, Lists};
use crate::text::{self, Kind};

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
}

impl Wanted {
    pub(crate) fn of<'a>(listings: impl Iterator<Item = &'a Listing>) -> Self {
        let mut wanted = Self { lists: Lists::shipped(), capital: Classes::NONE, lower: Classes::NONE };
        for listing in listings {
            wanted.capital = wanted.capital.or(listing.classes);
            if !listing.capital {
                wanted.lower = wanted.lower.or(listing.classes);
            }
        }
        wanted
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
}

/// What a byte asks of the sweep.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Other,
    Letter,
    Digit,
    At,
    Dash,
    Sign,
    NotAscii,
}

const CLASSES: [Class; 256] = classes();

const fn classes() -> [Class; 256] {
    let mut classes = [Class::Other; 256];
    let mut byte = 0;
    while byte < 256 {
        classes[byte] = match byte as u8 {
            b'a'..=b'z' | b'A'..=b'Z' => Class::Letter,
            b'0'..=b'9' => Class::Digit,
            b'@' => Class::At,
            b'-' => Class::Dash,
            b'+' | b'(' => Class::Sign,
            0x80.. => Class::NotAscii,
            _ => Class::Other,
        };
        byte += 1;
    }
    classes
}

impl Swept {
    /// Sweeps over `text[from..to]`; both are character boundaries.
    pub(crate) fn sweep(&mut self, lexicon: &Lexicon, wanted: &Wanted, text: &str, from: usize, to: usize) {
        self.hits.clear();
        self.spots.clear();
        let bytes = text.as_bytes();
        let mut at = from;
        let mut in_word = text::alnum_before(text, from);
        let mut covered = from;
        while at < to {
            match CLASSES[usize::from(bytes[at])] {
                Class::Other => {
                    in_word = false;
                    at += 1;
                }
                Class::Letter => {
                    let end = run(bytes, at, to, |byte| byte.is_ascii_alphabetic());
                    if !in_word {
                        self.listed(wanted, text, at, end);
                        covered = self.word(lexicon, text, at, end, covered);
                    } else if bytes[at] | 0x20 == b'y' && at > from && bytes[at - 1].is_ascii_digit() {
                        // Ages are written in one word with their unit: `64yo`.
                        covered = self.keyword(lexicon, text, at, covered);
                    }
                    in_word = true;
                    at = end;
                }
                Class::Digit => {
                    if !in_word || self.hits.last().is_some_and(|hit| hit.end == at) {
                        self.spots.push(Spot::Word(at));
                    }
                    in_word = true;
                    at = run(bytes, at, to, |byte| byte.is_ascii_digit());
                }
                Class::At => {
                    self.spots.push(Spot::At(at));
                    in_word = false;
                    at += 1;
                }
                Class::Dash => {
                    let end = run(bytes, at, to, |byte| byte == b'-');
                    if end - at >= 5 {
                        self.spots.push(Spot::Dashes(end - 5));
                    }
                    in_word = false;
                    at = end;
                }
                Class::Sign => {
                    if text::digit_at(text, at + 1) && !in_word {
                        self.spots.push(Spot::Sign(at));
                    }
                    in_word = false;
                    at += 1;
                }
                Class::NotAscii => {
                    let (kind, width) = text::kind_at(bytes, at);
                    if !in_word && kind == Kind::Letter {
                        covered = self.keyword(lexicon, text, at, covered);
                        self.listed(wanted, text, at, at + width);
                    }
                    in_word = kind != Kind::Other;
                    at += width;
                }
            }
        }
    }

    /// Looks the word up that begins at `at` and whose first letters end at `end`.
    #[inline]
    fn listed(&mut self, wanted: &Wanted, text: &str, at: usize, end: usize) {
        let bytes = text.as_bytes();
        let classes = if bytes[at..end].is_ascii() && bytes.get(end).is_none_or(u8::is_ascii) {
            wanted.lists.classes_of_ascii(&bytes[at..end])
        } else {
            return self.listed_beyond_ascii(wanted, text, at);
        };
        let classes_wanted = if bytes[at].is_ascii_uppercase() { wanted.capital } else { wanted.lower };
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

    /// Looks at the word that begins at `at` and whose letters end at `end`. Keywords do not overlap: the one
    /// that begins first and is longest counts, so that `address` is none in `email address`.
    fn word(&mut self, lexicon: &Lexicon, text: &str, at: usize, end: usize, covered: usize) -> usize {
        let bytes = text.as_bytes();
        let digit_follows = bytes.get(end).is_some_and(u8::is_ascii_digit);
        let separated_digit =
            || matches!(bytes.get(end), Some(b' ' | b'-')) && bytes.get(end + 1).is_some_and(u8::is_ascii_digit);
        if end - at < 8 && (digit_follows || separated_digit()) {
            self.spots.push(Spot::Word(at));
        }
        if bytes[at..end].starts_with(b"eyJ")
            && !matches!(at.checked_sub(1).map(|before| bytes[before]), Some(b'-' | b'_'))
        {
            self.spots.push(Spot::Jose(at));
        }
        self.keyword(lexicon, text, at, covered)
    }

    /// Takes the keyword at `at`, unless the last one reaches over it; gives back where the last one ends.
    fn keyword(&mut self, lexicon: &Lexicon, text: &str, at: usize, covered: usize) -> usize {
        if at < covered {
            return covered;
        }
        match lexicon.hit(text, at) {
            Some(hit) => {
                self.hits.push(hit);
                hit.end
            }
            None => covered,
        }
    }
}

fn run(bytes: &[u8], at: usize, to: usize, belongs: impl Fn(u8) -> bool) -> usize {
    bytes[at..to].iter().position(|byte| !belongs(*byte)).map_or(to, |length| at + length)
}

/// The most bytes that a word on a list can have with its accents.
const LONGEST_WORD: usize = 96;

/// How far beyond a window keywords can matter to its values.
pub(crate) const MARGIN: usize = 4 * REACH;
