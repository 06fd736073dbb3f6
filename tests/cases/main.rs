//! Whole-system tests on the built command.

#![allow(clippy::expect_used, clippy::unwrap_used, reason = "what fails here fails the test")]

mod arrows;
mod bad_input;
mod bucket_scan;
mod command_line;
mod conflicts;
mod dense;
mod faults;
mod five_lines;
mod formats;
mod identifiers;
mod kill;
mod objects;
mod objects_faults;
mod prescriptions;
mod promise_fix;
mod promise_gate;
mod promise_private;
mod promise_record;
mod promise_stored_is_scanned;
mod receipts;
mod story;
mod sync;
mod taken_up_again;
mod unreadable;
mod watch;
