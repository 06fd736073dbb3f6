//! The store, through its face.

mod audit;
mod changes;
mod connections;
mod findings;
mod journal;
mod journal_model;
mod keychain;
mod leases;
mod opening;
mod process;
mod samples;
