//! The audit log has the digest of every receipt, from the moment on when its upload comes to rest.

use pillbox_model::{Failure, FileState, Timestamp, UploadState};
use pillbox_store::{Entry, Store};
use serde::Serialize;
use ts_rs::TS;

use super::json;
use super::source::Source;
use crate::app::App;
use crate::upload::blocking;

/// The entry of the audit log; its subject is the upload's id.
const MADE: &str = "receipt.made";
/// Uploads that are listed.
const LISTED: u32 = 1000;

/// A receipt that is on the record.
pub(super) struct Made {
    /// The number of its entry.
    pub(super) entry: u64,
    /// The upload.
    pub(super) upload: String,
    /// When.
    pub(super) at: Timestamp,
    /// The SHA-256 of its canonical form, in hexadecimal.
    pub(super) sha256: String,
    /// The hash of its entry, in hexadecimal.
    pub(super) entry_hash: String,
}

/// An upload and its newest receipt, in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReceiptRow {
    /// The upload's id.
    pub upload: String,
    /// The bucket.
    pub bucket: String,
    /// How far the upload is.
    pub state: UploadState,
    /// When it was begun.
    pub begun_at: Timestamp,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
    /// Files in all.
    pub files: u64,
    /// Of these, safe.
    pub safe: u64,
    /// The SHA-256 of the newest receipt, in hexadecimal; nothing where none is on the record.
    pub sha256: Option<String>,
    /// When that was made.
    pub made_at: Option<Timestamp>,
}

impl App {
    /// Makes an upload's receipt and signs it into the audit log. An upload that never began to send has none.
    ///
    /// # Errors
    /// What the store says.
    pub(crate) async fn make_receipt(&self, upload: &str) -> Result<(), Failure> {
        if self.store.runs(upload)?.is_empty() {
            return Ok(());
        }
        let (store, id): (Store, _) = (self.store.clone(), upload.to_owned());
        let (sha256, state) = blocking(move || {
            let source = Source::open(&store, &id)?;
            Ok::<_, Failure>((json::digest(&source)?, source.upload.state))
        })
        .await??;
        self.record(MADE, upload, serde_json::json!({ "sha256": sha256, "state": state }))
    }

    /// The receipts on the record, of one upload or of all, oldest first.
    pub(super) fn receipts_made(&self, upload: Option<&str>) -> Result<Vec<Made>, Failure> {
        Ok(self.store.audit_of(MADE, upload)?.into_iter().map(made).collect())
    }

    /// Uploads that began to send, with their newest receipts, newest upload first; in one bucket, or in any.
    ///
    /// # Errors
    /// What the store says.
    pub fn receipts(&self, bucket: Option<&str>) -> Result<Vec<ReceiptRow>, Failure> {
        let made = self.receipts_made(None)?;
        let mut rows = Vec::new();
        for upload in self.store.uploads(LISTED)? {
            let is_elsewhere = bucket.is_some_and(|bucket| upload.bucket != bucket);
            if is_elsewhere || upload.state == UploadState::Draft {
                continue;
            }
            let totals = self.store.file_totals(&upload.id)?;
            let newest = made.iter().rev().find(|made| made.upload == upload.id);
            rows.push(ReceiptRow {
                files: totals.by_state.iter().map(|total| total.files).sum(),
                safe: totals.files_in(&[FileState::Verified, FileState::AlreadyThere]),
                upload: upload.id,
                bucket: upload.bucket,
                state: upload.state,
                begun_at: upload.created_at,
                ended_at: upload.finished_at,
                sha256: newest.map(|made| made.sha256.clone()),
                made_at: newest.map(|made| made.at),
            });
        }
        Ok(rows)
    }
}

fn made(entry: Entry) -> Made {
    Made {
        entry: entry.number,
        upload: entry.subject,
        at: entry.at,
        sha256: entry.details["sha256"].as_str().unwrap_or_default().to_owned(),
        entry_hash: entry.hash,
    }
}
