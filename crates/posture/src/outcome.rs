//! What a check says before it becomes a report.

use pillbox_model::{ErrorCode, Reason, Unread, Verdict};

/// A verdict and why.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Outcome {
    pub(crate) verdict: Verdict,
    pub(crate) reason: Reason,
}

impl Outcome {
    pub(crate) const fn pass() -> Self {
        Self::pass_because(Reason::AsItShouldBe)
    }

    pub(crate) const fn pass_because(reason: Reason) -> Self {
        Self { verdict: Verdict::Pass, reason }
    }

    pub(crate) const fn fail(reason: Reason) -> Self {
        Self { verdict: Verdict::Fail, reason }
    }

    pub(crate) const fn unknown(reason: Reason) -> Self {
        Self { verdict: Verdict::Unknown, reason }
    }

    /// What can be said without the setting.
    pub(crate) fn unread(unread: &Unread) -> Self {
        match unread.code {
            ErrorCode::NotSupported => Self { verdict: Verdict::NotApplicable, reason: Reason::NotSupported },
            ErrorCode::AccessDenied | ErrorCode::ManagedByOrganisation => {
                Self::unknown(Reason::MayNotRead { permission: unread.permission.clone() })
            }
            _ => Self::unknown(Reason::ReadFailed),
        }
    }
}
