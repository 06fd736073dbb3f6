//! What Pillbox keeps on this computer: one SQLite database in an owner-only folder, and secrets in the
//! operating system's keychain.
//!
//! Words: the **data folder** is where the database lies; a **connection** is how a bucket is reached; the
//! **journal** is every upload with its files, so that a killed upload is finished by the next start; the record
//! of **scans** is what was looked into where it lies, so that only what is new or changed is read again; what was
//! **sent** is which bytes of this computer became which object, and what decided it; a
//! **change** is what a fix or an undo writes to a bucket's settings or to an object, with the former state; the **audit**
//! log is hash-chained and append-only; a **lease** keeps one job from running twice on this computer.
//!
//! The database holds what the types of `pillbox-model` hold: kinds, counts, places and masked hints, never
//! a value that was detected. Keys and paths stand in the tables of files, findings, scans and changes of objects alone. Secrets never
//! enter it.
//!
//! Every call is short and blocking, and either happened wholly or not at all, also when the process is
//! killed half-way. Moments come in as arguments: there is no clock here. This room knows no AWS, no window
//! and no other room than `pillbox-model`.

mod audit;
mod changes;
mod connections;
mod error;
mod findings;
mod identifiers;
mod journal;
mod keychain;
mod leases;
mod place;
mod scans;
mod schema;
mod sent;
mod settings;
mod store;
mod watch;
mod words;

pub use audit::{AuditReport, Entry, NewEntry};
pub use changes::{Change, ChangePlan, ChangeState, ChangeStep, NewChange, QuarantineMove, StepOutcome};
pub use findings::{FindingFilter, FindingOrder, FindingScope, FindingSort};
pub use journal::{
    BucketTotals, ConcernTotal, DecisionTotal, FileFilter, HeldFile, HeldFilter, IdentifierTotal, KindTotal,
    PartsBegun, StateTotal, Totals,
};
pub use keychain::{Keychain, SessionKeychain, SystemKeychain};
pub use leases::Lease;
pub use place::default_data_dir;
pub use scans::{ObjectLook, ScanPlace, ScanPosition, ScannedObject};
pub use sent::{ObjectFindings, SentObject};
pub use store::Store;
pub use watch::{WatchFolder, WatchedLast};
