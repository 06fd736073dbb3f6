//! An upload: walk, look, gate, send, read back, look again, record.
//!
//! The journal in the store holds every file's state from the start, so that a killed upload is finished by
//! the next start and memory does not grow with the number of files. Files are looked into twice: once for
//! a person to review ([`review`](self::review)), and once when they are sent, from the very bytes that are
//! sent ([`send`](self::send)).

mod begin;
mod compare;
mod conflict;
mod decide;
mod detail;
mod file;
mod gate;
mod journal;
mod large;
mod ledger;
mod line;
mod pace;
mod prepare;
mod progress;
mod proof;
mod review;
mod send;
mod sign_in;
mod view;
mod window;

pub use begin::UploadOptions;
pub(crate) use begin::found as found_file;
pub use compare::Comparison;
pub(crate) use detail::{detection_view, file_row, masked_lines};
pub(crate) use gate::let_through;
pub(crate) use journal::UNDER_WAY;
pub(crate) use large::{blocking, sha256_of};
pub(crate) use prepare::redacted_copy;
pub use progress::Counters;
pub use send::UploadReport;
pub(crate) use send::lease_name as upload_lease;
