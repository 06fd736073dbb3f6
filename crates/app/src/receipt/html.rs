//! A receipt as one page to read and to print: no script, nothing from elsewhere, problems first.

use std::fmt::Write as _;
use std::io::Write;

use pillbox_model::{Failure, FileState, ProtectionReading, PublicAccessBlock, Read, UploadFile};

use super::document::ReceiptHead;
use super::export::unwritten;
use super::made::Made;
use super::names::Shown;
use super::source::Source;
use crate::identifiers;
use crate::words::Words;

const STYLE: &str = include_str!("receipt.css");

/// Files that are not safe.
const PROBLEMS: [FileState; 10] = [
    FileState::NeedsDecision,
    FileState::Conflict,
    FileState::Failed,
    FileState::Unreadable,
    FileState::StoredNotReadBack,
    FileState::LeftOut,
    FileState::Found,
    FileState::Ready,
    FileState::Sending,
    FileState::Stored,
];
const SAFE: [FileState; 2] = [FileState::Verified, FileState::AlreadyThere];

/// Writes an upload's receipt; `made` is the one on the record.
pub(super) fn write(
    source: &Source<'_>,
    shown: &Shown<'_>,
    made: Option<&Made>,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let head = source.head(false)?;
    let prefix = shown.prefix(&source.upload.prefix);
    let mut text = String::new();
    begin(&mut text, &head, &prefix, made);
    let safe = safe_files(&head);
    if safe > 0 {
        let proofs: Vec<String> = source
            .proofs()?
            .into_iter()
            .map(|(proof, files)| format!("{}: {}.", files_of(files), Words::english().proof(proof)))
            .collect();
        row(&mut text, "Proof of those that are safe", &[&proofs.join(" ")]);
    }
    text.push_str(END_OF_TABLE);
    put(out, &text)?;
    if head.files > safe {
        files(source, shown, "Files that are not safe", &PROBLEMS, out)?;
    }
    let mut text = String::new();
    protection(&mut text, &head);
    found(&mut text, &head);
    put(out, &text)?;
    if safe > 0 {
        files(source, shown, "Files that are safe", &SAFE, out)?;
    }
    put(out, "</main>\n</body>\n</html>\n")
}

fn put(out: &mut dyn Write, text: &str) -> Result<(), Failure> {
    out.write_all(text.as_bytes()).map_err(|error| unwritten(&error))
}

/// Text as HTML has it, in elements and in quoted attributes. What turns the direction of writing or can't be seen is
/// shown by its number, so that no name looks like another.
fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            c if c.is_control() || is_invisible(c) => {
                // A string takes whatever is written to it.
                let _ = write!(html, "\\u{{{:x}}}", u32::from(c));
            }
            c => html.push(c),
        }
    }
    html
}

const fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// A table's row of cells, the first of which is its heading.
fn row(text: &mut String, heading: &str, cells: &[&str]) {
    let _ = write!(text, "<tr><th scope=\"row\">{}</th>", escaped(heading));
    for cell in cells {
        let _ = write!(text, "<td>{}</td>", escaped(cell));
    }
    text.push_str("</tr>\n");
}

fn headings(text: &mut String, title: &str, columns: &[&str]) {
    let _ = write!(text, "<h2>{}</h2>\n<table>\n<thead><tr>", escaped(title));
    for column in columns {
        let _ = write!(text, "<th scope=\"col\">{}</th>", escaped(column));
    }
    text.push_str("</tr></thead>\n<tbody>\n");
}

const END_OF_TABLE: &str = "</tbody>\n</table>\n";

fn begin(text: &mut String, head: &ReceiptHead, prefix: &str, made: Option<&Made>) {
    let sentence = format!("{} of {} files are safe in {}", safe_files(head), head.files, head.bucket);
    let _ = write!(
        text,
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>Receipt of upload {}</title>\n\
         <style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{}</h1>\n<p>Receipt of Pillbox. {}</p>\n",
        escaped(&head.upload),
        escaped(&sentence),
        escaped(&on_record(made)),
    );
    text.push_str("<table class=\"facts\">\n<tbody>\n");
    row(text, "Upload", &[&head.upload]);
    row(text, "Destination", &[&format!("s3://{}/{prefix}", head.bucket)]);
    row(text, "Account", &[head.account_id.as_deref().unwrap_or("not known")]);
    row(text, "Connection", &[&head.connection]);
    if let Some(endpoint) = &head.endpoint {
        row(text, "Endpoint", &[endpoint]);
    }
    if let Some(reason) = &head.accept_unprotected {
        row(text, "Sent to a store without Block Public Access", &[reason]);
    }
    let ended = head.ended_at.map_or_else(|| "not over".to_owned(), |ended| ended.to_string());
    row(text, "Begun", &[&head.begun_at.to_string()]);
    row(text, "Ended", &[&ended]);
    row(text, "Sending took", &[&duration(head.millis)]);
    row(text, "Bytes", &[&head.bytes.to_string()]);
    for total in &head.by_state {
        row(text, &Words::english().file_state(total.state), &[&files_of(total.files)]);
    }
}

fn safe_files(head: &ReceiptHead) -> u64 {
    head.by_state.iter().filter(|total| total.state.is_safe()).map(|total| total.files).sum()
}

fn on_record(made: Option<&Made>) -> String {
    match made {
        None => "It is not on the record: this upload has not come to rest yet.".to_owned(),
        Some(made) => format!(
            "On the record since {} as entry {} (hash {}). SHA-256 of the receipt as JSON without names: {}.",
            made.at, made.entry, made.entry_hash, made.sha256
        ),
    }
}

fn files_of(number: u64) -> String {
    format!("{number} {}", if number == 1 { "file" } else { "files" })
}

/// So long, to the second; less than one to the millisecond.
fn duration(millis: u64) -> String {
    let seconds = millis / 1000;
    match (seconds / 3600, seconds / 60 % 60, seconds % 60) {
        (0, 0, 0) => format!("{millis} ms"),
        (0, 0, seconds) => format!("{seconds} s"),
        (0, minutes, seconds) => format!("{minutes} min {seconds} s"),
        (hours, minutes, seconds) => format!("{hours} h {minutes} min {seconds} s"),
    }
}

fn protection(text: &mut String, head: &ReceiptHead) {
    headings(text, "Who sent, and how the bucket was protected", &["Begun", "Ended", "Who", "Protection"]);
    for run in &head.runs {
        let ended = run.ended_at.map_or_else(|| "did not end".to_owned(), |ended| ended.to_string());
        let caller = run.caller.as_deref().map(|caller| format!(", as {caller}")).unwrap_or_default();
        let who = format!("{}{caller}, with Pillbox {}", run.actor, run.version);
        let before = reading("When it began", &run.before);
        let after = run.after.as_ref().map(|after| reading("At the end", after)).unwrap_or_default();
        row(text, &run.begun_at.to_string(), &[&ended, &who, &format!("{before} {after}")]);
    }
    text.push_str(END_OF_TABLE);
}

fn reading(when: &str, reading: &ProtectionReading) -> String {
    format!(
        "{when} ({}): {} Flags of the bucket: {}. Flags of the account: {}.",
        reading.read_at,
        Words::english().gate(&reading.gate),
        flags(&reading.bucket_block),
        flags(&reading.account_block),
    )
}

fn flags(level: &Read<Option<PublicAccessBlock>>) -> String {
    match level {
        Read::Unread(unread) => format!("not read ({})", unread.permission),
        Read::Known(None) => "none set".to_owned(),
        Read::Known(Some(block)) => {
            let flags = block.flags().map(|(name, on)| format!("{name} {}", if on { "on" } else { "off" }));
            flags.join(", ")
        }
    }
}

fn found(text: &mut String, head: &ReceiptHead) {
    let words = Words::english();
    if !head.detections.is_empty() {
        headings(text, "What was found", &["Kind", "Rule", "Files", "Times"]);
        for total in &head.detections {
            let name = identifiers::managed().identifier(&total.identifier);
            let name = name.map_or(total.identifier.as_str(), |identifier| identifier.name);
            let disposition = words.disposition(total.disposition);
            row(text, name, &[&disposition, &total.files.to_string(), &total.occurrences.to_string()]);
        }
        text.push_str(END_OF_TABLE);
    }
    if !head.concerns.is_empty() {
        headings(text, "What is odd about stored files", &["What", "Files"]);
        for total in &head.concerns {
            row(text, words.concern(total.concern), &[&total.files.to_string()]);
        }
        text.push_str(END_OF_TABLE);
    }
    if !head.decisions.is_empty() {
        headings(text, "What was decided", &["Decision", "Files"]);
        for total in &head.decisions {
            row(text, &words.decision(&total.decision), &[&total.files.to_string()]);
        }
        text.push_str(END_OF_TABLE);
    }
}

fn files(
    source: &Source<'_>,
    shown: &Shown<'_>,
    title: &str,
    states: &[FileState],
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let mut text = String::new();
    headings(&mut text, title, &["No.", "File and object", "What became of it", "Bytes", "SHA-256 and version"]);
    put(out, &text)?;
    source.each_in(states, |file| {
        let mut text = String::new();
        let entry = source.entry(file, false);
        let sums = [entry.stored_sha256().map(|sum| format!("SHA-256 {sum}")), version(file)];
        row(
            &mut text,
            &file.number.to_string(),
            &[
                &format!("{} → {}", shown.name(file), shown.key(file)),
                &became(file),
                &file.size.to_string(),
                &sums.into_iter().flatten().collect::<Vec<_>>().join(" "),
            ],
        );
        put(out, &text)
    })?;
    put(out, END_OF_TABLE)
}

fn version(file: &UploadFile) -> Option<String> {
    file.version_id.as_deref().map(|version| format!("version {version}"))
}

/// What became of a file, why, and what was decided on it.
fn became(file: &UploadFile) -> String {
    let words = Words::english();
    let proof = file.proof.filter(|_| file.state.is_safe()).map(|proof| format!(" {}.", words.proof(proof)));
    let state = format!("{}.{}", words.file_state(file.state), proof.unwrap_or_default());
    let why = match (file.skip, file.code) {
        (Some(skip), _) => Some(words.skip(skip).to_owned()),
        (None, Some(code)) => Some(format!("{}.", words.error(&code.into()))),
        (None, None) => None,
    };
    let odd = file.concerns.iter().map(|concern| words.concern(*concern).to_owned());
    let decision = file.decision.as_ref().map(|decision| format!("Decided: {}.", words.decision(decision)));
    let kinds = file.counts.iter().filter(|count| count.disposition != pillbox_model::Disposition::Expected);
    let kinds: Vec<String> = kinds.map(|count| format!("{} {}", count.count, count.identifier)).collect();
    let unexpected = (!kinds.is_empty()).then(|| format!("Not expected: {}.", kinds.join(", ")));
    [state].into_iter().chain(why).chain(unexpected).chain(odd).chain(decision).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_stays_text() {
        assert_eq!(escaped("<script>'&\"</script>"), "&lt;script&gt;&#39;&amp;&quot;&lt;/script&gt;");
        assert_eq!(escaped("a\u{202e}txt.exe\u{7}"), "a\\u{202e}txt.exe\\u{7}");
        assert_eq!(escaped("m\u{fc}ller"), "m\u{fc}ller");
    }

    #[test]
    fn a_time_is_as_long_as_it_is() {
        let said = [7, 4_999, 61_000, 3_723_000].map(duration);
        assert_eq!(said, ["7 ms", "4 s", "1 min 1 s", "1 h 2 min 3 s"]);
    }
}
