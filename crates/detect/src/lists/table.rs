//! A hash table from words to bits, without the words.

/// Words are kept as fingerprints of 48 bits: of the words that are not on a list, one in 2^48 for each that is would be
/// taken for it. Letters are compared without regard to case.
#[derive(Debug)]
pub(super) struct Table {
    /// Fingerprint in the upper bits, classes in the lower 16; 0 is empty.
    slots: Box<[u64]>,
}

/// Twice what the lists need and less than a second-level cache holds.
const SLOT_BITS: u32 = 17;
/// No word on a list is longer.
const LONGEST: usize = 24;
const FINGERPRINT: u64 = !0xFFFF;

impl Default for Table {
    fn default() -> Self {
        Self { slots: vec![0; 1 << SLOT_BITS].into_boxed_slice() }
    }
}

impl Table {
    pub(super) fn insert(&mut self, word: &[u8], classes: u16) {
        let slot = self.slot(word);
        self.slots[slot] = hash(word) & FINGERPRINT | self.slots[slot] & !FINGERPRINT | u64::from(classes);
    }

    #[inline]
    pub(super) fn get(&self, word: &[u8]) -> u16 {
        if word.len() > LONGEST {
            return 0;
        }
        // The lower 16 bits are the classes.
        self.slots[self.slot(word)] as u16
    }

    /// The slot of the word, or the empty one where it would be.
    #[inline]
    fn slot(&self, word: &[u8]) -> usize {
        let hash = hash(word);
        let mut slot = (hash >> (u64::BITS - SLOT_BITS)) as usize;
        while self.slots[slot] != 0 && (self.slots[slot] ^ hash) & FINGERPRINT != 0 {
            slot = (slot + 1) & ((1 << SLOT_BITS) - 1);
        }
        slot
    }
}

/// Folds the case of ASCII letters eight at a time. The constant is 2^64 divided by the golden ratio.
#[inline]
fn hash(word: &[u8]) -> u64 {
    const CASE: u64 = 0x2020_2020_2020_2020;
    let mut hash = word.len() as u64;
    let mut mix = |letters: u64| {
        hash = (hash ^ letters).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        hash ^= hash >> 29;
    };
    let (eights, rest) = word.as_chunks::<8>();
    for eight in eights {
        mix(u64::from_le_bytes(*eight) | CASE);
    }
    let mut last = [0; 8];
    last[..rest.len()].copy_from_slice(rest);
    mix(u64::from_le_bytes(last) | CASE);
    hash.wrapping_mul(0x9E37_79B9_7F4A_7C15)
}
