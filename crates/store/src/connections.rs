//! Connections: how buckets are reached. Their secrets lie in the keychain.

use pillbox_model::{Connection, Failure};
use rusqlite::{OptionalExtension, params};

use crate::Store;
use crate::words::{from_json, json};

impl Store {
    /// All connections, in the order in which they were first saved.
    pub fn connections(&self) -> Result<Vec<Connection>, Failure> {
        self.read(|database| {
            let mut statement = database.prepare_cached("SELECT body FROM connection ORDER BY seq")?;
            let mut rows = statement.query([])?;
            let mut connections = Vec::new();
            while let Some(row) = rows.next()? {
                connections.push(from_json(&row.get::<_, String>(0)?)?);
            }
            Ok(connections)
        })
    }

    /// The connection of this name.
    pub fn connection(&self, name: &str) -> Result<Option<Connection>, Failure> {
        self.read(|database| {
            let body: Option<String> = database
                .prepare_cached("SELECT body FROM connection WHERE name = ?1")?
                .query_row([name], |row| row.get(0))
                .optional()?;
            body.map(|body| from_json(&body)).transpose()
        })
    }

    /// Saves the connection; one of the same name is replaced and keeps its place in the order.
    pub fn save_connection(&self, connection: &Connection) -> Result<(), Failure> {
        let body = json(connection)?;
        self.write(|database| {
            database
                .prepare_cached(
                    "INSERT INTO connection (name, body) VALUES (?1, ?2)
                     ON CONFLICT (name) DO UPDATE SET body = excluded.body",
                )?
                .execute(params![connection.name, body])?;
            Ok(())
        })
    }

    /// Removes the connection; says whether there was one. Its secret in the keychain is the caller's to delete.
    pub fn remove_connection(&self, name: &str) -> Result<bool, Failure> {
        self.write(|database| {
            Ok(database.prepare_cached("DELETE FROM connection WHERE name = ?1")?.execute([name])? > 0)
        })
    }
}
