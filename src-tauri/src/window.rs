//! The one window: how it opens, where it may go, and what is dropped on it.

use std::path::PathBuf;
use std::sync::Arc;

use pillbox_app::{App as Program, Notice, Words};
use pillbox_model::Failure;
use tauri::webview::NewWindowResponse;
use tauri::{App, AppHandle, DragDropEvent, Emitter, Manager, Url, WebviewWindowBuilder, WindowEvent};
use tauri_plugin_dialog::{DialogExt, MessageDialogKind};

/// The window's label in `tauri.conf.json` and in the capability.
const LABEL: &str = "main";

/// Carries every [`Notice`](pillbox_app::Notice).
pub(crate) const NOTICE: &str = "notice";

/// Sent when something is dragged over the window (`true`) and when it leaves or is dropped (`false`).
const DRAG: &str = "drag";

/// Opens the window that the configuration describes.
///
/// # Errors
///
/// When the desktop refuses the window, or the configuration has none.
pub(crate) fn open(app: &App) -> tauri::Result<()> {
    let described =
        app.config().app.windows.iter().find(|window| window.label == LABEL).ok_or(tauri::Error::WindowNotFound)?;
    let window = WebviewWindowBuilder::from_config(app.handle(), described)?
        .on_navigation(is_own_page)
        .on_new_window(|_address, _features| NewWindowResponse::Deny)
        .on_download(|_webview, _event| false)
        .build()?;
    let handle = app.handle().clone();
    window.on_window_event(move |event| {
        if let WindowEvent::DragDrop(event) = event {
            dragged(&handle, event);
        }
    });
    Ok(())
}

/// Says in a dialog of the desktop why the program can't start, and ends it with exit code 1 once that was read.
pub(crate) fn say_why_not(app: &AppHandle, failure: &Failure) {
    let words = Words::english();
    let message = format!("{}.\n\n{}", words.error(failure), words.help_with(failure));
    let handle = app.clone();
    app.dialog()
        .message(message)
        .title("Pillbox can't start")
        .kind(MessageDialogKind::Error)
        .show(move |_answer| handle.exit(1));
}

/// Shows the window that is open already; for a second start of the program.
pub(crate) fn bring_to_front(app: &AppHandle) {
    if let Some(window) = app.get_webview_window(LABEL) {
        // A desktop may refuse any of these (focus stealing); the window stays usable where it is.
        let _ = window.unminimize();
        let _ = window.show();
        let _ = window.set_focus();
    }
}

/// Whether an address is the page that is built into the program. Windows serves it as `http://tauri.localhost`, the
/// others as `tauri://localhost`.
fn is_own_page(address: &Url) -> bool {
    match address.scheme() {
        "tauri" => address.host_str() == Some("localhost"),
        "http" | "https" => cfg!(windows) && address.host_str() == Some("tauri.localhost") && address.port().is_none(),
        _ => false,
    }
}

fn dragged(app: &AppHandle, event: &DragDropEvent) {
    match event {
        DragDropEvent::Enter { .. } => tell(app, DRAG, true),
        DragDropEvent::Leave => tell(app, DRAG, false),
        DragDropEvent::Drop { paths, .. } => {
            tell(app, DRAG, false);
            dropped(app, paths.clone());
        }
        _ => {}
    }
}

/// Adds what was dropped to the upload; the page hears of it by a notice.
fn dropped(app: &AppHandle, paths: Vec<PathBuf>) {
    let (program, handle) = (Arc::clone(&app.state::<Arc<Program>>()), app.clone());
    tauri::async_runtime::spawn(async move {
        let notice = match program.choose(paths).await {
            Ok(upload) => Notice::UploadChanged { upload: upload.id },
            Err(failure) => Notice::Refused { error: failure.into() },
        };
        tell(&handle, NOTICE, notice);
    });
}

/// Sends an event to the page. It cannot be sent only while the window closes, when nobody listens.
pub(crate) fn tell<T: serde::Serialize + Clone>(app: &AppHandle, event: &str, what: T) {
    let _ = app.emit_to(LABEL, event, what);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_stays_on_its_own_page() {
        assert!(is_own_page(&Url::parse("tauri://localhost/").unwrap()));
        assert!(is_own_page(&Url::parse("tauri://localhost/index.html#upload").unwrap()));
        for elsewhere in [
            "https://example.org/",
            "http://localhost:5173/",
            "http://127.0.0.1/",
            "http://tauri.localhost:8080/",
            "tauri://example.org/",
            "file:///etc/hosts",
            "data:text/html,hello",
            "about:blank",
            "javascript:void(0)",
        ] {
            assert!(!is_own_page(&Url::parse(elsewhere).unwrap()), "{elsewhere}");
        }
    }
}
