//! Check digits, each from its published rule.

/// The digits of a text; other characters are left out.
pub(crate) fn digits(text: &str) -> Vec<u32> {
    text.chars().filter_map(|character| character.to_digit(10)).collect()
}

/// Σ digit × weight.
pub(crate) fn weighted(text: &str, weights: &[u32]) -> u32 {
    digits(text).iter().zip(weights).map(|(digit, weight)| digit * weight).sum()
}

/// The check digit behind `payload` by ISO/IEC 7812-1, annex B.
pub(crate) fn luhn(payload: &str) -> u32 {
    let doubled = |digit: u32| if digit * 2 > 9 { digit * 2 - 9 } else { digit * 2 };
    let sum: u32 = digits(payload)
        .iter()
        .rev()
        .enumerate()
        .map(|(position, digit)| if position % 2 == 0 { doubled(*digit) } else { *digit })
        .sum();
    (10 - sum % 10) % 10
}

/// `payload` and its Luhn digit.
pub(crate) fn with_luhn(payload: &str) -> String {
    format!("{payload}{}", luhn(payload))
}

/// The check character of `payload` (digits and capitals) by ISO/IEC 7064 MOD 37-2.
pub(crate) fn mod_37_2(payload: &str) -> char {
    const ALPHABET: &[u8] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ+";
    let value = |byte: u8| ALPHABET.iter().position(|character| *character == byte).unwrap_or(0);
    let sum = payload.bytes().fold(0, |sum, byte| (sum + value(byte)) * 2 % 37);
    char::from(ALPHABET[(38 - sum % 37) % 37])
}

/// The two check digits of an IBAN by ISO 13616 (ISO/IEC 7064 MOD 97-10).
pub(crate) fn iban_check(country: &str, account: &str) -> u32 {
    let remainder = format!("{account}{country}00").bytes().fold(0, |remainder: u32, byte| match byte {
        b'0'..=b'9' => (remainder * 10 + u32::from(byte - b'0')) % 97,
        _ => (remainder * 100 + u32::from(byte - b'A') + 10) % 97,
    });
    98 - remainder
}

/// The check digit behind `payload` by Verhoeff's scheme, as SNOMED CT identifiers have it.
pub(crate) fn verhoeff(payload: &str) -> u32 {
    // The group of the square's ten symmetries, and the permutation by position.
    const PERMUTATION: [u32; 10] = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];
    let multiply = |a: u32, b: u32| match (a < 5, b < 5) {
        (true, true) => (a + b) % 5,
        (true, false) => 5 + (a + b - 5) % 5,
        (false, true) => 5 + (a - 5 + 5 - b) % 5,
        (false, false) => (a + 5 - b) % 5,
    };
    let permuted = |digit: u32, times: usize| (0..times).fold(digit, |digit, _| PERMUTATION[digit as usize]);
    let state = digits(payload)
        .iter()
        .rev()
        .enumerate()
        .fold(0, |state, (position, digit)| multiply(state, permuted(*digit, (position + 1) % 8)));
    (0..10).find(|digit| multiply(state, *digit) == 0).unwrap_or(0)
}

/// The value of a letter where I and O are left out: A = 1 to Z = 24 (HISO 10046).
pub(crate) fn letter_24(letter: u8) -> u32 {
    let place = u32::from(letter - b'A');
    place + 1 - u32::from(letter > b'I') - u32::from(letter > b'O')
}

/// The letter of such a value.
pub(crate) fn letter_of_24(value: u32) -> char {
    char::from(b"ABCDEFGHJKLMNPQRSTUVWXYZ"[(value as usize + 23) % 24])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_examples_have_these_check_digits() {
        assert_eq!(luhn("7992739871"), 3);
        assert_eq!(luhn("046 454 28"), 6);
        assert_eq!(iban_check("GB", "DLEB93005856898955"), 42);
        assert_eq!(verhoeff("7321100"), 9);
        assert_eq!(verhoeff("2143301100003610"), 7);
        assert_eq!(verhoeff("19596700"), 1);
    }

    #[test]
    fn letters_leave_i_and_o_out() {
        assert_eq!((letter_24(b'A'), letter_24(b'J'), letter_24(b'P'), letter_24(b'Z')), (1, 9, 14, 24));
        assert_eq!((letter_of_24(1), letter_of_24(9), letter_of_24(24)), ('A', 'J', 'Z'));
    }
}
