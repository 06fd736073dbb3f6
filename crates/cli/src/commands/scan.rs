//! `pillbox scan`: detections; exit 0 none, 1 some, 2 could not finish or a file was not read.

use std::path::PathBuf;
use std::process::ExitCode;

use pillbox_app::{App, ScanEvent, ScanSummary, ScanTarget, Words};
use pillbox_model::{Detection, Failure, Severity};
use serde_json::json;

use crate::arguments::{Global, Scan};
use crate::output::{Output, counted};
use crate::{connection, names, program};

/// Scans each target and prints what was found.
pub(crate) async fn run(global: &Global, scan: &Scan, output: &Output) -> Result<ExitCode, Failure> {
    let app = program::open(global)?;
    let stop = program::stop_on_signal();
    let mut total = ScanSummary::default();
    let mut failure = None;
    for target in &scan.targets {
        let scanned = match to_target(&app, global, target).await {
            Ok(target) => {
                app.scan(target, &stop, &mut |event| print(&app, output, global.reveal, &event, &mut total)).await
            }
            Err(failure) => Err(failure),
        };
        if let Err(met) = scanned {
            failure = Some(met);
            break;
        }
    }
    if let Some(failure) = &failure {
        output.error(failure);
    }
    output.object(&json!({
        "type": "summary",
        "files": total.files,
        "bytes": total.bytes,
        "skipped": total.skipped,
        "detections": total.detections,
        "complete": failure.is_none(),
    }));
    output.line(&format!(
        "{}, {}: {}, {} not read",
        counted(total.files, "file", "files"),
        counted(total.bytes, "byte", "bytes"),
        counted(total.detections, "detection", "detections"),
        counted(total.skipped, "file", "files"),
    ));
    output.end();
    Ok(match (failure, total) {
        (Some(_), _) => ExitCode::from(2),
        (None, ScanSummary { skipped: 1.., .. }) => ExitCode::from(2),
        (None, ScanSummary { detections: 1.., .. }) => ExitCode::from(1),
        (None, _) => ExitCode::SUCCESS,
    })
}

async fn to_target(app: &App, global: &Global, text: &str) -> Result<ScanTarget, Failure> {
    if text == "-" {
        return Ok(ScanTarget::Reader(Box::new(std::io::stdin())));
    }
    match connection::place(text)? {
        Some(place) => {
            let session = connection::open(app, global, &place.bucket).await?;
            Ok(ScanTarget::Prefix(Box::new(session), place.prefix))
        }
        None => Ok(ScanTarget::Path(PathBuf::from(text))),
    }
}

fn print(app: &App, output: &Output, reveal: bool, event: &ScanEvent<'_>, total: &mut ScanSummary) {
    match event {
        ScanEvent::Scanned { source, bytes, detections, name_is_sensitive } => {
            total.files += 1;
            total.bytes += bytes;
            total.detections += detections.len() as u64;
            let source = if *name_is_sensitive && !reveal { names::hidden(source) } else { (*source).to_owned() };
            if !detections.is_empty() {
                output.line(&source);
            }
            for (detection, severity) in *detections {
                output.object(&detection_object(&source, detection, *severity));
                if !output.is_json() {
                    output.line(&format!("  {}", detection_line(app, detection, *severity)));
                }
            }
        }
        ScanEvent::Skipped { source, reason } => {
            total.skipped += 1;
            let source =
                if !reveal && app.may_name_a_patient(source) { names::hidden(source) } else { (*source).to_owned() };
            output.object(&json!({ "type": "skipped", "source": source, "reason": reason }));
            output.line(&format!("{source}\n  not read: {}", Words::english().skip(*reason)));
        }
    }
}

fn detection_object(source: &str, detection: &Detection, severity: Severity) -> serde_json::Value {
    json!({
        "type": "detection",
        "source": source,
        "identifier": detection.identifier,
        "category": detection.category,
        "severity": severity,
        "start": detection.place.start,
        "end": detection.place.end,
        "line": detection.place.line,
        "column": detection.place.column,
        "masked": detection.masked,
        "evidence": detection.evidence,
    })
}

fn detection_line(app: &App, detection: &Detection, severity: Severity) -> String {
    let name = app.identifier_name(&detection.identifier);
    let mut why = Vec::new();
    if detection.evidence.checksum {
        why.push("check digit right".to_owned());
    }
    if let Some(keyword) = &detection.evidence.keyword {
        why.push(format!("near \"{keyword}\""));
    }
    let why = if why.is_empty() { String::new() } else { format!(" ({})", why.join(", ")) };
    let place = detection.place;
    format!("{}:{} {} {name}: {}{why}", place.line, place.column, severity.description(), detection.masked)
}
