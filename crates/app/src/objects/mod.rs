//! Fixes of single objects: quarantine and back, versions, redaction, access, encryption, tags.
//!
//! Each is the same kind of thing as a fix of a bucket: a plan that is shown, written down before it is done,
//! done step by step under the condition that the object is still what was shown, read back after each step,
//! and taken back by another plan. A step whose outcome is not known is settled by the next look at the bucket.

mod apply;
mod download;
mod look_at;
mod plan;
mod quarantine;
mod redact;
mod settings;
mod step;
mod undo;
mod versions;
mod window;

use pillbox_model::ObjectPlan;

pub(crate) use download::{create_new, of_file};
pub use quarantine::QuarantineOptions;
pub(crate) use step::found_done;

/// The prefix of what is in quarantine; the object's own key stands behind it and an id.
pub const QUARANTINE_PREFIX: &str = "pillbox-quarantine/";

/// What a person types who wants what can't be taken back.
const CONSENT: &str = "delete for ever";

/// A plan for one object that was shown and can be applied.
#[derive(Debug, Clone)]
pub struct PlannedObject {
    /// What would change.
    pub plan: ObjectPlan,
    /// The change that it takes back.
    pub undo_of: Option<u64>,
}
