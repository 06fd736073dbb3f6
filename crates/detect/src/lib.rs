//! Text in, detections out: the managed data identifiers and the engine that looks for all of them at once.
//!
//! # Words
//!
//! An **identifier** is one kind of sensitive data, as data: its keywords, how its values are found, what
//! proves them, and **examples** that must and must not match ([`Engine::prove`] runs them all). A **value**
//! is the text that is reported, a **keyword** the word near it that says what it is, a **label** a keyword
//! in front of its value (`Medicare No ....: 2123 45670 1`), and its **mark** the colon or equals sign
//! behind it. A **candidate** is a value under one identifier before overlaps are settled; what is left is a
//! detection. A **field** is a part of a text with a **heading** that names it (a column, a record's path); its
//! keywords speak for the values in it, and where fields are confined, words outside of them do not.
//!
//! # How it works
//!
//! A text is worked through in windows of fixed size. One sweep over a window's bytes finds keywords (at
//! word starts, through a hash table of their first letters) and the few places where a value may start: a
//! digit, a word that goes on with digits, a word on a list of names or drugs, `@`, `-----`, `eyJ`. Values are read
//! only there, or beside the keywords that want one. Most layouts need a keyword, so which identifiers have one in
//! reach is told for a line at once, and only theirs are tried; the check digit is verified before the keywords
//! around a value are weighed. Overlapping candidates are settled, and masks, lines and columns are made of what is
//! reported alone.
//! Every look-around has a bound, so the cost is linear in the size of any text, and a [`Stream`] finds
//! exactly what [`Engine::scan`] finds.
//!
//! What a practice adds ([`Engine::with`]) joins on the way: values of its own identifiers are candidates beside the
//! others, and what an allow list names is no candidate at all. Patterns that people write run in time linear in the
//! text, and only beside their keywords where they have some.
//!
//! # What it never does
//!
//! No files, no network, no clock, no environment, no threads: this room depends on [`pillbox_model`] and
//! on its text alone. When to stop is asked of the caller (`keep_going`), and a scan that was stopped is
//! an error ([`Interrupted`]), never a clean result.

mod allow;
mod context;
mod custom;
mod engine;
mod fields;
mod gathered;
mod identifier;
mod identifiers;
mod invalid;
mod lexicon;
mod lists;
mod named;
mod patients;
mod pattern;
mod place;
mod planes;
mod prescription;
mod proof;
mod reach;
mod settle;
mod shape;
mod sink;
mod stream;
mod sweep;
mod text;
mod validators;
mod values;
mod weigh;
mod window;
mod word_key;
mod words;

pub use allow::{TEST_CARD_NUMBERS, allow_hash};
pub use engine::{Engine, Selection};
pub use identifier::{Example, Identifier};
pub use invalid::{CustomError, Field, Problem};
pub use named::VALIDATORS;
pub use patients::{Patients, names_in};
pub use proof::Failure;
pub use sink::{Interrupted, Sink, Stats};
pub use stream::Stream;
