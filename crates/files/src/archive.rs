//! Archives: what lies in them, unpacked within limits.

use std::io::{self, Cursor, Read};

use flate2::read::MultiGzDecoder;
use pillbox_model::SkipReason;
use zip::ZipArchive;
use zip::result::ZipError;

use crate::document::Reading;

/// So much is unpacked between two questions whether to go on, in bytes.
const STEP: usize = 256 * 1024;

/// What members that lie open in memory at once, an archive in an archive, may take together, in documents of the limit.
const HELD: u64 = 4;

/// A tar archive ends with blocks of zeros (POSIX.1-1988, section 10.1.1).
const END_OF_TAR: [u8; 512] = [0; 512];

impl Reading<'_, '_> {
    /// Reads a compressed file. `name` is its own.
    pub(crate) fn gzip(&mut self, bytes: &[u8], name: &str, member: Option<&str>) -> Result<(), SkipReason> {
        let mut decoder = MultiGzDecoder::new(bytes);
        let content = self.unpack(&mut decoder)?;
        let stated = decoder.header().and_then(|header| header.filename()).map(String::from_utf8_lossy);
        let inner =
            stated.filter(|name| !name.is_empty()).map_or_else(|| without_suffix(name), |name| name.into_owned());
        self.member(&content, &inner, member)
    }

    /// Reads the members of a zip archive.
    pub(crate) fn zip(&mut self, bytes: &[u8], member: Option<&str>) -> Result<(), SkipReason> {
        let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| zip_reason(&error))?;
        if stated_members(bytes).is_some_and(|stated| stated > archive.len()) {
            // Of members with the same name the library knows the last alone.
            self.leave_out(member, "#", SkipReason::MalformedFile)?;
        }
        for index in 0..archive.len() {
            let name = match archive.by_index_raw(index) {
                Ok(entry) if entry.is_dir() => continue,
                Ok(entry) => entry.name().map_or_else(|_| format!("#{index}"), |name| name.into_owned()),
                Err(error) => {
                    self.leave_out(member, &format!("#{index}"), zip_reason(&error))?;
                    continue;
                }
            };
            let content = match archive.by_index(index) {
                Ok(mut entry) => self.unpack(&mut entry),
                Err(error) => Err(zip_reason(&error)),
            };
            match content {
                Ok(content) => self.member(&content, &name, member)?,
                Err(reason) => self.leave_out(member, &name, reason)?,
            }
        }
        Ok(())
    }

    /// Reads the members of a tar archive.
    pub(crate) fn tar(&mut self, bytes: &[u8], member: Option<&str>) -> Result<(), SkipReason> {
        let mut archive = tar::Archive::new(bytes);
        for entry in archive.entries().map_err(|_| SkipReason::MalformedFile)? {
            let mut entry = entry.map_err(|_| SkipReason::MalformedFile)?;
            let kind = entry.header().entry_type();
            if !(kind.is_file() || kind.is_contiguous() || kind.is_gnu_sparse()) {
                continue;
            }
            let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
            let size = entry.size();
            match self.unpack(&mut entry) {
                Ok(content) if content.len() as u64 == size => self.member(&content, &name, member)?,
                // The archive ends in the middle of it.
                Ok(_) => self.leave_out(member, &name, SkipReason::MalformedFile)?,
                Err(reason) => self.leave_out(member, &name, reason)?,
            }
        }
        if !bytes.ends_with(&END_OF_TAR) {
            // It breaks off between two members.
            self.leave_out(member, "#", SkipReason::MalformedFile)?;
        }
        Ok(())
    }

    /// Reads a member that was unpacked. What is wrong with it alone is noted and the others are read.
    pub(crate) fn member(&mut self, bytes: &[u8], name: &str, of: Option<&str>) -> Result<(), SkipReason> {
        let path = inside(of, name);
        self.members += 1;
        if self.members > self.limits.members {
            return Err(self.stop(SkipReason::ArchiveTotalDocumentsProcessedOverLimit));
        }
        let size = bytes.len() as u64;
        self.held += size;
        if self.held > HELD * self.limits.document {
            return Err(self.stop(SkipReason::ArchiveTotalBytesExtractedOverLimit));
        }
        let read = self.file(bytes, name, Some(&path));
        self.held -= size;
        match read {
            Ok(_) => Ok(()),
            Err(reason) => self.leave_out(of, name, reason),
        }
    }

    /// Notes that a member was not read, unless the whole file is not to be read any further.
    pub(crate) fn leave_out(&mut self, of: Option<&str>, name: &str, reason: SkipReason) -> Result<(), SkipReason> {
        if self.stopped.is_some() {
            return Err(reason);
        }
        self.unread.push((inside(of, name), reason));
        Ok(())
    }

    /// Unpacks one member into memory.
    ///
    /// # Errors
    ///
    /// `FileExceedsSizeLimit` when it alone is too large, `ArchiveTotalBytesExtractedOverLimit` when all are,
    /// `MalformedFile` when it can't be unpacked.
    pub(crate) fn unpack(&mut self, packed: &mut dyn Read) -> Result<Vec<u8>, SkipReason> {
        let mut content = Vec::new();
        loop {
            self.go_on()?;
            let read = packed.take(STEP as u64).read_to_end(&mut content).map_err(|error| io_reason(&error))?;
            self.extracted += read as u64;
            if self.extracted > self.limits.extracted {
                return Err(self.stop(SkipReason::ArchiveTotalBytesExtractedOverLimit));
            }
            if content.len() as u64 > self.limits.document {
                return Err(SkipReason::FileExceedsSizeLimit);
            }
            if read == 0 {
                return Ok(content);
            }
        }
    }
}

/// How many members a zip archive says that it has (APPNOTE 4.3.16); `None` where it has more than the field holds.
fn stated_members(bytes: &[u8]) -> Option<usize> {
    let end = memchr::memmem::rfind(bytes, b"PK\x05\x06")?;
    let count: [u8; 2] = bytes.get(end + 10..end + 12)?.try_into().ok()?;
    Some(usize::from(u16::from_le_bytes(count))).filter(|count| *count < usize::from(u16::MAX))
}

/// The path of a member that lies in `of`.
fn inside(of: Option<&str>, name: &str) -> String {
    of.map_or_else(|| name.to_owned(), |of| format!("{of}!/{name}"))
}

/// The name of a compressed file's content.
fn without_suffix(name: &str) -> String {
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
    match name.rsplit_once('.') {
        Some((stem, suffix)) if suffix.eq_ignore_ascii_case("tgz") => format!("{stem}.tar"),
        Some((stem, _)) if !stem.is_empty() => stem.to_owned(),
        _ => name.to_owned(),
    }
}

/// Why an archive or a member of it was not read.
pub(crate) fn zip_reason(error: &ZipError) -> SkipReason {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) | ZipError::InvalidPassword => {
            SkipReason::InvalidEncryption
        }
        ZipError::UnsupportedArchive(_) => SkipReason::UnsupportedFileType,
        ZipError::Io(error) => io_reason(error),
        _ => SkipReason::MalformedFile,
    }
}

fn io_reason(error: &io::Error) -> SkipReason {
    match error.kind() {
        io::ErrorKind::Unsupported => SkipReason::UnsupportedFileType,
        _ => SkipReason::MalformedFile,
    }
}
