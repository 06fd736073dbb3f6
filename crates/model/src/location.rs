//! Where in a document something lies, beyond line and column of its text.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Where in a document a match lies. The line and column of a [`Place`](crate::Place) are those of the text that a
/// person would see; this says in which part of the document that text is. The parts are Macie's
/// (`Occurrences`: cells, pages, records).
#[derive(Debug, Clone, PartialEq, Eq, Default, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Location {
    /// The path inside an archive or a message, with `/` between the names and `!/` between archives in each other.
    /// It can carry names of patients, as every path can.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub member: Option<String>,
    /// The part.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part: Option<DocumentPart>,
}

/// A part of a document.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase", tag = "kind")]
pub enum DocumentPart {
    /// A cell of a table: CSV, TSV, pipe-delimited text, a sheet of a workbook.
    Cell {
        /// The sheet, where there are sheets.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        sheet: Option<String>,
        /// The row, counted from 1; the row of names counts.
        row: u64,
        /// The column, counted from 1.
        column: u64,
        /// The column's name, where the first row names the columns.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        column_name: Option<String>,
    },
    /// A page.
    Page {
        /// Counted from 1.
        number: u64,
    },
    /// A value in a record: JSON, JSON Lines, XML, HL7 v2.
    Record {
        /// The record in the file, counted from 0 as Macie's `recordIndex`.
        index: u64,
        /// The path in the record: `$.patient.dob`, `/ClinicalDocument/recordTarget/id/@extension`, `PID-3`.
        path: String,
    },
}
