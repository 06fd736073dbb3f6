//! Precision, recall and F1 of every identifier on documents that are made: `evaluate --help`.
#![expect(clippy::print_stdout, reason = "the table is the program's output")]

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, ValueEnum};
use pillbox_detect::Engine;
use pillbox_measure::{Count, Document, Score, Wrong, documents, scan};

/// Holds what is found against what is there.
#[derive(Parser)]
struct Arguments {
    /// What the documents are made from; the same seed makes the same documents.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How many documents.
    #[arg(long, default_value_t = 5000)]
    documents: u64,
    /// How to print.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Also prints so many misses and false alarms of each identifier, with the text around them. All of it is made up.
    #[arg(long, value_name = "N", default_value_t = 0)]
    show: usize,
    /// Only this identifier, in what is shown.
    #[arg(long, value_name = "ID")]
    only: Option<String>,
    /// Counts detections in these files and folders instead: texts in which there is nothing to find.
    #[arg(long, value_name = "PATH", num_args = 1..)]
    nothing_in: Vec<PathBuf>,
    /// Writes the documents here as files, with their labels beside them, and scans nothing.
    #[arg(long, value_name = "FOLDER")]
    write: Option<PathBuf>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
}

/// What must be reached.
const F1_IN_ALL: f64 = 0.99;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let done = match (&arguments.write, arguments.nothing_in.is_empty()) {
        (Some(folder), _) => write(&arguments, folder),
        (None, false) => alarms(&arguments),
        (None, true) => return evaluate(&arguments),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            println!("error: {error}");
            ExitCode::from(2)
        }
    }
}

fn evaluate(arguments: &Arguments) -> ExitCode {
    let engine = Engine::managed();
    let mut score = Score::default();
    let mut shown = Shown::default();
    for (number, document) in documents(arguments.seed, arguments.documents).enumerate() {
        let found = scan(&engine, &document.file_name(number), &document.text);
        let wrong = score.count(&document.text, &document.labels, &found);
        shown.take(&document, wrong, arguments);
    }
    match arguments.format {
        Format::Text => print_table(&score),
        Format::Json => print_json(&score),
    }
    shown.print();
    if score.total().f1() >= F1_IN_ALL { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn print_table(score: &Score) {
    println!(
        "{:<50}{:>8}{:>8}{:>8}{:>11}{:>8}{:>8}",
        "identifier", "values", "missed", "alarms", "precision", "recall", "F1"
    );
    let line = |name: &str, count: Count| {
        println!(
            "{name:<50}{:>8}{:>8}{:>8}{:>11.4}{:>8.4}{:>8.4}",
            count.hits + count.misses,
            count.misses,
            count.false_alarms,
            count.precision(),
            count.recall(),
            count.f1()
        );
    };
    let mut counts: Vec<_> = score.by_identifier.iter().collect();
    counts.sort_by(|a, b| a.1.f1().total_cmp(&b.1.f1()).then(a.0.cmp(b.0)));
    for (identifier, count) in counts {
        line(identifier, *count);
    }
    line("in all", score.total());
}

fn print_json(score: &Score) {
    let figures = |count: Count| {
        serde_json::json!({ "values": count.hits + count.misses, "missed": count.misses,
            "falseAlarms": count.false_alarms, "precision": count.precision(), "recall": count.recall(), "f1": count.f1() })
    };
    let by_identifier: BTreeMap<_, _> = score.by_identifier.iter().map(|(id, count)| (id, figures(*count))).collect();
    println!("{}", serde_json::json!({ "all": figures(score.total()), "byIdentifier": by_identifier }));
}

/// The first few examples of each kind of mistake.
#[derive(Default)]
struct Shown(BTreeMap<(String, &'static str), Vec<String>>);

impl Shown {
    fn take(&mut self, document: &Document, wrong: Vec<Wrong>, arguments: &Arguments) {
        for wrong in wrong {
            let (identifier, what, range) = match &wrong {
                Wrong::Missed(label) => (label.identifier, "missed", &label.core),
                Wrong::FalseAlarm(found) => (found.identifiers[0].as_str(), "false alarm", &found.range),
            };
            if arguments.only.as_deref().is_some_and(|only| only != identifier) {
                continue;
            }
            let examples = self.0.entry((identifier.to_owned(), what)).or_default();
            if examples.len() < arguments.show {
                examples.push(format!("[{}] {}", document.kind, around(&document.text, range)));
            }
        }
    }

    fn print(&self) {
        for ((identifier, what), examples) in self.0.iter().filter(|(_, examples)| !examples.is_empty()) {
            println!("\n{identifier}, {what}:");
            for example in examples {
                println!("  {example}");
            }
        }
    }
}

/// The text around a place, on one line, with the place in ⟦ ⟧.
fn around(text: &str, range: &std::ops::Range<usize>) -> String {
    let from = text.floor_char_boundary(range.start.saturating_sub(50));
    let to = text.ceil_char_boundary((range.end + 30).min(text.len()));
    format!("{}⟦{}⟧{}", &text[from..range.start], &text[range.clone()], &text[range.end..to])
        .replace('\n', "⏎")
        .replace('\r', "␍")
        .replace('\t', "⇥")
}

/// Counts what is found in files that hold nothing.
fn alarms(arguments: &Arguments) -> std::io::Result<()> {
    let engine = Engine::managed();
    let (mut bytes, mut counts, mut shown) = (0, BTreeMap::<String, u64>::new(), Shown::default());
    let mut pending = arguments.nothing_in.clone();
    while let Some(path) = pending.pop() {
        if path.is_dir() {
            for entry in std::fs::read_dir(&path)? {
                pending.push(entry?.path());
            }
            pending.sort();
            continue;
        }
        let Ok(text) = pillbox_files::decode(&std::fs::read(&path)?) else { continue };
        bytes += text.as_str().len();
        let document = Document {
            kind: "file",
            country: pillbox_measure::Country::Australia,
            text: text.as_str().to_owned(),
            labels: Vec::new(),
        };
        let wrong: Vec<_> =
            scan(&engine, &path.to_string_lossy(), &document.text).into_iter().map(Wrong::FalseAlarm).collect();
        for found in &wrong {
            if let Wrong::FalseAlarm(found) = found {
                *counts.entry(found.identifiers[0].clone()).or_default() += 1;
            }
        }
        shown.take(&document, wrong, arguments);
    }
    println!("{bytes} bytes of text");
    for (identifier, count) in &counts {
        println!("{identifier:<50}{count:>8}");
    }
    shown.print();
    Ok(())
}

/// Writes the documents and what is in them.
fn write(arguments: &Arguments, folder: &std::path::Path) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)?;
    for (number, document) in documents(arguments.seed, arguments.documents).enumerate() {
        let name = document.file_name(number);
        let labels: Vec<_> = document
            .labels
            .iter()
            .map(|label| serde_json::json!({ "identifier": label.identifier, "start": label.core.start, "end": label.core.end, "optional": label.optional }))
            .collect();
        std::fs::write(folder.join(format!("{name}.labels")), serde_json::to_vec(&labels)?)?;
        std::fs::write(folder.join(name), document.text)?;
    }
    Ok(())
}
