//! What the page may call, each named in `command_list.rs` and allowed in `capabilities/main.json`.

use std::path::PathBuf;

use serde::Serialize;
use tauri::{State, WebviewWindow};
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
pub(crate) async fn choose_files(
    window: WebviewWindow,
    selections: State<'_, Selections>,
) -> Result<Option<Selection>, ()> {
    let (answer, chosen) = oneshot::channel();
    // The receiver is gone only when the window closed while the dialog was open: there is nobody to tell.
    dialog(&window).pick_files(|files| drop(answer.send(files.unwrap_or_default())));
    Ok(selections.keep(local_paths(chosen.await.unwrap_or_default())))
}

/// Lets a person choose a folder in the desktop's own dialog; nothing when the dialog was closed without a choice.
#[tauri::command]
pub(crate) async fn choose_folder(
    window: WebviewWindow,
    selections: State<'_, Selections>,
) -> Result<Option<Selection>, ()> {
    let (answer, chosen) = oneshot::channel();
    dialog(&window).pick_folders(|folders| drop(answer.send(folders.unwrap_or_default())));
    Ok(selections.keep(local_paths(chosen.await.unwrap_or_default())))
}

/// Gives a selection up that the page needs no more.
#[tauri::command]
pub(crate) fn forget_selection(id: SelectionId, selections: State<'_, Selections>) {
    selections.take(id);
}

fn dialog(window: &WebviewWindow) -> FileDialogBuilder<tauri::Wry> {
    window.dialog().file().set_parent(window)
}

/// The paths on this computer; an address of another kind, which only phones hand out, is left out.
fn local_paths(chosen: Vec<FilePath>) -> Vec<PathBuf> {
    chosen.into_iter().filter_map(|path| path.into_path().ok()).collect()
}
