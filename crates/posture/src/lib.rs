//! A bucket's settings in, verdicts and fix plans out.
//!
//! [`judge`] asks every check of a [`BucketSnapshot`](pillbox_model::BucketSnapshot), [`gate`] says whether the
//! bucket is shut, [`plan`] and [`plan_all`] say what a fix would change, [`undo_plan`] how it is taken back.
//! What a check is about besides its verdict (the permission it needs, the type of its finding) say
//! [`permission`] and [`finding_kind`].
//!
//! Words: a **check** asks one question and lives in one module under `checks`; a **grant** is **public** when
//! it is to everybody and **foreign** when it is to anyone else but the bucket's owner; a policy is **public**
//! as Amazon S3 defines it (`policy::public`); a setting is **unread** when there is no answer, and what was not
//! read is unknown and never a pass.
//!
//! The room is pure: the same snapshot gives the same answer. No files, no network, no clock, no environment,
//! and no other room than `pillbox-model`.

mod checks;
mod gate;
mod outcome;
mod plan;
mod policy;

pub use checks::{finding_kind, judge, permission};
pub use gate::gate;
pub use plan::{plan, plan_all, undo_plan};
