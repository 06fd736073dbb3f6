//! Check characters of national bank account numbers, as they stand behind an IBAN's check digits.

use super::{digits, weighted_sum};

/// France's RIB of 23 characters: bank, branch, account, and a key of 97 less 89 times the bank, 15 times the branch
/// and 3 times the account, modulo 97; letters of the account count as digits (Comit\u{E9} fran\u{E7}ais d'organisation et de
/// normalisation bancaires).
pub(crate) fn rib(characters: &[u8]) -> bool {
    let value = |byte: &u8| match byte.to_ascii_uppercase() {
        digit @ b'0'..=b'9' => Some(u64::from(digit - b'0')),
        letter @ b'A'..=b'I' => Some(u64::from(letter - b'A') + 1),
        letter @ b'J'..=b'R' => Some(u64::from(letter - b'J') + 1),
        letter @ b'S'..=b'Z' => Some(u64::from(letter - b'S') + 2),
        _ => None,
    };
    let number = |part: &[u8]| part.iter().try_fold(0u64, |number, byte| Some(number * 10 + value(byte)?));
    let plain = |part: &[u8]| part.iter().all(u8::is_ascii_digit);
    if characters.len() != 23 || !plain(&characters[..10]) || !plain(&characters[21..]) {
        return false;
    }
    match (number(&characters[..5]), number(&characters[5..10]), number(&characters[10..21]), number(&characters[21..]))
    {
        (Some(bank), Some(branch), Some(account), Some(key)) => {
            bank > 0 && key == 97 - (89 * bank + 15 * branch + 3 * account) % 97
        }
        _ => false,
    }
}

/// Italy's BBAN of 23 characters: the first is the check letter of the others, by the tables of odd and even places,
/// modulo 26 (ABI).
pub(crate) fn cin(characters: &[u8]) -> bool {
    const ODD: [u32; 26] =
        [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];
    let Some((check, body)) = characters.split_first() else { return false };
    let sum: Option<u32> = body
        .iter()
        .enumerate()
        .map(|(place, byte)| {
            let value = match byte.to_ascii_uppercase() {
                digit @ b'0'..=b'9' => u32::from(digit - b'0'),
                letter @ b'A'..=b'Z' => u32::from(letter - b'A'),
                _ => return None,
            };
            Some(if place % 2 == 0 { ODD[value as usize] } else { value })
        })
        .sum();
    let plain = body.len() == 22 && body[..10].iter().all(u8::is_ascii_digit);
    plain && sum.is_some_and(|sum| u32::from(check.to_ascii_uppercase().wrapping_sub(b'A')) == sum % 26)
}

/// Spain's CCC of 20 digits: one check digit for bank and branch, one for the account, modulo 11 (Consejo Superior
/// Bancario).
pub(crate) fn ccc(characters: &[u8]) -> bool {
    const WEIGHTS: [u32; 10] = [1, 2, 4, 8, 5, 10, 9, 7, 3, 6];
    let check = |sum: u32| match 11 - sum % 11 {
        11 => 0,
        10 => 1,
        digit => digit,
    };
    digits(characters).is_some_and(|digits| {
        digits.len() == 20
            && digits.iter().any(|digit| *digit != 0)
            && check(weighted_sum(&digits[..8], &WEIGHTS[2..])) == digits[8]
            && check(weighted_sum(&digits[10..], &WEIGHTS)) == digits[9]
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_numbers_hold() {
        assert!(rib(b"20041010050500013M02606") && !rib(b"20041010050500013M02607"));
        assert!(cin(b"X0542811101000000123456") && !cin(b"Y0542811101000000123456"));
        assert!(ccc(b"21000418450200051332") && !ccc(b"21000418460200051332") && !ccc(b"21000418450200051333"));
    }
}
