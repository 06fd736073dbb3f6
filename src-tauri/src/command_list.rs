// The one list of the window's commands: the build script tells Tauri about them, `main` registers them, and a test
// compares them with what `capabilities/main.json` allows. It is included, not a module, since the build script needs it too.

/// Hands every command's name to the macro `$take`.
macro_rules! every_command {
    ($take:ident) => {
        $take![app_info, choose_files, choose_folders, forget_selection]
    };
}
