//! The line to the store: when it is lost, all files wait until it is found again and the bucket is known to be shut
//! still. A laptop may have slept for a night meanwhile.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use pillbox_model::{ErrorCode, Failure, Phase, Retry};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::Counters;

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

    /// Comes back when the gate lets through again after a failure that may pass. `before` is what
    /// [`Line::found_again`] said before the request: who failed on the same lost line does not ask once more.
    ///
    /// # Errors
    /// [`ErrorCode::Cancelled`] when told to stop; the failure when patience is at its end; what `gate` says when the
    /// store answers. The same for all who wait.
    pub(super) async fn wait<G: Future<Output = Result<(), Failure>>>(
        &self,
        before: u64,
        failure: Failure,
        gate: impl Fn() -> G,
        counters: &Counters,
        stop: &CancellationToken,
    ) -> Result<(), Failure> {
        let mut ended = self.asking.lock().await;
        if let Some(failure) = &*ended {
            return Err(failure.clone());
        }
        if self.found_again() > before {
            return Ok(());
        }
        counters.turn(Phase::Waiting);
        match self.ask(failure, gate, stop).await {
            Ok(()) => {
                self.found_again.fetch_add(1, Ordering::Release);
                counters.turn(Phase::Sending);
                Ok(())
            }
            Err(failure) => Err(ended.insert(failure).clone()),
        }
    }

    async fn ask<G: Future<Output = Result<(), Failure>>>(
        &self,
        failure: Failure,
        gate: impl Fn() -> G,
        stop: &CancellationToken,
    ) -> Result<(), Failure> {
        let end = Instant::now() + self.patience;
        let mut pause = FIRST_PAUSE;
        loop {
            tokio::select! {
                () = stop.cancelled() => return Err(ErrorCode::Cancelled.into()),
                () = tokio::time::sleep(pause) => {}
            }
            match gate().await {
                Ok(()) => return Ok(()),
                Err(met) if met.code.retry() != Retry::Later => return Err(met),
                Err(_) if Instant::now() >= end => return Err(failure),
                Err(_) => pause = (2 * pause).min(LONGEST_PAUSE),
            }
        }
    }
}
