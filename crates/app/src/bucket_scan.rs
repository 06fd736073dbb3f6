//! The scan of the whole bucket, in the background: what lies there already is looked into as well.

use std::sync::Arc;
use std::time::Duration;

use pillbox_model::{Failure, Timestamp};
use serde::{Deserialize, Serialize};

use crate::app::{App, locked};
use crate::scan::{BucketScope, BucketTarget, Render, Resume, ScanSummary, ScanTarget};
use crate::wire::{BucketScan, LastScan, Notice};

/// A scan of the bucket that was cut off no longer ago goes on where it was.
const GOES_ON: Duration = Duration::from_secs(24 * 60 * 60);

/// A scan as it is kept.
#[derive(Serialize, Deserialize)]
struct KeptScan {
    at: Timestamp,
    objects: u64,
    skipped: u64,
}

impl App {
    /// Begins to look into every object of the bucket; one that runs already goes on.
    ///
    /// # Errors
    /// What connecting says. What ends the scan is told by its state.
    pub async fn scan_bucket(self: &Arc<Self>) -> Result<BucketScan, Failure> {
        let session = self.session().await?;
        let bucket = session.connection.bucket.clone();
        let name = run_name(&bucket);
        if !locked(&self.runs).contains_key(&name) {
            let app = Arc::clone(self);
            let tell = |progress| match progress {
                Some(progress) => Notice::ScanProgress { progress },
                None => Notice::ScanChanged,
            };
            self.run(&name, tell, move |stop, counters| async move {
                let target = ScanTarget::Bucket(Box::new(BucketTarget {
                    session,
                    scope: BucketScope::default(),
                    inventory: None,
                    resume: Resume::Within(GOES_ON),
                    counters,
                }));
                let silent: Arc<Render> = Arc::new(|_, _| {});
                app.scan(target, &stop, &silent, &mut |_| {}, &mut ScanSummary::default()).await
            });
        }
        self.bucket_scan(&bucket)
    }

    /// Ends the scan of the bucket; what was found stays.
    ///
    /// # Errors
    /// [`pillbox_model::ErrorCode::NotConnected`]; what the store says.
    pub async fn cancel_scan(&self) -> Result<BucketScan, Failure> {
        let connection = self.current_connection()?.ok_or_else(Self::not_connected)?;
        self.stop_run(&run_name(&connection.bucket)).await;
        self.bucket_scan(&connection.bucket)
    }

    /// How the scan of a bucket stands.
    pub(crate) fn bucket_scan(&self, bucket: &str) -> Result<BucketScan, Failure> {
        let name = run_name(bucket);
        let last = self.store.setting::<KeptScan>(&setting_name(bucket))?;
        Ok(BucketScan {
            running: locked(&self.runs).get(&name).map(|run| run.progress.progress()),
            last: last.map(|last| LastScan { at: last.at, objects: last.objects, skipped: last.skipped }),
            error: locked(&self.ended).get(&name).cloned().map(Into::into),
        })
    }

    /// Keeps that the whole bucket was looked into.
    pub(crate) fn keep_bucket_scan(&self, bucket: &str, summary: &ScanSummary) -> Result<(), Failure> {
        let kept = KeptScan { at: self.clock.now(), objects: summary.files, skipped: summary.skipped };
        self.store.set_setting(&setting_name(bucket), &kept)
    }
}

fn run_name(bucket: &str) -> String {
    format!("scan/{bucket}")
}

fn setting_name(bucket: &str) -> String {
    format!("last-scan/{bucket}")
}
