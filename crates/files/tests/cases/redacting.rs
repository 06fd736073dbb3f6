use std::ops::Range;

use pillbox_files::{Encoding, RedactError, decode, mask, redact};
use pillbox_model::SkipReason;
use proptest::prelude::*;

use crate::decoding::{any_text, encode, western_text};

fn place(range: Range<u64>, label: &str) -> (Range<u64>, String) {
    (range, label.to_owned())
}

#[test]
fn a_place_becomes_its_label() {
    let bytes = b"card: 4111 1111 1111 1111\r\ndone\r\n";
    let copy = redact(bytes, &[place(6..25, "CREDIT_CARD_NUMBER")]).unwrap();
    assert_eq!(copy, b"card: [CREDIT_CARD_NUMBER]\r\ndone\r\n");
}

#[test]
fn a_mask_hides_letters_and_digits_and_nothing_else_changes() {
    let bytes = b"card: 4111-1111 1111\r\ndone\r\n";
    assert_eq!(mask(bytes, &[6..20, 10..13]).unwrap(), b"card: ****-**** ****\r\ndone\r\n");
    for encoding in [Encoding::Utf8WithMark, Encoding::Windows1252, Encoding::Utf16Le, Encoding::Utf16Be] {
        let source = encode("n\u{e9}e 12, caf\u{e9}", encoding).unwrap();
        let all = decode(&source).unwrap().source_range(0, 99);
        assert_eq!(mask(&source, &[all]).unwrap(), encode("*** **, ****", encoding).unwrap());
        assert_eq!(mask(&source, &[]).unwrap(), source);
    }
    assert_eq!(mask(b"abc", std::slice::from_ref(&(2..9))), Err(RedactError::PlaceDoesNotFit));
}

#[test]
fn places_that_overlap_become_one() {
    let places = [place(4..8, "B"), place(2..6, "A"), place(3..4, "C"), place(8..9, "D")];
    assert_eq!(redact(b"0123456789", &places).unwrap(), b"01[A][D]9");
}

#[test]
fn the_copy_keeps_the_encoding() {
    let bytes = encode("née 12", Encoding::Utf16Be).unwrap();
    let copy = redact(&bytes, &[place(10..14, "DATE")]).unwrap();
    assert_eq!(copy, encode("née [DATE]", Encoding::Utf16Be).unwrap());
}

#[test]
fn a_place_that_does_not_fit_refuses_the_whole() {
    let utf16 = encode("a💊b", Encoding::Utf16Le).unwrap();
    for (bytes, range) in [
        (&b"abc"[..], 1..1),
        (b"abc", 2..9),
        (b"abc", u64::MAX - 1..u64::MAX),
        ("aé".as_bytes(), 0..2),
        ("aé".as_bytes(), 2..3),
        (b"\xEF\xBB\xBFabc", 0..4),
        (&utf16, 2..5),
        (&utf16, 2..6),
    ] {
        let places = [place(range, "X")];
        assert_eq!(redact(bytes, &places), Err(RedactError::PlaceDoesNotFit), "{places:?}");
    }
    assert_eq!(redact(b"abc", &[place(0..1, "A]")]), Err(RedactError::LabelNotPlain));
    assert_eq!(redact(b"a\0c", &[]), Err(RedactError::NotText(SkipReason::UnsupportedFileType)));
}

fn check_the_rest_stays(text: &str, encoding: Encoding, cuts: &[prop::sample::Index]) -> Result<(), TestCaseError> {
    let bytes = encode(text, encoding).unwrap();
    let decoded = decode(&bytes).unwrap();
    let boundaries: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let mut ends: Vec<usize> = cuts.iter().map(|cut| *cut.get(&boundaries)).collect();
    ends.sort_unstable();
    ends.dedup();
    let ranges: Vec<Range<usize>> = ends.chunks_exact(2).map(|pair| pair[0]..pair[1]).collect();
    let places: Vec<_> = ranges.iter().rev().map(|r| place(decoded.source_range(r.start, r.end), "X")).collect();
    let mut expected = text.to_owned();
    for range in ranges.into_iter().rev() {
        expected.replace_range(range, "[X]");
    }
    prop_assert_eq!(redact(&bytes, &places).unwrap(), encode(&expected, encoding).unwrap());
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_other_byte_stays(
        text in any_text(),
        encoding in prop::sample::select(vec![Encoding::Utf8, Encoding::Utf8WithMark, Encoding::Utf16Le, Encoding::Utf16Be]),
        cuts in proptest::collection::vec(any::<prop::sample::Index>(), 0..12),
    ) {
        check_the_rest_stays(&format!("a{}", text.repeat(6)), encoding, &cuts)?;
    }

    #[test]
    fn every_other_byte_of_windows_1252_stays(
        text in western_text(),
        cuts in proptest::collection::vec(any::<prop::sample::Index>(), 0..12),
    ) {
        check_the_rest_stays(&text.repeat(6), Encoding::Windows1252, &cuts)?;
    }

    #[test]
    fn any_places_in_any_bytes_have_an_outcome(
        bytes in proptest::collection::vec(any::<u8>(), 0..60),
        places in proptest::collection::vec((0u64..80, 0u64..80), 0..4),
    ) {
        let places: Vec<_> = places.into_iter().map(|(start, end)| place(start..end, "X")).collect();
        let _ = redact(&bytes, &places);
    }
}
