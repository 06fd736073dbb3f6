//! Excel workbooks.

use std::io::Cursor;

use calamine::{Reader as _, Xlsx, XlsxError};
use pillbox_model::SkipReason;

use super::package::Package;
use super::sheet::Sheet;
use super::word::is_property;
use crate::document::{Part, PartPlace, Reading, Source};
use crate::format::Format;

/// A sheet is handed out in parts of about so many bytes of text, each of whole rows. 4 MiB.
const PART: usize = 4 << 20;

/// So many cells lie between two questions whether to go on.
const STEP: u32 = 16_384;

impl Reading<'_, '_> {
    /// Reads a workbook: each sheet, then comments and drawings, and what it says about itself.
    pub(crate) fn spreadsheet(&mut self, bytes: &[u8], member: Option<&str>) -> Result<(), SkipReason> {
        let mut package = Package::open(bytes)?;
        package.measure(self)?;
        let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| reason(&error))?;
        let mut shown = 0;
        for name in workbook.sheet_names() {
            let mut cells = match workbook.worksheet_cells_reader(&name) {
                Ok(cells) => cells,
                // A sheet of another kind, such as a chart's.
                Err(XlsxError::NotAWorksheet(_)) => continue,
                Err(error) => return Err(reason(&error)),
            };
            let mut sheet = Sheet::new(&name);
            let mut count = 0u32;
            let mut row = 0;
            while let Some(cell) = cells.next_cell().map_err(|error| reason(&error))? {
                count = count.wrapping_add(1);
                if count.is_multiple_of(STEP) {
                    self.go_on()?;
                }
                if cell.get_position().0 != row && sheet.text.len() > PART {
                    shown += self.hand_out_sheet(&mut sheet, row, member)?;
                }
                row = cell.get_position().0;
                sheet.add(cell.get_position(), cell.get_value());
                if shown + sheet.text.len() as u64 > self.limits.office_extracted {
                    return Err(SkipReason::OoxmlUncompressedSizeExceedsLimit);
                }
            }
            shown += self.hand_out_sheet(&mut sheet, row, member)?;
        }
        for name in package.names().iter().filter(|name| is_annotation(name)) {
            self.drawn(&mut package, name, Format::Xlsx, member)?;
        }
        self.properties(&mut package, Format::Xlsx, member)?;
        let is_read = |name: &str| {
            is_annotation(name)
                || is_property(name)
                || matches!(name, "xl/workbook.xml" | "xl/sharedStrings.xml")
                || name.starts_with("xl/worksheets/")
                || name.starts_with("xl/chartsheets/")
        };
        self.rest(&mut package, is_read, member)
    }

    /// Hands out the rows of a sheet that were gathered; the number of their bytes.
    fn hand_out_sheet(&mut self, sheet: &mut Sheet, row: u32, member: Option<&str>) -> Result<u64, SkipReason> {
        if sheet.text.is_empty() {
            return Ok(0);
        }
        sheet.end_row(row);
        self.hand_out(Part {
            member,
            format: Format::Xlsx,
            text: &sheet.text,
            fields: &sheet.fields,
            headings: &sheet.headings,
            in_place: false,
            source: Source::Extracted,
            place: PartPlace::Sheet(&|start| sheet.cell(start)),
        })?;
        let size = sheet.text.len() as u64;
        sheet.clear();
        Ok(size)
    }
}

/// Comments, threads of comments, and text boxes.
fn is_annotation(name: &str) -> bool {
    let lies_in = |folder: &str| name.strip_prefix("xl/").is_some_and(|name| name.starts_with(folder));
    name.ends_with(".xml") && (lies_in("comments") || lies_in("threadedComments/") || lies_in("drawings/"))
}

fn reason(error: &XlsxError) -> SkipReason {
    match error {
        XlsxError::Password => SkipReason::InvalidEncryption,
        _ => SkipReason::MalformedFile,
    }
}
