//! Check digits of New Zealand's numbers.

use super::health::nhi_value;
use super::{digits, weighted_sum};

/// Health Provider Index facility (`FZZ999-B`) or organisation (`G00001-G`): the letter's place in the alphabet is
/// the weighted sum modulo 11 (HISO 10005, annex). Numbers with the remainder 0 are not known.
pub(crate) fn hpi_identifier(characters: &[u8]) -> bool {
    let [body @ .., check] = characters else { return false };
    let mut values = [0; 6];
    for (value, byte) in values.iter_mut().zip(body) {
        let Some(known) = nhi_value(*byte) else { return false };
        *value = known;
    }
    let remainder = weighted_sum(&values, &[7, 6, 5, 4, 3, 2]) % 11;
    body.len() == 6 && remainder != 0 && nhi_value(*check) == Some(remainder) && check.is_ascii_alphabetic()
}

/// IRD number of 8 or 9 digits: modulo 11 with one of two rows of weights (Inland Revenue, "RWT and NRWT
/// certificate filing specification").
pub(crate) fn ird_number(characters: &[u8]) -> bool {
    digits(characters).is_some_and(|digits| {
        let number = digits.iter().fold(0, |number: u64, digit| number * 10 + u64::from(*digit));
        let [body @ .., check] = &digits[..] else { return false };
        let lead = 8usize.saturating_sub(body.len());
        let remainder = |weights: [u32; 8]| (11 - weighted_sum(body, &weights[lead..]) % 11) % 11;
        let first = remainder([3, 2, 7, 6, 5, 4, 3, 2]);
        let expected = if first == 10 { remainder([7, 4, 3, 2, 5, 2, 7, 6]) } else { first };
        (10_000_000..150_000_000).contains(&number) && expected == *check
    })
}

/// How the account numbers of a bank are checked.
struct Scheme {
    /// Weights of the six digits of bank and branch, the seven of the account and the three of the suffix.
    weights: [u32; 16],
    /// Products above this are reduced by it first.
    reduce: u32,
    modulus: u32,
}

/// Bank account of 15 or 16 digits (bank 2, branch 4, account 7, suffix 2 or 3): the bank's own weighted sum (Inland
/// Revenue, the same specification). `None` when the bank is not known; `Some(false)` when it has a rule that fails.
pub(crate) fn bank_account(characters: &[u8]) -> Option<bool> {
    let digits = digits(characters).filter(|digits| matches!(digits.len(), 15 | 16))?;
    let account = digits[6..13].iter().fold(0, |account, digit| account * 10 + digit);
    let scheme = scheme(digits[0] * 10 + digits[1], account)?;
    let padded: Vec<u32> =
        digits[..13].iter().chain(std::iter::repeat_n(&0, 16 - digits.len())).chain(&digits[13..]).copied().collect();
    let sum: u32 = padded
        .iter()
        .zip(scheme.weights)
        .map(|(digit, weight)| digit * weight)
        .map(|product| if product > scheme.reduce { product % scheme.reduce } else { product })
        .sum();
    Some(sum.is_multiple_of(scheme.modulus) && account != 0)
}

fn scheme(bank: u32, account: u32) -> Option<Scheme> {
    let (weights, reduce, modulus) = match bank {
        1..=3 | 6 | 10..=24 | 27 | 30 | 35 | 38 if account < 990_000 => {
            ([0, 0, 6, 3, 7, 9, 0, 10, 5, 8, 4, 2, 1, 0, 0, 0], u32::MAX, 11)
        }
        1..=3 | 6 | 10..=24 | 27 | 30 | 35 | 38 => ([0, 0, 0, 0, 0, 0, 0, 10, 5, 8, 4, 2, 1, 0, 0, 0], u32::MAX, 11),
        8 => ([0, 0, 0, 0, 0, 0, 7, 6, 5, 4, 3, 2, 1, 0, 0, 0], u32::MAX, 11),
        9 => ([0, 0, 0, 0, 0, 0, 0, 0, 0, 5, 4, 3, 2, 0, 0, 1], 9, 11),
        25 | 33 => ([0, 0, 0, 0, 0, 0, 1, 7, 3, 1, 7, 3, 1, 0, 0, 0], u32::MAX, 10),
        26 | 28 | 29 => ([0, 0, 0, 0, 0, 0, 1, 3, 7, 1, 3, 7, 1, 3, 7, 1], 9, 10),
        _ => return None,
    };
    Some(Scheme { weights, reduce, modulus })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_numbers_hold() {
        for valid in ["FZZ999B", "FZZ958K", "F04066D", "F3S457C", "F38006B", "G00001G"] {
            assert!(hpi_identifier(valid.as_bytes()), "{valid}");
        }
        assert!(!hpi_identifier(b"FZZ999C") && !hpi_identifier(b"F0O066D") && !hpi_identifier(b"FZZ99B"));
        assert!(ird_number(b"49091850") && ird_number(b"49098576") && ird_number(b"136410132"));
        assert!(!ird_number(b"136410133") && !ird_number(b"9125568") && !ird_number(b"00000000"));
        assert_eq!(bank_account(b"010242010019400"), Some(true));
        assert_eq!(bank_account(b"0102420100194000"), Some(true));
        assert_eq!(bank_account(b"010242010019500"), Some(false));
        assert_eq!(bank_account(b"990242010019400"), None);
    }
}
