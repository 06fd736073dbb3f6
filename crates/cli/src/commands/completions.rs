//! `pillbox completions`.

use std::io;
use std::process::ExitCode;

use clap::CommandFactory;
use pillbox_model::Failure;

use crate::arguments::Arguments;

/// Prints completions for a shell.
pub(crate) fn run(shell: clap_complete::Shell) -> Result<ExitCode, Failure> {
    clap_complete::generate(shell, &mut Arguments::command(), "pillbox", &mut io::stdout());
    Ok(ExitCode::SUCCESS)
}
