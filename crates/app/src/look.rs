//! Looking into bytes: decode, detect, and count by identifier.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use pillbox_detect::{Engine, Sink};
use pillbox_files::Text;
use pillbox_model::{Category, Detection, Disposition, IdentifierCount, IdentifierId, Place, Rules, SkipReason};

use crate::names;

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

/// Looks into a whole source that lies in memory. `name` is its path below what was chosen, or its key.
///
/// # Errors
/// Why it is not text; [`SkipReason::TimeCutOffReached`] when told to stop.
pub(crate) fn look_into(
    engine: &Engine,
    name: &str,
    bytes: &[u8],
    keep_going: &dyn Fn() -> bool,
) -> Result<Look, SkipReason> {
    let text = pillbox_files::decode(bytes)?;
    let mut detections = Vec::<Detection>::new();
    engine.scan(text.as_str(), keep_going, &mut detections).map_err(|_| SkipReason::TimeCutOffReached)?;
    let name_is_sensitive = names::carries_identity(engine, name, text.as_str(), &detections);
    for detection in &mut detections {
        detection.place = in_source(&text, detection.place);
    }
    Ok(Look { detections, name_is_sensitive })
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
    text: String,
    /// Bytes of text that have been handed to the stream.
    taken: u64,
}

/// What the stream reports lies at most so many bytes behind what it was handed; it says that it holds less.
const BEHIND: u64 = 512 * 1024;

impl<'e> LookStream<'e> {
    pub(crate) fn new(engine: &'e Engine) -> Self {
        Self { decoder: pillbox_files::Decoder::new(), stream: Some(engine.stream()), text: String::new(), taken: 0 }
    }

    /// Takes the next bytes in and hands on what was found; places are in the source's bytes.
    pub(crate) fn push(
        &mut self,
        bytes: &[u8],
        keep_going: &dyn Fn() -> bool,
        found: &mut dyn FnMut(Detection),
    ) -> Result<(), SkipReason> {
        self.text.clear();
        self.decoder.push(bytes, &mut self.text)?;
        let Some(stream) = self.stream.as_mut() else { return Ok(()) };
        let mut sink = InSource { decoder: &self.decoder, found };
        stream.push(&self.text, keep_going, &mut sink).map_err(|_| SkipReason::TimeCutOffReached)?;
        self.taken += self.text.len() as u64;
        self.decoder.forget(self.taken.saturating_sub(BEHIND));
        Ok(())
    }

    /// Ends the source and hands on what was still open.
    pub(crate) fn finish(
        &mut self,
        keep_going: &dyn Fn() -> bool,
        found: &mut dyn FnMut(Detection),
    ) -> Result<(), SkipReason> {
        self.text.clear();
        self.decoder.finish(&mut self.text)?;
        let Some(mut stream) = self.stream.take() else { return Ok(()) };
        let mut sink = InSource { decoder: &self.decoder, found };
        stream.push(&self.text, keep_going, &mut sink).map_err(|_| SkipReason::TimeCutOffReached)?;
        stream.finish(keep_going, &mut sink).map(|_| ()).map_err(|_| SkipReason::TimeCutOffReached)
    }
}

/// Turns places in the text into places in the source.
struct InSource<'a> {
    decoder: &'a pillbox_files::Decoder,
    found: &'a mut dyn FnMut(Detection),
}

impl Sink for InSource<'_> {
    fn detection(&mut self, mut detection: Detection) -> ControlFlow<()> {
        let range = self.decoder.source_range(detection.place.start, detection.place.end);
        detection.place = Place { start: range.start, end: range.end, ..detection.place };
        (self.found)(detection);
        ControlFlow::Continue(())
    }
}
