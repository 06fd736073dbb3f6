//! Ages, and dates of birth in the forms that Macie does not read.

use super::date;
use crate::context::Label;
use crate::identifier::{Alone, Beside, Found, Support};
use crate::text;
use crate::words::Words;

/// How far words around an age are read.
const NEAR: usize = 24;
/// Nobody was older than 122.
const OLDEST: u32 = 122;
/// Words that say of a line that it speaks of a patient; ages of wine and buildings stand in other lines.
static OF_PATIENTS: Words = Words::of(&[
    "diagnosis",
    "dob",
    "dx",
    "gender",
    "hx",
    "medicare",
    "mr",
    "mr.",
    "mrn",
    "mrs",
    "mrs.",
    "ms",
    "ms.",
    "nhi",
    "patient",
    "patient's",
    "presented",
    "presenting",
    "presents",
    "pt",
    "pt.",
    "sex",
]);
/// Words that follow the age of a patient.
/// Words behind a number that make something else of it than an age.
static OTHER_UNITS: Words = Words::of(&[
    "and", "cm", "d", "days", "h", "hours", "min", "minutes", "mm", "months", "ms", "or", "s", "sec", "seconds", "to",
    "weeks",
]);
static WHO: Words = Words::of(&["f", "female", "m", "male", "patient", "pt"]);

/// The date of birth beside a keyword when it is dotted, begins with the year, or has a month's name and a year of two
/// digits; the age beside one of ages.
pub(crate) fn birth_date_or_age(beside: &Beside<'_>) -> Option<Found> {
    let range = match beside.keyword {
        "age" | "aged" => age_behind(beside, false)?,
        "patient age" | "pt age" | "age sex" | "age gender" => age_behind(beside, true)?,
        "yo" | "y/o" | "y.o" => age_before(beside)?,
        "year old" | "years old" | "yr old" | "yrs old" => {
            let range = age_before(beside)?;
            is_of_somebody(beside.text, beside.at.end).then_some(range)?
        }
        _ => {
            let found = date::birth_date(beside)?;
            let written = &beside.text[found.range.clone()];
            return is_beyond_macie(written).then_some(found);
        }
    };
    Some(Found { range, support: Support::shape(Alone::Never)? })
}

/// `03.07.1961`, `1961-07-03`, `12-Mar-61`.
fn is_beyond_macie(date: &str) -> bool {
    let bytes = date.as_bytes();
    let letters = bytes.iter().any(u8::is_ascii_alphabetic);
    let year_first = bytes.len() > 4 && bytes[..4].iter().all(u8::is_ascii_digit) && !bytes[4].is_ascii_digit();
    let last_digits = bytes.iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
    year_first || (!letters && date.contains('.')) || (letters && last_digits == 2)
}

/// The number right behind `Age:`, or `aged` in a line about a patient.
fn age_behind(beside: &Beside<'_>, of_patient: bool) -> Option<std::ops::Range<usize>> {
    let text = beside.text;
    if matches!(beside.at.start.checked_sub(1).map(|before| text.as_bytes()[before]), Some(b'_' | b'-' | b'.')) {
        return None;
    }
    let label = Label::behind(text, beside.at.end);
    let start = beside.below.unwrap_or(label.value);
    let end = start + age_length(text, start)?;
    let unit = text[end..text::line_end(text, end, NEAR)].trim_start_matches([' ', '-']);
    let word = unit.split(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or("");
    let other = unit.starts_with('%') || OTHER_UNITS.contains(word);
    let quoted = text[beside.at.end..start].contains(['"', '\'']);
    let printed = beside.keyword == "age"
        && !quoted
        && (text.as_bytes()[beside.at.start].is_ascii_uppercase() || (!label.marked && stands_for_itself(beside)));
    (!other && (of_patient || printed || is_of_patient(beside))).then_some(start..end)
}

/// Words before `age` that make it a part of their sentence.
static WITHIN_A_SENTENCE: Words =
    Words::of(&["at", "average", "by", "from", "max", "mean", "median", "min", "of", "over", "the", "under"]);

/// Whether `age 64` stands for itself, and not in `at age 64`.
fn stands_for_itself(beside: &Beside<'_>) -> bool {
    let line = text::line_start(beside.text, beside.at.start, NEAR);
    let before = beside.text[line..beside.at.start].trim_end();
    let word = before.rsplit(' ').next().unwrap_or("");
    !WITHIN_A_SENTENCE.contains(word)
}

/// The number right before `yo` or `year old`.
fn age_before(beside: &Beside<'_>) -> Option<std::ops::Range<usize>> {
    let text = beside.text;
    let bytes = text.as_bytes();
    let end = beside.at.start - usize::from(matches!(bytes.get(beside.at.start.wrapping_sub(1)), Some(b' ' | b'-')));
    let digits = bytes[..end].iter().rev().take(4).take_while(|byte| byte.is_ascii_digit()).count();
    let start = end - digits;
    let alone = !text::alnum_before(text, start) && !text::number_goes_on_before(text, start);
    (alone && age_of(text, start, digits)).then_some(start..end)
}

fn age_length(text: &str, start: usize) -> Option<usize> {
    let digits = text.as_bytes().get(start..)?.iter().take(4).take_while(|byte| byte.is_ascii_digit()).count();
    let end = start + digits;
    let whole = !text::number_goes_on_behind(text, end)
        && !text::number_goes_on_before(text, start)
        && (!text::alnum_at(text, end) || matches!(text.as_bytes()[end], b'y' | b'Y' | b'm' | b'M' | b'f' | b'F'));
    (whole && age_of(text, start, digits)).then_some(digits)
}

fn age_of(text: &str, start: usize, digits: usize) -> bool {
    (1..=3).contains(&digits) && text[start..start + digits].parse::<u32>().is_ok_and(|age| age <= OLDEST)
}

fn is_of_patient(beside: &Beside<'_>) -> bool {
    let line = text::line(beside.text, beside.at.start);
    line.split([' ', '\t', ',', ':', ';', '(', ')', '|', '/']).any(|word| OF_PATIENTS.contains(word))
}

/// Whether the next word says of whom the age is.
fn is_of_somebody(text: &str, at: usize) -> bool {
    let next = text[at..text::line_end(text, at, NEAR)].trim_start_matches([' ', '-']);
    WHO.contains(next.split(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or(""))
}
