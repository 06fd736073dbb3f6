//! Findings: the model's documents, with columns beside them to find them by.

mod filter;
mod record;

pub use filter::{FindingFilter, FindingOrder, FindingSort};
pub use record::FindingScope;
pub(crate) use record::settle;
