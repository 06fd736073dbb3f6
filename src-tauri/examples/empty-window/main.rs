//! The least that a Tauri window can be, to compare Pillbox's window with (`make bench-window`): the same Tauri with the
//! same features and profile, the same size, a page of one heading, and nothing else.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

fn main() -> tauri::Result<()> {
    tauri::Builder::default().run(tauri::generate_context!("examples/empty-window/tauri.conf.json"))
}
