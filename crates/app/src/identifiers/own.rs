//! The practice's own identifiers: saved, deleted, taken from a file and written to one.

use std::path::Path;
use std::sync::Arc;

use pillbox_detect::{Engine, Selection};
use pillbox_model::{CustomIdentifier, ErrorCode, Failure, IdentifierId};

use super::{exchange, failure};
use crate::app::App;
use crate::identifiers::list::own_row;
use crate::wire::{ExportFormat, Exported, IdentifierRow};

/// The most bytes of a file of identifiers: some thousand of them.
const MOST_BYTES: u64 = 4 * 1024 * 1024;

impl App {
    /// Saves an identifier; one of the same name, and the one that it `replaces`, go.
    ///
    /// # Errors
    /// [`ErrorCode::NameTaken`], [`ErrorCode::PatternNotSupported`] or [`ErrorCode::IdentifierNotUsable`] about the
    /// field; what the store says.
    pub fn save_identifier(
        self: &Arc<Self>,
        identifier: &CustomIdentifier,
        replaces: Option<&str>,
    ) -> Result<IdentifierRow, Failure> {
        self.keep_identifiers(std::slice::from_ref(identifier), replaces)?;
        self.record("identifier.saved", &identifier.name, serde_json::json!({ "replaces": replaces }))?;
        Ok(own_row(identifier, &self.rules(), None))
    }

    /// Deletes an identifier.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`] about the name; what the store says.
    pub fn delete_identifier(self: &Arc<Self>, name: &str) -> Result<Vec<IdentifierRow>, Failure> {
        if !self.store.remove_custom_identifier(name)? {
            return Err(Failure::about(ErrorCode::NotFound, name));
        }
        self.change_rules(|rules| {
            let id = IdentifierId::parse(name);
            rules.off.remove(&id);
            rules.identifiers.remove(&id);
        })?;
        self.record("identifier.deleted", name, serde_json::Value::Null)?;
        self.identifier_rows()
    }

    /// Takes identifiers from a file, TOML or Macie's JSON by its content; all of them or none.
    ///
    /// # Errors
    /// [`ErrorCode::SourceUnreadable`]; [`ErrorCode::IdentifiersNotUnderstood`] about the place in the file; as with
    /// [`App::save_identifier`].
    pub fn import_identifiers(self: &Arc<Self>, file: &Path) -> Result<Vec<IdentifierRow>, Failure> {
        let identifiers = exchange::read(&read_text(file, MOST_BYTES)?)?;
        self.keep_identifiers(&identifiers, None)?;
        let names: Vec<&str> = identifiers.iter().map(|identifier| identifier.name.as_str()).collect();
        self.record("identifiers.imported", "", serde_json::json!({ "names": names }))?;
        let rules = self.rules();
        Ok(identifiers.iter().map(|identifier| own_row(identifier, &rules, None)).collect())
    }

    /// Identifiers as a file; all where none is named.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`] about a name that there is not.
    pub fn export_identifiers(&self, names: &[String], format: ExportFormat) -> Result<Exported, Failure> {
        let identifiers = match names {
            [] => self.store.custom_identifiers()?,
            names => names.iter().map(|name| self.own_identifier(name)).collect::<Result<_, _>>()?,
        };
        exchange::write(&identifiers, format)
    }

    /// As [`App::export_identifiers`], into a file that a person named; one that is there is replaced.
    ///
    /// # Errors
    /// As [`App::export_identifiers`]; [`ErrorCode::InvalidInput`] about the folder where it can't be written.
    pub fn export_identifiers_to(
        &self,
        names: &[String],
        format: ExportFormat,
        file: &Path,
    ) -> Result<Exported, Failure> {
        let exported = self.export_identifiers(names, format)?;
        let unwritable = |_| Failure::about(ErrorCode::InvalidInput, "the file can't be written there");
        std::fs::write(file, &exported.text).map_err(unwritable)?;
        Ok(exported)
    }

    /// Keeps identifiers after all are looked at together.
    pub(super) fn keep_identifiers(
        self: &Arc<Self>,
        new: &[CustomIdentifier],
        replaces: Option<&str>,
    ) -> Result<(), Failure> {
        let stays =
            |own: &CustomIdentifier| new.iter().all(|new| new.name != own.name) && replaces != Some(own.name.as_str());
        let mut all: Vec<_> = self.store.custom_identifiers()?.into_iter().filter(stays).collect();
        all.extend_from_slice(new);
        // What could not be used before does not keep others from being saved.
        let problems = self.problems();
        all.retain(|own| new.contains(own) || !problems.identifiers.contains_key(&own.name));
        Engine::with(Selection { custom: &all, ..Selection::default() })
            .map_err(|error| failure(&error, ErrorCode::IdentifierNotUsable))?;
        self.store.save_custom_identifiers(new, replaces)?;
        let renamed = replaces.filter(|replaced| new.iter().all(|new| new.name != *replaced));
        if let (Some(replaced), [new]) = (renamed, new) {
            let (old, id) = (IdentifierId::parse(replaced), new.id());
            return self.change_rules(|rules| {
                if rules.off.remove(&old) {
                    rules.off.insert(id.clone());
                }
                if let Some(disposition) = rules.identifiers.remove(&old) {
                    rules.identifiers.insert(id, disposition);
                }
            });
        }
        self.look_anew()
    }
}

/// The text of a file that a person named.
///
/// # Errors
/// [`ErrorCode::SourceUnreadable`] where it can't be read, is too large, or is no text.
pub(super) fn read_text(file: &Path, most: u64) -> Result<String, Failure> {
    use std::io::Read;
    let mut bytes = Vec::new();
    let mut opened = pillbox_files::open(file).map_err(|_| ErrorCode::SourceUnreadable)?;
    opened.by_ref().take(most + 1).read_to_end(&mut bytes).map_err(|_| ErrorCode::SourceUnreadable)?;
    if bytes.len() as u64 > most {
        return Err(Failure::about(ErrorCode::InvalidInput, format!("the file has more than {most} bytes")));
    }
    let text = pillbox_files::decode(&bytes).map_err(|_| ErrorCode::SourceUnreadable)?;
    Ok(text.as_str().to_owned())
}
