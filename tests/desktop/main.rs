//! The real window, driven through WebDriver under a display without a screen. Needs the session that
//! `scripts/desktop-session.sh` starts.

#![allow(clippy::expect_used, clippy::unwrap_used, reason = "what fails here fails the test")]

mod additions;
mod connection;
mod objects;
mod pictures;
mod story;
mod window;
