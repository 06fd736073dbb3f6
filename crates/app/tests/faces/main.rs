//! What the window and the command line rely on: the page's types are those of the program, and every code has
//! words.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

mod identifiers;
mod types;
mod words;
