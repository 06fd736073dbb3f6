//! What a run says of its files, written into the journal many at a time.
//!
//! What is not written when the program is killed is found out again by asking the bucket: a file that the journal
//! calls ready and that lies there already is compared, not sent twice. So a file need not wait until the disk has
//! what is said of it, and of several things that are said of one only the last is written.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use pillbox_model::{Failure, UploadFile};
use pillbox_store::{ObjectFindings, Store};
use tokio::sync::Notify;

use super::large::blocking;
use crate::app::locked;

/// How long what is said is gathered before it is written: a small file is mostly through by then, and is written once.
const GATHERED: Duration = Duration::from_millis(100);

/// What is said of a file, and what was found in the object that it has become.
type Noted = (UploadFile, Option<ObjectFindings>);

/// The ledger of one run.
pub(super) struct Ledger {
    store: Store,
    upload: String,
    /// By the files' numbers.
    unwritten: Mutex<BTreeMap<u64, Noted>>,
    /// Held while a batch is taken and written, so that an older word never comes after a newer one.
    writing: Mutex<()>,
    news: Notify,
}

impl Ledger {
    pub(super) fn new(store: Store, upload: String) -> Self {
        Self { store, upload, unwritten: Mutex::default(), writing: Mutex::default(), news: Notify::new() }
    }

    /// Says how a file stands. It is written soon, and by [`Ledger::write`] at the latest.
    pub(super) fn note(&self, file: &UploadFile) {
        self.say(file, None);
    }

    /// Says that a file is safe, and what was found in its object; both are written in one transaction.
    pub(super) fn note_proved(&self, file: &UploadFile, findings: ObjectFindings) {
        self.say(file, Some(findings));
    }

    fn say(&self, file: &UploadFile, findings: Option<ObjectFindings>) {
        let mut unwritten = locked(&self.unwritten);
        let findings = findings.or_else(|| unwritten.remove(&file.number).and_then(|(_, findings)| findings));
        unwritten.insert(file.number, (file.clone(), findings));
        drop(unwritten);
        self.news.notify_one();
    }

    /// Writes what was said so far.
    ///
    /// # Errors
    /// What the store says; what was to be written then is said again by the next run.
    pub(super) fn write(&self) -> Result<(), Failure> {
        let _writing = locked(&self.writing);
        let files: Vec<Noted> = std::mem::take(&mut *locked(&self.unwritten)).into_values().collect();
        if files.is_empty() { Ok(()) } else { self.store.update_proved_files(&self.upload, &files) }
    }

    /// Writes whenever there is something to write, a batch at a time, and comes back only when that fails.
    pub(super) async fn keep(self: &Arc<Self>) -> Failure {
        loop {
            self.news.notified().await;
            tokio::time::sleep(GATHERED).await;
            let this = Arc::clone(self);
            match blocking(move || this.write()).await {
                Ok(Ok(())) => {}
                Ok(Err(failure)) | Err(failure) => return failure,
            }
        }
    }
}
