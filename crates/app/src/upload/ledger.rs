//! What a run says of its files, written into the journal many at a time.
//!
//! What is not written when the program is killed is found out again by asking the bucket: a file that the journal
//! calls ready and that lies there already is compared, not sent twice. So a file need not wait until the disk has
//! what is said of it, and of several things that are said of one only the last is written.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use pillbox_model::{Failure, Upload, UploadFile};
use pillbox_store::{ObjectFindings, ScanPlace, SentObject, Store};
use tokio::sync::Notify;

use super::large::blocking;
use crate::app::locked;

/// How long what is said is gathered before it is written: a small file is mostly through by then, and is written once.
const GATHERED: Duration = Duration::from_millis(100);

/// The ledger of one run.
pub(super) struct Ledger {
    store: Store,
    upload: String,
    place: ScanPlace,
    /// By the files' numbers.
    unwritten: Mutex<BTreeMap<u64, Said>>,
    /// Held while a batch is taken and written, so that an older word never comes after a newer one.
    writing: Mutex<()>,
    news: Notify,
}

/// What was said of a file last.
struct Said {
    file: UploadFile,
    proved: Option<Proved>,
}

/// What is known of a file that is safe.
struct Proved {
    /// What was found in its object.
    findings: ObjectFindings,
    /// What became of it.
    sent: Option<SentObject>,
}

impl Ledger {
    pub(super) fn new(store: Store, upload: &Upload) -> Self {
        Self {
            store,
            upload: upload.id.clone(),
            place: place_of(upload),
            unwritten: Mutex::default(),
            writing: Mutex::default(),
            news: Notify::new(),
        }
    }

    /// Says how a file stands. It is written soon, and by [`Ledger::write`] at the latest.
    pub(super) fn note(&self, file: &UploadFile) {
        self.say(file, None);
    }

    /// Says that a file is safe, what was found in its object, and what became of it; all is written in one transaction.
    pub(super) fn proved(&self, file: &UploadFile, findings: ObjectFindings, sent: Option<SentObject>) {
        self.say(file, Some(Proved { findings, sent }));
    }

    fn say(&self, file: &UploadFile, proved: Option<Proved>) {
        locked(&self.unwritten).insert(file.number, Said { file: file.clone(), proved });
        self.news.notify_one();
    }

    /// Writes what was said so far.
    ///
    /// # Errors
    /// What the store says; what was to be written then is said again by the next run.
    pub(super) fn write(&self) -> Result<(), Failure> {
        let _writing = locked(&self.writing);
        let said = std::mem::take(&mut *locked(&self.unwritten));
        if said.is_empty() {
            return Ok(());
        }
        let (mut files, mut found, mut sent) = (Vec::with_capacity(said.len()), Vec::new(), Vec::new());
        for Said { file, proved } in said.into_values() {
            files.push(file);
            let Some(proved) = proved else { continue };
            found.push(proved.findings);
            sent.extend(proved.sent);
        }
        self.store.update_files_and_keep(&self.upload, &files, &self.place, &sent, &found)
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

/// Where an upload goes, told from a bucket of the same name elsewhere.
pub(super) fn place_of(upload: &Upload) -> ScanPlace {
    ScanPlace {
        endpoint: upload.endpoint.clone(),
        account_id: upload.account_id.clone(),
        bucket: upload.bucket.clone(),
    }
}

/// What became of a file that was proved; `None` of one whose path asks for no key any more.
pub(super) fn what_became(upload: &Upload, file: &UploadFile, look: &str) -> Option<SentObject> {
    let sum = |hexadecimal: &Option<String>| hex::decode(hexadecimal.as_deref()?).ok()?.try_into().ok();
    Some(SentObject {
        wanted: pillbox_files::object_key(&upload.prefix, &file.relative).ok()?,
        key: file.key.clone(),
        sha256: sum(&file.sha256)?,
        sent_sha256: sum(&file.sent_sha256)?,
        e_tag: file.e_tag.clone().unwrap_or_default(),
        version_id: file.version_id.clone(),
        look: look.to_owned(),
        decision: file.decision.clone(),
        counts: file.counts.clone(),
        name_in_key: file.name_in_key,
    })
}
