//! A document through the detector, as the program does it.

use pillbox_detect::Engine;
use pillbox_model::Detection;

use crate::score::Found;

/// What the engine finds in a text, with its places in bytes of the text.
pub fn scan(engine: &Engine, text: &str) -> Vec<Found> {
    let mut detections: Vec<Detection> = Vec::new();
    // Nobody stops it, and a list takes all there is.
    let _ = engine.scan(text, &|| true, &mut detections);
    detections
        .iter()
        .filter(|detection| detection.identifier.as_str() != "PRESCRIPTION_DOCUMENT")
        .filter_map(found)
        .collect()
}

fn found(detection: &Detection) -> Option<Found> {
    let also = detection.evidence.also.iter().map(|identifier| identifier.as_str().to_owned());
    let identifiers = std::iter::once(detection.identifier.as_str().to_owned()).chain(also).collect();
    let range = usize::try_from(detection.place.start).ok()?..usize::try_from(detection.place.end).ok()?;
    Some(Found { identifiers, range })
}
