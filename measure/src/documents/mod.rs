//! The kinds of documents.

pub(crate) mod clinical;
pub(crate) mod exports;
pub(crate) mod letters;
pub(crate) mod office;
mod parts;
