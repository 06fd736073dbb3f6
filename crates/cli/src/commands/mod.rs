//! One module a subcommand: arguments in, exit code out.

pub(crate) mod audit;
pub(crate) mod changes;
pub(crate) mod check;
pub(crate) mod completions;
pub(crate) mod findings;
pub(crate) mod fix;
pub(crate) mod held;
pub(crate) mod identifiers;
pub(crate) mod object_plan;
pub(crate) mod objects;
pub(crate) mod plan;
pub(crate) mod receipt;
pub(crate) mod rules;
pub(crate) mod sandbox;
pub(crate) mod scan;
mod scan_report;
pub(crate) mod undo;
pub(crate) mod upload;
mod upload_report;
pub(crate) mod watch;
