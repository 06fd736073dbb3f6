//! Which folders are watched.

use std::path::PathBuf;

use pillbox_model::{ErrorCode, Failure};
use pillbox_store::WatchFolder;

use super::run::lease_name;
use crate::app::App;

/// A folder that is to be watched.
#[derive(Debug, Clone)]
pub struct NewWatchFolder {
    /// The folder.
    pub folder: PathBuf,
    /// The connection's name; `None`: the one that the command is given each time.
    pub connection: Option<String>,
    /// The bucket.
    pub bucket: String,
    /// The destination's template, in which `{yyyy}`, `{mm}` and `{dd}` stand for the day on which a file is taken.
    pub prefix: String,
    /// Whether files whose name gives a patient away get a neutral key.
    pub neutral_names: bool,
}

impl App {
    /// All watch folders.
    ///
    /// # Errors
    /// What the store says.
    pub fn watch_folders(&self) -> Result<Vec<WatchFolder>, Failure> {
        self.store.watch_folders()
    }

    /// Has a folder watched from now on.
    ///
    /// # Errors
    /// [`ErrorCode::InvalidInput`] about `folder` for what is no folder, holds Pillbox's own data, or is watched for this
    /// place already; about `prefix` for one that can't be used.
    pub fn add_watch_folder(&self, new: NewWatchFolder) -> Result<WatchFolder, Failure> {
        let refused = || Failure::about(ErrorCode::InvalidInput, "folder");
        self.expand(&new.prefix)?;
        // Links on the way are resolved once, so that a file has one path.
        let folder = std::fs::canonicalize(&new.folder).map_err(|_| refused())?;
        let own = std::fs::canonicalize(self.data_dir()).map_err(|_| refused())?;
        if !folder.is_dir() || own.starts_with(&folder) || folder.starts_with(&own) {
            return Err(refused());
        }
        let folder = WatchFolder {
            number: 0,
            folder: folder.to_str().ok_or_else(refused)?.to_owned(),
            connection: new.connection,
            bucket: new.bucket,
            prefix: new.prefix,
            neutral_names: new.neutral_names,
            is_on: true,
            since: self.clock.now(),
            last: None,
        };
        let is_same = |other: &WatchFolder| other.folder == folder.folder && other.bucket == folder.bucket;
        if self.store.watch_folders()?.iter().any(is_same) {
            return Err(refused());
        }
        let number = self.store.add_watch_folder(&folder)?;
        self.record("watch.added", &folder.bucket, serde_json::json!({ "watch": number }))?;
        Ok(WatchFolder { number, ..folder })
    }

    /// Watches a folder, or no longer.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`]; what the store says.
    pub fn switch_watch_folder(&self, number: u64, is_on: bool) -> Result<(), Failure> {
        if !self.store.switch_watch_folder(number, is_on, self.clock.now())? {
            return Err(Failure::about(ErrorCode::NotFound, number.to_string()));
        }
        self.record("watch.switched", &number.to_string(), serde_json::json!({ "on": is_on }))
    }

    /// Forgets a watch folder. Its files and what was sent of them stay as they are.
    ///
    /// # Errors
    /// [`ErrorCode::AlreadyRunning`] while it is watched; [`ErrorCode::NotFound`]; what the store says.
    pub fn remove_watch_folder(&self, number: u64) -> Result<(), Failure> {
        let _lease = self.lease(&lease_name(number))?;
        if !self.store.remove_watch_folder(number)? {
            return Err(Failure::about(ErrorCode::NotFound, number.to_string()));
        }
        self.record("watch.removed", &number.to_string(), serde_json::Value::Null)
    }
}
