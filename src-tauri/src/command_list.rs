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
            finding,
            identifiers_list,
            identifier_detail,
            identifier_switch,
            custom_save,
            custom_delete,
            custom_import,
            custom_export,
            custom_test,
            allow_lists,
            allow_list_save,
            allow_list_import,
            allow_list_delete,
            allow_list_switch,
            not_sensitive,
            rules,
            rules_set
        ]
    };
}
