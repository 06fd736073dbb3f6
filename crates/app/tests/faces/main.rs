//! What the window and the command line rely on: the page's types are those of the program, and every code has
//! words.

mod types;
mod words;
