//! The scan of a bucket's objects.

use std::sync::Arc;

use bytes::Bytes;
use pillbox_model::{Connection, ErrorCode, Failure, FindingState, SkipReason};
use pillbox_store::FindingScope;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use super::source::{Scanned, Scanning, say};
use super::{AHEAD, Render, ScanSummary};
use crate::app::App;
use crate::connect::{DEFAULT_PREFIX, Session};
use crate::findings::{FoundIn, keep_object_findings};

/// The newest uploads whose destinations are asked for.
const MOST_UPLOADS: u32 = 1_000;

impl App {
    /// Scans the objects under a prefix, and keeps a finding for each that holds what is not expected.
    pub(super) async fn scan_prefix(
        self: &Arc<Self>,
        session: &Session,
        prefix: &str,
        stop: &CancellationToken,
        render: &Arc<Render>,
        write: &mut (dyn FnMut(&[u8]) + Send),
        summary: &mut ScanSummary,
    ) -> Result<(), Failure> {
        let bucket = session.connection.bucket.clone();
        let snapshot = self.check(session).await?;
        let job = uuid::Uuid::new_v4().simple().to_string();
        let prescriptions = self.prescription_prefixes(&session.connection)?;
        let mut listing = session.client.list(&bucket, prefix);
        while let Some(page) = listing.page().await? {
            for object in page {
                if stop.is_cancelled() {
                    return Err(ErrorCode::Cancelled.into());
                }
                let scanned = self.scan_object(session, &object.key, stop).await?;
                if let Ok(ScannedObject { scanned, e_tag, version_id }) = &scanned {
                    let found_in = FoundIn {
                        key: &object.key,
                        e_tag,
                        version_id: version_id.as_deref(),
                        size: scanned.bytes,
                        job: &job,
                        state: FindingState::New,
                        mime_type: scanned.look.format.mime_type(),
                        unread: scanned.look.unread,
                    };
                    keep_object_findings(self, &snapshot, &found_in, &scanned.look.detections, self.clock.now())?;
                }
                let is_one = prescriptions.iter().any(|prefix| object.key.starts_with(prefix));
                let scanned = scanned.map(|read| if is_one { read.scanned } else { read.scanned.like_any_text() });
                say(&self.engine(), &object.key, scanned, &**render, write, summary)?;
            }
        }
        self.resolve_what_is_gone(session, prefix, &job, stop).await?;
        if prefix.is_empty() {
            self.keep_bucket_scan(session, summary)?;
        }
        let details = serde_json::json!({
            "files": summary.files, "skipped": summary.skipped, "detections": summary.detections,
        });
        self.record("scan.finished", &bucket, details)
    }

    /// Where prescriptions lie in a connection's bucket: what stands before the date in its destination, and wherever
    /// files were sent.
    fn prescription_prefixes(&self, connection: &Connection) -> Result<Vec<String>, Failure> {
        let template = if connection.prefix.is_empty() { DEFAULT_PREFIX } else { &connection.prefix };
        let fixed = template.split('{').next().unwrap_or_default();
        let folder = fixed.rfind('/').map_or("", |slash| &fixed[..=slash]);
        let uploads = self.store.uploads(MOST_UPLOADS)?.into_iter();
        let sent = uploads.filter(|upload| upload.bucket == connection.bucket).map(|upload| upload.prefix);
        Ok(std::iter::once(folder.to_owned()).chain(sent).collect())
    }

    /// Resolves findings of objects that are no longer there. A finding that the job did not see may as well be
    /// of an object that it could not read, or that was stored meanwhile: each of these is asked for.
    async fn resolve_what_is_gone(
        &self,
        session: &Session,
        prefix: &str,
        job: &str,
        stop: &CancellationToken,
    ) -> Result<(), Failure> {
        let bucket = &session.connection.bucket;
        for key in self.store.keys_not_seen(bucket, prefix, job)? {
            if stop.is_cancelled() {
                return Err(ErrorCode::Cancelled.into());
            }
            match session.client.head(bucket, &key, None).await {
                Ok(None) => {
                    let scope = FindingScope::Object { bucket, key: &key };
                    self.store.resolve_findings::<&str>(scope, &[], self.clock.now())?;
                }
                Ok(Some(_)) => {}
                Err(failure) => drop(skip_of(failure)?),
            }
        }
        Ok(())
    }

    /// Looks into one object. What concerns this object alone is a reason to skip it; what concerns the
    /// connection ends the scan.
    async fn scan_object(
        self: &Arc<Self>,
        session: &Session,
        key: &str,
        stop: &CancellationToken,
    ) -> Result<Result<ScannedObject, SkipReason>, Failure> {
        let mut body = match session.client.get(&session.connection.bucket, key, None, None).await {
            Ok(body) => body,
            Err(failure) => return skip_of(failure).map(Err),
        };
        let e_tag = body.e_tag().unwrap_or_default().trim_matches('"').to_owned();
        let version_id = body.version_id().map(str::to_owned);
        let (sender, chunks) = mpsc::channel(AHEAD);
        let (app, source, stop) = (Arc::clone(self), key.to_owned(), stop.clone());
        let looking = tokio::task::spawn_blocking(move || app.scan_chunks(&source, chunks, &stop));
        let arrived = loop {
            match body.chunk().await {
                // Nobody takes it where looking has ended already; why is what it says.
                Ok(Some(chunk)) => {
                    if sender.send(chunk).await.is_err() {
                        break Ok(());
                    }
                }
                Ok(None) => break Ok(()),
                Err(failure) => break Err(failure),
            }
        };
        drop(sender);
        let scanned = looking.await.map_err(|_| ErrorCode::Internal)?;
        match arrived {
            Ok(()) => Ok(scanned.map(|scanned| ScannedObject { scanned, e_tag, version_id })),
            Err(failure) => skip_of(failure).map(Err),
        }
    }

    fn scan_chunks(
        &self,
        source: &str,
        mut chunks: mpsc::Receiver<Bytes>,
        stop: &CancellationToken,
    ) -> Result<Scanned, SkipReason> {
        let engine = self.engine();
        let mut scanning = Scanning::new(&engine, source, None, stop);
        while let Some(chunk) = chunks.blocking_recv() {
            scanning.take(&chunk)?;
        }
        scanning.end()
    }
}

/// An object's own trouble as a skip reason; anything else goes on as the scan's failure.
fn skip_of(failure: Failure) -> Result<SkipReason, Failure> {
    match failure.code {
        ErrorCode::AccessDenied => Ok(SkipReason::PermissionDenied),
        ErrorCode::NoSuchObject => Ok(SkipReason::SourceObjectNoLongerAvailable),
        ErrorCode::ObjectArchived => Ok(SkipReason::InvalidObjectState),
        ErrorCode::ConnectionLost | ErrorCode::ServiceError | ErrorCode::ChecksumMismatch => {
            Ok(SkipReason::UnableToParseFile)
        }
        _ => Err(failure),
    }
}

/// What an object holds, and which bytes these are.
struct ScannedObject {
    scanned: Scanned,
    e_tag: String,
    version_id: Option<String>,
}
