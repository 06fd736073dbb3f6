//! One object, read and looked into.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use pillbox_aws::{Body, Listed};
use pillbox_detect::Engine;
use pillbox_model::{Concern, ErrorCode, Failure, FindingState, SkipReason};
use pillbox_store::{ObjectLook, ScannedObject};
use tokio::sync::{OwnedSemaphorePermit, mpsc};
use tokio_util::sync::CancellationToken;

use super::decide::{Standing, unquoted, version_of};
use super::{Job, ScanSummary};
use crate::findings::{FoundIn, object_findings};
use crate::look::{Name, look_into};
use crate::scan::event::ObjectTotals;
use crate::scan::source::{Scanned, Scanning, say};
use crate::scan::{AHEAD, ScanEvent};

/// Up to this size an object is looked into by the task that read it: handing it to another thread takes longer than
/// the look.
const AT_ONCE: u64 = 64 * 1024;
/// How long is waited before an object is asked for again that the line or the service kept from being read, in
/// milliseconds.
const WAITS: [u64; 5] = [250, 500, 1_000, 2_000, 4_000];
/// A line that broke off is tried so often: it may be this object alone.
const LOST: usize = 2;

/// What came of one item of the list.
pub(super) struct Done {
    /// What is said of it.
    pub(super) said: Vec<u8>,
    /// What it adds to the totals.
    pub(super) counted: ScanSummary,
    /// What is to be written down.
    pub(super) look: Option<ObjectLook>,
    /// Its size.
    pub(super) bytes: u64,
    /// Whether it is an object, and no mark in the list.
    pub(super) is_object: bool,
    /// All objects up to this key are done with it.
    pub(super) up_to: Option<String>,
    /// Goes when what is said has been passed on.
    _room: Option<OwnedSemaphorePermit>,
}

impl Done {
    fn object(bytes: u64, room: Option<OwnedSemaphorePermit>) -> Self {
        Self {
            said: Vec::new(),
            counted: ScanSummary::default(),
            look: None,
            bytes,
            is_object: true,
            up_to: None,
            _room: room,
        }
    }

    pub(super) fn page_end(objects: ObjectTotals, up_to: Option<String>) -> Self {
        let counted = ScanSummary { objects, ..ScanSummary::default() };
        Self { counted, up_to, is_object: false, ..Self::object(0, None) }
    }
}

/// An object's bytes as they were looked into.
struct ObjectRead {
    scanned: Result<Scanned, SkipReason>,
    e_tag: String,
    version_id: Option<String>,
}

impl Job {
    /// Reads an object, looks into it and says what is in it. What concerns this object alone is a reason to skip it;
    /// what concerns the connection ends the scan.
    pub(super) async fn read(
        &self,
        listed: &Listed,
        standing: Standing,
        room: Option<OwnedSemaphorePermit>,
    ) -> Result<Done, Failure> {
        let mut done = Done::object(listed.size, room);
        let read = match self.has_tags(listed).await? {
            Ok(true) => self.read_patiently(listed).await?,
            Ok(false) => {
                done.counted.objects.left_out = 1;
                return Ok(done);
            }
            Err(reason) => Err(reason),
        };
        let objects = &mut done.counted.objects;
        match standing {
            Standing::New => objects.new = 1,
            Standing::Changed => objects.changed = 1,
            Standing::Again => objects.again = 1,
        }
        let scanned = match read {
            Ok(read) => {
                done.look = Some(self.to_keep(listed, &read));
                read.scanned
            }
            Err(reason) => Err(reason),
        };
        let scanned =
            scanned.map(|scanned| if self.is_prescription(listed) { scanned } else { scanned.like_any_text() });
        let Done { said, counted, .. } = &mut done;
        let mut emit = |text: &[u8]| said.extend_from_slice(text);
        let version = listed.version_id.as_deref();
        say(&self.looking.engine, &listed.key, version, scanned, &*self.render, &mut emit, counted)?;
        counted.objects.unread = counted.skipped;
        Ok(done)
    }

    /// Says again what is known of an object, if it is one of those that are asked for.
    pub(super) async fn known(&self, listed: &Listed, known: &ScannedObject) -> Result<Done, Failure> {
        let mut done = Done::object(listed.size, None);
        match self.has_tags(listed).await? {
            Ok(true) => self.tell_known(&mut done, listed, known),
            Ok(false) => done.counted.objects.left_out = 1,
            // Whether it is one is not known, whatever else is.
            Err(reason) => {
                let (source, version) = (listed.key.as_str(), listed.version_id.as_deref());
                self.tell(&mut done, &ScanEvent::Skipped { source, version, reason });
            }
        }
        Ok(done)
    }

    fn tell_known(&self, done: &mut Done, listed: &Listed, known: &ScannedObject) {
        let is_one = self.is_prescription(listed);
        let mut concerns = known.concerns.clone();
        concerns.retain(|concern| is_one || *concern != Concern::NoPrescription);
        let (source, version) = (listed.key.as_str(), listed.version_id.as_deref());
        self.tell(
            done,
            &ScanEvent::Unchanged {
                source,
                version,
                bytes: known.size,
                at: known.at,
                counts: &known.counts,
                name_is_sensitive: known.name_is_sensitive,
                concerns: &concerns,
                is_whole: known.skip.is_none(),
            },
        );
        if let Some(reason) = known.skip {
            self.tell(done, &ScanEvent::Skipped { source, version, reason });
        }
    }

    /// Names a delete marker.
    pub(super) fn marker(&self, listed: &Listed) -> Done {
        let mut done = Done::object(0, None);
        let (source, version) = (listed.key.as_str(), listed.version_id.as_deref());
        self.tell(&mut done, &ScanEvent::DeleteMarker { source, version, is_latest: listed.is_latest });
        done
    }

    fn tell(&self, done: &mut Done, event: &ScanEvent<'_>) {
        done.counted.count(event);
        (self.render)(event, &mut |text| done.said.extend_from_slice(text));
    }

    fn is_prescription(&self, listed: &Listed) -> bool {
        self.prescriptions.iter().any(|prefix| listed.key.starts_with(prefix))
    }

    /// Whether an object has the tags that are asked for; asks for them only then.
    async fn has_tags(&self, listed: &Listed) -> Result<Result<bool, SkipReason>, Failure> {
        let wanted = self.filter.tags();
        if wanted.is_empty() {
            return Ok(Ok(true));
        }
        match self.session.client.tags(&self.place.bucket, &listed.key, listed.version_id.as_deref()).await {
            Ok(tags) => Ok(Ok(wanted.iter().all(|(name, value)| tags.get(name) == Some(value)))),
            Err(failure) => skip_of(failure).map(Err),
        }
    }

    /// Reads an object, again where the line or the service was what failed.
    async fn read_patiently(&self, listed: &Listed) -> Result<Result<ObjectRead, SkipReason>, Failure> {
        let mut waits = WAITS.into_iter().enumerate();
        loop {
            let failure = match self.read_once(listed).await {
                Ok(read) => return Ok(Ok(read)),
                Err(failure) => failure,
            };
            let may_pass = |tried: usize| match failure.code {
                ErrorCode::SlowDown | ErrorCode::NoNetwork => true,
                ErrorCode::ConnectionLost => tried < LOST,
                _ => false,
            };
            let wait = waits.next().filter(|(tried, _)| may_pass(*tried));
            let Some((_, wait)) = wait else { return skip_of(failure).map(Err) };
            tokio::select! {
                biased;
                () = self.stop.cancelled() => return Err(ErrorCode::Cancelled.into()),
                () = tokio::time::sleep(Duration::from_millis(wait)) => {}
            }
        }
    }

    async fn read_once(&self, listed: &Listed) -> Result<ObjectRead, Failure> {
        let client = &self.session.client;
        let body = client.get(&self.place.bucket, &listed.key, listed.version_id.as_deref(), None).await?;
        let e_tag = body.e_tag().map(unquoted).unwrap_or_default().to_owned();
        let version_id = version_of(body.version_id()).map(str::to_owned);
        let look = Look { engine: Arc::clone(&self.looking.engine), key: listed.key.clone(), stop: self.stop.clone() };
        let scanned = match body.size() {
            0..=AT_ONCE => look.whole(&body.bytes(AT_ONCE).await?),
            size if size <= pillbox_files::WHOLE_LIMIT => {
                let bytes = body.bytes(size).await?;
                tokio::task::spawn_blocking(move || look.whole(&bytes)).await.map_err(|_| ErrorCode::Internal)?
            }
            _ => look.stream(body).await?,
        };
        Ok(ObjectRead { scanned, e_tag, version_id })
    }

    /// What is written down of an object that was read.
    fn to_keep(&self, listed: &Listed, read: &ObjectRead) -> ObjectLook {
        let at = self.app.clock.now();
        let look = read.scanned.as_ref().ok().map(|scanned| &scanned.look);
        let counts = look.map(|look| look.detections.counts()).unwrap_or_default();
        let object = ScannedObject {
            key: listed.key.clone(),
            version_id: read.version_id.clone(),
            e_tag: read.e_tag.clone(),
            size: read.scanned.as_ref().map_or(listed.size, |scanned| scanned.bytes),
            look: self.looking.digest.to_string(),
            at,
            skip: read.scanned.as_ref().map_or_else(|reason| Some(*reason), |scanned| scanned.look.unread),
            counts: counts.iter().map(|count| (count.identifier.clone(), count.all)).collect(),
            concerns: look.map(|look| look.concerns.clone()).unwrap_or_default(),
            name_is_sensitive: look.is_some_and(|look| look.name_is_sensitive),
        };
        // Bytes without an entity tag can't be told from others, and what was stopped is not known.
        let is_kept = !object.e_tag.is_empty() && object.skip != Some(SkipReason::TimeCutOffReached);
        // A finding is about what lies under a key.
        let Some(scanned) = read.scanned.as_ref().ok().filter(|_| listed.is_latest) else {
            return ObjectLook { object: Some(object).filter(|_| is_kept), findings: Vec::new(), resolves: None };
        };
        let found_in = FoundIn {
            key: &listed.key,
            e_tag: &read.e_tag,
            version_id: read.version_id.as_deref(),
            size: scanned.bytes,
            job: &self.id,
            state: FindingState::New,
            mime_type: scanned.look.format.mime_type(),
            unread: scanned.look.unread,
        };
        let detections = &scanned.look.detections;
        ObjectLook {
            findings: object_findings(&self.app, &self.looking, &self.snapshot, &found_in, detections, at),
            // What is no longer found may be in what was not read.
            resolves: scanned.look.unread.is_none().then(|| listed.key.clone()),
            object: Some(object).filter(|_| is_kept),
        }
    }
}

/// What a look at one object needs, wherever it is done.
struct Look {
    engine: Arc<Engine>,
    key: String,
    stop: CancellationToken,
}

impl Look {
    fn whole(&self, bytes: &Bytes) -> Result<Scanned, SkipReason> {
        let look = look_into(&self.engine, Name::shown(&self.key), bytes, &|| !self.stop.is_cancelled())?;
        Ok(Scanned { look, bytes: bytes.len() as u64 })
    }

    /// Looks into an object while it arrives.
    async fn stream(self, mut body: Body) -> Result<Result<Scanned, SkipReason>, Failure> {
        let (sender, mut chunks) = mpsc::channel::<Bytes>(AHEAD);
        let size = body.size();
        let looking = tokio::task::spawn_blocking(move || {
            let mut scanning = Scanning::new(&self.engine, &self.key, Some(size), &self.stop);
            while let Some(chunk) = chunks.blocking_recv() {
                scanning.take(&chunk)?;
            }
            scanning.end()
        });
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
        arrived.map(|()| scanned)
    }
}

/// An object's own trouble as a skip reason; anything else goes on as the scan's failure.
pub(super) fn skip_of(failure: Failure) -> Result<SkipReason, Failure> {
    match failure.code {
        ErrorCode::AccessDenied => Ok(SkipReason::PermissionDenied),
        ErrorCode::NoSuchObject => Ok(SkipReason::SourceObjectNoLongerAvailable),
        ErrorCode::ObjectArchived => Ok(SkipReason::InvalidObjectState),
        ErrorCode::ObjectNotDecryptable if failure.about.as_deref().is_some_and(|about| about.starts_with("KMS")) => {
            Ok(SkipReason::InvalidKmsKey)
        }
        ErrorCode::ObjectNotDecryptable => Ok(SkipReason::InvalidEncryption),
        ErrorCode::ConnectionLost | ErrorCode::ServiceError | ErrorCode::ChecksumMismatch => {
            Ok(SkipReason::UnableToParseFile)
        }
        _ => Err(failure),
    }
}
