//! What a scan says, as lines for people and objects for programs.

use std::borrow::Cow;
use std::io::Write as _;
use std::sync::Arc;

use pillbox_app::{App, ScanEvent, Words, hidden_name};
use pillbox_model::{
    Category, Concern, Detection, DocumentPart, Evidence, IdentifierId, Location, Masked, Severity, SkipReason,
    Timestamp,
};
use serde::Serialize;

use crate::arguments::Format;

/// What is rendered of a source is handed on when it is so many bytes.
const EMIT: usize = 64 * 1024;

/// Renders what a scan says.
pub(crate) struct Report {
    pub(crate) app: Arc<App>,
    pub(crate) format: Format,
    pub(crate) reveal: bool,
}

/// The line of a detection for programs.
#[derive(Serialize)]
struct DetectionLine<'a> {
    r#type: &'static str,
    source: &'a str,
    #[serde(rename = "versionId", skip_serializing_if = "Option::is_none")]
    version: Option<&'a str>,
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
    #[serde(rename = "versionId", skip_serializing_if = "Option::is_none")]
    version: Option<&'a str>,
    notice: Concern,
}

/// The line of occurrences that were counted and not listed, for programs.
#[derive(Serialize)]
struct MoreLine<'a> {
    r#type: &'static str,
    source: &'a str,
    #[serde(rename = "versionId", skip_serializing_if = "Option::is_none")]
    version: Option<&'a str>,
    identifier: &'a IdentifierId,
    count: u64,
}

/// The line of a source that was not read, for programs.
#[derive(Serialize)]
struct SkippedLine<'a> {
    r#type: &'static str,
    source: &'a str,
    #[serde(rename = "versionId", skip_serializing_if = "Option::is_none")]
    version: Option<&'a str>,
    reason: SkipReason,
}

/// The line of an object that was not read again, for programs; there is none where nothing was found in it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct UnchangedLine<'a> {
    r#type: &'static str,
    source: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    version_id: Option<&'a str>,
    scanned_at: Timestamp,
    detections: u64,
    identifiers: Vec<IdentifierLine<'a>>,
}

/// How often an identifier was found in an object that was not read again.
#[derive(Serialize)]
struct IdentifierLine<'a> {
    identifier: &'a IdentifierId,
    count: u64,
}

/// The line of a delete marker, for programs.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct MarkerLine<'a> {
    r#type: &'static str,
    source: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    version_id: Option<&'a str>,
    is_latest: bool,
}

impl Report {
    /// Renders one event; hands on whole lines.
    pub(crate) fn render(&self, event: &ScanEvent<'_>, emit: &mut dyn FnMut(&[u8])) {
        match event {
            ScanEvent::Scanned { source, version, found, name_is_sensitive, concerns, .. } => {
                if found.is_empty() && concerns.is_empty() {
                    return;
                }
                let is_sensitive = *name_is_sensitive || (found.is_empty() && self.app.may_name_a_patient(source));
                let source = self.shown(source, is_sensitive);
                let mut out = Vec::new();
                self.heading(&source, *version, &mut out);
                self.concerns(&source, *version, concerns, &mut out);
                for (detection, severity) in found.iter() {
                    self.detection((&source, *version), is_sensitive, detection, severity, &mut out);
                    if out.len() >= EMIT {
                        emit(&out);
                        out.clear();
                    }
                }
                for (identifier, count) in found.more() {
                    let more = MoreLine {
                        r#type: "additionalOccurrences",
                        source: &source,
                        version: *version,
                        identifier,
                        count,
                    };
                    self.format.render(&more, &mut out);
                    let name = self.app.identifier_name(identifier);
                    self.line(&mut out, format_args!("  and {count} more of {name}, counted and not listed"));
                }
                emit(&out);
            }
            ScanEvent::Skipped { source, version, reason } => {
                let source = self.shown(source, self.app.may_name_a_patient(source));
                let mut out = Vec::new();
                let line = SkippedLine { r#type: "skipped", source: &source, version: *version, reason: *reason };
                self.format.render(&line, &mut out);
                self.heading(&source, *version, &mut out);
                self.line(&mut out, format_args!("  not read: {}", Words::english().skip(*reason)));
                emit(&out);
            }
            ScanEvent::Unchanged { source, version, at, counts, name_is_sensitive, concerns, .. } => {
                if counts.is_empty() && concerns.is_empty() {
                    return;
                }
                let is_sensitive = *name_is_sensitive || (counts.is_empty() && self.app.may_name_a_patient(source));
                let source = self.shown(source, is_sensitive);
                let mut out = Vec::new();
                self.heading(&source, *version, &mut out);
                self.concerns(&source, *version, concerns, &mut out);
                self.unchanged(&source, *version, *at, counts, &mut out);
                emit(&out);
            }
            ScanEvent::DeleteMarker { source, version, is_latest } => {
                let source = self.shown(source, self.app.may_name_a_patient(source));
                let mut out = Vec::new();
                let line =
                    MarkerLine { r#type: "deleteMarker", source: &source, version_id: *version, is_latest: *is_latest };
                self.format.render(&line, &mut out);
                self.heading(&source, *version, &mut out);
                self.line(&mut out, format_args!("  a delete marker, which hides the versions before it"));
                emit(&out);
            }
        }
    }

    fn heading(&self, source: &str, version: Option<&str>, out: &mut Vec<u8>) {
        match version {
            Some(version) => self.line(out, format_args!("{source} (version {version})")),
            None => self.line(out, format_args!("{source}")),
        }
    }

    fn concerns(&self, source: &str, version: Option<&str>, concerns: &[Concern], out: &mut Vec<u8>) {
        for concern in concerns {
            self.format.render(&NoticeLine { r#type: "notice", source, version, notice: *concern }, out);
            self.line(out, format_args!("  {}", Words::english().concern(*concern)));
        }
    }

    fn unchanged(
        &self,
        source: &str,
        version: Option<&str>,
        at: Timestamp,
        counts: &[(IdentifierId, u64)],
        out: &mut Vec<u8>,
    ) {
        if counts.is_empty() {
            return;
        }
        let identifiers = counts.iter().map(|(identifier, count)| IdentifierLine { identifier, count: *count });
        let line = UnchangedLine {
            r#type: "unchanged",
            source,
            version_id: version,
            scanned_at: at,
            detections: counts.iter().map(|(_, count)| count).sum(),
            identifiers: identifiers.collect(),
        };
        self.format.render(&line, out);
        let kinds = counts.iter().map(|(id, count)| format!("{count} × {}", self.app.identifier_name(id)));
        let kinds = kinds.collect::<Vec<_>>().join(", ");
        self.line(out, format_args!("  unchanged since {at}: {kinds}"));
    }

    fn shown<'a>(&self, name: &'a str, is_sensitive: bool) -> Cow<'a, str> {
        if is_sensitive && !self.reveal { hidden_name(name).into() } else { name.into() }
    }

    fn detection(
        &self,
        (source, version): (&str, Option<&str>),
        is_sensitive: bool,
        detection: &Detection,
        severity: Severity,
        out: &mut Vec<u8>,
    ) {
        let location = detection.location.as_deref().map(|location| self.shown_location(location, is_sensitive));
        let line = DetectionLine {
            r#type: "detection",
            source,
            version,
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
            shown.member = shown.member.as_deref().map(hidden_name);
        }
        if let (Some(name), Some(DocumentPart::Cell { sheet, .. })) = (sheet, &mut shown.part) {
            *sheet = Some(hidden_name(name));
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
