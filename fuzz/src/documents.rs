//! Documents: any bytes are read within their limits, or refused with a reason; no panic, no hang, no flood.

use std::ops::ControlFlow;

use pillbox_files::{Limits, read_document};
use pillbox_model::Detection;

use crate::first;
use crate::scanning::ENGINE;

/// Endings of the formats that are told by their names.
const ENDINGS: [&str; 16] = [
    "txt", "csv", "tsv", "json", "jsonl", "xml", "html", "hl7", "rtf", "eml", "pdf", "docx", "xlsx", "odt", "zip", "gz",
];

/// Reads and scans a file whose name ends as the first byte says.
pub fn document(data: &[u8]) {
    let (ending, data) = first(data);
    let name = format!("a.{}", ENDINGS[usize::from(ending) % ENDINGS.len()]);
    let limits = limits();
    let mut extracted = 0;
    let read = read_document(data, &name, &limits, &|| true, &mut |part| {
        extracted += part.text.len() as u64;
        let mut detections: Vec<Detection> = Vec::new();
        ENGINE.scan_fields(part.text, part.fields, part.headings, &|| true, &mut detections).expect("nobody stops it");
        for detection in &detections {
            let place = detection.place;
            assert!(part.text.get(place.start as usize..place.end as usize).is_some(), "within the text");
            let source = part.source_range(place.start, place.end);
            assert!(source.start <= source.end);
            assert!(!part.in_place || source.end <= data.len() as u64, "within the file");
            let _ = part.location(place.start);
        }
        let _ = (part.member.map(str::len), part.format.mime_type());
        ControlFlow::Continue(())
    });
    // A text may be longer than its bytes (UTF-8 of Windows-1252), but not by much more than is unpacked at most.
    assert!(extracted <= (limits.extracted + data.len() as u64) * 4 + 1024, "{extracted} bytes of text");
    if let Ok(extraction) = read {
        assert_eq!(extraction.incomplete().is_some(), !extraction.unread.is_empty());
    }
}

/// Small ones, so that what goes beyond them is met soon.
fn limits() -> Limits {
    Limits { extracted: 1 << 20, ..Limits::default() }
}
