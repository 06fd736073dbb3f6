//! What whole-system tests stand on: the built command, a sandbox, a second S3 client, unsigned requests.
//!
//! Everything runs on this computer: the command has a data folder of its own, no AWS account's settings
//! reach it, and the only addresses are on loopback.

#![allow(
    clippy::missing_panics_doc,
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "support of tests: what fails here fails the test"
)]

mod aws_cli;
mod canned;
mod documents;
#[cfg(target_os = "linux")]
mod full_disk;
mod http;
mod kills;
mod numbers;
mod pillbox;
mod place;
mod program;
mod proxy;
mod running_sandbox;
mod schedule;
mod tally;
mod terminal;
mod tree;
mod wire;

pub use aws_cli::AwsCli;
pub use canned::CannedServer;
pub use documents::{every_format, gzip, tar, zip};
#[cfg(target_os = "linux")]
pub use full_disk::full_disk;
pub use http::unsigned_get;
pub use kills::{kill_scans, kill_uploads};
pub use numbers::Numbers;
pub use pillbox::{Outcome, Pillbox};
pub use place::{built, repository};
pub use program::Program;
pub use proxy::{Asked, Fate, Proxy};
pub use running_sandbox::RunningSandbox;
pub use schedule::schedule;
pub use tally::Tally;
pub use terminal::on_a_terminal;
pub use tree::{files_below, holds_bytes, sha256_of};
