//! Text that must not be seen, and the little of it that may.

use std::fmt;

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use zeroize::Zeroizing;

/// Text of a patient or a practice. It can be looked at on purpose ([`Sensitive::expose`]) but neither
/// printed nor serialised, and it is wiped from memory when dropped.
#[derive(Clone, PartialEq, Eq)]
pub struct Sensitive(Zeroizing<String>);

impl Sensitive {
    /// Takes the text in.
    pub fn new(text: impl Into<String>) -> Self {
        Self(Zeroizing::new(text.into()))
    }

    /// The text itself. Whoever calls this answers for where it goes.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Sensitive {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sensitive(…)")
    }
}

/// A credential: the same promise as [`Sensitive`], under the name that says why.
pub type Secret = Sensitive;

/// The most characters of a hint.
const LONGEST_HINT: usize = 64;

/// A hint at a value that lets a person recognise it and nobody reconstruct it, such as `*** *** 782`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
pub struct Masked(String);

impl Masked {
    /// Masks `value`: every letter and digit becomes `*`, except the last `visible` ones; separators stay,
    /// line breaks become spaces and the hint ends after 64 characters. A value is never shown by more than
    /// a third of its letters and digits.
    pub fn of(value: &str, visible: usize) -> Self {
        if value.is_ascii() {
            return Self::of_ascii(value.as_bytes(), visible);
        }
        let significant = value.chars().filter(|c| c.is_alphanumeric()).count();
        let shown = visible.min(significant / 3);
        let first_shown = significant - shown;
        let mut seen = 0;
        let hint = value
            .chars()
            .map(|c| {
                if c.is_alphanumeric() {
                    seen += 1;
                    if seen > first_shown { c } else { '*' }
                } else if c.is_ascii_punctuation() {
                    c
                } else {
                    ' '
                }
            })
            .take(LONGEST_HINT)
            .collect();
        Self(hint)
    }

    fn of_ascii(value: &[u8], visible: usize) -> Self {
        let significant = value.iter().filter(|byte| byte.is_ascii_alphanumeric()).count();
        let mut hidden = significant - visible.min(significant / 3);
        let mut hint = value[..value.len().min(LONGEST_HINT)].to_vec();
        for byte in &mut hint {
            if byte.is_ascii_alphanumeric() && hidden > 0 {
                hidden -= 1;
                *byte = b'*';
            } else if !byte.is_ascii_graphic() {
                *byte = b' ';
            }
        }
        // All of it is ASCII.
        Self(String::from_utf8(hint).unwrap_or_default())
    }

    /// The hint.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Masked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hint_keeps_the_shape_and_the_last_characters() {
        assert_eq!(Masked::of("123 456 782", 3).as_str(), "*** *** 782");
        assert_eq!(Masked::of("Jane Doe", 0).as_str(), "**** ***");
        assert_eq!(Masked::of("Zo\u{eb} D\n1-2", 1).as_str(), "*** * *-2");
        assert_eq!(Masked::of("a\tb\r\n1-2", 1).as_str(), "* *  *-2");
        assert_eq!(Masked::of(&"1".repeat(80), 4).as_str(), "*".repeat(64));
    }

    #[test]
    fn a_hint_never_shows_more_than_a_third() {
        assert_eq!(Masked::of("1234", 4).as_str(), "***4");
        assert_eq!(Masked::of("12", 4).as_str(), "**");
    }

    #[test]
    fn sensitive_text_does_not_print() {
        assert!(!format!("{:?}", Sensitive::new("Jane Doe")).contains("Jane"));
    }
}
