//! Postal addresses behind a label.

use crate::context::{Label, is_label};
use crate::identifier::{Alone, Beside, Found, Support};
use crate::text;
use crate::values::label::{announced, begins_cell};
use crate::words::Words;

const LONGEST: usize = 240;
pub(super) static STREETS: Words = Words::of(&[
    "ave",
    "avenue",
    "blvd",
    "boulevard",
    "circuit",
    "cl",
    "close",
    "court",
    "cres",
    "crescent",
    "ct",
    "dr",
    "drive",
    "esplanade",
    "grove",
    "highway",
    "hwy",
    "lane",
    "ln",
    "mews",
    "parade",
    "pde",
    "pl",
    "place",
    "quay",
    "rd",
    "road",
    "row",
    "square",
    "st",
    "street",
    "tce",
    "terrace",
    "track",
    "way",
]);
/// Words that make an address of another kind of the word.
static OTHER_ADDRESSES: Words = Words::of(&[
    "an", "and", "base", "bind", "bus", "byte", "email", "hardware", "host", "http", "ip", "ipv4", "ipv6", "listen",
    "load", "local", "mac", "mail", "memory", "network", "of", "or", "physical", "please", "proxy", "remote", "return",
    "server", "site", "source", "start", "target", "that", "the", "this", "to", "url", "virtual", "wallet", "web",
    "website",
]);
static NO_ADDRESS: Words = Words::of(&[
    "above",
    "as",
    "below",
    "change",
    "confirmed",
    "n/a",
    "na",
    "nil",
    "no",
    "none",
    "not",
    "of",
    "pending",
    "required",
    "same",
    "see",
    "supplied",
    "tba",
    "tbc",
    "unknown",
    "verified",
    "withheld",
]);

/// The address that a label announces, up to the end of the line or the next label; on the next line when the
/// label ends its own.
pub(crate) fn labelled(beside: &Beside<'_>) -> Option<Found> {
    let text = beside.text;
    let other = |before: &str| OTHER_ADDRESSES.contains(before.rsplit(' ').next().unwrap_or(""));
    let marked = announced(beside, |before| !other(before));
    let at = marked.or_else(|| unmarked(beside))?;
    let end = value_end(beside, at);
    let value =
        text[at..end].trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '.' | ')' | '\'' | '('));
    let range = at..at + value.len();
    let names_street = || value.split([' ', ',']).any(|word| STREETS.contains(word));
    (plausible(value) && (marked.is_some() || names_street()))
        .then_some(Found { range, support: Support::shape(Alone::Never)? })
}

/// Where an address begins right behind its label with nothing to set it off: only with a number, as in
/// `Address 12 Example St`.
fn unmarked(beside: &Beside<'_>) -> Option<usize> {
    let label = Label::behind(beside.text, beside.at.end);
    (begins_cell(beside.text, beside.at.start) && text::digit_at(beside.text, label.value)).then_some(label.value)
}

fn value_end(beside: &Beside<'_>, at: usize) -> usize {
    let text = beside.text;
    let mut end = text::line_end(text, at, LONGEST);
    if beside.below.is_some() {
        end = at + text[at..end].find("  ").unwrap_or(end - at);
    }
    end = at + text[at..end].find(['\t', '|', '"', '<', '{', '}', '[', ']']).unwrap_or(end - at);
    let label = beside
        .following
        .iter()
        .skip_while(|hit| hit.start < at)
        .take_while(|hit| hit.start < end)
        .find(|hit| is_label(text, hit));
    if let Some(hit) = label {
        end = end.min(hit.start);
    }
    match text[at..end].find(':') {
        Some(mark) => at + text[at..at + mark].rfind(' ').unwrap_or(0),
        None => end,
    }
}

fn plausible(value: &str) -> bool {
    let mut words = value.split([' ', ',']).filter(|word| !word.is_empty());
    let Some(first) = words.next() else { return false };
    let more = words.count();
    let last = value.rsplit([' ', ',']).next().unwrap_or("");
    let letters = value.chars().filter(|c| c.is_alphabetic()).count();
    if value.contains('@') || value.contains("://") || letters < 3 || NO_ADDRESS.contains(first) {
        return false;
    }
    let capital = first.chars().next().is_some_and(|c| !c.is_lowercase());
    more > 0 && (value.bytes().any(|byte| byte.is_ascii_digit()) || capital || STREETS.contains(last))
}
