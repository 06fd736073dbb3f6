//! How the words of some lists begin, so that most other words are told from them without their table.

use crate::word_key::mix;

/// The beginnings of words, see [`crate::word_key::key_at`]: a bit for each hash of one.
#[derive(Debug)]
pub(crate) struct Beginnings {
    bits: Box<[u64]>,
    shift: u32,
}

impl Beginnings {
    /// Those with some keys, in two to the power of `size` bits.
    pub(crate) fn of(size: u32, keys: impl Iterator<Item = u64>) -> Self {
        let mut beginnings = Self { bits: vec![0; 1 << (size - 6)].into_boxed_slice(), shift: u64::BITS - size };
        for key in keys {
            let bit = beginnings.bit(key);
            beginnings.bits[bit / 64] |= 1 << (bit % 64);
        }
        beginnings
    }

    /// Whether a word that begins so may be one of them.
    #[inline]
    pub(crate) fn may_have(&self, key: u64) -> bool {
        self.bit_of(key) == 1
    }

    /// The same as a number: 1 when it may be one of them, else 0.
    #[inline]
    pub(crate) fn bit_of(&self, key: u64) -> u64 {
        let bit = self.bit(key);
        self.bits[bit / 64] >> (bit % 64) & 1
    }

    #[inline]
    fn bit(&self, key: u64) -> usize {
        (mix(key) >> self.shift) as usize
    }
}
