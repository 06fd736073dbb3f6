//! `pillbox changes`: what was changed in buckets and objects, newest first.

use std::process::ExitCode;

use pillbox_app::{ChangeView, ObjectChange};
use pillbox_model::Failure;
use serde_json::json;

use crate::arguments::Global;
use crate::commands::object_plan::shown_key;
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
        let object = change.object.map(|object| ObjectChange { key: shown_key(&object.key, global.reveal), ..object });
        let change = ChangeView { object, ..change };
        output.object(&json!({ "type": "change", "change": change }));
        let what = match &change.object {
            Some(object) => format!("{} {}", object.fix.as_str(), object.key),
            None => change.checks.iter().map(|check| check.as_str()).collect::<Vec<_>>().join(", "),
        };
        let state = match (change.undo_of, change.undone_by, change.complete) {
            (Some(undone), ..) => format!("takes change {undone} back"),
            (None, Some(by), _) => format!("taken back by change {by}"),
            (None, None, true) if !change.undoable => "can't be taken back".to_owned(),
            (None, None, true) => "can be taken back".to_owned(),
            (None, None, false) => "not finished".to_owned(),
        };
        output.line(&format!("{}  {}  {}  {}  {}  ({state})", change.id, change.at, change.actor, change.bucket, what));
    }
    output.end();
    Ok(ExitCode::SUCCESS)
}
