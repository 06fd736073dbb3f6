//! Which codes the classifications of diseases and of medicines can hold.

/// Runs of blocks of the chapters, from the first category to the last (WHO, ICD-10 version 2019; NCHS,
/// ICD-10-CM, where it goes further). Categories between blocks are not assigned.
const BLOCKS: &[(&str, &str)] = &[
    ("A00", "A09"),
    ("A15", "A28"),
    ("A30", "A99"),
    ("B00", "B10"),
    ("B15", "B99"),
    ("C00", "C97"),
    ("D00", "D89"),
    ("E00", "E07"),
    ("E08", "E16"),
    ("E20", "E46"),
    ("E50", "E90"),
    ("F00", "F99"),
    ("G00", "G14"),
    ("G20", "G99"),
    ("H00", "H95"),
    ("I00", "I99"),
    ("J00", "J06"),
    ("J09", "J99"),
    ("K00", "K95"),
    ("L00", "L99"),
    ("M00", "M99"),
    ("N00", "N99"),
    ("O00", "O99"),
    ("P00", "P96"),
    ("Q00", "Q99"),
    ("R00", "R99"),
    ("S00", "T98"),
    ("U00", "U99"),
    ("V00", "Y99"),
    ("Z00", "Z99"),
];

/// Whether the code's category lies in a block of ICD-10. In ICD-10-CM the third character may be a letter.
pub(crate) fn is_icd10(code: &[u8]) -> bool {
    let Some(&[letter, tens, ones]) = code.first_chunk::<3>() else { return false };
    let category = [letter.to_ascii_uppercase(), tens, if ones.is_ascii_digit() { ones } else { b'0' }];
    let ends_in_known_letter = ones.is_ascii_digit() || matches!(ones, b'A' | b'B');
    ends_in_known_letter
        && letter.is_ascii_uppercase()
        && BLOCKS.iter().any(|(first, last)| first.as_bytes() <= &category[..] && &category[..] <= last.as_bytes())
}

/// The main groups, and the highest number of their therapeutic subgroups (ATC index, second level).
const GROUPS: [(u8, u8); 14] = [
    (b'A', 16),
    (b'B', 6),
    (b'C', 10),
    (b'D', 11),
    (b'G', 4),
    (b'H', 5),
    (b'J', 7),
    (b'L', 4),
    (b'M', 9),
    (b'N', 7),
    (b'P', 3),
    (b'R', 7),
    (b'S', 3),
    (b'V', 20),
];

/// Whether the ATC system has the code's therapeutic subgroup.
pub(crate) fn is_atc(code: &[u8]) -> bool {
    let Some(&[group, tens, ones]) = code.first_chunk::<3>() else { return false };
    let subgroup = tens.wrapping_sub(b'0').wrapping_mul(10).wrapping_add(ones.wrapping_sub(b'0'));
    code.iter().all(|byte| !byte.is_ascii_lowercase())
        && GROUPS.iter().any(|(known, highest)| *known == group && (1..=*highest).contains(&subgroup))
}

#[cfg(test)]
mod tests {
    use super::{is_atc, is_icd10};

    #[test]
    fn only_what_is_assigned() {
        for code in ["A09", "B20", "C509", "D49", "E119", "Z3A20", "M1A00", "T360X1A", "Y99", "U071"] {
            assert!(is_icd10(code.as_bytes()), "{code}");
        }
        for code in ["B12", "E47", "H96", "P97", "T99", "D90", "K96", "e119", "A1Z"] {
            assert!(!is_icd10(code.as_bytes()), "{code}");
        }
        assert!(is_atc(b"A10BA02") && is_atc(b"V20AA") && !is_atc(b"A17AA01") && !is_atc(b"E01AA01"));
        assert!(!is_atc(b"A00AA01") && !is_atc(b"a10ba02"));
    }
}
