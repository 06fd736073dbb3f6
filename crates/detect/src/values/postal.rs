//! Postal addresses in running text: a number, a street, and the town's state or postcode.

use std::ops::Range;

use super::address::STREETS;
use crate::identifier::{Alone, Found, Support};
use crate::text;
use crate::words::Words;

/// The most bytes of an address, and the most words of a street's and of a town's name.
const LONGEST: usize = 160;
const STREET_WORDS: usize = 5;
const TOWN_WORDS: usize = 8;
/// The most line ends behind the street: district, town, county and postcode each on their own.
const TOWN_LINES: usize = 4;
const STATES: &[&str] = &[
    "NSW", "VIC", "QLD", "TAS", "ACT", "NT", "SA", "WA", "Vic", "Tas", "Qld", "ON", "QC", "BC", "AB", "MB", "SK", "NS",
    "NB", "NL", "PE", "YT", "NU", "AL", "AK", "AZ", "AR", "CA", "CO", "CT", "DE", "FL", "GA", "HI", "ID", "IL", "IN",
    "IA", "KS", "KY", "LA", "ME", "MD", "MA", "MI", "MN", "MS", "MO", "MT", "NE", "NV", "NH", "NJ", "NM", "NY", "NC",
    "ND", "OH", "OK", "OR", "PA", "RI", "SC", "SD", "TN", "TX", "UT", "VT", "VA", "WI", "WV", "WY", "DC",
];
const LONGEST_STATE: usize = 3;
static UNITS: Words =
    Words::of(&["apartment", "apt", "flat", "floor", "level", "lot", "room", "shop", "ste", "suite", "unit", "villa"]);

/// The address whose house number begins at `at`.
pub(crate) fn running(text: &str, at: usize) -> Option<Found> {
    let limit = text.floor_char_boundary(at + LONGEST);
    let number = house_number(text, at)?;
    let street = street(text, number, limit)?;
    let end = town(text, street, limit)?;
    Some(Found { range: with_unit(text, at)..end, support: Support::shape(Alone::Always)? })
}

/// Where an address begins whose house number stands at `at`: before `Unit 6,`, `Flat 2B` or `Level 1, Suite 3,` on
/// the same line.
fn with_unit(text: &str, at: usize) -> usize {
    const LONGEST: usize = 40;
    let mut start = at;
    for _ in 0..2 {
        let line = text::line_start(text, start, LONGEST);
        let before = text[line..start].trim_end_matches([' ', ',']);
        let kind = before.trim_end_matches(|c: char| c.is_ascii_alphanumeric());
        let number = &before[kind.len()..];
        let kind = kind.trim_end_matches(' ');
        let word = kind.rsplit([' ', ',', '\t', '"', ':', '(', '|']).next().unwrap_or("");
        let numbered =
            (1..=5).contains(&number.len()) && (number.len() == 1 || number.contains(|c: char| c.is_ascii_digit()));
        if !numbered || !UNITS.contains(word.trim_end_matches('.')) {
            break;
        }
        start = line + kind.len() - word.len();
    }
    start
}

/// The end of `12`, `12A`, `12-14` or `2/14` with a blank behind it.
fn house_number(text: &str, at: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    if text::alnum_before(text, at) || matches!(bytes.get(at.wrapping_sub(1)), Some(b'/' | b'.' | b'-' | b'$' | b'#')) {
        return None;
    }
    if bytes[at] == b'(' {
        return None;
    }
    let mut end = at;
    while end < at + 10
        && bytes.get(end).is_some_and(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'-'))
    {
        end += 1;
    }
    let letters = bytes[at..end].iter().filter(|byte| byte.is_ascii_alphabetic()).count();
    let capital = text.get(end + 1..)?.starts_with(char::is_uppercase);
    (end > at && letters < 2 && bytes.get(end) == Some(&b' ') && capital).then_some(end)
}

/// The end of a street's name and type, behind which a town may follow.
fn street(text: &str, number: usize, limit: usize) -> Option<usize> {
    let mut at = number;
    for words in 0..STREET_WORDS {
        let word = capital_word(text, at, limit)?;
        at = word.end;
        let written = &text[word];
        if words > 0 && STREETS.contains(written) {
            return Some(at + usize::from(text.as_bytes().get(at) == Some(&b'.')));
        }
    }
    None
}

/// The word with a capital behind one blank at `at`.
fn capital_word(text: &str, at: usize, limit: usize) -> Option<Range<usize>> {
    let start = at + 1;
    let end = text::word_end(text, start, 40).min(limit);
    let end = match text.get(end..)?.strip_prefix(['\'', '-']) {
        Some(_) => text::word_end(text, end + 1, 40).min(limit),
        None => end,
    };
    (text.as_bytes().get(at) == Some(&b' ') && text.get(start..end)?.starts_with(char::is_uppercase))
        .then_some(start..end)
}

/// The end of what follows a street up to its postcode, or to its state.
fn town(text: &str, street: usize, limit: usize) -> Option<usize> {
    let (mut at, mut end, mut lines, mut named) = (street, None, 0, false);
    for _ in 0..TOWN_WORDS {
        let gap = text.get(at..limit)?.len() - text[at..limit].trim_start_matches([',', ' ', '\t', '\r', '\n']).len();
        lines += text[at..at + gap].matches('\n').count();
        if gap == 0 || lines > TOWN_LINES {
            break;
        }
        let start = at + gap;
        let stop = text[start..limit]
            .find([',', ' ', '\t', '\r', '\n', ';', ':', '"', '|', '<', ')'])
            .map_or(limit, |length| start + length);
        let word = text[start..stop].trim_end_matches('.');
        if word.is_empty() {
            break;
        }
        at = start + word.len();
        if let Some(postcode) = postcode(text, start, at, limit) {
            return (named || end.is_some()).then_some(postcode);
        }
        let is_unit = UNITS.contains(word) || (word.len() < 4 && word.starts_with(|c: char| c.is_ascii_digit()));
        if word.len() <= LONGEST_STATE && named && STATES.contains(&word) {
            end = Some(at);
        } else if word.starts_with(char::is_uppercase) {
            named |= !is_unit;
        } else if !is_unit {
            break;
        }
        if stop != at {
            break;
        }
    }
    end
}

/// The end of the postcode that begins with the word `from..to`: four digits (Australia, New Zealand), five and
/// perhaps four more (United States), or two groups (Britain, Canada, Ireland).
fn postcode(text: &str, from: usize, to: usize, limit: usize) -> Option<usize> {
    let word = &text[from..to];
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    match word.split_once('-') {
        None if digits(word) && matches!(word.len(), 4 | 5) => return Some(to),
        Some((zip, more)) if digits(zip) && digits(more) && (zip.len(), more.len()) == (5, 4) => return Some(to),
        _ => {}
    }
    let first = word.starts_with(|c: char| c.is_ascii_uppercase())
        && (2..=4).contains(&word.len())
        && word.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
        && word.bytes().any(|byte| byte.is_ascii_digit());
    let second = text.get(to + 1..limit)?;
    let length = second.bytes().take_while(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit()).count();
    let has_digit = second[..length].bytes().any(|byte| byte.is_ascii_digit());
    (first && text.as_bytes().get(to) == Some(&b' ') && matches!(length, 3 | 4) && has_digit).then_some(to + 1 + length)
}
