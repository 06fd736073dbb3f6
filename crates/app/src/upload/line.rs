//! The line to the store: when it is lost, all files wait until it is found again and the bucket is known to be shut
//! still. A laptop may have slept for a night meanwhile.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use pillbox_model::{ErrorCode, Failure, Phase, Retry};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::file::{Run, is_of_the_line};

/// The first pause before the store is asked again, and the longest.
const FIRST_PAUSE: Duration = Duration::from_millis(200);
const LONGEST_PAUSE: Duration = Duration::from_secs(15);

/// The line of one run.
#[derive(Debug)]
pub(super) struct Line {
    /// How long a store that does not answer is waited for.
    patience: Duration,
    /// Held by the one that asks the store for all; what it was told when nothing more may be sent.
    asking: tokio::sync::Mutex<Option<Failure>>,
    found_again: AtomicU64,
}

impl Line {
    pub(super) fn new(patience: Duration) -> Self {
        Self { patience, asking: tokio::sync::Mutex::default(), found_again: AtomicU64::new(0) }
    }

    /// How often the line was found again; to be taken before a request, for [`Line::wait`].
    pub(super) fn found_again(&self) -> u64 {
        self.found_again.load(Ordering::Acquire)
    }

    /// Comes back when nobody waits for the store; to be asked before something is sent.
    ///
    /// # Errors
    /// What ended the waiting of another.
    pub(super) async fn clear(&self) -> Result<(), Failure> {
        self.asking.lock().await.clone().map_or(Ok(()), Err)
    }

    /// Comes back when the way to the store is clear again after a failure that may pass. `before` is what
    /// [`Line::found_again`] said before the request: who failed on the same lost line does not look for it once more.
    ///
    /// # Errors
    /// What `find` says; the same for all who wait.
    pub(super) async fn wait(
        &self,
        before: u64,
        find: impl Future<Output = Result<(), Failure>>,
    ) -> Result<(), Failure> {
        let mut ended = self.asking.lock().await;
        if let Some(failure) = &*ended {
            return Err(failure.clone());
        }
        if self.found_again() > before {
            return Ok(());
        }
        match find.await {
            Ok(()) => {
                self.found_again.fetch_add(1, Ordering::Release);
                Ok(())
            }
            Err(failure) => Err(ended.insert(failure).clone()),
        }
    }
}

impl Run {
    /// Waits, after a failure that may pass, until the gate lets through again: with longer and longer pauses for a store
    /// that does not answer, and for a person where the sign-in has expired.
    ///
    /// # Errors
    /// [`ErrorCode::Cancelled`] when told to stop; the failure when patience is at its end, or when nobody signs in; what
    /// the gate says when the store answers. The same for all who wait.
    pub(super) async fn wait_for_line(&self, before: u64, failure: Failure) -> Result<(), Failure> {
        // In a box: all that a look at the bucket needs would stand in every file's own future otherwise.
        self.line.wait(before, Box::pin(self.find_line(failure))).await
    }

    async fn find_line(&self, mut failure: Failure) -> Result<(), Failure> {
        let mut pauses = Pauses::new(self.line.patience);
        let mut looked = false;
        loop {
            let waited = match failure.code {
                ErrorCode::ExpiredToken => {
                    let again = self.sign_in_again(looked).await;
                    (looked, pauses) = (true, Pauses::new(self.line.patience));
                    again
                }
                _ => {
                    self.counters.turn(Phase::Waiting);
                    pauses.wait(&self.stop, &failure).await
                }
            };
            let asked = match waited {
                Ok(()) => self.gate().await,
                // What has expired can't be looked for without the line.
                Err(met) if is_of_the_line(met.code) && failure.code == ErrorCode::ExpiredToken => Err(met),
                Err(met) => return Err(met),
            };
            let Err(met) = asked else {
                self.counters.turn(Phase::Sending);
                return Ok(());
            };
            let expired = ErrorCode::ExpiredToken;
            if met.code != expired && met.code.retry() != Retry::Later {
                return Err(met);
            }
            // Trouble on the line is told as it was met first.
            if [met.code, failure.code].contains(&expired) {
                failure = met;
            }
        }
    }
}

/// The pauses between two questions, longer and longer, as long as patience lasts.
struct Pauses {
    end: Instant,
    next: Duration,
    /// Whether there was a pause already: the store is asked once, however little patience there is.
    asked: bool,
}

impl Pauses {
    fn new(patience: Duration) -> Self {
        Self { end: Instant::now() + patience, next: FIRST_PAUSE, asked: false }
    }

    /// Comes back after the next pause.
    ///
    /// # Errors
    /// [`ErrorCode::Cancelled`] when told to stop; `failure` when patience is at its end.
    async fn wait(&mut self, stop: &CancellationToken, failure: &Failure) -> Result<(), Failure> {
        if self.asked && Instant::now() >= self.end {
            return Err(failure.clone());
        }
        tokio::select! {
            () = stop.cancelled() => return Err(ErrorCode::Cancelled.into()),
            () = tokio::time::sleep(self.next) => {}
        }
        (self.asked, self.next) = (true, (2 * self.next).min(LONGEST_PAUSE));
        Ok(())
    }
}
