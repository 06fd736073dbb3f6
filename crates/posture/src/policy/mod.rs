//! Bucket policies as text in JSON: what they say, and whether S3 calls that public.

mod condition;
mod document;
mod public;

pub(crate) use condition::Condition;
pub(crate) use document::{Effect, Principal, Scope, Statement, statements};
pub(crate) use public::{Exposure, exposure};
