//! The hold list: what waits for a person, of all uploads and watch folders, and how it is worked off.

use std::collections::BTreeMap;
use std::sync::Arc;

use pillbox_model::{Decision, ErrorCode, Failure, FileState, UploadState};
use pillbox_store::{HeldFile, HeldFilter};

use crate::app::App;
use crate::upload::{file_row, upload_lease};
use crate::wire::{HeldChoice, HeldDecided, HeldPage, HeldRow};

/// Files that are fetched at once.
const PAGE: u32 = 200;

impl App {
    /// Every file that waits for a person, those of the oldest uploads first: `each` gets one after the other.
    ///
    /// # Errors
    /// What the store says.
    pub fn each_held_file(&self, filter: &HeldFilter, mut each: impl FnMut(&HeldFile)) -> Result<u64, Failure> {
        let mut offset = 0;
        loop {
            let page = self.store.held_files(filter, offset, PAGE)?;
            if page.is_empty() {
                return Ok(offset);
            }
            offset += page.len() as u64;
            page.iter().for_each(&mut each);
        }
    }

    /// How many files on their way into a bucket are held.
    pub(crate) fn held_here(&self, bucket: &str) -> Result<u64, Failure> {
        let totals = self.store.held_totals(&here(bucket))?;
        Ok(totals.iter().map(|(_, files)| files).sum())
    }

    /// A part of what is held on its way into the bucket of the connection in use.
    ///
    /// # Errors
    /// [`ErrorCode::NotConnected`]; what the store says.
    pub fn held_page(&self, offset: u64, limit: u32) -> Result<HeldPage, Failure> {
        let bucket = self.current_connection()?.ok_or_else(Self::not_connected)?.bucket;
        let held = self.store.held_files(&here(&bucket), offset, limit.min(PAGE))?;
        let rules = self.rules();
        let row = |held: HeldFile| {
            let upload = self.store.upload(&held.upload)?.ok_or(ErrorCode::NotFound)?;
            let file = file_row(&upload, &held.file, &rules);
            Ok(HeldRow { upload: held.upload, since: held.since, watch: held.watch, file })
        };
        let files = held.into_iter().map(row).collect::<Result<_, Failure>>()?;
        Ok(HeldPage { total: self.held_here(&bucket)?, files })
    }

    /// Puts a decision on held files, and sends what may be sent with that, in the background.
    ///
    /// # Errors
    /// As [`App::decide_held`]; what connecting says: the decisions stay.
    pub async fn decide_held_here(
        self: &Arc<Self>,
        choices: &[HeldChoice],
        decision: &Decision,
    ) -> Result<HeldDecided, Failure> {
        let mut by_upload = BTreeMap::<&str, Vec<u64>>::new();
        for choice in choices {
            by_upload.entry(&choice.upload).or_default().push(choice.number);
        }
        let mut not_possible = Vec::new();
        for (upload, numbers) in by_upload {
            // One that the program was sending a moment ago is through, or is told to be busy.
            not_possible.extend(self.decide_held(upload, &numbers, decision)?);
            if self.store.upload(upload)?.is_some_and(|upload| !upload.state.is_terminal()) {
                self.start_upload(upload).await?;
            }
        }
        Ok(HeldDecided { held: self.held_page(0, PAGE)?, not_possible })
    }

    /// Puts a decision on held files of one upload. Answers with the names of those on which it can't be carried out; the
    /// others are under way where they are to be sent.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`] for an upload or a file that is not there or not held; [`ErrorCode::AlreadyRunning`] while
    /// files of the upload are on their way; [`ErrorCode::InvalidInput`] about `reason` or `decision`.
    pub fn decide_held(&self, upload: &str, numbers: &[u64], decision: &Decision) -> Result<Vec<String>, Failure> {
        let _lease = self.lease(&upload_lease(upload))?;
        let state = self.store.upload(upload)?.ok_or(ErrorCode::NotFound)?.state;
        if matches!(state, UploadState::Draft | UploadState::Cancelled) {
            return Err(ErrorCode::NotFound.into());
        }
        let not_possible = self.put_decision(upload, numbers, Some(decision))?;
        let is_over = self.store.file_totals(upload)?.by_state.iter().all(|total| is_over(total.state));
        if is_over && !state.is_terminal() {
            self.store.set_upload_state(upload, UploadState::Done, Some(self.clock.now()))?;
        }
        Ok(not_possible)
    }
}

/// Whether nothing more is to be done about a file in this state.
const fn is_over(state: FileState) -> bool {
    state.is_safe() || matches!(state, FileState::LeftOut)
}

/// Files on their way into a bucket.
fn here(bucket: &str) -> HeldFilter {
    HeldFilter { bucket: Some(bucket.to_owned()), ..HeldFilter::default() }
}
