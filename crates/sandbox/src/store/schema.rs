//! The tables, and how a database of an older layout is brought to the newest.

use rusqlite::Connection;

use crate::SandboxError;

/// The layout this program writes, kept in `user_version`.
const LAYOUT: i64 = 1;

const TABLES: &str = "
CREATE TABLE account (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    public_access_block TEXT
) STRICT;
INSERT INTO account (id) VALUES (1);

CREATE TABLE bucket (
    name TEXT PRIMARY KEY,
    created INTEGER NOT NULL,
    versioning TEXT,
    settings TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE object (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    bucket TEXT NOT NULL REFERENCES bucket (name),
    key TEXT NOT NULL,
    version TEXT NOT NULL,
    latest INTEGER NOT NULL,
    delete_marker INTEGER NOT NULL,
    size INTEGER NOT NULL,
    etag TEXT NOT NULL,
    modified INTEGER NOT NULL,
    meta TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX object_version ON object (bucket, key, version);
CREATE UNIQUE INDEX object_latest ON object (bucket, key) WHERE latest = 1;
CREATE INDEX object_history ON object (bucket, key, sequence);

CREATE TABLE upload (
    id TEXT PRIMARY KEY,
    bucket TEXT NOT NULL REFERENCES bucket (name),
    key TEXT NOT NULL,
    initiated INTEGER NOT NULL,
    algorithm TEXT,
    composite INTEGER NOT NULL,
    meta TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX upload_key ON upload (bucket, key, id);

CREATE TABLE part (
    upload TEXT NOT NULL REFERENCES upload (id),
    number INTEGER NOT NULL,
    size INTEGER NOT NULL,
    etag TEXT NOT NULL,
    modified INTEGER NOT NULL,
    checksums TEXT NOT NULL,
    segment INTEGER NOT NULL REFERENCES segment (id),
    PRIMARY KEY (upload, number)
) STRICT, WITHOUT ROWID;

-- A stretch of an object's body: in the row, or in a file of its own.
CREATE TABLE segment (
    id INTEGER PRIMARY KEY,
    object INTEGER REFERENCES object (sequence),
    position INTEGER NOT NULL,
    size INTEGER NOT NULL,
    file TEXT,
    bytes BLOB
) STRICT;
CREATE INDEX segment_object ON segment (object, position);
";

/// Creates the tables in a fresh database.
///
/// # Errors
///
/// [`SandboxError::NewerLayout`] where a newer program wrote it, so that nothing is damaged.
pub(crate) fn prepare(connection: &mut Connection) -> Result<(), SandboxError> {
    let transaction = connection.transaction()?;
    let found: i64 = transaction.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    if found > LAYOUT {
        return Err(SandboxError::NewerLayout { found, known: LAYOUT });
    }
    if found == 0 {
        transaction.execute_batch(TABLES)?;
        transaction.pragma_update(None, "user_version", LAYOUT)?;
    }
    transaction.commit()?;
    Ok(())
}
