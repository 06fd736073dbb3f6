//! What the page may call, each named in `command_list.rs` and allowed in `capabilities/main.json`.

use serde::Serialize;
use tauri::{Manager, State, WebviewWindow, Wry};
use tauri_plugin_dialog::{DialogExt, FileDialogBuilder, FilePath};
use tokio::sync::oneshot;

use crate::selections::{Selection, SelectionId, Selections};

/// Which program this is.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(crate) struct AppInfo {
    /// The product's name.
    name: &'static str,
    /// The version, as in semantic versioning.
    version: &'static str,
}

/// Which program this is.
#[tauri::command]
pub(crate) fn app_info() -> AppInfo {
    AppInfo { name: "Pillbox", version: env!("CARGO_PKG_VERSION") }
}

/// Lets a person choose files in the desktop's own dialog; nothing when the dialog was closed without a choice.
#[tauri::command]
pub(crate) async fn choose_files(window: WebviewWindow) -> Option<Selection> {
    keep_choice(&window, FileDialogBuilder::pick_files).await
}

/// Lets a person choose folders in the desktop's own dialog; nothing when the dialog was closed without a choice.
#[tauri::command]
pub(crate) async fn choose_folders(window: WebviewWindow) -> Option<Selection> {
    keep_choice(&window, FileDialogBuilder::pick_folders).await
}

/// Gives a selection up that the page needs no more.
#[tauri::command]
pub(crate) fn forget_selection(id: SelectionId, selections: State<'_, Selections>) {
    selections.take(id);
}

/// What the dialog hands its answer to.
type Answer = Box<dyn FnOnce(Option<Vec<FilePath>>) + Send>;

/// Opens a dialog over the window and keeps what was chosen there.
async fn keep_choice(window: &WebviewWindow, open: impl FnOnce(FileDialogBuilder<Wry>, Answer)) -> Option<Selection> {
    let (answer, chosen) = oneshot::channel();
    let dialog = window.dialog().file().set_parent(window);
    // Nobody receives the answer only when the window was closed while the dialog was open.
    open(dialog, Box::new(|files| drop(answer.send(files))));
    let chosen = chosen.await.ok().flatten()?;
    // An address that is no path is known to phones only.
    let paths = chosen.into_iter().filter_map(|path| path.into_path().ok()).collect();
    window.state::<Selections>().keep(paths)
}
