//! What a practice adds to the managed identifiers: its own identifiers, and what is not sensitive to it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{IdentifierId, Severity};

/// An identifier of the practice's own: Macie's custom data identifier, with a check digit if there is one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CustomIdentifier {
    /// Its name, at most 128 characters, unlike every other identifier's id or name.
    pub name: String,
    /// What it is for, at most 512 characters.
    #[serde(default)]
    pub description: String,
    /// The pattern of its values, in the syntax of Rust's `regex` crate, at most 512 characters.
    pub regex: String,
    /// Words of which one must stand before a value, at most 50 of 3 to 90 characters, whatever their case; none:
    /// values are believed without.
    #[serde(default)]
    pub keywords: Vec<String>,
    /// A value that holds one of these is none: at most 10 of 4 to 90 characters, case counts.
    #[serde(default)]
    pub ignore_words: Vec<String>,
    /// The most characters between the end of a keyword and the end of the value, 1 to 300.
    #[serde(default = "CustomIdentifier::default_distance")]
    pub maximum_match_distance: u16,
    /// The check digit of its values, by the name of a validator of the program (`luhn`, `nhi`, …).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub validator: Option<String>,
    /// From how many occurrences in one object on which severity holds, in ascending order; none: medium whatever
    /// the number. Fewer occurrences than the first asks for make no detection.
    #[serde(default)]
    pub severity_levels: Vec<SeverityLevel>,
}

/// From how many occurrences on a severity holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SeverityLevel {
    /// The least number of occurrences in one object, from 1.
    pub occurrences_threshold: u64,
    /// The severity.
    pub severity: Severity,
}

impl CustomIdentifier {
    /// Macie's `maximumMatchDistance` when none is given.
    pub const DEFAULT_DISTANCE: u16 = 50;

    fn default_distance() -> u16 {
        Self::DEFAULT_DISTANCE
    }

    /// Its id: the name.
    pub fn id(&self) -> IdentifierId {
        IdentifierId::parse(self.name.clone())
    }

    /// The severity of `count` occurrences in one object; `None` when there are too few to speak of.
    pub fn severity(&self, count: u64) -> Option<Severity> {
        if self.severity_levels.is_empty() {
            return Some(Severity::Medium);
        }
        self.severity_levels.iter().rev().find(|level| count >= level.occurrences_threshold).map(|level| level.severity)
    }
}

/// What is not sensitive although an identifier matches it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AllowList {
    /// Its name, at most 128 characters, unlike every other list's.
    pub name: String,
    /// What it is for, at most 512 characters.
    #[serde(default)]
    pub description: String,
    /// Whether it is in use.
    pub enabled: bool,
    /// What it allows.
    pub entries: AllowEntries,
}

/// What an allow list allows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase", tag = "kind")]
pub enum AllowEntries {
    /// Exact values of 1 to 90 characters, whatever their case; at most 100,000.
    Words {
        /// The values.
        words: Vec<String>,
    },
    /// Values that a pattern matches as a whole, in the syntax of Rust's `regex` crate, at most 512 characters.
    Regex {
        /// The pattern.
        regex: String,
    },
    /// Values that a person called not sensitive, as keyed hashes: HMAC-SHA-256 over identifier and value, in lower
    /// case hexadecimal. What they were cannot be read from it.
    Hashes {
        /// The hashes.
        hashes: Vec<String>,
    },
}
