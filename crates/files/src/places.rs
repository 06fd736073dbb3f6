//! Places in the source for text that is handed out and gone.

use std::collections::VecDeque;

use crate::encoding::Encoding;

/// Where a stream's text was in its source: one run for each stretch of characters that take the same number of
/// bytes in the text and the same number in the source. All of UTF-8 is one run.
#[derive(Default)]
pub(crate) struct Places {
    runs: VecDeque<Run>,
    text_end: u64,
    source_end: u64,
}

struct Run {
    text: u64,
    source: u64,
    /// Bytes of text and of the source that one character takes.
    step: (u64, u64),
}

impl Places {
    /// The source begins with a mark of this length.
    pub(crate) fn begin(&mut self, mark: u64) {
        self.source_end = mark;
    }

    /// `text` follows, which was decoded from `encoding`.
    pub(crate) fn extend(&mut self, text: &str, encoding: Encoding) {
        if encoding.is_utf8() {
            self.add((1, 1), text.len() as u64);
            return;
        }
        for c in text.chars() {
            self.add((c.len_utf8() as u64, encoding.source_len(c) as u64), 1);
        }
    }

    fn add(&mut self, step: (u64, u64), count: u64) {
        if count > 0 && self.runs.back().is_none_or(|run| run.step != step) {
            self.runs.push_back(Run { text: self.text_end, source: self.source_end, step });
        }
        self.text_end += step.0 * count;
        self.source_end += step.1 * count;
    }

    /// Where in the source the text at `offset` was.
    pub(crate) fn source(&self, offset: u64) -> u64 {
        let offset = offset.min(self.text_end);
        let behind = self.runs.partition_point(|run| run.text <= offset);
        match behind.checked_sub(1).and_then(|last| self.runs.get(last)) {
            Some(run) => run.source + (offset - run.text) / run.step.0 * run.step.1,
            None => self.runs.front().map_or(self.source_end, |first| first.source),
        }
    }

    /// Forgets the runs that end at or before `offset`.
    pub(crate) fn forget(&mut self, offset: u64) {
        let behind = self.runs.partition_point(|run| run.text <= offset);
        self.runs.drain(..behind.saturating_sub(1));
    }
}
