//! What each byte of a text is, as bits: letters, digits and the few signs at which values may start.
//!
//! Sixteen bytes are told at a time by the vector instructions that every processor of a platform has, and what follows
//! works on 64 bytes at a time: where words begin, how long a run of digits is.

use std::sync::LazyLock;

use memchr::memmem::Finder;
use wide::u8x16;

use crate::text::{self, Kind};

/// The bits of one class of bytes; bit `n` of word `w` is the byte at `64 * w + n`.
#[derive(Debug, Default)]
pub(crate) struct Plane(Vec<u64>);

impl Plane {
    /// The 64 bits that begin at `at`; what is beyond the text is not of the class.
    #[inline]
    pub(crate) fn from(&self, at: usize) -> u64 {
        let (word, shift) = (at / 64, at % 64);
        let low = self.0.get(word).copied().unwrap_or(0) >> shift;
        let high = self.0.get(word + 1).copied().unwrap_or(0);
        low | (high << 1) << (63 - shift)
    }

    /// The bits of word `index`.
    #[inline]
    pub(crate) fn word(&self, index: usize) -> u64 {
        self.0.get(index).copied().unwrap_or(0)
    }

    /// How many bytes of the class follow from `at` on; 64 when there are more.
    #[inline]
    pub(crate) fn run(&self, at: usize) -> usize {
        self.from(at).trailing_ones() as usize
    }

    fn set(&mut self, at: usize) {
        if let Some(word) = self.0.get_mut(at / 64) {
            *word |= 1 << (at % 64);
        }
    }
}

/// The classes of the bytes of one text.
#[derive(Debug, Default)]
pub(crate) struct Planes {
    /// Letters of any script, all bytes of each.
    pub(crate) letters: Plane,
    /// `0` to `9`.
    pub(crate) digits: Plane,
    /// `@`, and the first of the last five dashes of a run of five and more.
    pub(crate) marks: Plane,
    /// Bytes of characters beyond ASCII.
    beyond: Plane,
}

/// What stands around keys and signatures.
static DASHES: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("-----"));

pub(crate) const ONES: u64 = 0x0101_0101_0101_0101;
pub(crate) const HIGH: u64 = 0x80 * ONES;

/// The high bit of each byte that is in `first..=last` of ASCII; `bytes` holds no high bits.
#[inline]
const fn within(bytes: u64, first: u8, last: u8) -> u64 {
    let from = bytes + (0x80 - first as u64) * ONES;
    let beyond = bytes + (0x7F - last as u64) * ONES;
    from & !beyond & HIGH
}

/// The high bit of each of eight bytes that is an ASCII letter.
#[inline]
pub(crate) const fn letters(bytes: u64) -> u64 {
    within((bytes | (0x20 * ONES)) & !HIGH, b'a', b'z') & !bytes
}

/// All bits of each byte that is in `first..=last`.
#[inline]
fn among(bytes: u8x16, first: u8, last: u8) -> u8x16 {
    let from = bytes - u8x16::splat(first);
    from.min(u8x16::splat(last - first)).simd_eq(from)
}

impl Planes {
    /// Whether a letter or digit is at `at`; what is outside of the text is none.
    pub(crate) fn is_inside_word(&self, at: usize) -> bool {
        let word = |plane: &Plane| plane.word(at / 64) >> (at % 64) & 1;
        word(&self.letters) | word(&self.digits) == 1
    }

    /// The bytes of word `index` that a digit or a character beyond ASCII is at, or not more than nine bytes behind.
    #[inline]
    pub(crate) fn near_digits_or_beyond(&self, index: usize) -> u64 {
        let here = self.digits.word(index) | self.beyond.word(index);
        let next = self.digits.word(index + 1) | self.beyond.word(index + 1);
        let mut near = u128::from(next) << 64 | u128::from(here);
        near |= near >> 1;
        near |= near >> 2;
        near |= near >> 4;
        (near | near >> 2) as u64
    }

    /// Tells the bytes of `text`.
    pub(crate) fn tell(&mut self, text: &str) {
        let (blocks, rest) = text.as_bytes().as_chunks::<64>();
        for plane in [&mut self.letters, &mut self.digits, &mut self.marks, &mut self.beyond] {
            plane.0.clear();
            plane.0.reserve(blocks.len() + 2);
        }
        for (index, block) in blocks.iter().enumerate() {
            self.block(text, index, block);
        }
        if !rest.is_empty() {
            let mut last = [0; 64];
            last[..rest.len()].copy_from_slice(rest);
            self.block(text, blocks.len(), &last);
        }
        self.tell_dashes(text.as_bytes());
    }

    fn tell_dashes(&mut self, bytes: &[u8]) {
        let mut from = 0;
        while let Some(found) = DASHES.find(&bytes[from..]) {
            let run = bytes[from + found..].iter().take_while(|byte| **byte == b'-').count();
            from += found + run;
            self.marks.set(from - DASHES.needle().len());
        }
    }

    #[inline]
    fn block(&mut self, text: &str, index: usize, block: &[u8; 64]) {
        let (mut letters, mut digits, mut marks, mut beyond) = (0, 0, 0, 0);
        let (sixteens, _) = block.as_chunks::<16>();
        for (position, sixteen) in sixteens.iter().enumerate() {
            let bytes = u8x16::new(*sixteen);
            let shift = 16 * position;
            let bits = |class: u8x16| u64::from(class.to_bitmask()) << shift;
            letters |= bits(among(bytes | u8x16::splat(0x20), b'a', b'z'));
            digits |= bits(among(bytes, b'0', b'9'));
            marks |= bits(bytes.simd_eq(u8x16::splat(b'@')));
            // The high bit of a byte is what tells it from ASCII.
            beyond |= bits(bytes);
        }
        self.digits.0.push(digits);
        self.marks.0.push(marks);
        self.beyond.0.push(beyond);
        match self.letters.0.get_mut(index) {
            // The last character of the block before reaches into this one.
            Some(word) => *word |= letters,
            None => self.letters.0.push(letters),
        }
        if beyond != 0 {
            self.beyond_ascii(text, index, beyond);
        }
    }

    /// Tells the characters that are not ASCII and begin in the block of an index.
    #[cold]
    fn beyond_ascii(&mut self, text: &str, index: usize, mut rest: u64) {
        let (bytes, from) = (text.as_bytes(), 64 * index);
        while rest != 0 {
            let at = from + rest.trailing_zeros() as usize;
            rest &= rest - 1;
            if bytes[at] & 0xC0 == 0x80 {
                continue;
            }
            let (kind, width) = text::kind_at(bytes, at);
            if kind == Kind::Letter {
                if (at + width - 1) / 64 >= self.letters.0.len() {
                    self.letters.0.push(0);
                }
                (at..at + width).for_each(|byte| self.letters.set(byte));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bits_are_what_the_bytes_are() {
        let text: String = (0..3u32)
            .flat_map(|shift| (1u32..0x300).chain(0x2000..0x2800).map(move |code| (shift, code)))
            .filter_map(|(shift, code)| Some((shift, char::from_u32(code)?)))
            .map(|(shift, c)| format!("{c}{}", "a1".repeat(shift as usize)))
            .collect();
        let mut planes = Planes::default();
        planes.tell(&text);
        for (at, c) in text.char_indices() {
            let kind = text::kind_at(text.as_bytes(), at).0;
            for byte in at..at + c.len_utf8() {
                assert_eq!(planes.letters.from(byte) & 1 == 1, kind == Kind::Letter, "{c:?}");
                assert_eq!(planes.digits.from(byte) & 1 == 1, kind == Kind::Digit, "{c:?}");
            }
            assert_eq!(planes.marks.from(at) & 1 == 1, c == '@');
        }
        assert_eq!(planes.letters.from(text.len()), 0);
    }

    #[test]
    fn what_is_near_is_seen_over_the_edge_of_words() {
        let mut planes = Planes::default();
        planes.tell(&format!("{}7{}\u{E9}", "a".repeat(66), "b".repeat(70)));
        assert_eq!(planes.near_digits_or_beyond(0), 0x7F << 57);
        assert_eq!(planes.near_digits_or_beyond(1), 0b111);
        assert_eq!(planes.near_digits_or_beyond(2), 0x7FF);
    }

    #[test]
    fn five_dashes_are_the_last_of_their_run() {
        let mut planes = Planes::default();
        planes.tell(&format!("---- -----a ------- {}-----", " ".repeat(60)));
        let marks = |from: usize| planes.marks.from(from);
        assert_eq!((marks(0) & 0xFFFF_FFFF, marks(64)), (1 << 5 | 1 << 14, 1 << (80 - 64)));
    }

    #[test]
    fn runs_go_on_over_the_edges_of_words() {
        let text = format!("{}7{}", " ".repeat(60), "7".repeat(30));
        let mut planes = Planes::default();
        planes.tell(&text);
        assert_eq!((planes.digits.run(60), planes.digits.run(63), planes.digits.run(59)), (31, 28, 0));
    }
}
