//! What can be typed.

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Parser, Subcommand, ValueEnum};
use pillbox_model::{CheckId, OnConflict, ReadBack, Severity};

use crate::arguments_of_objects::Objects;
use crate::arguments_of_receipt::{Receipt, is_id};
use crate::arguments_of_rules::{Identifiers, Rules};
use crate::arguments_of_scan::Scan;
use crate::arguments_of_watch::{Held, Watch};

/// Prescriptions, scanned and safely in Amazon S3.
#[derive(Parser)]
#[command(name = "pillbox", version, about, max_term_width = 100)]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub(crate) global: Global,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// Options that every command takes.
#[derive(Args)]
pub(crate) struct Global {
    /// How to print: for people, as one JSON array, or as JSON Lines
    #[arg(long, global = true, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
    /// Pillbox's own folder, on this computer's own disk
    #[arg(long, global = true, value_name = "DIR", env = "PILLBOX_DATA_DIR")]
    pub(crate) data_dir: Option<PathBuf>,
    /// A connection that was set up in the window
    #[arg(long, global = true, value_name = "NAME", conflicts_with_all = ["profile", "region", "endpoint_url"])]
    pub(crate) connection: Option<String>,
    /// A profile of the shared AWS configuration
    #[arg(long, global = true, value_name = "NAME")]
    pub(crate) profile: Option<String>,
    /// The Region of the bucket
    #[arg(long, global = true, value_name = "REGION")]
    pub(crate) region: Option<String>,
    /// An endpoint other than Amazon's; http:// only on this computer
    #[arg(long, global = true, value_name = "URL")]
    pub(crate) endpoint_url: Option<String>,
    /// How long to wait for an answer of the storage service before trying again; larger files get more [default: 30]
    #[arg(long, global = true, value_name = "SECONDS", value_parser = seconds)]
    pub(crate) read_timeout: Option<Duration>,
    /// How long an upload waits for a storage service that does not answer before it gives up
    #[arg(long, global = true, value_name = "SECONDS", value_parser = patience, default_value = "300",
          env = "PILLBOX_PATIENCE")]
    pub(crate) patience: Duration,
    /// Print names of files and keys also where they give a patient away
    #[arg(long, global = true)]
    pub(crate) reveal: bool,
}

/// How to print.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people.
    Text,
    /// One array.
    Json,
    /// One object a line.
    Jsonl,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Look for sensitive data in files, folders, objects or standard input (-)
    Scan(Scan),
    /// Put files into the bucket: gate, scan, store, read back, scan again
    Upload(Upload),
    /// Take the files of folders as they come
    Watch(Watch),
    /// What waits for a person: list it, and decide
    Held(Held),
    /// Judge a bucket's settings
    Check(Check),
    /// Put a bucket's settings right
    Fix(Fix),
    /// Fix single objects: quarantine, versions, redact, access, encryption, tags
    Objects(Objects),
    /// List what was changed in buckets
    Changes,
    /// Take a change back; without a number, the newest
    Undo(Undo),
    /// List findings
    Findings(Findings),
    /// What uploads did: list, show, export, and compare with the bucket
    Receipt(Receipt),
    /// The record of what was done
    Audit(Audit),
    /// What is looked for: list, show, prove, try, and one's own
    Identifiers(Identifiers),
    /// What is done with what is found, and what is allowed
    Rules(Rules),
    /// Run an S3 server on this computer, to try Pillbox without an account
    Sandbox(Sandbox),
    /// Print completions for a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
}

#[derive(Args)]
pub(crate) struct Upload {
    /// Files and folders, then s3://BUCKET/PREFIX/ (in the prefix {yyyy}, {mm}, {dd} stand for today)
    #[arg(required_unless_present = "resume", value_name = "PATH ... s3://BUCKET/PREFIX/")]
    pub(crate) arguments: Vec<String>,
    /// Say what would be done, and send nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// What to do where something else is stored under the same name
    #[arg(long, value_enum, value_name = "CHOICE")]
    pub(crate) on_conflict: Option<Conflict>,
    /// What to do with files that hold something unexpected
    #[arg(long, value_enum, value_name = "CHOICE", default_value_t = Decide::Hold)]
    pub(crate) decide: Decide,
    /// Why files are sent as they are (with --decide send)
    #[arg(long, value_name = "TEXT", required_if_eq("decide", "send"), value_parser = not_blank)]
    pub(crate) reason: Option<String>,
    /// Go on with an upload that was not finished; without an id, the newest
    #[arg(
        long,
        value_name = "ID",
        num_args = 0..=1,
        default_missing_value = "",
        value_parser = upload_id,
        conflicts_with_all = ["arguments", "dry_run", "on_conflict", "accept_unprotected", "neutral_names", "read_back",
                              "sync"],
    )]
    pub(crate) resume: Option<String>,
    /// Send to a store that has no Block Public Access at all, and why
    #[arg(long, value_name = "REASON", value_parser = not_blank)]
    pub(crate) accept_unprotected: Option<String>,
    /// Give files whose name tells a patient's a neutral one
    #[arg(long)]
    pub(crate) neutral_names: bool,
    /// How to make sure that each object is what was sent: read all of it, compare and scan it again; or compare the
    /// checksum that the store tells, which proves that it has the bytes [default: as set in the window, else whole]
    #[arg(long, value_enum, value_name = "CHOICE")]
    pub(crate) read_back: Option<Proof>,
    /// Compare with what is there, by content, and send only what is new or changed; nothing is deleted
    #[arg(long)]
    pub(crate) sync: bool,
}

fn seconds(text: &str) -> Result<Duration, String> {
    let seconds = text.parse().ok().filter(|seconds| *seconds > 0.0);
    let limit = seconds.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
    limit.ok_or_else(|| "write a number of seconds above 0".to_owned())
}

pub(crate) fn patience(text: &str) -> Result<Duration, String> {
    let seconds = text.parse().ok().and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
    seconds.ok_or_else(|| "write a number of seconds".to_owned())
}

pub(crate) fn not_blank(text: &str) -> Result<String, String> {
    if text.trim().is_empty() { Err("write why, in a few words".to_owned()) } else { Ok(text.to_owned()) }
}

/// An upload's id, or nothing where none was given.
pub(crate) fn upload_id(text: &str) -> Result<String, String> {
    if text.is_empty() || is_id(text) {
        return Ok(text.to_owned());
    }
    Err("it is no upload's id, which has 32 hexadecimal digits; --resume alone goes on with the newest, and takes \
         no paths"
        .to_owned())
}

/// What to do where something else is stored under the same name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Conflict {
    /// Leave the file out.
    Skip,
    /// Store it under a name with a number.
    KeepBoth,
    /// Make a new version; only where the bucket keeps versions.
    Replace,
    /// Stop.
    Fail,
}

impl From<Conflict> for OnConflict {
    fn from(conflict: Conflict) -> Self {
        match conflict {
            Conflict::Skip => Self::Skip,
            Conflict::KeepBoth => Self::KeepBoth,
            Conflict::Replace => Self::Replace,
            Conflict::Fail => Self::Fail,
        }
    }
}

/// How to make sure that each object is what was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Proof {
    /// Read the whole object, compare it and scan it again.
    Whole,
    /// Compare the checksum that the store tells; where it tells none, read the whole object.
    Checksum,
}

impl From<Proof> for ReadBack {
    fn from(proof: Proof) -> Self {
        match proof {
            Proof::Whole => Self::Whole,
            Proof::Checksum => Self::Checksum,
        }
    }
}

/// What to do with files that hold something unexpected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Decide {
    /// Hold them back.
    Hold,
    /// Send a copy in which it is replaced by its label.
    Redact,
    /// Send them as they are; credentials never.
    Send,
}

#[derive(Args)]
pub(crate) struct Check {
    /// The bucket
    #[arg(value_name = "s3://BUCKET")]
    pub(crate) bucket: String,
}

#[derive(Args)]
pub(crate) struct Fix {
    /// The bucket
    #[arg(value_name = "s3://BUCKET")]
    pub(crate) bucket: String,
    /// What to fix, by the checks' ids
    #[arg(value_name = "CHECK", value_parser = check_id, required_unless_present = "all", conflicts_with = "all")]
    pub(crate) checks: Vec<CheckId>,
    /// Fix all that costs nothing and can be taken back exactly
    #[arg(long)]
    pub(crate) all: bool,
    /// Apply without asking
    #[arg(long, conflicts_with = "dry_run")]
    pub(crate) yes: bool,
    /// Show the plan and stop
    #[arg(long)]
    pub(crate) dry_run: bool,
}

fn check_id(id: &str) -> Result<CheckId, String> {
    CheckId::parse(id).ok_or_else(|| {
        let known: Vec<&str> = CheckId::ALL.iter().map(|check| check.as_str()).collect();
        format!("there is no check of this name; there are {}", known.join(", "))
    })
}

#[derive(Args)]
pub(crate) struct Undo {
    /// The change's number, as 'pillbox changes' lists it
    pub(crate) change: Option<u64>,
    /// Take it back without asking
    #[arg(long, conflicts_with = "dry_run")]
    pub(crate) yes: bool,
    /// Show what would change and stop
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// The words that the plan asks for, where something goes for ever
    #[arg(long, value_name = "WORDS")]
    pub(crate) consent: Option<String>,
}

#[derive(Args)]
pub(crate) struct Findings {
    /// Only in this bucket
    #[arg(value_name = "s3://BUCKET/PREFIX")]
    pub(crate) place: Option<String>,
    /// Only of this severity
    #[arg(long, value_parser = severity, value_name = "low|medium|high")]
    pub(crate) severity: Option<Severity>,
    /// Only of this finding type, for example Policy:IAMUser/S3BucketPublic
    #[arg(long = "type", value_name = "TYPE")]
    pub(crate) finding_type: Option<String>,
    /// Resolved ones as well
    #[arg(long)]
    pub(crate) all: bool,
}

fn severity(text: &str) -> Result<Severity, String> {
    match text.to_ascii_lowercase().as_str() {
        "low" => Ok(Severity::Low),
        "medium" => Ok(Severity::Medium),
        "high" => Ok(Severity::High),
        _ => Err("it is one of low, medium, high".to_owned()),
    }
}

#[derive(Args)]
pub(crate) struct Audit {
    #[command(subcommand)]
    pub(crate) command: AuditCommand,
}

#[derive(Subcommand)]
pub(crate) enum AuditCommand {
    /// Find any edit of the record
    Verify,
}

#[derive(Args)]
pub(crate) struct Sandbox {
    /// The port; without it, any that is free
    #[arg(long, default_value_t = 0)]
    pub(crate) port: u16,
    /// Where its buckets are kept
    #[arg(long, value_name = "DIR")]
    pub(crate) data: Option<PathBuf>,
    /// The access key id that it takes
    #[arg(long, value_name = "A", requires = "secret_key")]
    pub(crate) access_key: Option<String>,
    /// The secret of that key
    #[arg(long, value_name = "S", requires = "access_key")]
    pub(crate) secret_key: Option<String>,
    /// Make the sample bucket, and sample prescriptions to send
    #[arg(long)]
    pub(crate) sample: bool,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    fn read(line: &str) -> Result<Arguments, clap::Error> {
        Arguments::try_parse_from(line.split(' '))
    }

    #[test]
    fn the_command_line_agrees_with_itself() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn resume_goes_on_with_what_was_asked_for_before_and_takes_nothing_else() {
        let id = "0123456789abcdef0123456789abcdef";
        for line in ["--resume".to_owned(), format!("--resume {id}"), "--decide redact --resume".to_owned()] {
            assert!(read(&format!("pillbox upload {line}")).is_ok(), "{line}");
        }
        for line in [
            "--resume scripts",
            "--resume scripts s3://bucket/",
            "scripts s3://bucket/ --resume",
            "--resume --on-conflict skip",
            "--resume --neutral-names",
            "--resume --dry-run",
            "--accept-unprotected it-is-ours --resume",
            "--resume --sync",
        ] {
            assert!(read(&format!("pillbox upload {line}")).is_err(), "{line}");
        }
    }

    #[test]
    fn a_reason_says_something() {
        let blank = ["pillbox", "upload", "a", "s3://b/", "--decide", "send", "--reason", " "];
        assert!(Arguments::try_parse_from(blank).is_err());
        let blank = ["pillbox", "upload", "a", "s3://b/", "--accept-unprotected", ""];
        assert!(Arguments::try_parse_from(blank).is_err());
    }
}
