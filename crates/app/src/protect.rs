//! Protection: judge the bucket, plan a fix, apply it, read it back, take it back.

use std::sync::Arc;
use std::time::Duration;

use pillbox_model::{
    BucketSnapshot, CheckId, CheckReport, ErrorCode, Failure, FixPlan, Gate, ProtectionReading, Retry, Reversibility,
    SettingChange,
};
use pillbox_store::{Change, ChangePlan, ChangeState, NewChange, StepOutcome};

use crate::app::{App, locked};
use crate::connect::Session;
use crate::wire::{ChangeView, FixOutcome, FixPreview, Notice, ObjectChange, Protection};
use crate::{actor, findings};

/// A plan that was shown and can be applied.
#[derive(Debug, Clone)]
pub struct Planned {
    /// What would change.
    pub plan: FixPlan,
    /// The change that it takes back.
    pub undo_of: Option<u64>,
}

/// What became of a plan.
#[derive(Debug, Clone)]
pub struct Applied {
    /// The change's number in the record.
    pub change: u64,
    /// How many of its steps were written and read back.
    pub steps: u32,
    /// Why the next one was not.
    pub failure: Option<Failure>,
}

/// What a bucket's settings came to when they were read last.
#[derive(Debug, Clone)]
pub(crate) struct Seen {
    reading: ProtectionReading,
    checks: Vec<CheckReport>,
}

/// What of a bucket's settings decides on an upload.
pub(crate) fn reading_of(snapshot: &BucketSnapshot) -> ProtectionReading {
    ProtectionReading {
        read_at: snapshot.read_at,
        bucket_block: snapshot.bucket_block.clone(),
        account_block: snapshot.account_block.clone(),
        gate: pillbox_posture::gate(snapshot),
    }
}

/// How long a gate that was read may be shown.
const SHOWN_FOR_MILLIS: i64 = 5_000;
/// How many plans that were shown are kept: a person looks at one, or at a few in turn.
pub(crate) const PLANS_KEPT: usize = 16;

impl App {
    /// Reads the bucket's settings at this moment, judges them, and keeps what fails as policy findings.
    ///
    /// # Errors
    /// What reading says when nothing could be read at all; a single setting that is refused is a verdict.
    pub async fn check(&self, session: &Session) -> Result<BucketSnapshot, Failure> {
        self.settle_changes(session).await?;
        let connection = &session.connection;
        let account = connection.account_id.as_deref();
        let snapshot = session.client.snapshot(&connection.bucket, account, self.clock.now()).await?;
        findings::keep_policy_findings(self, session, &snapshot)?;
        self.tell_what_is_new(&snapshot);
        Ok(snapshot)
    }

    /// Tells the page when the bucket is no longer as it was read last. A reading that found nothing new says
    /// nothing: the page itself asks for most of them.
    fn tell_what_is_new(&self, snapshot: &BucketSnapshot) {
        let seen = Seen { reading: reading_of(snapshot), checks: pillbox_posture::judge(snapshot) };
        let before = locked(&self.verdicts).insert(snapshot.bucket.clone(), seen.clone());
        if before.is_some_and(|before| (before.reading.gate, before.checks) != (seen.reading.gate, seen.checks)) {
            self.notices.notice(Notice::ProtectionChanged);
        }
    }

    /// The bucket's protection as it was read last.
    pub(crate) fn last_reading(&self, bucket: &str) -> Option<ProtectionReading> {
        locked(&self.verdicts).get(bucket).map(|seen| seen.reading.clone())
    }

    /// Whether the bucket is shut, as it was read some seconds ago or is read for this. Only for showing: what
    /// decides on an upload reads anew.
    ///
    /// # Errors
    /// As [`App::check`].
    pub(crate) async fn gate_to_show(&self, session: &Session) -> Result<Gate, Failure> {
        let lately = locked(&self.verdicts)
            .get(&session.connection.bucket)
            .filter(|seen| self.clock.now().millis() - seen.reading.read_at.millis() < SHOWN_FOR_MILLIS)
            .map(|seen| seen.reading.gate.clone());
        match lately {
            Some(gate) => Ok(gate),
            None => Ok(pillbox_posture::gate(&self.check(session).await?)),
        }
    }

    /// What the gate of a bucket said when it was read last; for showing alone.
    pub(crate) fn gate_known(&self, bucket: &str) -> Option<Gate> {
        locked(&self.verdicts).get(bucket).map(|seen| seen.reading.gate.clone())
    }

    /// Whether the bucket is shut, and its verdicts in the order in which they are shown.
    ///
    /// # Errors
    /// As [`App::check`].
    pub async fn verdicts(&self, session: &Session) -> Result<(Gate, Vec<CheckReport>), Failure> {
        let snapshot = self.check(session).await?;
        Ok((pillbox_posture::gate(&snapshot), pillbox_posture::judge(&snapshot)))
    }

    /// The bucket's verdicts, for the Protection screen.
    ///
    /// # Errors
    /// As [`App::check`].
    pub async fn protection(&self) -> Result<Protection, Failure> {
        let session = self.session().await?;
        let snapshot = self.check(&session).await?;
        Ok(protection_of(&session, snapshot))
    }

    /// What fixing `checks` would change; without any, what Fix all would.
    ///
    /// # Errors
    /// [`ErrorCode::NothingToFix`], [`ErrorCode::NotFixable`]; as [`App::check`].
    pub async fn plan_fix(&self, session: &Session, checks: &[CheckId]) -> Result<Planned, Failure> {
        let snapshot = self.check(session).await?;
        let plan = match checks {
            [] => pillbox_posture::plan_all(&snapshot)?,
            checks => pillbox_posture::plan(&snapshot, checks)?,
        };
        Ok(Planned { plan, undo_of: None })
    }

    /// What taking a change back would change; without a number, the newest change not yet taken back.
    ///
    /// # Errors
    /// [`ErrorCode::NoSuchChange`], also for a change of an object, see [`App::plan_object_undo`].
    pub fn plan_undo(&self, change: Option<u64>) -> Result<Planned, Failure> {
        let change = self.change_to_undo(change)?;
        let changes = applied_steps(&change);
        let ChangePlan::Settings(plan) = change.plan else { return Err(ErrorCode::NoSuchChange.into()) };
        let applied = FixPlan { changes, ..plan };
        Ok(Planned { plan: pillbox_posture::undo_plan(&applied), undo_of: Some(change.id) })
    }

    /// The change that would be taken back; without a number, the newest not yet taken back.
    ///
    /// # Errors
    /// [`ErrorCode::NoSuchChange`].
    pub fn undoable_change(&self, change: Option<u64>) -> Result<ChangeView, Failure> {
        self.change_to_undo(change).map(change_view)
    }

    pub(crate) fn change_to_undo(&self, change: Option<u64>) -> Result<Change, Failure> {
        let change = match change {
            Some(id) => self.store.change(id)?.filter(is_undoable),
            None => self.store.newest_undoable(None, None)?,
        };
        change.ok_or_else(|| ErrorCode::NoSuchChange.into())
    }

    /// Keeps a plan under an id for the page, which applies it by that.
    pub fn keep_plan(&self, planned: Planned) -> FixPreview {
        let plan_id = uuid::Uuid::new_v4().to_string();
        let preview = FixPreview { plan_id: plan_id.clone(), plan: planned.plan.clone(), undo_of: planned.undo_of };
        let mut plans = locked(&self.plans);
        if plans.len() >= PLANS_KEPT {
            plans.clear();
        }
        plans.insert(plan_id, planned);
        preview
    }

    /// Applies a plan that was shown, and judges the bucket again.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`] for an unknown plan; [`ErrorCode::ChangedSince`] when the bucket is no longer
    /// what the plan was made for. A step that fails is part of the answer.
    pub async fn apply_kept(self: &Arc<Self>, plan_id: &str) -> Result<FixOutcome, Failure> {
        let planned = locked(&self.plans).remove(plan_id).ok_or(ErrorCode::NotFound)?;
        let session = self.session().await?;
        let applied = self.apply(&session, &planned).await?;
        let protection = self.protection().await?;
        Ok(FixOutcome {
            change: applied.change,
            applied: applied.steps,
            error: applied.failure.map(Into::into),
            protection,
        })
    }

    /// Applies a plan: makes sure that nothing changed since it was made, saves the former state, writes
    /// step by step, reads each back, and stops at the first that fails.
    ///
    /// # Errors
    /// [`ErrorCode::ChangedSince`] before anything is written, or when what was read again differs; what
    /// reading and the store say. A step that fails is part of the answer, with everything before it on the
    /// record.
    pub async fn apply(&self, session: &Session, planned: &Planned) -> Result<Applied, Failure> {
        let plan = &planned.plan;
        if plan.bucket != session.connection.bucket {
            return Err(Failure::about(ErrorCode::OtherConnection, plan.bucket.clone()));
        }
        let _lease = self.lease(&lease_name(&plan.bucket))?;
        self.unchanged_since(session, planned).await?;
        let change = self.store.begin_change(NewChange {
            at: self.clock.now(),
            actor: actor::os_user(),
            connection: session.connection.name.clone(),
            plan: &ChangePlan::Settings(plan.clone()),
            undo_of: planned.undo_of,
        })?;
        let mut applied = Applied { change, steps: 0, failure: None };
        for (step, setting) in (0..).zip(&plan.changes) {
            let outcome = write_and_read_back(session, &plan.bucket, setting).await;
            match &outcome {
                Ok(()) => self.store.mark_step(change, step, self.clock.now(), StepOutcome::Applied, None)?,
                // It may have been written all the same: the next look at the bucket settles it.
                Err(failure) if is_uncertain(failure.code) => {}
                Err(failure) => {
                    self.store.mark_step(change, step, self.clock.now(), StepOutcome::Failed(failure.code), None)?;
                }
            }
            match outcome {
                Ok(()) => applied.steps += 1,
                Err(failure) => {
                    applied.failure = Some(failure);
                    break;
                }
            }
        }
        self.close_change(session, planned, &applied)?;
        Ok(applied)
    }

    /// Refuses to write over what somebody else wrote meanwhile. All settings are read before the first is
    /// written, because turning Block Public Access on changes how S3 shows access control lists.
    ///
    /// What an undo finds put back already is as good as written.
    async fn unchanged_since(&self, session: &Session, planned: &Planned) -> Result<(), Failure> {
        let plan = &planned.plan;
        for setting in &plan.changes {
            let present = session.client.read_setting(&plan.bucket, &setting.before).await?;
            let put_back = planned.undo_of.is_some() && present.same_as(&setting.after);
            if !present.same_as(&setting.before) && !put_back {
                return Err(Failure::about(ErrorCode::ChangedSince, plan.bucket.clone()));
            }
        }
        Ok(())
    }

    fn close_change(&self, session: &Session, planned: &Planned, applied: &Applied) -> Result<(), Failure> {
        self.finish(applied, planned.undo_of)?;
        let action = if planned.undo_of.is_some() { "setting.undone" } else { "setting.fixed" };
        let details = serde_json::json!({
            "change": applied.change,
            "undoOf": planned.undo_of,
            "caller": session.caller_arn,
            "checks": planned.plan.checks,
            "applied": applied.steps,
            "changes": planned.plan.changes,
            "error": applied.failure.as_ref().map(|failure| failure.code),
        });
        self.record(action, &planned.plan.bucket, details)
    }

    /// What was changed in the bucket of the connection in use, newest first: its settings and its objects.
    ///
    /// # Errors
    /// What the store says.
    pub fn changes_here(&self) -> Result<Vec<ChangeView>, Failure> {
        let bucket = self.current_connection()?.map(|connection| connection.bucket);
        let mut changes = self.changes()?;
        changes.retain(|change| Some(&change.bucket) == bucket.as_ref());
        Ok(changes)
    }

    /// What was changed in any bucket, newest first.
    ///
    /// # Errors
    /// What the store says.
    pub fn changes(&self) -> Result<Vec<ChangeView>, Failure> {
        Ok(self.store.changes()?.into_iter().map(change_view).collect())
    }
}

/// The verdicts on a snapshot.
pub(crate) fn protection_of(session: &Session, snapshot: BucketSnapshot) -> Protection {
    Protection {
        gate: pillbox_posture::gate(&snapshot),
        checks: pillbox_posture::judge(&snapshot),
        fix_all: pillbox_posture::plan_all(&snapshot).map(|plan| plan.checks).unwrap_or_default(),
        caller_arn: session.caller_arn.clone(),
        snapshot,
    }
}

/// How long to wait before each further look at a setting that was written: S3 may show the former one for a
/// moment.
pub(crate) const READ_BACK_AFTER: [Duration; 3] =
    [Duration::from_millis(250), Duration::from_millis(750), Duration::from_secs(2)];

async fn write_and_read_back(session: &Session, bucket: &str, setting: &SettingChange) -> Result<(), Failure> {
    session.client.write_setting(bucket, &setting.after).await?;
    let mut waits = READ_BACK_AFTER.into_iter();
    loop {
        let present = session.client.read_setting(bucket, &setting.after).await?;
        if present.same_as(&setting.after) {
            return Ok(());
        }
        let Some(wait) = waits.next() else { return Err(ErrorCode::FixNotConfirmed.into()) };
        tokio::time::sleep(wait).await;
    }
}

/// Whether a setting may have been written although writing it failed.
pub(crate) fn is_uncertain(code: ErrorCode) -> bool {
    code == ErrorCode::FixNotConfirmed || code.retry() == Retry::Later
}

/// The name under which a bucket's settings and objects are changed by one Pillbox at a time.
pub(crate) fn lease_name(bucket: &str) -> String {
    format!("settings/{bucket}")
}

fn is_undoable(change: &Change) -> bool {
    let reversibility = match &change.plan {
        ChangePlan::Settings(plan) => plan.reversibility,
        ChangePlan::Object(plan) => plan.reversibility,
    };
    let is_written = change.steps.iter().any(|done| done.outcome == StepOutcome::Applied);
    change.undo_of.is_none() && change.undone_by.is_none() && is_written && reversibility != Reversibility::Never
}

/// The steps of a change of settings that were written and read back: only these are taken back.
fn applied_steps(change: &Change) -> Vec<SettingChange> {
    let ChangePlan::Settings(plan) = &change.plan else { return Vec::new() };
    let applied = |step: u32| change.steps.iter().any(|done| done.step == step && done.outcome == StepOutcome::Applied);
    (0..).zip(&plan.changes).filter(|(step, _)| applied(*step)).map(|(_, setting)| setting.clone()).collect()
}

pub(crate) fn change_view(change: Change) -> ChangeView {
    let (checks, object) = match &change.plan {
        ChangePlan::Settings(plan) => (plan.checks.clone(), None),
        ChangePlan::Object(plan) => (Vec::new(), Some(ObjectChange { fix: plan.fix, key: plan.key.clone() })),
    };
    ChangeView {
        undoable: is_undoable(&change),
        complete: change.state == ChangeState::Applied,
        id: change.id,
        at: change.at,
        actor: change.actor,
        bucket: change.bucket,
        checks,
        object,
        undo_of: change.undo_of,
        undone_by: change.undone_by,
    }
}
