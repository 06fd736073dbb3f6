//! Front page.
