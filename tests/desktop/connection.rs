//! A connection by an access key: the secret goes to the keychain of this session, and nowhere else.

use support::{RunningSandbox, files_below, holds_bytes};

use crate::window::Window;

const BUCKET: &str = "the-pain-killer-practice";

#[test]
fn a_typed_secret_goes_to_the_keychain_and_nowhere_else() {
    let sandbox = RunningSandbox::with_sample();
    let data_dir = sandbox.folder().join("window");
    let (endpoint, environment) = (sandbox.endpoint(), sandbox.environment());
    let value = |name: &str| environment.iter().find(|(known, _)| *known == name).map(|(_, value)| value.clone());
    let secret = value("AWS_SECRET_ACCESS_KEY").unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let window = Window::open(&data_dir).await;
        window.press("open-connect").await;
        window.pick("key").await;
        window.fill("access-key-id", &value("AWS_ACCESS_KEY_ID").unwrap()).await;
        window.fill("secret-access-key", "not-the-secret").await;
        window.fill("bucket", BUCKET).await;
        window.fill("region", &value("AWS_REGION").unwrap()).await;
        window.fill("endpoint", &endpoint).await;
        window.press("connect").await;
        window.read("The access key was not accepted").await;
        window.fill("secret-access-key", &secret).await;
        window.press("connect").await;
        window.press("nav-overview").await;
        window.read(BUCKET).await;
        assert!(!window.source().await.contains(&secret), "the secret is in the page");
        window.close().await;

        // The key is found again by the next start, without anybody typing it.
        let window = Window::open(&data_dir).await;
        window.press("nav-protection").await;
        window.see("fix-all").await;
        window.close().await;
    });
    for file in files_below(&data_dir) {
        assert!(!holds_bytes(&file, secret.as_bytes()), "{} holds the secret", file.display());
    }
}
