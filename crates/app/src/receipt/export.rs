//! Receipts for others: to look at, to print, for tables and programs.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use pillbox_model::{ErrorCode, Failure};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::names::Shown;
use super::source::Source;
use super::{csv, html, json};
use crate::app::App;
use crate::objects::create_new;
use crate::upload::blocking;

/// The form of an exported receipt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum ReceiptForm {
    /// A page to read and print.
    Html,
    /// One document, which `pillbox receipt verify` reads.
    Json,
    /// A table with a row a file.
    Csv,
}

impl ReceiptForm {
    /// The extension of a file of this form.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::Json => "json",
            Self::Csv => "csv",
        }
    }
}

impl App {
    /// Writes an upload's receipt. That names of patients are in it (`reveal`) is on the record.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`] for an upload that is not in the journal; [`ErrorCode::DiskFull`];
    /// [`ErrorCode::InvalidInput`] where it can't be written; what the store says.
    pub fn export_receipt(
        &self,
        upload: &str,
        form: ReceiptForm,
        reveal: bool,
        out: &mut dyn Write,
    ) -> Result<(), Failure> {
        let source = Source::open(&self.store, upload)?;
        let details = serde_json::json!({ "form": form, "names": reveal });
        self.record("receipt.exported", upload, details)?;
        let shown = Shown { app: self, reveal, neutral: source.upload.neutral_names };
        match form {
            ReceiptForm::Json => json::write_receipt(&source, reveal, out).map(drop),
            ReceiptForm::Csv => csv::write(&source, &shown, out),
            ReceiptForm::Html => {
                let made = self.receipts_made(Some(upload))?.pop();
                html::write(&source, &shown, made.as_ref(), out)
            }
        }
    }

    /// Writes an upload's receipt into a file for this user alone. A file that is there is replaced where `replace` says
    /// so, and only by a receipt that was written wholly.
    ///
    /// # Errors
    /// As [`App::export_receipt`]; [`ErrorCode::InvalidInput`] about the path when something is there.
    pub async fn export_receipt_to(
        self: &Arc<Self>,
        upload: &str,
        form: ReceiptForm,
        reveal: bool,
        file: PathBuf,
        replace: bool,
    ) -> Result<(), Failure> {
        let (app, upload) = (Arc::clone(self), upload.to_owned());
        blocking(move || {
            if !replace && file.symlink_metadata().is_ok() {
                return Err(Failure::about(ErrorCode::InvalidInput, "something is at this path"));
            }
            let part = beside(&file);
            let written = create_new(&part).and_then(|out| app.write_whole(&upload, form, reveal, out));
            let kept = written.and_then(|()| std::fs::rename(&part, &file).map_err(|error| unwritten(&error)));
            if kept.is_err() {
                // What was not written wholly is no receipt; where nothing was written, there is nothing to remove.
                drop(std::fs::remove_file(&part));
            }
            kept
        })
        .await?
    }

    fn write_whole(&self, upload: &str, form: ReceiptForm, reveal: bool, out: File) -> Result<(), Failure> {
        let mut out = BufWriter::new(out);
        self.export_receipt(upload, form, reveal, &mut out)?;
        let out = out.into_inner().map_err(|error| unwritten(error.error()))?;
        out.sync_all().map_err(|error| unwritten(&error))
    }
}

/// A path in the same folder, which no other receipt is written to.
fn beside(file: &Path) -> PathBuf {
    let mut name = file.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.part", uuid::Uuid::new_v4().simple()));
    file.with_file_name(name)
}

/// What keeps a receipt from being written.
pub(super) fn unwritten(error: &io::Error) -> Failure {
    crate::objects::of_file(error)
}
