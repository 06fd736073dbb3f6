//! The story this began with, in the window: try it here, an open bucket holds the upload, one click shuts it,
//! decisions are taken, the files go and are read back, the findings and the changes are there.

use std::path::Path;

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

    window.press("nav-findings").await;
    window.see("filter-severity").await;
    pictures::take(&window, "findings").await;
    window.press("nav-settings").await;
    window.see("appearance-dark").await;
    pictures::take(&window, "settings").await;
    window.press("nav-overview").await;
    window.read("safe in the-pain-killer-practice").await;
    pictures::take(&window, "overview-shut").await;
    window.close().await;

    let samples = folder.path().join("pillbox-sandbox").join("prescriptions");
    nothing_is_kept(&data_dir, &sample_values(&samples));
}

/// Decides on the four files that hold something unexpected: two are sent blacked out, two are left out. After
/// each decision the next file takes its place.
async fn decide(window: &Window) {
    let decisions =
        [("Payment card", "redact"), ("Bank account", "redact"), ("Tax file", "leave-out"), ("AWS", "leave-out")];
    for (left, (kind, choice)) in (0..decisions.len()).rev().zip(decisions) {
        window.press_row(kind).await;
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
