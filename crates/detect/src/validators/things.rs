//! Check characters of vehicles and devices.

/// Vehicle identification number of seventeen characters (ISO 3779): no I, O or Q, and the last four are digits.
/// `Some(true)` when its check digit is right, which only North America asks for (49 CFR 565.15).
pub(crate) fn vehicle_identification_number(characters: &[u8]) -> Option<bool> {
    const WEIGHTS: [u32; 17] = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];
    let value = |byte: u8| match byte.to_ascii_uppercase() {
        digit @ b'0'..=b'9' => Some(u32::from(digit - b'0')),
        letter @ b'A'..=b'H' => Some(u32::from(letter - b'A') + 1),
        letter @ (b'J'..=b'N' | b'P' | b'R') => Some(u32::from(letter - b'J') + 1),
        letter @ b'S'..=b'Z' => Some(u32::from(letter - b'S') + 2),
        _ => None,
    };
    let sum: Option<u32> = characters.iter().zip(WEIGHTS).map(|(byte, weight)| Some(value(*byte)? * weight)).sum();
    let letters = characters.iter().filter(|byte| byte.is_ascii_alphabetic()).count();
    if characters.len() != 17 || letters < 2 || !characters[13..].iter().all(u8::is_ascii_digit) {
        return None;
    }
    let expected = match sum? % 11 {
        10 => b'X',
        digit => b'0' + digit as u8,
    };
    let verified = characters[8].to_ascii_uppercase() == expected;
    let north_american = matches!(characters[0], b'1'..=b'5');
    (verified || !north_american).then_some(verified)
}

/// The check character of a HIBC label, the `+` in front included: the sum of the characters' values modulo 43
/// (ANSI/HIBC 2.6).
pub(crate) fn hibc(characters: &[u8]) -> bool {
    const ALPHABET: &[u8; 43] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-. $/+%";
    let Some((check, body)) = characters.split_last() else { return false };
    let sum: Option<usize> = body.iter().map(|byte| ALPHABET.iter().position(|one| one == byte)).sum();
    sum.is_some_and(|sum| ALPHABET[sum % 43] == *check)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_numbers_hold() {
        assert_eq!(vehicle_identification_number(b"1M8GDM9AXKP042788"), Some(true));
        assert_eq!(vehicle_identification_number(b"1M8GDM9A1KP042788"), None);
        assert_eq!(vehicle_identification_number(b"WVWZZZ1JZXW000001"), Some(false));
        assert_eq!(vehicle_identification_number(b"1M8GDM9AXKPO42788"), None);
        assert!(hibc(b"+A123BJC5D6E71G") && !hibc(b"+A123BJC5D6E71H"));
    }
}
