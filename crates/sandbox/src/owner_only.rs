//! Directories that only their owner may enter.

use std::io;
use std::path::Path;

/// Creates the directory with its parents where they are missing, and shuts others out of it.
#[cfg(unix)]
pub(crate) fn create_directory(path: &Path) -> io::Result<()> {
    use std::fs::{DirBuilder, Permissions, set_permissions};
    use std::os::unix::fs::{DirBuilderExt, PermissionsExt};

    DirBuilder::new().recursive(true).mode(0o700).create(path)?;
    set_permissions(path, Permissions::from_mode(0o700))
}

/// Creates the directory with its parents where they are missing. Below a user's profile, where
/// the data directory belongs, Windows lets new directories inherit an access list that names
/// the user, the administrators and the system alone.
#[cfg(windows)]
pub(crate) fn create_directory(path: &Path) -> io::Result<()> {
    std::fs::create_dir_all(path)
}
