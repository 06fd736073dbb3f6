//! E-mail addresses: RFC 5321 mailboxes with a dot-string and a domain name (no quoted strings, no literals).

use crate::identifier::{Alone, Found, Support};
use crate::text;
use crate::words::Words;

/// RFC 5321, 4.5.3.1.1 and 4.5.3.1.2.
const LONGEST_LOCAL_PART: usize = 64;
const LONGEST_DOMAIN: usize = 253;
/// The ends of file names that stand behind `@2x` and the like.
static FILES: Words = Words::of(&["css", "gif", "html", "jpeg", "jpg", "js", "json", "png", "svg", "ts", "webp"]);

/// The address around the `@` at `at`.
pub(crate) fn read(text: &str, at: usize) -> Option<Found> {
    let start = local_start(text, at)?;
    let end = domain_end(text, at + 1)?;
    // `https://user@host` and `git@host:path` name a login on a host.
    let login = text[..start].ends_with("//") || (text[end..].starts_with(':') && text::alnum_at(text, end + 1));
    if login {
        return None;
    }
    Some(Found { range: start..end, support: Support::shape(Alone::Always)? })
}

fn local_start(text: &str, at: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut start = at;
    while start > 0 && is_local(bytes[start - 1]) {
        start -= 1;
        if at - start > LONGEST_LOCAL_PART {
            return None;
        }
    }
    while start < at && matches!(bytes[start], b'.' | b'\'' | b'-' | b'&') {
        start += 1;
    }
    (start < at && bytes[at - 1] != b'.' && !bytes[start..at].windows(2).any(|pair| pair == b"..")).then_some(start)
}

/// Letters, digits and the signs that addresses are made of in practice; `=`, `/`, `|`, `{` and the like are legal
/// but stand before an address far more often than in one.
fn is_local(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b".%&'+-_~".contains(&byte)
}

fn domain_end(text: &str, from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let domain = &bytes[from..bytes.len().min(from + LONGEST_DOMAIN)];
    let length = domain.iter().take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-')).count();
    let length = domain[..length].iter().rposition(u8::is_ascii_alphanumeric)? + 1;
    let labels: Vec<&str> = text[from..from + length].split('.').collect();
    let (top, rest) = labels.split_last()?;
    let well_formed =
        |label: &&str| (1..=63).contains(&label.len()) && !label.starts_with('-') && !label.ends_with('-');
    let is_top = top.len() >= 2
        && !FILES.contains(top)
        && (top.bytes().all(|byte| byte.is_ascii_alphabetic()) || top.starts_with("xn--"));
    let end = from + length;
    (!rest.is_empty() && labels.iter().all(well_formed) && is_top && !text::alnum_at(text, end)).then_some(end)
}
