//! What an upload came to, for people and for programs.

use pillbox_app::{App, Comparison, UploadReport, Words, hidden_name};
use pillbox_model::{Disposition, ErrorCode, FileState, IdentifierCount, ReadBack, UploadFile};
use serde_json::{Value, json};

use crate::output::{Output, counted};

/// Files that wait for a person, by what settles them on the command line.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Asking {
    decisions: u64,
    conflicts: u64,
}

impl Asking {
    pub(super) fn note(&mut self, file: &UploadFile) {
        match file.state {
            FileState::NeedsDecision => self.decisions += 1,
            FileState::Conflict => self.conflicts += 1,
            _ => {}
        }
    }
}

pub(super) fn print_file(app: &App, output: &Output, reveal: bool, file: &UploadFile) {
    output.object(&file_object(app, reveal, file));
    output.line(&file_text(app, reveal, file));
}

fn name_of(app: &App, reveal: bool, file: &UploadFile) -> String {
    // What was not looked into was not compared with its name.
    let tells = if file.sha256.is_some() { file.name_in_key } else { app.may_name_a_patient(&file.relative) };
    if tells && !reveal { hidden_name(&file.relative) } else { file.relative.clone() }
}

fn unexpected(file: &UploadFile) -> Vec<&IdentifierCount> {
    file.counts.iter().filter(|count| count.disposition != Disposition::Expected).collect()
}

/// A file for programs.
pub(super) fn file_object(app: &App, reveal: bool, file: &UploadFile) -> Value {
    json!({
        "type": "file",
        "number": file.number,
        "name": name_of(app, reveal, file),
        "state": file.state,
        "code": file.code,
        "skip": file.skip,
        "found": unexpected(file),
        "concerns": file.concerns,
        "decision": file.decision,
    })
}

/// A file for people.
pub(super) fn file_text(app: &App, reveal: bool, file: &UploadFile) -> String {
    let (words, name, unexpected) = (Words::english(), name_of(app, reveal, file), unexpected(file));
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
    format!("file {} {name}: {what}", file.number)
}

pub(super) fn print_comparison(output: &Output, comparison: Comparison) {
    let Comparison { new, changed, other_rules, same, only_there } = comparison;
    output.object(&json!({
        "type": "comparison",
        "new": new,
        "changed": changed,
        "otherRules": other_rules,
        "same": same,
        "onlyThere": only_there,
    }));
    let mut parts = vec![format!("{new} new"), format!("{changed} changed"), format!("{same} the same")];
    if other_rules > 0 {
        parts.push(format!("{other_rules} looked at again under today's rules"));
    }
    if only_there > 0 {
        parts.push(format!("{only_there} only there, and left as they are"));
    }
    output.line(&format!("Compared with what is there: {}.", parts.join(", ")));
}

pub(super) fn print_object(output: &Output, report: &UploadReport, dry_run: bool, names_in_keys: Option<u64>) {
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

pub(super) fn print_report(output: &Output, report: &UploadReport, dry_run: bool) {
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

pub(super) fn print_advice(output: &Output, asking: Asking, names_in_keys: Option<u64>) {
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
