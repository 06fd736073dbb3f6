//! When a file's writer has finished: when nothing about the file has changed for a while. What is told here is all that is
//! known; there is no clock and no disk.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs::Metadata;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use crate::platform;

/// What changes when somebody writes into a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FileStamp {
    size: u64,
    modified: Option<SystemTime>,
    /// Set by the system alone, where it has such a thing: it tells of writers that put the other one back.
    changed: Option<(i64, i64)>,
}

impl FileStamp {
    /// What the system says of a file.
    pub fn of(metadata: &Metadata) -> Self {
        Self { size: metadata.len(), modified: metadata.modified().ok(), changed: platform::changed(metadata) }
    }

    /// How long the file has been left alone by its own account; nothing of one that claims to come from the future.
    pub fn rests_since(&self, now: SystemTime) -> Duration {
        self.modified.and_then(|modified| now.duration_since(modified).ok()).unwrap_or_default()
    }
}

/// The files of a folder on their way to rest.
#[derive(Debug)]
pub struct Settling {
    settle: Duration,
    files: BTreeMap<PathBuf, Seen>,
}

/// How a file was seen last.
#[derive(Debug, Clone, Copy)]
enum Seen {
    /// Like this since this moment, and perhaps still being written.
    Moving(FileStamp, Duration),
    /// At rest, and handed over like this.
    Taken(FileStamp),
}

impl Settling {
    /// A file is at rest when it has not changed for so long.
    pub const fn new(settle: Duration) -> Self {
        Self { settle, files: BTreeMap::new() }
    }

    /// A file was looked at: this is how it is, it has been left alone for `rests` by its own account, and the moment is
    /// `now`, counted from any one beginning. Says whether it has come to rest with that: once for each time that it does.
    ///
    /// Its own account is believed only of a file that is seen for the first time. One that moved before our eyes has to
    /// lie still before our eyes, because who copies a file may set its date as the last thing.
    pub fn look(&mut self, path: &Path, stamp: FileStamp, rests: Duration, now: Duration) -> bool {
        let seen = match self.files.get(path) {
            None if rests >= self.settle => Seen::Taken(stamp),
            Some(Seen::Taken(taken)) if *taken == stamp => return false,
            Some(Seen::Moving(before, since)) if *before == stamp => {
                if now.saturating_sub(*since) < self.settle {
                    return false;
                }
                Seen::Taken(stamp)
            }
            None | Some(_) => Seen::Moving(stamp, now),
        };
        self.files.insert(path.to_path_buf(), seen);
        matches!(seen, Seen::Taken(_))
    }

    /// There is no file of this name, or no longer.
    pub fn gone(&mut self, path: &Path) {
        self.files.remove(path);
    }

    /// Keeps those files alone of which this says so: those that are still there.
    pub fn keep(&mut self, mut is_there: impl FnMut(&Path) -> bool) {
        self.files.retain(|path, _| is_there(path));
    }

    /// How many files have not come to rest: each should be looked at again.
    pub fn moving(&self) -> usize {
        self.files.values().filter(|seen| matches!(seen, Seen::Moving(..))).count()
    }
}

/// Whether a name is one that programs give to what they are not done with, or keep for themselves: it is not looked at until
/// the file is renamed.
pub fn is_temporary(name: &OsStr) -> bool {
    const ENDINGS: [&str; 12] = [
        ".tmp",
        ".temp",
        ".part",
        ".partial",
        ".crdownload",
        ".download",
        ".opdownload",
        ".filepart",
        ".swp",
        ".lock",
        ".lck",
        "~",
    ];
    const BEGINNINGS: [&str; 4] = ["~$", ".~", ".goutputstream-", "~wr"];
    let Some(name) = name.to_str().map(str::to_lowercase) else { return false };
    ENDINGS.iter().any(|ending| name.ends_with(ending))
        || BEGINNINGS.iter().any(|beginning| name.starts_with(beginning))
}
