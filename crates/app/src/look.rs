//! Looking into bytes: decode, detect, and count by identifier.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use pillbox_detect::{Engine, Sink};
use pillbox_files::Text;
use pillbox_model::{Category, Detection, Disposition, IdentifierCount, IdentifierId, Place, Rules, SkipReason};

use crate::names::{self, NameWatch};

/// What was found in one source.
#[derive(Debug, Clone, Default)]
pub(crate) struct Look {
    /// Every detection, in the order of the text, with places in the source's bytes.
    pub detections: Vec<Detection>,
    /// Whether the source's own name gives a patient away.
    pub name_is_sensitive: bool,
}

/// Detections of one identifier, tallied.
pub(crate) type Counts = BTreeMap<IdentifierId, (Category, u64)>;

impl Look {
    /// By identifier, with what the rules make of each.
    pub(crate) fn counts(&self, rules: &Rules) -> Vec<IdentifierCount> {
        let mut counts = Counts::new();
        for detection in &self.detections {
            counts.entry(detection.identifier.clone()).or_insert((detection.category, 0)).1 += 1;
        }
        judged(counts, rules)
    }
}

/// What the rules make of a tally.
pub(crate) fn judged(counts: Counts, rules: &Rules) -> Vec<IdentifierCount> {
    counts
        .into_iter()
        .map(|(identifier, (category, count))| IdentifierCount {
            disposition: rules.disposition(&identifier, category),
            identifier,
            category,
            count,
        })
        .collect()
}

/// The strictest of what the rules say.
pub(crate) fn strictest(counts: &[IdentifierCount]) -> Disposition {
    counts.iter().map(|count| count.disposition).max().unwrap_or(Disposition::Expected)
}

/// When a source's own name is compared with what is found in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Naming {
    /// Always: the name will be kept as a key.
    Always,
    /// Where something is found: otherwise the name is shown nowhere.
    WithDetections,
}

/// Looks into a whole source that lies in memory. `name` is its path below what was chosen, or its key.
///
/// # Errors
/// Why it is not text; [`SkipReason::TimeCutOffReached`] when told to stop.
pub(crate) fn look_into(
    engine: &Engine,
    name: &str,
    naming: Naming,
    bytes: &[u8],
    keep_going: &dyn Fn() -> bool,
) -> Result<Look, SkipReason> {
    let text = pillbox_files::decode(bytes)?;
    let mut detections = Vec::<Detection>::new();
    engine.scan(text.as_str(), keep_going, &mut detections).map_err(|_| SkipReason::TimeCutOffReached)?;
    let name_matters = naming == Naming::Always || !detections.is_empty();
    let name_is_sensitive = name_matters && names::carries_identity(engine, name, text.as_str(), &detections);
    for detection in &mut detections {
        detection.place = in_source(&text, detection.place);
    }
    drop_too_few(engine, &mut detections);
    Ok(Look { detections, name_is_sensitive })
}

/// Takes out what is too little to speak of: occurrences below the lowest threshold of an identifier of one's own.
pub(crate) fn drop_too_few(engine: &Engine, detections: &mut Vec<Detection>) {
    if engine.custom().all(|own| own.severity(1).is_some()) {
        return;
    }
    let mut counts = BTreeMap::<IdentifierId, u64>::new();
    for detection in detections.iter() {
        *counts.entry(detection.identifier.clone()).or_default() += 1;
    }
    detections.retain(|detection| engine.severity(&detection.identifier, counts[&detection.identifier]).is_some());
}

fn in_source(text: &Text, place: Place) -> Place {
    let offset = |position: u64| usize::try_from(position).unwrap_or(usize::MAX);
    let range = text.source_range(offset(place.start), offset(place.end));
    Place { start: range.start, end: range.end, ..place }
}

/// Looks into a source of any size that comes in chunks, in bounded memory.
pub(crate) struct LookStream<'e> {
    decoder: pillbox_files::Decoder,
    stream: Option<pillbox_detect::Stream<'e>>,
    /// The text's last part, far enough back to hold what is reported.
    text: String,
    /// Where in the whole text it begins.
    text_from: u64,
    name: Option<NameWatch>,
}

/// What the stream reports lies at most so many bytes behind what it was handed; it says that it holds less.
const BEHIND: usize = 512 * 1024;

impl<'e> LookStream<'e> {
    pub(crate) fn new(engine: &'e Engine) -> Self {
        Self {
            decoder: pillbox_files::Decoder::new(),
            stream: Some(engine.stream()),
            text: String::new(),
            text_from: 0,
            name: None,
        }
    }

    /// Looks as well whether the source's own name gives a patient away.
    pub(crate) fn named(engine: &'e Engine, name: &str) -> Self {
        Self { name: Some(NameWatch::new(engine, name)), ..Self::new(engine) }
    }

    /// Whether the name gives a patient away, by all that was found; no without a name.
    pub(crate) fn name_is_sensitive(&self) -> bool {
        self.name.as_ref().is_some_and(NameWatch::carries_identity)
    }

    /// Takes the next bytes in and hands on what was found; places are in the source's bytes.
    pub(crate) fn push(
        &mut self,
        bytes: &[u8],
        keep_going: &dyn Fn() -> bool,
        found: &mut dyn FnMut(Detection),
    ) -> Result<(), SkipReason> {
        self.forget();
        let from = self.text.len();
        self.decoder.push(bytes, &mut self.text)?;
        self.look_from(from, keep_going, found)
    }

    /// Ends the source and hands on what was still open.
    pub(crate) fn finish(
        &mut self,
        keep_going: &dyn Fn() -> bool,
        found: &mut dyn FnMut(Detection),
    ) -> Result<(), SkipReason> {
        let from = self.text.len();
        self.decoder.finish(&mut self.text)?;
        self.look_from(from, keep_going, found)?;
        let Some(stream) = self.stream.take() else { return Ok(()) };
        let mut sink = InSource {
            decoder: &self.decoder,
            text: &self.text,
            text_from: self.text_from,
            name: self.name.as_mut(),
            found,
        };
        stream.finish(keep_going, &mut sink).map(|_| ()).map_err(|_| SkipReason::TimeCutOffReached)
    }

    fn look_from(
        &mut self,
        from: usize,
        keep_going: &dyn Fn() -> bool,
        found: &mut dyn FnMut(Detection),
    ) -> Result<(), SkipReason> {
        let Some(stream) = self.stream.as_mut() else { return Ok(()) };
        let piece = self.text.get(from..).unwrap_or_default();
        let mut sink = InSource {
            decoder: &self.decoder,
            text: &self.text,
            text_from: self.text_from,
            name: self.name.as_mut(),
            found,
        };
        stream.push(piece, keep_going, &mut sink).map_err(|_| SkipReason::TimeCutOffReached)
    }

    /// Forgets text that nothing will be reported in; only when there is much of it, so that each byte is moved
    /// a bounded number of times however small the pieces are.
    fn forget(&mut self) {
        if self.text.len() <= 2 * BEHIND {
            return;
        }
        let gone = self.text.floor_char_boundary(self.text.len() - BEHIND);
        self.text.drain(..gone);
        self.text_from += gone as u64;
        self.decoder.forget(self.text_from);
    }
}

/// Turns places in the text into places in the source, and compares what was found with the source's name.
struct InSource<'a> {
    decoder: &'a pillbox_files::Decoder,
    text: &'a str,
    text_from: u64,
    name: Option<&'a mut NameWatch>,
    found: &'a mut dyn FnMut(Detection),
}

impl InSource<'_> {
    fn value(&self, place: Place) -> &str {
        let offset =
            |position: u64| position.checked_sub(self.text_from).and_then(|position| usize::try_from(position).ok());
        let (Some(start), Some(end)) = (offset(place.start), offset(place.end)) else { return "" };
        self.text.get(start..end).unwrap_or_default()
    }
}

impl Sink for InSource<'_> {
    fn detection(&mut self, mut detection: Detection) -> ControlFlow<()> {
        if let Some(name) = self.name.take() {
            name.note(&detection, self.value(detection.place));
            self.name = Some(name);
        }
        let range = self.decoder.source_range(detection.place.start, detection.place.end);
        detection.place = Place { start: range.start, end: range.end, ..detection.place };
        (self.found)(detection);
        ControlFlow::Continue(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_stream_is_compared_with_its_text() {
        let engine = Engine::managed();
        let filler = "Rx Amoxicillin 500 mg\n".repeat(100_000);
        let text = format!("Patient: Jane Doe\n{filler}");
        for (name, sensitive) in [("doe.txt", true), ("rx-1.txt", false)] {
            let mut stream = LookStream::named(&engine, name);
            let mut found = Vec::new();
            for chunk in text.as_bytes().chunks(10_007) {
                stream.push(chunk, &|| true, &mut |detection| found.push(detection)).unwrap();
            }
            stream.finish(&|| true, &mut |detection| found.push(detection)).unwrap();
            assert_eq!(stream.name_is_sensitive(), sensitive, "{name}");
            let whole = look_into(&engine, name, Naming::Always, text.as_bytes(), &|| true).unwrap();
            assert_eq!(found, whole.detections);
            assert_eq!(whole.name_is_sensitive, sensitive);
        }
    }
}
