//! A file's bytes, read from one opening.

use std::fs::{self, File, Metadata};
use std::io::{self, Read};
use std::path::Path;
use std::time::SystemTime;

use pillbox_model::SkipReason;

use crate::platform;
use crate::walk::FoundFile;

/// Up to this size, in bytes, a file is read into memory once: what is scanned is what is sent. 8 MiB.
pub const WHOLE_LIMIT: u64 = 8 * 1024 * 1024;

/// A regular file that is open, with what it was like when it was opened. Reads are unbuffered.
#[derive(Debug)]
pub struct OpenFile {
    file: File,
    stamp: Stamp,
    taken: u64,
}

/// What changes when a file's content does.
#[derive(Debug, PartialEq, Eq)]
struct Stamp {
    size: u64,
    modified: Option<SystemTime>,
}

impl Stamp {
    fn of(metadata: &Metadata) -> Self {
        Self { size: metadata.len(), modified: metadata.modified().ok() }
    }
}

/// Opens a regular file for reading.
///
/// # Errors
///
/// `SymbolicLink` when the last component is a link, `NotARegularFile` for folders, sockets, pipes and
/// devices, `SourceObjectNoLongerAvailable` when nothing is there, and what [`skip_reason`] makes of the rest.
pub fn open(path: &Path) -> Result<OpenFile, SkipReason> {
    let look = |e: io::Error| skip_reason(&e);
    let before = fs::symlink_metadata(path).map_err(look)?;
    if before.is_symlink() {
        return Err(SkipReason::SymbolicLink);
    }
    if !before.is_file() {
        return Err(SkipReason::NotARegularFile);
    }
    open_regular(path)
}

/// Opens what the walk just saw to be a regular file: one question less to the system than [`open`] asks.
///
/// # Errors
///
/// Those of [`open`].
pub fn open_found(found: &FoundFile) -> Result<OpenFile, SkipReason> {
    if platform::OPENING_REFUSES_LINKS { open_regular(&found.path) } else { open(&found.path) }
}

fn open_regular(path: &Path) -> Result<OpenFile, SkipReason> {
    let look = |e: io::Error| skip_reason(&e);
    let file = platform::open_no_follow(path).map_err(look)?;
    // Asked of the handle: what the path names may have been exchanged in between.
    let metadata = file.metadata().map_err(look)?;
    if !metadata.is_file() {
        return Err(SkipReason::NotARegularFile);
    }
    Ok(OpenFile { stamp: Stamp::of(&metadata), file, taken: 0 })
}

impl OpenFile {
    /// Its size in bytes when it was opened.
    pub const fn size(&self) -> u64 {
        self.stamp.size
    }

    /// To be asked at the end of the file: whether what was read is one state of the file.
    ///
    /// # Errors
    ///
    /// `ObjectVersionMismatch` when fewer or more bytes were read than the file had when it was opened, or
    /// its length or time of change differs now.
    pub fn unchanged(&self) -> Result<(), SkipReason> {
        let metadata = self.file.metadata().map_err(|e| skip_reason(&e))?;
        if self.taken == self.stamp.size && Stamp::of(&metadata) == self.stamp {
            Ok(())
        } else {
            Err(SkipReason::ObjectVersionMismatch)
        }
    }
}

impl OpenFile {
    /// Reads the file, of at most [`WHOLE_LIMIT`] bytes, into a buffer that is used again from file to file: it
    /// grows to the largest, and what is behind the bytes that are returned means nothing.
    ///
    /// # Errors
    ///
    /// `FileExceedsSizeLimit`; `ObjectVersionMismatch` when there are fewer or more bytes than the file had when
    /// it was opened; what [`skip_reason`] makes of a read that fails.
    pub fn read_whole<'b>(&mut self, buffer: &'b mut Vec<u8>) -> Result<&'b [u8], SkipReason> {
        let size = match usize::try_from(self.stamp.size) {
            Ok(size) if self.stamp.size <= WHOLE_LIMIT => size,
            _ => return Err(SkipReason::FileExceedsSizeLimit),
        };
        // One byte more than it should have, so that growth is seen without following it without end.
        if buffer.len() <= size {
            buffer.resize(size + 1, 0);
        }
        let mut filled = 0;
        loop {
            let room = &mut buffer[filled..=size];
            let asked = room.len();
            match self.read(room) {
                Ok(count) => {
                    filled += count;
                    // A read of a regular file comes short at its end alone.
                    if count == 0 || filled > size || (filled == size && count < asked) {
                        break;
                    }
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(skip_reason(&error)),
            }
        }
        if filled == size { Ok(&buffer[..size]) } else { Err(SkipReason::ObjectVersionMismatch) }
    }
}

impl Read for OpenFile {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.file.read(buffer)?;
        self.taken += count as u64;
        Ok(count)
    }
}

/// Reads a file of at most [`WHOLE_LIMIT`] bytes, from one opening.
///
/// # Errors
///
/// Those of [`open`], `FileExceedsSizeLimit`, and `ObjectVersionMismatch` when it changed while it was read.
pub fn read_whole(path: &Path) -> Result<Vec<u8>, SkipReason> {
    let mut file = open(path)?;
    let mut bytes = Vec::new();
    let size = file.read_whole(&mut bytes)?.len();
    file.unchanged()?;
    bytes.truncate(size);
    Ok(bytes)
}

/// Why a file was not read, from what the operating system answered.
pub fn skip_reason(error: &io::Error) -> SkipReason {
    if let Some(reason) = error.raw_os_error().and_then(platform::reason_of_os_error) {
        return reason;
    }
    match error.kind() {
        io::ErrorKind::PermissionDenied => SkipReason::PermissionDenied,
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory | io::ErrorKind::StaleNetworkFileHandle => {
            SkipReason::SourceObjectNoLongerAvailable
        }
        io::ErrorKind::InvalidFilename => SkipReason::NameNotUsable,
        io::ErrorKind::IsADirectory => SkipReason::NotARegularFile,
        _ => SkipReason::UnableToParseFile,
    }
}
