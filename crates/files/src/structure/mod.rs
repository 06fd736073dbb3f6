//! What parts of a text are called, and where in the document they lie: columns, JSON paths, XML elements, HL7 fields.
//!
//! A [`Structure`] follows the text as it comes, in memory that the text's length does not change. It notes where fields
//! begin; the row, column or path of a place is worked out only when it is asked for, from the last of the states that
//! it kept on the way.

mod delimited;
mod hl7;
mod json;
mod names;
mod xml;

use std::cell::RefCell;
use std::collections::VecDeque;
use std::fmt;

use pillbox_model::{DocumentPart, Field, HeadingId, Headings, SkipReason};

pub(crate) use delimited::are_column_names;
pub(crate) use json::Json;
pub(crate) use names::shown_column;

use crate::format::Format;

/// Levels of nesting that are followed, as many as Macie follows.
const DEEPEST: usize = 256;

/// How far apart, in bytes of text, the states are that are kept.
const STRIDE: usize = 64 * 1024;

/// The structure of a text, as far as the text has come.
pub struct Structure {
    grammar: Option<AnyGrammar>,
    headings: Headings,
    /// Bytes of text that were taken in.
    at: u64,
    /// What the grammar was like before the byte of text at each of these offsets, in order.
    kept: VecDeque<(u64, AnyGrammar)>,
    /// What it was like at the place that was asked for last.
    cursor: RefCell<Option<(u64, AnyGrammar)>>,
    last: HeadingId,
    malformed: bool,
}

impl Structure {
    /// At the beginning of a text of this format. Formats without fields have an empty structure.
    pub fn new(format: Format) -> Self {
        let grammar = match format {
            Format::Delimited(delimiter) => Some(AnyGrammar::Delimited(delimited::Delimited::new(delimiter))),
            Format::Json | Format::JsonLines => Some(AnyGrammar::Json(Json::new())),
            Format::Xml => Some(AnyGrammar::Xml(xml::Xml::new())),
            Format::Hl7 => Some(AnyGrammar::Hl7(hl7::Hl7::new())),
            _ => None,
        };
        let confined = matches!(format, Format::Json | Format::JsonLines);
        Self {
            grammar,
            headings: Headings::new(confined),
            at: 0,
            kept: VecDeque::new(),
            cursor: RefCell::new(None),
            last: HeadingId::NONE,
            malformed: false,
        }
    }

    /// Takes the next piece of the text and appends the fields that begin in it, in order; offsets count from the
    /// beginning of the text. Where the text turns out not to have the structure, fields end.
    ///
    /// # Errors
    ///
    /// `JsonNestingLevelOverLimit` when it is nested deeper than 256 levels.
    pub fn push(&mut self, piece: &str, fields: &mut Vec<Field>) -> Result<(), SkipReason> {
        let mut rest = piece;
        while !rest.is_empty() {
            let due = self.kept.back().map_or(0, |(at, _)| at + STRIDE as u64);
            if self.at >= due
                && let Some(grammar) = &self.grammar
            {
                self.kept.push_back((self.at, grammar.clone()));
            }
            let (part, behind) = rest.split_at(rest.ceil_char_boundary(STRIDE.min(rest.len())));
            self.take(part, fields)?;
            rest = behind;
        }
        Ok(())
    }

    fn take(&mut self, part: &str, fields: &mut Vec<Field>) -> Result<(), SkipReason> {
        if let Some(grammar) = &mut self.grammar {
            let mut marks = Marks { headings: &mut self.headings, fields: Some(fields), last: &mut self.last };
            match grammar.take(part.as_bytes(), self.at, &mut marks) {
                Ok(()) => {}
                Err(Fault::TooDeep) => return Err(SkipReason::JsonNestingLevelOverLimit),
                Err(Fault::Malformed) => {
                    let start = fields.last().map_or(self.at, |last| last.start.max(self.at));
                    fields.push(Field { start, heading: HeadingId::NONE });
                    self.give_up();
                }
            }
        }
        self.at += part.len() as u64;
        Ok(())
    }

    /// To be called behind the last piece: whether the text has this structure up to its end.
    pub fn finish(&mut self) {
        if self.grammar.as_ref().is_some_and(|grammar| grammar.finish().is_err()) {
            self.give_up();
        }
    }

    fn give_up(&mut self) {
        self.malformed = true;
        self.grammar = None;
    }

    /// Whether the text does not have the structure that its beginning promised: it is plain text then.
    pub const fn is_malformed(&self) -> bool {
        self.malformed
    }

    /// What the fields are called. A table's headings come with its second row.
    pub const fn headings(&self) -> &Headings {
        &self.headings
    }

    /// Forgets what only [`Structure::part`] for places before `offset` needs.
    pub fn forget(&mut self, offset: u64) {
        let behind = self.kept.partition_point(|(at, _)| *at <= offset);
        self.kept.drain(..behind.saturating_sub(1));
    }

    /// The part of the document in which the text at `start` lies. `text` is what is in memory of the text, and begins at
    /// its byte `text_from`; it has to reach back as far as [`Structure::forget`] was told that it need not, and 128 KiB
    /// more. Places that are asked for in their order cost one more walk through the text in all.
    pub fn part(&self, start: u64, text: &str, text_from: u64) -> Option<DocumentPart> {
        let mut cursor = self.cursor.borrow_mut();
        let behind = self.kept.partition_point(|(at, _)| *at <= start);
        let kept = behind.checked_sub(1).and_then(|last| self.kept.get(last));
        let near = cursor.take().filter(|(at, _)| *at <= start && kept.is_none_or(|(kept, _)| at >= kept));
        let (at, mut grammar) = near.or_else(|| kept.cloned())?;
        let offset = |place: u64| place.checked_sub(text_from).and_then(|place| usize::try_from(place).ok());
        let between = text.as_bytes().get(offset(at)?..offset(start)?)?;
        let mut unnamed = Headings::new(false);
        let mut marks = Marks { headings: &mut unnamed, fields: None, last: &mut HeadingId::NONE.clone() };
        grammar.take(between, at, &mut marks).ok()?;
        let part = grammar.part();
        *cursor = Some((start, grammar));
        part
    }
}

/// The names of columns may be a patient's; they are not printed.
impl fmt::Debug for Structure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Structure").field("at", &self.at).finish_non_exhaustive()
    }
}

/// Why a text does not have a structure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// It breaks the format's rules.
    Malformed,
    /// It is nested too deep.
    TooDeep,
}

/// How a format is read, byte by byte: after each byte the state says where the next one lies.
pub(crate) trait Grammar {
    /// Takes the next bytes, the first of which lies at `at`, and marks the fields that begin there.
    fn take(&mut self, bytes: &[u8], at: u64, marks: &mut Marks<'_>) -> Result<(), Fault>;

    /// Whether the text may end here.
    fn finish(&self) -> Result<(), Fault>;

    /// Where the byte that follows lies.
    fn part(&self) -> Option<DocumentPart>;
}

/// Where fields are noted.
pub(crate) struct Marks<'a> {
    headings: &'a mut Headings,
    /// `None` when nobody wants to know.
    fields: Option<&'a mut Vec<Field>>,
    last: &'a mut HeadingId,
}

impl<'a> Marks<'a> {
    /// Marks that nobody looks at.
    pub(crate) fn none(headings: &'a mut Headings, last: &'a mut HeadingId) -> Self {
        Self { headings, fields: None, last }
    }

    /// A field begins at `start`. Stretches without a heading in a row are one, except in tables.
    fn field(&mut self, start: u64, heading: HeadingId) {
        *self.last = heading;
        if let Some(fields) = &mut self.fields {
            fields.push(Field { start, heading });
        }
    }

    /// What follows has no name, unless that is so already.
    fn no_field(&mut self, start: u64) {
        if *self.last != HeadingId::NONE {
            self.field(start, HeadingId::NONE);
        }
    }

    /// The number of a heading.
    fn heading(&mut self, heading: &str) -> HeadingId {
        if self.fields.is_some() { self.headings.number(heading) } else { HeadingId::NONE }
    }

    /// From here on there are these headings.
    fn headings(&mut self, headings: Headings) {
        *self.headings = headings;
    }
}

/// One of the grammars.
#[derive(Debug, Clone)]
enum AnyGrammar {
    Delimited(delimited::Delimited),
    Json(Json),
    Xml(xml::Xml),
    Hl7(hl7::Hl7),
}

impl Grammar for AnyGrammar {
    fn take(&mut self, bytes: &[u8], at: u64, marks: &mut Marks<'_>) -> Result<(), Fault> {
        match self {
            Self::Delimited(grammar) => grammar.take(bytes, at, marks),
            Self::Json(grammar) => grammar.take(bytes, at, marks),
            Self::Xml(grammar) => grammar.take(bytes, at, marks),
            Self::Hl7(grammar) => grammar.take(bytes, at, marks),
        }
    }

    fn finish(&self) -> Result<(), Fault> {
        match self {
            Self::Delimited(grammar) => grammar.finish(),
            Self::Json(grammar) => grammar.finish(),
            Self::Xml(grammar) => grammar.finish(),
            Self::Hl7(grammar) => grammar.finish(),
        }
    }

    fn part(&self) -> Option<DocumentPart> {
        match self {
            Self::Delimited(grammar) => grammar.part(),
            Self::Json(grammar) => grammar.part(),
            Self::Xml(grammar) => grammar.part(),
            Self::Hl7(grammar) => grammar.part(),
        }
    }
}
