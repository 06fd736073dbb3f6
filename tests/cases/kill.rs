//! Killed at random moments, an upload or a scan is finished by the next start. `make soak` does this for long.

use support::{Numbers, kill_scans, kill_uploads};

#[test]
fn twenty_kills_lose_nothing_and_double_nothing() {
    kill_uploads(&mut Numbers::seeded(), 2_000, 20);
}

#[test]
fn a_scan_that_is_killed_five_times_finds_everything_once() {
    kill_scans(&mut Numbers::seeded(), 300, 5);
}
