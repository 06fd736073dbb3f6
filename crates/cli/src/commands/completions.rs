//! `pillbox completions`.

use std::process::ExitCode;

use clap::CommandFactory;
use pillbox_model::Failure;

use crate::arguments::Arguments;
use crate::output::Output;

/// Prints completions for a shell.
pub(crate) fn run(shell: clap_complete::Shell, output: &Output) -> Result<ExitCode, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "pillbox", &mut script);
    output.text(&String::from_utf8_lossy(&script));
    Ok(ExitCode::SUCCESS)
}
