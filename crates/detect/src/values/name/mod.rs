//! Names of people.

mod announced;
mod labelled;
mod running;
mod words;

pub(crate) use announced::{apposed, mailbox, signature, subject};
pub(crate) use labelled::{labelled, titled};
pub(crate) use running::{running, stands_alone};
