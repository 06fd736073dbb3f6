//! Writing the files of an upload.

use pillbox_model::{ErrorCode, Failure, FileState, UploadFile};
use rusqlite::{Connection, OptionalExtension, params};

use super::totals;
use super::uploads::require;
use crate::Store;
use crate::error::{Error, is_taken};
use crate::words::{from_json, json, word};

impl Store {
    /// Adds files to the upload, all or none; says how many were added. The caller numbers them (see
    /// [`Store::last_file_number`]). A source that the upload has already is left as it is, so that the
    /// chosen folders can be walked again after the program was killed.
    ///
    /// # Errors
    ///
    /// `NotFound` when there is no such upload; `InvalidInput` about `number` when another file has it.
    pub fn add_files(&self, upload: &str, files: &[UploadFile]) -> Result<u64, Failure> {
        self.write(|database| {
            let upload = require(database, upload)?;
            let mut added = 0;
            for file in files {
                added += u64::from(insert(database, upload, file)?);
            }
            Ok(added)
        })
    }

    /// The greatest number of a file in the upload; 0 when it has none.
    ///
    /// # Errors
    ///
    /// `NotFound` when there is no such upload.
    pub fn last_file_number(&self, upload: &str) -> Result<u64, Failure> {
        self.read(|database| {
            let upload = require(database, upload)?;
            Ok(database
                .prepare_cached("SELECT coalesce(max(number), 0) FROM upload_file WHERE upload = ?1")?
                .query_row([upload], |row| row.get(0))?)
        })
    }

    /// Marks every file that nothing was sent of and whose key another file of this upload has as `Failed`
    /// with `KeyTaken`; says how many. Files that were left out or could not be read take no key. What was
    /// marked before and clashes no more is `Found` again.
    ///
    /// # Errors
    ///
    /// `NotFound` when there is no such upload.
    pub fn mark_key_clashes(&self, upload: &str) -> Result<u64, Failure> {
        self.write(|database| {
            let upload = require(database, upload)?;
            database
                .prepare_cached(
                    "UPDATE upload_file SET state = ?2, code = NULL WHERE upload = ?1 AND state = ?3 AND code = ?4",
                )?
                .execute(params![
                    upload,
                    word(&FileState::Found)?,
                    word(&FileState::Failed)?,
                    word(&ErrorCode::KeyTaken)?,
                ])?;
            let marked = database
                .prepare_cached(
                    "UPDATE upload_file SET state = ?2, code = ?3
                     WHERE upload = ?1 AND state IN (?4, ?5, ?6) AND key IN (
                         SELECT key FROM upload_file WHERE upload = ?1 AND state NOT IN (?7, ?8)
                         GROUP BY key HAVING count(*) > 1)",
                )?
                .execute(params![
                    upload,
                    word(&FileState::Failed)?,
                    word(&ErrorCode::KeyTaken)?,
                    word(&FileState::Found)?,
                    word(&FileState::Ready)?,
                    word(&FileState::NeedsDecision)?,
                    word(&FileState::LeftOut)?,
                    word(&FileState::Unreadable)?,
                ])?;
            Ok(marked as u64)
        })
    }

    /// Writes the file of this number again.
    ///
    /// # Errors
    ///
    /// `NotFound` when there is no such upload or no such file; `InvalidInput` about `source` when another file
    /// has it.
    pub fn update_file(&self, upload: &str, file: &UploadFile) -> Result<(), Failure> {
        self.update_files(upload, std::slice::from_ref(file))
    }

    /// Writes the files of these numbers again, all or none. Errors as with [`Store::update_file`].
    pub fn update_files(&self, upload: &str, files: &[UploadFile]) -> Result<(), Failure> {
        self.write(|database| {
            let upload = require(database, upload)?;
            files.iter().try_for_each(|file| update(database, upload, file))
        })
    }
}

/// Says whether the file was added; not when the upload has its source already.
pub(crate) fn insert(database: &Connection, upload: i64, file: &UploadFile) -> Result<bool, Error> {
    let inserted = database
        .prepare_cached(
            "INSERT INTO upload_file (upload, number, source, relative, key, size, state, code, skip, counts,
                                      name_in_key, decision, sha256, sent_sha256, e_tag, version_id, concerns, in_place,
                                      proof, on_conflict)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20)
             ON CONFLICT (upload, source) DO NOTHING",
        )?
        .execute(params![
            upload,
            file.number,
            file.source,
            file.relative,
            file.key,
            file.size,
            word(&file.state)?,
            file.code.as_ref().map(word).transpose()?,
            file.skip.as_ref().map(word).transpose()?,
            json(&file.counts)?,
            file.name_in_key,
            file.decision.as_ref().map(json).transpose()?,
            file.sha256,
            file.sent_sha256,
            file.e_tag,
            file.version_id,
            json(&file.concerns)?,
            file.in_place,
            file.proof.as_ref().map(word).transpose()?,
            file.on_conflict.as_ref().map(word).transpose()?,
        ]);
    let is_new = match inserted {
        Err(error) if is_taken(&error) => return Err(Failure::about(ErrorCode::InvalidInput, "number").into()),
        other => other? > 0,
    };
    if is_new {
        totals::recount(database, upload, &[], &file.counts)?;
    }
    Ok(is_new)
}

pub(crate) fn update(database: &Connection, upload: i64, file: &UploadFile) -> Result<(), Error> {
    let before: Option<String> = database
        .prepare_cached("SELECT counts FROM upload_file WHERE upload = ?1 AND number = ?2")?
        .query_row(params![upload, file.number], |row| row.get(0))
        .optional()?;
    let before = before.ok_or(ErrorCode::NotFound)?;
    let counts = json(&file.counts)?;
    if before != counts {
        totals::recount(database, upload, &from_json::<Vec<_>>(&before)?, &file.counts)?;
    }
    let updated = database
        .prepare_cached(
            "UPDATE upload_file SET source = ?3, relative = ?4, key = ?5, size = ?6, state = ?7, code = ?8, skip = ?9,
                    counts = ?10, name_in_key = ?11, decision = ?12, sha256 = ?13, sent_sha256 = ?14, e_tag = ?15,
                    version_id = ?16, concerns = ?17, in_place = ?18, proof = ?19, on_conflict = ?20
             WHERE upload = ?1 AND number = ?2",
        )?
        .execute(params![
            upload,
            file.number,
            file.source,
            file.relative,
            file.key,
            file.size,
            word(&file.state)?,
            file.code.as_ref().map(word).transpose()?,
            file.skip.as_ref().map(word).transpose()?,
            counts,
            file.name_in_key,
            file.decision.as_ref().map(json).transpose()?,
            file.sha256,
            file.sent_sha256,
            file.e_tag,
            file.version_id,
            json(&file.concerns)?,
            file.in_place,
            file.proof.as_ref().map(word).transpose()?,
            file.on_conflict.as_ref().map(word).transpose()?,
        ]);
    match updated {
        Err(error) if is_taken(&error) => Err(Failure::about(ErrorCode::InvalidInput, "source").into()),
        other => Ok(other.map(drop)?),
    }
}
