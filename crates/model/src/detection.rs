//! One match in one text.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Category, IdentifierId, Location, Masked};

/// Where a match lies in its source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
pub struct Place {
    /// Offset of the first byte, from the start of the source, in the source's own encoding.
    pub start: u64,
    /// Offset behind the last byte.
    pub end: u64,
    /// Line of the first character, counted from 1. A line ends with LF, CR LF or a lone CR.
    pub line: u64,
    /// Column of the first character in its line, in characters (Unicode scalar values), counted from 1.
    pub column: u64,
}

/// Why a match is believed. Holds words of the identifier, never words of the text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Evidence {
    /// The identifier's keyword that stood near the value, in the spelling of the identifier's list.
    pub keyword: Option<Cow<'static, str>>,
    /// Whether a check digit (or an equally strict rule, such as a decodable header) was verified.
    pub checksum: bool,
    /// Other identifiers under which the same value is as well supported.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<IdentifierId>,
}

/// One match of one identifier in one text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Detection {
    /// What was found.
    pub identifier: IdentifierId,
    /// The identifier's category.
    pub category: Category,
    /// Where.
    #[serde(flatten)]
    pub place: Place,
    /// In which part of a document, where the source is more than lines of text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<Box<Location>>,
    /// A hint at the value.
    pub masked: Masked,
    /// Why it is believed.
    pub evidence: Evidence,
}
