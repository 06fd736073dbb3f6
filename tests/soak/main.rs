//! The long tests of `make soak`, one round of one kind at a time (`scripts/soak.sh` runs them in turn): the same as the
//! short ones of `cases`, with more of everything.

use support::{Numbers, kill_scans, kill_uploads, schedule};

#[test]
fn uploads() {
    kill_uploads(&mut Numbers::seeded(), 5_000, 20);
}

#[test]
fn scans() {
    kill_scans(&mut Numbers::seeded(), 5_000, 20);
}

#[test]
fn schedules() {
    let mut random = Numbers::seeded();
    for _ in 0..20 {
        schedule(&mut random);
    }
}
