//! A sign-in that expires in the middle: the credentials are read anew, and where that does not help, a person is asked
//! once, while all files wait.

use std::sync::Arc;

use pillbox_model::{ErrorCode, Failure, Phase};

use super::file::Run;
use crate::app::{App, SignIn};

impl Run {
    /// Looks for credentials that have not expired; where that was done already, only after a person was asked.
    ///
    /// # Errors
    /// [`ErrorCode::ExpiredToken`] when there is nobody to ask, or no wish to sign in; [`ErrorCode::Cancelled`]; what
    /// keeps the credentials from being looked for.
    pub(super) async fn sign_in_again(&self, looked_already: bool) -> Result<(), Failure> {
        if looked_already {
            self.ask_to_sign_in().await?;
        }
        match self.session.client.renew().await {
            // What gives the credentials out has none either: the gate is asked, and says so.
            Err(failure) if matches!(failure.code, ErrorCode::ExpiredToken | ErrorCode::NoCredentials) => Ok(()),
            looked => looked,
        }
    }

    async fn ask_to_sign_in(&self) -> Result<(), Failure> {
        let answered = async {
            match &self.app.sign_in {
                SignIn::Page => {
                    let said = self.app.signed_in.notified();
                    self.counters.turn(Phase::SigningIn);
                    said.await;
                    true
                }
                SignIn::Ask(ask) => {
                    self.counters.turn(Phase::SigningIn);
                    ask(&self.session.connection.credentials).await
                }
            }
        };
        tokio::select! {
            () = self.stop.cancelled() => Err(ErrorCode::Cancelled.into()),
            again = answered => {
                self.counters.turn(Phase::Waiting);
                if again { Ok(()) } else { Err(ErrorCode::ExpiredToken.into()) }
            }
        }
    }
}

impl App {
    /// A person says that they have signed in: an upload that waits for it looks again.
    pub fn signed_in(self: &Arc<Self>) {
        self.signed_in.notify_waiters();
    }
}
