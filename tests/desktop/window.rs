//! One window of the built program, and what a person does with it.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use fantoccini::elements::Element;
use fantoccini::key::Key;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use support::built;

/// How long a person would wait for anything of this story on a slow machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// No screen has more stops for the Tab key.
const MOST_STOPS: usize = 60;

/// A running window.
pub(crate) struct Window {
    client: Client,
}

impl Window {
    /// Starts the program with a data folder of its own.
    pub(crate) async fn open(data_dir: &Path) -> Self {
        let driver = std::env::var("PILLBOX_WEBDRIVER").expect("run in scripts/desktop-session.sh");
        let capabilities = json!({
            "tauri:options": {
                "application": built("pillbox-desktop"),
                "args": ["--data-dir", data_dir],
            }
        });
        let Value::Object(capabilities) = capabilities else { unreachable!("an object was written") };
        let mut opening = ClientBuilder::new(HttpConnector::new());
        // The driver waits for ever for a program that ended at once.
        let client = tokio::time::timeout(PATIENCE, opening.capabilities(capabilities).connect(&driver))
            .await
            .expect("the window opens in time")
            .expect("the window opens");
        client.set_window_rect(0, 0, 1280, 800).await.expect("the window takes a size");
        Self { client }
    }

    /// The WebDriver client.
    pub(crate) fn client(&self) -> &Client {
        &self.client
    }

    /// Waits until the page has been drawn so many times.
    pub(crate) async fn frames(&self, many: u32) {
        let script = "const [many, done] = arguments; let left = many;
            const next = () => (left-- > 0 ? requestAnimationFrame(next) : done(null)); next();";
        self.client.execute_async(script, vec![many.into()]).await.expect("the page is drawn");
    }

    /// Waits until something with this test id is there.
    pub(crate) async fn see(&self, id: &str) -> Element {
        let selector = format!("[data-testid='{id}']");
        match self.client.wait().at_most(PATIENCE).for_element(Locator::Css(&selector)).await {
            Ok(element) => element,
            Err(error) => panic!("{id} did not appear: {error}\n{}", self.text().await),
        }
    }

    /// Waits until something with this test id is there, and presses it.
    pub(crate) async fn press(&self, id: &str) {
        self.enabled(id).await.click().await.unwrap_or_else(|error| panic!("{id} can't be pressed: {error}"));
    }

    /// Waits until a control may be used.
    async fn enabled(&self, id: &str) -> Element {
        let selector = format!("[data-testid='{id}']:not([disabled]):not([aria-disabled='true'])");
        match self.client.wait().at_most(PATIENCE).for_element(Locator::Css(&selector)).await {
            Ok(element) => element,
            Err(error) => panic!("{id} can't be used: {error}\n{}", self.text().await),
        }
    }

    /// Waits until the page shows a text.
    pub(crate) async fn read(&self, text: &str) {
        let path = format!("//body[contains(normalize-space(.), {text:?})]");
        if let Err(error) = self.client.wait().at_most(PATIENCE).for_element(Locator::XPath(&path)).await {
            panic!("{text:?} did not appear: {error}\n{}", self.text().await);
        }
    }

    /// Waits until the detail beside a list shows a text.
    pub(crate) async fn read_beside(&self, text: &str) {
        let path = format!("//aside[contains(normalize-space(.), {text:?})]");
        if let Err(error) = self.client.wait().at_most(PATIENCE).for_element(Locator::XPath(&path)).await {
            panic!("{text:?} did not appear beside the list: {error}\n{}", self.text().await);
        }
    }

    /// Waits until something with this test id holds a text.
    pub(crate) async fn read_in(&self, id: &str, text: &str) {
        let path = format!("//*[@data-testid='{id}'][contains(normalize-space(.), {text:?})]");
        if let Err(error) = self.client.wait().at_most(PATIENCE).for_element(Locator::XPath(&path)).await {
            panic!("{id} does not say {text:?}: {error}\n{}", self.text().await);
        }
    }

    /// Presses a key where the focus is.
    pub(crate) async fn strike(&self, key: Key) {
        let focused = self.client.active_element().await.expect("something has the focus");
        focused.send_keys(&char::from(key).to_string()).await.expect("a key can be pressed");
    }

    /// Goes on by Tab until the focus is on the control with this test id.
    pub(crate) async fn tab_to(&self, id: &str) {
        let mut passed = Vec::new();
        for _ in 0..MOST_STOPS {
            self.strike(Key::Tab).await;
            let focused = self.client.active_element().await.expect("something has the focus");
            let here = focused.attr("data-testid").await.expect("the focus can be looked at").unwrap_or_default();
            if here == id {
                return;
            }
            passed.push(here);
        }
        panic!("Tab never comes to {id}, but to {passed:?}");
    }

    /// Waits until the focus is on a heading that holds a text.
    pub(crate) async fn focus_on(&self, heading: &str) {
        self.read(heading).await;
        let script = "const [text, done] = arguments;
            const look = () => (document.activeElement.matches('h1') && document.activeElement.textContent.includes(text)
                ? done(true) : requestAnimationFrame(look)); look();";
        self.client.execute_async(script, vec![heading.into()]).await.expect("the heading takes the focus");
    }

    /// Waits until the page no longer shows a text.
    pub(crate) async fn unread(&self, text: &str) {
        let path = format!("//body[not(contains(normalize-space(.), {text:?}))]");
        if let Err(error) = self.client.wait().at_most(PATIENCE).for_element(Locator::XPath(&path)).await {
            panic!("{text:?} stays: {error}\n{}", self.text().await);
        }
    }

    /// Waits until nothing with this test id is there any more.
    pub(crate) async fn gone(&self, id: &str) {
        let path = format!("//body[not(descendant::*[@data-testid='{id}'])]");
        if let Err(error) = self.client.wait().at_most(PATIENCE).for_element(Locator::XPath(&path)).await {
            panic!("{id} stays: {error}\n{}", self.text().await);
        }
    }

    /// All that the page says.
    pub(crate) async fn text(&self) -> String {
        match self.client.find(Locator::Css("body")).await {
            Ok(body) => body.text().await.unwrap_or_default(),
            Err(error) => format!("no page: {error}"),
        }
    }

    /// Presses the row of a list that holds a text.
    pub(crate) async fn press_row(&self, text: &str) {
        let path =
            format!("//*[@role='option' or @role='row' or self::button][contains(normalize-space(.), {text:?})]");
        let row = self.client.wait().at_most(PATIENCE).for_element(Locator::XPath(&path)).await;
        let row = match row {
            Ok(row) => row,
            Err(error) => panic!("no row with {text:?}: {error}\n{}", self.text().await),
        };
        row.click().await.expect("a row can be pressed");
    }

    /// Writes into a field, in place of what stands there.
    pub(crate) async fn fill(&self, id: &str, text: &str) {
        let field = self.see(id).await;
        field.clear().await.unwrap_or_else(|error| panic!("{id} can't be cleared: {error}"));
        // A new line is a key as well.
        let keys = text.replace('\n', &char::from(Key::Enter).to_string());
        field.send_keys(&keys).await.unwrap_or_else(|error| panic!("{id} can't be filled: {error}"));
    }

    /// Picks one of several choices by its value.
    pub(crate) async fn pick(&self, value: &str) {
        let selector = format!("input[type='radio'][value='{value}']");
        let choice = self.client.wait().at_most(PATIENCE).for_element(Locator::Css(&selector)).await;
        choice.expect("the choice is there").click().await.expect("the choice can be made");
    }

    /// The page as it stands, fields included.
    pub(crate) async fn source(&self) -> String {
        let fields = "return document.documentElement.outerHTML \
                      + [...document.querySelectorAll('input')].map((field) => field.value).join(' ');";
        let source = self.client.execute(fields, Vec::new()).await.expect("the page can be read");
        source.as_str().unwrap_or_default().to_owned()
    }

    /// Closes the window, and comes back when the program has ended: another one that is started before hands over to it.
    pub(crate) async fn close(self) {
        self.client.close().await.expect("the window closes");
        let until = tokio::time::Instant::now() + PATIENCE;
        while is_running() {
            assert!(tokio::time::Instant::now() < until, "the program has not ended");
            tokio::task::yield_now().await;
        }
    }
}

/// Whether a program holds the name on the session's bus that only one may have.
fn is_running() -> bool {
    let bus = ["call", "--session", "--dest", "org.freedesktop.DBus", "--object-path", "/org/freedesktop/DBus"];
    let asked = Command::new("gdbus")
        .args(bus)
        .args(["--method", "org.freedesktop.DBus.NameHasOwner", "org.pillbox.desktop.SingleInstance"])
        .output()
        .expect("gdbus runs");
    assert!(asked.status.success(), "{asked:?}");
    String::from_utf8_lossy(&asked.stdout).contains("true")
}
