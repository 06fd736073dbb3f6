//! Check digits of Canadian health numbers.

use super::calendar::{is_day, pairs};
use super::{digits, weighted_sum};

/// British Columbia's personal health number of ten digits: a 9, eight digits, and 11 less their weighted sum modulo
/// 11 (Ministry of Health, personal health number specification).
pub(crate) fn personal_health_number(characters: &[u8]) -> bool {
    digits(characters).is_some_and(|digits| match digits[..] {
        [9, .., check] if digits.len() == 10 => {
            let expected = (11 - weighted_sum(&digits[1..9], &[2, 4, 8, 5, 10, 9, 7, 3]) % 11) % 11;
            expected == check && digits.iter().any(|digit| *digit != 9)
        }
        _ => false,
    })
}

/// The weights of the letters' codes, the whole year, month, day and rank of a RAMQ number.
const RAMQ_WEIGHTS: [u32; 17] = [7, 1, 1, 3, 9, 7, 3, 9, 5, 3, 1, 3, 5, 7, 6, 9, 1];

/// Quebec's health insurance number: four letters, date of birth (month and 50 for women), rank and check digit. The
/// century is not written, so either may be meant.
pub(crate) fn ramq(characters: &[u8]) -> bool {
    let Some((letters, number)) = characters.split_at_checked(4) else { return false };
    let Some(number) = digits(number).filter(|number| number.len() == 8) else { return false };
    let Some((year, month, day)) = pairs(&number) else { return false };
    if !letters.iter().all(u8::is_ascii_alphabetic) || number[6] == 0 {
        return false;
    }
    let month = if month > 50 { month - 50 } else { month };
    [1900, 2000].into_iter().any(|century| {
        let mut values = [0; 17];
        for (pair, letter) in values.chunks_exact_mut(2).zip(letters) {
            let place = u32::from(letter.to_ascii_uppercase() - b'A') + 1;
            let code = place + u32::from(place > 18);
            pair.copy_from_slice(&[code / 10, code % 10]);
        }
        values[8..10].copy_from_slice(&[century / 1000, century / 100 % 10]);
        values[10..].copy_from_slice(&number[..7]);
        is_day(century + year, month, day) && weighted_sum(&values, &RAMQ_WEIGHTS) % 10 == number[7]
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_numbers_hold() {
        assert!(personal_health_number(b"9698658215") && personal_health_number(b"9000000018"));
        assert!(!personal_health_number(b"9698658216") && !personal_health_number(b"8698658215"));
        for valid in [
            "AAAA01010112",
            "BAAA01010113",
            "ZAAA01010112",
            "ABAA01010115",
            "AZAA01010112",
            "AABA01010119",
            "AAZA01010112",
            "AAAB01010111",
            "AAAZ01010112",
            "AAAA02010115",
            "AAAA99010115",
            "AAAA01020119",
            "AAAA01120114",
            "AAAA01010211",
            "AAAA01013110",
            "AAAA01010123",
            "AAAA01010190",
            "AAAA01010110",
            "AAAA01510117",
            "LASF80021411",
            "lasf80021411",
        ] {
            assert!(ramq(valid.as_bytes()), "{valid}");
        }
        for invalid in ["AAAA01010119", "AAAA01014110", "AAAA01010100", "AA3A01010112", "AAAA0101011"] {
            assert!(!ramq(invalid.as_bytes()), "{invalid}");
        }
    }
}
