//! A scan: look into files or objects and say what was found, source after source.
//!
//! What is said is rendered where it was found, by as many workers as there are cores, and comes out in the order
//! of the sources.

mod bucket;
mod event;
mod folder;
mod ordered;
mod source;

use std::io::Read;
use std::path::PathBuf;
use std::sync::Arc;

use pillbox_model::{ErrorCode, Failure};
use tokio_util::sync::CancellationToken;

use crate::app::App;

pub use bucket::{BucketScope, BucketTarget, InventoryPlace, Resume};
pub use event::{Found, ObjectTotals, Render, ScanEvent, ScanSummary};
use source::{Reading, Scanned, say};

/// Chunks and results that wait for who takes them.
const AHEAD: usize = 4;

/// What is scanned.
pub enum ScanTarget {
    /// A file or a folder.
    Path(PathBuf),
    /// Bytes from somewhere that has no name, such as standard input.
    Reader(Box<dyn Read + Send>),
    /// Objects of a bucket.
    Bucket(Box<BucketTarget>),
}

impl App {
    /// Scans a target; `write` gets what `render` makes of each source, in the order of the sources. `summary` is
    /// added to, and holds what was done also where the scan fails.
    ///
    /// # Errors
    /// [`ErrorCode::Cancelled`] when stopped; for a bucket what listing says: an incomplete list is an
    /// error, never a clean result.
    pub async fn scan(
        self: &Arc<Self>,
        target: ScanTarget,
        stop: &CancellationToken,
        render: &Arc<Render>,
        write: &mut (dyn FnMut(&[u8]) + Send),
        summary: &mut ScanSummary,
    ) -> Result<(), Failure> {
        match target {
            ScanTarget::Path(path) => self.scan_path(&path, stop, render, write, summary).await,
            ScanTarget::Reader(reader) => self.scan_reader(reader, stop, render, write, summary).await,
            ScanTarget::Bucket(target) => self.scan_objects(*target, stop, render, write, summary).await,
        }
    }

    /// Reads and looks beside the tasks that wait: a read that blocks (standard input) does not keep the scan from
    /// being stopped.
    async fn scan_reader(
        self: &Arc<Self>,
        mut reader: Box<dyn Read + Send>,
        stop: &CancellationToken,
        render: &Arc<Render>,
        write: &mut (dyn FnMut(&[u8]) + Send),
        summary: &mut ScanSummary,
    ) -> Result<(), Failure> {
        let (app, stopped) = (Arc::clone(self), stop.clone());
        let (sender, scanned) = tokio::sync::oneshot::channel();
        tokio::task::spawn_blocking(move || {
            let scanned = Reading::new(&app.engine(), &stopped).stream(NAMELESS, None, &mut reader);
            // Who gave up waiting wants no answer.
            let _ = sender.send(scanned.map(Scanned::like_any_text));
        });
        let scanned = tokio::select! {
            biased;
            () = stop.cancelled() => return Err(ErrorCode::Cancelled.into()),
            scanned = scanned => scanned.map_err(|_| ErrorCode::Internal)?,
        };
        say(&self.engine(), NAMELESS, None, scanned, &**render, write, summary)
    }
}

/// What a source without a name is called.
const NAMELESS: &str = "-";
