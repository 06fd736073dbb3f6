//! The line to the store: when it is lost, all files wait until it is found again.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use pillbox_model::{ErrorCode, Failure, Phase, Retry};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::Counters;
use crate::connect::Session;

/// The first pause before the store is asked again, and the longest.
const FIRST_PAUSE: Duration = Duration::from_millis(200);
const LONGEST_PAUSE: Duration = Duration::from_secs(15);

/// The line of one run.
#[derive(Debug)]
pub(super) struct Line {
    /// How long a store that does not answer is waited for.
    patience: Duration,
    /// Held by the one that asks the store for all.
    asking: tokio::sync::Mutex<()>,
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

    /// Comes back when the store answers again after a failure that may pass. `before` is what [`Line::found_again`]
    /// said before the request: who failed on the same lost line does not ask once more.
    ///
    /// # Errors
    /// [`ErrorCode::Cancelled`] when told to stop; the failure when patience is at its end; what the store answers when
    /// it does and waiting would not help.
    pub(super) async fn wait(
        &self,
        before: u64,
        failure: Failure,
        session: &Session,
        counters: &Counters,
        stop: &CancellationToken,
    ) -> Result<(), Failure> {
        let _asking = self.asking.lock().await;
        if self.found_again() > before {
            return Ok(());
        }
        let end = Instant::now() + self.patience;
        let mut pause = FIRST_PAUSE;
        counters.turn(Phase::Waiting);
        loop {
            tokio::select! {
                () = stop.cancelled() => return Err(ErrorCode::Cancelled.into()),
                () = tokio::time::sleep(pause) => {}
            }
            match session.client.head_bucket(&session.connection.bucket).await {
                Ok(_) => break,
                Err(met) if met.code.retry() != Retry::Later => return Err(met),
                Err(_) if Instant::now() >= end => return Err(failure),
                Err(_) => pause = (2 * pause).min(LONGEST_PAUSE),
            }
        }
        self.found_again.fetch_add(1, Ordering::Release);
        counters.turn(Phase::Sending);
        Ok(())
    }
}
