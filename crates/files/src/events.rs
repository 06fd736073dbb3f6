//! What the operating system says of a folder. It says nothing of what others change on a network folder, and may lose count:
//! who listens looks through the folder itself now and then.

use std::path::Path;

use notify::{Config, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

/// The system's word on a folder and all below it, until dropped.
pub struct FolderEvents {
    _watcher: RecommendedWatcher,
}

impl FolderEvents {
    /// Calls `tell` whenever something happened in a folder that only a look through it can name, a lost count included.
    /// `None` where the system can't say anything of the folder.
    pub fn of(folder: &Path, tell: impl Fn() + Send + 'static) -> Option<Self> {
        let heard = move |event: notify::Result<notify::Event>| {
            // Who reads is told of, we among them, and changes nothing.
            if !event.is_ok_and(|event| matches!(event.kind, EventKind::Access(_))) {
                tell();
            }
        };
        // What links lead to is not read either.
        let mut watcher = RecommendedWatcher::new(heard, Config::default().with_follow_symlinks(false)).ok()?;
        watcher.watch(folder, RecursiveMode::Recursive).ok()?;
        Some(Self { _watcher: watcher })
    }
}
