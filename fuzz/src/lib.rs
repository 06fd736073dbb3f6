//! What must hold for any bytes at all. Each function is a fuzz target's whole body: it panics when its promise is
//! broken.
//!
//! `make fuzz` runs all of them, `make test` each for a moment. Inputs begin with a few bytes that say how the rest is
//! cut into pieces, so that a fuzzer can vary it.

mod custom;
mod decoding;
mod documents;
mod redaction;
mod scanning;

pub use custom::custom;
pub use decoding::decoder;
pub use documents::document;
pub use redaction::redaction;
pub use scanning::{fields, scan};

/// The first byte, and what follows; 0 and nothing when there is none.
fn first(data: &[u8]) -> (u8, &[u8]) {
    data.split_first().map_or((0, data), |(byte, rest)| (*byte, rest))
}
