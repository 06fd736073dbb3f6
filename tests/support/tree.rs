//! Files and their bytes.

use std::fs;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

/// Every file below a folder.
pub fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.expect("the folder can be read").path();
        if path.is_dir() {
            files.extend(files_below(&path));
        } else {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// Whether a file holds some bytes.
pub fn holds_bytes(file: &Path, bytes: &[u8]) -> bool {
    let content = fs::read(file).unwrap_or_default();
    content.windows(bytes.len()).any(|window| window == bytes)
}

/// A file's SHA-256 in hexadecimal.
pub fn sha256_of(file: &Path) -> String {
    hex::encode(Sha256::digest(fs::read(file).expect("the file can be read")))
}
