//! `pillbox audit`: the record of what was done.

use std::process::ExitCode;

use pillbox_model::{ErrorCode, Failure};
use serde_json::json;

use crate::arguments::{Audit, AuditCommand, Global};
use crate::output::Output;
use crate::program;

/// Exit 0 when the record agrees with itself, 1 when it does not.
pub(crate) fn run(global: &Global, audit: &Audit, output: &Output) -> Result<ExitCode, Failure> {
    let app = program::open(global)?;
    match audit.command {
        AuditCommand::Verify => {
            let report = app.verify_audit()?;
            output.object(&json!({
                "type": "audit",
                "entries": report.entries,
                "head": report.head,
                "brokenAt": report.broken_at,
            }));
            let Some(broken_at) = report.broken_at else {
                output.line(&format!(
                    "{} entries, each follows from the one before. Head: {}",
                    report.entries, report.head
                ));
                output.end();
                return Ok(ExitCode::SUCCESS);
            };
            output.error(&Failure::about(ErrorCode::AuditBroken, format!("entry {broken_at}")));
            output.end();
            Ok(ExitCode::from(1))
        }
    }
}
