//! `pillbox upload`: exit 0 all stored and verified, 1 held or needs a decision, 2 could not finish.

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use pillbox_app::{App, Counters, Session, UploadOptions, UploadReport, Words};
use pillbox_model::{Decision, Disposition, ErrorCode, Failure, FileState, OnConflict, UploadFile};
use serde_json::json;
use tokio_util::sync::CancellationToken;

use crate::arguments::{Decide, Global, Upload};
use crate::output::Output;
use crate::{connection, names, program, progress};

/// Uploads, goes on with an upload, or says what would be done.
pub(crate) async fn run(global: &Global, upload: &Upload, output: &Output) -> Result<ExitCode, Failure> {
    let app = program::open(global)?;
    let stop = program::stop_on_signal();
    let counters = Arc::<Counters>::default();
    let report = match &upload.resume {
        Some(id) => resume(&app, global, upload, id, &stop, &counters).await?,
        None => begin(&app, global, upload, &stop, &counters, output).await?,
    };
    if !upload.dry_run {
        app.each_unsafe_file(&report.upload.id, |file| print_file(&app, output, global.reveal, file))?;
    }
    print_report(output, &report, upload.dry_run);
    if let Some(failure) = &report.failure {
        return Ok(output.fail(failure));
    }
    output.end();
    Ok(exit_code(&report))
}

async fn resume(
    app: &Arc<App>,
    global: &Global,
    upload: &Upload,
    id: &str,
    stop: &CancellationToken,
    counters: &Arc<Counters>,
) -> Result<UploadReport, Failure> {
    let id = Some(id).filter(|id| !id.is_empty());
    let unfinished = app.unfinished(id)?;
    let session = connection::open(app, global, &unfinished.bucket).await?;
    let work = app.resume_upload(&session, Some(&unfinished.id), decision(upload), stop, counters);
    progress::while_working(counters, work).await
}

async fn begin(
    app: &Arc<App>,
    global: &Global,
    upload: &Upload,
    stop: &CancellationToken,
    counters: &Arc<Counters>,
    output: &Output,
) -> Result<UploadReport, Failure> {
    let (session, options) = destination(app, global, upload).await?;
    if upload.dry_run {
        let each = |file: &UploadFile| print_file(app, output, global.reveal, file);
        let work = app.dry_run(&session, &options, stop, counters, each);
        return progress::while_working(counters, work).await;
    }
    progress::while_working(counters, app.upload(&session, &options, stop, counters)).await
}

async fn destination(app: &App, global: &Global, upload: &Upload) -> Result<(Session, UploadOptions), Failure> {
    let usage = || Failure::about(ErrorCode::InvalidInput, "pillbox upload PATH ... s3://BUCKET/PREFIX/");
    let (target, roots) = upload.arguments.split_last().ok_or_else(usage)?;
    let place = connection::place(target).ok_or_else(usage)?;
    if roots.is_empty() {
        return Err(usage());
    }
    let options = UploadOptions {
        roots: roots.iter().map(PathBuf::from).collect(),
        prefix: place.prefix,
        on_conflict: upload.on_conflict.map_or(OnConflict::Ask, Into::into),
        decide: decision(upload),
        neutral_names: upload.neutral_names,
        accept_unprotected: upload.accept_unprotected.clone(),
    };
    Ok((connection::open(app, global, &place.bucket).await?, options))
}

fn decision(upload: &Upload) -> Option<Decision> {
    match upload.decide {
        Decide::Hold => None,
        Decide::Redact => Some(Decision::Redact),
        Decide::Send => Some(Decision::Send { reason: upload.reason.clone().unwrap_or_default() }),
    }
}

fn exit_code(report: &UploadReport) -> ExitCode {
    if report.failed + report.unreadable + report.left > 0 {
        ExitCode::from(2)
    } else if report.needs_decision > 0 {
        ExitCode::from(1)
    } else {
        ExitCode::SUCCESS
    }
}

fn print_file(app: &App, output: &Output, reveal: bool, file: &UploadFile) {
    // A file that was not looked into may well carry its patient's name.
    let looked_into = file.sha256.is_some();
    let name = if reveal || (looked_into && !file.name_in_key) {
        file.relative.clone()
    } else {
        names::hidden(&file.relative)
    };
    let unexpected: Vec<_> = file.counts.iter().filter(|count| count.disposition != Disposition::Expected).collect();
    output.object(&json!({
        "type": "file",
        "number": file.number,
        "name": name,
        "state": file.state,
        "code": file.code,
        "skip": file.skip,
        "found": unexpected,
        "decision": file.decision,
    }));
    let found: Vec<String> = unexpected.iter().map(|count| app.identifier_name(&count.identifier).to_owned()).collect();
    let words = Words::english();
    let what = match (file.state, file.skip, file.code) {
        (FileState::NeedsDecision, ..) if file.size == 0 => "needs a decision: it is empty".to_owned(),
        (FileState::NeedsDecision, ..) => format!("needs a decision: {}", found.join(", ")),
        (FileState::LeftOut, ..) => "left out".to_owned(),
        (_, Some(skip), _) => format!("not read: {}", words.skip(skip)),
        (_, None, Some(code)) => format!("not sent: {}. {}", words.error(&code.into()), words.help(code)),
        (_, None, None) => "not sent".to_owned(),
    };
    output.line(&format!("file {} {name}: {what}", file.number));
}

fn print_report(output: &Output, report: &UploadReport, dry_run: bool) {
    output.object(&json!({
        "type": "summary",
        "upload": report.upload.id,
        "state": report.upload.state,
        "files": report.files(),
        "verified": report.verified,
        "alreadyThere": report.already_there,
        "leftOut": report.left_out,
        "needsDecision": report.needs_decision,
        "unreadable": report.unreadable,
        "failed": report.failed,
        "left": report.left,
        "bytes": report.bytes,
        "dryRun": dry_run,
    }));
    if dry_run {
        output.line(&format!(
            "{} files: {} would be sent, {} need a decision, {} can't be read. Nothing was sent.",
            report.files(),
            report.left,
            report.needs_decision,
            report.unreadable
        ));
        return;
    }
    let mut parts = vec![format!("{} sent, stored, read back and scanned again", report.verified)];
    for (files, what) in [
        (report.already_there, "were there already"),
        (report.left_out, "left out"),
        (report.needs_decision, "need a decision"),
        (report.unreadable, "could not be read"),
        (report.failed, "failed"),
        (report.left, "not sent yet"),
    ] {
        if files > 0 {
            parts.push(format!("{files} {what}"));
        }
    }
    output.line(&format!("{} files: {}.", report.files(), parts.join(", ")));
    if report.needs_decision > 0 {
        output.line("Decide in the window, or send again with --decide redact, or --decide send --reason TEXT.");
    }
    if report.left > 0 {
        output.line(&format!("Go on with: pillbox upload --resume {}", report.upload.id));
    }
}
