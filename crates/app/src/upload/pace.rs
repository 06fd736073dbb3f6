//! How many files are on their way at once: more while it gets faster, fewer when the store asks for patience.

use tokio::time::Instant;

/// Where a run begins, and how few and how many it may come to.
const FIRST: usize = 16;
const FEWEST: usize = 2;
const MOST: usize = 128;
/// Files by which the speed is measured; never fewer than are on their way.
const MEASURED: usize = 48;
/// A speed that is greater by so much is worth more requests.
const GAIN: f64 = 1.05;
/// A speed that is less by so much is another store, or another line.
const LOSS: f64 = 0.7;

/// The pace of one run.
#[derive(Debug)]
pub(super) struct Pace {
    in_flight: usize,
    /// Files a second, the best at this number or fewer.
    best: f64,
    through: usize,
    since: Instant,
    slow_downs: u64,
}

impl Pace {
    pub(super) fn new(now: Instant) -> Self {
        Self { in_flight: FIRST, best: 0.0, through: 0, since: now, slow_downs: 0 }
    }

    /// How many files may be on their way.
    pub(super) const fn in_flight(&self) -> usize {
        self.in_flight
    }

    /// A file is through. `slow_downs` is how often the store has asked for patience since the beginning.
    pub(super) fn through(&mut self, now: Instant, slow_downs: u64) {
        self.through += 1;
        if slow_downs > self.slow_downs {
            (self.in_flight, self.best) = ((self.in_flight / 2).max(FEWEST), 0.0);
            return self.measure_from(now, slow_downs);
        }
        let elapsed = now.duration_since(self.since).as_secs_f64();
        if self.through < self.in_flight.max(MEASURED) || elapsed <= 0.0 {
            return;
        }
        let speed = self.through as f64 / elapsed;
        if speed > self.best * GAIN {
            self.best = speed;
            self.in_flight = (self.in_flight + self.in_flight / 4 + 1).min(MOST);
        } else if speed < self.best * LOSS {
            self.best = speed;
        }
        self.measure_from(now, slow_downs);
    }

    fn measure_from(&mut self, now: Instant, slow_downs: u64) {
        (self.through, self.since, self.slow_downs) = (0, now, slow_downs);
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    /// Runs files through at a speed that follows from how many are on their way.
    fn run(pace: &mut Pace, now: &mut Instant, files: usize, slow_downs: u64, speed: impl Fn(usize) -> f64) {
        for _ in 0..files {
            *now += Duration::from_secs_f64(1.0 / speed(pace.in_flight()));
            pace.through(*now, slow_downs);
        }
    }

    #[test]
    fn a_far_store_gets_many_requests_and_a_near_one_few() {
        let mut now = Instant::now();
        let mut far = Pace::new(now);
        // Each file takes 40 ms, however many there are.
        run(&mut far, &mut now, 5_000, 0, |in_flight| in_flight as f64 / 0.040);
        assert_eq!(far.in_flight(), MOST);
        let mut near = Pace::new(now);
        run(&mut near, &mut now, 5_000, 0, |_| 1_000.0);
        assert!(near.in_flight() <= 2 * FIRST, "{near:?}");
    }

    #[test]
    fn a_store_that_asks_for_patience_gets_fewer_requests_and_more_again_later() {
        let mut now = Instant::now();
        let mut pace = Pace::new(now);
        let far = |in_flight: usize| in_flight as f64 / 0.040;
        run(&mut pace, &mut now, 5_000, 0, far);
        for slow_downs in 1..=10 {
            run(&mut pace, &mut now, 1, slow_downs, far);
        }
        assert_eq!(pace.in_flight(), FEWEST);
        run(&mut pace, &mut now, 5_000, 10, far);
        assert_eq!(pace.in_flight(), MOST);
    }
}
