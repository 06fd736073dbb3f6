//! How far a piece of work is.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What is being done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Phase {
    /// Looking for files or objects.
    Listing,
    /// Reading and scanning.
    Scanning,
    /// Sending and reading back.
    Sending,
    /// Comparing a receipt with what lies in the bucket.
    Checking,
    /// Holding still until told to go on.
    Paused,
    /// Waiting for the network or the service.
    Waiting,
    /// Waiting for a person to sign in again.
    SigningIn,
    /// Nothing more will happen.
    Done,
}

/// Totals of a piece of work, said at most ten times a second.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Progress {
    /// What is being done.
    pub phase: Phase,
    /// Files that are through.
    pub files_done: u64,
    /// Files in all, as far as known.
    pub files_total: u64,
    /// Bytes that are through.
    pub bytes_done: u64,
    /// Bytes in all, as far as known.
    pub bytes_total: u64,
    /// Files that were not read or not sent.
    pub files_failed: u64,
    /// Milliseconds that are probably left; `None` until there is something to go by.
    pub millis_left: Option<u64>,
}
