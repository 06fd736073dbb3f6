//! Cookies in HTTP headers (RFC 6265).

use crate::context::REACH;
use crate::identifier::{Alone, Beside, Found, Support};
use crate::text;

/// The cookies behind `Cookie:` or `Set-Cookie:`, with the attributes, to the end of the header.
pub(crate) fn cookie(beside: &Beside<'_>) -> Option<Found> {
    let text = beside.text;
    if beside.below.is_some() || !begins_header(text, beside.at.start) {
        return None;
    }
    let behind = &text[beside.at.end..text::line_end(text, beside.at.end, 4 * REACH)];
    let quoted = behind.strip_prefix(['"', '\'']);
    let value = quoted.unwrap_or(behind).strip_prefix(':')?.trim_start();
    let value = if quoted.is_some() { value.strip_prefix(['"', '\''])? } else { value };
    let value = value.split(['"', '\'']).next()?.trim_end_matches([',', ' ']);
    let (name, rest) = value.split_once('=')?;
    let token =
        |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.' | b'!' | b'#' | b'$' | b'~');
    let content = rest.split([';', ' ']).next()?;
    let valid = !name.is_empty() && name.bytes().all(token) && is_session(content);
    let from = beside.at.end + behind.find(value)?;
    valid.then_some(Found { range: from..from + value.len(), support: Support::shape(Alone::Always)? })
}

/// A header begins its line, or a quoted text.
fn begins_header(text: &str, at: usize) -> bool {
    let line = text::line_start(text, at, REACH);
    let before = text[line..at].trim_end_matches([' ', '\t']);
    before.is_empty() || before.ends_with(['"', '\'', '<', '>', '|', '*'])
}

/// Cookies that tell somebody from others hold what no word does: digits or both cases.
fn is_session(content: &str) -> bool {
    let has = |kind: fn(&u8) -> bool| content.as_bytes().iter().any(kind);
    content.len() >= 6
        && has(u8::is_ascii_alphabetic)
        && (has(u8::is_ascii_digit) || (has(u8::is_ascii_uppercase) && has(u8::is_ascii_lowercase)))
        && content.bytes().all(|byte| byte.is_ascii_graphic() && !matches!(byte, b'\\' | b','))
}
