//! The watch folders of the window: watched as long as it is open.

use std::path::PathBuf;
use std::sync::Arc;

use pillbox_model::{ErrorCode, Failure, Progress};
use pillbox_store::{WatchFolder, WatchedLast};

use super::run::lease_name;
use super::{NewWatchFolder, WatchOptions, WatchPass};
use crate::app::{App, locked};
use crate::wire::{ApiError, Notice, WatchView, WatchedView};

impl App {
    /// The watch folders, as Settings shows them.
    ///
    /// # Errors
    /// What the store says.
    pub fn watch_views(&self) -> Result<Vec<WatchView>, Failure> {
        let view = |folder: WatchFolder| WatchView {
            error: locked(&self.ended).get(&lease_name(folder.number)).cloned().map(Into::into),
            number: folder.number,
            folder: folder.folder,
            bucket: folder.bucket,
            prefix: folder.prefix,
            connection: folder.connection,
            on: folder.is_on,
            since: folder.since,
            last: folder.last.map(last_view),
        };
        Ok(self.store.watch_folders()?.into_iter().map(view).collect())
    }

    /// Has a folder that a person chose watched for the connection in use.
    ///
    /// # Errors
    /// [`ErrorCode::NotConnected`]; as [`App::add_watch_folder`].
    pub fn watch_chosen(self: &Arc<Self>, folder: PathBuf, prefix: &str) -> Result<Vec<WatchView>, Failure> {
        let connection = self.current_connection()?.ok_or_else(Self::not_connected)?;
        let kept = self.add_watch_folder(NewWatchFolder {
            folder,
            connection: Some(connection.name),
            bucket: connection.bucket,
            prefix: prefix.to_owned(),
            neutral_names: true,
        })?;
        self.watch_in_background(kept);
        self.watch_views()
    }

    /// Switches a watch folder on or off.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`]; what the store says.
    pub async fn set_watch(self: &Arc<Self>, number: u64, on: bool) -> Result<Vec<WatchView>, Failure> {
        self.switch_watch_folder(number, on)?;
        self.stop_run(&lease_name(number)).await;
        locked(&self.ended).remove(&lease_name(number));
        let folder = self.store.watch_folders()?.into_iter().find(|folder| folder.number == number);
        if let Some(folder) = folder.filter(|folder| folder.is_on && folder.connection.is_some()) {
            self.watch_in_background(folder);
        }
        self.watch_views()
    }

    /// Forgets a watch folder.
    ///
    /// # Errors
    /// As [`App::remove_watch_folder`].
    pub async fn forget_watch(&self, number: u64) -> Result<Vec<WatchView>, Failure> {
        self.stop_run(&lease_name(number)).await;
        self.remove_watch_folder(number)?;
        self.watch_views()
    }

    /// Watches all folders that are on and whose connection is kept, as long as the program runs.
    ///
    /// # Errors
    /// What the store says.
    pub fn start_watching(self: &Arc<Self>) -> Result<(), Failure> {
        let folders = self.store.watch_folders()?.into_iter();
        folders
            .filter(|folder| folder.is_on && folder.connection.is_some())
            .for_each(|folder| self.watch_in_background(folder));
        Ok(())
    }

    fn watch_in_background(self: &Arc<Self>, folder: WatchFolder) {
        let (app, name) = (Arc::clone(self), lease_name(folder.number));
        self.run(&name.clone(), tell_of(name), move |stop, counters| async move {
            let told = |_: &WatchPass| app.notices.notice(Notice::WatchChanged);
            let open = || async {
                let name = folder.connection.as_deref().unwrap_or_default();
                let connection =
                    app.store.connection(name)?.ok_or_else(|| Failure::about(ErrorCode::NotFound, name))?;
                app.open_session(&connection).await
            };
            app.watch(&folder, WatchOptions::default(), open, &stop, &counters, told).await.map(drop)
        });
    }
}

fn last_view(last: WatchedLast) -> WatchedView {
    WatchedView {
        at: last.at,
        safe: last.safe,
        held: last.held,
        unfinished: last.unfinished,
        error: last.code.map(|code| ApiError::from(Failure::new(code))),
    }
}

/// What the page is told of a watch folder's work: its totals under a name that no upload has.
fn tell_of(name: String) -> impl Fn(Option<Progress>) -> Notice + Send + Sync + 'static {
    move |progress| match progress {
        Some(progress) => Notice::Progress { upload: name.clone(), progress },
        None => Notice::WatchChanged,
    }
}
