//! Receipts as the window shows them.

use std::path::PathBuf;
use std::sync::Arc;

use pillbox_model::{ErrorCode, Failure, FileState, ReadBack};

use super::document::STORED;
use super::export::ReceiptForm;
use super::made::ReceiptRow;
use super::source::Source;
use super::verify::ReceiptOf;
use crate::app::App;
use crate::wire::{Notice, Receipt, ReceiptChecked};

/// Objects that are named in the window where they are not as the receipt says.
const NAMED: usize = 200;

impl App {
    /// What an upload did, by its journal.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`] for an upload that is not in the journal.
    pub async fn receipt(&self, upload: &str) -> Result<Receipt, Failure> {
        let head = Source::open(&self.store, upload)?.head(false)?;
        let upload = self.store.upload(upload)?.ok_or(ErrorCode::NotFound)?;
        let made = self.receipts_made(Some(&upload.id))?.pop();
        let files = |states: &[FileState]| -> u64 {
            head.by_state.iter().filter(|total| states.contains(&total.state)).map(|total| total.files).sum()
        };
        let checksum_compared = self.store.proved_by(&upload.id, FileState::Verified, ReadBack::Checksum)?;
        let stored = files(&STORED);
        let already_there = files(&[FileState::AlreadyThere]);
        let left_out = files(&[FileState::LeftOut]);
        Ok(Receipt {
            created_at: head.begun_at,
            finished_at: head.ended_at,
            millis: head.millis,
            stored: stored - already_there,
            read_back: files(&[FileState::Verified]).saturating_sub(checksum_compared),
            checksum_compared,
            already_there,
            left_out,
            not_sent: head.files - stored - left_out,
            bytes: head.by_state.iter().filter(|total| total.state.is_safe()).map(|total| total.bytes).sum(),
            sha256: made.as_ref().map(|made| made.sha256.clone()),
            made_at: made.map(|made| made.at),
            runs: head.runs,
            detections: head.detections,
            decisions: head.decisions,
            concerns: head.concerns,
            upload: self.view(&upload).await?,
        })
    }

    /// The uploads to the bucket of the connection in use, with their receipts, newest first.
    ///
    /// # Errors
    /// [`ErrorCode::NotConnected`]; what the store says.
    pub fn receipts_here(&self) -> Result<Vec<ReceiptRow>, Failure> {
        let connection = self.current_connection()?.ok_or_else(Self::not_connected)?;
        self.receipts(Some(&connection.bucket))
    }

    /// Writes a receipt where a person said in a dialog, which asks before it lets a file be replaced.
    ///
    /// # Errors
    /// As [`App::export_receipt_to`].
    pub async fn save_receipt(
        self: &Arc<Self>,
        upload: &str,
        form: ReceiptForm,
        names: bool,
        file: PathBuf,
    ) -> Result<(), Failure> {
        self.export_receipt_to(upload, form, names, file, true).await
    }

    /// Compares an upload's receipt with the record and with the bucket of the connection in use, and tells how far it is.
    ///
    /// # Errors
    /// [`ErrorCode::AlreadyRunning`]; [`ErrorCode::OtherConnection`] for an upload to elsewhere; what connecting says.
    pub async fn check_receipt(self: &Arc<Self>, upload: &str) -> Result<ReceiptChecked, Failure> {
        let session = self.session().await?;
        let record = self.check_record(&ReceiptOf::Upload(upload.to_owned())).await?;
        let tell = |progress| Notice::ReceiptProgress { upload: upload.to_owned(), progress };
        let mut problems = Vec::new();
        let keep = |problem| {
            if problems.len() < NAMED {
                problems.push(problem);
            }
        };
        let check = self
            .run_here(&check_name(upload), tell, |stop, counters| async move {
                self.check_objects(&session, record, true, &stop, &counters, keep).await
            })
            .await?;
        problems.sort_by_key(|problem| problem.number);
        Ok(ReceiptChecked { check, problems })
    }

    /// Ends a comparison that goes on.
    pub async fn stop_check(&self, upload: &str) {
        self.stop_run(&check_name(upload)).await;
    }
}

/// The name under which a receipt is compared once at a time.
fn check_name(upload: &str) -> String {
    format!("receipt/{upload}")
}
