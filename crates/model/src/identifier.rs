//! What kinds of sensitive data there are, and how bad it is to find them.

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The id of a managed or custom data identifier: Macie's exact id where Macie has one
/// (for example `AUSTRALIA_TAX_FILE_NUMBER`), ours in the same style beyond them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[ts(type = "string")]
pub struct IdentifierId(Cow<'static, str>);

impl IdentifierId {
    /// An id that is part of the program.
    pub const fn of(id: &'static str) -> Self {
        Self(Cow::Borrowed(id))
    }

    /// An id that was read from somewhere.
    pub fn parse(id: impl Into<String>) -> Self {
        Self(Cow::Owned(id.into()))
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for IdentifierId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Macie's `SensitiveDataItemCategory`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Category {
    /// Keys, passwords, tokens.
    Credentials,
    /// Cards and bank accounts.
    FinancialInformation,
    /// Personally identifiable and personal health information.
    PersonalInformation,
    /// Found by an identifier of the practice's own.
    CustomIdentifier,
}

/// Macie's severity: `Low` (score 1), `Medium` (2), `High` (3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
pub enum Severity {
    /// Score 1.
    Low,
    /// Score 2.
    Medium,
    /// Score 3.
    High,
}

impl Severity {
    /// Macie's `severity.score`.
    pub const fn score(self) -> u8 {
        match self {
            Self::Low => 1,
            Self::Medium => 2,
            Self::High => 3,
        }
    }

    /// Macie's `severity.description`.
    pub const fn description(self) -> &'static str {
        match self {
            Self::Low => "Low",
            Self::Medium => "Medium",
            Self::High => "High",
        }
    }
}

/// The severity of an identifier by how often it occurs in one object: Macie's three bands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SeverityBands {
    /// One occurrence.
    pub one: Severity,
    /// 2 to 99 occurrences.
    pub some: Severity,
    /// 100 occurrences and more.
    pub many: Severity,
}

impl SeverityBands {
    /// The severity of `count` occurrences in one object.
    pub const fn of(&self, count: u64) -> Severity {
        match count {
            0 | 1 => self.one,
            2..=99 => self.some,
            _ => self.many,
        }
    }
}
