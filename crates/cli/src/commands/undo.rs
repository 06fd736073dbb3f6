//! `pillbox undo`: takes a change back; exit 1 when there is none.

use std::process::ExitCode;

use pillbox_model::Failure;

use crate::arguments::{Global, Undo};
use crate::arguments_of_objects::Consenting;
use crate::commands::object_plan;
use crate::commands::plan::{Carried, Consent, carry_out};
use crate::output::Output;
use crate::{connection, program};

/// Takes a change back, the newest where none is named.
pub(crate) async fn run(global: &Global, undo: &Undo, output: &Output) -> Result<ExitCode, Failure> {
    let app = program::open(global)?;
    for bucket in app.unsettled_buckets()? {
        // A bucket that can't be reached any more does not keep others from being put back.
        if let Ok(session) = connection::open(&app, global, &bucket).await {
            app.settle_changes(&session).await?;
        }
    }
    let change = app.undoable_change(undo.change)?;
    let session = connection::open(&app, global, &change.bucket).await?;
    if change.object.is_some() {
        let planned = app.plan_object_undo(&session, change.id).await?;
        let consenting = Consenting { yes: undo.yes, dry_run: undo.dry_run, consent: undo.consent.clone() };
        return object_plan::carry_out(&app, &session, &planned, &consenting, global.reveal, output).await;
    }
    let planned = app.plan_undo(Some(change.id))?;
    let consent = match (undo.dry_run, undo.yes) {
        (true, _) => Consent::ShowOnly,
        (false, true) => Consent::Given,
        (false, false) => Consent::Ask,
    };
    Ok(match carry_out(&app, &session, &planned, consent, output).await? {
        Carried::Stopped(code) => code,
        Carried::Shown | Carried::Applied => {
            output.end();
            ExitCode::SUCCESS
        }
    })
}
