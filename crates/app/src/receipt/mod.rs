//! The receipt of an upload: one document that says what became of every file, who sent it, when, and how the bucket
//! was protected.
//!
//! It is made from the journal ([`source`]) and never held in memory as a whole. Its canonical form is JSON without names
//! ([`json`]); the SHA-256 of that form goes into the audit log whenever an upload comes to rest ([`made`]), so that an
//! edited file and an edited row of the journal are both found ([`verify`]). Names and keys are in it as salted digests
//! ([`names`]); an export may have them beside these. CSV and HTML are for people and their tables.

mod bucket;
mod csv;
mod document;
mod export;
mod html;
mod json;
mod made;
mod names;
mod source;
mod verify;
mod window;
mod words;

pub use bucket::{ObjectAnswer, ReceiptProblem};
pub use document::{ReceiptFile, ReceiptHead};
pub use export::ReceiptForm;
pub use made::ReceiptRow;
pub(crate) use words::ReceiptWords;

pub use verify::{ReceiptCheck, ReceiptOf, RecordAnswer, RecordCheck};
