//! The files below what a person chose.

use std::ffi::OsStr;
use std::fs::{self, FileType};
use std::path::{MAIN_SEPARATOR, Path, PathBuf};

use pillbox_model::SkipReason;
use unicode_normalization::UnicodeNormalization as _;
use walkdir::{DirEntry, WalkDir};

use crate::open::skip_reason;

/// A regular file. Its path may name a patient, so it does not print itself.
#[derive(Clone, PartialEq, Eq)]
pub struct FoundFile {
    /// Where it lies.
    pub path: PathBuf,
    /// Its path below the root, with `/`, in NFC; without the root's own name. For a root that is a file,
    /// its name.
    pub relative: String,
}

impl FoundFile {
    /// Its size in bytes at this moment.
    ///
    /// # Errors
    ///
    /// What [`skip_reason`](crate::skip_reason) makes of the answer when it can't be asked.
    pub fn size(&self) -> Result<u64, SkipReason> {
        fs::symlink_metadata(&self.path).map(|metadata| metadata.len()).map_err(|e| skip_reason(&e))
    }
}

/// What [`walk`] came across.
#[derive(Clone, PartialEq, Eq)]
pub enum Entry {
    /// A file to read.
    File(FoundFile),
    /// Something that will not be read, and why. Counted and shown, never left out silently.
    Skipped {
        /// Where it lies.
        path: PathBuf,
        /// Its path below the root, with `/`; for display only: what is no Unicode is replaced.
        relative: String,
        /// Why.
        reason: SkipReason,
    },
}

/// Every file below `root`, or `root` itself when it is a file; lazily, and in the order of the names
/// within each folder, so that two walks of the same folder are alike. In memory at any time are the names
/// of the folders on the way down, one folder a level.
///
/// Links are skipped (`SymbolicLink`), so that nothing outside of the root is read; a root that is itself
/// a link is resolved, since a person chose it. What an operating system or an office program leaves
/// behind for itself (`.DS_Store`, `Thumbs.db`, `ehthumbs.db`, `desktop.ini`, `~$…` lock files) is skipped as
/// `UnsupportedFileType`; other hidden files are files. A name that is no Unicode is `NameNotUsable`, a folder
/// that may not be listed `PermissionDenied`, sockets, pipes and devices `NotARegularFile`, and what is gone,
/// the root included, `SourceObjectNoLongerAvailable`.
pub fn walk(root: &Path) -> impl Iterator<Item = Entry> + Send + use<> {
    let chosen = root.to_path_buf();
    let (start, refused) = match resolve(root) {
        Ok(start) => (Some(start), None),
        Err(reason) => (None, Some(skipped(root, below(root, root, &chosen), reason))),
    };
    let below = start.into_iter().flat_map(move |start| {
        let chosen = chosen.clone();
        WalkDir::new(&start)
            .follow_links(false)
            // Siblings differ in their names alone: comparing whole paths spares cutting the names out.
            .sort_by(|one, other| one.path().as_os_str().cmp(other.path().as_os_str()))
            .into_iter()
            .filter_map(move |step| entry(step, &start, &chosen))
    });
    refused.into_iter().chain(below)
}

/// The root itself, or what it leads to when it is a link.
fn resolve(root: &Path) -> Result<PathBuf, SkipReason> {
    let metadata = fs::symlink_metadata(root).map_err(|e| skip_reason(&e))?;
    if !metadata.is_symlink() {
        return Ok(root.to_path_buf());
    }
    fs::canonicalize(root).map_err(|e| skip_reason(&e))
}

/// What one step of the walk means; `None` for a folder, whose content follows.
fn entry(step: walkdir::Result<DirEntry>, start: &Path, chosen: &Path) -> Option<Entry> {
    let found = match step {
        Ok(found) => found,
        Err(error) => {
            let reason = error.io_error().map_or(SkipReason::SymbolicLink, skip_reason);
            let path = error.path().unwrap_or(start);
            return Some(skipped(path, below(path, start, chosen), reason));
        }
    };
    let path = found.path();
    let relative = below(path, start, chosen);
    if found.file_type().is_dir() {
        return None;
    }
    match file(&found, relative) {
        Ok(file) => Some(Entry::File(file)),
        Err(reason) => Some(skipped(path, relative, reason)),
    }
}

fn file(found: &DirEntry, relative: &Path) -> Result<FoundFile, SkipReason> {
    refuse_type(found.file_type())?;
    let relative = written(relative).ok_or(SkipReason::NameNotUsable)?;
    if is_litter(found.file_name()) {
        return Err(SkipReason::UnsupportedFileType);
    }
    Ok(FoundFile { path: found.path().to_path_buf(), relative })
}

fn refuse_type(kind: FileType) -> Result<(), SkipReason> {
    match kind {
        kind if kind.is_symlink() => Err(SkipReason::SymbolicLink),
        kind if kind.is_file() => Ok(()),
        _ => Err(SkipReason::NotARegularFile),
    }
}

/// The part of `path` below the root; for the root itself the name that was chosen.
fn below<'a>(path: &'a Path, start: &Path, chosen: &'a Path) -> &'a Path {
    match path.strip_prefix(start) {
        Ok(rest) if !rest.as_os_str().is_empty() => rest,
        _ => chosen.file_name().map_or(chosen, Path::new),
    }
}

/// A path below the root as it is written everywhere; `None` when a name is no Unicode.
fn written(relative: &Path) -> Option<String> {
    let name = relative.to_str()?;
    let name = if MAIN_SEPARATOR == '/' { name.to_owned() } else { name.replace(MAIN_SEPARATOR, "/") };
    Some(if name.is_ascii() { name } else { name.nfc().collect() })
}

fn skipped(path: &Path, relative: &Path, reason: SkipReason) -> Entry {
    let relative =
        written(relative).unwrap_or_else(|| relative.iter().map(OsStr::to_string_lossy).collect::<Vec<_>>().join("/"));
    Entry::Skipped { path: path.to_path_buf(), relative, reason }
}

/// What an operating system or an office program leaves behind for itself. Windows ignores case in names.
fn is_litter(name: &OsStr) -> bool {
    const NAMES: [&str; 4] = [".ds_store", "thumbs.db", "ehthumbs.db", "desktop.ini"];
    let Some(name) = name.to_str() else { return false };
    name.starts_with("~$") || NAMES.iter().any(|litter| name.eq_ignore_ascii_case(litter))
}
