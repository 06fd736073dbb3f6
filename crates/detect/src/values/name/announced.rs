//! Names in running text that the words before them announce: `Re: Jane Doe`, `the wife, Jane Doe,`, `Regards, Jane Doe`.

use std::ops::Range;

use super::words::{Style, Word};
use crate::lists::{Classes, Lists};
use crate::text;

/// How far back is looked for the words that announce a name.
const BACK: usize = 40;
const MOST_WORDS: usize = 5;
/// How many words of a name that are on no list may stand before the first that is.
const MOST_BEFORE: usize = 2;
/// Words behind which a person is named who belongs to the patient.
const RELATIONS: &[&str] = &[
    "wife",
    "husband",
    "partner",
    "spouse",
    "mother",
    "father",
    "parent",
    "daughter",
    "son",
    "sister",
    "brother",
    "carer",
    "guardian",
    "friend",
    "neighbour",
    "neighbor",
    "grandmother",
    "grandfather",
    "aunt",
    "uncle",
];
/// Headers of letters and e-mails, with their colon.
const HEADERS: &[&str] = &["from", "to", "cc", "bcc", "re", "attn", "attention"];
/// What stands in the line above a signature.
const FAREWELLS: &[&str] = &["regards", "sincerely", "faithfully", "thanks", "wishes", "truly", "cheers"];

/// The announced name that the listed word at `at` is part of: two words and more with capitals, at least one of which
/// is no plain word.
pub(super) fn read(text: &str, at: usize, lists: &Lists) -> Option<Range<usize>> {
    let mut start = at;
    for _ in 0..=MOST_BEFORE {
        if announces(text, start) {
            return words(text, start, lists);
        }
        start = word_before(text, start)?;
    }
    None
}

/// The start of the word with a capital that stands one blank before `at`.
fn word_before(text: &str, at: usize) -> Option<usize> {
    const LONGEST: usize = 24;
    let end = at.checked_sub(1).filter(|end| text.as_bytes()[*end] == b' ')?;
    let from = text.floor_char_boundary(end.saturating_sub(LONGEST));
    let before = &text[from..end];
    let word = &before[before.trim_end_matches(|c: char| c.is_alphabetic() || c == '-' || c == '\'').len()..];
    word.starts_with(char::is_uppercase).then_some(end - word.len())
}

fn announces(text: &str, at: usize) -> bool {
    let before = &text[text.floor_char_boundary(at.saturating_sub(BACK))..at];
    let trimmed = before.trim_end();
    let gap = &before[trimmed.len()..];
    let unmarked = trimmed.trim_end_matches([',', ':', '.', '!']);
    let rest = unmarked.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let word = &unmarked[rest.len()..];
    if word.is_empty() {
        return false;
    }
    if gap.contains('\n') {
        return text::is_one_of(word, FAREWELLS);
    }
    let begins_line = rest.is_empty() || rest.ends_with('\n') || rest.ends_with('\r');
    let header = trimmed.ends_with(':') && begins_line && text::is_one_of(word, HEADERS);
    let subject = trimmed.ends_with(word) && begins_line && word.eq_ignore_ascii_case("re");
    (header || subject || RELATIONS.contains(&word)) && !gap.is_empty()
}

fn words(text: &str, start: usize, lists: &Lists) -> Option<Range<usize>> {
    let (mut next, mut end, mut count, mut is_name, mut own) = (start, start, 0, false, false);
    for _ in 0..MOST_WORDS {
        let Some(word) = Word::at(text, next, lists) else { break };
        let particle = word.is_particle(text);
        if word.style == Style::Lower && !particle {
            break;
        }
        if word.is(Classes::OTHER) && !word.is(Classes::FAMILY.or(Classes::GIVEN)) {
            return None;
        }
        if !particle {
            let plain = word.is(Classes::ENGLISH.or(Classes::PLACE).or(Classes::OTHER).or(Classes::DRUG));
            is_name |= word.is(Classes::GIVEN.or(Classes::FAMILY));
            own |= !plain && word.style != Style::Initial;
            count += 1;
            end = word.range.end;
        }
        match word.next(text) {
            Some(behind) => next = behind,
            None => break,
        }
    }
    let glued = text[end..].starts_with(['@', '_', '/', '(', '=', '&']) || text::alnum_at(text, end);
    (count > 1 && is_name && own && !glued).then_some(start..end)
}
