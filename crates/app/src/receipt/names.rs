//! Names and keys in a receipt: as digests that only who has the salt can try names on, and as they are shown.

use pillbox_model::{Concern, UploadFile};
use sha2::{Digest, Sha256};

use crate::app::App;
use crate::names::hidden_name;

/// Makes the digests of one upload's names.
///
/// A digest is the SHA-256 of salt, number, name and key, name and key each preceded by its length in bytes; number and
/// lengths are 8 bytes, big-endian. The salt is 32 random bytes that leave the database in exports with names alone: names
/// are so few that a digest without it would tell them to whoever tries a list of patients.
#[derive(Clone, Copy)]
pub(super) struct NameDigests(pub(super) [u8; 32]);

impl NameDigests {
    pub(super) fn of(&self, number: u64, name: &str, key: &str) -> String {
        let mut digest = Sha256::new();
        digest.update(self.0);
        digest.update(number.to_be_bytes());
        for part in [name, key] {
            digest.update((part.len() as u64).to_be_bytes());
            digest.update(part);
        }
        hex::encode(digest.finalize())
    }

    /// The digest of the prefix, which has the number that no file has.
    pub(super) fn of_prefix(&self, prefix: &str) -> String {
        self.of(0, prefix, "")
    }
}

/// How names are shown in what people read.
#[derive(Clone, Copy)]
pub(super) struct Shown<'a> {
    pub(super) app: &'a App,
    /// Whether names that tell a patient's are shown as well.
    pub(super) reveal: bool,
    /// Whether the keys of such files were made neutral.
    pub(super) neutral: bool,
}

impl Shown<'_> {
    pub(super) fn name(&self, file: &UploadFile) -> String {
        self.unless(self.tells(file), &file.relative)
    }

    pub(super) fn key(&self, file: &UploadFile) -> String {
        let is_neutral = self.neutral && file.sent_sha256.is_some();
        self.unless(!is_neutral && self.tells(file), &file.key)
    }

    pub(super) fn prefix(&self, prefix: &str) -> String {
        self.unless(self.app.may_name_a_patient(prefix), prefix)
    }

    /// What was not looked into was not compared with its name; where another patient is in a file than its name says, the
    /// name says who.
    fn tells(&self, file: &UploadFile) -> bool {
        match file.sha256 {
            Some(_) => file.name_in_key || file.concerns.contains(&Concern::OtherPatient),
            None => self.app.may_name_a_patient(&file.relative),
        }
    }

    fn unless(&self, tells: bool, name: &str) -> String {
        if tells && !self.reveal { hidden_name(name) } else { name.to_owned() }
    }
}
