//! Routing numbers of banks in the United States.

use super::{digits, weighted_sum};

/// ABA routing number of nine digits: weights 3, 7 and 1, a multiple of ten; the first two digits are those of a Federal
/// Reserve district, of the government, or of a kind of bank (ABA, Routing number policy).
pub(crate) fn routing_number(characters: &[u8]) -> bool {
    digits(characters).is_some_and(|digits| {
        digits.len() == 9
            && matches!(digits[0] * 10 + digits[1], 0..=12 | 21..=32 | 61..=72 | 80)
            && digits.iter().any(|digit| *digit != 0)
            && weighted_sum(&digits, &[3, 7, 1, 3, 7, 1, 3, 7, 1]).is_multiple_of(10)
    })
}

#[cfg(test)]
mod tests {
    use super::routing_number;

    #[test]
    fn published_numbers_hold() {
        assert!(routing_number(b"111000025") && routing_number(b"021000021"));
        assert!(!routing_number(b"111000026") && !routing_number(b"000000000") && !routing_number(b"991000025"));
    }
}
