//! The store, through its face.

#![expect(clippy::unwrap_used, reason = "a test ends where it can't go on; the lint exempts test functions alone")]

mod audit;
mod changes;
mod connections;
mod findings;
mod identifiers;
mod journal;
mod journal_model;
mod keychain;
mod leases;
mod opening;
mod process;
mod runs;
mod samples;
mod scans;
mod sent;
