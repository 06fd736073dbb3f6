//! Asking the person at the terminal.

use std::io::{self, BufRead, IsTerminal, Write};

use pillbox_model::{ErrorCode, Failure};

/// Asks a yes-or-no question; no is the default.
///
/// # Errors
/// [`ErrorCode::InvalidInput`] about `--yes` where there is no terminal to ask at.
pub(crate) fn confirm(question: &str) -> Result<bool, Failure> {
    let needs_yes = || Failure::about(ErrorCode::InvalidInput, "no terminal to ask at: --yes applies without asking");
    if !io::stdin().is_terminal() {
        return Err(needs_yes());
    }
    let mut error = io::stderr().lock();
    write!(error, "{question} [y/N] ").and_then(|()| error.flush()).map_err(|_| needs_yes())?;
    let mut answer = String::new();
    io::stdin().lock().read_line(&mut answer).map_err(|_| needs_yes())?;
    Ok(matches!(answer.trim().to_ascii_lowercase().as_str(), "y" | "yes"))
}
