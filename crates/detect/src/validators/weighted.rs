//! Check digits from weighted sums.

use super::calendar::{is_day_of_a_century, pairs};
use super::{digits, weighted_sum};

/// Australian tax file number of 8 or 9 digits: the weighted sum is a multiple of 11 (rule as published for
/// payroll software; the same as python-stdnum's `au.tfn`).
pub(crate) fn tax_file_number(characters: &[u8]) -> bool {
    digits(characters).is_some_and(|digits| {
        digits.iter().any(|digit| *digit != 0)
            && weighted_sum(&digits, &[1, 4, 3, 7, 5, 8, 6, 9, 10]).is_multiple_of(11)
    })
}

/// Medicare card number, at least its first nine digits: starts with 2 to 6, and the ninth is the weighted sum
/// of the first eight modulo 10 (rule of Services Australia as published by those who claim).
pub(crate) fn medicare(characters: &[u8]) -> bool {
    digits(characters).is_some_and(|digits| {
        digits.len() >= 9
            && (2..=6).contains(&digits[0])
            && weighted_sum(&digits[..8], &[1, 3, 7, 9, 1, 3, 7, 9]) % 10 == digits[8]
    })
}

/// PBS prescriber number of 7 digits: weights 1, 3, 7, 9, 1, 3 modulo 10, or, for the older numbers that start
/// with 0, weights 0, 5, 8, 4, 2, 1 modulo 11 (S. Curmi, Australian health identifiers).
pub(crate) fn prescriber_number(characters: &[u8]) -> bool {
    digits(characters).is_some_and(|digits| match digits[..] {
        [0, .., check] => weighted_sum(&digits[..6], &[0, 5, 8, 4, 2, 1]) % 11 == check,
        [.., check] => weighted_sum(&digits[..6], &[1, 3, 7, 9, 1, 3]) % 10 == check,
        [] => false,
    })
}

/// NHS number of 10 digits: modulo 11 with weights 10 to 2; a check digit of 10 is never issued (NHS Data
/// Dictionary, "NHS NUMBER").
pub(crate) fn nhs_number(characters: &[u8]) -> bool {
    digits(characters).is_some_and(|digits| {
        let check = 11 - weighted_sum(&digits[..9], &[10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11;
        check != 10 && check % 11 == digits[9] && digits.iter().any(|digit| *digit != digits[0])
    })
}

/// Community Health Index number of Scotland: day, month and year of birth, three digits, and the NHS number's check
/// digit.
pub(crate) fn community_health_index(characters: &[u8]) -> bool {
    digits(characters).is_some_and(|digits| {
        let born = pairs(&digits).is_some_and(|(day, month, year)| is_day_of_a_century(year, month, day));
        born && digits.len() == 10 && nhs_number(characters)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_numbers_hold() {
        assert!(tax_file_number(b"123456782") && !tax_file_number(b"123456781"));
        assert!(medicare(b"2999999931") && medicare(b"2123456701") && !medicare(b"2999999921"));
        assert!(prescriber_number(b"2999999") && prescriber_number(b"0848402") && prescriber_number(b"2425739"));
        assert!(!prescriber_number(b"2999998"));
        assert!(community_health_index(b"0101301235") && community_health_index(b"3108611003"));
        assert!(!community_health_index(b"0101301236") && !community_health_index(b"9990000018"));
        assert!(nhs_number(b"9990000018") && nhs_number(b"9434765919") && !nhs_number(b"9990000019"));
    }
}
