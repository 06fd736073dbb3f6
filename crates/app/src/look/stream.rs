//! Looking into a text of any size, piece by piece.

use std::ops::ControlFlow;

use pillbox_detect::{Engine, Sink};
use pillbox_files::{Decoder, Format, Structure};
use pillbox_model::{Detection, Location, Place, SkipReason};

use super::{Detections, Look, Name, Whole, value_at};

/// Looks into a text that comes in chunks, in bounded memory.
pub(crate) struct LookStream<'e> {
    engine: &'e Engine,
    name: Name<'e>,
    format: Format,
    passed: Passed,
    stream: Option<pillbox_detect::Stream<'e>>,
    detections: Detections,
    whole: Whole,
}

/// What is kept of the text that has passed.
struct Passed {
    decoder: Decoder,
    structure: Structure,
    /// The text's last part, far enough back to hold what is reported.
    text: String,
    /// Where in the whole text it begins.
    text_from: u64,
}

/// So many bytes are looked at at once, however many are pushed.
const PIECE: usize = 256 * 1024;
/// What the stream reports lies at most so many bytes behind what it was handed; it says that it holds less.
const BEHIND: usize = 512 * 1024;
/// The structure wants so much of the text before the place that it is asked for.
const STRUCTURE_BEHIND: u64 = 128 * 1024;

impl<'e> LookStream<'e> {
    /// At the beginning of a text of a format that lies open in its bytes.
    pub(crate) fn new(engine: &'e Engine, name: Name<'e>, format: Format) -> Self {
        let passed =
            Passed { decoder: Decoder::new(), structure: Structure::new(format), text: String::new(), text_from: 0 };
        // Nobody reads an empty text piece by piece.
        let whole = Whole { is_empty: false, ..Whole::new(engine, name) };
        Self { engine, name, format, passed, stream: Some(engine.stream()), detections: Detections::default(), whole }
    }

    /// Takes the next bytes in, and looks at them piece by piece.
    pub(crate) fn push(&mut self, bytes: &[u8], keep_going: &dyn Fn() -> bool) -> Result<(), SkipReason> {
        for piece in bytes.chunks(PIECE) {
            self.passed.forget();
            let from = self.passed.text.len();
            self.passed.decoder.push(piece, &mut self.passed.text)?;
            self.look_from(from, keep_going)?;
        }
        Ok(())
    }

    /// Ends the source; places of what was found are in the source's bytes.
    pub(crate) fn finish(mut self, keep_going: &dyn Fn() -> bool) -> Result<Look, SkipReason> {
        let from = self.passed.text.len();
        self.passed.decoder.finish(&mut self.passed.text)?;
        self.look_from(from, keep_going)?;
        if let Some(stream) = self.stream.take() {
            let (engine, name, detections) = (self.engine, self.name, &mut self.detections);
            let mut sink = InSource { engine, name, passed: &self.passed, whole: &mut self.whole, detections };
            stream.finish(keep_going, &mut sink).map_err(|_| SkipReason::TimeCutOffReached)?;
        }
        self.detections.drop_too_few(self.engine);
        Ok(Look {
            detections: self.detections,
            name_is_sensitive: self.whole.name_is_sensitive(),
            format: self.format,
            unread: None,
            concerns: self.whole.concerns(self.name.path),
        })
    }

    fn look_from(&mut self, from: usize, keep_going: &dyn Fn() -> bool) -> Result<(), SkipReason> {
        let mut fields = Vec::new();
        let piece = self.passed.text.get(from..).unwrap_or_default();
        self.passed.structure.push(piece, &mut fields)?;
        let Some(stream) = self.stream.as_mut() else { return Ok(()) };
        let (engine, name, detections) = (self.engine, self.name, &mut self.detections);
        let headings = self.passed.structure.headings();
        let mut sink = InSource { engine, name, passed: &self.passed, whole: &mut self.whole, detections };
        let pushed = stream.push_fields(piece, &fields, headings, keep_going, &mut sink);
        pushed.map_err(|_| SkipReason::TimeCutOffReached)
    }
}

impl Passed {
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
        self.structure.forget(self.text_from + STRUCTURE_BEHIND);
    }
}

/// Turns places in the text into places in the source, and takes note of what was found.
struct InSource<'a> {
    engine: &'a Engine,
    name: Name<'a>,
    passed: &'a Passed,
    whole: &'a mut Whole,
    detections: &'a mut Detections,
}

impl Sink for InSource<'_> {
    fn detection(&mut self, mut detection: Detection) -> ControlFlow<()> {
        let place = detection.place;
        let passed = self.passed;
        let (value, before) = value_at(&passed.text, passed.text_from, place);
        self.whole.note(self.engine, self.name, &detection, value, before);
        if self.detections.count(&detection) {
            let part = passed.structure.part(place.start, &passed.text, passed.text_from);
            detection.location = part.map(|part| Box::new(Location { member: None, part: Some(part) }));
            let range = passed.decoder.source_range(place.start, place.end);
            detection.place = Place { start: range.start, end: range.end, ..place };
            self.detections.keep(detection);
        }
        ControlFlow::Continue(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::look_into;
    use super::*;

    #[test]
    fn the_name_of_a_stream_is_compared_with_its_text() {
        let engine = Engine::managed();
        let filler = "Rx Amoxicillin 500 mg\n".repeat(100_000);
        let text = format!("Patient: Jane Doe\n{filler}");
        for (name, sensitive) in [("doe.txt", true), ("rx-1.txt", false)] {
            let mut stream = LookStream::new(&engine, Name::kept(name), Format::Text);
            for chunk in text.as_bytes().chunks(10_007) {
                stream.push(chunk, &|| true).unwrap();
            }
            let look = stream.finish(&|| true).unwrap();
            assert_eq!(look.name_is_sensitive, sensitive, "{name}");
            let whole = look_into(&engine, Name::kept(name), text.as_bytes(), &|| true).unwrap();
            assert_eq!(look.detections, whole.detections);
            assert_eq!(whole.name_is_sensitive, sensitive);
        }
    }
}
