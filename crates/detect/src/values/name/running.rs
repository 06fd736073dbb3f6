//! Names in running text, known by the lists.

use std::ops::Range;

use super::announced;
use super::words::{LONGEST_PARTICLE, PARTICLES, Style, Word};
use crate::identifier::{Alone, Found, Listed, Support};
use crate::lists::{Classes, Lists};
use crate::text;
use crate::words::Words;

/// The most words of one name.
const MOST_WORDS: usize = 6;
/// Words before a name that make a place or an institution of it.
static BEFORE_OTHERS: Words = Words::of(&[
    "cape", "east", "fort", "great", "hmas", "hms", "hospital", "hotel", "king", "lake", "lower", "mount", "mt", "new",
    "north", "old", "point", "port", "prince", "princess", "queen", "river", "royal", "saint", "san", "santa", "south",
    "ss", "st", "upper", "vitamin", "west",
]);
/// Words behind which a place is meant, not a person, when a name could be one.
static BEFORE_PLACES: Words =
    Words::of(&["a", "an", "at", "in", "its", "near", "on", "our", "the", "this", "via", "your"]);

/// The name that begins with a listed word, or that the word is the family name of.
pub(crate) fn running(listed: &Listed<'_>) -> Option<Found> {
    let text = listed.text;
    let start = whole_word_start(text, listed.word.start)?;
    if let Some(range) = announced::components(text, start) {
        return Some(Found { range, support: Support::shape(Alone::Always)? });
    }
    let first = Word::at(text, start, listed.lists)?;
    if matches!(first.style, Style::Lower | Style::Initial) || !goes_on(text, &first) {
        return None;
    }
    let before = Before::of(text, start, listed.lists);
    if before.spoils() {
        return None;
    }
    let range = if first.is(Classes::GIVEN) {
        given_first(text, &first, &before, listed.lists).or_else(|| family_first(text, &first, &before, listed.lists))
    } else {
        initials_first(text, &first).or_else(|| family_first(text, &first, &before, listed.lists))
    }?;
    Some(Found { range, support: Support::shape(Alone::Always)? })
}

/// Whether what is beside a word can be no part of a name with it, as is so of most words of a sentence.
pub(crate) fn stands_alone(bytes: &[u8], word: &Range<usize>) -> bool {
    let before = match &bytes[..word.start] {
        [.., before, b' '] | [.., before] => *before,
        [] => b' ',
    };
    if !before.is_ascii() || matches!(before, b'.' | b'\'' | b'-' | b'^' | b'&' | b'/' | b'A'..=b'Z') {
        return false;
    }
    match bytes[word.end..] {
        [b' ', next, ..] if next.is_ascii_lowercase() => {
            let next = &bytes[word.end + 1..];
            let length = next.iter().take(LONGEST_PARTICLE + 1).take_while(|byte| byte.is_ascii_alphabetic()).count();
            !PARTICLES.contains_bytes(&next[..length])
        }
        [b' ', next, ..] => next.is_ascii() && !next.is_ascii_uppercase(),
        [behind, ..] => matches!(behind, b'\n' | b'\r' | b'\t' | b';' | b':' | b'!' | b'?' | b')' | b'|' | b'"'),
        [] => true,
    }
}

/// Whether what is beside a word can make a name with it: most words of a sentence stand alone.
fn goes_on(text: &str, first: &Word) -> bool {
    let bytes = text.as_bytes();
    if bytes[first.range.end..].starts_with(b", ") {
        return true;
    }
    if !first.is(Classes::GIVEN) {
        let blank = usize::from(bytes[..first.range.start].ends_with(b" "));
        let before = (first.range.start - blank).checked_sub(1).map(|before| bytes[before]);
        return matches!(before, Some(b'.' | b'A'..=b'Z'));
    }
    first.next(text).is_some_and(|next| {
        let end = text::word_end(text, next, LONGEST_PARTICLE + 1);
        !bytes[next..].first().is_some_and(u8::is_ascii_lowercase) || PARTICLES.contains(&text[next..end])
    })
}

/// The start of the word with apostrophes and dashes that the letters at `at` are part of; `None` when they
/// are part of something else than prose.
fn whole_word_start(text: &str, at: usize) -> Option<usize> {
    const LONGEST: usize = 40;
    let mut start = at;
    while let Some(before) = text::char_before(text, start) {
        match &text[before..start] {
            "'" | "\u{2019}" | "-" if text::alnum_before(text, before) && at - before < LONGEST => {
                start = before;
                while let Some(letter) = text::char_before(text, start).filter(|_| at - start < LONGEST) {
                    if !text::letter_at(text, letter) {
                        break;
                    }
                    start = letter;
                }
            }
            "." | "_" | "@" | "/" | "\\" | "$" | "+" | "=" | "#" | "~" if start == before + 1 => {
                // `J.Doe` and `Dr.Jane` are written, `file.Jane` is as well: only initials are read.
                return (text[before..start] == *"." && is_initial_before(text, before)).then_some(start);
            }
            _ if text::alnum_before(text, start) => return None,
            _ => break,
        }
    }
    Some(start)
}

fn is_initial_before(text: &str, stop: usize) -> bool {
    let letter = text::char_before(text, stop);
    letter.is_some_and(|at| text[at..].starts_with(char::is_uppercase) && !text::alnum_before(text, at))
}

/// What stands before a name on its line.
struct Before {
    /// The word right before, one blank apart.
    word: Option<Word>,
    spoils: bool,
    place: bool,
    /// Whether the name begins a line, a cell or what a mark sets off.
    set_off: bool,
}

impl Before {
    fn of(text: &str, at: usize, lists: &Lists) -> Self {
        const FAR: usize = 48;
        let line = text::line_start(text, at, FAR);
        let before = &text[line..at];
        let trimmed = before.trim_end_matches([' ', '\u{A0}']);
        let set_off = trimmed.is_empty()
            || before.len() - trimmed.len() > 1
            || trimmed.ends_with([':', ';', '|', '\t', '"', '(', '>', '=', '*', '\u{2022}', ','])
            || trimmed.ends_with(['-', '\u{2013}']);
        let start = trimmed.rfind(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '\u{2019}' | '-' | '.'));
        let word =
            &trimmed[start.map_or(0, |start| start + trimmed[start..].chars().next().map_or(1, char::len_utf8))..];
        let spoils = !set_off
            && (BEFORE_OTHERS.contains(word.trim_end_matches('.')) || word.ends_with(|c: char| c.is_ascii_digit()));
        let place = BEFORE_PLACES.contains(word);
        let word = if set_off { None } else { Word::at(text, line + trimmed.len() - word.len(), lists) };
        Self { word, spoils, place, set_off }
    }

    fn spoils(&self) -> bool {
        self.spoils || self.word.as_ref().is_some_and(|word| word.style != Style::Lower && word.is(Classes::GIVEN))
    }

    /// Whether the text before is a sentence that the name stands in.
    fn is_sentence(&self) -> bool {
        self.word.as_ref().is_some_and(|word| word.style == Style::Lower)
    }
}

/// How well a word speaks for being part of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Strength {
    /// On no list, and no English word.
    Unknown,
    /// A name that is also a word or a place.
    Weak,
    /// A name.
    Strong,
}

fn strength(word: &Word, of: Classes) -> Option<Strength> {
    let other = word.is(Classes::ENGLISH.or(Classes::PLACE).or(Classes::OTHER));
    match (word.is(of), other) {
        (true, false) => Some(Strength::Strong),
        (true, true) => Some(Strength::Weak),
        (false, true) => None,
        (false, false) => (!word.is(Classes::DRUG)).then_some(Strength::Unknown),
    }
}

/// `Jane Doe`, `Jane A. Doe`, `Jane Mary van der Berg`.
fn given_first(text: &str, first: &Word, before: &Before, lists: &Lists) -> Option<Range<usize>> {
    let given = strength(first, Classes::GIVEN)?;
    let (mut family, mut end, mut last_range) = (None, first.range.end, first.range.clone());
    let mut current = first.clone();
    let mut particles = false;
    for _ in 1..MOST_WORDS {
        let Some(word) = current.next(text).and_then(|next| Word::at(text, next, lists)) else { break };
        if word.is_particle(text) && (family.is_none() || last_is_given(&current)) {
            particles = true;
            current = word;
            continue;
        }
        if word.style == Style::Lower {
            if is_other(&word) {
                return None;
            }
            break;
        }
        if word.style == Style::Initial {
            if family.is_some() {
                break;
            }
            current = word;
            continue;
        }
        if first.style == Style::Upper && word.style != Style::Upper {
            break;
        }
        let ambiguous = word.is(Classes::FAMILY) && word.is(Classes::OTHER);
        if is_other(&word) && !(ambiguous && family.is_none()) {
            return None;
        }
        let is_name = word.is(Classes::GIVEN.or(Classes::FAMILY));
        let Some(strength) = strength(&word, Classes::GIVEN.or(Classes::FAMILY)) else { break };
        let goes_on =
            family.is_none() || (is_name && strength == Strength::Strong) || (is_name && last_is_given(&current));
        // `Jane Mary Quillon`: what looked like the family name is a second given name.
        let second = first.style == Style::Capital
            && word.style == Style::Capital
            && last_is_given(&current)
            && !is_degree(&text[word.range.clone()]);
        let goes_on = goes_on || (strength == Strength::Unknown && second);
        if !goes_on || (strength == Strength::Unknown && family.is_some() && !second) {
            break;
        }
        if ambiguous && before.place {
            return None;
        }
        family = Some(strength);
        end = word.range.end;
        last_range = word.range.clone();
        current = word;
    }
    let family = family?;
    let believed = match (given, family) {
        (Strength::Strong, Strength::Strong | Strength::Weak) | (Strength::Weak, Strength::Strong) => true,
        (Strength::Strong, Strength::Unknown) => {
            (first.style == Style::Capital || particles) && text[last_range].chars().count() > 2
        }
        (Strength::Weak, Strength::Weak) => before.is_sentence() && !before.place,
        _ => false,
    };
    (believed && ends_well(text, end)).then_some(first.range.start..end)
}

fn last_is_given(word: &Word) -> bool {
    word.is(Classes::GIVEN)
}

/// Whether capitals follow each other before small letters, as in `MBChB`.
fn is_degree(word: &str) -> bool {
    word.as_bytes().windows(2).any(|pair| pair.iter().all(u8::is_ascii_uppercase))
}

fn is_other(word: &Word) -> bool {
    word.is(Classes::OTHER)
}

/// `DOE, Jane`.
fn family_first(text: &str, first: &Word, before: &Before, lists: &Lists) -> Option<Range<usize>> {
    let behind = &text[first.range.end..];
    let given_start = first.range.end + if behind.starts_with(", ") { 2 } else { return None };
    let given = Word::at(text, given_start, lists)?;
    let strong = |word: &Word, of| strength(word, of) == Some(Strength::Strong);
    let family_is_strong = strong(first, Classes::FAMILY);
    let given_is_strong = strong(&given, Classes::GIVEN);
    let believed = match (first.style, given.style) {
        (Style::Upper, Style::Capital) => first.is(Classes::FAMILY) && given.is(Classes::GIVEN),
        (Style::Upper, Style::Upper) => family_is_strong && given_is_strong,
        (Style::Capital, Style::Capital) => before.set_off && family_is_strong && given_is_strong,
        _ => false,
    };
    let mut end = given.range.end;
    let mut current = given;
    for _ in 2..MOST_WORDS {
        let Some(word) = current.next(text).and_then(|next| Word::at(text, next, lists)) else { break };
        let more = word.style == Style::Initial || (word.style == current.style && strong(&word, Classes::GIVEN));
        if !more {
            break;
        }
        end = word.range.end;
        current = word;
    }
    let lists_on = text[end..].starts_with(", ") && text[end + 2..].starts_with(char::is_uppercase);
    (believed && !(lists_on && first.style == Style::Capital) && ends_well(text, end)).then_some(first.range.start..end)
}

/// `J. A. Doe`, `J A Doe`: two initials, or one with its full stop.
fn initials_first(text: &str, family: &Word) -> Option<Range<usize>> {
    if strength(family, Classes::FAMILY) != Some(Strength::Strong) {
        return None;
    }
    let bytes = text.as_bytes();
    let (mut start, mut initials, mut stops) = (family.range.start, 0, 0);
    while initials < 4 {
        let blank = start.checked_sub(1).is_some_and(|before| bytes[before] == b' ');
        let stop_at = start - usize::from(blank);
        let stop = stop_at.checked_sub(1).is_some_and(|before| bytes[before] == b'.');
        let letter = (stop_at - usize::from(stop)).checked_sub(1);
        let Some(letter) = letter.filter(|at| bytes[*at].is_ascii_uppercase() && (blank || stop)) else { break };
        if text::alnum_before(text, letter) {
            return None;
        }
        start = letter;
        initials += 1;
        stops += usize::from(stop);
    }
    let set_off = !matches!(bytes.get(start.wrapping_sub(1)), Some(b'.' | b'-' | b'/' | b'\'' | b'&' | b'@' | b'_'));
    let enough = stops > 0 || initials > 1;
    (enough && set_off && ends_well(text, family.range.end)).then_some(start..family.range.end)
}

/// Whether nothing behind a name makes an address, a file or a company of it.
fn ends_well(text: &str, end: usize) -> bool {
    let behind = &text[end..];
    let glued = behind.starts_with(['@', '_', '/', '\\', '(', '=', '$', '[', '{', '-']) || text::alnum_at(text, end);
    let dotted = behind.starts_with('.') && text::alnum_at(text, end + 1);
    let company = behind.starts_with(" & ") || behind.starts_with(" Pty") || behind.starts_with(" Ltd");
    !(glued || dotted || company)
}
