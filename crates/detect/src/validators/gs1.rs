//! The check digit of GS1's numbers.

/// Whether the last digit is the check digit of the others, whose weights are 3 and 1 from the right (GS1 General
/// Specifications, section 7.9; EAN-13 among them).
pub(crate) fn gs1(digits: &[u8]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .zip([1, 3].iter().cycle())
        .map(|(byte, weight)| u32::from(byte.wrapping_sub(b'0')) * weight)
        .sum();
    digits.iter().all(u8::is_ascii_digit) && sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::gs1;

    #[test]
    fn published_numbers_hold() {
        assert!(gs1(b"7569217076985") && gs1(b"4006381333931") && !gs1(b"7569217076984") && !gs1(b"756921707698x"));
    }
}
