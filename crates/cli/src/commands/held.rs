//! `pillbox held`: what waits for a person; exit 0 nothing does, 1 something does. `decide` ends as an upload does.

use std::process::ExitCode;

use pillbox_app::{App, Counters, HeldFile, HeldFilter};
use pillbox_model::{Decision, Failure};
use serde_json::json;

use super::upload::finish;
use super::upload_report::{file_object, file_text};
use crate::arguments::Global;
use crate::arguments_of_watch::{DecideHeld, Held, HeldCommand};
use crate::output::{Output, counted};
use crate::{connection, program, progress};

pub(crate) async fn run(global: &Global, held: &Held, output: &Output) -> Result<ExitCode, Failure> {
    let app = program::open(global)?;
    match &held.command {
        Some(HeldCommand::Decide { upload, files, decide, reason }) => {
            let decision = match decide {
                DecideHeld::Redact => Decision::Redact,
                DecideHeld::LeaveOut => Decision::LeaveOut,
                DecideHeld::Send => Decision::Send { reason: reason.clone().unwrap_or_default() },
            };
            decide_on(&app, global, upload, files, &decision, output).await
        }
        None => list(&app, global, held.bucket.as_deref(), output),
    }
}

fn list(app: &App, global: &Global, bucket: Option<&str>, output: &Output) -> Result<ExitCode, Failure> {
    let bucket = bucket.map(connection::bucket).transpose()?.map(|place| place.bucket);
    let filter = HeldFilter { bucket, ..HeldFilter::default() };
    let mut last = None;
    let files = app.each_held_file(&filter, |held| {
        if last.as_ref() != Some(&held.upload) {
            let from = held.watch.map(|number| format!(", by watch folder {number}")).unwrap_or_default();
            output.line(&format!("upload {}, begun {}{from}:", held.upload, held.since));
            last = Some(held.upload.clone());
        }
        print(app, output, global.reveal, held);
    })?;
    output.object(&json!({ "type": "summary", "files": files }));
    if files == 0 {
        output.line("Nothing is held.");
    } else {
        output.line(&format!(
            "{} held. Decide in the window, or with: pillbox held decide UPLOAD FILE... --decide redact|send|leave-out",
            counted(files, "file", "files")
        ));
    }
    output.end();
    Ok(ExitCode::from(u8::from(files > 0)))
}

fn print(app: &App, output: &Output, reveal: bool, held: &HeldFile) {
    let mut object = file_object(app, reveal, &held.file);
    object["type"] = json!("held");
    object["upload"] = json!(held.upload);
    object["since"] = json!(held.since);
    object["watch"] = json!(held.watch);
    output.object(&object);
    output.line(&format!("  {}", file_text(app, reveal, &held.file)));
}

/// Decides, and sends what is under way in the upload with that.
async fn decide_on(
    app: &std::sync::Arc<App>,
    global: &Global,
    upload: &str,
    files: &[u64],
    decision: &Decision,
    output: &Output,
) -> Result<ExitCode, Failure> {
    let not_possible = app.decide_held(upload, files, decision)?;
    if !not_possible.is_empty() {
        output.message(&format!(
            "note: it can't be carried out on {}",
            counted(not_possible.len() as u64, "file", "files")
        ));
    }
    let Ok(unfinished) = app.unfinished(Some(upload)) else {
        // With what was left out, the upload has come to its end.
        output.line("Left out. Nothing of the upload waits any more.");
        output.end();
        return Ok(ExitCode::SUCCESS);
    };
    let (stop, counters) = (program::stop_on_signal(), std::sync::Arc::<Counters>::default());
    let session = match app.connection(&unfinished.connection) {
        Ok(kept) if global.connection.is_none() && unfinished.watch.is_some() => app.open_session(&kept).await?,
        _ => connection::open(app, global, &unfinished.bucket).await?,
    };
    let work = app.resume_upload(&session, Some(upload), None, &stop, &counters);
    let report = progress::while_working(&counters, work).await?;
    finish(app, output, global.reveal, &report)
}
