//! Secrets that are known by their first letters or by their label: API keys, passwords.

use memchr::memmem;

use crate::context::{Label, REACH};
use crate::identifier::{Alone, Beside, Found, Support};
use crate::text;
use crate::values::announced;
use crate::values::label::begins_cell;

/// Google's API keys: `AIza` and 35 characters of Base64url.
const GOOGLE_PREFIX: &[u8] = b"AIza";
const GOOGLE_LENGTH: usize = 39;
/// Keys of Stripe's own documentation, which everybody has.
const STRIPE_EXAMPLES: [&str; 2] = ["sk_test_4eC39HqLyjWDarjtT1zdp7dc", "sk_test_BQokikJOvBiI2HlWgH4olfQ2"];
/// The fewest bits that a password must hold, by how often each of its characters occurs.
const FEWEST_BITS: f64 = 24.0;

/// The Google API key behind a keyword, on the same line or the next, or before it.
pub(crate) fn google_api_key(beside: &Beside<'_>) -> Option<Found> {
    const NEAR: usize = 60;
    let bytes = beside.text.as_bytes();
    let (behind, before) = match beside.below {
        Some(cell) => (cell..cell + GOOGLE_LENGTH, 0..0),
        None => {
            let Beside { at, .. } = beside;
            (at.end..at.end + NEAR + GOOGLE_LENGTH, at.start.saturating_sub(NEAR + GOOGLE_LENGTH)..at.start)
        }
    };
    [behind, before].into_iter().find_map(|range| {
        let range = range.start.min(bytes.len())..range.end.min(bytes.len());
        let start = range.start + memmem::find(&bytes[range.clone()], GOOGLE_PREFIX)?;
        let length = bytes[start..].iter().take(GOOGLE_LENGTH + 1).take_while(|byte| is_base64url(**byte)).count();
        let begins = !start.checked_sub(1).is_some_and(|before| is_base64url(bytes[before]));
        (begins && length == GOOGLE_LENGTH && is_varied(&bytes[start + 4..start + length]))
            .then_some(Found { range: start..start + GOOGLE_LENGTH, support: Support::shape(Alone::Never)? })
    })
}

fn is_base64url(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')
}

/// The Stripe key whose prefix the keyword is: `sk_live_` and 24 letters and digits or more.
pub(crate) fn stripe_key(beside: &Beside<'_>) -> Option<Found> {
    const LONGEST: usize = 250;
    let key = beside.text.as_bytes().get(beside.at.start..)?;
    let prefix: String = beside.keyword.chars().map(|c| if c == ' ' { '_' } else { c }).chain(['_']).collect();
    let secret = key.strip_prefix(prefix.as_bytes())?;
    let length = secret.iter().take(LONGEST).take_while(|byte| byte.is_ascii_alphanumeric()).count();
    let range = beside.at.start..beside.at.start + prefix.len() + length;
    let valid = beside.below.is_none()
        && (24..LONGEST).contains(&length)
        && is_varied(&secret[..length])
        && !STRIPE_EXAMPLES.contains(&&beside.text[range.clone()]);
    valid.then_some(Found { range, support: Support::shape(Alone::Always)? })
}

/// Whether letters and digits occur, and no few characters alone: what placeholders lack.
fn is_varied(secret: &[u8]) -> bool {
    secret.iter().any(u8::is_ascii_digit)
        && secret.iter().any(u8::is_ascii_alphabetic)
        && bits(secret) > secret.len() as f64 * 2.5
}

/// The entropy of all characters, in bits, by how often each occurs.
fn bits(secret: &[u8]) -> f64 {
    let mut counts = [0u32; 256];
    for byte in secret {
        counts[usize::from(*byte)] += 1;
    }
    let length = secret.len() as f64;
    counts.iter().filter(|count| **count > 0).map(|count| f64::from(*count) * (length / f64::from(*count)).log2()).sum()
}

/// The password that a label sets off with a mark, blanks, a line end or `is`: eight characters and more of several kinds, that no
/// program text is.
pub(crate) fn password(beside: &Beside<'_>) -> Option<Found> {
    const LONGEST: usize = 64;
    let text = beside.text;
    let at = match beside.below {
        Some(cell) => cell,
        None => {
            let label = Label::behind(text, beside.at.end);
            let told = announced::behind_number_words(text, label.value);
            match text::newline_at(text, label.value) {
                0 if label.marked || told > label.value => told,
                0 if beside.keyword != "pass" => return unmarked(text, label.value),
                newline if newline > 0 && begins_cell(text, beside.at.start) => label.value + newline,
                _ => return None,
            }
        }
    };
    let quote = at.checked_sub(1).map(|before| text.as_bytes()[before]).filter(|byte| matches!(byte, b'"' | b'\''));
    let limit = text::line_end(text, at, REACH);
    let rest = &text[at..limit];
    let length = match quote {
        Some(quote) => rest.find(char::from(quote))?,
        None => rest.find(char::is_whitespace).unwrap_or(rest.len()),
    };
    let value = rest[..length].trim_end_matches([',', ';', '.', ')', '<']);
    let value = value.split("</").next().unwrap_or(value);
    // In the query of a link the next parameter follows.
    let value = value.split_once('&').filter(|(_, next)| next.contains('=')).map_or(value, |(first, _)| first);
    let plausible = (8..=LONGEST).contains(&value.len()) && is_mixed(value) && bits(value.as_bytes()) >= FEWEST_BITS;
    (plausible && !is_program_text(value)).then_some(())?;
    Some(Found { range: at..at + value.len(), support: Support::shape(Alone::Never)? })
}

/// The password right behind its label in a sentence: only one of all kinds of characters.
fn unmarked(text: &str, at: usize) -> Option<Found> {
    let rest = &text[at..text::line_end(text, at, REACH)];
    let value = rest.split(char::is_whitespace).next()?.trim_end_matches([',', ';', '.', ')']);
    let has = |kind: fn(&u8) -> bool| value.as_bytes().iter().any(kind);
    let all_kinds = is_mixed(value) && has(u8::is_ascii_lowercase) && has(u8::is_ascii_uppercase);
    let signs = has(|byte| byte.is_ascii_punctuation() && !matches!(byte, b'_' | b'-' | b'.'));
    ((10..=64).contains(&value.len()) && all_kinds && signs && !is_program_text(value))
        .then(|| Some(Found { range: at..at + value.len(), support: Support::shape(Alone::Never)? }))?
}

/// A letter and a digit, and a sign or both cases.
fn is_mixed(value: &str) -> bool {
    let has = |kind: fn(&u8) -> bool| value.as_bytes().iter().any(kind);
    let signs = has(|byte| byte.is_ascii_punctuation() && !matches!(byte, b'_' | b'-' | b'.'));
    has(u8::is_ascii_alphabetic)
        && has(u8::is_ascii_digit)
        && (signs || (has(u8::is_ascii_lowercase) && has(u8::is_ascii_uppercase)))
}

/// Calls, paths, links, templates, names of variables and types are no passwords.
fn is_program_text(value: &str) -> bool {
    const MARKS: &[&str] = &["(", ")", "::", "${", "{{", "<", "://", "->", "=>", "[", "]", "==", "%s", "\\", "`"];
    let is_name = value.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'.')
        && value.bytes().filter(u8::is_ascii_digit).count() < 2;
    MARKS.iter().any(|mark| value.contains(mark))
        || value.starts_with(['$', '%', '{', '*', '/', '.'])
        || value.contains(' ')
        || is_name
}
