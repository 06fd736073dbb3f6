//! Names of medicines, known by the list and by the strength or the directions beside them.

use std::ops::Range;

use crate::identifier::{Alone, Found, Listed, Support};
use crate::lists::Classes;
use crate::text;
use crate::words::Words;

/// How far behind a name its strength or directions may stand, and how far before it a strength.
const AHEAD: usize = 48;
const BACK: usize = 24;
const LONGEST_WORD: usize = 24;
/// Words that belong to the name before them: salts and forms of the substance.
static SALTS: Words = Words::of(&[
    "acetate",
    "acid",
    "arginine",
    "axetil",
    "besilate",
    "besylate",
    "bromide",
    "calcium",
    "carbonate",
    "chloride",
    "citrate",
    "dihydrate",
    "dinitrate",
    "dipropionate",
    "disoproxil",
    "erbumine",
    "etexilate",
    "forte",
    "fumarate",
    "furoate",
    "gluconate",
    "hcl",
    "hydrobromide",
    "hydrochloride",
    "lactate",
    "magnesium",
    "maleate",
    "medoxomil",
    "mesilate",
    "mesylate",
    "monohydrate",
    "mononitrate",
    "nitrate",
    "osteo",
    "oxide",
    "phosphate",
    "pivoxil",
    "potassium",
    "propionate",
    "rapid",
    "sodium",
    "succinate",
    "sulfate",
    "sulphate",
    "tartrate",
    "trihydrate",
    "trinitrate",
    "valerate",
]);
static UNITS: Words = Words::of(&[
    "cap",
    "caps",
    "capsule",
    "capsules",
    "drop",
    "drops",
    "g",
    "gram",
    "grams",
    "iu",
    "mcg",
    "mg",
    "microgram",
    "micrograms",
    "milligram",
    "milligrams",
    "ml",
    "puff",
    "puffs",
    "repeats",
    "rpts",
    "tab",
    "tablet",
    "tablets",
    "tabs",
    "ug",
    "unit",
    "units",
]);
/// Directions as prescribers write them.
static DIRECTIONS: Words = Words::of(&[
    "bd", "bid", "capsule", "capsules", "daily", "im", "inhaler", "iv", "mane", "nocte", "od", "po", "pr", "prn",
    "puffs", "q12h", "q4h", "q6h", "q8h", "qds", "qid", "qty", "repeats", "rpts", "sc", "sl", "stat", "tablet",
    "tablets", "tds", "tid", "weekly",
]);

/// The listed medicine, with its salt, when a strength, directions or a quantity stand beside it.
pub(crate) fn dosed(listed: &Listed<'_>) -> Option<Found> {
    let text = listed.text;
    let start = listed.word.start;
    if !listed.classes.any(Classes::DRUG) || is_inside(text, &listed.word) {
        return None;
    }
    let end = with_salts(text, with_second_name(listed));
    (speaks_ahead(text, end) || speaks_before(text, start))
        .then(|| Some(Found { range: start..end, support: Support::shape(Alone::Always)? }))?
}

/// Whether the word is a piece of an address, a path or an identifier of a program.
fn is_inside(text: &str, word: &Range<usize>) -> bool {
    let bytes = text.as_bytes();
    let before = word.start.checked_sub(1).map(|at| bytes[at]);
    let behind = bytes.get(word.end);
    matches!(before, Some(b'_' | b'@' | b'.' | b'/' | b'\\' | b'#' | b'$'))
        || matches!(behind, Some(b'_' | b'@' | b'(' | b'=' | b'\\' | b'0'..=b'9'))
}

/// The end of a name of two listed words: `insulin glargine`.
fn with_second_name(listed: &Listed<'_>) -> usize {
    let Listed { text, word, lists, .. } = listed;
    let next = text::skip_blanks(text, word.end, text.len().min(word.end + 1));
    let end = text::word_end(text, next, LONGEST_WORD);
    if next > word.end && lists.classes(&text[next..end]).any(Classes::DRUG) { end } else { word.end }
}

fn with_salts(text: &str, name_end: usize) -> usize {
    let mut end = name_end;
    for _ in 0..2 {
        let next = text::skip_blanks(text, end, text.len().min(end + 2));
        let word = text::word_end(text, next, LONGEST_WORD);
        if next == end || !SALTS.contains(&text[next..word]) {
            break;
        }
        end = word;
    }
    end
}

/// Whether a strength, directions or a quantity follow on the line, with no other sentence between.
fn speaks_ahead(text: &str, end: usize) -> bool {
    let line = text::line_end(text, end, AHEAD);
    let ahead = &text[end..line];
    let ahead = &ahead[..ahead.find([';', '{', '=']).unwrap_or(ahead.len())];
    let direction = |word: &str| DIRECTIONS.contains(word.trim_matches(['.', ',', '(', ')']));
    has_strength(ahead) || ahead.split(' ').take(4).any(direction)
}

/// Whether a strength stands right before: `500 mg of`, `20mg`.
fn speaks_before(text: &str, start: usize) -> bool {
    let line = text::line_start(text, start, BACK);
    let before = text[line..start].trim_end();
    let before = before.strip_suffix(" of").unwrap_or(before);
    let last = before.rsplit(' ').next().unwrap_or("");
    let number = before[..before.len() - last.len()].trim_end().ends_with(|c: char| c.is_ascii_digit());
    let unit = last.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    UNITS.contains(unit) && (number || unit.len() < last.len())
}

/// Whether a number with a medicine's unit is in `part`; a concentration in blood (`mg/L`) is none.
fn has_strength(part: &str) -> bool {
    let bytes = part.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if !bytes[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        while at < bytes.len() && (bytes[at].is_ascii_digit() || matches!(bytes[at], b'.' | b',' | b'/')) {
            at += 1;
        }
        let unit = at + usize::from(bytes.get(at) == Some(&b' '));
        let length = bytes[unit.min(bytes.len())..].iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
        let is_unit = bytes.get(unit) == Some(&b'%') || part.get(unit..unit + length).is_some_and(is_medicines_unit);
        if is_unit && !part[unit + length..].starts_with("/L") {
            return true;
        }
    }
    false
}

fn is_medicines_unit(unit: &str) -> bool {
    UNITS.contains(unit)
}
