//! What a character is, for words and values; all of it by bytes of UTF-8, none of it further than asked.

/// What a character means to the sweep.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Part of a word.
    Letter,
    /// `0` to `9`.
    Digit,
    /// Anything else.
    Other,
}

/// The kind of the character that starts at `at`, and its length in bytes. `at` is inside the text and on a
/// character boundary.
pub(crate) fn kind_at(bytes: &[u8], at: usize) -> (Kind, usize) {
    let first = bytes[at];
    if first.is_ascii() {
        let kind = match first {
            b'0'..=b'9' => Kind::Digit,
            b'a'..=b'z' | b'A'..=b'Z' => Kind::Letter,
            _ => Kind::Other,
        };
        return (kind, 1);
    }
    let length = match first {
        0xF0.. => 4,
        0xE0.. => 3,
        _ => 2,
    };
    let second = bytes.get(at + 1).copied().unwrap_or(0);
    let third = bytes.get(at + 2).copied().unwrap_or(0);
    let kind = match (first, second) {
        // U+0080 to U+00BF: controls, the no-break space and signs; ª µ º are letters.
        (0xC2, 0xAA | 0xB5 | 0xBA) => Kind::Letter,
        (0xC2, _) => Kind::Other,
        // U+00D7 and U+00F7: the signs of multiplication and division.
        (0xC3, 0x97 | 0xB7) => Kind::Other,
        // U+2000 to U+206F: spaces, dashes, quotation marks, bullets.
        (0xE2, 0x80) => Kind::Other,
        (0xE2, 0x81) if third < 0xB0 => Kind::Other,
        // U+2190 to U+27BF: arrows, boxes, signs.
        (0xE2, 0x86..=0x9E) => Kind::Other,
        // U+3000 to U+303F: the ideographic space and punctuation.
        (0xE3, 0x80) => Kind::Other,
        // U+FEFF and U+FFFD: the byte order mark and the replacement character.
        (0xEF, 0xBB | 0xBF) => Kind::Other,
        // U+1F000 and beyond: pictures.
        (0xF0, 0x9F) => Kind::Other,
        _ => Kind::Letter,
    };
    (kind, length)
}

/// Whether a letter or digit starts at `at`.
pub(crate) fn alnum_at(text: &str, at: usize) -> bool {
    at < text.len() && kind_at(text.as_bytes(), at).0 != Kind::Other
}

/// Whether a letter starts at `at`.
pub(crate) fn letter_at(text: &str, at: usize) -> bool {
    at < text.len() && kind_at(text.as_bytes(), at).0 == Kind::Letter
}

/// Whether an ASCII digit is at `at`.
pub(crate) fn digit_at(text: &str, at: usize) -> bool {
    text.as_bytes().get(at).is_some_and(u8::is_ascii_digit)
}

/// The start of the character that ends right before `at`; `None` at the start of the text.
pub(crate) fn char_before(text: &str, at: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut start = at.checked_sub(1)?;
    while start > 0 && bytes[start] & 0xC0 == 0x80 {
        start -= 1;
    }
    Some(start)
}

/// Whether a letter or digit ends right before `at`.
pub(crate) fn alnum_before(text: &str, at: usize) -> bool {
    char_before(text, at).is_some_and(|start| kind_at(text.as_bytes(), start).0 != Kind::Other)
}

/// The end of the word whose letters begin at `at`, looking at most `bound` bytes ahead.
pub(crate) fn word_end(text: &str, at: usize, bound: usize) -> usize {
    let bytes = text.as_bytes();
    let mut end = at;
    while end < bytes.len() {
        let (kind, width) = kind_at(bytes, end);
        if kind != Kind::Letter || end + width > at + bound {
            break;
        }
        end += width;
    }
    end
}

/// The end of the line that `at` is in (where its LF or CR stands), looking at most `bound` bytes ahead.
pub(crate) fn line_end(text: &str, at: usize, bound: usize) -> usize {
    let limit = text.floor_char_boundary(at + bound);
    memchr::memchr2(b'\n', b'\r', &text.as_bytes()[at..limit]).map_or(limit, |offset| at + offset)
}

/// The start of the line that `at` is in, looking at most `bound` bytes back.
pub(crate) fn line_start(text: &str, at: usize, bound: usize) -> usize {
    let limit = text.floor_char_boundary(at.saturating_sub(bound));
    memchr::memrchr2(b'\n', b'\r', &text.as_bytes()[limit..at]).map_or(limit, |offset| limit + offset + 1)
}

/// The line that `at` is in, as far as it is near.
pub(crate) fn line(text: &str, at: usize) -> &str {
    const BOUND: usize = 160;
    &text[line_start(text, at, BOUND)..line_end(text, at, BOUND)]
}

/// The length of the line end that starts at `at`: 2 for CR LF, 1 for LF or a lone CR, 0 where there is none.
pub(crate) fn newline_at(text: &str, at: usize) -> usize {
    match text.as_bytes().get(at) {
        Some(b'\r') if text.as_bytes().get(at + 1) == Some(&b'\n') => 2,
        Some(b'\r' | b'\n') => 1,
        _ => 0,
    }
}

/// The offset behind the spaces, tabs and no-break spaces at `at`.
pub(crate) fn skip_blanks(text: &str, at: usize, end: usize) -> usize {
    let bytes = text.as_bytes();
    let mut at = at;
    while at < end {
        match bytes[at] {
            b' ' | b'\t' => at += 1,
            0xC2 if at + 1 < end && bytes.get(at + 1) == Some(&0xA0) => at += 2,
            _ => break,
        }
    }
    at.min(end)
}

/// The length in bytes of the separator that may stand inside a number at `at`, and the ASCII character
/// that it stands for: word processors write U+00A0 and U+202F for spaces, U+2010 to U+2013 for dashes.
pub(crate) fn separator_at(text: &str, at: usize) -> Option<(u8, usize)> {
    match text.as_bytes().get(at..)? {
        [plain @ (b' ' | b'-' | b'.' | b'/'), ..] => Some((*plain, 1)),
        [0xC2, 0xA0, ..] => Some((b' ', 2)),
        [0xE2, 0x80, 0xAF, ..] => Some((b' ', 3)),
        [0xE2, 0x80, 0x90..=0x93, ..] => Some((b'-', 3)),
        _ => None,
    }
}

/// Whether the number that starts at `at` goes on to the left (`12.` before `345`), so that no value starts here.
pub(crate) fn number_goes_on_before(text: &str, at: usize) -> bool {
    let bytes = text.as_bytes();
    at >= 2 && matches!(bytes[at - 1], b'.' | b',' | b'-' | b'/' | b':') && bytes[at - 2].is_ascii_digit()
}

/// Whether the number that ends at `at` goes on to the right (`,345` behind `12`), so that no value ends here.
pub(crate) fn number_goes_on_behind(text: &str, at: usize) -> bool {
    matches!(text.as_bytes().get(at), Some(b'.' | b',' | b'-' | b'/' | b':')) && digit_at(text, at + 1)
}
