//! A copy of a file in which places are replaced by labels, or hidden.

use std::ops::Range;

use pillbox_model::SkipReason;
use thiserror::Error;

use crate::decode::decode;
use crate::encoding::Encoding;

/// Why no redacted copy was made. Half a redaction is none, so that one bad place refuses the whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum RedactError {
    /// The bytes are no text.
    #[error("not a text")]
    NotText(SkipReason),
    /// A place is empty, lies outside of the text or begins or ends within a character.
    #[error("a place does not fit the text")]
    PlaceDoesNotFit,
    /// A label has characters other than ASCII letters, digits, `_`, `-` and spaces.
    #[error("a label is not plain")]
    LabelNotPlain,
}

/// Replaces each place (byte offsets in the source, as [`Text::source_range`](crate::Text::source_range) gives
/// them) by its label in brackets, written in the source's own encoding. Places that overlap become one, under
/// the label of the one that begins first (of the longest of those). Every other byte stays as it is.
///
/// # Errors
///
/// [`RedactError`] says what does not fit; nothing is replaced then.
pub fn redact(bytes: &[u8], places: &[(Range<u64>, String)]) -> Result<Vec<u8>, RedactError> {
    let encoding = decode(bytes).map_err(RedactError::NotText)?.encoding();
    let mut out = Vec::with_capacity(bytes.len());
    let mut kept_to = 0;
    for (range, label) in merged(bytes, encoding, places)? {
        out.extend_from_slice(&bytes[kept_to..range.start]);
        encoding.ascii_bytes(&format!("[{label}]"), &mut out);
        kept_to = range.end;
    }
    out.extend_from_slice(&bytes[kept_to..]);
    Ok(out)
}

/// Replaces each letter and digit in the places (as with [`redact`]) by `*`, so that the copy has as many characters
/// as the source, in the same lines and columns. Every other byte stays as it is.
///
/// # Errors
///
/// [`RedactError`] says what does not fit; nothing is replaced then.
pub fn mask(bytes: &[u8], places: &[Range<u64>]) -> Result<Vec<u8>, RedactError> {
    let text = decode(bytes).map_err(RedactError::NotText)?;
    let encoding = text.encoding();
    let places: Vec<_> = places.iter().map(|range| (range.clone(), String::new())).collect();
    let mut hidden = merged(bytes, encoding, &places)?.into_iter().map(|(range, _)| range).peekable();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = encoding.mark_len();
    out.extend_from_slice(&bytes[..at]);
    for c in text.as_str().chars() {
        let character = at..at + encoding.source_len(c);
        at = character.end;
        while hidden.next_if(|range| range.end <= character.start).is_some() {}
        if c.is_alphanumeric() && hidden.peek().is_some_and(|range| range.contains(&character.start)) {
            encoding.ascii_bytes("*", &mut out);
        } else {
            out.extend_from_slice(&bytes[character]);
        }
    }
    Ok(out)
}

/// The places in order, those that overlap as one.
fn merged<'a>(
    bytes: &[u8],
    encoding: Encoding,
    places: &'a [(Range<u64>, String)],
) -> Result<Vec<(Range<usize>, &'a str)>, RedactError> {
    let mut checked = Vec::with_capacity(places.len());
    for (range, label) in places {
        if !label.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | ' ')) {
            return Err(RedactError::LabelNotPlain);
        }
        checked.push((checked_range(bytes, encoding, range)?, label.as_str()));
    }
    checked.sort_by_key(|(range, _)| (range.start, std::cmp::Reverse(range.end)));
    let mut merged: Vec<(Range<usize>, &str)> = Vec::with_capacity(checked.len());
    for (range, label) in checked {
        match merged.last_mut() {
            Some((last, _)) if range.start < last.end => last.end = last.end.max(range.end),
            _ => merged.push((range, label)),
        }
    }
    Ok(merged)
}

fn checked_range(bytes: &[u8], encoding: Encoding, range: &Range<u64>) -> Result<Range<usize>, RedactError> {
    let offset = |at: u64| usize::try_from(at).map_err(|_| RedactError::PlaceDoesNotFit);
    let (start, end) = (offset(range.start)?, offset(range.end)?);
    let fits = encoding.mark_len() <= start && start < end && end <= bytes.len();
    if fits && is_boundary(bytes, encoding, start) && is_boundary(bytes, encoding, end) {
        Ok(start..end)
    } else {
        Err(RedactError::PlaceDoesNotFit)
    }
}

/// Whether a character begins at `at`, or the text ends there.
fn is_boundary(bytes: &[u8], encoding: Encoding, at: usize) -> bool {
    let Some(byte) = bytes.get(at) else { return at == bytes.len() };
    match encoding {
        Encoding::Windows1252 | Encoding::CodePage437 | Encoding::CodePage850 => true,
        // A byte 0b10…… goes on with a character (RFC 3629, section 3).
        Encoding::Utf8 | Encoding::Utf8WithMark => byte & 0xC0 != 0x80,
        // 0xDC00 to 0xDFFF is the second half of a pair (RFC 2781, section 2.1).
        Encoding::Utf16Le | Encoding::Utf16LeUnmarked => {
            at.is_multiple_of(2) && !bytes.get(at + 1).is_some_and(|high| (0xDC..=0xDF).contains(high))
        }
        Encoding::Utf16Be | Encoding::Utf16BeUnmarked => at.is_multiple_of(2) && !(0xDC..=0xDF).contains(byte),
    }
}
