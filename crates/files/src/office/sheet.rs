//! The text of a sheet and where its cells are in it.

use std::collections::HashMap;

use calamine::{DataRef, ExcelDateTime};
use pillbox_model::{DocumentPart, Field, HeadingId, Headings};

use crate::structure::{are_column_names, shown_column};

/// Below so many columns a row may as well be a label and its value.
const CONFINED_FROM: usize = 3;

/// Rows of a sheet as lines, with tabs between their cells.
pub(super) struct Sheet {
    name: String,
    pub(super) text: String,
    pub(super) fields: Vec<Field>,
    /// The row and the column of each field, counted from 0.
    positions: Vec<(u32, u32)>,
    pub(super) headings: Headings,
    /// The names of the columns, when the first row gave them.
    columns: HashMap<u32, (HeadingId, String)>,
    /// The first row that holds anything.
    first: Option<u32>,
    row: Option<u32>,
}

impl Sheet {
    pub(super) fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            text: String::new(),
            fields: Vec::new(),
            positions: Vec::new(),
            headings: Headings::new(false),
            columns: HashMap::new(),
            first: None,
            row: None,
        }
    }

    /// Adds the next cell.
    pub(super) fn add(&mut self, (row, column): (u32, u32), value: &DataRef<'_>) {
        let Some(shown) = shown(value) else { return };
        if self.row == Some(row) {
            self.text.push('\t');
        } else if let Some(last) = self.row {
            self.end_row(last);
        }
        self.row = Some(row);
        self.first.get_or_insert(row);
        let heading = self.columns.get(&column).map_or(HeadingId::NONE, |(heading, _)| *heading);
        self.fields.push(Field { start: self.text.len() as u64, heading });
        self.positions.push((row, column));
        self.text.extend(shown.chars().map(|c| if matches!(c, '\n' | '\r' | '\t') { ' ' } else { c }));
    }

    /// Ends the row, which is the first that may name the columns.
    pub(super) fn end_row(&mut self, row: u32) {
        self.text.push('\n');
        if self.first == Some(row) && self.columns.is_empty() {
            let cells: Vec<&str> = self.text.trim_end_matches('\n').split('\t').collect();
            if are_column_names(cells.iter().copied()) {
                let names: Vec<String> = cells.iter().map(|cell| (*cell).to_owned()).collect();
                self.headings = Headings::new(names.len() >= CONFINED_FROM);
                for ((_, column), name) in self.positions.iter().zip(names) {
                    self.columns.insert(*column, (self.headings.number(&name), name));
                }
            }
        }
    }

    /// Forgets the text that was handed out; names of columns stay.
    pub(super) fn clear(&mut self) {
        self.text.clear();
        self.fields.clear();
        self.positions.clear();
    }

    /// The cell in which the text at `start` lies.
    pub(super) fn cell(&self, start: u64) -> Option<DocumentPart> {
        let index = self.fields.partition_point(|field| field.start <= start).checked_sub(1)?;
        let (row, column) = *self.positions.get(index)?;
        let named = self.columns.get(&column).filter(|_| self.first != Some(row));
        Some(DocumentPart::Cell {
            sheet: Some(shown_column(&self.name).to_owned()),
            row: u64::from(row) + 1,
            column: u64::from(column) + 1,
            column_name: named.map(|(_, name)| shown_column(name).to_owned()),
        })
    }
}

/// A cell's value as a person sees it: dates in the international form.
fn shown(value: &DataRef<'_>) -> Option<String> {
    Some(match value {
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(truth) => truth.to_string(),
        DataRef::DateTime(moment) => shown_date(moment),
        DataRef::Error(_) | DataRef::Empty => return None,
    })
}

fn shown_date(moment: &ExcelDateTime) -> String {
    if !moment.is_datetime() {
        return moment.as_f64().to_string();
    }
    let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
    let date = format!("{year:04}-{month:02}-{day:02}");
    if (hour, minute, second) == (0, 0, 0) { date } else { format!("{date} {hour:02}:{minute:02}:{second:02}") }
}
