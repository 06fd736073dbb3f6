//! What each byte of a text is, as bits: letters, digits and the few signs at which values may start.
//!
//! Eight bytes are told at a time by plain arithmetic on one word of the machine, and what follows works on 64 bytes at
//! a time: where words begin, how long a run of digits is.

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
    /// `(`, `)`, `*`, `+`, `,` and `-`.
    pub(crate) signs: Plane,
    /// `-`.
    pub(crate) dashes: Plane,
    /// `@`.
    pub(crate) ats: Plane,
}

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
    /// Tells the bytes of `text`.
    pub(crate) fn tell(&mut self, text: &str) {
        let planes = [&mut self.letters, &mut self.digits, &mut self.signs, &mut self.dashes, &mut self.ats];
        planes.into_iter().for_each(|plane| plane.0.clear());
        let (blocks, rest) = text.as_bytes().as_chunks::<64>();
        for (index, block) in blocks.iter().enumerate() {
            self.block(text, index, block);
        }
        if !rest.is_empty() {
            let mut last = [0; 64];
            last[..rest.len()].copy_from_slice(rest);
            self.block(text, blocks.len(), &last);
        }
    }

    #[inline]
    fn block(&mut self, text: &str, index: usize, block: &[u8; 64]) {
        let (mut letters, mut digits, mut signs, mut dashes, mut ats, mut beyond) = (0, 0, 0, 0, 0, 0);
        let (eights, _) = block.as_chunks::<8>();
        for (position, eight) in eights.iter().enumerate() {
            let bytes = u64::from_le_bytes(*eight);
            let high = bytes & HIGH;
            let ascii = !high & HIGH;
            let plain = bytes & !HIGH;
            let shift = 8 * position;
            letters |= gather(self::letters(bytes)) << shift;
            digits |= gather(within(plain, b'0', b'9') & ascii) << shift;
            signs |= gather(within(plain, b'(', b'-') & ascii) << shift;
            dashes |= gather(within(plain, b'-', b'-') & ascii) << shift;
            ats |= gather(within(plain, b'@', b'@') & ascii) << shift;
            beyond |= gather(high) << shift;
        }
        self.digits.0.push(digits);
        self.signs.0.push(signs);
        self.dashes.0.push(dashes);
        self.ats.0.push(ats);
        match self.letters.0.get_mut(index) {
            // The last character of the block before reaches into this one.
            Some(word) => *word |= letters,
            None => self.letters.0.push(letters),
        }
        if beyond != 0 {
            self.beyond_ascii(text, 64 * index, beyond);
        }
    }

    /// Tells the characters that are not ASCII and begin in the block at `from`.
    fn beyond_ascii(&mut self, text: &str, from: usize, beyond: u64) {
        let bytes = text.as_bytes();
        let mut rest = beyond;
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
            assert_eq!(planes.ats.from(at) & 1 == 1, c == '@');
            assert_eq!(planes.dashes.from(at) & 1 == 1, c == '-');
            assert_eq!(planes.signs.from(at) & 1 == 1, matches!(c, '('..='-'));
        }
        assert_eq!(planes.letters.from(text.len()), 0);
    }

    #[test]
    fn runs_go_on_over_the_edges_of_words() {
        let text = format!("{}7{}", " ".repeat(60), "7".repeat(30));
        let mut planes = Planes::default();
        planes.tell(&text);
        assert_eq!((planes.digits.run(60), planes.digits.run(63), planes.digits.run(59)), (31, 28, 0));
    }
}
