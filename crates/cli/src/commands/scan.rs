//! `pillbox scan`: detections; exit 0 none, 1 some, 2 could not finish or a file was not read.

use std::borrow::Cow;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use pillbox_app::{App, Render, ScanEvent, ScanSummary, ScanTarget, Words};
use pillbox_model::{Category, Detection, Evidence, Failure, IdentifierId, Masked, Severity, SkipReason};
use serde::Serialize;
use serde_json::json;

use crate::arguments::{Format, Global, Scan};
use crate::output::{Output, counted};
use crate::{connection, names, program};

/// What is rendered of a source is handed on when it is so many bytes.
const EMIT: usize = 64 * 1024;

/// Scans each target and prints what was found.
pub(crate) async fn run(global: &Global, scan: &Scan, output: &Output) -> Result<ExitCode, Failure> {
    let app = program::open(global)?;
    let stop = program::stop_on_signal();
    let report = Report { app: Arc::clone(&app), format: output.format(), reveal: global.reveal };
    let render: Arc<Render> = Arc::new(move |event: &ScanEvent<'_>, emit: &mut dyn FnMut(&[u8])| {
        report.render(event, emit);
    });
    let mut total = ScanSummary::default();
    let mut failure = None;
    for target in &scan.targets {
        let scanned = match to_target(&app, global, target).await {
            Ok(target) => app.scan(target, &stop, &render, &mut |text| output.rendered(text), &mut total).await,
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

/// Renders what a scan says.
struct Report {
    app: Arc<App>,
    format: Format,
    reveal: bool,
}

/// The line of a detection for programs.
#[derive(Serialize)]
struct DetectionLine<'a> {
    r#type: &'static str,
    source: &'a str,
    identifier: &'a IdentifierId,
    category: Category,
    severity: Severity,
    start: u64,
    end: u64,
    line: u64,
    column: u64,
    masked: &'a Masked,
    evidence: &'a Evidence,
}

/// The line of a source that was not read, for programs.
#[derive(Serialize)]
struct SkippedLine<'a> {
    r#type: &'static str,
    source: &'a str,
    reason: SkipReason,
}

impl Report {
    fn render(&self, event: &ScanEvent<'_>, emit: &mut dyn FnMut(&[u8])) {
        match event {
            ScanEvent::Scanned { source, found, name_is_sensitive, .. } if !found.is_empty() => {
                let source = self.shown(source, *name_is_sensitive);
                let mut out = Vec::new();
                self.line(&mut out, format_args!("{source}"));
                for (detection, severity) in found.iter() {
                    self.detection(&source, detection, severity, &mut out);
                    if out.len() >= EMIT {
                        emit(&out);
                        out.clear();
                    }
                }
                emit(&out);
            }
            ScanEvent::Scanned { .. } => {}
            ScanEvent::Skipped { source, reason } => {
                let source = self.shown(source, self.app.may_name_a_patient(source));
                let mut out = Vec::new();
                self.format.render(&SkippedLine { r#type: "skipped", source: &source, reason: *reason }, &mut out);
                self.line(&mut out, format_args!("{source}\n  not read: {}", Words::english().skip(*reason)));
                emit(&out);
            }
        }
    }

    fn shown<'a>(&self, name: &'a str, is_sensitive: bool) -> Cow<'a, str> {
        if is_sensitive && !self.reveal { names::hidden(name).into() } else { name.into() }
    }

    fn detection(&self, source: &str, detection: &Detection, severity: Severity, out: &mut Vec<u8>) {
        let line = DetectionLine {
            r#type: "detection",
            source,
            identifier: &detection.identifier,
            category: detection.category,
            severity,
            start: detection.place.start,
            end: detection.place.end,
            line: detection.place.line,
            column: detection.place.column,
            masked: &detection.masked,
            evidence: &detection.evidence,
        };
        self.format.render(&line, out);
        let name = self.app.identifier_name(&detection.identifier);
        let (place, severity) = (detection.place, severity.description());
        let why = match (&detection.evidence.keyword, detection.evidence.checksum) {
            (Some(keyword), true) => format!(" (check digit right, near \"{keyword}\")"),
            (Some(keyword), false) => format!(" (near \"{keyword}\")"),
            (None, true) => " (check digit right)".to_owned(),
            (None, false) => String::new(),
        };
        let masked = &detection.masked;
        self.line(out, format_args!("  {}:{} {severity} {name}: {masked}{why}", place.line, place.column));
    }

    /// A line for people; nothing where programs read along.
    fn line(&self, out: &mut Vec<u8>, text: std::fmt::Arguments<'_>) {
        if self.format == Format::Text {
            // Memory does not fail to be written to.
            let _ = writeln!(out, "{text}");
        }
    }
}
