//! Folders and files that only their owner may open, by mode bits.

use std::fs::{DirBuilder, File, OpenOptions, Permissions, set_permissions};
use std::io;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::Path;

use pillbox_model::Failure;

use super::unusable;
use crate::error::Error;

/// The mode bits of the group and of others.
const OTHERS: u32 = 0o077;

pub(super) fn create_folder(dir: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(dir)
}

pub(super) fn check_folder(dir: &Path) -> Result<(), Failure> {
    let found = dir.metadata().map_err(Error::from)?;
    if found.uid() != rustix::process::geteuid().as_raw() {
        return Err(unusable("owner"));
    }
    if found.mode() & OTHERS == 0 {
        return Ok(());
    }
    // Whatever lies in a folder that others could enter may have been seen or put there by them.
    if dir.read_dir().map_err(Error::from)?.next().is_some() {
        return Err(unusable("permissions"));
    }
    Ok(set_permissions(dir, Permissions::from_mode(0o700)).map_err(Error::from)?)
}

pub(super) fn open_file(path: &Path) -> io::Result<File> {
    let file = OpenOptions::new().read(true).write(true).create(true).truncate(false).mode(0o600).open(path)?;
    if file.metadata()?.mode() & OTHERS != 0 {
        file.set_permissions(Permissions::from_mode(0o600))?;
    }
    Ok(file)
}
