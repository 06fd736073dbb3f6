//! Tokens that give access: JSON Web Tokens, HTTP Basic credentials, AWS secret access keys.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE_NO_PAD};

use crate::context::Label;
use crate::identifier::{Alone, Beside, Found, Support};
use crate::text;

const LONGEST_HEADER: usize = 2048;
const LONGEST_PART: usize = 6144;
const LONGEST_CREDENTIALS: usize = 512;
const SECRET_LENGTH: usize = 40;

/// The JSON Web Token that begins at `at` (RFC 7519, in the compact form of RFC 7515): a header that decodes to
/// a JSON object with `alg`, a payload that decodes to a JSON object, and a signature that may be empty.
pub(crate) fn json_web_token(text: &str, at: usize) -> Option<Found> {
    let (header, at_payload) = part(text, at, LONGEST_HEADER)?;
    let (payload, at_signature) = part(text, at_payload, LONGEST_PART)?;
    let signature = base64url_length(text, at_signature, LONGEST_PART);
    let header = json_object(header)?;
    json_object(payload)?;
    let end = at_signature + signature;
    memchr::memmem::find(&header, b"\"alg\"")?;
    Some(Found { range: at..end, support: Support::checked(!text::alnum_at(text, end), Alone::Always)? })
}

/// The Base64url characters at `at`, and where the next part begins behind their dot.
fn part(text: &str, at: usize, longest: usize) -> Option<(&str, usize)> {
    let length = base64url_length(text, at, longest);
    (length > 0 && text.as_bytes().get(at + length) == Some(&b'.')).then(|| (&text[at..at + length], at + length + 1))
}

fn base64url_length(text: &str, at: usize, longest: usize) -> usize {
    let base64url = |byte: &&u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    text.as_bytes()[at..].iter().take(longest).take_while(base64url).count()
}

fn json_object(part: &str) -> Option<Vec<u8>> {
    let json = URL_SAFE_NO_PAD.decode(part).ok()?;
    (json.starts_with(b"{") && json.ends_with(b"}")).then_some(json)
}

/// The credentials of an `Authorization` header with the scheme `Basic` (RFC 7617): Base64 of `user:password`.
pub(crate) fn basic_credentials(beside: &Beside<'_>) -> Option<Found> {
    let label = Label::behind(beside.text, beside.at.end);
    let scheme = beside.text.get(label.value..label.value + 6)?;
    if !label.colon || !scheme.eq_ignore_ascii_case("basic ") {
        return None;
    }
    let start = text::skip_blanks(beside.text, label.value + 6, beside.text.len());
    let bytes = &beside.text.as_bytes()[start..];
    let base64 = |byte: &&u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=');
    let length = bytes.iter().take(LONGEST_CREDENTIALS).take_while(base64).count();
    let credentials = &beside.text[start..start + length];
    let decoded = STANDARD.decode(credentials).or_else(|_| STANDARD_NO_PAD.decode(credentials)).ok()?;
    let support = Support::checked(decoded.contains(&b':'), Alone::Always)?;
    Some(Found { range: start..start + length, support })
}

/// The secret access key nearest to a keyword, before it or behind: forty characters of Base64 that look drawn
/// at random. The two may stand on neighbouring lines.
pub(crate) fn aws_secret(beside: &Beside<'_>) -> Option<Found> {
    const REACH: usize = 80;
    let (text, keyword) = (beside.text, &beside.at);
    let behind = secrets_in(text, keyword.end, keyword.end + REACH).next();
    let before = secrets_in(text, keyword.start.saturating_sub(REACH + SECRET_LENGTH), keyword.start)
        .filter(|start| start + SECRET_LENGTH <= keyword.start)
        .last();
    let start = match (before, behind) {
        (Some(before), Some(behind)) if keyword.start - (before + SECRET_LENGTH) < behind - keyword.end => before,
        (before, behind) => behind.or(before)?,
    };
    Some(Found { range: start..start + SECRET_LENGTH, support: Support::shape(Alone::Never)? })
}

/// Where secrets start between two places.
fn secrets_in(text: &str, from: usize, to: usize) -> impl Iterator<Item = usize> {
    let of_secret = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/');
    let bytes = text.as_bytes();
    (from..to.min(bytes.len())).filter(move |&at| {
        let begins = of_secret(bytes[at]) && !at.checked_sub(1).is_some_and(|before| of_secret(bytes[before]));
        let length = || bytes[at..].iter().take(SECRET_LENGTH + 1).take_while(|byte| of_secret(**byte)).count();
        begins
            && length() == SECRET_LENGTH
            && bytes.get(at + SECRET_LENGTH) != Some(&b'=')
            && looks_random(&bytes[at..at + SECRET_LENGTH])
    })
}

/// Whether characters of all kinds occur and few of them often: what no word, path or hexadecimal hash does.
fn looks_random(secret: &[u8]) -> bool {
    let mut seen = [0u8; 128];
    for byte in secret {
        seen[usize::from(byte & 0x7F)] += 1;
    }
    let distinct = seen.iter().filter(|count| **count > 0).count();
    let changes = secret.windows(2).filter(|pair| class(pair[0]) != class(pair[1])).count();
    distinct >= 18
        && changes >= 12
        && secret.iter().any(u8::is_ascii_uppercase)
        && secret.iter().any(u8::is_ascii_lowercase)
        && secret.iter().any(u8::is_ascii_digit)
}

fn class(byte: u8) -> u8 {
    match byte {
        b'a'..=b'z' => 0,
        b'A'..=b'Z' => 1,
        b'0'..=b'9' => 2,
        _ => 3,
    }
}
