//! Scanning: no panic, and the same detections whether the text is whole or comes in pieces.

use std::sync::LazyLock;

use pillbox_detect::Engine;
use pillbox_model::{Detection, Field, HeadingId, Headings};

use crate::first;

/// All managed identifiers.
pub(crate) static ENGINE: LazyLock<Engine> = LazyLock::new(Engine::managed);

/// The engine's windows are 64 KiB: so much in front of a text puts a window's edge into it.
const ALMOST_A_WINDOW: usize = 65_300;

/// Detections of the whole, of its pieces, and their places.
pub fn scan(data: &[u8]) {
    let (shift, data) = first(data);
    let (length, data) = first(data);
    let text = text(shift, data);
    let whole = whole(&text);
    let mut pieces: Vec<Detection> = Vec::new();
    let mut stream = ENGINE.stream();
    let mut rest = text.as_str();
    while !rest.is_empty() {
        let (piece, behind) = rest.split_at(cut(rest, length));
        stream.push(piece, &|| true, &mut pieces).expect("nobody stops it");
        rest = behind;
    }
    stream.finish(&|| true, &mut pieces).expect("nobody stops it");
    assert!(whole == pieces, "a stream finds something else");
    check_places(&text, &whole);
}

/// The same with fields: the bars of a text part them, and their headings are words of it.
pub fn fields(data: &[u8]) {
    let (shift, data) = first(data);
    let (length, data) = first(data);
    let text = text(shift, data);
    let (fields, headings) = fields_of(&text, length % 2 == 0);
    let mut whole: Vec<Detection> = Vec::new();
    ENGINE.scan_fields(&text, &fields, &headings, &|| true, &mut whole).expect("nobody stops it");
    let mut pieces: Vec<Detection> = Vec::new();
    let mut stream = ENGINE.stream();
    let (mut at, mut given) = (0, 0);
    while at < text.len() {
        let end = at + cut(&text[at..], length);
        let until = fields.partition_point(|field| field.start < end as u64);
        stream
            .push_fields(&text[at..end], &fields[given..until], &headings, &|| true, &mut pieces)
            .expect("nobody stops it");
        (at, given) = (end, until);
    }
    stream.finish(&|| true, &mut pieces).expect("nobody stops it");
    assert!(whole == pieces, "a stream with fields finds something else");
    check_places(&text, &whole);
}

/// What is found in a text.
pub(crate) fn whole(text: &str) -> Vec<Detection> {
    let mut detections = Vec::new();
    let stats = ENGINE.scan(text, &|| true, &mut detections).expect("nobody stops it");
    assert_eq!(stats.bytes, text.len() as u64, "all of it is looked at");
    assert_eq!(stats.detections, detections.len() as u64);
    detections
}

/// The bytes as text, behind so much else that a window ends in it, for some values of `shift`.
fn text(shift: u8, data: &[u8]) -> String {
    let data = String::from_utf8_lossy(data);
    match shift {
        0..192 => data.into_owned(),
        _ => format!("{}{data}", "word \n".repeat((ALMOST_A_WINDOW + usize::from(shift)) / 6)),
    }
}

/// Where the next piece ends: at least one character further.
fn cut(rest: &str, length: u8) -> usize {
    let wanted = if length < 128 { usize::from(length) + 1 } else { usize::from(length) * 400 };
    rest.ceil_char_boundary(wanted.min(rest.len()))
}

fn fields_of(text: &str, confined: bool) -> (Vec<Field>, Headings) {
    let mut headings = Headings::new(confined);
    let names: Vec<&str> = text.lines().next().unwrap_or("").split('|').collect();
    let mut fields = vec![Field { start: 0, heading: HeadingId::NONE }];
    for (number, (at, _)) in text.match_indices('|').enumerate() {
        let heading = headings.number(names[number % names.len()]);
        fields.push(Field { start: at as u64 + 1, heading });
    }
    (fields, headings)
}

/// Whether it is a value: what says that a text is a prescription spans the values of it.
pub(crate) fn is_value(detection: &Detection) -> bool {
    detection.identifier.as_str() != "PRESCRIPTION_DOCUMENT"
}

fn check_places(text: &str, detections: &[Detection]) {
    let mut end = 0;
    for detection in detections {
        let place = detection.place;
        assert!(place.start < place.end);
        assert!(text.get(place.start as usize..place.end as usize).is_some(), "within the text, between characters");
        assert!(place.line >= 1 && place.column >= 1);
        if is_value(detection) {
            assert!(end <= place.start, "in order and apart");
            end = place.end;
        }
    }
}
