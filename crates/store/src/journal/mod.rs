//! The journal of uploads: what was chosen, and how far each file is.

mod bucket;
mod destination;
mod files;
mod held;
mod listed;
mod listing;
mod parts;
mod runs;
mod totals;
mod uploads;

pub use bucket::{BucketTotals, KindTotal};
pub use held::{HeldFile, HeldFilter};
pub use listing::FileFilter;
pub use parts::PartsBegun;
pub use totals::{ConcernTotal, DecisionTotal, IdentifierTotal, StateTotal, Totals};

pub(crate) use files::{insert, update};
pub(crate) use uploads::require;
