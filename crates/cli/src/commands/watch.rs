//! `pillbox watch`: `run` ends as an upload does: 0 all stored and verified, 1 held or needs a decision, 2 could not finish.

use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use futures::future::join_all;
use pillbox_app::{App, Counters, NewWatchFolder, Session, WatchFolder, WatchOptions, WatchPass, Words, hidden_name};
use pillbox_model::{ErrorCode, Failure};
use serde_json::json;
use tokio_util::sync::CancellationToken;

use super::upload::is_held;
use crate::arguments::Global;
use crate::arguments_of_watch::{Watch, WatchCommand};
use crate::output::{Output, counted};
use crate::{connection, program};

pub(crate) async fn run(global: &Global, watch: &Watch, output: &Output) -> Result<ExitCode, Failure> {
    let app = program::open(global)?;
    let code = match &watch.command {
        WatchCommand::Add { folder, place, neutral_names } => {
            let place = connection::bucket(place)?;
            let kept = app.add_watch_folder(NewWatchFolder {
                folder: folder.clone(),
                connection: global.connection.clone(),
                bucket: place.bucket,
                prefix: place.prefix,
                neutral_names: *neutral_names,
            })?;
            print_folder(&app, output, global.reveal, &kept);
            ExitCode::SUCCESS
        }
        WatchCommand::List => {
            let folders = app.watch_folders()?;
            folders.iter().for_each(|folder| print_folder(&app, output, global.reveal, folder));
            if folders.is_empty() {
                output.line("No folder is watched. Add one with: pillbox watch add DIR s3://BUCKET/PREFIX/");
            }
            ExitCode::SUCCESS
        }
        WatchCommand::Remove { number } => {
            app.remove_watch_folder(*number)?;
            output.line(&format!("Watch folder {number} is forgotten. Its files and what was sent of them stay."));
            ExitCode::SUCCESS
        }
        WatchCommand::Run { numbers, once, settle, rescan } => {
            let options = WatchOptions { settle: *settle, rescan: (*rescan).max(Duration::from_secs(1)), once: *once };
            run_all(&app, global, numbers, options, output).await?
        }
    };
    output.end();
    Ok(code)
}

async fn run_all(
    app: &Arc<App>,
    global: &Global,
    numbers: &[u64],
    options: WatchOptions,
    output: &Output,
) -> Result<ExitCode, Failure> {
    let mut folders = app.watch_folders()?;
    if let Some(missing) = numbers.iter().find(|number| !folders.iter().any(|folder| folder.number == **number)) {
        return Err(Failure::about(ErrorCode::NotFound, missing.to_string()));
    }
    folders.retain(|folder| if numbers.is_empty() { folder.is_on } else { numbers.contains(&folder.number) });
    if folders.is_empty() {
        return Err(Failure::about(ErrorCode::InvalidInput, "no folder is watched"));
    }
    let stop = program::stop_on_signal();
    let runs = folders.iter().map(|folder| watch_one(app, global, folder, options, output, &stop));
    let code = join_all(runs).await.into_iter().max().unwrap_or_default();
    Ok(ExitCode::from(code))
}

/// Watches one folder, and answers the exit code of what it came to.
async fn watch_one(
    app: &Arc<App>,
    global: &Global,
    folder: &WatchFolder,
    options: WatchOptions,
    output: &Output,
    stop: &CancellationToken,
) -> u8 {
    let counters = Arc::<Counters>::default();
    let open = || open(app, global, folder);
    let told = |pass: &WatchPass| print_pass(output, folder.number, pass);
    match app.watch(folder, options, open, stop, &counters, told).await {
        Ok(pass) => exit_code(&pass),
        Err(failure) => {
            output.error(&failure);
            2
        }
    }
}

async fn open(app: &App, global: &Global, folder: &WatchFolder) -> Result<Session, Failure> {
    match &folder.connection {
        Some(name) => app.open_session(&app.connection(name)?).await,
        None => connection::open(app, global, &folder.bucket).await,
    }
}

fn exit_code(pass: &WatchPass) -> u8 {
    match &pass.failure {
        Some(failure) if is_held(failure.code) => 1,
        Some(_) => 2,
        None if pass.not_done > 0 => 2,
        None => u8::from(pass.asking > 0),
    }
}

fn print_folder(app: &App, output: &Output, reveal: bool, folder: &WatchFolder) {
    let tells = app.may_name_a_patient(&folder.folder) && !reveal;
    let shown = if tells { hidden_name(&folder.folder) } else { folder.folder.clone() };
    output.object(&json!({
        "type": "watchFolder",
        "number": folder.number,
        "folder": shown,
        "bucket": folder.bucket,
        "prefix": folder.prefix,
        "connection": folder.connection,
        "neutralNames": folder.neutral_names,
        "on": folder.is_on,
        "since": folder.since,
        "last": folder.last,
    }));
    let switched = if folder.is_on { "" } else { ", switched off" };
    output
        .line(&format!("watch folder {} {shown} -> s3://{}/{}{switched}", folder.number, folder.bucket, folder.prefix));
    if let Some(last) = &folder.last {
        let code = last.code.map(|code| format!("; {}", Words::english().error(&code.into()))).unwrap_or_default();
        output.line(&format!(
            "  last looked at {}: {} sent, {} held, {} not complete{code}",
            last.at, last.safe, last.held, last.unfinished
        ));
    }
}

fn print_pass(output: &Output, number: u64, pass: &WatchPass) {
    output.object(&json!({
        "type": "watch",
        "folder": number,
        "taken": pass.taken,
        "safe": pass.safe,
        "needsDecision": pass.asking,
        "notDone": pass.not_done,
        "unfinished": pass.unfinished,
        "code": pass.failure.as_ref().map(|failure| failure.code),
    }));
    let mut parts = vec![
        format!("{} taken", counted(pass.taken, "file", "files")),
        format!("{} sent, stored and confirmed", pass.safe),
    ];
    for (files, what) in [
        (pass.asking, "held for a decision"),
        (pass.not_done, "not read or not sent"),
        (pass.unfinished, "not complete yet"),
    ] {
        if files > 0 {
            parts.push(format!("{files} {what}"));
        }
    }
    output.line(&format!("watch folder {number}: {}.", parts.join(", ")));
    if pass.asking + pass.not_done > 0 {
        output.line("See them with: pillbox held");
    }
    if let Some(failure) = &pass.failure {
        let words = Words::english();
        output.message(&format!("error: {}. help: {}", words.error(failure), words.help_with(failure)));
    }
}
