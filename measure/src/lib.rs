//! How good and how fast detection is: documents that are made with what is in them, and what holds them against what
//! is found.
//!
//! # Words
//!
//! A **document** is made from a **seed**, with a **label** for each value that should be found: its identifier, its
//! **core** (the value without the words around it, the name without its title) and its **reach** (the core and what
//! may as well be counted in, such as the holder's number behind a Medicare number). A **hard negative** looks like a
//! value and is none: an order number, a date that is no birth date, a number whose check digit is wrong. The values
//! have check digits where their rule is public; names, streets and wordings are this room's own.
//!
//! # What counts
//!
//! A **hit** is one detection of the label's identifier that covers every letter and digit of the core and none beyond
//! the reach; punctuation and spaces at its ends do not matter. Names and addresses may come in parts (a line, a cell)
//! and lack a tenth. An identifier counts as named when it is the detection's own or in its `evidence.also`, since a
//! value that is valid under two identifiers is given out once with both. `DATE_OF_BIRTH` and `DOB_ANY_FORMAT` name
//! the same values, and so do `CANADA_BC_PHN` and `CANADA_HEALTH_NUMBER`; a card's number on a line of its own may take
//! its keyword from the line above. A label without a hit is a **miss**, a
//! detection that made no hit is a **false alarm** of its identifier: what is found as something else counts as both.
//! **Optional** labels are left out either way: a family name behind a title, a given name in a salutation, a medicine
//! that is mentioned in passing, the identifier of an e-mail message. A `UK_POSTCODE` inside an address is no false alarm, and `PRESCRIPTION_DOCUMENT`,
//! which speaks of a text and not of a place in it, does not count.
//!
//! # What it never does
//!
//! No room depends on this one, and no list of words is shared with [`pillbox_detect`]. It knows nothing of uploads,
//! buckets and screens.

mod corpus;
mod country;
mod cpu;
mod documents;
mod facts;
mod hostile;
mod layout;
mod marked;
mod numbers;
mod person;
mod random;
mod scan;
mod score;
mod traps;
mod words;

pub use corpus::{Document, clean, document, documents, prescription, prescriptions, tables};
pub use country::Country;
pub use cpu::{Spent, peak_memory};
pub use hostile::{Hostile, candidates, even};
pub use marked::{Label, Marked};
pub use random::Random;
pub use scan::scan;
pub use score::{Count, Found, Score, Wrong};
