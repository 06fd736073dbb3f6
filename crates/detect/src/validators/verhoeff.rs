//! Verhoeff's dihedral check digit (J. Verhoeff, Error Detecting Decimal Codes, 1969).

/// The multiplication of the dihedral group of the pentagon.
const PRODUCT: [[u8; 10]; 10] = [
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
    [1, 2, 3, 4, 0, 6, 7, 8, 9, 5],
    [2, 3, 4, 0, 1, 7, 8, 9, 5, 6],
    [3, 4, 0, 1, 2, 8, 9, 5, 6, 7],
    [4, 0, 1, 2, 3, 9, 5, 6, 7, 8],
    [5, 9, 8, 7, 6, 0, 4, 3, 2, 1],
    [6, 5, 9, 8, 7, 1, 0, 4, 3, 2],
    [7, 6, 5, 9, 8, 2, 1, 0, 4, 3],
    [8, 7, 6, 5, 9, 3, 2, 1, 0, 4],
    [9, 8, 7, 6, 5, 4, 3, 2, 1, 0],
];
/// What is done to a digit once for each place it is away from the end.
const PERMUTATION: [u8; 10] = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];

/// Whether the last digit is the check digit of the others.
pub(crate) fn verhoeff(digits: &[u8]) -> bool {
    if !digits.iter().all(u8::is_ascii_digit) {
        return false;
    }
    let check = digits.iter().rev().enumerate().fold(0u8, |check, (place, digit)| {
        let moved = (0..place % 8).fold(digit - b'0', |digit, _| PERMUTATION[usize::from(digit)]);
        PRODUCT[usize::from(check)][usize::from(moved)]
    });
    !digits.is_empty() && check == 0
}

#[cfg(test)]
mod tests {
    use super::verhoeff;

    #[test]
    fn published_numbers_hold() {
        for valid in ["2363", "73211009", "22298006", "21433011000036107", "234123412346"] {
            assert!(verhoeff(valid.as_bytes()), "{valid}");
        }
        assert!(!verhoeff(b"2364") && !verhoeff(b"73211090") && !verhoeff(b""));
    }
}
