//! The data folder: where it is by default, and whether it is fit to hold the database.

use std::fs::File;
use std::path::{Path, PathBuf};

use pillbox_model::{ErrorCode, Failure};

use crate::error::Error;

#[cfg(target_os = "linux")]
#[path = "linux.rs"]
mod platform;
#[cfg(target_os = "macos")]
#[path = "macos.rs"]
mod platform;
#[cfg(windows)]
#[path = "windows.rs"]
mod platform;

#[cfg(windows)]
use platform as owner;
#[cfg(unix)]
#[path = "unix.rs"]
mod owner;

/// The data folder when none is named, local to this computer and never roaming: `$XDG_DATA_HOME/pillbox` on
/// Linux (`~/.local/share/pillbox` where the variable is not set), `~/Library/Application Support/Pillbox` on
/// macOS, `%LOCALAPPDATA%\Pillbox` on Windows. `None` when the environment names no such place.
pub fn default_data_dir() -> Option<PathBuf> {
    platform::default_data_dir()
}

/// Creates the folder where it is missing, and refuses one that is not local or not its owner's alone.
/// Returns it as an absolute path.
pub(crate) fn prepare(dir: &Path) -> Result<PathBuf, Failure> {
    let dir = std::path::absolute(dir).map_err(Error::from)?;
    // Before anything is created there.
    if let Some(existing) = dir.ancestors().find(|ancestor| ancestor.exists()) {
        let real = existing.canonicalize().map_err(Error::from)?;
        if let Some(kind) = platform::network_file_system(&real) {
            return Err(Failure::about(ErrorCode::DataFolderOnNetwork, kind));
        }
    }
    owner_only_folder(&dir)?;
    Ok(dir)
}

/// Creates the folder, with its parents, where it is missing, so that only its owner may enter it. One that
/// is there must be this user's and shut to others, unless it is empty: then it is shut.
pub(crate) fn owner_only_folder(dir: &Path) -> Result<(), Failure> {
    owner::create_folder(dir).map_err(Error::from)?;
    if !dir.metadata().map_err(Error::from)?.is_dir() {
        return Err(unusable("kind"));
    }
    owner::check_folder(dir)
}

/// Opens the file for reading and writing, creating it where it is missing, with its owner as the only one who
/// may open it. A link, or anything else that is no regular file, is refused.
pub(crate) fn owner_only_file(path: &Path) -> Result<File, Error> {
    if path.symlink_metadata().is_ok_and(|found| !found.is_file()) {
        return Err(unusable("kind").into());
    }
    Ok(owner::open_file(path)?)
}

fn unusable(about: &str) -> Failure {
    Failure::about(ErrorCode::DataFolderUnusable, about)
}
