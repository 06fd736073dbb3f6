//! How fast detection is. `scripts/bench-detect.sh` runs it beside its peers; each subcommand prints JSON, one object per
//! line.
#![expect(clippy::print_stdout, reason = "the figures are the program's output")]

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use pillbox_detect::{Engine, Selection, Sink};
use pillbox_files::Decoder;
use pillbox_measure::{Hostile, Spent, candidates, clean, even, peak_memory, prescription, prescriptions, tables};
use pillbox_model::{Detection, IdentifierId};
use serde_json::json;

#[derive(Parser)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Writes the texts: `prescriptions.txt` (small texts with form feeds between them), `clean.txt`, `tables.txt`,
    /// `worst.txt`.
    Texts {
        /// Where to.
        folder: PathBuf,
        /// Megabytes of prescriptions; the others have a third.
        #[arg(long, default_value_t = 200)]
        megabytes: usize,
    },
    /// Writes so many files of about 2 KB, a thousand in a folder.
    Files {
        /// Where to.
        folder: PathBuf,
        /// How many.
        #[arg(long, default_value_t = 100_000)]
        count: u64,
    },
    /// Scans texts, each file's parts between form feeds one by one, with all identifiers and without NAME, ADDRESS and
    /// DRUG_NAME.
    Scan {
        /// The texts.
        files: Vec<PathBuf>,
        /// The best of so many runs counts.
        #[arg(long, default_value_t = 3)]
        runs: u32,
    },
    /// Nanoseconds a byte of texts that are made to be slow, and of usual ones.
    Even {
        /// Megabytes of each.
        #[arg(long, default_value_t = 64)]
        megabytes: usize,
    },
    /// Nanoseconds a byte of all that looks expensive, the worst first.
    Worst {
        /// Megabytes of each.
        #[arg(long, default_value_t = 4)]
        megabytes: usize,
    },
    /// Milliseconds that it takes to make the engine.
    Start,
    /// Decodes and scans so many megabytes of a stream and says how much memory that took.
    Memory {
        /// Megabytes.
        #[arg(long, default_value_t = 4096)]
        megabytes: u64,
        /// All of it one line.
        #[arg(long)]
        one_line: bool,
    },
}

const MEGABYTE: usize = 1_000_000;
/// What stands between the small texts of a file.
const BETWEEN: char = '\u{c}';

fn main() -> ExitCode {
    let done = match Arguments::parse().command {
        Command::Texts { folder, megabytes } => texts(&folder, megabytes * MEGABYTE),
        Command::Files { folder, count } => files(&folder, count),
        Command::Scan { files, runs } => scan(&files, runs),
        Command::Even { megabytes } => evenness(megabytes * MEGABYTE),
        Command::Worst { megabytes } => worst(megabytes * MEGABYTE),
        Command::Start => start(),
        Command::Memory { megabytes, one_line } => memory(megabytes, one_line),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            println!("{}", json!({ "error": error.to_string() }));
            ExitCode::FAILURE
        }
    }
}

fn texts(folder: &Path, size: usize) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let (text, places) = prescriptions(1, size);
    let parts: Vec<_> = places.into_iter().map(|place| &text[place]).collect();
    fs::write(folder.join("prescriptions.txt"), parts.join(&BETWEEN.to_string()))?;
    fs::write(folder.join("clean.txt"), clean(1, size / 3))?;
    fs::write(folder.join("tables.txt"), tables(1, size / 3))?;
    let engine = Engine::managed();
    let (_, worst) = slowest(&engine, 2 * MEGABYTE).swap_remove(0);
    println!("{}", json!({ "worst": worst.name }));
    fs::write(folder.join("worst.txt"), worst.text(size / 3))
}

fn files(folder: &Path, count: u64) -> io::Result<()> {
    let mut text = String::new();
    let mut next = 0;
    for number in 0..count {
        if number % 1000 == 0 {
            fs::create_dir_all(folder.join(format!("{:03}", number / 1000)))?;
        }
        text.clear();
        while text.len() < 1800 {
            text.push_str(&prescription(2, next).text);
            next += 1;
        }
        fs::write(folder.join(format!("{:03}/{number:06}.txt", number / 1000)), &text)?;
    }
    Ok(())
}

/// Counts, and keeps nothing.
struct Tally(u64);

impl Sink for Tally {
    fn detection(&mut self, _: Detection) -> std::ops::ControlFlow<()> {
        self.0 += 1;
        std::ops::ControlFlow::Continue(())
    }
}

/// Scans each of the texts, and says how many seconds that took and how much was found.
fn run(engine: &Engine, parts: &[&str]) -> (f64, u64) {
    let mut tally = Tally(0);
    let spent = Spent::begin();
    for part in parts {
        // Nobody stops it, and the tally takes all there is.
        let _ = engine.scan(part, &|| true, &mut tally);
    }
    (spent.so_far().as_secs_f64(), tally.0)
}

#[expect(clippy::expect_used, reason = "only identifiers and lists of one's own can be wrong, and there are none")]
fn without_words() -> Engine {
    let off = ["NAME", "ADDRESS", "DRUG_NAME"].map(IdentifierId::of);
    Engine::with(Selection { off: &off, ..Selection::default() }).expect("nothing of one's own")
}

/// Sizes are far below 2^52.
#[expect(clippy::cast_precision_loss, reason = "a speed is no count")]
fn per_second(bytes: usize, seconds: f64) -> f64 {
    bytes as f64 / 1e6 / seconds
}

#[expect(clippy::cast_precision_loss, reason = "a cost is no count")]
fn per_byte(bytes: usize, seconds: f64) -> f64 {
    seconds * 1e9 / bytes as f64
}

fn scan(files: &[PathBuf], runs: u32) -> io::Result<()> {
    let engines = [("all identifiers", Engine::managed()), ("without NAME, ADDRESS, DRUG_NAME", without_words())];
    for file in files {
        let text = fs::read_to_string(file)?;
        let parts: Vec<_> = text.split(BETWEEN).collect();
        for (name, engine) in &engines {
            let all: Vec<_> = (0..runs).map(|_| run(engine, &parts)).collect();
            let best = all.iter().map(|(seconds, _)| *seconds).fold(f64::INFINITY, f64::min);
            let text = file.file_stem().map(|stem| stem.to_string_lossy().into_owned());
            let speed = per_second(file_size(&parts), best);
            println!("{}", json!({ "engine": name, "text": text, "mbPerSecond": speed, "detections": all[0].1 }));
        }
    }
    Ok(())
}

fn file_size(parts: &[&str]) -> usize {
    parts.iter().map(|part| part.len()).sum()
}

fn cost(engine: &Engine, text: &str) -> f64 {
    let best = (0..2).map(|_| run(engine, &[text]).0).fold(f64::INFINITY, f64::min);
    per_byte(text.len(), best)
}

fn evenness(size: usize) -> io::Result<()> {
    let engine = Engine::managed();
    let normal = cost(&engine, &prescriptions(1, size).0);
    let print = |name: &str, cost: f64| {
        println!("{}", json!({ "text": name, "nanosecondsPerByte": cost, "toPrescriptions": cost / normal }));
    };
    print("prescriptions", normal);
    print("clean text", cost(&engine, &clean(1, size)));
    for hostile in even(&engine) {
        print(hostile.name, cost(&engine, &hostile.text(size)));
    }
    Ok(())
}

/// The cost of each, the most expensive first.
fn slowest(engine: &Engine, size: usize) -> Vec<(f64, Hostile)> {
    let mut costs: Vec<_> =
        candidates(engine).into_iter().map(|hostile| (cost(engine, &hostile.text(size)), hostile)).collect();
    costs.sort_by(|a, b| b.0.total_cmp(&a.0));
    costs
}

fn worst(size: usize) -> io::Result<()> {
    for (cost, hostile) in slowest(&Engine::managed(), size) {
        println!("{}", json!({ "text": hostile.name, "nanosecondsPerByte": cost }));
    }
    Ok(())
}

fn start() -> io::Result<()> {
    let times: Vec<_> = (0..7)
        .map(|_| {
            let spent = Spent::begin();
            let engine = Engine::managed();
            let taken = spent.so_far().as_secs_f64() * 1e3;
            (taken, engine.identifiers().len())
        })
        .collect();
    let best = times.iter().map(|(taken, _)| *taken).fold(f64::INFINITY, f64::min);
    println!("{}", json!({ "firstMilliseconds": times[0].0, "bestMilliseconds": best, "identifiers": times[0].1 }));
    Ok(())
}

/// As `pillbox scan -` does it: pieces of bytes, decoded, into a stream.
fn memory(megabytes: u64, one_line: bool) -> io::Result<()> {
    let mut piece = prescriptions(5, MEGABYTE).0;
    if one_line {
        piece = piece.replace(['\n', '\r'], " ");
    }
    let engine = Engine::managed();
    let (mut decoder, mut stream, mut tally, mut text) = (Decoder::new(), engine.stream(), Tally(0), String::new());
    let mut done = 0;
    let spent = Spent::begin();
    while done < megabytes * MEGABYTE as u64 {
        for bytes in piece.as_bytes().chunks(64 * 1024) {
            text.clear();
            decoder.push(bytes, &mut text).map_err(|reason| io::Error::other(format!("{reason:?}")))?;
            stream.push(&text, &|| true, &mut tally).map_err(io::Error::other)?;
            done += bytes.len() as u64;
            decoder.forget(done.saturating_sub(1 << 20));
        }
    }
    stream.finish(&|| true, &mut tally).map_err(io::Error::other)?;
    println!(
        "{}",
        json!({ "bytes": done, "seconds": spent.so_far().as_secs_f64(), "detections": tally.0,
            "peakMegabytes": peak_memory().map(|bytes| bytes / MEGABYTE as u64) })
    );
    Ok(())
}
