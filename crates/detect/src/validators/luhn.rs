//! The Luhn formula: ISO/IEC 7812-1, annex B.

/// Whether the last digit is the Luhn check digit of the others.
pub(crate) fn luhn(digits: &[u8]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(position, byte)| {
            let digit = u32::from(byte.wrapping_sub(b'0'));
            match position % 2 {
                0 => digit,
                _ if digit > 4 => digit * 2 - 9,
                _ => digit * 2,
            }
        })
        .sum();
    digits.iter().all(u8::is_ascii_digit) && sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::luhn;

    #[test]
    fn a_changed_digit_is_noticed() {
        assert!(luhn(b"4000001234567899"));
        assert!(!luhn(b"4000001234567898"));
        assert!(!luhn(b"400000123456789x"));
    }
}
