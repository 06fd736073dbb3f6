//! The `pillbox` command: arguments in, text or JSON out.
//!
//! Each subcommand turns its arguments into a use case of `pillbox-app` and prints what comes of it. Output
//! for programs goes to standard output, messages and progress to standard error. Nothing sensitive is
//! printed unless `--reveal` asks for it: values never, names of files and keys only then.

mod arguments;
mod arguments_of_objects;
mod arguments_of_receipt;
mod arguments_of_rules;
mod arguments_of_scan;
mod arguments_of_watch;
mod commands;
mod connection;
mod output;
mod program;
mod progress;
mod sign_in;
mod terminal;

use std::process::ExitCode;

use clap::Parser;

use crate::arguments::{Arguments, Command};
use crate::output::Output;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let output = Output::new(arguments.global.format);
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(_) => return output.fail(&pillbox_model::ErrorCode::Internal.into()),
    };
    let outcome = runtime.block_on(run(&arguments, &output));
    // Blocking reads that nobody waits for any more (standard input) must not keep the program alive.
    runtime.shutdown_background();
    match outcome {
        Ok(code) => code,
        Err(failure) => output.fail(&failure),
    }
}

async fn run(arguments: &Arguments, output: &Output) -> Result<ExitCode, pillbox_model::Failure> {
    let global = &arguments.global;
    match &arguments.command {
        Command::Scan(scan) => commands::scan::run(global, scan, output).await,
        Command::Upload(upload) => commands::upload::run(global, upload, output).await,
        Command::Watch(watch) => commands::watch::run(global, watch, output).await,
        Command::Held(held) => commands::held::run(global, held, output).await,
        Command::Check(check) => commands::check::run(global, check, output).await,
        Command::Fix(fix) => commands::fix::run(global, fix, output).await,
        Command::Changes => commands::changes::run(global, output),
        Command::Undo(undo) => commands::undo::run(global, undo, output).await,
        Command::Findings(findings) => commands::findings::run(global, findings, output),
        Command::Objects(objects) => commands::objects::run(global, objects, output).await,
        Command::Receipt(receipt) => commands::receipt::run(global, receipt, output).await,
        Command::Audit(audit) => commands::audit::run(global, audit, output),
        Command::Identifiers(identifiers) => commands::identifiers::run(global, identifiers, output),
        Command::Rules(rules) => commands::rules::run(global, rules, output),
        Command::Sandbox(sandbox) => commands::sandbox::run(sandbox, output).await,
        Command::Completions { shell } => commands::completions::run(*shell, output),
    }
}
