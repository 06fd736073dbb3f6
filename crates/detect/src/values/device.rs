//! Unique device identifiers on labels: GS1, HIBCC and ISBT 128.

use crate::identifier::{Alone, Beside, Found, Support};
use crate::text;
use crate::validators::{gs1, hibc};
use crate::values::announced;

const LONGEST: usize = 120;
/// Of a GTIN.
const GTIN_DIGITS: usize = 14;

/// The device identifier behind a keyword, with what follows it in the same code (21 CFR 801.40; GS1 General
/// Specifications; ANSI/HIBC 2.6; ICCBBA ST-011).
pub(crate) fn identifier(beside: &Beside<'_>) -> Option<Found> {
    let text = beside.text;
    let at = announced::place(beside);
    let code = text.as_bytes().get(at..text.len().min(at + LONGEST))?;
    let length = match code {
        [b'(', b'0', b'1', b')', ..] => with_brackets(code),
        [b'0', b'1', ..] => without_brackets(code),
        [b'+', letter, ..] if letter.is_ascii_alphabetic() => labelled_by_hibcc(code),
        [b'=', b'/' | b'A'..=b'Z', ..] => blood(code),
        _ => None,
    }?;
    let range = at..at + length;
    (!text::alnum_at(text, range.end)).then_some(Found { range, support: Support::checked(true, Alone::Never)? })
}

/// `(01)00614141000036(17)290228(10)A1B2`.
fn with_brackets(code: &[u8]) -> Option<usize> {
    let mut end = 4 + GTIN_DIGITS;
    if !gs1(code.get(4..end)?) {
        return None;
    }
    while let Some([b'(', a, b, rest @ ..]) = code.get(end..) {
        let digits = usize::from(rest.first().is_some_and(u8::is_ascii_digit));
        let content =
            rest.get(digits + 1..)?.iter().take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'-').count();
        if !a.is_ascii_digit() || !b.is_ascii_digit() || rest.get(digits) != Some(&b')') || content == 0 {
            break;
        }
        end += 4 + digits + content;
    }
    Some(end)
}

/// `010061414100003617290228`: the GTIN, then what begins with an application identifier of production data.
fn without_brackets(code: &[u8]) -> Option<usize> {
    let length = code.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
    let valid = length >= 2 + GTIN_DIGITS && gs1(&code[2..2 + GTIN_DIGITS]);
    let rest = &code[(2 + GTIN_DIGITS).min(length)..length];
    (valid && (rest.is_empty() || [b"10", b"11", b"17", b"21"].iter().any(|data| rest.starts_with(*data))))
        .then_some(length)
}

/// `+A123BJC5D6E71G`: letter, three characters of the labeller, product, unit, check character.
fn labelled_by_hibcc(code: &[u8]) -> Option<usize> {
    let of_code = |byte: &&u8| {
        byte.is_ascii_digit() || byte.is_ascii_uppercase() || matches!(byte, b'+' | b'$' | b'/' | b'.' | b'-' | b'%')
    };
    let length = code.iter().take_while(of_code).count();
    (length >= 8 && hibc(&code[..length])).then_some(length)
}

/// `=/A9999XYZ100T0944`: facility, and what it made.
fn blood(code: &[u8]) -> Option<usize> {
    let length = 2 + code.get(2..)?.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
    (14..=20).contains(&length).then_some(length)
}
