//! `pillbox receipt`: what uploads did, to look at, to export, and to compare with record and bucket.

use std::io::Write;
use std::process::ExitCode;
use std::sync::Arc;

use pillbox_app::{App, Counters, ReceiptCheck, ReceiptHead, ReceiptOf, ReceiptProblem, RecordCheck, Words};
use pillbox_model::{ErrorCode, Failure};
use serde_json::{Value, json};

use crate::arguments::Global;
use crate::arguments_of_receipt::{Export, Receipt, ReceiptCommand};
use crate::output::{Output, counted};
use crate::{connection, program, progress};

/// Exit 0 when all agrees, 1 when something differs, 2 when that could not be found out.
pub(crate) async fn run(global: &Global, receipt: &Receipt, output: &Output) -> Result<ExitCode, Failure> {
    let app = program::open(global)?;
    match &receipt.command {
        None | Some(ReceiptCommand::List) => list(&app, output),
        Some(ReceiptCommand::Show { upload }) => show(&app, upload.as_deref(), output).await,
        Some(ReceiptCommand::Export(export)) => self::export(&app, export, global.reveal, output).await,
        Some(ReceiptCommand::Verify { receipt }) => verify(&app, global, receipt, output).await,
    }
}

fn list(app: &App, output: &Output) -> Result<ExitCode, Failure> {
    let receipts = app.receipts(None)?;
    if receipts.is_empty() {
        output.line("Nothing was uploaded.");
    }
    for row in receipts {
        output.object(&of_type("upload", &row));
        let files = counted(row.files, "file", "files");
        let made = if row.sha256.is_some() { "" } else { "  (no receipt is on the record)" };
        output.line(&format!(
            "{}  {}  {}  {}: {} safe of {files}{made}",
            row.upload,
            row.begun_at,
            row.bucket,
            state(&json!(row.state)),
            row.safe
        ));
    }
    output.end();
    Ok(ExitCode::SUCCESS)
}

/// A value with its type in front, as programs read it.
fn of_type(kind: &str, value: &impl serde::Serialize) -> Value {
    let mut object = json!({ "type": kind });
    if let (Value::Object(object), Ok(Value::Object(fields))) = (&mut object, serde_json::to_value(value)) {
        object.extend(fields);
    }
    object
}

/// How far an upload is.
fn state(state: &Value) -> &str {
    match state.as_str() {
        Some("draft") => "being chosen",
        Some("sending") => "not over",
        Some("held") => "held",
        Some("done") => "over",
        Some("cancelled") => "cancelled",
        _ => "",
    }
}

async fn show(app: &Arc<App>, upload: Option<&str>, output: &Output) -> Result<ExitCode, Failure> {
    let upload = match upload {
        Some(upload) => upload.to_owned(),
        None => app.receipts(None)?.into_iter().next().map(|row| row.upload).ok_or(ErrorCode::NotFound)?,
    };
    let check = app.check_record(&ReceiptOf::Upload(upload)).await?;
    output.object(&of_type("receipt", &check.head));
    for line in lines(app, &check.head) {
        output.line(&line);
    }
    print_record(&check, output);
    output.end();
    Ok(ExitCode::SUCCESS)
}

fn print_record(check: &RecordCheck, output: &Output) {
    let made_at = check.made_at.map(|at| format!(" Made {at}.")).unwrap_or_default();
    output.line(&format!("SHA-256 {}. {}{made_at}", check.sha256, Words::english().record_answer(check.answer)));
    output.object(&json!({
        "type": "record",
        "upload": check.head.upload,
        "answer": check.answer,
        "sha256": check.sha256,
        "madeAt": check.made_at,
    }));
}

/// A receipt's head in lines.
fn lines(app: &App, head: &ReceiptHead) -> Vec<String> {
    let words = Words::english();
    let ended = head.ended_at.map_or_else(|| "not over".to_owned(), |ended| format!("ended {ended}"));
    let mut lines = vec![
        format!("Upload {} to {}", head.upload, head.bucket),
        format!("Begun {}, {ended}; sending took {} s", head.begun_at, head.millis.div_ceil(1000)),
    ];
    for run in &head.runs {
        let caller = run.caller.as_deref().map(|caller| format!(" as {caller}")).unwrap_or_default();
        lines.push(format!("Sent by {}{caller} from {} on, with Pillbox {}", run.actor, run.begun_at, run.version));
        lines.push(format!("  When it began: {}", words.gate(&run.before.gate)));
        if let Some(after) = &run.after {
            lines.push(format!("  At the end: {}", words.gate(&after.gate)));
        }
    }
    for total in &head.by_state {
        lines.push(format!("{}: {}", words.file_state(total.state), counted(total.files, "file", "files")));
    }
    for total in &head.detections {
        lines.push(format!(
            "Found: {} ({}) in {}, {}",
            app.identifier_name(&total.identifier),
            words.disposition(total.disposition).to_lowercase(),
            counted(total.files, "file", "files"),
            counted(total.occurrences, "time", "times")
        ));
    }
    for total in &head.concerns {
        lines.push(format!("Odd: {} {}", words.concern(total.concern), counted(total.files, "file", "files")));
    }
    for total in &head.decisions {
        let files = counted(total.files, "file", "files");
        lines.push(format!("Decided: {} ({files})", words.decision(&total.decision)));
    }
    lines
}

async fn export(app: &Arc<App>, export: &Export, reveal: bool, output: &Output) -> Result<ExitCode, Failure> {
    let (upload, form) = (export.upload.as_str(), export.form.into());
    match &export.to {
        Some(file) => {
            app.export_receipt_to(upload, form, reveal, file.clone(), false).await?;
            output.object(&json!({ "type": "exported", "upload": upload, "form": form, "names": reveal }));
            output.line("The receipt is written.");
            output.end();
        }
        None => {
            let mut out = output.document();
            app.export_receipt(upload, form, reveal, &mut out)?;
            out.flush().map_err(|_| ErrorCode::Internal)?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

async fn verify(app: &Arc<App>, global: &Global, of: &ReceiptOf, output: &Output) -> Result<ExitCode, Failure> {
    let stop = program::stop_on_signal();
    let record = app.check_record(of).await?;
    print_record(&record, output);
    let session = connection::open(app, global, &record.head.bucket).await?;
    let counters = Arc::<Counters>::default();
    let say = |problem: ReceiptProblem| {
        progress::clear();
        print_problem(&problem, output);
    };
    let work = app.check_objects(&session, record, global.reveal, &stop, &counters, say);
    let check = progress::while_working(&counters, work).await?;
    print_check(&check, output);
    if let Some(error) = &check.error {
        output.error(&Failure { code: error.code, about: error.about.clone() });
    }
    output.end();
    Ok(ExitCode::from(code(&check)))
}

fn print_problem(problem: &ReceiptProblem, output: &Output) {
    let words = Words::english();
    output.object(&of_type("object", problem));
    let why = problem.code.map(|code| format!(" {}.", words.error(&code.into()))).unwrap_or_default();
    output.line(&format!("object {} {}: {}{why}", problem.number, problem.key, words.object_answer(problem.answer)));
}

fn print_check(check: &ReceiptCheck, output: &Output) {
    output.object(&of_type("summary", check));
    let objects = counted(check.objects, "object", "objects");
    let mut parts = vec![format!("{} of {objects} agree", check.agree)];
    for (number, what) in [
        (check.missing, "missing"),
        (check.replaced, "under another version"),
        (check.hidden, "deleted"),
        (check.different, "different"),
        (check.unknown, "not compared"),
    ] {
        if number > 0 {
            parts.push(format!("{number} {what}"));
        }
    }
    output.line(&format!("{}.", parts.join(", ")));
}

/// What differs is worse than what is not known.
fn code(check: &ReceiptCheck) -> u8 {
    match (check.differs(), check.agrees()) {
        (true, _) => 1,
        (false, true) => 0,
        (false, false) => 2,
    }
}
