// The one list of the window's commands: the build script tells Tauri about them, `main` registers them, and a test
// compares them with what `capabilities/main.json` allows. It is included, not a module, since the build script needs it too.

/// Hands every command's name to the macro `$take`.
macro_rules! every_command {
    ($take:ident) => {
        $take![
            app_state,
            identifiers,
            list_profiles,
            try_sandbox,
            save_connection,
            select_connection,
            remove_connection,
            set_appearance,
            overview,
            protection,
            plan_fix,
            plan_undo,
            apply_plan,
            changes,
            choose_files,
            choose_folder,
            use_samples,
            current_upload,
            upload_files,
            upload_file,
            decide,
            set_destination,
            resolve_conflicts,
            start_upload,
            pause_upload,
            resume_upload,
            cancel_upload,
            discard_upload,
            receipt,
            scan_bucket,
            cancel_scan,
            findings,
            finding
        ]
    };
}
