//! Something that happens again and again, and somebody who waits for it.

use std::sync::{Arc, Condvar, Mutex, PoisonError};

/// Counts what happens; clones count together.
#[derive(Clone, Default)]
pub struct Tally(Arc<(Mutex<u64>, Condvar)>);

impl Tally {
    /// It happened. Answers how often before.
    pub fn add(&self) -> u64 {
        let (count, changed) = &*self.0;
        let mut count = count.lock().unwrap_or_else(PoisonError::into_inner);
        *count += 1;
        changed.notify_all();
        *count - 1
    }

    /// How often it has happened.
    pub fn count(&self) -> u64 {
        *self.0.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until it has happened so often.
    pub fn wait_for(&self, times: u64) {
        let (count, changed) = &*self.0;
        let count = count.lock().unwrap_or_else(PoisonError::into_inner);
        drop(changed.wait_while(count, |count| *count < times).unwrap_or_else(PoisonError::into_inner));
    }
}
