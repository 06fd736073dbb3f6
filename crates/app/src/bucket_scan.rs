//! The scan of the bucket from the window, in the background: what lies there already is looked into as well.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use pillbox_model::{Failure, SkipReason, Timestamp};
use serde::{Deserialize, Serialize};

use crate::app::{App, locked};
use crate::scan::{BucketScope, BucketTarget, Render, Resume, ScanEvent, ScanSummary, ScanTarget};
use crate::wire::{
    BucketScan, LastScan, LatestScan, NotRead, NotReadList, Notice, ReasonCount, RunningScan, ScanCounts, ScanRequest,
};

/// A scan of the bucket that was cut off no longer ago goes on where it was.
const GOES_ON: Duration = Duration::from_secs(24 * 60 * 60);
/// Objects that could not be read and are listed by name.
const MOST_NAMES: usize = 500;

/// A scan that was begun and has not come to its end.
#[derive(Serialize, Deserialize)]
struct Begun {
    at: Timestamp,
    request: ScanRequest,
}

/// What is known of a bucket's scan since the program was started.
#[derive(Default)]
pub(crate) struct ScanBook {
    totals: Arc<Mutex<ScanSummary>>,
    not_read: Mutex<HashMap<SkipReason, u64>>,
    names: Mutex<Vec<NotRead>>,
    ended: Mutex<Option<LatestScan>>,
}

impl ScanBook {
    fn counts(&self) -> ScanCounts {
        ScanCounts::from(*locked(&self.totals))
    }

    /// Keeps what could not be read; nothing else of what a scan says.
    fn hear(&self, event: &ScanEvent<'_>) {
        let ScanEvent::Skipped { source, reason, .. } = event else { return };
        *locked(&self.not_read).entry(*reason).or_default() += 1;
        let mut names = locked(&self.names);
        if names.len() < MOST_NAMES {
            names.push(NotRead { key: (*source).to_owned(), reason: *reason });
        }
    }

    fn list(&self) -> NotReadList {
        let counted = |(reason, objects): (&SkipReason, &u64)| ReasonCount { reason: *reason, objects: *objects };
        let mut reasons: Vec<_> = locked(&self.not_read).iter().map(counted).collect();
        reasons.sort_by_key(|count| std::cmp::Reverse(count.objects));
        NotReadList { reasons, objects: locked(&self.names).clone() }
    }
}

impl From<ScanSummary> for ScanCounts {
    fn from(summary: ScanSummary) -> Self {
        let objects = summary.objects;
        Self {
            read: (objects.new + objects.changed + objects.again).saturating_sub(objects.unread),
            unchanged: objects.unchanged,
            left_out: objects.left_out + objects.not_sampled,
            in_quarantine: objects.in_quarantine,
            not_read: summary.skipped,
            bytes: summary.bytes,
            detections: summary.detections,
        }
    }
}

impl From<ScanRequest> for BucketScope {
    fn from(request: ScanRequest) -> Self {
        let ScanRequest { all, prefix, include, exclude, extensions, min_size, max_size, .. } = request;
        let (modified_since, modified_before) = (request.modified_since, request.modified_before);
        Self {
            all,
            prefix,
            include,
            exclude,
            extensions,
            min_size,
            max_size,
            modified_since,
            modified_before,
            ..Self::default()
        }
    }
}

impl App {
    /// Begins to look into the objects of the bucket; one that runs already goes on, and one of the same objects that
    /// was paused or cut off goes on where it was.
    ///
    /// # Errors
    /// [`pillbox_model::ErrorCode::InvalidInput`] about a pattern; what connecting says. What ends the scan is told by
    /// its state.
    pub async fn scan_bucket(self: &Arc<Self>, request: ScanRequest) -> Result<BucketScan, Failure> {
        let session = self.session().await?;
        let bucket = session.connection.bucket.clone();
        let scope = BucketScope::from(request.clone());
        scope.is_valid()?;
        let name = run_name(&bucket);
        if locked(&self.runs).contains_key(&name) {
            return self.bucket_scan(&bucket);
        }
        let begun = self.begun_scan(&bucket)?.filter(|begun| begun.request == request);
        let resume = if begun.is_some() { Resume::Within(GOES_ON) } else { Resume::Never };
        let at = begun.map_or_else(|| self.clock.now(), |begun| begun.at);
        self.store.set_setting(&begun_name(&bucket), &Some(Begun { at, request }))?;
        let book = Arc::<ScanBook>::default();
        locked(&self.scans).insert(bucket.clone(), Arc::clone(&book));
        let told = Arc::clone(&book);
        let tell = move |progress| match progress {
            Some(progress) => Notice::ScanProgress { running: RunningScan { progress, counts: told.counts() } },
            None => Notice::ScanChanged,
        };
        let (app, of) = (Arc::clone(self), bucket.clone());
        self.run(&name, tell, move |stop, counters| async move {
            let (whole, totals) = (scope.is_whole_bucket(), Arc::clone(&book.totals));
            let target = ScanTarget::Bucket(Box::new(BucketTarget {
                session,
                scope,
                inventory: None,
                resume,
                counters,
                totals,
            }));
            let heard = Arc::clone(&book);
            let hear: Arc<Render> = Arc::new(move |event, _| heard.hear(event));
            app.scan(target, &stop, &hear, &mut |_| {}, &mut ScanSummary::default()).await?;
            app.store.set_setting(&begun_name(&of), &None::<Begun>)?;
            *locked(&book.ended) = Some(LatestScan { at: app.clock.now(), counts: book.counts(), whole });
            Ok(())
        });
        self.bucket_scan(&bucket)
    }

    /// Holds the scan of the bucket still; it goes on when it is begun again.
    ///
    /// # Errors
    /// [`pillbox_model::ErrorCode::NotConnected`]; what the store says.
    pub async fn pause_scan(&self) -> Result<BucketScan, Failure> {
        let connection = self.current_connection()?.ok_or_else(Self::not_connected)?;
        self.stop_run(&run_name(&connection.bucket)).await;
        self.bucket_scan(&connection.bucket)
    }

    /// Ends the scan of the bucket; what was found stays.
    ///
    /// # Errors
    /// [`pillbox_model::ErrorCode::NotConnected`]; what the store says.
    pub async fn cancel_scan(&self) -> Result<BucketScan, Failure> {
        let connection = self.current_connection()?.ok_or_else(Self::not_connected)?;
        self.stop_run(&run_name(&connection.bucket)).await;
        self.store.set_setting(&begun_name(&connection.bucket), &None::<Begun>)?;
        locked(&self.ended).remove(&run_name(&connection.bucket));
        self.bucket_scan(&connection.bucket)
    }

    /// What the latest scan of this start of the program could not read.
    ///
    /// # Errors
    /// [`pillbox_model::ErrorCode::NotConnected`]; what the store says.
    pub fn scan_not_read(&self) -> Result<NotReadList, Failure> {
        let connection = self.current_connection()?.ok_or_else(Self::not_connected)?;
        let book = locked(&self.scans).get(&connection.bucket).cloned();
        Ok(book.map(|book| book.list()).unwrap_or_default())
    }

    /// How the scan of a bucket stands.
    pub(crate) fn bucket_scan(&self, bucket: &str) -> Result<BucketScan, Failure> {
        let name = run_name(bucket);
        let begun = self.begun_scan(bucket)?;
        let progress = locked(&self.runs).get(&name).map(|run| run.progress.progress());
        let book = locked(&self.scans).get(bucket).cloned();
        let counts = book.as_ref().map(|book| book.counts()).unwrap_or_default();
        Ok(BucketScan {
            running: progress.map(|progress| RunningScan { progress, counts }),
            unfinished_since: begun.as_ref().filter(|_| progress.is_none()).map(|begun| begun.at),
            request: begun.map(|begun| begun.request).unwrap_or_default(),
            last: self.store.setting::<LastScan>(&setting_name(bucket))?,
            latest: book.and_then(|book| locked(&book.ended).clone()),
            error: locked(&self.ended).get(&name).cloned().map(Into::into),
        })
    }

    /// Keeps that the whole bucket was looked into.
    pub(crate) fn keep_bucket_scan(&self, bucket: &str, summary: &ScanSummary) -> Result<(), Failure> {
        let kept = LastScan { at: self.clock.now(), objects: summary.files, skipped: summary.skipped };
        self.store.set_setting(&setting_name(bucket), &kept)
    }

    fn begun_scan(&self, bucket: &str) -> Result<Option<Begun>, Failure> {
        Ok(self.store.setting::<Option<Begun>>(&begun_name(bucket))?.flatten())
    }
}

fn run_name(bucket: &str) -> String {
    format!("scan/{bucket}")
}

fn setting_name(bucket: &str) -> String {
    format!("last-scan/{bucket}")
}

fn begun_name(bucket: &str) -> String {
    format!("begun-scan/{bucket}")
}
