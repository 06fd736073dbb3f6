//! `pillbox fix`: shows the plan, asks, applies; exit 0 all that was asked is fixed and read back.

use std::process::ExitCode;

use pillbox_model::{ErrorCode, Failure};

use crate::arguments::{Fix, Global};
use crate::commands::plan::{Consent, carry_out};
use crate::output::Output;
use crate::{connection, program};

/// Puts a bucket's settings right.
pub(crate) async fn run(global: &Global, fix: &Fix, output: &Output) -> Result<ExitCode, Failure> {
    let place = connection::bucket(&fix.bucket)?;
    let app = program::open(global)?;
    let session = connection::open(&app, global, &place.bucket).await?;
    let planned = match app.plan_fix(&session, &fix.checks).await {
        Ok(planned) => planned,
        Err(failure) if failure.code == ErrorCode::NothingToFix => {
            output.line("There is nothing to fix.");
            output.end();
            return Ok(ExitCode::SUCCESS);
        }
        Err(failure) => return Err(failure),
    };
    let consent = match (fix.dry_run, fix.yes) {
        (true, _) => Consent::ShowOnly,
        (false, true) => Consent::Given,
        (false, false) => Consent::Ask,
    };
    carry_out(&app, &session, &planned, consent, output).await
}
