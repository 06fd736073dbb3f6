//! The real window, driven through WebDriver under a display without a screen. Needs the session that
//! `scripts/desktop-session.sh` starts.

mod connection;
mod pictures;
mod story;
mod window;
