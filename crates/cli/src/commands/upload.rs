//! `pillbox upload`: exit 0 all stored and verified, 1 held or needs a decision, 2 could not finish.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use pillbox_app::{App, Counters, Session, UploadOptions, UploadReport};
use pillbox_model::{Decision, ErrorCode, Failure, OnConflict, UploadFile};
use tokio_util::sync::CancellationToken;

use super::upload_report::{Asking, print_advice, print_comparison, print_file, print_object, print_report};
use crate::arguments::{Decide, Global, Upload};
use crate::output::Output;
use crate::{connection, program, progress};

/// Uploads, goes on with an upload, or says what would be done.
pub(crate) async fn run(global: &Global, upload: &Upload, output: &Output) -> Result<ExitCode, Failure> {
    let app = program::open(global)?;
    let stop = program::stop_on_signal();
    let counters = Arc::<Counters>::default();
    if upload.dry_run {
        let mut asking = Asking::default();
        let say = |file: &UploadFile| {
            asking.note(file);
            print_file(&app, output, global.reveal, file);
        };
        let report = try_out(&app, global, upload, &stop, &counters, say).await?;
        return Ok(end(output, &report, asking, true, None));
    }
    let report = match &upload.resume {
        Some(id) => resume(&app, global, upload, id, &stop, &counters).await?,
        None => begin(&app, global, upload, &stop, &counters).await?,
    };
    finish(&app, output, global.reveal, &report)
}

/// Prints what an upload came to, and answers the exit code.
pub(super) fn finish(app: &App, output: &Output, reveal: bool, report: &UploadReport) -> Result<ExitCode, Failure> {
    let mut asking = Asking::default();
    app.each_unsafe_file(&report.upload.id, |file| {
        asking.note(file);
        print_file(app, output, reveal, file);
    })?;
    Ok(end(output, report, asking, false, Some(app.names_in_keys(&report.upload)?)))
}

fn end(output: &Output, report: &UploadReport, asking: Asking, dry_run: bool, names_in_keys: Option<u64>) -> ExitCode {
    if let Some(comparison) = report.comparison {
        print_comparison(output, comparison);
    }
    print_object(output, report, dry_run, names_in_keys);
    print_report(output, report, dry_run);
    print_advice(output, asking, names_in_keys);
    if report.left > 0 && !dry_run {
        output.line(&format!("Go on with: pillbox upload --resume {}", report.upload.id));
    }
    let outcome = Outcome::of(report, dry_run);
    if outcome.is_empty() {
        output.error(&Failure::about(ErrorCode::InvalidInput, "PATH: there is no file in it"));
    } else if let Some(failure) = &report.failure {
        output.error(failure);
    }
    output.end();
    ExitCode::from(outcome.code())
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
        sync: upload.sync,
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
pub(super) const fn is_held(code: ErrorCode) -> bool {
    matches!(
        code,
        ErrorCode::BucketNotShut
            | ErrorCode::BucketProtectionUnknown
            | ErrorCode::NotSupported
            | ErrorCode::DecisionNeeded
    )
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
