//! `pillbox check`: verdicts; exit 0 all pass, 1 a fail, 2 an unknown and no fail.

use std::process::ExitCode;

use pillbox_app::Words;
use pillbox_model::{CheckReport, Failure, Gate, Verdict};
use serde_json::json;

use crate::arguments::{Check, Global};
use crate::output::Output;
use crate::{connection, program};

/// Judges a bucket and prints the verdicts.
pub(crate) async fn run(global: &Global, check: &Check, output: &Output) -> Result<ExitCode, Failure> {
    let place = connection::bucket(&check.bucket)?;
    let app = program::open(global)?;
    let session = connection::open(&app, global, &place.bucket).await?;
    let (gate, checks) = app.verdicts(&session).await?;
    for report in &checks {
        print(output, report);
    }
    output.object(&json!({ "type": "summary", "bucket": place.bucket, "gate": gate }));
    output.line(match gate {
        Gate::Shut => "The bucket is shut to the public.",
        Gate::NotShut { public: true, .. } => "The bucket is OPEN to the public.",
        Gate::NotShut { public: false, .. } => "The bucket is not shut: nothing stops it from being made public.",
        Gate::Unknown { .. } => "Whether the bucket is shut could not be checked. Unknown counts as not safe.",
        Gate::NotSupported => "This store has no Block Public Access.",
    });
    output.end();
    let any = |verdict| checks.iter().any(|report| report.verdict == verdict);
    Ok(if any(Verdict::Fail) {
        ExitCode::from(1)
    } else if any(Verdict::Unknown) {
        ExitCode::from(2)
    } else {
        ExitCode::SUCCESS
    })
}

fn print(output: &Output, report: &CheckReport) {
    output.object(&json!({
        "type": "check",
        "check": report.check,
        "group": report.group,
        "verdict": report.verdict,
        "reason": report.reason,
        "standards": report.standards,
        "fixable": report.fixable,
    }));
    let mark = match report.verdict {
        Verdict::Pass => "pass   ",
        Verdict::Fail => "FAIL   ",
        Verdict::Unknown => "unknown",
        Verdict::NotApplicable => "n/a    ",
    };
    let words = Words::english();
    output.line(&format!("{mark}  {:28} {}", report.check.as_str(), words.check(report.check, report.verdict)));
    if report.verdict != Verdict::Pass {
        output.line(&format!("         {:28} {} [{}]", "", words.reason(report), report.standards.join(", ")));
    }
}
