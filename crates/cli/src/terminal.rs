//! Asking the person at the terminal.

use std::io::{self, BufRead, IsTerminal, Write};

use pillbox_model::{ErrorCode, Failure};

/// Asks a yes-or-no question; no is the default.
///
/// # Errors
/// [`ErrorCode::InvalidInput`] about `--yes` where there is no terminal to ask at.
pub(crate) fn confirm(question: &str) -> Result<bool, Failure> {
    let needs_yes = || Failure::about(ErrorCode::InvalidInput, "no terminal to ask at: --yes applies without asking");
    if !is_there() {
        return Err(needs_yes());
    }
    let answer = ask(&format!("{question} [y/N] ")).map_err(|_| needs_yes())?;
    Ok(matches!(answer.trim().to_ascii_lowercase().as_str(), "y" | "yes"))
}

/// Whether there is a person to ask.
pub(crate) fn is_there() -> bool {
    io::stdin().is_terminal()
}

/// What a person types on one line.
///
/// # Errors
/// [`ErrorCode::Cancelled`] when nothing can be read.
pub(crate) fn typed(question: &str) -> Result<String, Failure> {
    ask(question).map(|answer| answer.trim().to_owned()).map_err(|_| ErrorCode::Cancelled.into())
}

/// Whether a person pressed Enter; not when there is nothing more to read.
pub(crate) fn entered(question: &str) -> bool {
    ask(question).is_ok_and(|answer| answer.ends_with('\n'))
}

fn ask(question: &str) -> io::Result<String> {
    let mut error = io::stderr().lock();
    write!(error, "{question}")?;
    error.flush()?;
    let mut answer = String::new();
    io::stdin().lock().read_line(&mut answer)?;
    Ok(answer)
}
