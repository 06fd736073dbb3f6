//! The beginning of a word as one number: what tables of words are looked up by.

use crate::planes;

/// The key of the word at `at`: its first up to eight ASCII letters, folded; of a word that begins with another letter,
/// that letter.
#[inline]
pub(crate) fn key_at(text: &str, at: usize) -> u64 {
    let bytes = text.as_bytes();
    let eight = match bytes.get(at..at + 8).and_then(|eight| eight.try_into().ok()) {
        Some(eight) => u64::from_le_bytes(eight),
        None => last_eight(&bytes[at..]),
    };
    if eight & 0x80 != 0 {
        return key_beyond_ascii(text, at);
    }
    key_of(eight)
}

/// The key of the word that begins with the first of `eight` bytes, which is ASCII.
#[inline]
pub(crate) fn key_of(eight: u64) -> u64 {
    let behind = !planes::letters(eight) & planes::HIGH;
    // All bits below the first byte that is no letter; all when there is none.
    let word = ((behind & behind.wrapping_neg()) >> 7).wrapping_sub(1);
    (eight | (0x20 * planes::ONES)) & word
}

#[cold]
fn last_eight(rest: &[u8]) -> u64 {
    let mut eight = [0; 8];
    eight[..rest.len()].copy_from_slice(rest);
    u64::from_le_bytes(eight)
}

#[cold]
fn key_beyond_ascii(text: &str, at: usize) -> u64 {
    text[at..].chars().next().and_then(|letter| letter.to_lowercase().next()).map_or(0, |letter| {
        // No byte of an ASCII letter has the high bit.
        u64::from(u32::from(letter)) << 8 | 0x80
    })
}

/// How many letters a key holds; none where the word begins with a letter that is not ASCII.
#[inline]
pub(crate) fn letters(key: u64) -> usize {
    if key & 0x80 == 0 { (u64::BITS - key.leading_zeros()).div_ceil(8) as usize } else { 0 }
}

/// Spreads a key over all bits, the upper ones best. The constant is 2^64 divided by the golden ratio.
#[inline]
pub(crate) const fn mix(key: u64) -> u64 {
    (key ^ key >> 32).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}
