//! What can go wrong outside of a request: starting, stopping, the data directory.

use std::path::PathBuf;

use thiserror::Error;

/// Why the sandbox could not be started, filled or stopped.
#[derive(Debug, Error)]
pub enum SandboxError {
    /// Another sandbox holds the lock of this data directory.
    #[error("the sandbox's data directory {} is in use by another sandbox", .0.display())]
    InUse(PathBuf),
    /// The data directory could not be created, protected or read.
    #[error("the sandbox's data directory {} cannot be used: {source}", .path.display())]
    DataDirectory {
        /// The directory.
        path: PathBuf,
        /// What the operating system said.
        source: std::io::Error,
    },
    /// The loopback port could not be bound, commonly because it is taken.
    #[error("port {port} on 127.0.0.1 cannot be listened on: {source}")]
    Listen {
        /// The port asked for; 0 stands for any.
        port: u16,
        /// What the operating system said.
        source: std::io::Error,
    },
    /// The database refused to open, or a statement failed.
    #[error("the sandbox's database failed: {0}")]
    Database(#[from] rusqlite::Error),
    /// The database was written by a sandbox with a newer layout.
    #[error("the sandbox's database has layout {found}, newer than {known}")]
    NewerLayout {
        /// The layout found in the file.
        found: i64,
        /// The newest layout this program knows.
        known: i64,
    },
    /// A part of the sandbox that runs in the background ended before it should.
    #[error("the sandbox stopped while something was under way")]
    Stopped,
    /// The options cannot be served, for instance an account id that has not twelve digits.
    #[error("the sandbox's options are not valid: {0}")]
    Options(&'static str),
}
