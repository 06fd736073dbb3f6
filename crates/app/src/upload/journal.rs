//! An upload's files by section, the totals that a run goes by, and the files page by page.

use std::sync::Arc;

use futures::{Stream, TryStreamExt, stream};
use pillbox_model::{ErrorCode, Failure, FileState, OnConflict, UploadFile};
use pillbox_store::Totals;
use tokio_util::sync::CancellationToken;

use crate::app::App;
use crate::wire::{Section, SectionKind};

/// Files that a run has yet to bring to an end.
pub(crate) const UNDER_WAY: [FileState; 4] =
    [FileState::Found, FileState::Ready, FileState::Sending, FileState::Stored];

/// Files that are called safe.
pub(super) const SAFE: [FileState; 2] = [FileState::Verified, FileState::AlreadyThere];

/// The states of a section.
pub(super) const fn states(section: SectionKind) -> &'static [FileState] {
    match section {
        SectionKind::NeedsDecision => &[FileState::NeedsDecision],
        SectionKind::Unreadable => &[FileState::Unreadable],
        SectionKind::Ready => &[FileState::Found, FileState::Ready],
        SectionKind::LeftOut => &[FileState::LeftOut],
        SectionKind::Sending => &[FileState::Sending, FileState::Stored],
        SectionKind::Problem => &[FileState::Conflict, FileState::Failed, FileState::StoredNotReadBack],
        SectionKind::Verified => &[FileState::Verified],
        SectionKind::AlreadyThere => &[FileState::AlreadyThere],
    }
}

/// Sections in the order in which they are shown: problems first.
const SHOWN: [SectionKind; 8] = [
    SectionKind::NeedsDecision,
    SectionKind::Problem,
    SectionKind::Unreadable,
    SectionKind::Sending,
    SectionKind::Ready,
    SectionKind::LeftOut,
    SectionKind::AlreadyThere,
    SectionKind::Verified,
];

/// Files and bytes in some states.
pub(super) fn count(totals: &Totals, states: &[FileState]) -> (u64, u64) {
    totals
        .by_state
        .iter()
        .filter(|total| states.contains(&total.state))
        .fold((0, 0), |(files, bytes), total| (files + total.files, bytes + total.bytes))
}

/// Files that are fetched at once.
const PAGE: u32 = 200;

/// The files of an upload that are in some states, in the order of their numbers, fetched page by page so that
/// memory does not grow with their number.
///
/// # Errors
/// [`ErrorCode::Cancelled`] when told to stop; what the store says.
pub(super) fn files_in(
    app: Arc<App>,
    upload: String,
    states: &'static [FileState],
    stop: CancellationToken,
) -> impl Stream<Item = Result<UploadFile, Failure>> + Send {
    stream::try_unfold(0, move |after| {
        let page = if stop.is_cancelled() {
            Err(ErrorCode::Cancelled.into())
        } else {
            app.store.files_after(&upload, after, states, PAGE)
        };
        futures::future::ready(page.map(|files| files.last().map(|last| last.number).map(|last| (files, last))))
    })
    .map_ok(|files| stream::iter(files.into_iter().map(Ok)))
    .try_flatten()
}

/// Files by section; sections without files are left out.
pub(super) fn sections(totals: &Totals) -> Vec<Section> {
    SHOWN
        .into_iter()
        .map(|kind| {
            let (files, bytes) = count(totals, states(kind));
            Section { kind, files, bytes }
        })
        .filter(|section| section.files > 0)
        .collect()
}

impl App {
    /// Makes files that a new attempt may bring further ready again: those that failed, those whose conflict
    /// or question has been decided on (by leaving them out as well: it may be decided otherwise), and those that
    /// could not be read.
    pub(super) fn reopen_files(&self, upload: &str, decided: bool, conflicts: bool) -> Result<(), Failure> {
        let mut states =
            vec![FileState::Failed, FileState::StoredNotReadBack, FileState::Unreadable, FileState::NeedsDecision];
        if conflicts {
            states.extend([FileState::Conflict, FileState::LeftOut]);
        }
        self.make_ready(upload, &states, |file| match file.state {
            FileState::NeedsDecision => decided || file.decision.is_some(),
            FileState::LeftOut => {
                matches!(file.code, Some(ErrorCode::ObjectExists | ErrorCode::ObjectExistsUnreadable))
            }
            _ => true,
        })
    }

    /// Has files that wait be looked into anew.
    pub(super) fn find_anew(&self, upload: &str) -> Result<(), Failure> {
        let mut after = 0;
        loop {
            let states = [FileState::NeedsDecision, FileState::Ready];
            let mut files = self.store.files_after(upload, after, &states, 500)?;
            let Some(last) = files.last() else { return Ok(()) };
            after = last.number;
            for file in &mut files {
                file.state = FileState::Found;
            }
            self.store.update_files(upload, &files)?;
        }
    }

    /// Makes files in some states ready again, as far as they qualify; never one whose key another has.
    pub(super) fn make_ready(
        &self,
        upload: &str,
        states: &[FileState],
        qualifies: impl Fn(&UploadFile) -> bool,
    ) -> Result<(), Failure> {
        let mut after = 0;
        loop {
            let files = self.store.files_after(upload, after, states, 500)?;
            let Some(last) = files.last() else { return Ok(()) };
            after = last.number;
            let mut again: Vec<_> = files
                .into_iter()
                .filter(|file| file.code != Some(ErrorCode::KeyTaken) && !file.key.is_empty())
                .filter(&qualifies)
                .collect();
            for file in &mut again {
                // What is stored is not sent again: it has yet to be read back.
                let is_stored = file.state == FileState::StoredNotReadBack;
                file.state = if is_stored { FileState::Stored } else { FileState::Ready };
                file.skip = None;
                file.code = None;
            }
            self.store.update_files(upload, &again)?;
        }
    }

    /// Puts a choice on files in whose place something else lies: on those of these numbers, or on all. Those that are
    /// not to be skipped are ready again. Answers with the numbers.
    pub(super) fn settle_conflicts(
        &self,
        upload: &str,
        numbers: Option<&[u64]>,
        choice: OnConflict,
    ) -> Result<Vec<u64>, Failure> {
        let (mut after, mut settled) = (0, Vec::new());
        loop {
            let files = self.store.files_after(upload, after, &[FileState::Conflict], 500)?;
            let Some(last) = files.last() else { return Ok(settled) };
            after = last.number;
            let is_meant = |file: &UploadFile| numbers.is_none_or(|numbers| numbers.contains(&file.number));
            let mut meant: Vec<_> = files.into_iter().filter(is_meant).collect();
            for file in &mut meant {
                file.on_conflict = Some(choice);
                if choice == OnConflict::Skip {
                    file.state = FileState::LeftOut;
                } else {
                    (file.state, file.code) = (FileState::Ready, None);
                }
            }
            self.store.update_files(upload, &meant)?;
            settled.extend(meant.iter().map(|file| file.number));
        }
    }
}
