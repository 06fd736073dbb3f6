//! A document through the detector, as the program does it: read by its format, its fields scanned with their headings.

use std::ops::ControlFlow;

use pillbox_detect::Engine;
use pillbox_files::{Limits, read_document};
use pillbox_model::{Detection, Field, Headings};

use crate::score::Found;

/// What is found in a file of this name and content, with its places in bytes of the content. A file whose text does not
/// lie open in it is scanned as if it were plain text, so that the places can be compared.
pub fn scan(engine: &Engine, name: &str, content: &str) -> Vec<Found> {
    let mut all = Vec::new();
    let mut in_place = true;
    let read = read_document(content.as_bytes(), name, &Limits::default(), &|| true, &mut |part| {
        in_place &= part.in_place;
        let detections = detections(engine, part.text, part.fields, part.headings);
        all.extend(detections.iter().filter_map(|detection| {
            let range = part.source_range(detection.place.start, detection.place.end);
            found(detection, range.start, range.end)
        }));
        ControlFlow::Continue(())
    });
    if read.is_ok() && in_place {
        return all;
    }
    let plain = detections(engine, content, &[], &Headings::new(false));
    plain.iter().filter_map(|detection| found(detection, detection.place.start, detection.place.end)).collect()
}

fn detections(engine: &Engine, text: &str, fields: &[Field], headings: &Headings) -> Vec<Detection> {
    let mut detections = Vec::new();
    // Nobody stops it, and a list takes all there is.
    let _ = engine.scan_fields(text, fields, headings, &|| true, &mut detections);
    detections
}

/// `None` for what speaks of a text as a whole.
fn found(detection: &Detection, start: u64, end: u64) -> Option<Found> {
    let identifier = detection.identifier.as_str();
    let also = detection.evidence.also.iter().map(|identifier| identifier.as_str().to_owned());
    let identifiers = std::iter::once(identifier.to_owned()).chain(also).collect();
    let range = usize::try_from(start).ok()?..usize::try_from(end).ok()?;
    (identifier != "PRESCRIPTION_DOCUMENT").then_some(Found { identifiers, range })
}
