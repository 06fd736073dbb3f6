//! Asking the person at the terminal to sign in again, where the sign-in has expired in the middle of an upload.

use std::env;
use std::pin::Pin;

use pillbox_app::Words;
use pillbox_model::{CredentialSource, ErrorCode};
use tokio::sync::oneshot;

use crate::{progress, terminal};

/// Asks, and answers whether it is worth trying again: not without a terminal, and not where the credentials are in the
/// environment, which nobody can change for a program that runs.
pub(crate) fn ask(credentials: &CredentialSource) -> Pin<Box<dyn Future<Output = bool> + Send>> {
    let profile = match credentials {
        CredentialSource::Profile { profile } => Some(profile.clone()),
        CredentialSource::Environment if env::var_os("AWS_ACCESS_KEY_ID").is_none() => env::var("AWS_PROFILE").ok(),
        _ => return Box::pin(async { false }),
    };
    if !terminal::is_there() {
        return Box::pin(async { false });
    }
    let how =
        profile.map_or_else(String::new, |profile| format!(" (for example with: aws sso login --profile {profile})"));
    let question =
        format!("{} Sign in again{how}, then press Enter.\n", Words::english().error(&ErrorCode::ExpiredToken.into()));
    let (answer, answered) = oneshot::channel();
    // A thread of its own: a program that is told to stop must not wait for it.
    std::thread::spawn(move || {
        progress::clear();
        // Who asked may have stopped meanwhile.
        let _ = answer.send(terminal::entered(&question));
    });
    Box::pin(async move { answered.await.unwrap_or(false) })
}
