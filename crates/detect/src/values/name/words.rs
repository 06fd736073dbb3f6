//! The words of a name.

use std::ops::Range;

use crate::lists::{Classes, Lists};
use crate::text;
use crate::words::Words;

/// The most bytes that one word of a name has.
const LONGEST_WORD: usize = 64;

/// Small words inside of names.
pub(super) static PARTICLES: Words = Words::of(&[
    "al", "ben", "bin", "bint", "binti", "da", "de", "del", "dela", "della", "den", "der", "des", "di", "dos", "du",
    "e", "el", "ibn", "la", "le", "st", "te", "ten", "ter", "van", "von", "y", "zu",
]);

pub(super) const LONGEST_PARTICLE: usize = 5;

/// How a word of a name is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// One capital, with or without a full stop.
    Initial,
    /// A capital and at least one small letter.
    Capital,
    /// Capitals only.
    Upper,
    /// A small letter first.
    Lower,
}

/// A word that may be part of a name, and what it may be.
#[derive(Debug, Clone)]
pub(super) struct Word {
    /// Without a possessive `'s`; with the full stop of an initial.
    pub(super) range: Range<usize>,
    pub(super) style: Style,
    pub(super) classes: Classes,
}

impl Word {
    /// The word that begins at `at`, with its inner apostrophes and dashes.
    pub(super) fn at(text: &str, at: usize, lists: &Lists) -> Option<Self> {
        if let Some(plain) = plain_at(text, at) {
            return Some(Self {
                range: at..at + plain.len(),
                style: plain_style(plain),
                classes: lists.classes_of_ascii(plain),
            });
        }
        let end = word_at(text, at, text.floor_char_boundary(at + LONGEST_WORD))?.end;
        let written = &text[at..end];
        let plain = written.trim_end_matches('.');
        let plain = plain.strip_suffix("'s").or_else(|| plain.strip_suffix("\u{2019}s")).unwrap_or(plain);
        let style = style(plain);
        let end = if style == Style::Initial { end } else { at + plain.len() };
        Some(Self { range: at..end, style, classes: classes(plain, lists) })
    }

    pub(super) fn is(&self, classes: Classes) -> bool {
        self.classes.any(classes)
    }

    pub(super) fn is_particle(&self, text: &str) -> bool {
        self.style != Style::Initial && PARTICLES.contains(&text[self.range.clone()])
    }

    /// Where the next word of the same name begins: behind one blank, or right behind the full stop of an initial.
    pub(super) fn next(&self, text: &str) -> Option<usize> {
        match separator(text, self.range.end, text.len().min(self.range.end + 4))? {
            (b' ', next) => Some(next),
            _ => None,
        }
    }
}

/// The word at `at` where it is written with ASCII letters alone and nothing behind it can belong to it.
#[inline]
fn plain_at(text: &str, at: usize) -> Option<&[u8]> {
    let rest = text.as_bytes().get(at..)?;
    let length = rest.iter().take(LONGEST_WORD).take_while(|byte| byte.is_ascii_alphabetic()).count();
    let goes_on = |byte: &u8| !byte.is_ascii() || byte.is_ascii_digit() || matches!(byte, b'\'' | b'-' | b'/' | b'.');
    (length > 0 && length < LONGEST_WORD && !rest.get(length).is_some_and(goes_on)).then(|| &rest[..length])
}

fn plain_style(word: &[u8]) -> Style {
    match word {
        [b'a'..=b'z', ..] => Style::Lower,
        [_] => Style::Initial,
        _ if word.iter().any(u8::is_ascii_lowercase) => Style::Capital,
        _ => Style::Upper,
    }
}

fn style(word: &str) -> Style {
    let mut letters = word.chars().filter(|c| c.is_alphabetic());
    match (letters.next(), letters.next()) {
        (Some(first), _) if !first.is_uppercase() => Style::Lower,
        (Some(_), None) => Style::Initial,
        _ if word.chars().any(char::is_lowercase) => Style::Capital,
        _ => Style::Upper,
    }
}

/// Of a word with apostrophes as if there were none; of a compound what any of its parts may be, but plain
/// English only if they all are.
fn classes(word: &str, lists: &Lists) -> Classes {
    if word.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        return lists.classes_of_ascii(word.as_bytes());
    }
    let mut joined = Classes::NONE;
    let mut english = true;
    for part in word.split(['-', '/']) {
        let part = part.replace(['\'', '\u{2019}'], "");
        let classes = lists.classes(&part);
        english &= classes.any(Classes::ENGLISH);
        joined = joined.or(classes.without(Classes::ENGLISH));
    }
    if english { joined.or(Classes::ENGLISH) } else { joined }
}

/// A word of letters, apostrophes, dashes and full stops that starts at `at`; no digit belongs to it.
pub(super) fn word_at(text: &str, at: usize, limit: usize) -> Option<Range<usize>> {
    let mut end = at;
    for (offset, c) in text[at.min(limit)..limit].char_indices() {
        let behind = at + offset + c.len_utf8();
        let inside = matches!(c, '\'' | '\u{2019}' | '-' | '/') && text::letter_at(text, behind) && offset > 0;
        if c.is_alphabetic() || inside {
            end = behind;
        } else {
            if c == '.' && offset > 0 {
                end = behind;
            }
            break;
        }
    }
    (end > at && !text::digit_at(text, end)).then_some(at..end)
}

/// What stands between two words of a name: one blank or a comma, and where the next word begins.
pub(super) fn separator(text: &str, at: usize, limit: usize) -> Option<(u8, usize)> {
    let comma = text.as_bytes().get(at) == Some(&b',');
    let from = at + usize::from(comma);
    let next = text::skip_blanks(text, from, limit.max(from));
    if comma {
        (next - from < 2).then_some((b',', next))
    } else {
        let one_blank = text[from..next].chars().count() == 1 && text.as_bytes()[from] != b'\t';
        (one_blank || (next == from && text[..at].ends_with('.'))).then_some((b' ', next))
    }
}
