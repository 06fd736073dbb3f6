//! An object is put right from its finding: the plan is seen before, the object goes into quarantine and comes back.

use crate::pictures;
use crate::window::Window;

#[tokio::test]
async fn an_object_goes_into_quarantine_and_comes_back() {
    let folder = tempfile::tempdir().unwrap();
    let window = Window::open(&folder.path().join("pillbox")).await;
    window.press("try-sandbox").await;
    window.see("lid").await;

    window.press("nav-findings").await;
    window.press("scan-scope-open").await;
    window.see("scan-scope").await;
    pictures::take(&window, "findings-scope").await;
    window.press("scan-bucket").await;
    window.read_in("scan-line", "Last looked into: Today").await;
    window.press_row("reception-notes.txt").await;
    window.read_beside("inbox/old/reception-notes.txt").await;
    window.press("object-quarantine").await;
    window.press("show-plan").await;
    window.read_in("object-plan", "Can be taken back exactly.").await;
    pictures::take(&window, "findings-plan").await;
    window.press("apply-object").await;
    window.read_in("object-done", "It is in quarantine.").await;
    window.press("object-versions").await;
    window.read_in("versions", "hidden, copy in quarantine").await;
    pictures::take(&window, "findings-versions").await;

    window.press("tab-quarantine").await;
    window.press_row("reception-notes.txt").await;
    window.read_beside("AWS secret access key found").await;
    pictures::take(&window, "findings-quarantine").await;
    window.press("tab-findings").await;
    window.press("scan-bucket").await;
    window.read_in("scan-figures", "in quarantine not scanned").await;
    window.unread("reception-notes.txt").await;

    window.press("nav-protection").await;
    window.read_in("change-1", "Put in quarantine: reception-notes.txt").await;
    window.press("undo-change-1").await;
    window.see("object-plan").await;
    pictures::take(&window, "protection-undo-object").await;
    window.press("apply-object").await;
    window.read_in("change-2", "change 1 taken back").await;
    window.press("nav-findings").await;
    window.press("scan-bucket").await;
    window.press_row("reception-notes.txt").await;
    window.read_beside("inbox/old/reception-notes.txt").await;
    window.close().await;
}
