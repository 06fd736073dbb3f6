//! Sample prescriptions: invented people, real formats, valid check digits; the same each time.
//!
//! Most are what a prescription should be. Four hold what should not be in one: a payment card,
//! a bank account, a tax file number, and an access key with its secret. Two files are named
//! after their patient. Three are in Windows-1252 and one is in UTF-16, as older programs of
//! practices write them.

mod bucket;
mod encodings;
mod numbers;
mod people;
mod text;

use std::io;
use std::path::{Path, PathBuf};

use self::encodings::Encoding;
use self::numbers::Digits;
use self::text::{Extra, Prescription};

pub use self::bucket::BUCKET;

/// How many prescriptions there are.
const COUNT: u64 = 40;

/// One sample prescription as a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SampleFile {
    /// The file's name, without a folder.
    pub name: String,
    /// The file's content, in the encoding that the file is in.
    pub bytes: Vec<u8>,
}

/// The sample prescriptions, in the order of their numbers.
#[must_use]
pub fn prescriptions() -> Vec<SampleFile> {
    (1..=COUNT).map(file).collect()
}

/// Writes the sample prescriptions into the folder, which is created where it is missing, and
/// answers their paths. Files of the same names that are there already are left as they are.
///
/// # Errors
///
/// What the operating system says where the folder or a file cannot be written.
pub fn write_to(folder: &Path) -> io::Result<Vec<PathBuf>> {
    std::fs::create_dir_all(folder)?;
    let mut paths = Vec::new();
    for file in prescriptions() {
        let path = folder.join(&file.name);
        match std::fs::File::create_new(&path) {
            Ok(mut created) => io::Write::write_all(&mut created, &file.bytes)?,
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
        paths.push(path);
    }
    Ok(paths)
}

fn file(number: u64) -> SampleFile {
    let mut digits = Digits::new(number);
    let extra = match number {
        9 => Extra::Card,
        16 => Extra::BankAccount,
        23 => Extra::TaxFileNumber,
        31 => Extra::AccessKey,
        _ => Extra::Nothing,
    };
    let encoding = match number {
        6 | 18 | 29 => Encoding::Windows1252,
        35 => Encoding::Utf16,
        _ => Encoding::Utf8,
    };
    let prescription = Prescription::invent(number, &mut digits);
    let name = match number {
        12 | 27 => prescription.name_after_the_patient(),
        _ => format!("rx-{}-{number:04}.txt", prescription.date.replace('-', "")),
    };
    let text = prescription.write(extra, &mut digits);
    SampleFile { name, bytes: encoding.encode(&text) }
}
