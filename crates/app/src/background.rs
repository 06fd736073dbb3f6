//! Work that goes on while the window answers: told at most ten times a second, stopped and waited for.

use std::collections::hash_map::Entry;
use std::sync::Arc;
use std::time::Duration;

use pillbox_model::{ErrorCode, Failure, Progress};
use tokio_util::sync::CancellationToken;

use crate::app::{App, locked};
use crate::upload::Counters;
use crate::wire::Notice;

/// How often totals are told.
const TELL_EVERY: Duration = Duration::from_millis(100);

/// A piece of work that goes on in the background.
#[derive(Clone)]
pub(crate) struct Run {
    /// Ends it.
    stop: CancellationToken,
    /// Says that it has ended.
    over: CancellationToken,
    /// How far it is.
    pub progress: Arc<Counters>,
}

impl App {
    /// Runs a piece of work under a name, tells its totals (and nothing at its end), and remembers how it ended.
    pub(crate) fn run<W, F>(
        self: &Arc<Self>,
        name: &str,
        tell: impl Fn(Option<Progress>) -> Notice + Send + Sync + 'static,
        work: W,
    ) where
        W: FnOnce(CancellationToken, Arc<Counters>) -> F + Send + 'static,
        F: Future<Output = Result<(), Failure>> + Send + 'static,
    {
        let progress = Arc::<Counters>::default();
        let run = Run { stop: CancellationToken::new(), over: CancellationToken::new(), progress };
        locked(&self.runs).insert(name.to_owned(), run.clone());
        locked(&self.ended).remove(name);
        let (app, name) = (Arc::clone(self), name.to_owned());
        let work = work(run.stop, Arc::clone(&run.progress));
        tokio::spawn(async move {
            let outcome = app.told(&run.progress, &|progress| tell(Some(progress)), work).await;
            let mut runs = locked(&app.runs);
            if runs.get(&name).is_some_and(|registered| Arc::ptr_eq(&registered.progress, &run.progress)) {
                runs.remove(&name);
            }
            drop(runs);
            if let Err(failure) = outcome
                && failure.code != ErrorCode::Cancelled
            {
                locked(&app.ended).insert(name, failure);
            }
            run.over.cancel();
            app.notices.notice(tell(None));
        });
    }

    /// Does a piece of work under a name while the caller waits for what comes of it, and tells its totals.
    ///
    /// # Errors
    /// [`ErrorCode::AlreadyRunning`] when there is one of this name; what the work says.
    pub(crate) async fn run_here<T, F>(
        &self,
        name: &str,
        tell: impl Fn(Progress) -> Notice + Send + Sync,
        work: impl FnOnce(CancellationToken, Arc<Counters>) -> F,
    ) -> Result<T, Failure>
    where
        F: Future<Output = Result<T, Failure>>,
    {
        let progress = Arc::<Counters>::default();
        let run = Run { stop: CancellationToken::new(), over: CancellationToken::new(), progress };
        match locked(&self.runs).entry(name.to_owned()) {
            Entry::Occupied(_) => return Err(ErrorCode::AlreadyRunning.into()),
            Entry::Vacant(vacant) => vacant.insert(run.clone()),
        };
        let work = work(run.stop.clone(), Arc::clone(&run.progress));
        let outcome = self.told(&run.progress, &tell, work).await;
        locked(&self.runs).remove(name);
        run.over.cancel();
        outcome
    }

    /// Waits for some work, and tells its totals meanwhile whenever they changed.
    async fn told<T>(
        &self,
        counters: &Counters,
        tell: &(impl Fn(Progress) -> Notice + Sync),
        work: impl Future<Output = Result<T, Failure>>,
    ) -> Result<T, Failure> {
        let mut ticks = tokio::time::interval(TELL_EVERY);
        ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        let mut last = None;
        tokio::pin!(work);
        loop {
            tokio::select! {
                outcome = &mut work => return outcome,
                _ = ticks.tick() => {
                    let progress = counters.progress();
                    if last != Some(progress) {
                        last = Some(progress);
                        self.notices.notice(tell(progress));
                    }
                }
            }
        }
    }

    /// Tells a running piece of work to stop, and waits until it has.
    pub(crate) async fn stop_run(&self, name: &str) {
        let run = locked(&self.runs).get(name).cloned();
        if let Some(run) = run {
            run.stop.cancel();
            run.over.cancelled().await;
        }
    }
}
