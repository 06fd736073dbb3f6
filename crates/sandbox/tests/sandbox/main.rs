//! The sandbox as its clients see it: over HTTP, signed and unsigned.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod access;
mod bodies;
mod buckets;
mod conditions;
mod identity;
mod listing;
mod multipart;
mod policies;
mod sample;
mod support;
mod versions;
