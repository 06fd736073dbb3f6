//! macOS: Application Support, and whether a volume is local.

use std::env;
use std::path::{Path, PathBuf};

/// `MNT_LOCAL` of statfs(2): the file system is stored locally.
const LOCAL: u32 = 0x1000;

pub(super) fn default_data_dir() -> Option<PathBuf> {
    Some(env::home_dir()?.join("Library/Application Support/Pillbox"))
}

/// The type of the file system that the path lies on, where that is a network's. `path` has no links in it.
pub(super) fn network_file_system(path: &Path) -> Option<String> {
    let found = rustix::fs::statfs(path).ok()?;
    if found.f_flags & LOCAL != 0 {
        return None;
    }
    // The bytes of a C string, whatever the sign of `c_char`.
    let name = found.f_fstypename.iter().map(|&byte| byte as u8).take_while(|byte| *byte != 0);
    Some(name.map(char::from).collect())
}
