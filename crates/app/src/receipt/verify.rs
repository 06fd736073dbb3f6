//! `verify`: a receipt against the record, and against the bucket.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::pin::pin;
use std::sync::Arc;

use futures::StreamExt;
use pillbox_model::{ErrorCode, Failure, Phase, Timestamp, UploadFile};
use serde::{Deserialize, Serialize};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;
use ts_rs::TS;

use super::bucket::{Expected, ObjectAnswer, ReceiptProblem, answers};
use super::document::{ReceiptFile, ReceiptHead};
use super::json;
use super::names::{NameDigests, Shown};
use super::source::Source;
use crate::app::App;
use crate::connect::Session;
use crate::names::hidden_name;
use crate::upload::{Counters, blocking};

/// Objects that wait to be looked for.
const AHEAD: usize = 256;

/// Which receipt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReceiptOf {
    /// That of an upload in the journal.
    Upload(String),
    /// One that was exported as JSON.
    File(PathBuf),
}

/// Whether a receipt is the one on the record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum RecordAnswer {
    /// It is, to the letter.
    Agrees,
    /// It is another: the file was edited, or the journal.
    Differs,
    /// The upload is not over and has gone on since its last receipt.
    Unfinished,
    /// There is none of this upload.
    NotOnRecord,
    /// The record does not agree with itself.
    RecordBroken,
}

/// A receipt compared with the record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordCheck {
    /// Which receipt.
    pub of: ReceiptOf,
    /// What the receipt says of the upload.
    pub head: ReceiptHead,
    /// The SHA-256 of its canonical form, in hexadecimal.
    pub sha256: String,
    /// Whether it is the one on the record.
    pub answer: RecordAnswer,
    /// When that was made.
    pub made_at: Option<Timestamp>,
    /// The objects that it calls stored.
    pub stored: u64,
    /// Their size in bytes.
    pub bytes: u64,
}

/// A receipt compared with the record and with the bucket.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReceiptCheck {
    /// The upload's id.
    pub upload: String,
    /// Whether it is the one on the record.
    pub record: RecordAnswer,
    /// When that was made.
    pub made_at: Option<Timestamp>,
    /// The SHA-256 of the receipt, in hexadecimal.
    pub sha256: String,
    /// Objects that the receipt calls stored.
    pub objects: u64,
    /// Of these, there as it says.
    pub agree: u64,
    /// Not there any more.
    pub missing: u64,
    /// Under another version.
    pub replaced: u64,
    /// Under a delete marker.
    pub hidden: u64,
    /// Other bytes are there.
    pub different: u64,
    /// Could not be compared, or were not looked for.
    pub unknown: u64,
    /// Why not all were looked for.
    pub error: Option<crate::wire::ApiError>,
}

impl ReceiptCheck {
    /// Whether something is not as the receipt says, or the receipt not as it was recorded.
    pub const fn differs(&self) -> bool {
        matches!(self.record, RecordAnswer::Differs | RecordAnswer::RecordBroken)
            || self.missing + self.replaced + self.hidden + self.different > 0
    }

    /// Whether everything is as the receipt says.
    pub const fn agrees(&self) -> bool {
        matches!(self.record, RecordAnswer::Agrees) && self.agree == self.objects && self.error.is_none()
    }
}

impl App {
    /// Compares a receipt with the audit log, and the log with itself.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`] for an upload that is not in the journal; [`ErrorCode::ReceiptNotUnderstood`] for a file
    /// that is no receipt; [`ErrorCode::InvalidInput`] for one that can't be read; what the store says.
    pub async fn check_record(self: &Arc<Self>, of: &ReceiptOf) -> Result<RecordCheck, Failure> {
        let (app, of) = (Arc::clone(self), of.clone());
        blocking(move || match &of {
            ReceiptOf::Upload(upload) => app.check_journal(upload),
            ReceiptOf::File(file) => app.check_file(file),
        })
        .await?
    }

    fn check_journal(&self, upload: &str) -> Result<RecordCheck, Failure> {
        let source = Source::open(&self.store, upload)?;
        let (mut stored, mut bytes) = (0, 0);
        source.each(|file| {
            if source.entry(file, false).is_stored() {
                (stored, bytes) = (stored + 1, bytes + file.size);
            }
            Ok(())
        })?;
        let sha256 = json::digest(&source)?;
        let newest = self.receipts_made(Some(upload))?.pop();
        let answer = match &newest {
            None => RecordAnswer::NotOnRecord,
            Some(made) if made.sha256 == sha256 => RecordAnswer::Agrees,
            Some(_) if source.upload.state.is_terminal() => RecordAnswer::Differs,
            Some(_) => RecordAnswer::Unfinished,
        };
        Ok(RecordCheck {
            of: ReceiptOf::Upload(upload.to_owned()),
            head: source.head(false)?,
            sha256,
            answer: self.unless_broken(answer)?,
            made_at: newest.map(|made| made.at),
            stored,
            bytes,
        })
    }

    fn check_file(&self, file: &Path) -> Result<RecordCheck, Failure> {
        let (mut stored, mut bytes, mut are_names_true) = (0, 0, true);
        let mut journal = None;
        let read = json::read_receipt(opened(file)?, |head, file| {
            if file.is_stored() {
                (stored, bytes) = (stored + 1, bytes + file.size);
            }
            let journal = match &journal {
                Some(journal) => journal,
                None => journal.insert(self.journal_of(head)?),
            };
            are_names_true &= named(head, &file, journal.as_ref())?.is_true;
            Ok(())
        })?;
        are_names_true &= is_prefix_true(&read.head);
        let made = self.receipts_made(Some(&read.head.upload))?;
        let on_record = made.iter().rev().find(|made| made.sha256 == read.digest);
        let answer = match on_record {
            Some(_) if read.is_as_written && are_names_true => RecordAnswer::Agrees,
            None if made.is_empty() => RecordAnswer::NotOnRecord,
            _ => RecordAnswer::Differs,
        };
        Ok(RecordCheck {
            of: ReceiptOf::File(file.to_owned()),
            made_at: on_record.map(|made| made.at),
            answer: self.unless_broken(answer)?,
            head: read.head,
            sha256: read.digest,
            stored,
            bytes,
        })
    }

    /// What a record says that does not agree with itself says nothing.
    fn unless_broken(&self, answer: RecordAnswer) -> Result<RecordAnswer, Failure> {
        let is_whole = self.store.verify_audit()?.broken_at.is_none();
        Ok(if is_whole { answer } else { RecordAnswer::RecordBroken })
    }

    fn journal_of(&self, head: &ReceiptHead) -> Result<Option<Source<'_>>, Failure> {
        match Source::open(&self.store, &head.upload) {
            Ok(source) => Ok(Some(source)),
            Err(failure) if failure.code == ErrorCode::NotFound => Ok(None),
            Err(failure) => Err(failure),
        }
    }

    /// Looks for every object that a receipt calls stored; `each` gets those that are not as it says, as they are found.
    /// Keys that tell a patient's name are hidden unless `reveal` asks for them. It is on the record.
    ///
    /// # Errors
    /// [`ErrorCode::OtherConnection`] for a session that leads elsewhere; [`ErrorCode::InvalidInput`] for a file without
    /// keys whose upload is not on this computer; what the store says. What ends it half-way is part of the answer.
    pub async fn check_objects(
        self: &Arc<Self>,
        session: &Session,
        record: RecordCheck,
        reveal: bool,
        stop: &CancellationToken,
        counters: &Arc<Counters>,
        mut each: impl FnMut(ReceiptProblem),
    ) -> Result<ReceiptCheck, Failure> {
        let head = &record.head;
        if !session.leads_to_place(&head.bucket, head.endpoint.as_deref(), head.account_id.as_deref()) {
            return Err(Failure::about(ErrorCode::OtherConnection, head.bucket.clone()));
        }
        counters.begin(Phase::Checking, record.stored, record.bytes);
        let (give, take) = mpsc::channel(AHEAD);
        let (app, of) = (Arc::clone(self), record.of.clone());
        let giving = tokio::task::spawn_blocking(move || app.give_objects(&of, reveal, &give));
        let mut check = ReceiptCheck {
            upload: head.upload.clone(),
            record: record.answer,
            made_at: record.made_at,
            sha256: record.sha256,
            objects: record.stored,
            agree: 0,
            missing: 0,
            replaced: 0,
            hidden: 0,
            different: 0,
            unknown: 0,
            error: None,
        };
        let mut failed = None;
        {
            let mut answers = pin!(answers(session, take, stop, counters));
            while let Some(answer) = answers.next().await {
                match answer {
                    Ok(problem) => {
                        check.count(problem.answer);
                        if problem.answer != ObjectAnswer::Agrees {
                            each(problem);
                        }
                    }
                    Err(failure) => {
                        failed = Some(failure);
                        break;
                    }
                }
            }
        }
        counters.turn(Phase::Done);
        let given = giving.await.map_err(|_| ErrorCode::Internal)?;
        if failed.is_none() {
            given?;
        }
        check.unknown = check.objects - (check.agree + check.missing + check.replaced + check.hidden + check.different);
        check.error = failed.map(Into::into);
        self.record(
            "receipt.verified",
            &check.upload,
            serde_json::json!({ "caller": session.caller_arn, "found": check }),
        )?;
        Ok(check)
    }

    /// Hands the objects of a receipt on, until nobody takes them any more.
    fn give_objects(&self, of: &ReceiptOf, reveal: bool, give: &mpsc::Sender<Expected>) -> Result<(), Failure> {
        let gone = |_| Failure::new(ErrorCode::Cancelled);
        match of {
            ReceiptOf::Upload(upload) => {
                let source = Source::open(&self.store, upload)?;
                let shown = Shown { app: self, reveal, neutral: source.upload.neutral_names };
                source.each(|file| match expected(&source.entry(file, false), &file.key, shown.key(file)) {
                    Some(expected) => give.blocking_send(expected).map_err(gone),
                    None => Ok(()),
                })
            }
            ReceiptOf::File(file) => {
                let mut journal = None;
                json::read_receipt(opened(file)?, |head, entry| {
                    let journal = match &journal {
                        Some(journal) => journal,
                        None => journal.insert(self.journal_of(head)?),
                    };
                    let named = named(head, &entry, journal.as_ref())?;
                    let Some(key) = named.key else {
                        let what = "there are no keys in it, and its upload is not on this computer";
                        let nowhere = Err(Failure::about(ErrorCode::InvalidInput, what));
                        return if journal.is_some() { Ok(()) } else { nowhere };
                    };
                    let shown = Shown { app: self, reveal, neutral: head.neutral_names };
                    let shown = match &named.file {
                        Some(file) => shown.key(file),
                        None if reveal => key.clone(),
                        // Whether it tells a patient's name is known where the file was looked into.
                        None => hidden_name(&key),
                    };
                    match expected(&entry, &key, shown) {
                        Some(expected) => give.blocking_send(expected).map_err(gone),
                        None => Ok(()),
                    }
                })
                .map(drop)
            }
        }
    }
}

impl ReceiptCheck {
    fn count(&mut self, answer: ObjectAnswer) {
        let counted = match answer {
            ObjectAnswer::Agrees => &mut self.agree,
            ObjectAnswer::Missing => &mut self.missing,
            ObjectAnswer::Replaced => &mut self.replaced,
            ObjectAnswer::Hidden => &mut self.hidden,
            ObjectAnswer::Different => &mut self.different,
            ObjectAnswer::Unknown => &mut self.unknown,
        };
        *counted += 1;
    }
}

fn opened(file: &Path) -> Result<File, Failure> {
    File::open(file).map_err(|_| Failure::about(ErrorCode::InvalidInput, "the receipt can't be read"))
}

/// An entry's names, as far as they are known.
struct Named {
    key: Option<String>,
    /// The file in the journal, where it is the one that the receipt means.
    file: Option<UploadFile>,
    /// Whether all that is known of them agrees with their digest.
    is_true: bool,
}

/// The names of an entry: those beside it, or those of the journal that have its digest.
fn named(head: &ReceiptHead, entry: &ReceiptFile, journal: Option<&Source<'_>>) -> Result<Named, Failure> {
    let file = journal.map(|journal| journal.file(entry.number)).transpose()?.flatten();
    let is_meant =
        |file: &UploadFile| journal.is_some_and(|journal| journal.entry(file, false).name_digest == entry.name_digest);
    let meant = file.filter(is_meant);
    Ok(match (&entry.name, &entry.key) {
        (Some(name), Some(key)) => {
            let digests = head.salt.as_deref().and_then(salt);
            let is_true = digests.is_some_and(|digests| digests.of(entry.number, name, key) == entry.name_digest);
            Named { key: Some(key.clone()), file: meant, is_true }
        }
        (None, None) => {
            let is_true = journal.is_none() || meant.is_some();
            Named { key: meant.as_ref().map(|file| file.key.clone()), file: meant, is_true }
        }
        _ => Named { key: None, file: None, is_true: false },
    })
}

fn is_prefix_true(head: &ReceiptHead) -> bool {
    match (&head.prefix, head.salt.as_deref()) {
        (None, None) => true,
        (Some(prefix), Some(text)) => salt(text).is_some_and(|digests| digests.of_prefix(prefix) == head.name_digest),
        _ => false,
    }
}

fn salt(text: &str) -> Option<NameDigests> {
    hex::decode(text).ok()?.try_into().ok().map(NameDigests)
}

/// An object to look for; nothing for a file that the receipt does not call stored, or whose SHA-256 it does not know.
fn expected(entry: &ReceiptFile, key: &str, shown: String) -> Option<Expected> {
    let sha256 = hex::decode(entry.stored_sha256()?).ok()?.try_into().ok()?;
    entry.is_stored().then(|| Expected {
        number: entry.number,
        key: key.to_owned(),
        shown,
        version: entry.version_id.clone(),
        sha256,
        size: entry.sent_sha256.is_none().then_some(entry.size),
    })
}
