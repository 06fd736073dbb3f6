//! `pillbox upload`: exit 0 all stored and verified, 1 held or needs a decision, 2 could not finish.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use pillbox_app::{App, Counters, Session, UploadOptions, UploadReport, Words, hidden_name};
use pillbox_model::{Decision, Disposition, ErrorCode, Failure, FileState, OnConflict, ReadBack, UploadFile};
use serde_json::json;
use tokio_util::sync::CancellationToken;

use crate::arguments::{Decide, Global, Upload};
use crate::output::{Output, counted};
use crate::{connection, program, progress};

/// Uploads, goes on with an upload, or says what would be done.
pub(crate) async fn run(global: &Global, upload: &Upload, output: &Output) -> Result<ExitCode, Failure> {
    let app = program::open(global)?;
    let stop = program::stop_on_signal();
    let counters = Arc::<Counters>::default();
    let mut asking = Asking::default();
    let mut say = |file: &UploadFile| {
        asking.note(file);
        print_file(&app, output, global.reveal, file);
    };
    let report = match &upload.resume {
        Some(id) => resume(&app, global, upload, id, &stop, &counters).await?,
        None if upload.dry_run => try_out(&app, global, upload, &stop, &counters, &mut say).await?,
        None => begin(&app, global, upload, &stop, &counters).await?,
    };
    if !upload.dry_run {
        app.each_unsafe_file(&report.upload.id, say)?;
    }
    let names_in_keys = if upload.dry_run { None } else { Some(app.names_in_keys(&report.upload)?) };
    print_object(output, &report, upload.dry_run, names_in_keys);
    print_report(output, &report, upload.dry_run);
    print_advice(output, asking, names_in_keys);
    if report.left > 0 && !upload.dry_run {
        output.line(&format!("Go on with: pillbox upload --resume {}", report.upload.id));
    }
    let outcome = Outcome::of(&report, upload.dry_run);
    if outcome.is_empty() {
        output.error(&Failure::about(ErrorCode::InvalidInput, "PATH: there is no file in it"));
    } else if let Some(failure) = &report.failure {
        output.error(failure);
    }
    output.end();
    Ok(ExitCode::from(outcome.code()))
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

async fn try_out(
    app: &Arc<App>,
    global: &Global,
    upload: &Upload,
    stop: &CancellationToken,
    counters: &Arc<Counters>,
    each: impl FnMut(&UploadFile),
) -> Result<UploadReport, Failure> {
    let (session, options) = destination(app, global, upload).await?;
    progress::while_working(counters, app.dry_run(&session, &options, stop, counters, each)).await
}

async fn begin(
    app: &Arc<App>,
    global: &Global,
    upload: &Upload,
    stop: &CancellationToken,
    counters: &Arc<Counters>,
) -> Result<UploadReport, Failure> {
    let (session, options) = destination(app, global, upload).await?;
    progress::while_working(counters, app.upload(&session, &options, stop, counters)).await
}

async fn destination(app: &App, global: &Global, upload: &Upload) -> Result<(Session, UploadOptions), Failure> {
    let usage = || Failure::about(ErrorCode::InvalidInput, "pillbox upload PATH ... s3://BUCKET/PREFIX/");
    let (target, roots) = upload.arguments.split_last().ok_or_else(usage)?;
    let place = connection::place(target)?.ok_or_else(usage)?;
    if roots.is_empty() {
        return Err(usage());
    }
    for (number, root) in (1..).zip(roots) {
        local(number, root)?;
    }
    let options = UploadOptions {
        roots: roots.iter().map(PathBuf::from).collect(),
        prefix: place.prefix,
        on_conflict: upload.on_conflict.map_or(OnConflict::Ask, Into::into),
        decide: decision(upload),
        neutral_names: upload.neutral_names,
        accept_unprotected: upload.accept_unprotected.clone(),
        read_back: upload.read_back.map_or_else(|| app.read_back(), |proof| Ok(proof.into()))?,
    };
    Ok((connection::open(app, global, &place.bucket).await?, options))
}

/// Makes sure that an argument is a file or folder of this computer. Paths may carry names: it is told by its
/// number.
fn local(number: usize, root: &str) -> Result<(), Failure> {
    let about = |what: &str| Failure::about(ErrorCode::InvalidInput, format!("argument {number}: {what}"));
    match connection::place(root) {
        Ok(None) if Path::new(root).symlink_metadata().is_ok() => Ok(()),
        Ok(None) => Err(about("there is no such file or folder, or it can't be reached")),
        Ok(Some(_)) | Err(_) => Err(about("what is sent are files and folders of this computer")),
    }
}

fn decision(upload: &Upload) -> Option<Decision> {
    match upload.decide {
        Decide::Hold => None,
        Decide::Redact => Some(Decision::Redact),
        Decide::Send => Some(Decision::Send { reason: upload.reason.clone().unwrap_or_default() }),
    }
}

/// What of an upload decides on the exit code.
#[derive(Debug, Clone, Copy, Default)]
struct Outcome {
    /// Files that could not be read, failed, or were not tried although they should have been.
    not_done: u64,
    /// Files that wait for a person.
    asking: u64,
    /// There was no file at all.
    empty: bool,
    /// Why it ended early.
    ended: Option<ErrorCode>,
    dry_run: bool,
}

impl Outcome {
    fn of(report: &UploadReport, dry_run: bool) -> Self {
        Self {
            not_done: report.failed + report.unreadable + if dry_run { 0 } else { report.left },
            asking: report.needs_decision,
            empty: report.files() == 0,
            ended: report.failure.as_ref().map(|failure| failure.code),
            dry_run,
        }
    }

    /// Whether there was nothing to send, whatever the gate says.
    fn is_empty(self) -> bool {
        self.empty && self.ended.is_none_or(is_held)
    }

    fn code(self) -> u8 {
        match self.ended {
            _ if self.is_empty() => 2,
            // Nothing was to be sent: what can't be read is worse than what a person can settle.
            Some(code) if is_held(code) => {
                if self.dry_run && self.not_done > 0 {
                    2
                } else {
                    1
                }
            }
            Some(_) => 2,
            None if self.not_done > 0 => 2,
            None => u8::from(self.asking > 0),
        }
    }
}

/// Whether an upload waits for a person: the gate holds it (a store without Block Public Access until somebody
/// says why it may go there), or a file asks.
const fn is_held(code: ErrorCode) -> bool {
    matches!(
        code,
        ErrorCode::BucketNotShut
            | ErrorCode::BucketProtectionUnknown
            | ErrorCode::NotSupported
            | ErrorCode::DecisionNeeded
    )
}

/// Files that wait for a person, by what settles them on the command line.
#[derive(Debug, Clone, Copy, Default)]
struct Asking {
    decisions: u64,
    conflicts: u64,
}

impl Asking {
    fn note(&mut self, file: &UploadFile) {
        match file.state {
            FileState::NeedsDecision => self.decisions += 1,
            FileState::Conflict => self.conflicts += 1,
            _ => {}
        }
    }
}

fn print_file(app: &App, output: &Output, reveal: bool, file: &UploadFile) {
    // What was not looked into was not compared with its name.
    let tells = if file.sha256.is_some() { file.name_in_key } else { app.may_name_a_patient(&file.relative) };
    let name = if tells && !reveal { hidden_name(&file.relative) } else { file.relative.clone() };
    let unexpected: Vec<_> = file.counts.iter().filter(|count| count.disposition != Disposition::Expected).collect();
    output.object(&json!({
        "type": "file",
        "number": file.number,
        "name": name,
        "state": file.state,
        "code": file.code,
        "skip": file.skip,
        "found": unexpected,
        "concerns": file.concerns,
        "decision": file.decision,
    }));
    let words = Words::english();
    let odd = file.concerns.iter().map(|concern| words.concern(*concern).trim_end_matches('.').to_lowercase());
    let found = unexpected.iter().map(|count| app.identifier_name(&count.identifier).to_owned());
    let found: Vec<String> = found.chain(odd).collect();
    let what = match (file.state, file.skip, file.code) {
        (FileState::NeedsDecision, ..) if file.size == 0 => "needs a decision: it is empty".to_owned(),
        (FileState::NeedsDecision, ..) => format!("needs a decision: {}", found.join(", ")),
        (FileState::LeftOut, _, Some(ErrorCode::ObjectExists)) => "left out: something else is there".to_owned(),
        (FileState::LeftOut, _, Some(ErrorCode::ObjectExistsUnreadable)) => {
            "left out: something is there that can't be compared".to_owned()
        }
        (FileState::LeftOut, ..) => "left out".to_owned(),
        (_, Some(skip), _) => format!("not read: {}", words.skip(skip)),
        (_, None, Some(code @ (ErrorCode::StoredNotReadBack | ErrorCode::ChecksumMismatch))) => {
            format!("not safe: {}. {}", words.error(&code.into()), words.help(code))
        }
        (_, None, Some(code)) => format!("not sent: {}. {}", words.error(&code.into()), words.help(code)),
        (_, None, None) => "not sent".to_owned(),
    };
    output.line(&format!("file {} {name}: {what}", file.number));
}

fn print_object(output: &Output, report: &UploadReport, dry_run: bool, names_in_keys: Option<u64>) {
    output.object(&json!({
        "type": "summary",
        "upload": report.upload.id,
        "state": report.upload.state,
        "files": report.files(),
        "verified": report.verified,
        "readBack": report.verified - report.by_checksum,
        "checksumCompared": report.by_checksum,
        "alreadyThere": report.already_there,
        "leftOut": report.left_out,
        "needsDecision": report.needs_decision,
        "unreadable": report.unreadable,
        "failed": report.failed,
        "left": report.left,
        "bytes": report.bytes,
        "namesInKeys": names_in_keys,
        "dryRun": dry_run,
    }));
}

fn print_report(output: &Output, report: &UploadReport, dry_run: bool) {
    let files = counted(report.files(), "file", "files");
    if dry_run {
        output.line(&format!(
            "{files}: {} would be sent, {} need a decision, {} can't be read. Nothing was sent.",
            report.left, report.needs_decision, report.unreadable
        ));
        return;
    }
    let read_back = report.verified - report.by_checksum;
    let by_checksum = report.upload.read_back == ReadBack::Checksum;
    let mut parts = Vec::new();
    if read_back > 0 || !by_checksum {
        parts.push(format!("{read_back} sent, stored, read back and scanned again"));
    }
    if by_checksum {
        parts.push(format!("{} sent, stored, and proved by the store's checksum", report.by_checksum));
    }
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
    output.line(&format!("{files}: {}.", parts.join(", ")));
    if by_checksum && read_back > 0 {
        output.line("Where the store told no checksum, the whole object was read back.");
    }
}

fn print_advice(output: &Output, asking: Asking, names_in_keys: Option<u64>) {
    if asking.decisions > 0 {
        output.line("Decide in the window, or send again with --decide redact, or --decide send --reason TEXT.");
    }
    if asking.conflicts > 0 {
        output.line(
            "Something is stored under the names in conflict: settle them in the window, or send again with \
             --on-conflict skip, keep-both, or replace where the bucket keeps versions.",
        );
    }
    if let Some(names) = names_in_keys.filter(|names| *names > 0) {
        let tell = if names == 1 { "tells" } else { "tell" };
        output.line(&format!(
            "{} of files {tell} a patient's; send with --neutral-names to keep them out of the bucket.",
            counted(names, "name", "names")
        ));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_exit_code_says_what_is_left_to_do() {
        let all_sent = Outcome::default();
        let held = |code| Outcome { ended: Some(code), not_done: 3, ..all_sent };
        let dry_run = Outcome { dry_run: true, ..all_sent };
        for (outcome, code) in [
            (all_sent, 0),
            (Outcome { asking: 1, ..all_sent }, 1),
            (Outcome { asking: 1, not_done: 1, ..all_sent }, 2),
            (Outcome { empty: true, ..all_sent }, 2),
            (Outcome { empty: true, not_done: 0, ..held(ErrorCode::BucketNotShut) }, 2),
            (held(ErrorCode::BucketNotShut), 1),
            (held(ErrorCode::BucketProtectionUnknown), 1),
            (held(ErrorCode::NotSupported), 1),
            (held(ErrorCode::NoNetwork), 2),
            (dry_run, 0),
            (Outcome { asking: 1, ..dry_run }, 1),
            (Outcome { ended: Some(ErrorCode::BucketNotShut), ..dry_run }, 1),
            (Outcome { ended: Some(ErrorCode::BucketNotShut), not_done: 1, ..dry_run }, 2),
            (Outcome { not_done: 1, ..dry_run }, 2),
        ] {
            assert_eq!(outcome.code(), code, "{outcome:?}");
        }
    }

    #[test]
    fn an_argument_that_is_not_there_is_told_by_its_number() {
        for (number, root) in [(2, "no/such/okafor-amara.txt"), (1, "s3://bucket/"), (3, "s3:x")] {
            let failure = local(number, root).unwrap_err();
            assert_eq!(failure.code, ErrorCode::InvalidInput);
            let about = failure.about.unwrap();
            assert!(about.starts_with(&format!("argument {number}: ")) && !about.contains(root), "{about}");
        }
    }
}
