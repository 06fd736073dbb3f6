//! How changes end. What came of those whose program was killed, or whose answer was lost, is found out by asking the
//! bucket.

use std::collections::BTreeSet;

use pillbox_model::{ErrorCode, Failure};
use pillbox_store::{Change, ChangePlan, ChangeState, StepOutcome};

use crate::app::App;
use crate::connect::Session;
use crate::objects;
use crate::protect::{Applied, is_uncertain, lease_name};

impl App {
    /// Finds out how far changes came whose program was killed: a step counts as applied when its setting is as
    /// the step would leave it. What is found can be taken back like any other change.
    ///
    /// # Errors
    /// What the store says.
    pub async fn settle_changes(&self, session: &Session) -> Result<(), Failure> {
        let bucket = &session.connection.bucket;
        if self.begun_changes(bucket)?.is_empty() {
            return Ok(());
        }
        let _lease = match self.lease(&lease_name(bucket)) {
            Ok(lease) => lease,
            // It was not killed: it is being applied.
            Err(failure) if failure.code == ErrorCode::AlreadyRunning => return Ok(()),
            Err(failure) => return Err(failure),
        };
        for change in self.begun_changes(bucket)? {
            match self.settle(session, &change).await {
                // What can't be read stays unsettled; the bucket is judged all the same.
                Err(failure) if !failure.code.is_ours() => {}
                settled => settled?,
            }
        }
        Ok(())
    }

    /// Says in the record of changes what became of one, and of the one that it takes back. What came of a step whose
    /// answer was lost is found out later.
    pub(crate) fn finish(&self, applied: &Applied, undo_of: Option<u64>) -> Result<(), Failure> {
        let state = match (&applied.failure, applied.steps) {
            (None, _) => ChangeState::Applied,
            (Some(failure), _) if is_uncertain(failure.code) => return Ok(()),
            (Some(_), 0) => ChangeState::Failed,
            (Some(_), _) => ChangeState::PartlyApplied,
        };
        self.store.finish_change(applied.change, state)?;
        match undo_of {
            Some(undone) if state == ChangeState::Applied => self.store.mark_undone(undone, applied.change),
            _ => Ok(()),
        }
    }

    /// Buckets with a change whose program was killed.
    ///
    /// # Errors
    /// What the store says.
    pub fn unsettled_buckets(&self) -> Result<BTreeSet<String>, Failure> {
        let changes = self.store.changes()?;
        Ok(changes
            .into_iter()
            .filter(|change| change.state == ChangeState::Begun)
            .map(|change| change.bucket)
            .collect())
    }

    fn begun_changes(&self, bucket: &str) -> Result<Vec<Change>, Failure> {
        let mut changes = self.store.changes()?;
        changes.retain(|change| change.state == ChangeState::Begun && change.bucket == bucket);
        Ok(changes)
    }

    async fn settle(&self, session: &Session, change: &Change) -> Result<(), Failure> {
        let (mut applied, steps) = (0, change.plan.steps());
        for step in 0..u32::try_from(steps).unwrap_or(u32::MAX) {
            let outcome = match change.steps.iter().find(|done| done.step == step) {
                Some(done) => done.outcome,
                None => {
                    let found = found_written(session, change, step as usize).await?;
                    let outcome = match found {
                        Some(_) => StepOutcome::Applied,
                        None => StepOutcome::Failed(ErrorCode::Cancelled),
                    };
                    let version = found.flatten();
                    self.store.mark_step(change.id, step, self.clock.now(), outcome, version.as_deref())?;
                    outcome
                }
            };
            applied += usize::from(outcome == StepOutcome::Applied);
        }
        let state = match applied {
            0 => ChangeState::Failed,
            all if all == steps => ChangeState::Applied,
            _ => ChangeState::PartlyApplied,
        };
        self.store.finish_change(change.id, state)?;
        if let (Some(undone), ChangeState::Applied) = (change.undo_of, state) {
            self.store.mark_undone(undone, change.id)?;
        }
        let action = match change.plan {
            ChangePlan::Settings(_) => "setting.settled",
            ChangePlan::Object(_) => "object.settled",
        };
        self.record(action, &change.bucket, serde_json::json!({ "change": change.id, "applied": applied }))
    }
}

/// Whether a step of a change that nothing is known of was done, by how the bucket is; inside, the version of an
/// object that it made.
async fn found_written(session: &Session, change: &Change, step: usize) -> Result<Option<Option<String>>, Failure> {
    match &change.plan {
        ChangePlan::Settings(plan) => {
            let Some(setting) = plan.changes.get(step) else { return Ok(None) };
            let present = session.client.read_setting(&plan.bucket, &setting.after).await?;
            Ok(present.same_as(&setting.after).then_some(None))
        }
        ChangePlan::Object(plan) => match plan.steps.get(step) {
            Some(step) => objects::found_done(session, &plan.bucket, step).await,
            None => Ok(None),
        },
    }
}
