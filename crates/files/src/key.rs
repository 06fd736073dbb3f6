//! Under which key a file will lie.

use pillbox_model::{ErrorCode, Failure, SkipReason};
use thiserror::Error;
use unicode_normalization::UnicodeNormalization as _;

/// The longest key that S3 takes, in bytes of UTF-8 (S3 User Guide, "Naming Amazon S3 objects").
const LONGEST_KEY: usize = 1024;

/// Why a prefix can't be used.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PrefixError {
    /// A placeholder that there is not, or a brace without its counterpart.
    #[error("unknown placeholder")]
    UnknownPlaceholder(String),
    /// A folder without a name, or named `.` or `..`, or a name with control characters.
    #[error("a folder of the prefix has no usable name")]
    FolderName,
    /// It alone would fill a key.
    #[error("longer than 1,023 bytes")]
    TooLong,
}

impl From<PrefixError> for Failure {
    fn from(_: PrefixError) -> Self {
        Self::about(ErrorCode::InvalidInput, "prefix")
    }
}

/// The key of a file: `prefix`, then the path `relative` below the root, with `\` as `/` and in NFC. A
/// prefix without its closing `/` gets one.
///
/// Spaces, quotes, emoji and every other printable character stay as they are. Control characters, line
/// breaks among them, are refused although S3 takes them: XML can't carry most of them, so that listings
/// come back altered (S3 User Guide, "Naming Amazon S3 objects").
///
/// # Errors
///
/// `NameNotUsable`: a name in the path is empty, `.` or `..`, has a control character, or the key would be
/// longer than 1,024 bytes.
pub fn object_key(prefix: &str, relative: &str) -> Result<String, SkipReason> {
    let prefix = composed(prefix);
    let folders = prefix.strip_suffix('/').unwrap_or(&prefix);
    let mut key = String::new();
    if !folders.is_empty() {
        key.push_str(folders);
        key.push('/');
    } else if !prefix.is_empty() {
        return Err(SkipReason::NameNotUsable);
    }
    key.push_str(&composed(relative));
    if key.len() > LONGEST_KEY || !key.split('/').all(is_usable_name) {
        return Err(SkipReason::NameNotUsable);
    }
    Ok(key)
}

/// A prefix with the date filled in: `{yyyy}`, `{mm}` and `{dd}` become the year (four digits), month and day
/// (two). The result is empty or ends with `/`, and never begins with it; `\` becomes `/`, text becomes NFC.
///
/// # Errors
///
/// [`PrefixError`] says what is wrong with the template.
pub fn expand_prefix(template: &str, (year, month, day): (i32, u8, u8)) -> Result<String, PrefixError> {
    let mut filled = String::with_capacity(template.len());
    let mut rest = template;
    while let Some(at) = rest.find(['{', '}']) {
        filled.push_str(&rest[..at]);
        let inner = placeholder(&rest[at..]).ok_or_else(|| PrefixError::UnknownPlaceholder(rest[at..].to_owned()))?;
        match inner {
            "yyyy" => filled.push_str(&format!("{year:04}")),
            "mm" => filled.push_str(&format!("{month:02}")),
            "dd" => filled.push_str(&format!("{day:02}")),
            unknown => return Err(PrefixError::UnknownPlaceholder(format!("{{{unknown}}}"))),
        }
        rest = &rest[at + inner.len() + 2..];
    }
    filled.push_str(rest);
    let filled = composed(filled.trim());
    let folders = filled.trim_start_matches('/');
    let folders = folders.strip_suffix('/').unwrap_or(folders);
    if folders.is_empty() {
        return Ok(String::new());
    }
    if !folders.split('/').all(is_usable_name) {
        return Err(PrefixError::FolderName);
    }
    // A key needs at least one byte behind it.
    if folders.len() + 1 >= LONGEST_KEY {
        return Err(PrefixError::TooLong);
    }
    Ok(format!("{folders}/"))
}

/// What stands between the braces that `text` begins with.
fn placeholder(text: &str) -> Option<&str> {
    let inner = text.strip_prefix('{')?;
    let end = inner.find('}')?;
    Some(&inner[..end])
}

fn composed(path: &str) -> String {
    path.nfc().map(|c| if c == '\\' { '/' } else { c }).collect()
}

fn is_usable_name(name: &str) -> bool {
    !name.is_empty() && name != "." && name != ".." && !name.chars().any(char::is_control)
}
