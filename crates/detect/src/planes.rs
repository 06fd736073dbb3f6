//! What each byte of a text is, as bits: letters, digits and the few signs at which values may start.
//!
//! Eight bytes are told at a time by plain arithmetic on one word of the machine, and what follows works on 64 bytes at
//! a time: where words begin, how long a run of digits is.

use std::sync::LazyLock;

use memchr::memmem::Finder;

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

/// The high bits of eight bytes as eight bits.
#[inline]
const fn gather(high: u64) -> u64 {
    (high >> 7).wrapping_mul(0x0102_0408_1020_4080) >> 56
}

impl Planes {
    /// Whether a letter or digit is at `at`; what is outside of the text is none.
    pub(crate) fn is_inside_word(&self, at: usize) -> bool {
        let word = |plane: &Plane| plane.word(at / 64) >> (at % 64) & 1;
        word(&self.letters) | word(&self.digits) == 1
    }

    /// Tells the bytes of `text`.
    pub(crate) fn tell(&mut self, text: &str) {
        let (blocks, rest) = text.as_bytes().as_chunks::<64>();
        let words = blocks.len() + 1;
        for plane in [&mut self.letters, &mut self.digits, &mut self.marks] {
            plane.0.clear();
            plane.0.reserve(words + 1);
        }
        for (index, block) in blocks.iter().enumerate() {
            self.block(text, index, block);
        }
        if !rest.is_empty() {
            let mut last = [0; 64];
            last[..rest.len()].copy_from_slice(rest);
            self.block(text, blocks.len(), &last);
        }
        self.marks.0.resize(words, 0);
        memchr::memchr_iter(b'@', text.as_bytes()).for_each(|at| self.marks.set(at));
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
        let (mut letters, mut digits, mut beyond) = (0, 0, 0);
        let (eights, _) = block.as_chunks::<8>();
        for (position, eight) in eights.iter().enumerate() {
            let bytes = u64::from_le_bytes(*eight);
            let shift = 8 * position;
            letters |= gather(self::letters(bytes)) << shift;
            digits |= gather(within(bytes & !HIGH, b'0', b'9') & !bytes) << shift;
            beyond |= bytes & HIGH;
        }
        self.digits.0.push(digits);
        match self.letters.0.get_mut(index) {
            // The last character of the block before reaches into this one.
            Some(word) => *word |= letters,
            None => self.letters.0.push(letters),
        }
        if beyond != 0 {
            self.beyond_ascii(text, index, eights);
        }
    }

    /// Tells the characters that are not ASCII and begin in the block of an index.
    #[cold]
    fn beyond_ascii(&mut self, text: &str, index: usize, eights: &[[u8; 8]]) {
        let (bytes, from) = (text.as_bytes(), 64 * index);
        let high = |eight: &[u8; 8]| gather(u64::from_le_bytes(*eight) & HIGH);
        let mut rest = eights.iter().rev().fold(0, |all, eight| all << 8 | high(eight));
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
