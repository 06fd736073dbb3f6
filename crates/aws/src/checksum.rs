//! SHA-256 as S3 writes it.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

/// The text of a checksum header.
pub(crate) fn to_header(sha256: &[u8; 32]) -> String {
    STANDARD.encode(sha256)
}

/// The checksum of a whole object; `None` for a checksum of part checksums (`…-N`).
pub(crate) fn from_header(text: &str) -> Option<[u8; 32]> {
    STANDARD.decode(text).ok()?.try_into().ok()
}

/// What S3 answers for an object that was sent in parts: the checksum of the parts' checksums and their
/// number (S3 User Guide, "Checking object integrity", composite checksums).
pub(crate) fn composite<'a>(parts: impl IntoIterator<Item = &'a [u8; 32]>) -> String {
    let mut all = Sha256::new();
    let mut number = 0_usize;
    for part in parts {
        all.update(part);
        number += 1;
    }
    format!("{}-{number}", STANDARD.encode(all.finalize()))
}
