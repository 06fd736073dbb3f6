//! The program behind the command: its folder, its clock, its keychain.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use pillbox_app::{App, Options, SignIn, Silent, SystemClock};
use pillbox_model::{ErrorCode, Failure};
use tokio_util::sync::CancellationToken;

use crate::arguments::Global;
use crate::sign_in;

/// How often the bucket's protection is read again during an upload.
const GATE_INTERVAL: Duration = Duration::from_secs(60);

/// Opens Pillbox's own folder and builds the program.
pub(crate) fn open(global: &Global) -> Result<Arc<App>, Failure> {
    App::open(Options {
        data_dir: data_dir(global)?,
        keychain: pillbox_app::system_keychain(),
        clock: Arc::new(SystemClock),
        notices: Arc::new(Silent),
        gate_interval: GATE_INTERVAL,
        answer_limit: global.read_timeout,
        patience: global.patience,
        sign_in: SignIn::Ask(Arc::new(sign_in::ask)),
    })
}

fn data_dir(global: &Global) -> Result<PathBuf, Failure> {
    global.data_dir.clone().or_else(pillbox_app::default_data_dir).ok_or_else(|| ErrorCode::DataFolderUnusable.into())
}

/// A token that ends the work when the person at the terminal presses Ctrl-C, or the system says so. The
/// second time the program ends at once; the journal stands it.
pub(crate) fn stop_on_signal() -> CancellationToken {
    let stop = CancellationToken::new();
    let told = stop.clone();
    tokio::spawn(async move {
        signal().await;
        told.cancel();
        signal().await;
        std::process::exit(130);
    });
    stop
}

#[cfg(unix)]
async fn signal() {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut terminate) = signal(SignalKind::terminate()) else { return std::future::pending().await };
    tokio::select! {
        interrupted = tokio::signal::ctrl_c() => if interrupted.is_err() { std::future::pending::<()>().await },
        _ = terminate.recv() => {}
    }
}

#[cfg(not(unix))]
async fn signal() {
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}
