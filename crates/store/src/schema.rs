//! The tables, and the way from each version of them to the next.

use pillbox_model::ErrorCode;
use rusqlite::{Connection, TransactionBehavior};

use crate::error::Error;

/// What leads from version `n` to version `n + 1`. Entries are never changed once released, only added.
const MIGRATIONS: [&str; 10] = [
    include_str!("schema/0001.sql"),
    include_str!("schema/0002.sql"),
    include_str!("schema/0003.sql"),
    include_str!("schema/0004.sql"),
    include_str!("schema/0005.sql"),
    include_str!("schema/0006.sql"),
    include_str!("schema/0007.sql"),
    include_str!("schema/0008.sql"),
    include_str!("schema/0009.sql"),
    include_str!("schema/0010.sql"),
];

/// The version of a database that is up to date, kept in SQLite's `user_version`.
const NEWEST: usize = MIGRATIONS.len();

/// Fails with `DatabaseNewer` when the tables are of a version that this Pillbox does not know. Touches nothing.
pub(crate) fn refuse_newer(connection: &Connection) -> Result<(), Error> {
    if version(connection)? > NEWEST { Err(ErrorCode::DatabaseNewer.into()) } else { Ok(()) }
}

/// Brings the tables up to date, in one transaction.
pub(crate) fn migrate(connection: &mut Connection) -> Result<(), Error> {
    if version(connection)? == NEWEST {
        return Ok(());
    }
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    for migration in MIGRATIONS.iter().skip(version(&transaction)?) {
        transaction.execute_batch(migration)?;
    }
    transaction.pragma_update(None, "user_version", NEWEST as i64)?;
    transaction.commit()?;
    Ok(())
}

fn version(connection: &Connection) -> Result<usize, Error> {
    let version: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    usize::try_from(version).map_err(|_| ErrorCode::DatabaseDamaged.into())
}
