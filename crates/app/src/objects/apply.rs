//! Applying a plan for one object.

use pillbox_model::{ErrorCode, Failure, ObjectStep};
use pillbox_store::{ChangePlan, NewChange, StepOutcome};

use super::PlannedObject;
use super::step::{found_done, is_still_possible, perform};
use crate::actor;
use crate::app::App;
use crate::connect::Session;
use crate::protect::{Applied, READ_BACK_AFTER, is_uncertain, lease_name};

impl App {
    /// Applies a plan for one object: makes sure that nothing changed since it was made, writes it down, does it
    /// step by step, reads each back, and stops at the first that fails.
    ///
    /// # Errors
    /// [`ErrorCode::ConsentNeeded`] about the words that must be given for what can't be taken back;
    /// [`ErrorCode::ChangedSince`] before anything is written; what reading and the store say. A step that fails
    /// is part of the answer, with everything before it on the record.
    pub async fn apply_object(
        &self,
        session: &Session,
        planned: &PlannedObject,
        consent: Option<&str>,
    ) -> Result<Applied, Failure> {
        let plan = &planned.plan;
        if plan.bucket != session.connection.bucket {
            return Err(Failure::about(ErrorCode::OtherConnection, plan.bucket.clone()));
        }
        if let Some(words) = plan.consent.as_deref().filter(|words| consent != Some(*words)) {
            return Err(Failure::about(ErrorCode::ConsentNeeded, words));
        }
        let _lease = self.lease(&lease_name(&plan.bucket))?;
        for step in first_of_each(&plan.steps) {
            is_still_possible(session, step).await?;
        }
        let change = self.store.begin_change(NewChange {
            at: self.clock.now(),
            actor: actor::os_user(),
            connection: session.connection.name.clone(),
            plan: &ChangePlan::Object(plan.clone()),
            undo_of: planned.undo_of,
        })?;
        let mut applied = Applied { change, steps: 0, failure: None };
        for (number, step) in (0..).zip(&plan.steps) {
            match self.perform_and_read_back(session, step).await {
                Ok(version) => {
                    let now = self.clock.now();
                    self.store.mark_step(change, number, now, StepOutcome::Applied, version.as_deref())?;
                    applied.steps += 1;
                }
                Err(failure) => {
                    // What may have been done all the same, the next look at the bucket settles.
                    if !is_uncertain(failure.code) {
                        let outcome = StepOutcome::Failed(failure.code);
                        self.store.mark_step(change, number, self.clock.now(), outcome, None)?;
                    }
                    applied.failure = Some(failure);
                    break;
                }
            }
        }
        self.close_object_change(session, planned, &applied)?;
        Ok(applied)
    }

    /// Does a step and answers the version that it made.
    async fn perform_and_read_back(&self, session: &Session, step: &ObjectStep) -> Result<Option<String>, Failure> {
        let bucket = &session.connection.bucket;
        match perform(self, session, step).await {
            Ok(()) => {}
            // An answer that got lost makes a second try meet what the first one did.
            Err(failure) if failure.code == ErrorCode::ChangedSince => {
                return found_done(session, bucket, step).await?.ok_or(failure);
            }
            Err(failure) => return Err(failure),
        }
        let mut waits = READ_BACK_AFTER.into_iter();
        loop {
            if let Some(version) = found_done(session, bucket, step).await? {
                return Ok(version);
            }
            let Some(wait) = waits.next() else { return Err(ErrorCode::FixNotConfirmed.into()) };
            tokio::time::sleep(wait).await;
        }
    }

    fn close_object_change(
        &self,
        session: &Session,
        planned: &PlannedObject,
        applied: &Applied,
    ) -> Result<(), Failure> {
        self.finish(applied, planned.undo_of)?;
        let action = if planned.undo_of.is_some() { "object.undone" } else { "object.fixed" };
        // The object is named by the change's number alone: its key may carry a name.
        let details = serde_json::json!({
            "change": applied.change,
            "undoOf": planned.undo_of,
            "caller": session.caller_arn,
            "fix": planned.plan.fix,
            "applied": applied.steps,
            "planned": planned.plan.steps.len(),
            "consent": planned.plan.consent.is_some(),
            "error": applied.failure.as_ref().map(|failure| failure.code),
        });
        self.record(action, &planned.plan.bucket, details)
    }
}

/// The steps that can be checked before the first one is done: those about a key that no step before them changes.
fn first_of_each(steps: &[ObjectStep]) -> impl Iterator<Item = &ObjectStep> {
    let is_first = |number: usize, step: &ObjectStep| {
        !steps.iter().take(number).any(|earlier| key_written(earlier) == key_written(step))
    };
    steps.iter().enumerate().filter(move |(number, step)| is_first(*number, step)).map(|(_, step)| step)
}

fn key_written(step: &ObjectStep) -> &str {
    match step {
        ObjectStep::Copy { to, .. } => to,
        ObjectStep::Show { key, .. } => key,
        ObjectStep::Rewrite { object, .. }
        | ObjectStep::Hide { object }
        | ObjectStep::Remove { object, .. }
        | ObjectStep::SetTags { object, .. }
        | ObjectStep::SetAcl { object, .. } => &object.key,
    }
}
