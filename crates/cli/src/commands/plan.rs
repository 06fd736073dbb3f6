//! What fix and undo share: the plan is shown, asked for, applied, and read back.

use std::process::ExitCode;

use pillbox_app::{App, Planned, Session, Words};
use pillbox_model::{ErrorCode, Failure, FixPlan, Reversibility, SettingState};
use serde_json::json;

use crate::output::{Output, counted};
use crate::terminal;

/// Whether and how a plan is applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Consent {
    /// The plan is shown and nothing more.
    ShowOnly,
    /// The person at the terminal is asked.
    Ask,
    /// It was given beforehand.
    Given,
}

/// What became of a plan.
pub(crate) enum Carried {
    /// It was shown and nothing more.
    Shown,
    /// All of it is written and read back.
    Applied,
    /// A step failed; what went wrong is printed, and the output is ended.
    Stopped(ExitCode),
}

/// Shows a plan and applies it, as far as that is consented to.
pub(crate) async fn carry_out(
    app: &App,
    session: &Session,
    planned: &Planned,
    consent: Consent,
    output: &Output,
) -> Result<Carried, Failure> {
    print(output, planned);
    match consent {
        Consent::ShowOnly => {
            output.line("Nothing was changed.");
            return Ok(Carried::Shown);
        }
        Consent::Ask if !terminal::confirm("Apply this?")? => return Err(ErrorCode::Cancelled.into()),
        Consent::Ask | Consent::Given => {}
    }
    let applied = app.apply(session, planned).await?;
    output.object(&json!({
        "type": "change",
        "change": applied.change,
        "applied": applied.steps,
        "planned": planned.plan.changes.len(),
        "undoOf": planned.undo_of,
    }));
    output.line(&format!(
        "Change {}: {} of {} written and read back.",
        applied.change,
        applied.steps,
        counted(planned.plan.changes.len() as u64, "setting", "settings")
    ));
    if let Some(failure) = &applied.failure {
        return Ok(Carried::Stopped(output.fail(failure)));
    }
    if planned.undo_of.is_none() {
        output.line(&format!("Take it back with: pillbox undo {}", applied.change));
    }
    Ok(Carried::Applied)
}

fn print(output: &Output, planned: &Planned) {
    let plan = &planned.plan;
    output.object(&json!({ "type": "plan", "plan": plan, "undoOf": planned.undo_of }));
    output.line(&format!("{} would change:", plan.bucket));
    for change in &plan.changes {
        let fix = Words::english().fix(change.check);
        output.line(&if planned.undo_of.is_some() { format!("  Take back: {fix}") } else { format!("  {fix}") });
        print_states(output, &change.before, &change.after);
    }
    print_effects(output, plan, planned.undo_of.is_some());
}

fn print_effects(output: &Output, plan: &FixPlan, undo: bool) {
    if undo {
        output.line("This opens again what the fix had shut.");
    }
    for effect in &plan.effects {
        output.line(&format!("  {}", Words::english().effect(effect)));
    }
    let back = match plan.reversibility {
        Reversibility::Exact => "Can be taken back exactly.",
        Reversibility::Nearest => "Can be taken back nearly.",
        Reversibility::Never => "Can't be taken back.",
    };
    output.line(&format!("{back} Needs {}.", plan.permissions.join(", ")));
}

fn print_states(output: &Output, before: &SettingState, after: &SettingState) {
    if let (SettingState::BucketPublicAccessBlock(before), SettingState::BucketPublicAccessBlock(after)) =
        (before, after)
    {
        let (before, after) = (before.unwrap_or_default().flags(), after.unwrap_or_default().flags());
        for ((flag, from), (_, to)) in before.into_iter().zip(after) {
            output.line(&format!("    {flag:22} {} -> {}", on_off(from), on_off(to)));
        }
        return;
    }
    output.line(&format!("    from {}", state_text(before)));
    output.line(&format!("    to   {}", state_text(after)));
}

const fn on_off(flag: bool) -> &'static str {
    if flag { "on" } else { "off" }
}

fn state_text(state: &SettingState) -> String {
    match state {
        SettingState::BucketPublicAccessBlock(block) => format!("{block:?}"),
        SettingState::BucketAcl(grants) => counted(grants.len() as u64, "grant", "grants"),
        SettingState::OwnershipControls(None) | SettingState::BucketPolicy(None) => "nothing".to_owned(),
        SettingState::OwnershipControls(Some(ownership)) => format!("{ownership:?}"),
        SettingState::BucketPolicy(Some(policy)) => policy.clone(),
    }
}
