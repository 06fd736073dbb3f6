//! A picture of each screen, in two sizes and two themes. They are taken in every run, so that a screen that
//! can't be drawn fails; they are kept where `PILLBOX_PICTURES` names a folder.

use std::fs;
use std::path::PathBuf;

use crate::window::Window;

const SIZES: [(u32, u32); 2] = [(1280, 800), (1024, 700)];
const THEMES: [&str; 2] = ["light", "dark"];
/// A blank picture is smaller than this.
const LEAST_BYTES: usize = 8_000;

/// Takes the pictures of the screen that is shown.
pub(crate) async fn take(window: &Window, screen: &str) {
    let folder = std::env::var_os("PILLBOX_PICTURES").map(PathBuf::from);
    for (width, height) in SIZES {
        window.client().set_window_rect(0, 0, width, height).await.expect("the window takes a size");
        for theme in THEMES {
            theme_is(window, theme).await;
            let picture = window.client().screenshot().await.expect("a picture can be taken");
            assert!(picture.len() > LEAST_BYTES, "{screen} at {width} in {theme} is blank");
            if let Some(folder) = &folder {
                fs::create_dir_all(folder).expect("the folder of the pictures");
                let file = folder.join(format!("{screen}-{width}-{theme}.png"));
                fs::write(file, picture).expect("a picture can be kept");
            }
        }
    }
    window.client().set_window_rect(0, 0, 1280, 800).await.expect("the window takes a size");
    theme_is(window, "light").await;
}

async fn theme_is(window: &Window, theme: &str) {
    let script = "document.documentElement.dataset.theme = arguments[0];";
    window.client().execute(script, vec![theme.into()]).await.expect("the theme changes");
}
