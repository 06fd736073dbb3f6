//! The desktop shell of Pillbox: it opens the window, registers the commands that the page may call, and hands over what
//! only the desktop knows (dropped files, chosen files, the colour scheme). What the commands do lives in the room of the
//! use cases; nothing is decided here.
//!
//! Paths that a person chose or dropped go from the desktop's dialog or drop straight to the use cases: the page can't name
//! a path. The *trial* is the sandbox of this run.
//!
//! It must never: read a file of a person, know S3, or decide anything.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod appearance;
mod commands;
mod program;
mod rendering;
mod trial;
mod window;

include!("command_list.rs");

/// Registers every command of the list.
macro_rules! handlers {
    ($($name:ident),* $(,)?) => { tauri::generate_handler![$(commands::$name),*] };
}

fn main() -> tauri::Result<()> {
    rendering::prepare();
    tauri::Builder::default()
        // The first plugin, as its documentation asks: a second start must end before it does anything.
        .plugin(tauri_plugin_single_instance::init(|app, _arguments, _folder| {
            window::bring_to_front(app);
        }))
        .plugin(tauri_plugin_dialog::init())
        .invoke_handler(every_command!(handlers))
        .setup(|app| {
            if let Err(failure) = program::start(app.handle()) {
                window::say_why_not(app.handle(), &failure);
                return Ok(());
            }
            window::open(app)?;
            appearance::follow_desktop();
            Ok(())
        })
        .run(tauri::generate_context!())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    macro_rules! names {
        ($($name:ident),* $(,)?) => { [$(stringify!($name)),*] };
    }

    #[test]
    fn the_capability_allows_exactly_the_listed_commands_and_to_hear_events() {
        let capability: serde_json::Value = serde_json::from_str(include_str!("../capabilities/main.json")).unwrap();
        let allowed: BTreeSet<&str> = capability["permissions"]
            .as_array()
            .unwrap()
            .iter()
            .map(|permission| permission.as_str().unwrap())
            .collect();
        let listed: Vec<String> =
            every_command!(names).iter().map(|name| format!("allow-{}", name.replace('_', "-"))).collect();
        let expected: BTreeSet<&str> =
            listed.iter().map(String::as_str).chain(["core:event:allow-listen", "core:event:allow-unlisten"]).collect();
        assert_eq!(allowed, expected);
    }

    #[test]
    fn the_page_may_run_no_script_but_its_own() {
        let config: serde_json::Value = serde_json::from_str(include_str!("../tauri.conf.json")).unwrap();
        let policy = &config["app"]["security"]["csp"];
        assert_eq!(policy["default-src"], "'none'");
        assert_eq!(policy["script-src"], "'self'");
        for (directive, sources) in policy.as_object().unwrap() {
            let sources = sources.as_str().unwrap();
            for loose in ["data:", "blob:", "unsafe", "https:", "*"] {
                assert!(!sources.contains(loose), "{directive} allows {loose}");
            }
        }
    }
}
