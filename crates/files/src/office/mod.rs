//! Documents that are zip archives of XML: Word, Excel, OpenDocument.

mod flow;
mod package;
mod sheet;
mod spreadsheet;
mod word;

pub(crate) use package::refined;
