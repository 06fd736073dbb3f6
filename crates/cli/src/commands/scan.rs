//! `pillbox scan`: detections; exit 0 none, 1 some, 2 could not finish or a file was not read.

use std::borrow::Cow;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use pillbox_app::{App, Render, ScanEvent, ScanSummary, ScanTarget, Words};
use pillbox_model::{
    Category, Concern, Detection, DocumentPart, Evidence, Failure, IdentifierId, Location, Masked, Severity, SkipReason,
};
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
    let mut total = ScanSummary::default();
    let mut failure = None;
    for target in &scan.targets {
        let scanned = match to_target(&app, global, target).await {
            Ok(target) => {
                let report = Report { app: Arc::clone(&app), format: output.format(), reveal: global.reveal };
                let render: Arc<Render> = Arc::new(move |event: &ScanEvent<'_>, emit: &mut dyn FnMut(&[u8])| {
                    report.render(event, emit);
                });
                app.scan(target, &stop, &render, &mut |text| output.rendered(text), &mut total).await
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
    #[serde(skip_serializing_if = "Option::is_none")]
    location: Option<&'a Location>,
    masked: &'a Masked,
    evidence: &'a Evidence,
}

/// The line of what is odd about a source as a whole, for programs.
#[derive(Serialize)]
struct NoticeLine<'a> {
    r#type: &'static str,
    source: &'a str,
    notice: Concern,
}

/// The line of occurrences that were counted and not listed, for programs.
#[derive(Serialize)]
struct MoreLine<'a> {
    r#type: &'static str,
    source: &'a str,
    identifier: &'a IdentifierId,
    count: u64,
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
            ScanEvent::Scanned { source, found, name_is_sensitive, concerns, .. } => {
                if found.is_empty() && concerns.is_empty() {
                    return;
                }
                let is_sensitive = *name_is_sensitive || (found.is_empty() && self.app.may_name_a_patient(source));
                let source = self.shown(source, is_sensitive);
                let mut out = Vec::new();
                self.line(&mut out, format_args!("{source}"));
                for concern in *concerns {
                    let notice = NoticeLine { r#type: "notice", source: &source, notice: *concern };
                    self.format.render(&notice, &mut out);
                    self.line(&mut out, format_args!("  {}", Words::english().concern(*concern)));
                }
                for (detection, severity) in found.iter() {
                    self.detection(&source, is_sensitive, detection, severity, &mut out);
                    if out.len() >= EMIT {
                        emit(&out);
                        out.clear();
                    }
                }
                for (identifier, count) in found.more() {
                    let more = MoreLine { r#type: "additionalOccurrences", source: &source, identifier, count };
                    self.format.render(&more, &mut out);
                    let name = self.app.identifier_name(identifier);
                    self.line(&mut out, format_args!("  and {count} more of {name}, counted and not listed"));
                }
                emit(&out);
            }
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

    fn detection(
        &self,
        source: &str,
        is_sensitive: bool,
        detection: &Detection,
        severity: Severity,
        out: &mut Vec<u8>,
    ) {
        let location = detection.location.as_deref().map(|location| self.shown_location(location, is_sensitive));
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
            location: location.as_deref(),
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
        let part = location.as_deref().and_then(Words::location).map(|words| format!(" {words}")).unwrap_or_default();
        self.line(out, format_args!("  {}:{}{part} {severity} {name}: {masked}{why}", place.line, place.column));
    }

    /// A location whose names may be shown: members of archives and sheets are named after patients as files are.
    fn shown_location<'a>(&self, location: &'a Location, is_sensitive: bool) -> Cow<'a, Location> {
        let hide = |name: &String| !self.reveal && (is_sensitive || self.app.may_name_a_patient(name));
        let member = location.member.as_ref().filter(|member| hide(member));
        let sheet = match &location.part {
            Some(DocumentPart::Cell { sheet: Some(sheet), .. }) if hide(sheet) => Some(sheet),
            _ => None,
        };
        if member.is_none() && sheet.is_none() {
            return Cow::Borrowed(location);
        }
        let mut shown = location.clone();
        if member.is_some() {
            shown.member = shown.member.as_deref().map(names::hidden);
        }
        if let (Some(name), Some(DocumentPart::Cell { sheet, .. })) = (sheet, &mut shown.part) {
            *sheet = Some(names::hidden(name));
        }
        Cow::Owned(shown)
    }

    /// A line for people; nothing where programs read along.
    fn line(&self, out: &mut Vec<u8>, text: std::fmt::Arguments<'_>) {
        if self.format == Format::Text {
            // Memory does not fail to be written to.
            let _ = writeln!(out, "{text}");
        }
    }
}
