//! A text that arrives in pieces.

use pillbox_model::{Field, Headings};

use crate::engine::Engine;
use crate::sink::{Interrupted, Sink, Stats};
use crate::window::{Frame, LONGEST_VALUE, Scanner, WINDOW};

/// Looks through a text that arrives in pieces, and finds what [`Engine::scan`] finds in the whole. Holds one
/// window and its surroundings, less than 200 KiB however long the text and its pieces are, and the fields that begin
/// in them.
#[derive(Debug)]
pub struct Stream<'e> {
    scanner: Scanner<'e>,
    buffer: String,
    /// Where in the buffer the next window starts.
    start: usize,
    /// Where in the whole text the buffer begins.
    base: u64,
    /// The field that the buffer begins in, and those that begin in it or behind it.
    fields: Vec<Field>,
}

impl<'e> Stream<'e> {
    pub(crate) fn new(engine: &'e Engine) -> Self {
        Self { scanner: Scanner::new(engine), buffer: String::new(), start: 0, base: 0, fields: Vec::new() }
    }

    /// Takes the next piece of the text. Detections come as soon as nothing that follows can change them.
    ///
    /// # Errors
    ///
    /// [`Interrupted`] when `keep_going` or the sink ends the scan; the stream is of no further use then.
    pub fn push(&mut self, piece: &str, keep_going: &dyn Fn() -> bool, sink: &mut dyn Sink) -> Result<(), Interrupted> {
        self.take(piece, keep_going, sink)
    }

    /// Takes the next piece of a text whose values lie in fields, as in [`Engine::scan_fields`]. `fields` follow
    /// those of earlier pieces, by offsets in the whole text; each must be given with the piece that it begins in, or
    /// before. `headings` are those of earlier pieces and perhaps more.
    ///
    /// # Errors
    ///
    /// Those of [`Stream::push`].
    pub fn push_fields(
        &mut self,
        piece: &str,
        fields: &[Field],
        headings: &Headings,
        keep_going: &dyn Fn() -> bool,
        sink: &mut dyn Sink,
    ) -> Result<(), Interrupted> {
        self.scanner.learn(headings);
        self.fields.extend_from_slice(fields);
        self.take(piece, keep_going, sink)
    }

    fn take(&mut self, piece: &str, keep_going: &dyn Fn() -> bool, sink: &mut dyn Sink) -> Result<(), Interrupted> {
        let mut rest = piece;
        while !rest.is_empty() {
            let (part, behind) = rest.split_at(rest.ceil_char_boundary(WINDOW.min(rest.len())));
            rest = behind;
            self.buffer.push_str(part);
            while self.buffer.len() >= self.start + WINDOW + LONGEST_VALUE {
                self.window(keep_going, sink)?;
            }
        }
        Ok(())
    }

    /// Looks through what is left.
    ///
    /// # Errors
    ///
    /// [`Interrupted`] when `keep_going` or the sink ends the scan early.
    pub fn finish(mut self, keep_going: &dyn Fn() -> bool, sink: &mut dyn Sink) -> Result<Stats, Interrupted> {
        while self.start < self.buffer.len() {
            self.window(keep_going, sink)?;
        }
        self.scanner.finish(sink)
    }

    fn window(&mut self, keep_going: &dyn Fn() -> bool, sink: &mut dyn Sink) -> Result<(), Interrupted> {
        if !keep_going() {
            return Err(Interrupted::ByCaller);
        }
        let Frame { from, core, to } = Frame::at(&self.buffer, self.start);
        let end = core.end;
        self.scanner.window(&self.buffer[from..to], core.start - from..core.end - from, &self.fields, sink)?;
        let Frame { from: next_from, .. } = Frame::at(&self.buffer, end);
        self.buffer.drain(..next_from);
        self.start = end - next_from;
        self.base += next_from as u64;
        let begun = self.fields.partition_point(|field| field.start <= self.base);
        self.fields.drain(..begun.saturating_sub(1));
        Ok(())
    }
}
