//! What Pillbox does: the use cases, and the bodies of the commands of window and command line.
//!
//! Data goes one way: source → bytes → text with places → detections → rules → decision → action →
//! record. This room wires the rooms that know how (files, detect, posture, aws, store); it draws nothing
//! and parses no arguments. The window and the command line are two faces on the same [`App`].
//!
//! What it must never depend on: tauri, an AWS SDK crate, the sandbox.

mod actor;
mod app;
mod background;
mod bucket_scan;
mod clock;
mod connect;
mod findings;
mod held;
mod identifiers;
mod look;
mod names;
mod objects;
mod overview;
mod protect;
mod receipt;
mod scan;
mod settle;
mod upload;
mod watch;
mod wire;
mod words;

pub use app::{
    App, AskToSignIn, Notices, Options, SandboxAccess, SignIn, Silent, default_data_dir, sandbox_dir, system_keychain,
};
pub use clock::{Clock, SystemClock};
pub use connect::Session;
pub use findings::FindingsQuery;
pub use identifiers::{IdentifierCheck, UnprovedIdentifier};
pub use names::hidden_name;
pub use objects::{PlannedObject, QUARANTINE_PREFIX, QuarantineOptions};
pub use protect::{Applied, Planned};
pub use receipt::{
    ObjectAnswer, ReceiptCheck, ReceiptFile, ReceiptForm, ReceiptHead, ReceiptOf, ReceiptProblem, ReceiptRow,
    RecordAnswer, RecordCheck,
};
pub use scan::{
    BucketScope, BucketTarget, Found, InventoryPlace, ObjectTotals, Render, Resume, ScanEvent, ScanSummary, ScanTarget,
};
pub use upload::{Comparison, Counters, UploadOptions, UploadReport};
pub use watch::{NewWatchFolder, WatchOptions, WatchPass};
pub use wire::*;
pub use words::Words;

pub use pillbox_store::{HeldFile, HeldFilter, WatchFolder, WatchedLast};
