//! A receipt as the journal tells it, page by page.

use pillbox_model::{ErrorCode, Failure, FileState, ReadBack, Upload, UploadFile, UploadRun};
use pillbox_store::Store;

use super::document::{FORM, ReceiptFile, ReceiptHead, STORED};
use super::names::NameDigests;

/// Files that are fetched from the journal at once.
const PAGE: u32 = 500;

/// The journal of one upload.
pub(super) struct Source<'s> {
    store: &'s Store,
    pub(super) upload: Upload,
    pub(super) digests: NameDigests,
}

impl<'s> Source<'s> {
    /// # Errors
    /// [`ErrorCode::NotFound`] for an upload that is not in the journal.
    pub(super) fn open(store: &'s Store, upload: &str) -> Result<Self, Failure> {
        let upload = store.upload(upload)?.ok_or(ErrorCode::NotFound)?;
        let digests = NameDigests(store.salt(&upload.id)?);
        Ok(Self { store, upload, digests })
    }

    /// The head, with names or without.
    pub(super) fn head(&self, names: bool) -> Result<ReceiptHead, Failure> {
        let upload = &self.upload;
        let totals = self.store.file_totals(&upload.id)?;
        let runs = self.store.runs(&upload.id)?;
        Ok(ReceiptHead {
            form: FORM.to_owned(),
            upload: upload.id.clone(),
            state: upload.state,
            bucket: upload.bucket.clone(),
            account_id: upload.account_id.clone(),
            endpoint: upload.endpoint.clone(),
            connection: upload.connection.clone(),
            name_digest: self.digests.of_prefix(&upload.prefix),
            prefix: names.then(|| upload.prefix.clone()),
            salt: names.then(|| hex::encode(self.digests.0)),
            begun_at: upload.created_at,
            ended_at: upload.finished_at,
            millis: runs.iter().map(millis_of).sum(),
            runs,
            on_conflict: upload.on_conflict,
            neutral_names: upload.neutral_names,
            accept_unprotected: upload.accept_unprotected.clone(),
            files: totals.by_state.iter().map(|total| total.files).sum(),
            bytes: totals.by_state.iter().map(|total| total.bytes).sum(),
            by_state: totals.by_state,
            detections: totals.by_identifier,
            concerns: self.store.concern_totals(&upload.id, &STORED)?,
            decisions: self.store.decision_totals(&upload.id)?,
        })
    }

    /// How many safe files were proved in each way.
    pub(super) fn proofs(&self) -> Result<Vec<(ReadBack, u64)>, Failure> {
        let totals = self.store.file_totals(&self.upload.id)?;
        let safe: u64 = totals.by_state.iter().filter(|total| total.state.is_safe()).map(|total| total.files).sum();
        let by_checksum = [FileState::Verified, FileState::AlreadyThere]
            .into_iter()
            .map(|state| self.store.proved_by(&self.upload.id, state, ReadBack::Checksum))
            .sum::<Result<u64, Failure>>()?;
        let proofs = [(ReadBack::Whole, safe.saturating_sub(by_checksum)), (ReadBack::Checksum, by_checksum)];
        Ok(proofs.into_iter().filter(|(_, files)| *files > 0).collect())
    }

    /// What the receipt says of a file, with its names or without.
    pub(super) fn entry(&self, file: &UploadFile, names: bool) -> ReceiptFile {
        let is_stored = STORED.contains(&file.state);
        ReceiptFile {
            number: file.number,
            name_digest: self.digests.of(file.number, &file.relative, &file.key),
            name: names.then(|| file.relative.clone()),
            key: names.then(|| file.key.clone()),
            state: file.state,
            code: file.code,
            skip: file.skip,
            proof: file.proof.filter(|_| file.state.is_safe()),
            size: file.size,
            sha256: file.sha256.clone(),
            sent_sha256: file.sent_sha256.clone().filter(|sent| is_stored && file.sha256.as_ref() != Some(sent)),
            e_tag: file.e_tag.clone(),
            version_id: file.version_id.clone(),
            detections: file.counts.clone(),
            concerns: file.concerns.clone(),
            decision: file.decision.clone(),
        }
    }

    /// Every file, in the order of the numbers.
    pub(super) fn each(&self, mut each: impl FnMut(&UploadFile) -> Result<(), Failure>) -> Result<(), Failure> {
        let mut after = 0;
        loop {
            let files = self.store.files_from(&self.upload.id, after, PAGE)?;
            let Some(last) = files.last() else { return Ok(()) };
            after = last.number;
            files.iter().try_for_each(&mut each)?;
        }
    }

    /// The files in some states, in the order of the numbers.
    pub(super) fn each_in(
        &self,
        states: &[FileState],
        mut each: impl FnMut(&UploadFile) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        let mut after = 0;
        loop {
            let files = self.store.files_after(&self.upload.id, after, states, PAGE)?;
            let Some(last) = files.last() else { return Ok(()) };
            after = last.number;
            files.iter().try_for_each(&mut each)?;
        }
    }

    /// The file of a number, where the journal has it.
    pub(super) fn file(&self, number: u64) -> Result<Option<UploadFile>, Failure> {
        self.store.file(&self.upload.id, number)
    }
}

/// How long a run took; nothing for one that did not end.
fn millis_of(run: &UploadRun) -> u64 {
    let ended = run.ended_at.map_or(run.begun_at, |ended| ended.max(run.begun_at));
    u64::try_from(ended.millis() - run.begun_at.millis()).unwrap_or_default()
}
