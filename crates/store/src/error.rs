//! What goes wrong inside this room, and the code under which others hear of it.

use std::io;

use pillbox_model::{ErrorCode, Failure};
use rusqlite::ffi;

/// A failure on its way to the face of this room.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    /// SQLite refused or failed.
    #[error("database: {0}")]
    Sqlite(#[from] rusqlite::Error),
    /// The file system refused or failed.
    #[error("data folder: {0}")]
    Io(#[from] io::Error),
    /// A stored document does not have the form in which it was written.
    #[error("a stored document can't be read")]
    Unreadable,
    /// A value can't be written as a document.
    #[error("a value can't be written")]
    Unwritable,
    /// This room itself says no.
    #[error("refused: {0:?}")]
    Refused(Failure),
}

impl From<Failure> for Error {
    fn from(failure: Failure) -> Self {
        Self::Refused(failure)
    }
}

impl From<ErrorCode> for Error {
    fn from(code: ErrorCode) -> Self {
        Self::Refused(Failure::new(code))
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        match error {
            Error::Sqlite(error) => Self::new(code_of_sqlite(&error)),
            Error::Io(error) => Self::new(code_of_io(&error)),
            Error::Unreadable => Self::new(ErrorCode::DatabaseDamaged),
            Error::Unwritable => Self::new(ErrorCode::Internal),
            Error::Refused(failure) => failure,
        }
    }
}

/// The code of an error of the file system.
fn code_of_io(error: &io::Error) -> ErrorCode {
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => ErrorCode::DiskFull,
        _ => ErrorCode::DataFolderUnusable,
    }
}

/// The code of an error of SQLite (<https://sqlite.org/rescode.html>).
fn code_of_sqlite(error: &rusqlite::Error) -> ErrorCode {
    match error {
        rusqlite::Error::SqliteFailure(failure, _) => code_of_result(*failure),
        // A column that does not hold what its table's STRICT type and this room promise.
        rusqlite::Error::FromSqlConversionFailure(..)
        | rusqlite::Error::InvalidColumnType(..)
        | rusqlite::Error::IntegralValueOutOfRange(..)
        | rusqlite::Error::Utf8Error(..) => ErrorCode::DatabaseDamaged,
        _ => ErrorCode::Internal,
    }
}

/// The code of a result code of SQLite.
fn code_of_result(failure: ffi::Error) -> ErrorCode {
    match failure.code {
        ffi::ErrorCode::DiskFull => ErrorCode::DiskFull,
        // The shared-memory file could not be made larger: nothing but a full disk or a quota does that.
        ffi::ErrorCode::SystemIoFailure if failure.extended_code == ffi::SQLITE_IOERR_SHMSIZE => ErrorCode::DiskFull,
        ffi::ErrorCode::DatabaseBusy | ffi::ErrorCode::DatabaseLocked | ffi::ErrorCode::FileLockingProtocolFailed => {
            ErrorCode::DatabaseLocked
        }
        ffi::ErrorCode::DatabaseCorrupt | ffi::ErrorCode::NotADatabase => ErrorCode::DatabaseDamaged,
        ffi::ErrorCode::CannotOpen
        | ffi::ErrorCode::PermissionDenied
        | ffi::ErrorCode::ReadOnly
        | ffi::ErrorCode::SystemIoFailure => ErrorCode::DataFolderUnusable,
        _ => ErrorCode::Internal,
    }
}

/// Whether a row was refused because its key is there already.
pub(crate) fn is_taken(error: &rusqlite::Error) -> bool {
    matches!(error, rusqlite::Error::SqliteFailure(failure, _)
        if failure.extended_code == ffi::SQLITE_CONSTRAINT_UNIQUE
            || failure.extended_code == ffi::SQLITE_CONSTRAINT_PRIMARYKEY)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code_of(result: i32) -> ErrorCode {
        code_of_result(ffi::Error::new(result))
    }

    #[test]
    fn each_result_of_sqlite_has_a_code_that_says_what_to_do() {
        assert_eq!(code_of(ffi::SQLITE_FULL), ErrorCode::DiskFull);
        assert_eq!(code_of(ffi::SQLITE_IOERR_SHMSIZE), ErrorCode::DiskFull);
        assert_eq!(code_of(ffi::SQLITE_BUSY), ErrorCode::DatabaseLocked);
        assert_eq!(code_of(ffi::SQLITE_BUSY_SNAPSHOT), ErrorCode::DatabaseLocked);
        assert_eq!(code_of(ffi::SQLITE_CORRUPT), ErrorCode::DatabaseDamaged);
        assert_eq!(code_of(ffi::SQLITE_NOTADB), ErrorCode::DatabaseDamaged);
        assert_eq!(code_of(ffi::SQLITE_CANTOPEN), ErrorCode::DataFolderUnusable);
        assert_eq!(code_of(ffi::SQLITE_READONLY), ErrorCode::DataFolderUnusable);
        assert_eq!(code_of(ffi::SQLITE_IOERR_READ), ErrorCode::DataFolderUnusable);
        assert_eq!(code_of(ffi::SQLITE_MISUSE), ErrorCode::Internal);
    }

    #[test]
    fn a_full_disk_is_named_whoever_notices_it() {
        assert_eq!(code_of_io(&io::ErrorKind::StorageFull.into()), ErrorCode::DiskFull);
        assert_eq!(code_of_io(&io::ErrorKind::PermissionDenied.into()), ErrorCode::DataFolderUnusable);
    }
}
