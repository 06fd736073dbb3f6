//! What is here and not there, by content: each file's SHA-256 against what the record says became of it and what the
//! bucket lists today. What is the same is called so; the rest goes the way of every upload.

use std::collections::HashSet;
use std::path::Path;
use std::sync::Arc;

use futures::{StreamExt, TryStreamExt};
use pillbox_model::{ErrorCode, Failure, FileState, Phase, Upload, UploadFile};
use pillbox_store::SentObject;
use tokio_util::sync::CancellationToken;

use super::Counters;
use super::conflict::sum_of;
use super::file::unquoted;
use super::journal::{count, files_in};
use super::large::{blocking, sha256_of};
use super::ledger::place_of;
use super::prepare::Sha256Sum;
use crate::app::App;
use crate::connect::Session;

/// Files that are compared at once: most wait for a disk, some for the store.
const AT_ONCE: usize = 16;
/// Files whose comparison is written down at once.
const BATCH: usize = 500;

/// Files that are compared: nothing of them is on its way, and nobody left them out.
const COMPARED: [FileState; 8] = [
    FileState::Found,
    FileState::Ready,
    FileState::NeedsDecision,
    FileState::Conflict,
    FileState::Failed,
    FileState::StoredNotReadBack,
    FileState::Verified,
    FileState::AlreadyThere,
];

/// How files of this computer compare with what lies under the prefix.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Comparison {
    /// Files of which nothing is there, or no longer.
    pub new: u64,
    /// Files that are there as something else: changed here, or there.
    pub changed: u64,
    /// Files that are there as they were sent, but were looked into by other rules than today's.
    pub other_rules: u64,
    /// Files that are there: byte for byte, or as the copy that these bytes became under today's rules.
    pub same: u64,
    /// Objects that no file belongs to. They are left as they are.
    pub only_there: u64,
}

/// What a comparison makes of one file.
#[derive(Debug)]
enum Judged {
    /// Nothing is there. What these very bytes became before goes for them again.
    New(Option<SentObject>),
    /// Something else is there, under this entity tag.
    Changed(String),
    /// It is there, and the rules are others by now.
    OtherRules(String),
    /// It is there as the record says.
    Same(SentObject),
    /// The same bytes are there and the record knows nothing of them: sending proves them.
    Unproved(String),
    /// It can't be read; sending says why.
    Unread,
}

/// A file that was compared, with the listed keys that belong to it.
struct Compared {
    file: UploadFile,
    judged: Judged,
    keys: Vec<String>,
}

impl App {
    /// Compares the files of an upload with what lies under its prefix. What is the same is called safe as the record has
    /// it; everything else is found anew, for the run that follows.
    ///
    /// # Errors
    /// [`ErrorCode::Cancelled`]; what the bucket says of the listing; what the store says.
    pub(super) async fn compare(
        self: &Arc<Self>,
        session: &Session,
        upload: &Upload,
        stop: &CancellationToken,
        counters: &Arc<Counters>,
    ) -> Result<Comparison, Failure> {
        if !session.leads_to(upload) {
            return Err(Failure::about(ErrorCode::OtherConnection, upload.bucket.clone()));
        }
        let (files, bytes) = count(&self.store.file_totals(&upload.id)?, &COMPARED);
        counters.begin(Phase::Listing, files, bytes);
        self.list_what_is_there(session, upload, stop).await?;
        let mut comparison = Comparison::default();
        let compared = files_in(Arc::clone(self), upload.id.clone(), &COMPARED, stop.clone())
            .map_ok(|file| Arc::clone(self).compared(session, upload, file))
            .try_buffer_unordered(AT_ONCE)
            .try_ready_chunks(BATCH);
        let mut compared = std::pin::pin!(compared);
        while let Some(batch) = compared.next().await {
            let batch = batch.map_err(|error| error.1)?;
            for one in &batch {
                counters.file(one.file.size, false);
                comparison.count(&one.judged);
            }
            let (app, upload) = (Arc::clone(self), upload.clone());
            blocking(move || app.keep_comparison(&upload, batch)).await??;
        }
        comparison.only_there = self.store.take_listed(&upload.id)?;
        Ok(comparison)
    }

    async fn list_what_is_there(
        &self,
        session: &Session,
        upload: &Upload,
        stop: &CancellationToken,
    ) -> Result<(), Failure> {
        // Of a comparison that was cut off.
        self.store.take_listed(&upload.id)?;
        let mut listing = session.client.list(&upload.bucket, &upload.prefix);
        while let Some(page) = listing.page().await? {
            if stop.is_cancelled() {
                return Err(ErrorCode::Cancelled.into());
            }
            let page = page.into_iter().map(|listed| {
                let e_tag = listed.e_tag.as_deref().map(unquoted).unwrap_or_default();
                (listed.key, e_tag)
            });
            self.store.keep_listed(&upload.id, &page.collect::<Vec<_>>())?;
        }
        Ok(())
    }

    async fn compared(
        self: Arc<Self>,
        session: &Session,
        upload: &Upload,
        file: UploadFile,
    ) -> Result<Compared, Failure> {
        let path = file.source.clone();
        let Ok(sha256) = blocking(move || sha256_of(Path::new(&path))).await? else {
            return Ok(Compared { file, judged: Judged::Unread, keys: Vec::new() });
        };
        let Ok(wanted) = pillbox_files::object_key(&upload.prefix, &file.relative) else {
            return Ok(Compared { file, judged: Judged::Unread, keys: Vec::new() });
        };
        let record = self.store.sent_objects(&place_of(upload), &[&wanted])?.pop();
        let key = record.as_ref().map_or(&wanted, |record| &record.key);
        let listed = self.store.listed(&upload.id, key)?;
        let keys = if listed.is_some() { vec![key.clone()] } else { Vec::new() };
        let known = record.filter(|record| record.sha256 == sha256);
        let judged = match (listed, known) {
            (None, known) => Judged::New(known.filter(|known| known.look == *self.looking_digest())),
            (Some(e_tag), Some(known)) => self.judged_by_record(session, known, e_tag).await?,
            (Some(e_tag), None) => match self.lies_there(session, &keys, &sha256).await? {
                true => Judged::Unproved(e_tag),
                false => Judged::Changed(e_tag),
            },
        };
        Ok(Compared { file, judged, keys })
    }

    /// A file whose bytes the record knows. An object that was stored again since is compared by its bytes.
    async fn judged_by_record(&self, session: &Session, known: SentObject, e_tag: String) -> Result<Judged, Failure> {
        let untouched = e_tag == known.e_tag && !e_tag.is_empty();
        if !untouched && !self.lies_there(session, std::slice::from_ref(&known.key), &known.sent_sha256).await? {
            return Ok(Judged::Changed(e_tag));
        }
        if known.look != *self.looking_digest() {
            return Ok(Judged::OtherRules(e_tag));
        }
        Ok(Judged::Same(SentObject { e_tag, ..known }))
    }

    /// Whether what lies under a key has these bytes.
    async fn lies_there(&self, session: &Session, keys: &[String], sha256: &Sha256Sum) -> Result<bool, Failure> {
        let Some(key) = keys.first() else { return Ok(false) };
        let bucket = &session.connection.bucket;
        let Some(head) = session.client.head(bucket, key, None).await? else { return Ok(false) };
        let there = match head.sha256 {
            Some(told) => told,
            None => sum_of(session.client.get(bucket, key, head.version_id.as_deref(), None).await?).await?,
        };
        Ok(there == *sha256)
    }

    fn keep_comparison(&self, upload: &Upload, batch: Vec<Compared>) -> Result<(), Failure> {
        let keys: HashSet<String> = batch.iter().flat_map(|one| one.keys.iter().cloned()).collect();
        self.store.mark_ours(&upload.id, &keys.into_iter().collect::<Vec<_>>())?;
        let same = batch.iter().filter_map(|one| match &one.judged {
            Judged::Same(sent) => Some(sent.clone()),
            _ => None,
        });
        let sent: Vec<SentObject> = same.collect();
        let files: Vec<UploadFile> =
            batch.into_iter().filter_map(|Compared { file, judged, .. }| settled(file, judged)).collect();
        self.store.update_files_and_keep(&upload.id, &files, &place_of(upload), &sent, &[])
    }
}

impl Comparison {
    fn count(&mut self, judged: &Judged) {
        match judged {
            Judged::New(_) => self.new += 1,
            Judged::Changed(_) => self.changed += 1,
            Judged::OtherRules(_) => self.other_rules += 1,
            Judged::Same(_) | Judged::Unproved(_) => self.same += 1,
            Judged::Unread => {}
        }
    }
}

/// A file as the comparison leaves it; `None` where it stays as it is.
fn settled(mut file: UploadFile, judged: Judged) -> Option<UploadFile> {
    // Another file has its key: no comparison changes that.
    if file.code == Some(ErrorCode::KeyTaken) {
        return None;
    }
    match judged {
        Judged::Unread => return None,
        Judged::Same(sent) => {
            if !file.state.is_safe() {
                file.state = FileState::AlreadyThere;
            }
            file.sha256 = Some(hex::encode(sent.sha256));
            file.sent_sha256 = Some(hex::encode(sent.sent_sha256));
            file.key = sent.key;
            file.e_tag = Some(sent.e_tag);
            file.version_id = sent.version_id;
            file.decision = sent.decision;
            file.counts = sent.counts;
            file.name_in_key = sent.name_in_key;
        }
        Judged::New(known) => {
            find_anew(&mut file, None);
            // Decided on these very bytes, under today's rules.
            if let Some(known) = known.filter(|known| known.decision.is_some()) {
                file.sha256 = Some(hex::encode(known.sha256));
                file.decision = known.decision;
            }
        }
        Judged::Changed(e_tag) | Judged::OtherRules(e_tag) | Judged::Unproved(e_tag) => {
            find_anew(&mut file, Some(e_tag));
        }
    }
    file.code = None;
    Some(file)
}

/// Has a file looked into and sent anew, over what is there where something is.
fn find_anew(file: &mut UploadFile, there: Option<String>) {
    file.state = FileState::Found;
    file.e_tag = there;
    file.version_id = None;
}
