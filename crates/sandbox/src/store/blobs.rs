//! The files of large bodies, and which of them are being read.

use std::collections::{HashMap, HashSet};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::fs::File;
use tokio::io::AsyncWriteExt;
use uuid::Uuid;

use crate::owner_only;

/// The folder of bodies, and the folder where they are written before they have their name.
pub(crate) struct Blobs {
    kept: PathBuf,
    incoming: PathBuf,
    pins: Arc<Mutex<Pins>>,
}

/// Files that are being read are deleted when the last reader has gone.
#[derive(Default)]
struct Pins {
    readers: HashMap<String, usize>,
    doomed: HashSet<String>,
}

impl Blobs {
    pub(crate) fn open(directory: &Path) -> io::Result<Self> {
        let kept = directory.join("blobs");
        let incoming = directory.join("incoming");
        owner_only::create_directory(&kept)?;
        owner_only::create_directory(&incoming)?;
        Ok(Self { kept, incoming, pins: Arc::default() })
    }

    pub(crate) async fn start(&self) -> io::Result<BlobWriter> {
        let name = Uuid::new_v4().simple().to_string();
        let unfinished = Unfinished { path: Some(self.incoming.join(&name)) };
        let file = File::create_new(self.incoming.join(&name)).await?;
        Ok(BlobWriter { file, unfinished, finished: self.kept.join(&name), name })
    }

    /// Deletes every file that is not among the known ones.
    pub(crate) fn sweep(&self, known: &HashSet<String>) {
        for folder in [&self.incoming, &self.kept] {
            let Ok(entries) = std::fs::read_dir(folder) else { continue };
            for entry in entries.flatten() {
                let name = entry.file_name().to_string_lossy().into_owned();
                if folder == &self.incoming || !known.contains(&name) {
                    // What cannot be deleted stays until the next start; it is in nobody's way.
                    drop(std::fs::remove_file(entry.path()));
                }
            }
        }
    }

    /// Runs the look-up while no file can be deleted, and pins the files that it names.
    pub(crate) fn pin<T, E>(
        &self,
        look_up: impl FnOnce() -> Result<(T, Vec<String>), E>,
    ) -> Result<(T, Vec<PinnedFile>), E> {
        let mut pins = locked(&self.pins);
        let (result, names) = look_up()?;
        let files = names
            .into_iter()
            .map(|name| {
                *pins.readers.entry(name.clone()).or_default() += 1;
                PinnedFile { path: self.kept.join(&name), name, pins: Arc::clone(&self.pins) }
            })
            .collect();
        Ok((result, files))
    }

    /// Deletes the files of bodies that no row names any more.
    pub(crate) fn delete(&self, names: Vec<String>) {
        let mut pins = locked(&self.pins);
        for name in names {
            if pins.readers.contains_key(&name) {
                pins.doomed.insert(name);
            } else {
                drop(std::fs::remove_file(self.kept.join(&name)));
            }
        }
    }
}

fn locked(pins: &Mutex<Pins>) -> MutexGuard<'_, Pins> {
    pins.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A file that stays for as long as this value lives.
pub(crate) struct PinnedFile {
    pub(crate) path: PathBuf,
    pub(crate) name: String,
    pins: Arc<Mutex<Pins>>,
}

impl Drop for PinnedFile {
    fn drop(&mut self) {
        let mut pins = locked(&self.pins);
        let Some(count) = pins.readers.get_mut(&self.name) else { return };
        *count -= 1;
        if *count == 0 {
            pins.readers.remove(&self.name);
            if pins.doomed.remove(&self.name) {
                drop(std::fs::remove_file(&self.path));
            }
        }
    }
}

/// A body on its way into a file. Dropped before it is finished, it leaves nothing.
pub(crate) struct BlobWriter {
    file: File,
    unfinished: Unfinished,
    finished: PathBuf,
    name: String,
}

struct Unfinished {
    path: Option<PathBuf>,
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        if let Some(path) = self.path.take() {
            drop(std::fs::remove_file(path));
        }
    }
}

impl BlobWriter {
    pub(crate) async fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.file.write_all(bytes).await
    }

    /// Gives the file its place among the bodies, and answers its name.
    pub(crate) async fn finish(mut self) -> io::Result<String> {
        self.file.flush().await?;
        drop(self.file);
        if let Some(path) = self.unfinished.path.take() {
            tokio::fs::rename(path, &self.finished).await?;
        }
        Ok(self.name)
    }
}
