//! Fixes of single objects as the window asks for them: a plan is kept under an id, and applied by it.

use std::collections::HashMap;

use pillbox_model::{Category, Disposition, Encryption, ErrorCode, Failure, Finding, ObjectFix};

use super::{PlannedObject, QuarantineOptions};
use crate::app::{App, locked};
use crate::connect::Session;
use crate::protect::PLANS_KEPT;
use crate::wire::{FindingDetail, InQuarantine, ObjectFixRequest, ObjectOutcome, ObjectPreview};

impl App {
    /// What a fix of an object would change, kept for the page.
    ///
    /// # Errors
    /// As the plan of the fix.
    pub async fn plan_object_fix(&self, request: &ObjectFixRequest) -> Result<ObjectPreview, Failure> {
        let session = self.session().await?;
        self.settle_changes(&session).await?;
        let planned = self.planned_as_asked(&session, request).await?;
        Ok(self.keep_object_plan(planned))
    }

    async fn planned_as_asked(&self, session: &Session, request: &ObjectFixRequest) -> Result<PlannedObject, Failure> {
        match request {
            ObjectFixRequest::Quarantine { key, reason, expires, remove_original } => {
                let (reason, expires, remove_original) = (reason.clone(), expires.clone(), *remove_original);
                let options = QuarantineOptions { reason, expires, remove_original };
                self.plan_quarantine(session, key, &options).await
            }
            ObjectFixRequest::Restore { key } => self.plan_restore(session, key).await,
            ObjectFixRequest::RestoreVersion { key, version_id } => {
                self.plan_restore_version(session, key, version_id).await
            }
            ObjectFixRequest::DeleteVersion { key, version_id } => {
                self.plan_delete_version(session, key, version_id).await
            }
            ObjectFixRequest::Redact { key, remove_original } => self.plan_redact(session, key, *remove_original).await,
            ObjectFixRequest::MakePrivate { key } => self.plan_make_private(session, key).await,
            ObjectFixRequest::Encrypt { key, kms_key } => {
                self.plan_encrypt(session, key, &Encryption::with(kms_key.clone())).await
            }
            ObjectFixRequest::Tag { key, tags } => self.plan_tag(session, key, tags).await,
        }
    }

    /// What taking back a change of an object would change, kept for the page.
    ///
    /// # Errors
    /// As [`App::plan_object_undo`].
    pub async fn plan_object_undo_to_show(&self, change: u64) -> Result<ObjectPreview, Failure> {
        let session = self.session().await?;
        self.settle_changes(&session).await?;
        let planned = self.plan_object_undo(&session, change).await?;
        Ok(self.keep_object_plan(planned))
    }

    fn keep_object_plan(&self, planned: PlannedObject) -> ObjectPreview {
        let plan_id = uuid::Uuid::new_v4().to_string();
        let preview = ObjectPreview { plan_id: plan_id.clone(), plan: planned.plan.clone(), undo_of: planned.undo_of };
        let mut plans = locked(&self.object_plans);
        if plans.len() >= PLANS_KEPT {
            plans.clear();
        }
        plans.insert(plan_id, planned);
        preview
    }

    /// Applies a plan for an object that was shown. Where words have to be typed and others were, it can be asked for
    /// again.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`] for an unknown plan; as [`App::apply_object`]. A step that fails is part of the answer.
    pub async fn apply_kept_object(&self, plan_id: &str, consent: Option<&str>) -> Result<ObjectOutcome, Failure> {
        let planned = locked(&self.object_plans).remove(plan_id).ok_or(ErrorCode::NotFound)?;
        let session = self.session().await?;
        match self.apply_object(&session, &planned, consent).await {
            Ok(applied) => Ok(ObjectOutcome {
                change: applied.change,
                applied: applied.steps,
                error: applied.failure.map(Into::into),
            }),
            Err(failure) => {
                if failure.code == ErrorCode::ConsentNeeded {
                    locked(&self.object_plans).insert(plan_id.to_owned(), planned);
                }
                Err(failure)
            }
        }
    }

    /// One finding, with what can be done about its object.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`].
    pub fn finding(&self, id: &str) -> Result<FindingDetail, Failure> {
        let finding = self.store.finding(id)?.ok_or(ErrorCode::NotFound)?;
        let bucket = finding.resources_affected.s3_bucket.as_ref().map_or("", |bucket| bucket.name.as_str());
        let in_quarantine = self.put_into_quarantine(bucket, std::slice::from_ref(&finding))?.remove(&finding.id);
        Ok(FindingDetail { fixes: self.fixes_of(&finding), in_quarantine, finding })
    }

    /// The best fix for what was found: what must not lie there at all goes away whole, a text is blacked out.
    fn fixes_of(&self, finding: &Finding) -> Vec<ObjectFix> {
        let Some(details) = &finding.classification_details else { return Vec::new() };
        let rules = self.rules();
        let is_refused = details.result.sensitive_data.iter().any(|item| {
            item.category == Category::Credentials
                || item
                    .detections
                    .iter()
                    .any(|found| rules.disposition(&found.identifier, item.category) == Disposition::Refuse)
        });
        let mut fixes = vec![ObjectFix::Quarantine];
        if details.result.mime_type.starts_with("text/") {
            fixes.insert(usize::from(is_refused), ObjectFix::Redact);
        }
        fixes.extend([ObjectFix::MakePrivate, ObjectFix::Encrypt, ObjectFix::Tag]);
        fixes
    }

    /// Which of these findings are about an object that was put into quarantine since it was looked into, by their ids.
    pub(crate) fn put_into_quarantine(
        &self,
        bucket: &str,
        findings: &[Finding],
    ) -> Result<HashMap<String, InQuarantine>, Failure> {
        let mut there = HashMap::new();
        for one in self.store.quarantine_moves(bucket)? {
            match one.is_put {
                true => {
                    let moved = InQuarantine { change: one.change, at: one.at, key: one.copy };
                    there.insert(one.own_key, moved);
                }
                false => {
                    there.remove(&one.own_key);
                }
            }
        }
        let of = |finding: &Finding| {
            let object = finding.resources_affected.s3_object.as_ref()?;
            let moved = there.get(&object.key).filter(|moved| moved.at >= finding.updated_at)?;
            Some((finding.id.clone(), moved.clone()))
        };
        Ok(findings.iter().filter_map(of).collect())
    }
}
