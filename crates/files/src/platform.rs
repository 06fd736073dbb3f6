//! What opening a file means on each operating system.

use std::fs::{File, Metadata, OpenOptions};
use std::io;
use std::path::Path;

use pillbox_model::SkipReason;

/// Whether [`open_no_follow`] itself refuses a link.
#[cfg(unix)]
pub(crate) const OPENING_REFUSES_LINKS: bool = true;

/// Whether [`open_no_follow`] itself refuses a link.
#[cfg(windows)]
pub(crate) const OPENING_REFUSES_LINKS: bool = false;

/// Opens for reading without following a link in the last component and without waiting for a peer (a
/// pipe that was put in a file's place would otherwise hold the caller for ever).
#[cfg(unix)]
pub(crate) fn open_no_follow(path: &Path) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt as _;
    OpenOptions::new().read(true).custom_flags(libc::O_NOFOLLOW | libc::O_NONBLOCK).open(path)
}

/// Opens for reading. The caller has looked whether the path is a link: `FILE_FLAG_OPEN_REPARSE_POINT`
/// would refuse links too, and with them the files that OneDrive keeps as reparse points.
#[cfg(windows)]
pub(crate) fn open_no_follow(path: &Path) -> io::Result<File> {
    OpenOptions::new().read(true).open(path)
}

/// When anything about a file was changed last, as the system alone sets it: seconds and nanoseconds.
#[cfg(unix)]
pub(crate) fn changed(metadata: &Metadata) -> Option<(i64, i64)> {
    use std::os::unix::fs::MetadataExt as _;
    Some((metadata.ctime(), metadata.ctime_nsec()))
}

/// The standard library does not tell it here.
#[cfg(windows)]
pub(crate) fn changed(_metadata: &Metadata) -> Option<(i64, i64)> {
    None
}

/// What an error number says that its [`io::ErrorKind`] does not.
#[cfg(unix)]
pub(crate) fn reason_of_os_error(number: i32) -> Option<SkipReason> {
    match number {
        libc::ELOOP => Some(SkipReason::SymbolicLink),
        // Opening a socket as a file.
        libc::ENXIO | libc::EOPNOTSUPP => Some(SkipReason::NotARegularFile),
        libc::ENAMETOOLONG => Some(SkipReason::NameNotUsable),
        libc::ESTALE => Some(SkipReason::SourceObjectNoLongerAvailable),
        _ => None,
    }
}

/// What an error number says that its [`io::ErrorKind`] does not: sharing and lock violations (32, 33; another
/// program holds the file open for itself), a name that is not valid or too long (123, 206).
#[cfg(windows)]
pub(crate) fn reason_of_os_error(number: i32) -> Option<SkipReason> {
    match number {
        32 | 33 => Some(SkipReason::PermissionDenied),
        123 | 206 => Some(SkipReason::NameNotUsable),
        _ => None,
    }
}
