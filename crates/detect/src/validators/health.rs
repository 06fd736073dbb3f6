//! Check characters of health identifiers with letters, or over a prefix.

use super::{digits, luhn, weighted_sum};

const NHI_WEIGHTS: [u32; 6] = [7, 6, 5, 4, 3, 2];

/// National Health Index number `AAA9999` (HISO 10046): modulo 11; a remainder of 0 is never issued.
pub(crate) fn nhi_old(characters: &[u8]) -> bool {
    nhi_values(characters).is_some_and(|values| {
        let remainder = weighted_sum(&values[..6], &NHI_WEIGHTS) % 11;
        remainder != 0 && (11 - remainder) % 10 == values[6]
    })
}

/// National Health Index number `AAA99AA` (HISO 10046:2024): the check letter's value is 23 less the weighted
/// sum modulo 23.
pub(crate) fn nhi_new(characters: &[u8]) -> bool {
    nhi_values(characters).is_some_and(|values| 23 - weighted_sum(&values[..6], &NHI_WEIGHTS) % 23 == values[6])
}

fn nhi_values(characters: &[u8]) -> Option<Vec<u32>> {
    let values: Option<Vec<u32>> = characters.iter().map(|byte| nhi_value(*byte)).collect();
    values.filter(|values| values.len() == 7)
}

/// A digit as it is, a letter as its place in the alphabet without I and O, counted from 1.
pub(super) fn nhi_value(byte: u8) -> Option<u32> {
    match byte.to_ascii_uppercase() {
        digit @ b'0'..=b'9' => Some(u32::from(digit - b'0')),
        letter @ b'A'..=b'Z' if !matches!(letter, b'I' | b'O') => {
            Some(u32::from(letter - b'A') + 1 - u32::from(letter > b'I') - u32::from(letter > b'O'))
        }
        _ => None,
    }
}

/// DEA registration number, two letters and seven digits: the sum of the first, third and fifth digit and
/// twice that of the others ends in the seventh (21 CFR 1301 numbers; rule as printed in pharmacy texts).
pub(crate) fn dea_number(characters: &[u8]) -> bool {
    let Some((letters, number)) = characters.split_at_checked(2) else { return false };
    letters[0].to_ascii_uppercase().is_ascii_uppercase()
        && digits(number).is_some_and(|digits| {
            digits.len() == 7 && weighted_sum(&digits[..6], &[1, 2, 1, 2, 1, 2]) % 10 == digits[6]
        })
}

/// National Provider Identifier of 10 digits: Luhn over `80840` and the number (45 CFR 162.406; CMS, "Requirements
/// for NPI and NPI check digit").
pub(crate) fn npi(characters: &[u8]) -> bool {
    matches!(characters.first(), Some(b'1' | b'2')) && characters.len() == 10 && luhn(&[b"80840", characters].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_numbers_hold() {
        for valid in ["ZAC5361", "ZZZ0016", "JBX3656", "ABC1235"] {
            assert!(nhi_old(valid.as_bytes()), "{valid}");
        }
        for invalid in ["ZZZ0044", "ZZZ0017", "ZAC3561"] {
            assert!(!nhi_old(invalid.as_bytes()), "{invalid}");
        }
        for valid in ["ZBN77VL", "ZZZ00AC", "ZVU27KE", "ZXE24NV", "ZYZ89XY", "ALU18KP", "ZVB97XQ"] {
            assert!(nhi_new(valid.as_bytes()), "{valid}");
        }
        assert!(!nhi_new(b"ZZZ00AX") && !nhi_new(b"ALU18KZ"));
        assert!(dea_number(b"FZ1234563") && dea_number(b"F91234563") && !dea_number(b"FZ1234564"));
        assert!(npi(b"1999999984") && npi(b"1234567893") && !npi(b"1999999985"));
    }
}
