//! Tables in text: cells, quoted or not, and the names of their columns.

use std::sync::Arc;

use pillbox_model::{DocumentPart, HeadingId, Headings};

use super::names::shown_column;
use super::{Fault, Grammar, Marks};

/// A quoted cell that is longer, in bytes, was no quoted cell: its quotation mark means inches, or nothing at all.
const LONGEST_QUOTED: u64 = 64 * 1024;

/// The first row names the columns only when it is not longer, in bytes.
const LONGEST_HEADER: usize = 16 * 1024;

/// Below so many columns a row may as well be a label and its value, and words outside of a cell speak for it.
const CONFINED_FROM: usize = 3;

/// RFC 4180, with any delimiter and any line ending.
#[derive(Debug, Clone)]
pub(super) struct Delimited {
    delimiter: u8,
    state: State,
    /// Both counted from 1.
    row: u64,
    column: u64,
    first_row: FirstRow,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// Before the first byte of a cell.
    Start,
    Plain,
    /// In quotation marks since this place.
    Quoted(u64),
    /// Behind a quotation mark within quotation marks: the end of the cell, or half of a doubled mark.
    QuoteInQuoted(u64),
    /// Behind a carriage return, which ended a row.
    AfterReturn,
}

#[derive(Debug, Clone)]
enum FirstRow {
    /// As far as it was read, cell by cell.
    Open { cells: Vec<Vec<u8>>, bytes: usize },
    /// The columns' names.
    Names(Arc<[(HeadingId, String)]>),
    /// It names nothing.
    Values,
}

impl Delimited {
    pub(super) fn new(delimiter: u8) -> Self {
        let first_row = FirstRow::Open { cells: vec![Vec::new()], bytes: 0 };
        Self { delimiter, state: State::Start, row: 1, column: 1, first_row }
    }

    fn begin_cell(&self, at: u64, marks: &mut Marks<'_>) {
        let heading = match &self.first_row {
            FirstRow::Names(names) => usize::try_from(self.column - 1).ok().and_then(|column| names.get(column)),
            FirstRow::Open { .. } | FirstRow::Values => None,
        };
        marks.field(at, heading.map_or(HeadingId::NONE, |(heading, _)| *heading));
    }

    fn end_cell(&mut self) {
        self.column += 1;
        self.state = State::Start;
        if let FirstRow::Open { cells, .. } = &mut self.first_row {
            cells.push(Vec::new());
        }
    }

    fn end_row(&mut self, byte: u8, marks: &mut Marks<'_>) {
        self.row += 1;
        self.column = 1;
        self.state = if byte == b'\r' { State::AfterReturn } else { State::Start };
        if let FirstRow::Open { cells, .. } = &mut self.first_row {
            self.first_row = match column_names(cells) {
                Some(names) => {
                    marks.headings(Headings::new(names.len() >= CONFINED_FROM));
                    FirstRow::Names(names.into_iter().map(|name| (marks.heading(&name), name)).collect())
                }
                None => FirstRow::Values,
            };
        }
    }

    fn remember(&mut self, byte: u8) {
        if let FirstRow::Open { cells, bytes } = &mut self.first_row {
            *bytes += 1;
            if *bytes > LONGEST_HEADER {
                self.first_row = FirstRow::Values;
            } else if let Some(cell) = cells.last_mut() {
                cell.push(byte);
            }
        }
    }

    fn plain(&mut self, byte: u8, marks: &mut Marks<'_>) {
        if byte == self.delimiter {
            self.end_cell();
        } else if matches!(byte, b'\n' | b'\r') {
            self.end_row(byte, marks);
        } else {
            self.state = State::Plain;
            self.remember(byte);
        }
    }
}

impl Grammar for Delimited {
    fn take(&mut self, bytes: &[u8], at: u64, marks: &mut Marks<'_>) -> Result<(), Fault> {
        let mut rest = bytes;
        let mut at = at;
        while let [byte, behind @ ..] = rest {
            match self.state {
                State::AfterReturn if *byte == b'\n' => self.state = State::Start,
                State::Start | State::AfterReturn => {
                    self.begin_cell(at, marks);
                    if *byte == b'"' { self.state = State::Quoted(at) } else { self.plain(*byte, marks) }
                }
                State::Plain => self.plain(*byte, marks),
                State::Quoted(since) if *byte == b'"' => self.state = State::QuoteInQuoted(since),
                State::Quoted(since) if at - since > LONGEST_QUOTED => return Err(Fault::Malformed),
                State::Quoted(_) => self.remember(*byte),
                State::QuoteInQuoted(since) if *byte == b'"' => {
                    self.state = State::Quoted(since);
                    self.remember(*byte);
                }
                State::QuoteInQuoted(_) => self.plain(*byte, marks),
            }
            rest = behind;
            at += 1;
            if self.state == State::Plain && !matches!(self.first_row, FirstRow::Open { .. }) {
                let end = memchr::memchr3(self.delimiter, b'\n', b'\r', rest).unwrap_or(rest.len());
                rest = &rest[end..];
                at += end as u64;
            }
        }
        Ok(())
    }

    fn finish(&self) -> Result<(), Fault> {
        if matches!(self.state, State::Quoted(_)) { Err(Fault::Malformed) } else { Ok(()) }
    }

    fn part(&self) -> Option<DocumentPart> {
        let name = match &self.first_row {
            FirstRow::Names(names) => usize::try_from(self.column - 1).ok().and_then(|column| names.get(column)),
            FirstRow::Open { .. } | FirstRow::Values => None,
        };
        let column_name = name.map(|(_, name)| shown_column(name).to_owned());
        Some(DocumentPart::Cell { sheet: None, row: self.row, column: self.column, column_name })
    }
}

/// The cells of the first row, where they look like names of columns.
fn column_names(cells: &[Vec<u8>]) -> Option<Vec<String>> {
    let names: Vec<String> = cells.iter().map(|cell| String::from_utf8_lossy(cell).trim().to_owned()).collect();
    are_column_names(names.iter().map(String::as_str)).then_some(names)
}

/// Whether the cells of a row look like names of columns: two or more, most of them not empty, each short, with a
/// letter and without what only values have (long numbers, `@`, sentences).
pub(crate) fn are_column_names<'a>(cells: impl Iterator<Item = &'a str>) -> bool {
    let (mut all, mut named) = (0, 0);
    for cell in cells {
        all += 1;
        if !cell.is_empty() {
            named += 1;
            if !is_column_name(cell) {
                return false;
            }
        }
    }
    all >= 2 && named * 2 > all
}

fn is_column_name(cell: &str) -> bool {
    let digits = cell.bytes().filter(u8::is_ascii_digit).count();
    let letters = cell.chars().filter(|c| c.is_alphabetic()).count();
    cell.len() <= 64
        && letters > digits
        && digits <= 3
        && !cell.contains(['@', ':', '='])
        && cell.split(' ').count() <= 6
}
