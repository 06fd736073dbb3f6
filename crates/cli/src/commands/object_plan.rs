//! What fixes of objects and their undo share: the plan is shown, asked for, applied, and read back.

use std::process::ExitCode;

use pillbox_app::{App, PlannedObject, QUARANTINE_PREFIX, Session, Words, hidden_name};
use pillbox_model::{AclGrant, Encryption, ErrorCode, Failure, ObjectPlan, ObjectStep, Reversibility, SeenObject};
use serde_json::json;

use crate::arguments_of_objects::Consenting;
use crate::output::{Output, counted};
use crate::terminal;

/// Shows a plan for an object and applies it, as far as that is consented to.
pub(crate) async fn carry_out(
    app: &App,
    session: &Session,
    planned: &PlannedObject,
    consenting: &Consenting,
    reveal: bool,
    output: &Output,
) -> Result<ExitCode, Failure> {
    print(output, planned, reveal);
    if consenting.dry_run {
        output.line("Nothing was changed.");
        output.end();
        return Ok(ExitCode::SUCCESS);
    }
    let consent = consent(planned, consenting)?;
    let applied = app.apply_object(session, planned, consent.as_deref()).await?;
    output.object(&json!({
        "type": "change",
        "change": applied.change,
        "applied": applied.steps,
        "planned": planned.plan.steps.len(),
        "undoOf": planned.undo_of,
    }));
    output.line(&format!(
        "Change {}: {} of {} done and read back.",
        applied.change,
        applied.steps,
        counted(planned.plan.steps.len() as u64, "step", "steps")
    ));
    if let Some(failure) = &applied.failure {
        return Ok(output.fail(failure));
    }
    if planned.undo_of.is_none() && planned.plan.reversibility != Reversibility::Never {
        output.line(&format!("Take it back with: pillbox undo {}", applied.change));
    }
    output.end();
    Ok(ExitCode::SUCCESS)
}

/// What a person said to a plan: yes, and where it can't be taken back the words that it asks for.
fn consent(planned: &PlannedObject, consenting: &Consenting) -> Result<Option<String>, Failure> {
    let Some(words) = &planned.plan.consent else {
        if consenting.yes || terminal::confirm("Apply this?")? {
            return Ok(None);
        }
        return Err(ErrorCode::Cancelled.into());
    };
    match &consenting.consent {
        Some(given) => Ok(Some(given.clone())),
        None if terminal::is_there() => terminal::typed(&format!("Type '{words}' to have it: ")).map(Some),
        None => Err(Failure::about(ErrorCode::ConsentNeeded, words.clone())),
    }
}

fn print(output: &Output, planned: &PlannedObject, reveal: bool) {
    let plan = &planned.plan;
    let shown = if reveal { plan.clone() } else { without_names(plan) };
    output.object(&json!({ "type": "objectPlan", "plan": shown, "undoOf": planned.undo_of }));
    let what = if planned.undo_of.is_some() { "would change back" } else { "would change" };
    output.line(&format!("s3://{}/{} {what}:", plan.bucket, shown.key));
    for step in &shown.steps {
        output.line(&format!("  {}", sentence(step)));
    }
    for effect in &plan.effects {
        output.line(&format!("  Note: {}", Words::english().object_effect(effect)));
    }
    let back = match plan.reversibility {
        _ if planned.undo_of.is_some() => "This takes the change back.",
        Reversibility::Exact => "Can be taken back exactly.",
        Reversibility::Nearest => "Can be taken back nearly: the bytes come back, as another version.",
        Reversibility::Never => "Can't be taken back.",
    };
    output.line(&format!("{back} Needs {}.", plan.permissions.join(", ")));
}

fn sentence(step: &ObjectStep) -> String {
    match step {
        ObjectStep::Copy { from, to, encryption_before, encryption, .. } if from.key == *to => {
            let version = from.version_id.as_deref().unwrap_or("the current");
            let (before, after) = (encryption_text(encryption_before.as_ref()), encryption_text(encryption.as_ref()));
            format!("Copy version {version} on top of what is there; encryption from {before} to {after}")
        }
        ObjectStep::Copy { from, to, .. } => format!("Copy {} ({} bytes) to {to}", from.key, from.size),
        ObjectStep::Rewrite { object, size, .. } => {
            format!("Replace it by the blacked-out copy: from {} to {size} bytes", object.size)
        }
        ObjectStep::Hide { object } => match &object.version_id {
            Some(version) => format!("Hide {} (version {version}) under a delete marker", object.key),
            None => format!("Delete {}", object.key),
        },
        ObjectStep::Show { key, marker } => format!("Take the delete marker {marker} of {key} away"),
        ObjectStep::Remove { object, .. } => match &object.version_id {
            Some(version) => format!("Remove version {version} of {} for ever", object.key),
            None => format!("Remove {}", object.key),
        },
        ObjectStep::SetTags { before, after, .. } => {
            format!("Set its tags: from {} to {} ({})", before.len(), after.len(), names(after))
        }
        ObjectStep::SetAcl { before, after, .. } => {
            format!("Set its access control list: from {} to {}", grants_text(before), grants_text(after))
        }
    }
}

fn names(tags: &std::collections::BTreeMap<String, String>) -> String {
    tags.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join(", ")
}

fn grants_text(grants: &[AclGrant]) -> String {
    let public = grants.iter().filter(|grant| grant.grantee.is_public()).count() as u64;
    let all = counted(grants.len() as u64, "grant", "grants");
    if public == 0 { all } else { format!("{all} ({public} to everybody)") }
}

fn encryption_text(encryption: Option<&Encryption>) -> String {
    let Some(encryption) = encryption else { return "what the bucket has".to_owned() };
    let kind = serde_json::to_value(encryption.kind).ok();
    let kind = kind.as_ref().and_then(|kind| kind.as_str()).unwrap_or_default();
    match &encryption.kms_key {
        Some(key) => format!("{kind} ({key})"),
        None => kind.to_owned(),
    }
}

/// A key as it may be printed: names hidden, but where quarantine and its id are to be seen.
pub(crate) fn shown_key(key: &str, reveal: bool) -> String {
    if reveal {
        return key.to_owned();
    }
    match key.strip_prefix(QUARANTINE_PREFIX).and_then(|rest| rest.split_once('/')) {
        Some((id, own_key)) => format!("{QUARANTINE_PREFIX}{id}/{}", hidden_name(own_key)),
        None => hidden_name(key),
    }
}

/// A plan with its keys and the values of its tags hidden.
fn without_names(plan: &ObjectPlan) -> ObjectPlan {
    let object = |seen: &SeenObject| SeenObject { key: shown_key(&seen.key, false), ..seen.clone() };
    let tags = |tags: &std::collections::BTreeMap<String, String>| {
        tags.iter().map(|(name, value)| (name.clone(), hidden_name(value))).collect()
    };
    let step = |step: &ObjectStep| match step.clone() {
        ObjectStep::Copy { from, to, replaces, marks, encryption_before, encryption } => ObjectStep::Copy {
            from: object(&from),
            to: shown_key(&to, false),
            replaces: replaces.as_ref().map(object),
            marks,
            encryption_before,
            encryption,
        },
        ObjectStep::Rewrite { object: one, size, sha256 } => ObjectStep::Rewrite { object: object(&one), size, sha256 },
        ObjectStep::Hide { object: one } => ObjectStep::Hide { object: object(&one) },
        ObjectStep::Show { key, marker } => ObjectStep::Show { key: shown_key(&key, false), marker },
        ObjectStep::Remove { object: one, is_delete_marker } => {
            ObjectStep::Remove { object: object(&one), is_delete_marker }
        }
        ObjectStep::SetTags { object: one, before, after } => {
            ObjectStep::SetTags { object: object(&one), before: tags(&before), after: tags(&after) }
        }
        ObjectStep::SetAcl { object: one, owner_id, before, after } => {
            ObjectStep::SetAcl { object: object(&one), owner_id, before, after }
        }
    };
    let steps = plan.steps.iter().map(step).collect();
    ObjectPlan { key: shown_key(&plan.key, false), steps, ..plan.clone() }
}

#[cfg(test)]
mod tests {
    use super::shown_key;

    #[test]
    fn the_way_to_quarantine_is_seen_and_the_name_is_not() {
        let key = "pillbox-quarantine/0123456789abcdef/inbox/okafor-amara.txt";
        assert_eq!(shown_key(key, false), "pillbox-quarantine/0123456789abcdef/*****/******-*****.txt");
        assert_eq!(shown_key("inbox/okafor.txt", false), "*****/******.txt");
        assert_eq!(shown_key(key, true), key);
    }
}
