//! The story this began with, in the window: try it here, an open bucket holds the upload, one click shuts it,
//! decisions are taken, the files go and are read back, the findings and the changes are there.

use std::path::Path;

use fantoccini::key::Key;
use support::{files_below, holds_bytes};

use crate::pictures;
use crate::window::Window;

/// Every value that the detection marks in the sample prescriptions lies in their files alone.
fn sample_values(samples: &Path) -> Vec<String> {
    let pillbox = support::Pillbox::new(&samples.with_file_name("scan-data"));
    let outcome = pillbox.run(&["scan", samples.to_str().unwrap(), "--format", "jsonl"]);
    let mut values = Vec::new();
    for detection in outcome.of_type("detection") {
        let offset = |name: &str| usize::try_from(detection[name].as_u64().unwrap()).unwrap();
        let file = samples.join(detection["source"].as_str().unwrap());
        // A file named after its patient is hidden in the output.
        let Ok(bytes) = std::fs::read(file) else { continue };
        values.push(String::from_utf8_lossy(&bytes[offset("start")..offset("end")]).into_owned());
    }
    assert!(values.len() > 100, "the samples hold values");
    values
}

/// The values in the samples of the sandbox that the window made beside its data folder.
fn values_of(folder: &tempfile::TempDir) -> Vec<String> {
    sample_values(&folder.path().join("pillbox-sandbox").join("prescriptions"))
}

/// Opens each file that needs a decision and one that carries a name: no text of the page shows a value. The names of
/// the two files that are named after their patients are no values of a text.
async fn no_text_shows(window: &Window, values: &[String]) {
    for file in ["rx-20261118-0009", "rx-20261118-0016", "rx-20261119-0023", "rx-20261120-0031", "okafor-amara"] {
        window.press_row(file).await;
        window.read_beside(file).await;
        let text = window.text().await;
        assert!(text.contains('•') && text.contains(file), "the text of {file} is shown, masked");
        for value in values {
            assert!(!text.contains(value.as_str()), "the page shows a value beside {file}");
        }
    }
    // Anew, so that the list stands free where there is no room for a file beside it.
    window.press("nav-upload").await;
    window.read_beside("Payment card").await;
}

#[tokio::test]
async fn a_window_is_used_by_keyboard_alone() {
    let folder = tempfile::tempdir().unwrap();
    let window = Window::open(&folder.path().join("pillbox")).await;
    window.see("try-sandbox").await;
    window.tab_to("try-sandbox").await;
    window.strike(Key::Enter).await;
    window.read_in("lid", "Not shut").await;
    window.read("Nothing has been uploaded to the-pain-killer-practice yet.").await;
    for (screen, heading) in [("nav-upload", "Upload prescriptions"), ("nav-overview", "Nothing has been uploaded")] {
        window.tab_to(screen).await;
        window.strike(Key::Enter).await;
        window.focus_on(heading).await;
    }
    window.close().await;
}

#[tokio::test]
async fn a_receptionist_lives_through_the_story() {
    let folder = tempfile::tempdir().unwrap();
    let data_dir = folder.path().join("pillbox");
    let window = Window::open(&data_dir).await;

    window.see("try-sandbox").await;
    pictures::take(&window, "welcome").await;
    window.press("try-sandbox").await;
    window.see("lid").await;
    window.press("nav-overview").await;
    window.read("the-pain-killer-practice").await;
    pictures::take(&window, "overview-open").await;

    window.press("nav-upload").await;
    window.see("use-samples").await;
    pictures::take(&window, "upload-choose").await;
    window.press("use-samples").await;
    window.see("gate").await;
    window.read("Needs a decision · 4").await;
    no_text_shows(&window, &values_of(&folder)).await;
    pictures::take(&window, "upload-review").await;

    window.press("nav-protection").await;
    window.press("fix-block-public-access").await;
    window.see("apply-plan").await;
    pictures::take(&window, "protection-open").await;
    window.press("fix-all").await;
    window.press("apply-plan").await;
    window.see("fix-done").await;
    pictures::take(&window, "protection-shut").await;

    window.press("nav-upload").await;
    window.gone("gate").await;
    decide(&window).await;
    window.press("start").await;
    window.see("upload-more").await;
    window.read("38").await;
    pictures::take(&window, "upload-receipt").await;

    look_into_the_bucket(&window).await;
    window.press("nav-settings").await;
    window.see("appearance-dark").await;
    pictures::take(&window, "settings").await;
    window.press("nav-overview").await;
    window.read("safe in the-pain-killer-practice").await;
    pictures::take(&window, "overview-shut").await;
    take_it_back(&window).await;
    window.close().await;

    nothing_is_kept(&data_dir, &values_of(&folder));
}

/// What lies in the bucket besides what was uploaded: an access key in the notes of the reception.
async fn look_into_the_bucket(window: &Window) {
    window.press("nav-findings").await;
    window.read_in("scan-line", "has not been looked into yet").await;
    window.press("scan-bucket").await;
    window.read_in("scan-line", "Last looked into: Today").await;
    window.press_row("reception-notes.txt").await;
    window.read_beside("AWS_CREDENTIALS").await;
    window.read_beside("inbox/old/reception-notes.txt").await;
    pictures::take(window, "findings").await;
}

/// Undoes the one change that was made: the bucket is as open as it was, and is said to be.
async fn take_it_back(window: &Window) {
    window.press("nav-protection").await;
    window.press("undo-change-1").await;
    window.press("apply-plan").await;
    window.see("fix-done").await;
    window.read_in("lid", "Not shut").await;
    window.see("fix-block-public-access").await;
}

/// Decides on the four files that hold something unexpected: two are sent blacked out, two are left out. After
/// each decision the next file takes its place in the list and beside it.
async fn decide(window: &Window) {
    let decisions =
        [("Payment card", "redact"), ("Bank account", "redact"), ("Tax file", "leave-out"), ("AWS", "leave-out")];
    for (left, (kind, choice)) in (0..decisions.len()).rev().zip(decisions) {
        window.read_beside(kind).await;
        window.press(choice).await;
        match left {
            0 => window.unread("Needs a decision").await,
            left => window.read(&format!("Needs a decision · {left}")).await,
        }
    }
}

fn nothing_is_kept(data_dir: &Path, values: &[String]) {
    let files = files_below(data_dir);
    assert!(files.iter().any(|file| file.extension().is_some_and(|extension| extension == "db")), "{files:?}");
    for file in &files {
        for value in values {
            assert!(!holds_bytes(file, value.as_bytes()), "{} holds a value", file.display());
        }
    }
}
