//! Dates as people and machines write them, for birth dates.

use crate::context::REACH;
use crate::identifier::{Alone, Beside, Found, Support};
use crate::text;
use crate::validators::calendar::is_day;

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];
/// Birth dates of people whose prescriptions are still filled, and of this century.
const YEARS: std::ops::RangeInclusive<u32> = 1890..=2099;
/// How far before its keyword a date may begin: `12 September 2012 (DOB)`.
const BEFORE: usize = 28;
/// How many words may stand between keyword and date: `born in Ballarat on 3 March 1961`.
const BETWEEN: usize = 32;

/// The birth date that a keyword speaks of: the first date behind it when nothing else with digits comes first,
/// also on the next line when the keyword ends its own; or the date right before it.
pub(crate) fn birth_date(beside: &Beside<'_>) -> Option<Found> {
    let range = match beside.below {
        Some(cell) => cell..date_end(beside.text, cell)?,
        None => behind(beside).or_else(|| before(beside))?,
    };
    Some(Found { range, support: Support::shape(Alone::Never)? })
}

fn behind(beside: &Beside<'_>) -> Option<std::ops::Range<usize>> {
    let text = beside.text;
    let bytes = text.as_bytes();
    let limit = text.len().min(beside.at.end + REACH);
    let (mut at, mut others, mut lines, mut marks) = (beside.at.end, 0, 0, 0);
    while at < limit {
        let (kind, width) = text::kind_at(bytes, at);
        match (kind, bytes[at]) {
            (text::Kind::Digit, _) => return Some(at..date_end(text, at)?),
            (text::Kind::Letter, first)
                if begins_month(first) && !text::alnum_before(text, at) && month(text, at).is_some() =>
            {
                if let Some(end) = date_end(text, at) {
                    return Some(at..end);
                }
                others += 1;
            }
            (text::Kind::Letter, _) => others += 1,
            (_, b'\n' | b'\r') => {
                let newline = text::newline_at(text, at);
                lines += 1;
                at += newline;
                if lines > 1 || others > 0 {
                    return None;
                }
                continue;
            }
            (_, b':' | b'=') => marks += 1,
            _ => {}
        }
        if others > BETWEEN || marks > 1 {
            return None;
        }
        at += width;
    }
    None
}

/// The letters that names of months begin with.
fn begins_month(first: u8) -> bool {
    matches!(first.to_ascii_lowercase(), b'j' | b'f' | b'm' | b'a' | b's' | b'o' | b'n' | b'd')
}

fn before(beside: &Beside<'_>) -> Option<std::ops::Range<usize>> {
    let text = beside.text;
    let from = text.floor_char_boundary(beside.at.start.saturating_sub(BEFORE));
    let opening = text[from..beside.at.start].trim_end_matches([' ', '(', '[', ',', '-']).len() + from;
    let label = crate::context::Label::behind(text, beside.at.end);
    if label.marked || opening == from || !text.as_bytes()[opening - 1].is_ascii_digit() {
        return None;
    }
    (from..opening)
        .filter(|at| text.is_char_boundary(*at) && text::alnum_at(text, *at) && !text::alnum_before(text, *at))
        .find_map(|at| date_end(text, at).filter(|end| *end == opening).map(|end| at..end))
}

/// The end of the date that starts at `at`, when there is one and it is in the calendar.
pub(crate) fn date_end(text: &str, at: usize) -> Option<usize> {
    if text::number_goes_on_before(text, at) {
        return None;
    }
    let forms: [Form; 5] = [year_first, compact, numeric, day_first, month_first];
    let (end, valid) = forms.iter().find_map(|form| form(text, at))?;
    let goes_on = text::alnum_at(text, end) && text.as_bytes()[end] != b'T';
    (valid && !goes_on && !number_goes_on(text, end)).then_some(end)
}

/// A time may follow a date behind a colon (`12/12/2012:08`), more digits of the date may not.
fn number_goes_on(text: &str, end: usize) -> bool {
    matches!(text.as_bytes().get(end), Some(b'/' | b'-' | b'.')) && text::digit_at(text, end + 1)
}

/// Reads a date of one form: its end, and whether it is in the calendar.
type Form = fn(&str, usize) -> Option<(usize, bool)>;

/// `2012-12-31`, `2012/12/31`, `2012.12.31`.
fn year_first(text: &str, at: usize) -> Option<(usize, bool)> {
    let (year, end) = number(text, at, 4, 4)?;
    let (separator, width) = text::separator_at(text, end)?;
    let (month, end) = number(text, end + width, 1, 2)?;
    let (second, width) = text::separator_at(text, end)?;
    let (day, end) = number(text, end + width, 1, 2)?;
    Some((end, separator == second && exists(year, month, day)))
}

/// `20121231` (HL7 and ISO 8601 basic), `31122012`.
fn compact(text: &str, at: usize) -> Option<(usize, bool)> {
    let (number, end) = number(text, at, 8, 8)?;
    let year_first = exists(number / 10_000, number / 100 % 100, number % 100);
    let day_first = exists(number % 10_000, number / 10_000 % 100, number / 1_000_000);
    Some((end, year_first || day_first))
}

/// `31/12/2012`, `12-31-2012`, `31.12.12`, `31 12 2012`.
fn numeric(text: &str, at: usize) -> Option<(usize, bool)> {
    let (first, end) = number(text, at, 1, 2)?;
    let (separator, width) = text::separator_at(text, end)?;
    let (second, end) = number(text, end + width, 1, 2)?;
    let (same, width) = text::separator_at(text, end)?;
    let (year, digits_end) = number(text, end + width, 2, 4)?;
    let year = whole_year(year, digits_end - (end + width))?;
    Some((digits_end, separator == same && (exists(year, second, first) || exists(year, first, second))))
}

/// `31 Dec 2012`, `31-December-2012`, `31st of December, 2012`, `31Dec2012`.
fn day_first(text: &str, at: usize) -> Option<(usize, bool)> {
    let (day, end) = number(text, at, 1, 2)?;
    let end = ordinal(text, end);
    let end = gap(text, end);
    let end = if text[end..].starts_with("of ") { end + 3 } else { end };
    let (month, end) = month(text, end)?;
    let from = gap(text, end);
    let (year, end) = number(text, from, 2, 4)?;
    Some((end, exists(whole_year(year, end - from)?, month, day)))
}

/// `Dec 31, 2012`, `December 31st 2012`.
fn month_first(text: &str, at: usize) -> Option<(usize, bool)> {
    let (month, end) = month(text, at)?;
    let (day, end) = number(text, gap(text, end), 1, 2)?;
    let from = gap(text, ordinal(text, end));
    let (year, end) = number(text, from, 4, 4)?;
    Some((end, exists(year, month, day)))
}

/// A number of `least` to `most` digits at `at`, no digit behind it.
fn number(text: &str, at: usize, least: usize, most: usize) -> Option<(u32, usize)> {
    let digits = text.as_bytes()[at..].iter().take(most + 1).take_while(|byte| byte.is_ascii_digit()).count();
    (least..=most).contains(&digits).then_some(())?;
    Some((text[at..at + digits].parse().ok()?, at + digits))
}

fn month(text: &str, at: usize) -> Option<(u32, usize)> {
    let bytes = text.as_bytes().get(at..)?;
    let month = begun_month(bytes.get(..3)?)?;
    let letters = bytes.iter().take(10).take_while(|byte| byte.is_ascii_alphabetic()).count();
    let word = &bytes[..letters];
    let abbreviated = letters == 3 || word.eq_ignore_ascii_case(b"sept");
    if !abbreviated && !MONTHS[month].as_bytes().eq_ignore_ascii_case(word) {
        return None;
    }
    let end = at + letters;
    let end = if letters < 5 && text.as_bytes().get(end) == Some(&b'.') { end + 1 } else { end };
    Some((month as u32 + 1, end))
}

/// The month whose name begins with three letters, counted from 0.
fn begun_month(letters: &[u8]) -> Option<usize> {
    let &[first, second, third] = letters else { return None };
    Some(match [first | 0x20, second | 0x20, third | 0x20] {
        [b'j', b'a', b'n'] => 0,
        [b'f', b'e', b'b'] => 1,
        [b'm', b'a', b'r'] => 2,
        [b'a', b'p', b'r'] => 3,
        [b'm', b'a', b'y'] => 4,
        [b'j', b'u', b'n'] => 5,
        [b'j', b'u', b'l'] => 6,
        [b'a', b'u', b'g'] => 7,
        [b's', b'e', b'p'] => 8,
        [b'o', b'c', b't'] => 9,
        [b'n', b'o', b'v'] => 10,
        [b'd', b'e', b'c'] => 11,
        _ => return None,
    })
}

fn ordinal(text: &str, at: usize) -> usize {
    match text.as_bytes().get(at..at + 2) {
        Some(b"st" | b"nd" | b"rd" | b"th") => at + 2,
        _ => at,
    }
}

/// Behind one separator or comma and a blank.
fn gap(text: &str, at: usize) -> usize {
    let at = at + usize::from(text.as_bytes().get(at) == Some(&b','));
    at + text::separator_at(text, at).map_or(0, |(_, width)| width)
}

/// A year of two digits is this century's up to 29: nobody is known to be born later than a prescription.
fn whole_year(year: u32, digits: usize) -> Option<u32> {
    match digits {
        4 => Some(year),
        2 => Some(if year < 30 { 2000 + year } else { 1900 + year }),
        _ => None,
    }
}

fn exists(year: u32, month: u32, day: u32) -> bool {
    YEARS.contains(&year) && is_day(year, month, day)
}

#[cfg(test)]
mod tests {
    use super::date_end;

    #[test]
    fn dates_in_every_form() {
        for date in [
            "12/12/2012",
            "31-12-1961",
            "03.07.1961",
            "2012-12-31",
            "2012/1/5",
            "20121231",
            "31122012",
            "3 March 1961",
            "31-Dec-1999",
            "31st of December 2012",
            "Dec 31, 2012",
            "1 Sept 1980",
            "3/7/61",
            "12-31-1980",
            "02Jan1970",
        ] {
            assert_eq!(date_end(date, 0), Some(date.len()), "{date}");
        }
    }

    #[test]
    fn what_is_in_no_calendar_is_no_date() {
        for other in
            ["31/02/2012", "29/02/2011", "13/13/2012", "12/12/1212", "12/12/2012/3", "1.2.3.4", "500 mg", "99999999"]
        {
            assert_eq!(date_end(other, 0), None, "{other}");
        }
    }
}
