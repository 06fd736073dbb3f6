//! Which single-byte encoding a text of Western Europe, Australia or New Zealand is in.
//!
//! Windows-1252 and the code pages of DOS give the same bytes to different characters. What tells them apart is the
//! company that the bytes keep: a letter with an accent stands in a word, an apostrophe between letters, a pound sign
//! before a digit, a line of a box beside others. Each byte beyond ASCII speaks for every encoding in which its character
//! fits its place; a tie is Windows-1252's, which is by far the more frequent.

use crate::encoding::{Encoding, is_undefined_in_windows_1252};

/// The encoding of a text that is no UTF-8, by its bytes from the first that shows it. `before` is the byte in front.
pub(crate) fn single_byte(sample: &[u8], before: u8) -> Encoding {
    let (mut windows, mut dos, mut of_437, mut of_850) = (0, 0, 0, 0);
    let mut possible = true;
    for (at, byte) in sample.iter().enumerate().filter(|(_, byte)| !byte.is_ascii()) {
        let around = Around {
            before: at.checked_sub(1).and_then(|at| sample.get(at)).copied().unwrap_or(before),
            byte: *byte,
            behind: sample.get(at + 1).copied().unwrap_or(b' '),
        };
        possible &= !is_undefined_in_windows_1252(*byte);
        windows += around.windows();
        dos += around.dos();
        of_437 += u32::from(around.only_in_437());
        of_850 += u32::from(around.only_in_850());
    }
    if dos > windows || (!possible && dos > 0) {
        if of_437 > of_850 { Encoding::CodePage437 } else { Encoding::CodePage850 }
    } else {
        Encoding::Windows1252
    }
}

/// A byte beyond ASCII and its neighbours.
struct Around {
    before: u8,
    byte: u8,
    behind: u8,
}

impl Around {
    /// How well the character fits its place in Windows-1252, from 0 to 2.
    fn windows(&self) -> u32 {
        let Self { before, byte, behind } = *self;
        match byte {
            0xD7 | 0xF7 => 0,
            0xC0..=0xDE => self.letter(true),
            0xDF..=0xFF | 0x8A | 0x8C | 0x8E | 0x9A | 0x9C | 0x9E => self.letter(false),
            // Quotation marks and the apostrophe.
            0x92 if self.in_word() => 2,
            0x92 | 0x94 => u32::from(before.is_ascii_graphic() && !behind.is_ascii_alphanumeric()),
            0x91 | 0x93 => u32::from(!before.is_ascii_alphanumeric() && behind.is_ascii_alphanumeric()),
            // Dashes.
            0x96 | 0x97 if before == b' ' && behind == b' ' => 2,
            0x96 | 0x97 if before.is_ascii_digit() && behind.is_ascii_digit() => 2,
            // Ellipsis, trade mark.
            0x85 | 0x99 => u32::from(before.is_ascii_alphanumeric() && !behind.is_ascii_alphanumeric()),
            // Bullet.
            0x95 => u32::from(!before.is_ascii_alphanumeric() && !behind.is_ascii_alphabetic()),
            // Euro, pound.
            0x80 | 0xA3 if behind.is_ascii_digit() => 2,
            // Degree, micro.
            0xB0 if before.is_ascii_digit() || matches!(behind, b'C' | b'F') => 2,
            0xB5 if matches!(behind, b'g' | b'l' | b'L' | b'm') => 2,
            // Plus-minus, superscripts, fractions.
            0xB1..=0xB3 | 0xBC..=0xBE => u32::from(before.is_ascii_digit() || !behind.is_ascii_alphabetic()),
            _ => 0,
        }
    }

    /// How well the character fits its place in code page 437 or 850.
    fn dos(&self) -> u32 {
        let Self { before, byte, behind } = *self;
        match byte {
            0x9C if behind.is_ascii_digit() => 2,
            0x80 | 0x8E..=0x90 | 0x92 | 0x99 | 0x9A | 0xA5 => self.letter(true),
            0x81..=0x98 | 0xA0..=0xA4 => self.letter(false),
            // Sharp s, which stands behind a vowel and begins nothing.
            0xE1 => u32::from(before.is_ascii_lowercase()),
            0xE6 if matches!(behind, b'g' | b'l' | b'L' | b'm') && !before.is_ascii_alphabetic() => 2,
            0xF8 if before.is_ascii_digit() => 2,
            0xAB | 0xAC | 0xFD => u32::from(before.is_ascii_digit() || !behind.is_ascii_alphabetic()),
            0xB0..=0xDF if is_box(before) || is_box(behind) => 2,
            0xB3 | 0xBA => u32::from(before.is_ascii_whitespace() && behind.is_ascii_whitespace()),
            _ => 0,
        }
    }

    /// A letter: beside another, and a capital not behind a small one, nor a small one before a capital.
    fn letter(&self, capital: bool) -> u32 {
        let Self { before, behind, .. } = *self;
        let odd = if capital {
            before.is_ascii_lowercase()
        } else {
            behind.is_ascii_uppercase() && !before.is_ascii_lowercase()
        };
        match (before.is_ascii_alphabetic(), behind.is_ascii_alphabetic()) {
            _ if odd => 0,
            (true, true) => 2,
            (true, false) | (false, true) => 1,
            (false, false) => 0,
        }
    }

    fn in_word(&self) -> bool {
        self.before.is_ascii_alphabetic() && self.behind.is_ascii_alphabetic()
    }

    /// A byte that 437 gives to a line of a box and 850 to something else, among lines of a box.
    fn only_in_437(&self) -> bool {
        matches!(self.byte, 0xB5..=0xB8 | 0xBD | 0xBE | 0xC6 | 0xC7 | 0xCF..=0xD8 | 0xDD | 0xDE)
            && (is_box(self.before) || is_box(self.behind))
    }

    /// A byte that 850 gives to a letter and 437 to something else, in a word.
    fn only_in_850(&self) -> bool {
        matches!(self.byte, 0x9B | 0x9D | 0xB5..=0xB7 | 0xC6 | 0xC7 | 0xD0..=0xD8 | 0xDE | 0xE0..=0xED)
            && (self.before.is_ascii_alphabetic() || self.behind.is_ascii_alphabetic())
    }
}

/// Lines and corners of boxes, and shades.
const fn is_box(byte: u8) -> bool {
    matches!(byte, 0xB0..=0xDF)
}
