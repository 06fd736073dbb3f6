//! Looking through a watch folder: which files have come to rest.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant, SystemTime};

use pillbox_files::{Entry, FileStamp, Settling, is_temporary};
use pillbox_model::SkipReason;

/// Who looks through one folder again and again. What was handed over is remembered by size and times until the end of the
/// program; the next start looks at the bytes.
pub(super) struct Looking {
    folder: PathBuf,
    began: Instant,
    settling: Settling,
    /// What is no file to read, told once.
    told: HashSet<PathBuf>,
}

/// What one look came to.
#[derive(Default)]
pub(super) struct Looked {
    /// What is to be taken.
    pub ready: Vec<Entry>,
    /// Files whose writer has not finished.
    pub unfinished: u64,
}

impl Looking {
    pub(super) fn new(folder: &Path, settle: Duration) -> Self {
        Self {
            folder: folder.to_path_buf(),
            began: Instant::now(),
            settling: Settling::new(settle),
            told: HashSet::new(),
        }
    }

    /// Looks through the folder; `None` when it is not there. Blocks.
    pub(super) fn look(&mut self) -> Option<Looked> {
        if !self.folder.is_dir() {
            return None;
        }
        let (now, today) = (self.began.elapsed(), SystemTime::now());
        let (mut looked, mut there) = (Looked::default(), HashSet::new());
        for entry in pillbox_files::walk(&self.folder) {
            match &entry {
                Entry::File(file) if file.path.file_name().is_some_and(is_temporary) => looked.unfinished += 1,
                Entry::File(file) => {
                    // Gone since the folder was listed.
                    let Ok(metadata) = fs::symlink_metadata(&file.path) else { continue };
                    let stamp = FileStamp::of(&metadata);
                    there.insert(file.path.clone());
                    if self.settling.look(&file.path, stamp, stamp.rests_since(today), now) {
                        looked.ready.push(entry);
                    }
                }
                // What programs and systems leave behind for themselves is nobody's file.
                Entry::Skipped { reason: SkipReason::UnsupportedFileType, .. } => {}
                Entry::Skipped { path, .. } => {
                    if self.told.insert(path.clone()) {
                        looked.ready.push(entry);
                    }
                }
            }
        }
        self.settling.keep(|path| there.contains(path));
        looked.unfinished += self.settling.moving() as u64;
        Some(looked)
    }

    /// What was to be taken could not be: it is handed over again.
    pub(super) fn not_taken(&mut self, entries: &[Entry]) {
        for entry in entries {
            match entry {
                Entry::File(file) => self.settling.gone(&file.path),
                Entry::Skipped { path, .. } => drop(self.told.remove(path)),
            }
        }
    }

    /// Whether a file may come to rest soon.
    pub(super) fn is_waiting(&self) -> bool {
        self.settling.moving() > 0
    }
}
