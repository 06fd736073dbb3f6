//! Whether the objects of a receipt lie in the bucket as it says.

use std::sync::Arc;

use futures::{Stream, StreamExt, stream};
use pillbox_aws::ObjectHead;
use pillbox_model::{ErrorCode, Failure};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use tokio::sync::mpsc::Receiver;
use tokio_util::sync::CancellationToken;
use ts_rs::TS;

use crate::connect::Session;
use crate::upload::Counters;

/// Objects that are asked for at once.
const AT_ONCE: usize = 64;

/// What looking for an object came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum ObjectAnswer {
    /// It is there as the receipt says, and is what a reader gets.
    Agrees,
    /// It is not there any more.
    Missing,
    /// It is there as the receipt says, under another version that a reader gets.
    Replaced,
    /// It is there as the receipt says, and a delete marker hides it.
    Hidden,
    /// Other bytes are there.
    Different,
    /// It could not be compared: never counts as agreeing.
    Unknown,
}

/// An object that is not as a receipt says, or could not be compared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReceiptProblem {
    /// The file's number in the upload.
    pub number: u64,
    /// Its key, hidden where it tells a patient's name and was not asked for.
    pub key: String,
    /// What looking for it came to.
    pub answer: ObjectAnswer,
    /// Why it could not be compared.
    pub code: Option<ErrorCode>,
}

/// An object as a receipt says that it lies there.
pub(super) struct Expected {
    pub(super) number: u64,
    pub(super) key: String,
    /// The key as it is told.
    pub(super) shown: String,
    pub(super) version: Option<String>,
    pub(super) sha256: [u8; 32],
    /// In bytes, where the receipt says it: not of a blacked-out copy.
    pub(super) size: Option<u64>,
}

/// Looks for the objects, many at once, in no order.
///
/// # Errors
/// Per object: what is trouble with all of them. What concerns one alone is its answer.
pub(super) fn answers<'s>(
    session: &'s Session,
    expected: Receiver<Expected>,
    stop: &'s CancellationToken,
    counters: &'s Arc<Counters>,
) -> impl Stream<Item = Result<ReceiptProblem, Failure>> + 's {
    let all = stream::unfold(expected, |mut expected| async { Some((expected.recv().await?, expected)) });
    all.map(move |expected| async move {
        let looked = tokio::select! {
            looked = look_for(session, &expected) => looked,
            () = stop.cancelled() => return Err(ErrorCode::Cancelled.into()),
        };
        let (answer, code) = match looked {
            Ok(answer) => (answer, None),
            Err(failure) if concerns_one(failure.code) => (ObjectAnswer::Unknown, Some(failure.code)),
            Err(failure) => return Err(failure),
        };
        counters.file(expected.size.unwrap_or_default(), answer != ObjectAnswer::Agrees);
        Ok(ReceiptProblem { number: expected.number, key: expected.shown, answer, code })
    })
    .buffer_unordered(AT_ONCE)
}

/// Whether trouble with one object says nothing of the others.
const fn concerns_one(code: ErrorCode) -> bool {
    matches!(
        code,
        ErrorCode::AccessDenied
            | ErrorCode::ManagedByOrganisation
            | ErrorCode::ObjectArchived
            | ErrorCode::ObjectNotDecryptable
            | ErrorCode::ChecksumMismatch
            | ErrorCode::InvalidInput
            | ErrorCode::KeyNotUsable
    )
}

async fn look_for(session: &Session, expected: &Expected) -> Result<ObjectAnswer, Failure> {
    let bucket = &session.connection.bucket;
    let current = session.client.head(bucket, &expected.key, None).await?;
    let is_named = |head: &ObjectHead| expected.version.is_none() || head.version_id == expected.version;
    let on_top = match current {
        Some(head) if is_named(&head) => return compare(session, expected, &head).await,
        on_top => on_top,
    };
    let Some(version) = &expected.version else { return Ok(ObjectAnswer::Missing) };
    let Some(beneath) = session.client.head(bucket, &expected.key, Some(version)).await? else {
        return Ok(ObjectAnswer::Missing);
    };
    Ok(match (compare(session, expected, &beneath).await?, on_top) {
        (ObjectAnswer::Agrees, Some(_)) => ObjectAnswer::Replaced,
        (ObjectAnswer::Agrees, None) => ObjectAnswer::Hidden,
        (other, _) => other,
    })
}

/// Compares what the store says of an object; where it keeps no SHA-256 of the whole, the object is read.
async fn compare(session: &Session, expected: &Expected, head: &ObjectHead) -> Result<ObjectAnswer, Failure> {
    if expected.size.is_some_and(|size| size != head.size) {
        return Ok(ObjectAnswer::Different);
    }
    let sha256 = match head.sha256 {
        Some(sha256) => sha256,
        None => match read(session, expected, head).await {
            Err(failure) if failure.code == ErrorCode::NoSuchObject => return Ok(ObjectAnswer::Missing),
            read => read?,
        },
    };
    Ok(if sha256 == expected.sha256 { ObjectAnswer::Agrees } else { ObjectAnswer::Different })
}

async fn read(session: &Session, expected: &Expected, head: &ObjectHead) -> Result<[u8; 32], Failure> {
    let (bucket, version) = (&session.connection.bucket, head.version_id.as_deref());
    let mut body = session.client.get(bucket, &expected.key, version, None).await?;
    let mut sum = Sha256::new();
    while let Some(chunk) = body.chunk().await? {
        sum.update(&chunk);
    }
    Ok(sum.finalize().into())
}
