//! The program behind the window: built once at start, told to go on with what was not finished.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use pillbox_app::{App, Notice, Notices, Options, SignIn, SystemClock, default_data_dir, system_keychain};
use pillbox_model::{ErrorCode, Failure};
use tauri::{AppHandle, Manager};

use crate::trial::Trial;
use crate::window;

/// How often the bucket's protection is read again during an upload.
const GATE_INTERVAL: Duration = Duration::from_secs(60);

/// How long an upload waits for a store that does not answer. A person sees that it waits, and a laptop that sleeps over
/// night goes on in the morning.
const PATIENCE: Duration = Duration::from_secs(24 * 60 * 60);

/// Hands notices to the page.
struct ToPage(AppHandle);

impl Notices for ToPage {
    fn notice(&self, notice: Notice) {
        window::tell(&self.0, window::NOTICE, notice);
    }
}

/// Builds the program and goes on with what an earlier run did not finish.
///
/// # Errors
/// What is wrong with Pillbox's own folder.
pub(crate) fn start(handle: &AppHandle) -> Result<(), Failure> {
    let app = App::open(Options {
        data_dir: data_dir().ok_or(ErrorCode::DataFolderUnusable)?,
        keychain: system_keychain(),
        clock: Arc::new(SystemClock),
        notices: Arc::new(ToPage(handle.clone())),
        gate_interval: GATE_INTERVAL,
        answer_limit: None,
        patience: PATIENCE,
        sign_in: SignIn::Page,
    })?;
    handle.manage(Arc::clone(&app));
    handle.manage(Trial::default());
    let handle = handle.clone();
    // The page asks for the sandbox's bucket as soon as it is there: it has to wait for the sandbox, not the window.
    // Where it can't start (`pillbox sandbox` holds its folder), the window opens all the same: the bucket counts as not
    // connected, and trying the sandbox again says why.
    let _ = tauri::async_runtime::block_on(handle.state::<Trial>().start_if_used(&app));
    tauri::async_runtime::spawn(async move {
        // What keeps it from going on is told when the page asks for the upload.
        let _ = app.continue_unfinished().await;
        // Why a folder can't be watched is told where it is listed.
        let _ = app.start_watching();
    });
    Ok(())
}

/// Pillbox's own folder: the one that `--data-dir DIR` names, or the usual one.
fn data_dir() -> Option<PathBuf> {
    let mut arguments = std::env::args_os().skip(1);
    while let Some(argument) = arguments.next() {
        if argument == "--data-dir" {
            return arguments.next().map(PathBuf::from);
        }
    }
    default_data_dir()
}
