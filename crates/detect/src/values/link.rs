//! Links that give access to whoever has them.

use crate::identifier::{Alone, Beside, Found, Support};
use crate::text;
use crate::words::Words;

/// A longer link is cut off: its token stands in what is left.
const LONGEST: usize = 4096;
/// Where a path ends that has no query.
const LONGEST_PATH: usize = 1024;

/// Names of parameters that give access, whatever their value.
static ACCESS: Words = Words::of(&[
    "access_key",
    "access_token",
    "accesskey",
    "accesstoken",
    "api-key",
    "api_key",
    "api_token",
    "apikey",
    "auth",
    "auth_token",
    "authorization",
    "authtoken",
    "client_secret",
    "id_token",
    "invite_token",
    "jwt",
    "otp",
    "passwd",
    "password",
    "pwd",
    "refresh_token",
    "reset_token",
    "sas",
    "scid",
    "secret",
    "session",
    "session_id",
    "session_token",
    "sessionid",
    "sid",
    "sig",
    "signature",
    "token",
    "x-amz-security-token",
    "x-amz-signature",
    "x-api-key",
    "x-goog-signature",
    "x-oss-signature",
]);
/// What stands where a token would.
static NOTHING: Words = Words::of(&["false", "none", "null", "token", "true", "undefined", "xxx", "your_token"]);
/// Names that hold a token when their value looks drawn at random.
static PERHAPS: Words = Words::of(&["code", "invite", "k", "key", "link", "qr", "s", "share", "t", "ticket"]);
/// Hosts of electronic prescriptions in Australia: the path is the token.
const PRESCRIPTIONS: &[&str] = &["erx.com.au", "medisecure.com.au", "mysl.com.au", "fredit.com.au"];

/// The link that begins with the keyword, when a parameter of its query, or its path, is a token.
pub(crate) fn with_token(beside: &Beside<'_>) -> Option<Found> {
    let text = beside.text;
    let at = beside.at.start;
    let from = beside.at.end;
    if !text.as_bytes()[from..].starts_with(b"://") || text::alnum_before(text, at) {
        return None;
    }
    let end = link_end(text, from + 3);
    let link = &text[from + 3..end];
    let (path, query) = link.split_at(link.find(['?', '#']).unwrap_or(link.len()));
    let opens = query.split(['?', '&', ';', '#']).filter_map(|one| one.split_once('=')).any(|(name, value)| {
        let name = name.strip_prefix("amp;").unwrap_or(name);
        (ACCESS.contains(name) && is_given(value)) || (PERHAPS.contains(name) && is_drawn(value, 12))
    });
    let (host, path) = path.split_once('/').unwrap_or((path, ""));
    let prescribes = || {
        let host = host.to_ascii_lowercase();
        PRESCRIPTIONS.iter().any(|one| host.ends_with(one)) && path.split('/').any(|part| is_coded(part, 8))
    };
    let hidden = || path.split('/').any(|part| is_drawn(part, 22) && is_of_all_kinds(part));
    let (opens, alone) = (opens || prescribes() || hidden(), Alone::Always);
    opens.then_some(Found { range: at..end, support: Support::shape(alone)? })
}

/// Up to what cannot be part of a link, or to where another begins, without the punctuation of the sentence.
fn link_end(text: &str, at: usize) -> usize {
    let bytes = text.as_bytes();
    let (mut queried, mut opened) = (false, false);
    let mut end = at;
    while end < bytes.len() && end - at < if queried { LONGEST } else { LONGEST_PATH } {
        match bytes[end] {
            0..=b' ' | b'"' | b'\'' | b'<' | b'>' | b'`' | b'|' | b'\\' | b'^' | 0x7F.. => break,
            b':' if bytes[end..].starts_with(b"://") => break,
            b'?' | b'#' => queried = true,
            b'(' => opened = true,
            b')' if !opened => break,
            _ => {}
        }
        end += 1;
    }
    while end > at && matches!(bytes[end - 1], b'.' | b',' | b';' | b':' | b'!' | b')' | b']' | b'*' | b'?') {
        end -= 1;
    }
    end
}

/// A value that is there, and no placeholder of a manual.
fn is_given(value: &str) -> bool {
    value.len() >= 3 && value.starts_with(|first: char| first.is_ascii_alphanumeric()) && !NOTHING.contains(value)
}

/// Letters and digits enough of both, as in what nobody chose.
fn is_drawn(value: &str, shortest: usize) -> bool {
    let bytes = value.as_bytes();
    let changes = bytes.windows(2).filter(|pair| pair[0].is_ascii_digit() != pair[1].is_ascii_digit()).count();
    bytes.len() >= shortest
        && changes >= 4
        && bytes.iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'%' | b'.'))
}

fn is_coded(part: &str, shortest: usize) -> bool {
    part.len() >= shortest && part.bytes().any(|byte| byte.is_ascii_digit())
}

fn is_of_all_kinds(value: &str) -> bool {
    let bytes = value.as_bytes();
    bytes.iter().filter(|byte| byte.is_ascii_uppercase()).count() >= 4
        && bytes.iter().filter(|byte| byte.is_ascii_lowercase()).count() >= 4
        && bytes.iter().filter(|byte| matches!(byte, b'-' | b'_' | b'.' | b'%')).count() <= 2
}
