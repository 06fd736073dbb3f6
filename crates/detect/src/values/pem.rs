//! Private keys in PEM blocks: RFC 7468 (PKCS #8), the older `RSA`, `EC` and `DSA` labels, OpenSSH's and OpenPGP's;
//! and PuTTY's files.

use memchr::memmem;

use crate::identifier::{Alone, Beside, Found, Support};
use crate::text;
use crate::window::LONGEST_VALUE;

const BEGIN: &str = "-----BEGIN ";
const LONGEST_LABEL: usize = 48;

/// The private key that begins at `at`, when it is OpenSSH's.
pub(crate) fn openssh(text: &str, at: usize) -> Option<Found> {
    block(text, at, |label| label == "OPENSSH PRIVATE KEY")
}

/// The private key that begins at `at`, when it is not OpenSSH's.
pub(crate) fn pkcs(text: &str, at: usize) -> Option<Found> {
    block(text, at, |label| label.ends_with("PRIVATE KEY") && !label.starts_with("OPENSSH"))
}

/// The private key that begins at `at`, when it is armoured for OpenPGP (RFC 9580).
pub(crate) fn pgp(text: &str, at: usize) -> Option<Found> {
    block(text, at, |label| label == "PGP PRIVATE KEY BLOCK")
}

/// From the line `BEGIN` to its line `END`; where that is missing, as far as lines of Base64 follow.
fn block(text: &str, at: usize, wanted: impl Fn(&str) -> bool) -> Option<Found> {
    let label_at = at + text.get(at..)?.starts_with(BEGIN).then_some(BEGIN.len())?;
    let limit = text.floor_char_boundary(label_at + LONGEST_LABEL);
    let label = &text[label_at..limit];
    let label = &label[..label.find("-----")?];
    if !wanted(label) || label.contains(['\n', '\r']) {
        return None;
    }
    let body = label_at + label.len() + 5;
    let end = footer_end(text, body, label).unwrap_or_else(|| body_end(text, body));
    Some(Found { range: at..end, support: Support::shape(Alone::Always)? })
}

fn footer_end(text: &str, body: usize, label: &str) -> Option<usize> {
    let limit = text.floor_char_boundary(body + LONGEST_VALUE / 2);
    let dashes = body + memmem::find(&text.as_bytes()[body..limit], b"-----")?;
    let footer = text[dashes..].strip_prefix("-----END ")?.strip_prefix(label)?;
    footer.starts_with("-----").then_some(dashes + "-----END ".len() + label.len() + 5)
}

/// The end of the last line behind the header that can be key material or a header field (RFC 1421).
fn body_end(text: &str, body: usize) -> usize {
    let limit = text.floor_char_boundary(body + LONGEST_VALUE / 2);
    let mut end = body;
    let mut at = body;
    while at < limit {
        let newline = text::newline_at(text, at);
        let line = at + newline;
        if newline == 0 || line >= limit {
            break;
        }
        let line_end = text::line_end(text, line, limit - line);
        if !is_key_material(&text[line..line_end]) {
            break;
        }
        at = line_end;
        if line_end > line {
            end = line_end;
        }
    }
    end
}

fn is_key_material(line: &str) -> bool {
    let base64 = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=');
    line.bytes().all(base64)
        || line.starts_with("Proc-Type:")
        || line.starts_with("DEK-Info:")
        || line.starts_with("Version:")
        || line.starts_with("Comment:")
}

/// The key file of PuTTY that the keyword, its first header, begins (PuTTY manual, appendix C): to the end of its
/// `Private-MAC`, or of the first line where that is missing.
pub(crate) fn putty(beside: &Beside<'_>) -> Option<Found> {
    let text = beside.text;
    let algorithm = ["-1: ", "-2: ", "-3: "].iter().find_map(|version| text[beside.at.end..].strip_prefix(version))?;
    if beside.below.is_some() || !algorithm.starts_with(|c: char| c.is_ascii_lowercase()) {
        return None;
    }
    let first_end = text::line_end(text, beside.at.end, LONGEST_LABEL * 4);
    let limit = text.floor_char_boundary(first_end + LONGEST_VALUE / 2);
    let mac = memmem::find(&text.as_bytes()[first_end..limit], b"Private-MAC: ");
    let end = mac.map_or(first_end, |mac| text::line_end(text, first_end + mac, LONGEST_LABEL * 4));
    Some(Found { range: beside.at.start..end, support: Support::shape(Alone::Always)? })
}
