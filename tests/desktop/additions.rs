//! What a practice adds, in the window: an identifier of its own, tried before it is saved, and an allow list, which
//! hold from then on.

use crate::pictures;
use crate::window::Window;

/// What stands in a file of a practice: the number of a chart, a tax file number, the practice's own telephone.
const SAMPLE: &str = "Chart CH-4711\nTFN: 123 456 782\nPhone: 0491 570 156\n";

#[tokio::test]
async fn a_practice_adds_an_identifier_and_an_allow_list() {
    let folder = tempfile::tempdir().unwrap();
    let window = Window::open(&folder.path().join("pillbox")).await;
    window.press("try-sandbox").await;
    window.see("lid").await;

    window.press("nav-identifiers").await;
    window.focus_on("Identifiers").await;
    try_all(&window, "2 found.").await;
    window.press("back").await;
    make_an_identifier(&window).await;
    try_all(&window, "3 found.").await;
    pictures::take(&window, "identifiers-try").await;

    window.press("nav-rules").await;
    window.focus_on("Rules").await;
    window.read("Never sent as they are").await;
    pictures::take(&window, "rules").await;
    window.fill("kinds-search", "Chart").await;
    window.press_row("Chart number").await;
    window.read_beside("Chart number").await;
    window.press("tab-files").await;
    window.read("Whose prescription it is").await;
    pictures::take(&window, "rules-files").await;
    make_an_allow_list(&window).await;

    window.press("nav-identifiers").await;
    window.focus_on("Identifiers").await;
    try_all(&window, "2 found.").await;
    window.close().await;
}

/// Tries the sample with all that is looked for.
async fn try_all(window: &Window, found: &str) {
    window.press("try-all").await;
    window.focus_on("Try a text").await;
    window.fill("sample", SAMPLE).await;
    window.press("try-it").await;
    window.read_in("tried", found).await;
}

/// Writes an identifier, tries it as it stands, and saves it.
async fn make_an_identifier(window: &Window) {
    window.press("new-identifier").await;
    window.focus_on("New identifier").await;
    window.fill("own-name", "Chart number").await;
    window.fill("own-regex", "CH-[0-9]{4}").await;
    window.fill("own-keywords", "chart").await;
    window.fill("sample", SAMPLE).await;
    window.press("try-it").await;
    window.read_in("tried", "1 found.").await;
    pictures::take(window, "identifiers-own").await;
    window.press("own-save").await;
    window.read_in("told", "Chart number was saved.").await;
    window.read_beside("CH-[0-9]{4}").await;
    pictures::take(window, "identifiers").await;
}

/// Puts the practice's own telephone on a list.
async fn make_an_allow_list(window: &Window) {
    window.press("tab-lists").await;
    window.press("new-list").await;
    window.fill("list-name", "Our own numbers").await;
    window.fill("words", "0491 570 156").await;
    window.press("save-list").await;
    window.read_in("list-words", "Our own numbers").await;
    pictures::take(window, "rules-lists").await;
}
