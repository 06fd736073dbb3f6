//! What a practice adds to the managed identifiers: its own, and allow lists. Words of lists are what a person typed.

use pillbox_model::{AllowList, CustomIdentifier, Failure};
use rusqlite::{Transaction, params};

use crate::Store;
use crate::error::Error;
use crate::words::{from_json, json};

impl Store {
    /// The practice's own identifiers, by name.
    pub fn custom_identifiers(&self) -> Result<Vec<CustomIdentifier>, Failure> {
        self.bodies("SELECT body FROM custom_identifier ORDER BY name")
    }

    /// Saves identifiers in one transaction; those of the same names are replaced. The one called `replaces` goes.
    pub fn save_custom_identifiers(
        &self,
        identifiers: &[CustomIdentifier],
        replaces: Option<&str>,
    ) -> Result<(), Failure> {
        let bodies = identifiers.iter().map(json).collect::<Result<Vec<_>, _>>()?;
        self.write(|database| {
            if let Some(replaced) = replaces {
                remove(database, "DELETE FROM custom_identifier WHERE name = ?1", replaced)?;
            }
            let mut insert = database.prepare_cached(
                "INSERT INTO custom_identifier (name, body) VALUES (?1, ?2)
                 ON CONFLICT (name) DO UPDATE SET body = excluded.body",
            )?;
            for (identifier, body) in identifiers.iter().zip(&bodies) {
                insert.execute(params![identifier.name, body])?;
            }
            Ok(())
        })
    }

    /// Removes an identifier; says whether there was one.
    pub fn remove_custom_identifier(&self, name: &str) -> Result<bool, Failure> {
        self.write(|database| remove(database, "DELETE FROM custom_identifier WHERE name = ?1", name))
    }

    /// The allow lists, by name.
    pub fn allow_lists(&self) -> Result<Vec<AllowList>, Failure> {
        self.bodies("SELECT body FROM allow_list ORDER BY name")
    }

    /// Saves an allow list; one of the same name is replaced.
    pub fn save_allow_list(&self, list: &AllowList) -> Result<(), Failure> {
        let body = json(list)?;
        self.write(|database| {
            database
                .prepare_cached(
                    "INSERT INTO allow_list (name, body) VALUES (?1, ?2)
                     ON CONFLICT (name) DO UPDATE SET body = excluded.body",
                )?
                .execute(params![list.name, body])?;
            Ok(())
        })
    }

    /// Removes an allow list; says whether there was one.
    pub fn remove_allow_list(&self, name: &str) -> Result<bool, Failure> {
        self.write(|database| remove(database, "DELETE FROM allow_list WHERE name = ?1", name))
    }

    fn bodies<T: serde::de::DeserializeOwned>(&self, select: &str) -> Result<Vec<T>, Failure> {
        self.read(|database| {
            let mut statement = database.prepare_cached(select)?;
            let mut rows = statement.query([])?;
            let mut bodies = Vec::new();
            while let Some(row) = rows.next()? {
                bodies.push(from_json(&row.get::<_, String>(0)?)?);
            }
            Ok(bodies)
        })
    }
}

fn remove(database: &Transaction<'_>, delete: &str, name: &str) -> Result<bool, Error> {
    Ok(database.prepare_cached(delete)?.execute([name])? > 0)
}
