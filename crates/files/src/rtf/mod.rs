//! The text of Rich Text Format (Microsoft's specification 1.9.1).
//!
//! Read by hand: it takes a loop over three kinds of tokens, and the crates that do it recurse, panic or keep the
//! document's look in memory.

mod reader;
mod symbols;
mod token;

use pillbox_model::{Headings, SkipReason};

use crate::document::{Part, PartPlace, Reading, Source};
use crate::format::Format;

impl Reading<'_, '_> {
    /// Reads a Rich Text file: its text, headers, footers, notes, fields and what it says about itself.
    pub(crate) fn rtf(&mut self, bytes: &[u8], member: Option<&str>) -> Result<(), SkipReason> {
        let mut reader = reader::Reader::new(bytes);
        let read = reader.read(&mut || self.go_on());
        let text = reader.into_text();
        self.hand_out(Part {
            member,
            format: Format::Rtf,
            text: &text,
            fields: &[],
            headings: &Headings::new(false),
            in_place: false,
            source: Source::Extracted,
            place: PartPlace::None,
        })?;
        read
    }
}
