//! `pillbox changes`: what was changed in buckets, newest first.

use std::process::ExitCode;

use pillbox_model::Failure;
use serde_json::json;

use crate::arguments::Global;
use crate::output::Output;
use crate::program;

/// Lists the changes.
pub(crate) fn run(global: &Global, output: &Output) -> Result<ExitCode, Failure> {
    let app = program::open(global)?;
    let changes = app.changes()?;
    if changes.is_empty() {
        output.line("Nothing was changed.");
    }
    for change in changes {
        output.object(&json!({ "type": "change", "change": change }));
        let checks: Vec<&str> = change.checks.iter().map(|check| check.as_str()).collect();
        let state = match (change.undo_of, change.undone_by, change.complete) {
            (Some(undone), ..) => format!("takes change {undone} back"),
            (None, Some(by), _) => format!("taken back by change {by}"),
            (None, None, true) => "can be taken back".to_owned(),
            (None, None, false) => "not finished".to_owned(),
        };
        output.line(&format!(
            "{}  {}  {}  {}  {}  ({state})",
            change.id,
            change.at,
            change.actor,
            change.bucket,
            checks.join(", ")
        ));
    }
    output.end();
    Ok(ExitCode::SUCCESS)
}
