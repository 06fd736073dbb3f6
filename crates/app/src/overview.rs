//! The Overview: one sentence of truth, and what stands behind it.

use pillbox_model::{
    BucketSnapshot, Connection, Disposition, Failure, FileState, Gate, IdentifierId, Severity, Upload, UploadState,
    Verdict,
};

use pillbox_store::HeldFilter;

use crate::app::App;
use crate::findings;
use crate::protect::change_view;
use crate::wire::{Activity, KindCount, Need, Overview, SeverityCount};

/// Uploads whose files are counted.
const UPLOADS: u32 = 1000;
/// What was done lately, at most.
const LATELY: usize = 8;
/// Kinds of data that are shown.
const KINDS: usize = 8;

impl App {
    /// The Overview of the connection in use.
    ///
    /// # Errors
    /// [`pillbox_model::ErrorCode::NotConnected`]; what the store says. A bucket that can't be reached is no
    /// error: nothing is said of its protection then.
    pub async fn overview(&self) -> Result<Overview, Failure> {
        let connection = self.current_connection()?.ok_or_else(Self::not_connected)?;
        let snapshot = match self.session().await {
            Ok(session) => self.check(&session).await.ok(),
            Err(_) => None,
        };
        let gate = snapshot.as_ref().map(pillbox_posture::gate);
        let mut needs = bucket_needs(snapshot.as_ref());
        let totals = self.store.bucket_totals(&connection.bucket)?;
        let uploads: Vec<Upload> =
            self.store.uploads(UPLOADS)?.into_iter().filter(|upload| upload.bucket == connection.bucket).collect();
        needs.extend(self.upload_needs(&uploads)?);
        needs.extend(self.held_need(&connection.bucket)?);
        let high = findings::open_high_in_objects(&self.store, &connection.bucket)?;
        if high > 0 {
            needs.push(Need::Findings { high });
        }
        let scan = self.bucket_scan(&connection.bucket)?;
        if scan.last.is_none() && scan.running.is_none() {
            needs.push(Need::NotScanned);
        }
        Ok(Overview {
            safe: totals.safe,
            with_unexpected: totals.with_unexpected,
            not_verified: totals.not_verified,
            checked_at: snapshot.as_ref().map(|snapshot| snapshot.read_at),
            gate,
            needs,
            kinds: totals
                .kinds
                .into_iter()
                .take(KINDS)
                .map(|total| KindCount {
                    identifier: total.identifier,
                    files: total.objects,
                    expected: total.disposition == Disposition::Expected,
                })
                .collect(),
            findings: self.severities(&connection)?,
            lately: self.lately(&connection, &uploads)?,
            scan,
            bucket: connection.bucket,
        })
    }

    fn upload_needs(&self, uploads: &[Upload]) -> Result<Vec<Need>, Failure> {
        let mut needs = Vec::new();
        for upload in uploads.iter().filter(|upload| !upload.state.is_terminal() && upload.watch.is_none()) {
            let totals = self.store.file_totals(&upload.id)?;
            let asking = totals.files_in(&[FileState::NeedsDecision, FileState::Conflict]);
            if asking > 0 {
                let identifiers: Vec<IdentifierId> = totals
                    .by_identifier
                    .iter()
                    .filter(|total| total.disposition != Disposition::Expected)
                    .map(|total| total.identifier.clone())
                    .collect();
                needs.push(Need::Decisions { upload: upload.id.clone(), files: asking, identifiers });
            }
            let left = totals.files_in(&super::upload::UNDER_WAY);
            if left > 0 {
                needs.push(Need::Unfinished { upload: upload.id.clone(), files: left });
            }
        }
        Ok(needs)
    }

    /// What watch folders hold: it is in no upload that the window has in hand.
    fn held_need(&self, bucket: &str) -> Result<Option<Need>, Failure> {
        let filter = HeldFilter { bucket: Some(bucket.to_owned()), only_watched: true, ..HeldFilter::default() };
        let files = self.store.held_totals(&filter)?.iter().map(|(_, files)| files).sum();
        Ok((files > 0).then_some(Need::Held { files }))
    }

    fn severities(&self, connection: &Connection) -> Result<Vec<SeverityCount>, Failure> {
        [Severity::High, Severity::Medium, Severity::Low]
            .into_iter()
            .map(|severity| {
                let count = findings::open_of_severity(&self.store, &connection.bucket, severity)?;
                Ok(SeverityCount { severity, count })
            })
            .collect()
    }

    fn lately(&self, connection: &Connection, uploads: &[Upload]) -> Result<Vec<Activity>, Failure> {
        let mut lately = Vec::new();
        for upload in uploads.iter().filter(|upload| upload.state != UploadState::Draft).take(LATELY) {
            let totals = self.store.file_totals(&upload.id)?;
            let (safe, all) = totals.by_state.iter().fold((0, 0), |(safe, all), total| {
                (if total.state.is_safe() { safe + total.files } else { safe }, all + total.files)
            });
            let at = upload.finished_at.unwrap_or(upload.created_at);
            lately.push((at, Activity::Upload { at, upload: upload.id.clone(), safe, other: all - safe }));
        }
        let changes = self.store.changes()?.into_iter().filter(|change| change.bucket == connection.bucket);
        // What was done with single objects is told where their findings are.
        let changes = changes.map(change_view).filter(|change| change.object.is_none());
        for change in changes.take(LATELY) {
            let activity = Activity::Change {
                at: change.at,
                change: change.id,
                actor: change.actor,
                checks: change.checks,
                undo: change.undo_of.is_some(),
                undoable: change.undoable,
            };
            lately.push((change.at, activity));
        }
        lately.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
        Ok(lately.into_iter().take(LATELY).map(|(_, activity)| activity).collect())
    }
}

/// What of the bucket needs a person. Of a bucket that can't be reached nobody knows whether it is shut.
fn bucket_needs(snapshot: Option<&BucketSnapshot>) -> Vec<Need> {
    let gate = snapshot.map_or(Gate::Unknown { permissions: Vec::new() }, pillbox_posture::gate);
    // What fails is the reason why the bucket is open; where no gate can be had, it is news.
    let tells_checks = matches!(gate, Gate::Shut | Gate::NotSupported);
    let mut needs = Vec::new();
    if gate != Gate::Shut {
        needs.push(Need::BucketOpen { gate });
    }
    let (mut failed, mut unknown) = (0, 0);
    for report in snapshot.map(pillbox_posture::judge).unwrap_or_default() {
        match report.verdict {
            Verdict::Fail => failed += 1,
            Verdict::Unknown => unknown += 1,
            Verdict::Pass | Verdict::NotApplicable => {}
        }
    }
    if failed + unknown > 0 && tells_checks {
        needs.push(Need::Checks { failed, unknown });
    }
    needs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bucket_that_cannot_be_reached_needs_somebody() {
        let unknown = Gate::Unknown { permissions: Vec::new() };
        assert_eq!(bucket_needs(None), [Need::BucketOpen { gate: unknown }]);
    }
}
