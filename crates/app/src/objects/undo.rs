//! How a change of one object is taken back: planned anew from how the bucket is, so that nothing is removed that
//! is the last of its kind, and nothing that somebody stored since.

use pillbox_aws::ObjectDetails;
use pillbox_model::{CopyMarks, ErrorCode, Failure, ObjectEffect, ObjectPlan, ObjectStep, Reversibility, SeenObject};
use pillbox_store::{Change, ChangePlan, StepOutcome};

use super::look_at::{described, is_the_same, seen, seen_with_checksum, sha256};
use super::plan::older_versions_replaced;
use super::{CONSENT, PlannedObject};
use crate::app::App;
use crate::connect::Session;

/// A step that was done, with the version that it made.
struct Done {
    step: ObjectStep,
    made: Option<String>,
}

impl App {
    /// What taking back a change of one object would change.
    ///
    /// # Errors
    /// [`ErrorCode::NoSuchChange`]; [`ErrorCode::ChangedSince`] when somebody stored something since;
    /// [`ErrorCode::NotUndoable`] when what is needed is gone; what reading says.
    pub async fn plan_object_undo(&self, session: &Session, change: u64) -> Result<PlannedObject, Failure> {
        let change = self.change_to_undo(Some(change))?;
        let (id, done) = (change.id, done_steps(&change));
        let ChangePlan::Object(plan) = change.plan else { return Err(ErrorCode::NoSuchChange.into()) };
        let mut undoing = Undoing { session, done: &done, steps: Vec::new() };
        for one in done.iter().rev() {
            undoing.take_back(one).await?;
        }
        let steps = undoing.steps;
        if steps.is_empty() {
            return Err(ErrorCode::NotUndoable.into());
        }
        let replaced = older_versions_replaced(session, &steps).await?;
        let consent = (replaced == Some(ObjectEffect::OlderVersionGone)).then(|| CONSENT.to_owned());
        let plan = ObjectPlan {
            permissions: ObjectPlan::permissions_of(&steps),
            steps,
            effects: replaced.into_iter().collect(),
            reversibility: Reversibility::Exact,
            consent,
            ..plan
        };
        Ok(PlannedObject { plan, undo_of: Some(id) })
    }
}

fn done_steps(change: &Change) -> Vec<Done> {
    let ChangePlan::Object(plan) = &change.plan else { return Vec::new() };
    let of_step =
        |number: u32| change.steps.iter().find(|done| done.step == number && done.outcome == StepOutcome::Applied);
    let done = (0..).zip(&plan.steps).filter_map(|(number, step)| {
        of_step(number).map(|done| Done { step: step.clone(), made: done.version.clone() })
    });
    done.collect()
}

/// The way back in the making.
struct Undoing<'a> {
    session: &'a Session,
    done: &'a [Done],
    steps: Vec<ObjectStep>,
}

impl Undoing<'_> {
    async fn take_back(&mut self, done: &Done) -> Result<(), Failure> {
        let step = match &done.step {
            ObjectStep::Copy { from, to, replaces: None, .. } => {
                let Some(copy) = self.describe(to, done.made.as_deref()).await? else { return Ok(()) };
                self.is_what_was_made(to, &copy, from.sha256.as_deref()).await?;
                self.original_is_safe(from).await?;
                Some(ObjectStep::Remove { object: seen(to, &copy), is_delete_marker: false })
            }
            ObjectStep::Copy { from, to, replaces: Some(former), encryption_before, encryption, .. } => {
                let current = described(self.session, to, None).await?;
                self.is_made(&current, done, to, from.sha256.as_deref()).await?;
                if self.still_there(former, current.version_id.as_deref()).await? {
                    Some(ObjectStep::Remove { object: seen(to, &current), is_delete_marker: false })
                } else if from == former && encryption_before.is_some() {
                    let object = seen_with_checksum(self.session, to, &current).await?;
                    Some(ObjectStep::Copy {
                        from: object.clone(),
                        to: to.clone(),
                        replaces: Some(object),
                        marks: CopyMarks::Keep,
                        encryption_before: encryption.clone(),
                        encryption: encryption_before.clone(),
                    })
                } else {
                    return Err(ErrorCode::NotUndoable.into());
                }
            }
            ObjectStep::Rewrite { object, sha256, .. } => {
                let current = described(self.session, &object.key, None).await?;
                self.is_made(&current, done, &object.key, Some(sha256)).await?;
                if self.still_there(object, current.version_id.as_deref()).await? {
                    Some(ObjectStep::Remove { object: seen(&object.key, &current), is_delete_marker: false })
                } else {
                    Some(self.back_from_its_copy(object, Some(seen(&object.key, &current))).await?)
                }
            }
            ObjectStep::Hide { object } => self.shown_again(object, done.made.as_deref()).await?,
            ObjectStep::Show { key, .. } => {
                let current = described(self.session, key, None).await?;
                Some(ObjectStep::Hide { object: seen(key, &current) })
            }
            // What was removed comes back from its copy where the step before it is taken back.
            ObjectStep::Remove { .. } => None,
            ObjectStep::SetTags { object, before, after } => {
                Some(ObjectStep::SetTags { object: object.clone(), before: after.clone(), after: before.clone() })
            }
            ObjectStep::SetAcl { object, owner_id, before, after } => Some(ObjectStep::SetAcl {
                object: object.clone(),
                owner_id: owner_id.clone(),
                before: after.clone(),
                after: before.clone(),
            }),
        };
        self.steps.extend(step);
        Ok(())
    }

    /// How what was hidden is there again: without its delete marker, or copied back from its copy.
    async fn shown_again(&self, object: &SeenObject, marker: Option<&str>) -> Result<Option<ObjectStep>, Failure> {
        match self.describe(&object.key, None).await? {
            Some(there) if is_the_same(&there, object) => return Ok(None),
            Some(_) => return Err(self.changed()),
            None => {}
        }
        match marker {
            Some(marker) if self.still_there(object, Some(marker)).await? => {
                Ok(Some(ObjectStep::Show { key: object.key.clone(), marker: marker.to_owned() }))
            }
            _ => self.back_from_its_copy(object, None).await.map(Some),
        }
    }

    /// The copy that this very change made of an object, copied back.
    async fn back_from_its_copy(
        &self,
        object: &SeenObject,
        replaces: Option<SeenObject>,
    ) -> Result<ObjectStep, Failure> {
        let last_copy = self.done.iter().rev().find_map(|done| match &done.step {
            ObjectStep::Copy { from, to, marks, encryption_before, encryption, .. }
                if from.key == object.key && from.e_tag == object.e_tag =>
            {
                Some((to, done.made.as_deref(), marks, encryption_before, encryption))
            }
            _ => None,
        });
        let Some((to, made, marks, encryption_before, encryption)) = last_copy else {
            return Err(ErrorCode::NotUndoable.into());
        };
        let copy = self.describe(to, made).await?.ok_or(ErrorCode::NotUndoable)?;
        Ok(ObjectStep::Copy {
            from: seen_with_checksum(self.session, to, &copy).await?,
            to: object.key.clone(),
            replaces,
            marks: match marks {
                CopyMarks::Keep => CopyMarks::Keep,
                CopyMarks::Add(entries) => CopyMarks::Drop(entries.clone()),
                CopyMarks::Drop(entries) => CopyMarks::Add(entries.clone()),
            },
            encryption_before: encryption.clone(),
            encryption: encryption_before.clone(),
        })
    }

    /// Whether the version that was replaced or hidden is still there, under another id than what came on top.
    async fn still_there(&self, former: &SeenObject, on_top: Option<&str>) -> Result<bool, Failure> {
        if former.version_id.is_none() || former.version_id.as_deref() == on_top {
            return Ok(false);
        }
        let there = self.describe(&former.key, former.version_id.as_deref()).await?;
        Ok(there.is_some_and(|there| is_the_same(&there, former)))
    }

    /// A copy is removed only where what it is a copy of is there, or will be by a step before.
    async fn original_is_safe(&self, from: &SeenObject) -> Result<(), Failure> {
        let comes_back = self.steps.iter().any(|step| match step {
            ObjectStep::Show { key, .. } => *key == from.key,
            ObjectStep::Copy { to, .. } => *to == from.key,
            _ => false,
        });
        let there = self.describe(&from.key, from.version_id.as_deref()).await?;
        if comes_back || there.is_some_and(|there| is_the_same(&there, from)) {
            Ok(())
        } else {
            Err(ErrorCode::NotUndoable.into())
        }
    }

    /// What is there must be what the change made.
    async fn is_made(
        &self,
        current: &ObjectDetails,
        done: &Done,
        key: &str,
        sha256: Option<&str>,
    ) -> Result<(), Failure> {
        if done.made != current.version_id {
            return Err(self.changed());
        }
        self.is_what_was_made(key, current, sha256).await
    }

    async fn is_what_was_made(&self, key: &str, there: &ObjectDetails, made: Option<&str>) -> Result<(), Failure> {
        let present = hex::encode(sha256(self.session, key, there).await?);
        if made == Some(present.as_str()) { Ok(()) } else { Err(self.changed()) }
    }

    async fn describe(&self, key: &str, version: Option<&str>) -> Result<Option<ObjectDetails>, Failure> {
        self.session.client.describe(&self.session.connection.bucket, key, version).await
    }

    fn changed(&self) -> Failure {
        Failure::about(ErrorCode::ChangedSince, self.session.connection.bucket.clone())
    }
}
