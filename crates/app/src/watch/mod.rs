//! Watch folders: a file is taken when its writer has finished, and goes the way of every upload.
//!
//! The system's word only wakes; what is there is found out by looking through the folder, at the start, after each word
//! and now and then. A file is taken once: the journal has, for each file of a watch folder, the row in which it was taken
//! last, and only other bytes are taken again.

mod folders;
mod looking;
mod run;
mod take;
mod window;

pub use folders::NewWatchFolder;
pub use run::{WatchOptions, WatchPass};
