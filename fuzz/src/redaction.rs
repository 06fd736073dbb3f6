//! Redaction: all that was not redacted stays, and what was redacted is found no more.

use std::ops::Range;

use pillbox_files::{Encoding, decode, redact};

use crate::scanning::{is_value, whole};

/// Redacts all that is found.
pub fn redaction(data: &[u8]) {
    let Ok(text) = decode(data) else { return };
    let places: Vec<(Range<u64>, String)> = whole(text.as_str())
        .iter()
        .filter(|detection| is_value(detection))
        .map(|detection| {
            let place = detection.place;
            let label = detection.identifier.as_str().replace(['(', ')'], "");
            (text.source_range(place.start as usize, place.end as usize), label)
        })
        .collect();
    let redacted = redact(data, &places).expect("places of detections fit");
    let Ok(again) = decode(&redacted) else {
        // With fewer letters around them, what is no letter in any encoding may be too much for a text: it is not sent
        // then. Plain ASCII stays a text.
        assert!(data.iter().any(|byte| !byte.is_ascii_graphic() && !byte.is_ascii_whitespace()), "no text any more");
        return;
    };
    // Without some letters that told them apart, a text of Western Europe may be taken for another of its encodings.
    assert_eq!(unit(&again), unit(&text));
    let mut moved = 0i64;
    for (range, label) in &places {
        let length = (label.len() as u64 + 2) * unit(&again);
        let start = range.start.checked_add_signed(moved).expect("nothing moves in front of the beginning");
        moved += length as i64 - (range.end - range.start) as i64;
        let label = start..start + length;
        for detection in whole(again.as_str()).iter().filter(|detection| is_value(detection)) {
            let found = again.source_range(detection.place.start as usize, detection.place.end as usize);
            // What reaches beyond the label on both sides is another value, which the redaction made whole.
            let around = found.start < label.start && label.end < found.end;
            assert!(
                around || found.end <= label.start || label.end <= found.start,
                "{} is found in what was redacted",
                detection.identifier
            );
        }
    }
}

/// Bytes of an ASCII character.
fn unit(text: &pillbox_files::Text) -> u64 {
    match text.encoding() {
        Encoding::Utf16Le | Encoding::Utf16Be | Encoding::Utf16LeUnmarked | Encoding::Utf16BeUnmarked => 2,
        _ => 1,
    }
}
