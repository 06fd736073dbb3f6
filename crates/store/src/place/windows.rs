//! Windows: the local application data, whether a folder is a share, and folders that inherit their access
//! list from the user's profile.

use std::env;
use std::fs::{File, OpenOptions};
use std::io;
use std::path::{Component, Path, PathBuf, Prefix};

use pillbox_model::Failure;

pub(super) fn default_data_dir() -> Option<PathBuf> {
    Some(PathBuf::from(env::var_os("LOCALAPPDATA")?).join("Pillbox"))
}

/// `share`, where the path lies on another computer. `path` is canonical: a drive letter that stands for a
/// share has become the share's name.
pub(super) fn network_file_system(path: &Path) -> Option<String> {
    match path.components().next()? {
        Component::Prefix(prefix) if matches!(prefix.kind(), Prefix::UNC(..) | Prefix::VerbatimUNC(..)) => {
            Some("share".to_owned())
        }
        _ => None,
    }
}

/// Below a user's profile new folders inherit an access list that names the user, the administrators and the
/// system alone.
pub(super) fn create_folder(dir: &Path) -> io::Result<()> {
    std::fs::create_dir_all(dir)
}

/// What the profile's access list lets through is not judged again here: who names another folder with
/// `--data-dir` answers for its access list.
pub(super) fn check_folder(_dir: &Path) -> Result<(), Failure> {
    Ok(())
}

pub(super) fn open_file(path: &Path) -> io::Result<File> {
    OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path)
}
