//! What a payment card carries besides its number: its magnetic stripe and its expiry.

use crate::context::{Label, REACH};
use crate::identifier::{Alone, Beside, Found, Support};
use crate::text;
use crate::validators::luhn;
use crate::values::announced;
use crate::values::label::is_first_cell;
use crate::words::Words;

/// ISO/IEC 7813: 79 characters on track 1, 40 on track 2.
const LONGEST_TRACK: usize = 80;
/// Words near an expiry that say that something else expires.
static OTHER_THINGS: Words = Words::of(&[
    "batch",
    "cache",
    "caps",
    "cert",
    "certificate",
    "concession",
    "contract",
    "cookie",
    "domain",
    "dose",
    "drug",
    "dva",
    "insurance",
    "key",
    "licence",
    "license",
    "lot",
    "mcg",
    "medicare",
    "membership",
    "mg",
    "ml",
    "pack",
    "passport",
    "pension",
    "permit",
    "policy",
    "prescription",
    "product",
    "registration",
    "repeat",
    "repeats",
    "rpts",
    "rx",
    "script",
    "scripts",
    "session",
    "stock",
    "subscription",
    "tablet",
    "tablets",
    "tabs",
    "token",
    "vaccine",
    "warranty",
]);
/// Keywords that say it of anything, so that a card must be named besides.
static LOOSE_WORDS: Words =
    Words::of(&["exp", "exp.", "expires", "expires end", "expires on", "valid to", "valid until"]);
/// Words near an expiry that say that a card expires.
static CARD_WORDS: Words = Words::of(&[
    "amex",
    "card",
    "cardholder",
    "credit",
    "cvc",
    "cvc2",
    "cvv",
    "cvv2",
    "debit",
    "mastercard",
    "pan",
    "visa",
]);

/// The data of track 1 or 2 beside a keyword (ISO/IEC 7813): `%B` number `^` name `^` expiry and more `?`, or `;` number
/// `=` expiry and more `?`.
pub(crate) fn magnetic_stripe(beside: &Beside<'_>) -> Option<Found> {
    let text = beside.text;
    let start = match beside.below {
        Some(cell) => cell,
        None => {
            let limit = text.floor_char_boundary(beside.at.end + 40);
            beside.at.end + text[beside.at.end..limit].find(['%', ';'])?
        }
    };
    let end = track_end(&text.as_bytes()[start..text.len().min(start + LONGEST_TRACK)])?;
    Some(Found { range: start..start + end, support: Support::checked(true, Alone::Never)? })
}

fn track_end(track: &[u8]) -> Option<usize> {
    let (number, separator) = match track {
        [b'%', b'B' | b'b', ..] => (2, b'^'),
        [b';', ..] => (1, b'='),
        _ => return None,
    };
    let digits = track[number..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let behind = number + digits;
    let end = track.iter().position(|byte| *byte == b'?')? + 1;
    let expiry = if separator == b'^' {
        behind + 2 + track.get(behind + 1..)?.iter().position(|byte| *byte == b'^')?
    } else {
        behind + 1
    };
    let dated = track.get(expiry..expiry + 4)?.iter().all(u8::is_ascii_digit);
    let valid = (12..=19).contains(&digits) && track.get(behind) == Some(&separator) && dated && expiry < end;
    (valid && luhn(&track[number..behind])).then_some(end)
}

/// The month in which a card expires: `02/29`, `02/2029`, `Feb 2029`, `29-Feb`; unless other words around say that it
/// is something else that expires.
pub(crate) fn expiry(beside: &Beside<'_>) -> Option<Found> {
    let text = beside.text;
    let at = match beside.below {
        Some(cell) => cell,
        None => {
            let value = behind_filler(text, Label::behind(text, beside.at.end).value);
            match text::newline_at(text, value) {
                0 => value,
                _ if !is_first_cell(text, beside.at.start) => return None,
                newline => Label::behind(text, value + newline).value,
            }
        }
    };
    let end = month_end(text, at)?;
    let goes_on = text::alnum_at(text, end) || text::number_goes_on_behind(text, end);
    (!goes_on && is_of_card(text, beside)).then_some(Found { range: at..end, support: Support::shape(Alone::Never)? })
}

/// Behind `date`, `(MM/YY)` and the like, and the mark.
fn behind_filler(text: &str, at: usize) -> usize {
    let mut at = announced::behind_number_words(text, at);
    for _ in 0..2 {
        for filler in ["date", "(mm/yy)", "(mm/yyyy)", "mm/yy"] {
            if text.get(at..at + filler.len()).is_some_and(|written| written.eq_ignore_ascii_case(filler)) {
                at = Label::behind(text, at + filler.len()).value;
            }
        }
    }
    announced::behind_number_words(text, at)
}

fn month_end(text: &str, at: usize) -> Option<usize> {
    let bytes = text.as_bytes().get(at..)?;
    match bytes {
        [m1, m2, b'/' | b'-', rest @ ..] if is_month(*m1, *m2) => year(rest).map(|length| at + 3 + length),
        [m1, m2, b' ', b'/' | b'-', b' ', rest @ ..] if is_month(*m1, *m2) => year(rest).map(|length| at + 5 + length),
        [y1, y2, b'-' | b' ', name @ ..] if y1.is_ascii_digit() && y2.is_ascii_digit() => {
            is_month_name(name).then_some(at + 6)
        }
        [_, _, _, b' ' | b'-' | b'/', rest @ ..] if is_month_name(bytes) => year(rest).map(|length| at + 4 + length),
        _ => None,
    }
}

fn is_month(tens: u8, ones: u8) -> bool {
    matches!((tens, ones), (b'0', b'1'..=b'9') | (b'1', b'0'..=b'2'))
}

fn is_month_name(name: &[u8]) -> bool {
    static MONTHS: Words =
        Words::of(&["apr", "aug", "dec", "feb", "jan", "jul", "jun", "mar", "may", "nov", "oct", "sep"]);
    name.get(..3).and_then(|name| std::str::from_utf8(name).ok()).is_some_and(|name| MONTHS.contains(name))
        && !name.get(3).is_some_and(u8::is_ascii_alphabetic)
}

/// Two digits, or four of this century.
fn year(digits: &[u8]) -> Option<usize> {
    match digits.iter().take(5).take_while(|byte| byte.is_ascii_digit()).count() {
        2 => Some(2),
        4 if digits.starts_with(b"20") => Some(4),
        _ => None,
    }
}

/// What the words on the keyword's line say; where they say nothing, those of the line above.
fn is_of_card(text: &str, beside: &Beside<'_>) -> bool {
    if beside.keyword.contains("card") {
        return true;
    }
    let line = text::line_start(text, beside.at.start, REACH);
    let above = text::line_start(text, line.saturating_sub(1), REACH);
    let own = &text[line..text::line_end(text, beside.at.end, REACH)];
    card_named_in(own)
        .or_else(|| card_named_in(&text[above..line]))
        .unwrap_or_else(|| !LOOSE_WORDS.contains(beside.keyword))
}

/// Whether the words of a line name a card, or something else that expires.
fn card_named_in(line: &str) -> Option<bool> {
    let is_one_of = |words: &Words| {
        line.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).any(|word| words.contains(word))
    };
    if is_one_of(&CARD_WORDS) { Some(true) } else { is_one_of(&OTHER_THINGS).then_some(false) }
}
