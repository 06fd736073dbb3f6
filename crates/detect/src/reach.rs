//! Which identifiers have a keyword that can speak of a value, told for all values of a line at once.
//!
//! Most numbers fit the layouts of many identifiers and stand near a keyword of one or two. What this says is at least
//! what [`crate::context`] finds and at times more, so that only the few that are left need to be weighed.

use std::ops::Range;

use crate::engine::Engine;
use crate::fields::Section;

/// How much of a long line is told at once, in bytes.
const AT_ONCE: usize = 256;

/// The identifiers whose keywords can speak of the values of one line.
#[derive(Debug, Default)]
pub(crate) struct Reach {
    /// Where a value may begin for which this is true.
    starts: Range<usize>,
    /// Where such a value must end.
    end: usize,
    /// A bit for each identifier.
    identifiers: Vec<u64>,
}

impl Reach {
    /// Forgets what it knows: another section begins.
    pub(crate) fn forget(&mut self) {
        self.starts = 0..0;
    }

    /// Tells what is in reach of values that begin at `at`.
    #[inline]
    pub(crate) fn tell(&mut self, engine: &Engine, section: &Section<'_>, at: usize) {
        if !self.starts.contains(&at) {
            self.look(engine, section, at);
        }
    }

    /// Whether a keyword of an identifier can speak of `value`, which begins where this was last told.
    #[inline]
    pub(crate) fn has(&self, identifier: u16, value: &Range<usize>) -> bool {
        self.has_on_line(identifier) || value.end > self.end
    }

    /// The same of a value that ends on the line it begins on, and is not longer than what is looked at beside a value.
    #[inline]
    pub(crate) fn has_on_line(&self, identifier: u16) -> bool {
        self.identifiers[usize::from(identifier) / 64] >> (identifier % 64) & 1 == 1
    }

    fn look(&mut self, engine: &Engine, section: &Section<'_>, at: usize) {
        let text = section.text.as_bytes();
        let behind = &text[at..text.len().min(at + AT_ONCE + 2 * engine.reach)];
        let line_end = memchr::memchr2(b'\n', b'\r', behind).map_or(at + behind.len(), |newline| at + newline);
        self.end = line_end.min(at + AT_ONCE + engine.reach);
        self.starts = at..line_end.min(at + AT_ONCE) + 1;
        self.identifiers.clear();
        self.identifiers.resize(engine.lexicon.row_length(), 0);
        let from = line_above(text, at, engine.reach);
        let first = section.hits.partition_point(|hit| hit.start < from);
        for hit in section.hits[first..].iter().take_while(|hit| hit.start <= line_end) {
            self.add(engine.lexicon.row(hit.keyword));
        }
        if section.has_headings() {
            self.starts.end = at + 1;
            for spoken in section.heading_at(at).into_iter().flat_map(|heading| &heading.keywords) {
                self.add(engine.lexicon.row(spoken.keyword));
            }
        }
    }

    fn add(&mut self, row: &[u64]) {
        self.identifiers.iter_mut().zip(row).for_each(|(all, one)| *all |= one);
    }
}

/// Where the line above the one of `at` begins, or where nothing before can speak of a value at `at` any more.
fn line_above(text: &[u8], at: usize, reach: usize) -> usize {
    let line = match newline_before(text, at, reach) {
        Some(newline) if newline > 0 && matches!(text[newline - 1], b'\n' | b'\r') => newline - 1,
        Some(newline) => newline,
        None => return at.saturating_sub(2 * reach),
    };
    newline_before(text, line, reach).unwrap_or(line.saturating_sub(reach))
}

fn newline_before(text: &[u8], at: usize, reach: usize) -> Option<usize> {
    let from = at.saturating_sub(reach);
    memchr::memrchr2(b'\n', b'\r', &text[from..at]).map(|newline| from + newline)
}
