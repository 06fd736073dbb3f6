//! A text that arrives in pieces.

use crate::engine::Engine;
use crate::sink::{Interrupted, Sink, Stats};
use crate::window::{Frame, LONGEST_VALUE, Scanner, WINDOW};

/// Looks through a text that arrives in pieces, and finds what [`Engine::scan`] finds in the whole. Holds one
/// window and its surroundings, less than 200 KiB however long the text and its pieces are.
#[derive(Debug)]
pub struct Stream<'e> {
    scanner: Scanner<'e>,
    buffer: String,
    /// Where in the buffer the next window starts.
    start: usize,
}

impl<'e> Stream<'e> {
    pub(crate) fn new(engine: &'e Engine) -> Self {
        Self { scanner: Scanner::new(engine), buffer: String::new(), start: 0 }
    }

    /// Takes the next piece of the text. Detections come as soon as nothing that follows can change them.
    ///
    /// # Errors
    ///
    /// [`Interrupted`] when `keep_going` or the sink ends the scan; the stream is of no further use then.
    pub fn push(&mut self, piece: &str, keep_going: &dyn Fn() -> bool, sink: &mut dyn Sink) -> Result<(), Interrupted> {
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
        self.scanner.window(&self.buffer[from..to], core.start - from..core.end - from, sink)?;
        let Frame { from: next_from, .. } = Frame::at(&self.buffer, end);
        self.buffer.drain(..next_from);
        self.start = end - next_from;
        Ok(())
    }
}
