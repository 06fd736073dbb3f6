//! Tells Tauri which commands exist, so that the window may call only those that a capability allows by name.

include!("src/command_list.rs");

/// The commands' names as text.
macro_rules! names {
    ($($name:ident),* $(,)?) => { &[$(stringify!($name)),*] };
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo::rerun-if-changed=src/command_list.rs");
    // The page is embedded; a file that is new in it would not be seen otherwise.
    println!("cargo::rerun-if-changed=../ui/dist");
    let manifest = tauri_build::AppManifest::new().commands(every_command!(names));
    tauri_build::try_build(tauri_build::Attributes::new().app_manifest(manifest))?;
    Ok(())
}
