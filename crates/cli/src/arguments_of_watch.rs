//! What can be typed behind `pillbox watch` and `pillbox held`.

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Subcommand, ValueEnum};

use crate::arguments::{not_blank, patience, upload_id};

#[derive(Args)]
pub(crate) struct Watch {
    #[command(subcommand)]
    pub(crate) command: WatchCommand,
}

#[derive(Subcommand)]
pub(crate) enum WatchCommand {
    /// Watch a folder from now on
    Add {
        /// The folder
        #[arg(value_name = "DIR")]
        folder: PathBuf,
        /// Where its files go (in the prefix {yyyy}, {mm}, {dd} stand for the day on which a file is taken)
        #[arg(value_name = "s3://BUCKET/PREFIX/")]
        place: String,
        /// Give files whose name tells a patient's a neutral one
        #[arg(long)]
        neutral_names: bool,
    },
    /// List the watch folders, and what each came to last
    List,
    /// Forget a watch folder; its files and what was sent of them stay
    Remove {
        /// Its number, as 'pillbox watch list' says
        #[arg(value_name = "N")]
        number: u64,
    },
    /// Take files as they come, until Ctrl-C; exit as 'pillbox upload'
    Run {
        /// Only these watch folders, by number; all without
        #[arg(value_name = "N")]
        numbers: Vec<u64>,
        /// Look once and end: for a scheduler
        #[arg(long)]
        once: bool,
        /// A file is complete when it has not changed for so long
        #[arg(long, value_name = "SECONDS", value_parser = patience, default_value = "5")]
        settle: Duration,
        /// How often to look through the folder although nothing was heard of it
        #[arg(long, value_name = "SECONDS", value_parser = patience, default_value = "60")]
        rescan: Duration,
    },
}

#[derive(Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct Held {
    /// Only files on their way into this bucket
    #[arg(value_name = "s3://BUCKET")]
    pub(crate) bucket: Option<String>,
    #[command(subcommand)]
    pub(crate) command: Option<HeldCommand>,
}

#[derive(Subcommand)]
pub(crate) enum HeldCommand {
    /// Decide on held files of one upload, and send what may be sent; exit as 'pillbox upload'
    Decide {
        /// The upload
        #[arg(value_name = "UPLOAD", value_parser = upload_id)]
        upload: String,
        /// The files' numbers, as 'pillbox held' lists them
        #[arg(value_name = "FILE", required = true)]
        files: Vec<u64>,
        /// What is done with them
        #[arg(long, value_enum, value_name = "CHOICE")]
        decide: DecideHeld,
        /// Why they are sent as they are (with --decide send)
        #[arg(long, value_name = "TEXT", required_if_eq("decide", "send"), value_parser = not_blank)]
        reason: Option<String>,
    },
}

/// What is done with held files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum DecideHeld {
    /// Send a copy in which what does not belong there is replaced by its label.
    Redact,
    /// Send them as they are; credentials never.
    Send,
    /// Leave them out.
    LeaveOut,
}
