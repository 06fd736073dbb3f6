//! International Bank Account Numbers: ISO 13616, national parts as in the SWIFT IBAN registry.

use crate::identifier::{Alone, Found, Support};
use crate::text;
use crate::validators::mod97_is_one;

/// ISO 13616-1: at most 34 characters.
const LONGEST: usize = 34;

/// The country code at `at`, when two capital letters and two digits begin there, as every number does.
pub(crate) fn country_at(text: &str, at: usize) -> Option<[u8; 2]> {
    match text.as_bytes().get(at..at + 4)? {
        &[first, second, third, fourth]
            if first.is_ascii_alphabetic()
                && second.is_ascii_alphabetic()
                && third.is_ascii_digit()
                && fourth.is_ascii_digit() =>
        {
            Some([first.to_ascii_uppercase(), second.to_ascii_uppercase()])
        }
        _ => None,
    }
}

/// The number that begins at `at`, in one piece or in groups set apart by single spaces or dashes.
pub(crate) fn read(text: &str, at: usize, structure: &str) -> Option<Found> {
    let wanted = 4 + parts(structure).map(|(length, _)| length).sum::<usize>();
    let mut compact = [0u8; LONGEST];
    let mut length = 0;
    let mut end = at;
    while length < wanted.min(LONGEST) {
        if let Some(byte) = text.as_bytes().get(end).filter(|byte| byte.is_ascii_alphanumeric()) {
            compact[length] = byte.to_ascii_uppercase();
            length += 1;
            end += 1;
        } else {
            let (_, width) = text::separator_at(text, end).filter(|(separator, _)| matches!(separator, b' ' | b'-'))?;
            end += width;
            text.as_bytes().get(end).filter(|byte| byte.is_ascii_alphanumeric())?;
        }
    }
    let number = &compact[..length];
    let verified =
        length == wanted && !text::alnum_at(text, end) && fits(&number[4..], structure) && mod97_is_one(number);
    Some(Found { range: at..end, support: Support::checked(verified, Alone::Always)? })
}

fn fits(national: &[u8], structure: &str) -> bool {
    let mut rest = national;
    parts(structure).all(|(length, kind)| {
        let Some((part, behind)) = rest.split_at_checked(length) else { return false };
        rest = behind;
        match kind {
            'n' => part.iter().all(u8::is_ascii_digit),
            'a' => part.iter().all(u8::is_ascii_alphabetic),
            _ => true,
        }
    })
}

fn parts(structure: &str) -> impl Iterator<Item = (usize, char)> {
    structure.split(' ').filter_map(|part| {
        let kind = part.chars().next_back()?;
        Some((part[..part.len() - 1].parse().ok()?, kind))
    })
}
