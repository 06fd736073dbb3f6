//! Check characters of International Bank Account Numbers: ISO 13616-1 over ISO/IEC 7064 MOD 97-10.

/// Whether the number, with its first four characters moved to its end and letters read as 10 to 35, leaves the
/// remainder 1 when divided by 97. Check digits are 02 to 98, so that 00, 01 and 99 are none.
pub(crate) fn mod97_is_one(iban: &[u8]) -> bool {
    if iban.len() < 5 {
        return false;
    }
    let (head, body) = iban.split_at(4);
    let remainder = body.iter().chain(head).try_fold(0u32, |remainder, byte| {
        let value = char::from(*byte).to_digit(36)?;
        Some((remainder * if value > 9 { 100 } else { 10 } + value) % 97)
    });
    remainder == Some(1) && !matches!(&iban[2..4], b"00" | b"01" | b"99")
}

#[cfg(test)]
mod tests {
    use super::mod97_is_one;

    #[test]
    fn two_swapped_characters_are_noticed() {
        assert!(mod97_is_one(b"NL82CDDJ4576189059"));
        assert!(!mod97_is_one(b"NL82CDDJ4576189095"));
    }
}
