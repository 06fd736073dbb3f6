//! A random schedule against a simple model; `make soak` runs many more.

use support::{Numbers, schedule};

#[test]
fn whatever_happens_nothing_is_lost_doubled_or_wrongly_called_safe() {
    let mut random = Numbers::seeded();
    schedule(&mut random);
}
