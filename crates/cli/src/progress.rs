//! Progress on standard error, where that is a terminal.

use std::io::{self, IsTerminal, Write};
use std::sync::Arc;
use std::time::Duration;

use pillbox_app::Counters;
use pillbox_model::Phase;

/// How often the line is drawn.
const DRAW_EVERY: Duration = Duration::from_millis(200);

/// Draws the totals of an upload or of a scan until `work` is done. Where standard error is no terminal, draws nothing.
pub(crate) async fn while_working<T>(counters: &Arc<Counters>, work: impl Future<Output = T>) -> T {
    if !io::stderr().is_terminal() {
        return work.await;
    }
    let mut ticks = tokio::time::interval(DRAW_EVERY);
    tokio::pin!(work);
    loop {
        tokio::select! {
            done = &mut work => {
                draw("");
                return done;
            }
            _ = ticks.tick() => draw(&line(counters)),
        }
    }
}

/// Takes the line away before something else is written where it stands.
pub(crate) fn clear() {
    if io::stderr().is_terminal() {
        draw("");
    }
}

fn line(counters: &Counters) -> String {
    let progress = counters.progress();
    let doing = match progress.phase {
        Phase::Listing if progress.files_done > 0 => "scanning, and listing on",
        Phase::Listing => "looking for files",
        Phase::Scanning => "scanning",
        Phase::Sending => "sending and confirming",
        Phase::Checking => "comparing with the bucket",
        Phase::Paused => "paused",
        Phase::Waiting => "waiting for the network",
        Phase::SigningIn => "waiting for the sign-in",
        Phase::Done => "done",
    };
    let left =
        progress.millis_left.map(|millis| format!(", about {} s left", millis.div_ceil(1000))).unwrap_or_default();
    let known = if progress.phase == Phase::Listing { " listed so far" } else { "" };
    format!("{doing}: {} of {} files{known}{left}", progress.files_done, progress.files_total)
}

/// Replaces the line that was drawn before. A terminal that is gone is no reason to stop.
fn draw(text: &str) {
    let mut error = io::stderr().lock();
    let _ = write!(error, "\r\u{1b}[K{text}").and_then(|()| error.flush());
}
