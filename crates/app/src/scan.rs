//! A scan: look into files or objects and say what was found, one source after the other.

use std::collections::HashMap;
use std::io::Read;
use std::path::{Path, PathBuf};

use pillbox_files::Entry;
use pillbox_model::{Detection, ErrorCode, Failure, FindingState, IdentifierId, Severity, SkipReason};
use tokio_util::sync::CancellationToken;

use crate::app::App;
use crate::connect::Session;
use crate::findings::{FoundIn, keep_object_findings};
use crate::look::{Look, LookStream, look_into};
use crate::names;

/// Bytes that are read at once.
const CHUNK: usize = 256 * 1024;

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
        &self,
        target: ScanTarget,
        stop: &CancellationToken,
        each: &mut (dyn FnMut(ScanEvent<'_>) + Send),
    ) -> Result<ScanSummary, Failure> {
        let mut summary = ScanSummary::default();
        match target {
            ScanTarget::Path(path) => self.scan_path(&path, stop, &mut summary, each)?,
            ScanTarget::Reader(mut reader) => {
                let scanned = self.scan_reader("-", &mut reader, stop);
                self.say("-", scanned, &mut summary, each)?;
            }
            ScanTarget::Prefix(session, prefix) => {
                self.scan_prefix(&session, &prefix, stop, &mut summary, each).await?;
            }
        }
        Ok(summary)
    }

    fn scan_path(
        &self,
        root: &Path,
        stop: &CancellationToken,
        summary: &mut ScanSummary,
        each: &mut (dyn FnMut(ScanEvent<'_>) + Send),
    ) -> Result<(), Failure> {
        for entry in pillbox_files::walk(root) {
            if stop.is_cancelled() {
                return Err(ErrorCode::Cancelled.into());
            }
            match entry {
                Entry::File(file) => {
                    let scanned = pillbox_files::open(&file.path)
                        .and_then(|mut opened| self.scan_reader(&file.relative, &mut opened, stop));
                    self.say(&file.relative, scanned, summary, each)?;
                }
                Entry::Skipped { relative, reason, .. } => self.say(&relative, Err(reason), summary, each)?,
            }
        }
        Ok(())
    }

    fn scan_reader(
        &self,
        source: &str,
        reader: &mut dyn Read,
        stop: &CancellationToken,
    ) -> Result<Scanned, SkipReason> {
        let mut scanned = Scanning::new(self, source, stop);
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
        &self,
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
                if let Ok(scanned) = &scanned {
                    let found_in = FoundIn {
                        key: &object.key,
                        e_tag: object.e_tag.as_deref().unwrap_or_default().trim_matches('"'),
                        version_id: scanned.version_id.as_deref(),
                        size: object.size,
                        job: &job,
                        state: FindingState::New,
                    };
                    keep_object_findings(self, &snapshot, &found_in, &scanned.detections, self.clock.now())?;
                }
                self.say(&object.key, scanned, summary, each)?;
            }
        }
        if prefix.is_empty() {
            self.keep_bucket_scan(session, summary)?;
        }
        let details = serde_json::json!({
            "files": summary.files, "skipped": summary.skipped, "detections": summary.detections,
        });
        self.record("scan.finished", &bucket, details)
    }

    /// Looks into one object. What concerns this object alone is a reason to skip it; what concerns the
    /// connection ends the scan.
    async fn scan_object(
        &self,
        session: &Session,
        key: &str,
        stop: &CancellationToken,
    ) -> Result<Result<Scanned, SkipReason>, Failure> {
        let mut body = match session.client.get(&session.connection.bucket, key, None, None).await {
            Ok(body) => body,
            Err(failure) => return skip_of(failure).map(Err),
        };
        let version_id = body.version_id().map(str::to_owned);
        let mut scanning = Scanning::new(self, key, stop);
        loop {
            match body.chunk().await {
                Ok(Some(chunk)) => {
                    if let Err(reason) = scanning.take(&chunk) {
                        return Ok(Err(reason));
                    }
                }
                Ok(None) => return Ok(scanning.end().map(|scanned| Scanned { version_id, ..scanned })),
                Err(failure) => return skip_of(failure).map(Err),
            }
        }
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
        self.engine.identifier(identifier).map_or(Severity::High, |known| known.severity.of(count))
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
    version_id: Option<String>,
}

/// A source that is being read: whole in memory as long as it is small, piece by piece from then on.
struct Scanning<'a> {
    app: &'a App,
    source: &'a str,
    stop: &'a CancellationToken,
    head: Vec<u8>,
    stream: Option<LookStream<'a>>,
    detections: Vec<Detection>,
    bytes: u64,
}

impl<'a> Scanning<'a> {
    fn new(app: &'a App, source: &'a str, stop: &'a CancellationToken) -> Self {
        Self { app, source, stop, head: Vec::new(), stream: None, detections: Vec::new(), bytes: 0 }
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
        self.stream = Some(LookStream::new(&self.app.engine));
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
            None => look_into(&self.app.engine, self.source, &self.head, &keep_going)?,
            Some(stream) => {
                stream.finish(&keep_going, &mut |detection| self.detections.push(detection))?;
                let name_is_sensitive = names::is_identity(&self.app.engine, self.source);
                Look { detections: self.detections, name_is_sensitive }
            }
        };
        Ok(Scanned {
            detections: look.detections,
            name_is_sensitive: look.name_is_sensitive,
            bytes: self.bytes,
            version_id: None,
        })
    }
}
