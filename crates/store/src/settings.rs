//! Settings: small JSON documents by name.

use rusqlite::{OptionalExtension, params};
use serde::Serialize;
use serde::de::DeserializeOwned;

use pillbox_model::Failure;

use crate::Store;
use crate::words::{from_json, json};

impl Store {
    /// The setting of this name; `None` when it was never set. A document that is no `T` is `DatabaseDamaged`.
    pub fn setting<T: DeserializeOwned>(&self, name: &str) -> Result<Option<T>, Failure> {
        self.read(|database| {
            let value: Option<String> = database
                .prepare_cached("SELECT value FROM setting WHERE name = ?1")?
                .query_row([name], |row| row.get(0))
                .optional()?;
            value.map(|value| from_json(&value)).transpose()
        })
    }

    /// Sets the setting of this name.
    pub fn set_setting<T: Serialize>(&self, name: &str, value: &T) -> Result<(), Failure> {
        let value = json(value)?;
        self.write(|database| {
            database
                .prepare_cached(
                    "INSERT INTO setting (name, value) VALUES (?1, ?2)
                     ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                )?
                .execute(params![name, value])?;
            Ok(())
        })
    }
}
