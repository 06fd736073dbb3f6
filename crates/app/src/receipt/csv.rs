//! A receipt as CSV (RFC 4180): one row a file, for tables.

use std::io::Write;

use pillbox_model::{Decision, Failure, UploadFile};
use serde::Serialize;

use super::export::unwritten;
use super::names::Shown;
use super::source::Source;

const COLUMNS: [&str; 16] = [
    "number",
    "name",
    "key",
    "versionId",
    "state",
    "code",
    "skip",
    "proof",
    "size",
    "sha256",
    "sentSha256",
    "eTag",
    "detections",
    "concerns",
    "decision",
    "reason",
];

/// What tells a spreadsheet that a cell is a formula.
const BEGINS_FORMULA: [char; 7] = ['=', '+', '-', '@', '\t', '\r', '\n'];

/// Writes an upload's files, a row each.
pub(super) fn write(source: &Source<'_>, shown: &Shown<'_>, out: impl Write) -> Result<(), Failure> {
    let mut rows = ::csv::WriterBuilder::new().terminator(::csv::Terminator::CRLF).from_writer(out);
    let refused = |error: ::csv::Error| match error.into_kind() {
        ::csv::ErrorKind::Io(error) => unwritten(&error),
        _ => pillbox_model::ErrorCode::Internal.into(),
    };
    rows.write_record(COLUMNS).map_err(refused)?;
    source.each(|file| rows.write_record(row(source, shown, file).map(harmless)).map_err(refused))?;
    rows.flush().map_err(|error| unwritten(&error))
}

fn row(source: &Source<'_>, shown: &Shown<'_>, file: &UploadFile) -> [String; 16] {
    let entry = source.entry(file, false);
    let detections = entry.detections.iter();
    let detections =
        detections.map(|count| format!("{} {} ({})", count.count, count.identifier, word(&count.disposition)));
    let (decision, reason) = match &entry.decision {
        None => ("", String::new()),
        Some(Decision::LeaveOut) => ("leaveOut", String::new()),
        Some(Decision::Redact) => ("redact", String::new()),
        Some(Decision::Send { reason }) => ("send", reason.clone()),
    };
    [
        entry.number.to_string(),
        shown.name(file),
        shown.key(file),
        entry.version_id.unwrap_or_default(),
        word(&entry.state),
        entry.code.as_ref().map(word).unwrap_or_default(),
        entry.skip.as_ref().map(word).unwrap_or_default(),
        entry.proof.as_ref().map(word).unwrap_or_default(),
        entry.size.to_string(),
        entry.sha256.unwrap_or_default(),
        entry.sent_sha256.unwrap_or_default(),
        entry.e_tag.unwrap_or_default(),
        detections.collect::<Vec<_>>().join("; "),
        entry.concerns.iter().map(word).collect::<Vec<_>>().join("; "),
        decision.to_owned(),
        reason,
    ]
}

/// A code as it goes over the wire.
fn word(value: &impl Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

/// A cell that no spreadsheet takes for a formula: an apostrophe before what begins one.
fn harmless(cell: String) -> String {
    if cell.starts_with(BEGINS_FORMULA) { format!("'{cell}") } else { cell }
}

#[cfg(test)]
mod tests {
    use super::harmless;

    #[test]
    fn no_cell_is_a_formula() {
        for cell in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1"] {
            assert_eq!(harmless(cell.to_owned()), format!("'{cell}"));
        }
        for cell in ["", "a=1", "rx/1.txt", "'=1", "1"] {
            assert_eq!(harmless(cell.to_owned()), cell);
        }
    }
}
