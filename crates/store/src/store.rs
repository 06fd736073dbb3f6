//! The database: opening it, reading from it, writing to it.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use pillbox_model::Failure;
use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};

use crate::error::Error;
use crate::{place, schema};

/// How long a call waits for another process that is writing.
const PATIENCE: Duration = Duration::from_secs(5);

/// Enough for every statement of this room.
const CACHED_STATEMENTS: usize = 128;

/// What Pillbox keeps on this computer. Cheap to clone; the clones share the database. Several stores, in
/// this process or others, may be open on one data folder at a time.
#[derive(Clone)]
pub struct Store {
    shared: Arc<Shared>,
}

struct Shared {
    dir: PathBuf,
    writer: Mutex<Connection>,
    /// Apart from the writer, so that a list can be shown while a long transaction is written.
    reader: Mutex<Connection>,
}

impl Store {
    /// Opens the database in the data folder, creating both where they are missing (the folder with mode
    /// 0700, files with 0600; on Windows they inherit the profile's access list), and brings its tables up
    /// to date.
    ///
    /// # Errors
    ///
    /// - `DataFolderUnusable`, about `owner`, `permissions`, `kind` or nothing: it belongs to somebody else, others
    ///   than its owner may enter it, it is no folder, or it can't be written to. An empty folder of this
    ///   user's own is shut instead of refused.
    /// - `DataFolderOnNetwork`, about the type of its file system: SQLite's locks do not hold there.
    /// - `DatabaseNewer`: a newer Pillbox wrote it; it is left as it is.
    /// - `DatabaseDamaged`, `DatabaseLocked`, `DiskFull`.
    pub fn open(dir: &Path) -> Result<Self, Failure> {
        Ok(Self::open_in(place::prepare(dir)?)?)
    }

    fn open_in(dir: PathBuf) -> Result<Self, Error> {
        // SQLite does not wait when two processes switch a new database to its log at the same time.
        let opening = place::owner_only_file(&dir.join("open.lock"))?;
        opening.lock()?;
        let file = dir.join("pillbox.db");
        // SQLite gives its log the mode of the database.
        drop(place::owner_only_file(&file)?);
        let mut writer = connect(&file)?;
        schema::refuse_newer(&writer)?;
        writer.pragma_update(None, "journal_mode", "WAL")?;
        schema::migrate(&mut writer)?;
        let reader = connect(&file)?;
        reader.pragma_update(None, "query_only", true)?;
        Ok(Self { shared: Arc::new(Shared { dir, writer: Mutex::new(writer), reader: Mutex::new(reader) }) })
    }

    /// The data folder, absolute.
    pub fn dir(&self) -> &Path {
        &self.shared.dir
    }

    /// Reads what has been committed.
    pub(crate) fn read<T>(&self, work: impl FnOnce(&Connection) -> Result<T, Error>) -> Result<T, Failure> {
        Ok(work(&lock(&self.shared.reader))?)
    }

    /// Writes in one transaction, taken back when `work` fails.
    pub(crate) fn write<T>(&self, work: impl FnOnce(&Transaction<'_>) -> Result<T, Error>) -> Result<T, Failure> {
        Ok(transact(&mut lock(&self.shared.writer), work)?)
    }

    /// Writes like [`Store::write`], and returns only after the disk has it: it outlasts a power cut, not
    /// only the end of the process.
    pub(crate) fn write_through<T>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, Error>,
    ) -> Result<T, Failure> {
        let mut writer = lock(&self.shared.writer);
        writer.pragma_update(None, "synchronous", "FULL").map_err(Error::from)?;
        let result = transact(&mut writer, work);
        writer.pragma_update(None, "synchronous", "NORMAL").map_err(Error::from)?;
        Ok(result?)
    }
}

/// A panic inside a transaction takes the transaction back, so that the connection is as good as before.
fn lock(connection: &Mutex<Connection>) -> MutexGuard<'_, Connection> {
    connection.lock().unwrap_or_else(PoisonError::into_inner)
}

fn transact<T>(
    connection: &mut Connection,
    work: impl FnOnce(&Transaction<'_>) -> Result<T, Error>,
) -> Result<T, Error> {
    // Immediate: a transaction that reads first and writes then could otherwise fail without waiting.
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let value = work(&transaction)?;
    transaction.commit()?;
    Ok(value)
}

fn connect(file: &Path) -> Result<Connection, Error> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(file, flags)?;
    connection.busy_timeout(PATIENCE)?;
    connection.set_prepared_statement_cache_capacity(CACHED_STATEMENTS);
    connection.pragma_update(None, "synchronous", "NORMAL")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "secure_delete", true)?;
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    connection.pragma_update(None, "cell_size_check", true)?;
    connection.pragma_update(None, "trusted_schema", false)?;
    connection.pragma_update(None, "journal_size_limit", 16 * 1024 * 1024)?;
    Ok(connection)
}
