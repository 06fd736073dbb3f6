//! Text that knows where in its source it was.

use std::fmt;
use std::ops::Range;

use crate::encoding::Encoding;

/// How far apart, in bytes of text, the places are for which the source offset is kept.
const STRIDE: usize = 1024;

/// A whole text and its places in the bytes that it was decoded from. It may be a patient's, so it does not
/// print itself.
pub struct Text {
    text: String,
    encoding: Encoding,
    /// For every [`STRIDE`] bytes of text, in order: an offset in the text and the offset in the source that
    /// belongs to it. Empty where the two differ by the mark alone.
    waypoints: Vec<(usize, u64)>,
}

impl Text {
    /// `text` as it was decoded from `encoding`, the mark left out.
    pub(crate) fn new(text: String, encoding: Encoding) -> Self {
        let waypoints = if encoding.is_utf8() { Vec::new() } else { waypoints(&text, encoding) };
        Self { text, encoding, waypoints }
    }

    /// The text, without a byte order mark.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The beginning of the text, as far as it comes from the first `bytes` bytes of the source.
    pub(crate) fn beginning(&self, bytes: usize) -> &str {
        let mut end = bytes.saturating_sub(self.encoding.mark_len()).min(self.text.len());
        if self.encoding.is_utf8() {
            end = self.text.floor_char_boundary(end);
        } else {
            let mut source = self.encoding.mark_len();
            let within = |(_, c): &(usize, char)| {
                source += self.encoding.source_len(*c);
                source > bytes
            };
            end = self.text.char_indices().find(within).map_or(self.text.len(), |(at, _)| at);
        }
        &self.text[..end]
    }

    /// The text alone.
    pub(crate) fn into_string(self) -> String {
        self.text
    }

    /// What it was decoded from.
    pub const fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// Where in the source the text from byte `start` to byte `end` (exclusive) of [`Text::as_str`] was: byte
    /// offsets in the source, its byte order mark counted. An offset within a character stands for the
    /// character's beginning, one behind the text for its end.
    pub fn source_range(&self, start: usize, end: usize) -> Range<u64> {
        let start = self.source_offset(start);
        start..self.source_offset(end).max(start)
    }

    fn source_offset(&self, offset: usize) -> u64 {
        let mut offset = offset.min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        let behind = self.waypoints.partition_point(|(text, _)| *text <= offset);
        match behind.checked_sub(1).and_then(|last| self.waypoints.get(last)) {
            Some(&(text, source)) => source + source_len(&self.text[text..offset], self.encoding),
            None => (offset + self.encoding.mark_len()) as u64,
        }
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Text").field("encoding", &self.encoding).field("len", &self.text.len()).finish_non_exhaustive()
    }
}

fn source_len(text: &str, encoding: Encoding) -> u64 {
    text.chars().map(|c| encoding.source_len(c) as u64).sum()
}

fn waypoints(text: &str, encoding: Encoding) -> Vec<(usize, u64)> {
    let mut waypoints = Vec::with_capacity(text.len() / STRIDE + 1);
    let mut source = encoding.mark_len() as u64;
    let mut next = 0;
    for (offset, c) in text.char_indices() {
        if offset >= next {
            waypoints.push((offset, source));
            next = offset + STRIDE;
        }
        source += encoding.source_len(c) as u64;
    }
    waypoints
}
