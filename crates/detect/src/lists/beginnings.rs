//! How the words of some lists begin, so that most other words are told from them without their table.

use crate::word_key::{key_at, mix};

/// A bit for each hash of a beginning: 32 KiB, as much as a first-level cache holds.
const BITS: u32 = 18;

/// The beginnings of words, see [`key_at`].
#[derive(Debug)]
pub(crate) struct Beginnings(Box<[u64]>);

impl Beginnings {
    pub(super) fn of<'a>(words: impl Iterator<Item = &'a str>) -> Self {
        let mut bits = vec![0; 1 << (BITS - 6)].into_boxed_slice();
        for bit in words.map(|word| bit(key_at(word, 0))) {
            bits[bit / 64] |= 1 << (bit % 64);
        }
        Self(bits)
    }

    /// Whether a word that begins so may be one of them.
    #[inline]
    pub(crate) fn may_have(&self, key: u64) -> bool {
        let bit = bit(key);
        self.0[bit / 64] >> (bit % 64) & 1 == 1
    }
}

#[inline]
fn bit(key: u64) -> usize {
    (mix(key) >> (u64::BITS - BITS)) as usize
}
