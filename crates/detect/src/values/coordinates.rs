//! Latitude and longitude in decimal degrees.

use crate::context::{Label, REACH};
use crate::identifier::{Alone, Beside, Found, Support};
use crate::text;

/// The fewest decimals that tell one house from the next.
const FEWEST_DECIMALS: usize = 3;
const FURTHEST_LATITUDE: f64 = 90.0;
const FURTHEST_LONGITUDE: f64 = 180.0;

/// The pair behind a keyword: `41.948614,-87.655311`.
pub(crate) fn pair(beside: &Beside<'_>) -> Option<Found> {
    let text = beside.text;
    let start = match beside.below {
        Some(cell) => cell,
        None => behind_words(text, Label::behind(text, beside.at.end).value),
    };
    let start = start + usize::from(text.as_bytes().get(start) == Some(&b'('));
    let (latitude, end) = degrees(text, start)?;
    let between =
        text.as_bytes().get(end..)?.iter().take(3).take_while(|byte| matches!(byte, b',' | b' ' | b';')).count();
    let (longitude, end) = degrees(text, end + between)?;
    let valid = between > 0
        && latitude.abs() <= FURTHEST_LATITUDE
        && longitude.abs() <= FURTHEST_LONGITUDE
        && (latitude != 0.0 || longitude != 0.0)
        && !text::alnum_at(text, end)
        && !is_third_number(text, end);
    valid.then_some(Found { range: start..end, support: Support::shape(Alone::Never)? })
}

/// Behind one word such as `are` or `of patient`, and the opening bracket.
fn behind_words(text: &str, at: usize) -> usize {
    // What leads up to a value may be its sign.
    if text::digit_at(text, at) && at > 0 && matches!(text.as_bytes()[at - 1], b'-' | b'+') {
        return at - 1;
    }
    let limit = text::line_end(text, at, REACH.min(24));
    let words = text[at..limit].find(|c: char| c.is_ascii_digit() || c == '-' || c == '+').unwrap_or(0);
    at + words
}

fn degrees(text: &str, at: usize) -> Option<(f64, usize)> {
    let bytes = text.as_bytes().get(at..)?;
    let sign = usize::from(matches!(bytes.first(), Some(b'-' | b'+')));
    let digits = |from: usize| bytes.iter().skip(from).take(20).take_while(|byte| byte.is_ascii_digit()).count();
    let whole = digits(sign);
    let point = sign + whole;
    let decimals = digits(point + 1);
    let valid = (1..=3).contains(&whole) && bytes.get(point) == Some(&b'.') && decimals >= FEWEST_DECIMALS;
    let end = at + point + 1 + decimals;
    valid.then(|| Some((text[at..end].trim_start_matches('+').parse().ok()?, end)))?
}

/// Three numbers in a row are a vector or a colour.
fn is_third_number(text: &str, end: usize) -> bool {
    let rest = text[end..].trim_start_matches([',', ' ', ';', '-']);
    rest.len() < text.len() - end && rest.starts_with(|c: char| c.is_ascii_digit()) && rest[1..].starts_with(['.', ','])
}
