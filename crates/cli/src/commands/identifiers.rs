//! `pillbox identifiers`: what is looked for.

use std::io::Read;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use pillbox_app::{App, ExportFormat, IdentifierDetail, IdentifierRow, TestRequest, Tested};
use pillbox_model::{Category, ErrorCode, Failure, IdentifierId};
use serde_json::{Value, json};

use crate::arguments::Global;
use crate::arguments_of_rules::{Identifiers, IdentifiersCommand};
use crate::output::{Output, counted};
use crate::program;

/// The most bytes of a sample text.
const SAMPLE: u64 = 400_000;

/// Runs the subcommand.
pub(crate) fn run(global: &Global, identifiers: &Identifiers, output: &Output) -> Result<ExitCode, Failure> {
    let app = program::open(global)?;
    let code = match &identifiers.command {
        IdentifiersCommand::List { category } => list(&app, category.map(Category::from), output)?,
        IdentifiersCommand::Show { id } => show(&app, id, output)?,
        IdentifiersCommand::Check => check(&app, output)?,
        IdentifiersCommand::Test { identifier, file } => test(&app, identifier.as_deref(), file, output)?,
        IdentifiersCommand::Add { file } => said(output, "added", &app.import_identifiers(file)?),
        IdentifiersCommand::Remove { name } => {
            app.delete_identifier(name)?;
            output.object(&json!({ "type": "removed", "identifier": name }));
            output.line(&format!("removed {name}"));
            ExitCode::SUCCESS
        }
        IdentifiersCommand::Export { to, names } => export(&app, names, (*to).into(), output)?,
        IdentifiersCommand::Set { id, distance } => set(&app, id, distance.0, output)?,
        IdentifiersCommand::On { id } => switch(&app, id, true, output)?,
        IdentifiersCommand::Off { id } => switch(&app, id, false, output)?,
    };
    output.end();
    Ok(code)
}

fn list(app: &App, category: Option<Category>, output: &Output) -> Result<ExitCode, Failure> {
    let wanted = |detail: &IdentifierDetail| category.is_none_or(|category| detail.row.category == category);
    let mut shown = 0;
    for detail in app.identifier_details()?.iter().filter(|detail| wanted(detail)) {
        shown += 1;
        output.object(&object(detail));
        output.line(&line(&detail.row));
    }
    output.line(&counted(shown, "identifier", "identifiers"));
    Ok(ExitCode::SUCCESS)
}

fn show(app: &App, id: &str, output: &Output) -> Result<ExitCode, Failure> {
    let detail = app.identifier_detail(&IdentifierId::parse(id))?;
    output.object(&object(&detail));
    output.line(&line(&detail.row));
    let lines = |title: &str, texts: &[String]| {
        for text in texts {
            output.line(&format!("  {title}: {text}"));
        }
    };
    lines("keyword", &detail.row.keywords);
    output.line(&format!("  within: {}", within(&detail)));
    output.line(&format!("  check digit: {}", if detail.checksum { "yes" } else { "no" }));
    for from in &detail.severity {
        output.line(&format!("  from {}: {}", from.occurrences, from.severity.description()));
    }
    for example in &detail.examples {
        output.line(&format!("  found: {} in {:?}", example.value, example.text));
    }
    let not: Vec<String> = detail.counterexamples.iter().map(|text| format!("{text:?}")).collect();
    lines("not found in", &not);
    if let Some(own) = &detail.own {
        output.line(&format!("  regex: {}", own.regex));
        lines("ignored", &own.ignore_words);
    }
    if !detail.source.is_empty() {
        output.line(&format!("  source: {}", detail.source));
    }
    Ok(ExitCode::SUCCESS)
}

/// How far a keyword may be from its value.
fn within(detail: &IdentifierDetail) -> String {
    let within = counted(u64::from(detail.distance), "character", "characters");
    match detail.distances {
        Some(choice) if choice.default != detail.distance => format!("{within} ({} by default)", choice.default),
        _ => within,
    }
}

/// An identifier for programs: what it is, then how it is used here.
fn object(detail: &IdentifierDetail) -> Value {
    json!({
        "type": "identifier",
        "id": detail.row.id,
        "name": detail.row.name,
        "category": detail.row.category,
        "country": detail.row.country,
        "own": detail.row.own,
        "keywords": detail.row.keywords,
        "distance": detail.distance,
        "distances": detail.distances,
        "checksum": detail.checksum,
        "severity": detail.severity,
        "examples": detail.examples,
        "counterexamples": detail.counterexamples,
        "source": detail.source,
        "definition": detail.own,
        "on": detail.row.on,
        "disposition": detail.row.disposition,
        "problem": detail.row.problem,
    })
}

fn line(row: &IdentifierRow) -> String {
    let country = row.country.as_deref().filter(|country| *country != "Any");
    let country = country.map_or_else(String::new, |country| format!(" ({country})"));
    let off = if row.on { "" } else { "  [off]" };
    let problem = row.problem.as_ref().map_or_else(String::new, |problem| format!("  [can't be used: {problem}]"));
    if row.own {
        return format!("{}  (own){off}{problem}", row.name);
    }
    format!("{}  {}{country}{off}", row.id, row.name)
}

fn check(app: &App, output: &Output) -> Result<ExitCode, Failure> {
    let checked = app.check_identifiers()?;
    for failure in &checked.failures {
        output.object(&json!({ "type": "failure", "identifier": failure.identifier, "what": failure.what }));
        output.line(&failure.what);
    }
    output.object(&json!({
        "type": "summary",
        "identifiers": checked.identifiers,
        "examples": checked.examples,
        "failures": checked.failures.len(),
    }));
    output.line(&format!(
        "{}, {}: {}",
        counted(checked.identifiers as u64, "identifier", "identifiers"),
        counted(checked.examples as u64, "example", "examples"),
        match checked.failures.len() as u64 {
            0 => "all hold".to_owned(),
            failures => counted(failures, "does not hold", "do not hold"),
        }
    ));
    Ok(if checked.failures.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

fn test(app: &App, only: Option<&str>, file: &Path, output: &Output) -> Result<ExitCode, Failure> {
    let sample = sample(file)?;
    let request = TestRequest { sample, identifier: None, only: only.map(IdentifierId::parse) };
    let Tested { detections, total, allowed, severity, .. } = app.test_identifier(&request)?;
    for detection in &detections {
        output.object(&json!({
            "type": "detection",
            "identifier": detection.identifier,
            "start": detection.place.start,
            "end": detection.place.end,
            "line": detection.place.line,
            "column": detection.place.column,
            "masked": detection.masked,
            "evidence": detection.evidence,
        }));
        let keyword = detection.evidence.keyword.as_ref().map_or_else(String::new, |near| format!(" near {near:?}"));
        let digit = if detection.evidence.checksum { ", check digit right" } else { "" };
        let place = detection.place;
        let name = app.identifier_name(&detection.identifier);
        output.line(&format!("{}:{} {name}: {}{keyword}{digit}", place.line, place.column, detection.masked));
    }
    output.object(&json!({ "type": "summary", "detections": total, "allowed": allowed, "severity": severity }));
    let severity = severity.map_or_else(String::new, |severity| format!(", {}", severity.description()));
    output.line(&format!("{}{severity}, {allowed} allowed", counted(total, "detection", "detections")));
    Ok(ExitCode::from(u8::from(total > 0)))
}

/// The sample text of a file, or of standard input.
fn sample(file: &Path) -> Result<String, Failure> {
    let mut text = String::new();
    let unreadable = |_| Failure::new(ErrorCode::SourceUnreadable);
    if file.as_os_str() == "-" {
        std::io::stdin().lock().take(SAMPLE + 1).read_to_string(&mut text).map_err(unreadable)?;
    } else {
        let file = std::fs::File::open(file).map_err(unreadable)?;
        file.take(SAMPLE + 1).read_to_string(&mut text).map_err(unreadable)?;
    }
    Ok(text)
}

fn export(app: &App, names: &[String], format: ExportFormat, output: &Output) -> Result<ExitCode, Failure> {
    let exported = app.export_identifiers(names, format)?;
    output.text(&exported.text);
    for name in &exported.without_validator {
        output.message(&format!("warning: Macie has no check digits: it will find more with {name} than Pillbox does"));
    }
    Ok(ExitCode::SUCCESS)
}

fn set(app: &Arc<App>, id: &str, distance: Option<u16>, output: &Output) -> Result<ExitCode, Failure> {
    let detail = app.set_distance(&IdentifierId::parse(id), distance)?;
    output.object(&json!({ "type": "set", "identifier": detail.row.id, "distance": detail.distance }));
    output.line(&format!("{}: within {}", detail.row.id, within(&detail)));
    Ok(ExitCode::SUCCESS)
}

fn switch(app: &Arc<App>, id: &str, on: bool, output: &Output) -> Result<ExitCode, Failure> {
    let row = app.switch_identifier(&IdentifierId::parse(id), on)?;
    Ok(said(output, if on { "on" } else { "off" }, &[row]))
}

/// Says what was done to identifiers.
fn said(output: &Output, done: &str, rows: &[IdentifierRow]) -> ExitCode {
    for row in rows {
        output.object(&json!({ "type": done, "identifier": row.id }));
        output.line(&format!("{done}: {}", row.id));
    }
    ExitCode::SUCCESS
}
