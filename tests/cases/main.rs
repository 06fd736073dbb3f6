//! Whole-system tests on the built command.

mod arrows;
mod five_lines;
mod kill;
mod story;
