//! A picture of each screen, in two sizes and two themes. They are taken in every run, so that a screen that
//! can't be drawn fails; they are kept where `PILLBOX_PICTURES` names a folder.

use std::fs;
use std::path::PathBuf;

use crate::window::Window;

const SIZES: [(u32, u32); 2] = [(1280, 800), (1024, 700)];
const THEMES: [&str; 2] = ["light", "dark"];
/// A blank picture is smaller than this.
const LEAST_BYTES: usize = 8_000;
/// Frames that are drawn between two pictures.
const FRAMES: u32 = 2;
/// A page that still moves after so many is broken.
const MOST_PICTURES: u32 = 40;

/// Takes the pictures of the screen that is shown.
pub(crate) async fn take(window: &Window, screen: &str) {
    let folder = std::env::var_os("PILLBOX_PICTURES").map(PathBuf::from);
    for (width, height) in SIZES {
        window.client().set_window_rect(0, 0, width, height).await.expect("the window takes a size");
        for theme in THEMES {
            theme_is(window, theme).await;
            let picture = settled(window, width, height).await;
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
    settled(window, 1280, 800).await;
}

/// A picture of the page as it looks when it has taken its size and nothing in it moves any more: two pictures, some
/// frames apart, that are the same.
async fn settled(window: &Window, width: u32, height: u32) -> Vec<u8> {
    let mut before = Vec::new();
    for _ in 0..MOST_PICTURES {
        window.frames(FRAMES).await;
        let picture = window.client().screenshot().await.expect("a picture can be taken");
        if picture == before && size_of(&picture) == (width, height) {
            return picture;
        }
        before = picture;
    }
    panic!("the page does not come to rest at {width}x{height}");
}

/// The size in a PNG's first chunk, which begins after a signature of 8 bytes, its length and its name.
fn size_of(picture: &[u8]) -> (u32, u32) {
    let number = |at: usize| u32::from_be_bytes(picture[at..at + 4].try_into().unwrap());
    (number(16), number(20))
}

async fn theme_is(window: &Window, theme: &str) {
    let script = "document.documentElement.dataset.theme = arguments[0];";
    window.client().execute(script, vec![theme.into()]).await.expect("the theme changes");
}
