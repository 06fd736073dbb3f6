//! The scan of a bucket's objects: listing, reading, looking and writing down overlap.
//!
//! One task lists and says of each object whether it has to be read; many objects are read and looked into at once, as
//! many as the memory for them allows; what is said comes out in the order of the listing, and what was found is
//! written down some hundred objects at a time, together with how far the scan has come.

mod decide;
mod gone;
mod inventory;
mod keep;
mod list;
mod read;
mod scope;

use std::sync::{Arc, Mutex};
use std::time::Duration;

use futures::{Stream, StreamExt, stream};
use pillbox_model::{BucketSnapshot, Connection, ErrorCode, Failure, Phase};
use pillbox_store::{ScanPlace, ScanPosition};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc};
use tokio_util::sync::CancellationToken;
use tokio_util::task::AbortOnDropHandle;

use super::{Render, ScanSummary};
use crate::app::{App, locked};
use crate::connect::{DEFAULT_PREFIX, Session};
use crate::identifiers::Looking;
use crate::upload::Counters;
use decide::Item;
use keep::Keeper;
use list::{Page, Source};
use read::Done;
use scope::Filter;

pub use inventory::InventoryPlace;
pub use scope::BucketScope;

/// Objects that are asked for at once. What a server needs to be busy; more only wait there.
const IN_FLIGHT: usize = 64;
/// What all of them together may hold in memory, in KiB.
const ROOM: u32 = 128 * 1024;
/// What one needs at least, in KiB, and at most: documents are held whole up to their limit.
const LEAST_ROOM: u64 = 16;
const MOST_ROOM: u64 = 64 * 1024;
/// Pages that are listed before they are needed.
const PAGES_AHEAD: usize = 2;
/// The newest uploads whose destinations are asked for.
const MOST_UPLOADS: u32 = 1_000;

/// Objects of a bucket that are to be scanned.
pub struct BucketTarget {
    /// The bucket.
    pub session: Session,
    /// Which of its objects.
    pub scope: BucketScope,
    /// An inventory that stands in for listing the bucket.
    pub inventory: Option<InventoryPlace>,
    /// Whether a scan of the same scope that was cut off goes on.
    pub resume: Resume,
    /// Where progress is counted.
    pub counters: Arc<Counters>,
    /// Where it is seen meanwhile what became of the objects.
    pub totals: Arc<Mutex<ScanSummary>>,
}

/// Whether a scan of the same scope that was cut off goes on behind the last key that it had done. What it said before
/// is not said again; its totals are those of both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Resume {
    /// It begins at the first key.
    Never,
    /// It goes on.
    Always,
    /// It goes on when it was cut off no longer ago.
    Within(Duration),
}

/// One scan, as all its tasks see it.
struct Job {
    app: Arc<App>,
    session: Session,
    place: ScanPlace,
    scope: BucketScope,
    identity: String,
    filter: Filter,
    looking: Looking,
    snapshot: BucketSnapshot,
    id: String,
    prescriptions: Vec<String>,
    render: Arc<Render>,
    counters: Arc<Counters>,
    totals: Arc<Mutex<ScanSummary>>,
    stop: CancellationToken,
}

impl App {
    /// Scans objects of a bucket, and keeps a finding for each that holds what is not expected.
    pub(super) async fn scan_objects(
        self: &Arc<Self>,
        target: BucketTarget,
        stop: &CancellationToken,
        render: &Arc<Render>,
        write: &mut (dyn FnMut(&[u8]) + Send),
        summary: &mut ScanSummary,
    ) -> Result<(), Failure> {
        let mut totals = ScanSummary::default();
        let scanned = self.scan_scope(target, stop, render, write, &mut totals).await;
        summary.add(totals);
        scanned
    }

    async fn scan_scope(
        self: &Arc<Self>,
        target: BucketTarget,
        stop: &CancellationToken,
        render: &Arc<Render>,
        write: &mut (dyn FnMut(&[u8]) + Send),
        totals: &mut ScanSummary,
    ) -> Result<(), Failure> {
        let BucketTarget { session, scope, inventory, resume, counters, totals: seen } = target;
        counters.begin(Phase::Listing, 0, 0);
        let connection = &session.connection;
        let job = Arc::new(Job {
            app: Arc::clone(self),
            place: ScanPlace {
                endpoint: session.endpoint(),
                account_id: connection.account_id.clone(),
                bucket: connection.bucket.clone(),
            },
            identity: scope.identity()?,
            filter: Filter::new(&scope)?,
            looking: self.looking(),
            snapshot: self.check(&session).await?,
            id: uuid::Uuid::new_v4().simple().to_string(),
            prescriptions: self.prescription_prefixes(connection)?,
            render: Arc::clone(render),
            stop: stop.clone(),
            scope,
            counters,
            totals: seen,
            session,
        });
        let is_listed = inventory.is_none();
        let from = if is_listed { job.position(resume)? } else { None };
        if let Some(position) = &from {
            *totals = position.totals;
            totals.objects.earlier = totals.objects.all();
        }
        let after = from.map(|position| position.after);
        let source = Source::open(&job, inventory, after.as_deref()).await?;
        totals.inventory_of = source.is_of();
        let (sender, pages) = mpsc::channel(PAGES_AHEAD);
        let lister = AbortOnDropHandle::new(tokio::spawn(list::list(Arc::clone(&job), source, after, sender)));
        job.collect(pages, write, totals).await?;
        // A list that ended early is none.
        lister.await.map_err(|_| ErrorCode::Internal)??;
        job.end(is_listed, totals)
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
}

impl Job {
    /// How far a scan of the same scope had come, where it goes on.
    fn position(&self, resume: Resume) -> Result<Option<ScanPosition<ScanSummary>>, Failure> {
        let store = &self.app.store;
        let found = store.scan_position::<ScanSummary>(&self.place, &self.identity, &self.looking.digest)?;
        let age = |at: i64| u64::try_from(self.app.clock.now().millis().saturating_sub(at)).unwrap_or_default();
        let position = found.filter(|position| match resume {
            Resume::Never => false,
            Resume::Always => true,
            Resume::Within(limit) => Duration::from_millis(age(position.at.millis())) <= limit,
        });
        if position.is_none() {
            store.forget_scan_position(&self.place, &self.identity)?;
        }
        Ok(position)
    }

    /// Looks into what is listed, and passes on what is said in that order.
    async fn collect(
        self: &Arc<Self>,
        pages: mpsc::Receiver<Page>,
        write: &mut (dyn FnMut(&[u8]) + Send),
        totals: &mut ScanSummary,
    ) -> Result<(), Failure> {
        let room = Arc::new(Semaphore::new(ROOM as usize));
        // Memory is handed out in the order of the listing, so that what is waited for always has its share.
        let work = items(pages)
            .then(|item| enter(Arc::clone(&room), item))
            .map(|(item, room)| Arc::clone(self).work(item, room))
            .buffered(IN_FLIGHT);
        let mut work = std::pin::pin!(work);
        let mut keeper = Keeper::new(self);
        let outcome = loop {
            let next = tokio::select! {
                biased;
                () = self.stop.cancelled() => break Err(ErrorCode::Cancelled.into()),
                next = work.next() => next,
            };
            let done = match next {
                None => break Ok(()),
                Some(Err(failure)) => break Err(failure),
                Some(Ok(done)) => done,
            };
            if !done.said.is_empty() {
                write(&done.said);
            }
            totals.add(done.counted);
            *locked(&self.totals) = *totals;
            if let Err(failure) = keeper.take(done, totals).await {
                break Err(failure);
            }
        };
        let kept = keeper.end().await;
        outcome.and(kept)
    }

    /// What is to be done about one item of the list.
    async fn work(self: Arc<Self>, item: Item, room: Option<OwnedSemaphorePermit>) -> Result<Done, Failure> {
        match item {
            Item::Read { listed, standing } => {
                let reading = tokio::spawn(async move { self.read(&listed, standing, room).await });
                AbortOnDropHandle::new(reading).await.map_err(|_| ErrorCode::Internal)?
            }
            Item::Known { listed, known } => self.known(&listed, &known).await,
            Item::Marker(listed) => Ok(self.marker(&listed)),
            Item::PageEnd { not_taken, up_to } => Ok(Done::page_end(not_taken, up_to)),
        }
    }

    /// Puts a scan that came to its end on the record.
    fn end(&self, is_listed: bool, totals: &ScanSummary) -> Result<(), Failure> {
        let (app, objects) = (&self.app, totals.objects);
        app.store.forget_scan_position(&self.place, &self.identity)?;
        if is_listed && self.scope.is_whole_bucket() {
            app.keep_bucket_scan(&self.place.bucket, totals)?;
        }
        let details = serde_json::json!({
            "files": totals.files, "skipped": totals.skipped, "detections": totals.detections,
            "unchanged": objects.unchanged, "leftOut": objects.left_out, "notSampled": objects.not_sampled,
            "inQuarantine": objects.in_quarantine,
        });
        app.record("scan.finished", &self.place.bucket, details)
    }
}

/// The items of all pages.
fn items(pages: mpsc::Receiver<Page>) -> impl Stream<Item = Item> {
    let pages = stream::unfold(pages, |mut pages| async move { pages.recv().await.map(|page| (page, pages)) });
    pages.flat_map(stream::iter)
}

/// Waits until there is memory for an object.
async fn enter(room: Arc<Semaphore>, item: Item) -> (Item, Option<OwnedSemaphorePermit>) {
    let Item::Read { listed, .. } = &item else { return (item, None) };
    let needed = (listed.size / 1024).clamp(LEAST_ROOM, MOST_ROOM);
    // At most half of what there is, and nobody closes it.
    let entered = room.acquire_many_owned(u32::try_from(needed).unwrap_or(ROOM)).await.ok();
    (item, entered)
}
