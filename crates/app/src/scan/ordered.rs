//! What several workers say, in the order of the sources.

use std::collections::BTreeMap;
use std::sync::{Condvar, Mutex};

use tokio::sync::mpsc;

use crate::app::locked;

/// What may wait for its turn, in bytes; who brings more waits with it.
const MOST_PARKED: usize = 16 * 1024 * 1024;

/// Nobody listens any more, or another worker ended before its turn was over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Closed;

/// Passes on what is said of numbered batches, batch after batch, whoever is done first. The worker whose turn it
/// is never waits for another, so that all come to an end; memory is bounded by [`MOST_PARKED`] and what each
/// worker brings at once.
pub(super) struct Ordered {
    listener: mpsc::Sender<Vec<u8>>,
    waiting: Mutex<Waiting>,
    turn: Condvar,
}

struct Waiting {
    /// Whose turn it is.
    front: u64,
    /// Batches that came early, and whether each is complete.
    parked: BTreeMap<u64, (Vec<u8>, bool)>,
    parked_bytes: usize,
    closed: bool,
}

impl Ordered {
    /// Passes on to a listener; batches are numbered from 0.
    pub(super) fn new(listener: mpsc::Sender<Vec<u8>>) -> Self {
        let waiting = Waiting { front: 0, parked: BTreeMap::new(), parked_bytes: 0, closed: false };
        Self { listener, waiting: Mutex::new(waiting), turn: Condvar::new() }
    }

    /// Says more of a batch; `complete` when it is the last of it.
    pub(super) fn say(&self, batch: u64, said: Vec<u8>, complete: bool) -> Result<(), Closed> {
        let mut waiting = locked(&self.waiting);
        while !waiting.closed && batch != waiting.front {
            if waiting.parked_bytes + said.len() <= MOST_PARKED {
                waiting.park(batch, said, complete);
                return Ok(());
            }
            waiting = self.turn.wait(waiting).unwrap_or_else(std::sync::PoisonError::into_inner);
        }
        if waiting.closed {
            return Err(Closed);
        }
        let mut passed = waiting.unpark(batch).map(|(earlier, _)| earlier).unwrap_or_default();
        if passed.is_empty() {
            passed = said
        } else {
            passed.extend_from_slice(&said)
        }
        self.pass(&mut waiting, passed)?;
        if complete {
            self.next(&mut waiting)?;
        }
        Ok(())
    }

    /// Ends the turn of the batch in front, and of those behind it that are complete already.
    fn next(&self, waiting: &mut Waiting) -> Result<(), Closed> {
        loop {
            waiting.front += 1;
            let Some((said, complete)) = waiting.unpark(waiting.front) else { break };
            self.pass(waiting, said)?;
            if !complete {
                break;
            }
        }
        self.turn.notify_all();
        Ok(())
    }

    fn pass(&self, waiting: &mut Waiting, said: Vec<u8>) -> Result<(), Closed> {
        if said.is_empty() || self.listener.blocking_send(said).is_ok() {
            return Ok(());
        }
        waiting.closed = true;
        self.turn.notify_all();
        Err(Closed)
    }

    /// Sends everybody home.
    pub(super) fn close(&self) {
        locked(&self.waiting).closed = true;
        self.turn.notify_all();
    }
}

impl Waiting {
    fn park(&mut self, batch: u64, said: Vec<u8>, complete: bool) {
        self.parked_bytes += said.len();
        let (parked, is_complete) = self.parked.entry(batch).or_default();
        if parked.is_empty() {
            *parked = said
        } else {
            parked.extend_from_slice(&said)
        }
        *is_complete = complete;
    }

    fn unpark(&mut self, batch: u64) -> Option<(Vec<u8>, bool)> {
        let parked = self.parked.remove(&batch)?;
        self.parked_bytes -= parked.0.len();
        Some(parked)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_early_waits_for_its_turn() {
        let (sender, mut listener) = mpsc::channel(16);
        let ordered = Ordered::new(sender);
        ordered.say(2, b"c".to_vec(), true).unwrap();
        ordered.say(1, b"b".to_vec(), false).unwrap();
        ordered.say(0, b"a".to_vec(), true).unwrap();
        ordered.say(1, b"B".to_vec(), true).unwrap();
        ordered.say(3, b"d".to_vec(), true).unwrap();
        drop(ordered);
        let mut said = Vec::new();
        while let Some(part) = listener.blocking_recv() {
            said.extend(part);
        }
        assert_eq!(said, b"abBcd");
    }

    #[test]
    fn who_waits_is_sent_home_when_nobody_listens() {
        let (sender, listener) = mpsc::channel(1);
        let ordered = Ordered::new(sender);
        drop(listener);
        std::thread::scope(|scope| {
            let waits = scope.spawn(|| ordered.say(1, vec![0; MOST_PARKED + 1], true));
            assert_eq!(ordered.say(0, b"a".to_vec(), true), Err(Closed));
            assert_eq!(waits.join().unwrap(), Err(Closed));
        });
    }
}
