//! A scan: look into files or objects and say what was found, one source after the other.

use std::collections::HashMap;
use std::io::Read;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use bytes::Bytes;
use pillbox_detect::Engine;
use pillbox_files::Entry;
use pillbox_model::{Detection, ErrorCode, Failure, FindingState, IdentifierId, Severity, SkipReason};
use pillbox_store::FindingScope;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use crate::app::App;
use crate::connect::Session;
use crate::findings::{FoundIn, keep_object_findings};
use crate::look::{Look, LookStream, look_into};

/// Bytes that are read at once.
const CHUNK: usize = 256 * 1024;
/// Chunks and results that wait for who takes them.
const AHEAD: usize = 4;

/// Takes a source and what it holds; `Break` when nobody wants more.
type Say<'a> = &'a mut dyn FnMut(String, Result<Scanned, SkipReason>) -> ControlFlow<()>;

/// What is scanned.
pub enum ScanTarget {
    /// A file or a folder.
    Path(PathBuf),
    /// Bytes from somewhere that has no name, such as standard input.
    Reader(Box<dyn Read + Send>),
    /// The objects under a prefix of the session's bucket.
    Prefix(Box<Session>, String),
}

/// What a scan says, source by source.
pub enum ScanEvent<'a> {
    /// A source was looked into.
    Scanned {
        /// A path below what was named, a key, or `-`.
        source: &'a str,
        /// Its size.
        bytes: u64,
        /// What was found, with the severity that its number makes.
        detections: &'a [(Detection, Severity)],
        /// Whether the source's own name carries something that was found in it.
        name_is_sensitive: bool,
    },
    /// A source was not looked into.
    Skipped {
        /// A path below what was named, a key, or `-`.
        source: &'a str,
        /// Why.
        reason: SkipReason,
    },
}

/// What a scan came to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ScanSummary {
    /// Sources that were looked into.
    pub files: u64,
    /// Their bytes.
    pub bytes: u64,
    /// Sources that were not.
    pub skipped: u64,
    /// What was found in all.
    pub detections: u64,
}

impl App {
    /// Scans a target; `each` gets what was found, source by source.
    ///
    /// # Errors
    /// [`ErrorCode::Cancelled`] when stopped; for a bucket what listing says: an incomplete list is an
    /// error, never a clean result.
    pub async fn scan(
        self: &Arc<Self>,
        target: ScanTarget,
        stop: &CancellationToken,
        each: &mut (dyn FnMut(ScanEvent<'_>) + Send),
    ) -> Result<ScanSummary, Failure> {
        let mut summary = ScanSummary::default();
        match target {
            ScanTarget::Path(path) => {
                let app = Arc::clone(self);
                self.scan_beside(move |stop, say| app.scan_path(&path, stop, say), stop, &mut summary, each).await?;
            }
            ScanTarget::Reader(mut reader) => {
                let app = Arc::clone(self);
                let read = move |stop: &CancellationToken, say: Say<'_>| {
                    let _ = say("-".to_owned(), app.scan_reader("-", &mut reader, stop));
                };
                self.scan_beside(read, stop, &mut summary, each).await?;
            }
            ScanTarget::Prefix(session, prefix) => {
                self.scan_prefix(&session, &prefix, stop, &mut summary, each).await?;
            }
        }
        Ok(summary)
    }

    /// Reads and looks beside the tasks that wait, and says here what comes of it.
    async fn scan_beside(
        &self,
        work: impl FnOnce(&CancellationToken, Say<'_>) + Send + 'static,
        stop: &CancellationToken,
        summary: &mut ScanSummary,
        each: &mut (dyn FnMut(ScanEvent<'_>) + Send),
    ) -> Result<(), Failure> {
        let (sender, mut sources) = mpsc::channel(AHEAD);
        let stopped = stop.clone();
        let working = tokio::task::spawn_blocking(move || {
            work(&stopped, &mut |source, scanned| match sender.blocking_send((source, scanned)) {
                Ok(()) => ControlFlow::Continue(()),
                Err(_) => ControlFlow::Break(()),
            });
        });
        loop {
            // A read that blocks (standard input) does not keep the scan from being stopped.
            tokio::select! {
                biased;
                () = stop.cancelled() => return Err(ErrorCode::Cancelled.into()),
                next = sources.recv() => match next {
                    Some((source, scanned)) => self.say(&source, scanned, summary, each)?,
                    None => break,
                },
            }
        }
        working.await.map_err(|_| ErrorCode::Internal.into())
    }

    fn scan_path(&self, root: &Path, stop: &CancellationToken, say: Say<'_>) {
        for entry in pillbox_files::walk(root) {
            let said = match entry {
                Entry::File(file) => {
                    let scanned = pillbox_files::open(&file.path)
                        .and_then(|mut opened| self.scan_reader(&file.relative, &mut opened, stop));
                    say(file.relative, scanned)
                }
                Entry::Skipped { relative, reason, .. } => say(relative, Err(reason)),
            };
            if said.is_break() {
                return;
            }
        }
    }

    fn scan_reader(
        &self,
        source: &str,
        reader: &mut dyn Read,
        stop: &CancellationToken,
    ) -> Result<Scanned, SkipReason> {
        let engine = self.engine();
        let mut scanned = Scanning::new(&engine, source, stop);
        let mut buffer = vec![0; CHUNK];
        loop {
            match reader.read(&mut buffer) {
                Ok(0) => return scanned.end(),
                Ok(count) => scanned.take(&buffer[..count])?,
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                Err(error) => return Err(pillbox_files::skip_reason(&error)),
            }
        }
    }

    async fn scan_prefix(
        self: &Arc<Self>,
        session: &Session,
        prefix: &str,
        stop: &CancellationToken,
        summary: &mut ScanSummary,
        each: &mut (dyn FnMut(ScanEvent<'_>) + Send),
    ) -> Result<(), Failure> {
        let bucket = session.connection.bucket.clone();
        let snapshot = self.check(session).await?;
        let job = uuid::Uuid::new_v4().simple().to_string();
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
                    };
                    keep_object_findings(self, &snapshot, &found_in, &scanned.detections, self.clock.now())?;
                }
                self.say(&object.key, scanned.map(|read| read.scanned), summary, each)?;
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
        let mut scanning = Scanning::new(&engine, source, stop);
        while let Some(chunk) = chunks.blocking_recv() {
            scanning.take(&chunk)?;
        }
        scanning.end()
    }

    fn say(
        &self,
        source: &str,
        scanned: Result<Scanned, SkipReason>,
        summary: &mut ScanSummary,
        each: &mut (dyn FnMut(ScanEvent<'_>) + Send),
    ) -> Result<(), Failure> {
        match scanned {
            Ok(scanned) => {
                summary.files += 1;
                summary.bytes += scanned.bytes;
                summary.detections += scanned.detections.len() as u64;
                each(ScanEvent::Scanned {
                    source,
                    bytes: scanned.bytes,
                    detections: &self.with_severity(&scanned.detections),
                    name_is_sensitive: scanned.name_is_sensitive,
                });
            }
            Err(SkipReason::TimeCutOffReached) => return Err(ErrorCode::Cancelled.into()),
            Err(reason) => {
                summary.skipped += 1;
                each(ScanEvent::Skipped { source, reason });
            }
        }
        Ok(())
    }

    /// The severity of a number of occurrences in one source.
    fn severity(&self, identifier: &IdentifierId, count: u64) -> Severity {
        self.engine().severity(identifier, count).unwrap_or(Severity::Low)
    }

    /// Detections with the severity that their number in this source makes.
    fn with_severity(&self, detections: &[Detection]) -> Vec<(Detection, Severity)> {
        let mut counts: HashMap<&IdentifierId, u64> = HashMap::new();
        for detection in detections {
            *counts.entry(&detection.identifier).or_default() += 1;
        }
        detections
            .iter()
            .map(|detection| {
                let count = counts.get(&detection.identifier).copied().unwrap_or(1);
                (detection.clone(), self.severity(&detection.identifier, count))
            })
            .collect()
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

/// What one source holds.
#[derive(Default)]
struct Scanned {
    detections: Vec<Detection>,
    name_is_sensitive: bool,
    bytes: u64,
}

/// What an object holds, and which bytes these are.
struct ScannedObject {
    scanned: Scanned,
    e_tag: String,
    version_id: Option<String>,
}

/// A source that is being read: whole in memory as long as it is small, piece by piece from then on.
struct Scanning<'a> {
    engine: &'a Engine,
    source: &'a str,
    stop: &'a CancellationToken,
    head: Vec<u8>,
    stream: Option<LookStream<'a>>,
    detections: Vec<Detection>,
    bytes: u64,
}

impl<'a> Scanning<'a> {
    fn new(engine: &'a Engine, source: &'a str, stop: &'a CancellationToken) -> Self {
        Self { engine, source, stop, head: Vec::new(), stream: None, detections: Vec::new(), bytes: 0 }
    }

    fn take(&mut self, bytes: &[u8]) -> Result<(), SkipReason> {
        self.bytes += bytes.len() as u64;
        if self.stream.is_some() {
            return self.look_on(bytes);
        }
        self.head.extend_from_slice(bytes);
        if self.bytes <= pillbox_files::WHOLE_LIMIT {
            return Ok(());
        }
        self.stream = Some(LookStream::named(self.engine, self.source));
        let head = std::mem::take(&mut self.head);
        self.look_on(&head)
    }

    fn look_on(&mut self, bytes: &[u8]) -> Result<(), SkipReason> {
        let Some(stream) = self.stream.as_mut() else { return Ok(()) };
        let keep_going = || !self.stop.is_cancelled();
        stream.push(bytes, &keep_going, &mut |detection| self.detections.push(detection))
    }

    fn end(mut self) -> Result<Scanned, SkipReason> {
        let keep_going = || !self.stop.is_cancelled();
        let look = match self.stream.as_mut() {
            None => look_into(self.engine, self.source, &self.head, &keep_going)?,
            Some(stream) => {
                stream.finish(&keep_going, &mut |detection| self.detections.push(detection))?;
                let name_is_sensitive = stream.name_is_sensitive();
                Look { detections: self.detections, name_is_sensitive }
            }
        };
        Ok(Scanned { detections: look.detections, name_is_sensitive: look.name_is_sensitive, bytes: self.bytes })
    }
}
