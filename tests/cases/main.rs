//! Whole-system tests on the built command.

mod arrows;
mod bad_input;
mod five_lines;
mod kill;
mod story;
