//! `pillbox fix`: shows the plan, asks, applies; exit 0 all that was asked is fixed and read back.

use std::process::ExitCode;

use pillbox_app::{App, Session, Words};
use pillbox_model::{CheckId, CheckReport, ErrorCode, Failure, Verdict};
use serde_json::json;

use crate::arguments::{Fix, Global};
use crate::commands::plan::{Carried, Consent, carry_out};
use crate::output::Output;
use crate::{connection, program};

/// The checks that have a fix: those that fixing all is asked about.
const FIXED: [CheckId; 4] =
    [CheckId::BlockPublicAccess, CheckId::AclGrants, CheckId::ObjectOwnership, CheckId::TlsOnly];

/// Puts a bucket's settings right.
pub(crate) async fn run(global: &Global, fix: &Fix, output: &Output) -> Result<ExitCode, Failure> {
    let place = connection::bucket(&fix.bucket)?;
    let app = program::open(global)?;
    let session = connection::open(&app, global, &place.bucket).await?;
    let planned = match app.plan_fix(&session, &fix.checks).await {
        Ok(planned) => Some(planned),
        Err(failure) if failure.code == ErrorCode::NothingToFix => None,
        Err(failure) => return Err(failure),
    };
    let consent = match (fix.dry_run, fix.yes) {
        (true, _) => Consent::ShowOnly,
        (false, true) => Consent::Given,
        (false, false) => Consent::Ask,
    };
    let carried = match &planned {
        Some(planned) => Some(carry_out(&app, &session, planned, consent, output).await?),
        None => None,
    };
    let code = match carried {
        Some(Carried::Stopped(code)) => return Ok(code),
        Some(Carried::Shown) => ExitCode::SUCCESS,
        Some(Carried::Applied) | None if fix.all => say_what_is_left(&app, &session, carried.is_none(), output).await?,
        Some(Carried::Applied) => ExitCode::SUCCESS,
        None => {
            output.line("There is nothing to fix.");
            ExitCode::SUCCESS
        }
    };
    output.end();
    Ok(code)
}

/// What of a bucket is not right after all was fixed that can be, or before, where nothing can.
async fn say_what_is_left(
    app: &App,
    session: &Session,
    nothing_done: bool,
    output: &Output,
) -> Result<ExitCode, Failure> {
    let (_, checks) = app.verdicts(session).await?;
    let left = Left::of(&checks);
    output.object(&json!({
        "type": "summary",
        "bucket": session.connection.bucket,
        "stillFailing": left.failing.iter().map(|report| report.check).collect::<Vec<_>>(),
        "unknown": left.unknown.iter().map(|report| report.check).collect::<Vec<_>>(),
    }));
    if nothing_done {
        let all_right = left.failing.is_empty() && left.unknown.is_empty();
        output.line(if all_right { "There is nothing to fix." } else { "Nothing could be fixed." });
    }
    let words = Words::english();
    for report in &left.failing {
        output.line(&format!("  {} still fails: {}", report.check.as_str(), words.reason(report)));
        output.line(&match report.fixable {
            true => format!(
                "    Name it to fix it: pillbox fix s3://{} {}",
                session.connection.bucket,
                report.check.as_str()
            ),
            false => format!("    {}", words.guide(report.check)),
        });
    }
    for report in &left.unknown {
        output.line(&format!("  {} is unknown: {}", report.check.as_str(), words.reason(report)));
    }
    Ok(ExitCode::from(left.code()))
}

/// Checks with a fix that do not pass.
struct Left<'a> {
    failing: Vec<&'a CheckReport>,
    unknown: Vec<&'a CheckReport>,
}

impl<'a> Left<'a> {
    fn of(checks: &'a [CheckReport]) -> Self {
        let with = |verdict| {
            checks.iter().filter(|report| FIXED.contains(&report.check) && report.verdict == verdict).collect()
        };
        Self { failing: with(Verdict::Fail), unknown: with(Verdict::Unknown) }
    }

    /// As of `pillbox check`: 1 a fail, 2 an unknown and no fail.
    const fn code(&self) -> u8 {
        match (self.failing.is_empty(), self.unknown.is_empty()) {
            (false, _) => 1,
            (true, false) => 2,
            (true, true) => 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use pillbox_model::{CheckGroup, Reason};

    use super::*;

    fn report(check: CheckId, verdict: Verdict) -> CheckReport {
        let (group, reason) = (CheckGroup::Access, Reason::AsItShouldBe);
        CheckReport { check, group, verdict, reason, standards: Vec::new(), fixable: false }
    }

    #[test]
    fn what_is_unknown_or_still_fails_is_not_all_right() {
        let tls = |verdict| report(CheckId::TlsOnly, verdict);
        let ownership = |verdict| report(CheckId::ObjectOwnership, verdict);
        for (checks, code) in [
            (vec![tls(Verdict::Pass), ownership(Verdict::NotApplicable)], 0),
            (vec![tls(Verdict::Unknown), ownership(Verdict::Pass)], 2),
            (vec![tls(Verdict::Unknown), ownership(Verdict::Fail)], 1),
            (vec![tls(Verdict::Pass), report(CheckId::Versioning, Verdict::Fail)], 0),
        ] {
            assert_eq!(Left::of(&checks).code(), code, "{checks:?}");
        }
    }
}
