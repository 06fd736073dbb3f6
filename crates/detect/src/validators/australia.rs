//! Check characters of Australian numbers.

use super::{digits, weighted_sum};

/// The check letters of a provider number, by remainder.
const PROVIDER_LETTERS: &[u8; 11] = b"YXWTLKJHFBA";
/// The characters of a practice's location, by value.
const LOCATIONS: &[u8; 32] = b"0123456789ABCDEFGHJKLMNPQRTUVWXY";

/// Medicare provider number: a stem of up to six digits, a location character and a check letter, which follows
/// from the weighted stem and six times the location (rule as published by claiming integrators).
pub(crate) fn provider_number(characters: &[u8]) -> bool {
    let [stem @ .., location, check] = characters else { return false };
    let Some(stem) = digits(stem).filter(|stem| (5..=6).contains(&stem.len())) else { return false };
    let place = LOCATIONS.iter().position(|one| *one == location.to_ascii_uppercase());
    place.and_then(|place| u32::try_from(place).ok()).is_some_and(|place| {
        let weights: &[u32] = if stem.len() == 6 { &[3, 5, 8, 4, 2, 1] } else { &[5, 8, 4, 2, 1] };
        let remainder = (weighted_sum(&stem, weights) + 6 * place) % 11;
        PROVIDER_LETTERS[remainder as usize] == check.to_ascii_uppercase()
    })
}

/// Australian Business Number of 11 digits: with 1 taken from the first digit, the weighted sum is a multiple of 89
/// (Australian Business Register, "Format of the ABN").
pub(crate) fn business_number(characters: &[u8]) -> bool {
    digits(characters).is_some_and(|digits| {
        let sum = weighted_sum(&digits, &[10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19]);
        digits.len() == 11 && digits[0] > 0 && (sum - 10).is_multiple_of(89)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_numbers_hold() {
        for valid in ["2999991K", "4024742F", "2426621B", "2426621b"] {
            assert!(provider_number(valid.as_bytes()), "{valid}");
        }
        for invalid in ["2999991L", "4024743F", "299991K", "29999I1K", "299999OK"] {
            assert!(!provider_number(invalid.as_bytes()), "{invalid}");
        }
        assert!(business_number(b"83914571673") && business_number(b"51824753556"));
        assert!(!business_number(b"83914571674") && !business_number(b"00000000000"));
    }
}
