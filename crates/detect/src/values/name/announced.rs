//! Names in running text that the words before them announce: `Re: Jane Doe, DOB …`, `the wife, Jane Doe, was`, a
//! signature; and those that stand before an e-mail address, or as HL7 parts them.

use std::ops::Range;

use super::words::{Style, Word};
use crate::identifier::{Alone, Beside, Found, Support};
use crate::lists::{Classes, Lists};
use crate::text;

const MOST_WORDS: usize = 5;
/// What stands behind the name of a letter's subject.
const BIRTH: &[&str] = &["dob", "d.o.b", "born", "date of birth", "birth date", "aged", "nhi", "mrn", "nhs"];

/// The name behind `Re:` at the beginning of a line: listed, or followed by a date of birth or the like.
pub(crate) fn subject(beside: &Beside<'_>) -> Option<Found> {
    let text = beside.text;
    let begins_line = text::line_start(text, beside.at.start, 8) == beside.at.start;
    let behind = &text[beside.at.end..];
    let start = beside.at.end + behind.len() - behind.trim_start_matches([':', ' ']).len();
    if beside.below.is_some() || !begins_line || start == beside.at.end {
        return None;
    }
    let name = Name::at(text, start)?;
    let rest = text[name.range.end..].trim_start_matches([' ', ',', '(', '-', '\r', '\n']);
    let born =
        BIRTH.iter().any(|word| rest.get(..word.len()).is_some_and(|written| written.eq_ignore_ascii_case(word)));
    (name.own && (name.listed || born)).then(|| name.found())?
}

/// The name of a relation: `The wife, Jane Doe, was present`.
pub(crate) fn apposed(beside: &Beside<'_>) -> Option<Found> {
    let text = beside.text;
    if beside.below.is_some() || !text[beside.at.end..].starts_with(", ") {
        return None;
    }
    let name = Name::at(text, beside.at.end + 2)?;
    let closed = text[name.range.end..].starts_with([',', '.', ')', ';', ' ']);
    (closed && name.own).then(|| name.found())?
}

/// The name below a letter's last words, alone on its line: `Kind regards,`.
pub(crate) fn signature(beside: &Beside<'_>) -> Option<Found> {
    const GAP: usize = 8;
    let text = beside.text;
    let limit = text.floor_char_boundary(beside.at.end + GAP);
    let behind = &text[beside.at.end..limit];
    let start = beside.at.end + behind.len() - behind.trim_start_matches([',', '.', '!', ' ', '\r', '\n']).len();
    if beside.below.is_some() || !text[beside.at.end..start].contains('\n') {
        return None;
    }
    let name = Name::at(text, start)?;
    let alone =
        text[name.range.end..].trim_start_matches([' ', '\r']).starts_with(['\n', ',']) || name.range.end == text.len();
    (alone && name.own).then(|| name.found())?
}

/// The name before an address in angle brackets whose `@` is at `at`: `Jane Doe <jdoe@example.org>`.
pub(crate) fn mailbox(text: &str, at: usize) -> Option<Found> {
    const LONGEST_LOCAL_PART: usize = 64;
    const LONGEST: usize = 60;
    let from = text.floor_char_boundary(at.saturating_sub(LONGEST_LOCAL_PART));
    let open = from + text.as_bytes()[from..at].iter().rposition(|byte| !is_local(*byte))?;
    if text.as_bytes()[open] != b'<' {
        return None;
    }
    let line = text::line_start(text, open, LONGEST);
    let before = text[line..open].trim_end_matches([' ', '"', '\'']);
    let written = before.rsplit([':', ',', ';', '"', '\'', '(', '[', '<', '>', '\t']).next()?.trim_start();
    let start = line + before.len() - written.len();
    let name = Name::at(text, start).filter(|name| name.range.len() == written.len())?;
    let local = text[open + 1..at].to_ascii_lowercase();
    let says_it = written.split(' ').any(|word| word.len() > 2 && local.contains(&word.to_ascii_lowercase()));
    (name.own || says_it).then(|| name.found())?
}

fn is_local(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b".%&'+-_~".contains(&byte)
}

/// Family and given name as HL7 v2 and vCards part them, one of which the word at `at` is in: `DOE^Jane`.
pub(super) fn components(text: &str, at: usize) -> Option<Range<usize>> {
    const LONGEST: usize = 40;
    const MARKS: [char; 6] = ['|', '^', '~', '&', '\n', '\r'];
    let from = text.floor_char_boundary(at.saturating_sub(LONGEST));
    let to = text.floor_char_boundary(at + LONGEST);
    memchr::memchr(b'^', &text.as_bytes()[from..to])?;
    let start = text[from..at].rfind(MARKS).map_or(from, |mark| from + mark + 1);
    let end = at + text[at..to].find(MARKS)?;
    let whole = if text[..start].ends_with('^') && start > 1 && !text[..start - 1].ends_with(MARKS) {
        let from = text.floor_char_boundary(start.saturating_sub(LONGEST));
        let family = text[from..start - 1].rfind(MARKS)? + 1 + from;
        family..end
    } else if text[end..].starts_with('^') {
        let to = text.floor_char_boundary(end + LONGEST);
        start..end + 1 + text[end + 1..to].find(MARKS)?
    } else {
        return None;
    };
    let (family, given) = text[whole.clone()].split_once('^')?;
    let is_code = given.len() < 3 && !given.contains(char::is_lowercase);
    let (family, given) = (Part::of(family)?, Part::of(given)?);
    ((family.named || given.named) && !is_code).then_some(whole)
}

/// One part of a name in HL7.
struct Part {
    /// Whether a name is in it that is neither a place nor an institution.
    named: bool,
}

impl Part {
    fn of(written: &str) -> Option<Self> {
        let lists = Lists::shipped();
        let mut named = false;
        for word in written.split([' ', '-', '\'']) {
            let letters = !word.is_empty() && word.chars().all(char::is_alphabetic);
            let classes = lists.classes(word);
            let is_name = classes.any(Classes::GIVEN.or(Classes::FAMILY));
            if !letters || (classes.any(Classes::OTHER.or(Classes::DRUG).or(Classes::PLACE)) && !is_name) {
                return None;
            }
            named |= is_name && !classes.any(Classes::PLACE.or(Classes::OTHER));
        }
        written.contains(char::is_uppercase).then_some(Self { named })
    }
}

/// Words that are written like a name.
struct Name {
    range: Range<usize>,
    /// Whether one of them is on the lists of names.
    listed: bool,
    /// Whether one of them is no plain word.
    own: bool,
}

impl Name {
    /// Two words and more with capitals, none of which makes something else of them.
    fn at(text: &str, start: usize) -> Option<Self> {
        let lists = Lists::shipped();
        let mut name = Self { range: start..start, listed: false, own: false };
        let (mut next, mut count) = (start, 0);
        for _ in 0..MOST_WORDS {
            let Some(word) = Word::at(text, next, lists) else { break };
            let particle = word.is_particle(text);
            if word.style == Style::Lower && !particle {
                break;
            }
            let is_name = word.is(Classes::GIVEN.or(Classes::FAMILY));
            if word.is(Classes::OTHER.or(Classes::DRUG)) && !is_name {
                return None;
            }
            if !particle {
                let plain = word.is(Classes::ENGLISH.or(Classes::PLACE).or(Classes::OTHER).or(Classes::DRUG));
                name.listed |= is_name;
                name.own |= !plain && word.style != Style::Initial;
                count += 1;
                name.range.end = word.range.end;
            }
            match word.next(text) {
                Some(behind) => next = behind,
                None => break,
            }
        }
        let glued =
            text[name.range.end..].starts_with(['@', '_', '/', '(', '=', '&']) || text::alnum_at(text, name.range.end);
        (count > 1 && !glued).then_some(name)
    }

    fn found(self) -> Option<Found> {
        Some(Found { range: self.range, support: Support::shape(Alone::Always)? })
    }
}
