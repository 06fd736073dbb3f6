//! Identifiers, allow lists and rules, as their screens show and change them.

use pillbox_model::{
    Category, CustomIdentifier, Disposition, IdentifierId, Masked, NotAPrescription, RedactionStyle, Severity,
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{DetectionView, MaskedLine};

/// All identifiers, and what one's own can be made of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct IdentifiersPage {
    /// The managed ones by field, then the practice's own by name.
    pub identifiers: Vec<IdentifierRow>,
    /// The check digits that one's own can name.
    pub validators: Vec<ValidatorChoice>,
}

/// An identifier in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct IdentifierRow {
    /// Its id.
    pub id: IdentifierId,
    /// Its name for people.
    pub name: String,
    /// Its category.
    pub category: Category,
    /// The countries whose data it is, or `Any`; nothing for one's own.
    pub country: Option<String>,
    /// Whether it is the practice's own.
    pub own: bool,
    /// Whether it is looked for.
    pub on: bool,
    /// What the gate does with it.
    pub disposition: Disposition,
    /// Words that say near a value what it is.
    pub keywords: Vec<String>,
    /// Why it can't be used, where it can't.
    pub problem: Option<String>,
}

/// A check digit that an identifier of one's own can name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ValidatorChoice {
    /// Its name in identifiers.
    pub name: String,
    /// What it checks.
    pub checks: String,
}

/// An identifier with all that is known of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct IdentifierDetail {
    /// As in the list.
    pub row: IdentifierRow,
    /// How many characters may lie between keyword and value.
    pub distance: u16,
    /// What can be set for it; nothing where no keyword is asked for.
    pub distances: Option<DistanceChoice>,
    /// Whether a check digit, or a rule as strict, is checked.
    pub checksum: bool,
    /// Severity by the least number of occurrences in one object.
    pub severity: Vec<SeverityFrom>,
    /// Texts in which it is found, each with the value; invented.
    pub examples: Vec<ExampleView>,
    /// Texts in which it must find nothing; invented.
    pub counterexamples: Vec<String>,
    /// Where the facts come from.
    pub source: String,
    /// The definition, where it is the practice's own.
    pub own: Option<CustomIdentifier>,
}

/// What can be set for how many characters may lie between keyword and value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DistanceChoice {
    /// How many where nobody says otherwise.
    pub default: u16,
    /// The least.
    pub least: u16,
    /// The most.
    pub most: u16,
}

/// From how many occurrences on a severity holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SeverityFrom {
    /// The least number of occurrences in one object.
    pub occurrences: u64,
    /// The severity.
    pub severity: Severity,
}

/// A text in which an identifier is found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ExampleView {
    /// The text.
    pub text: String,
    /// The value in it.
    pub value: String,
}

/// A sample text to try identifiers with.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TestRequest {
    /// The text, at most 100,000 characters. Nothing of it is kept.
    pub sample: String,
    /// An identifier of one's own, saved or not; only this one is looked for.
    pub identifier: Option<CustomIdentifier>,
    /// The id of an identifier; only what it finds is shown. Without either, all that are on are looked for.
    pub only: Option<IdentifierId>,
}

/// What was found in a sample text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Tested {
    /// The first lines of the text, every value masked.
    pub lines: Vec<MaskedLine>,
    /// Whether there are more lines.
    pub truncated: bool,
    /// What was found, in the order of the text; the first hundred.
    pub detections: Vec<DetectionView>,
    /// Where in the sample these are, for a page that marks them in the text it has.
    pub ranges: Vec<SampleRange>,
    /// How many were found.
    pub total: u64,
    /// How many values an allow list kept from being found.
    pub allowed: u64,
    /// The severity that their number makes, where one identifier was looked for; nothing where they are too few.
    pub severity: Option<Severity>,
}

/// A range of a sample text, in the UTF-16 code units of the page's strings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SampleRange {
    /// The first.
    pub start: u64,
    /// Behind the last.
    pub end: u64,
}

/// The form in which identifiers of one's own are written to a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum ExportFormat {
    /// TOML, with everything.
    Toml,
    /// The JSON of Macie's `CreateCustomDataIdentifier`, which knows no check digits.
    Macie,
}

impl ExportFormat {
    /// The extension of a file in this form.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Toml => "toml",
            Self::Macie => "json",
        }
    }
}

/// Identifiers of one's own as a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Exported {
    /// The file.
    pub text: String,
    /// Identifiers whose check digit the form can't say: Macie finds more with them than Pillbox does.
    pub without_validator: Vec<String>,
}

/// An allow list in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AllowListRow {
    /// Its name.
    pub name: String,
    /// What it is for.
    pub description: String,
    /// What it allows.
    pub kind: AllowListKind,
    /// Whether it is in use.
    pub on: bool,
    /// How many entries it has.
    pub entries: u64,
    /// The first entries of a list of words, masked.
    pub preview: Vec<Masked>,
    /// The pattern, where it is one.
    pub regex: Option<String>,
    /// Why it is not in use although it is on.
    pub problem: Option<String>,
}

/// What an allow list allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum AllowListKind {
    /// Exact words, by hand or from a file.
    Words,
    /// What a pattern matches.
    Regex,
    /// What a person called not sensitive; hashes.
    NotSensitive,
    /// Card numbers reserved for tests; part of the program.
    TestCards,
}

/// A new allow list, or more of one that is there.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AllowListEdit {
    /// Its name.
    pub name: String,
    /// What it is for; nothing leaves it as it is.
    pub description: Option<String>,
    /// What it allows.
    pub add: AllowListAddition,
}

/// What an allow list gets.
#[derive(Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase", tag = "kind")]
pub enum AllowListAddition {
    /// These words besides those that are there.
    Words {
        /// The words.
        words: Vec<String>,
    },
    /// This pattern instead of the one that is there.
    Regex {
        /// The pattern.
        regex: String,
    },
}

impl std::fmt::Debug for AllowListAddition {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Words { words } => write!(f, "Words({})", words.len()),
            Self::Regex { .. } => f.write_str("Regex"),
        }
    }
}

/// A detection in a file under review that a person calls not sensitive.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct NotSensitive {
    /// The upload.
    pub upload: String,
    /// The file's number in it.
    pub number: u64,
    /// Which of the file's detections: its index in `FileDetail.detections`.
    pub detection: u32,
    /// Its identifier, so that a file that changed meanwhile is noticed.
    pub identifier: IdentifierId,
}

/// What the gate does with what is found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RulesView {
    /// Every identifier, in the order of the list.
    pub identifiers: Vec<RuleRow>,
    /// What happens with a file that is no prescription.
    pub not_a_prescription: NotAPrescription,
    /// What stands in place of what was taken out.
    pub redaction: RedactionStyle,
}

/// The rule of one identifier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RuleRow {
    /// The identifier.
    pub identifier: IdentifierId,
    /// Its name for people.
    pub name: String,
    /// Its category.
    pub category: Category,
    /// Whether it is looked for.
    pub on: bool,
    /// What the gate does with it.
    pub disposition: Disposition,
    /// What it would do where the practice says nothing.
    pub default_disposition: Disposition,
}

/// A change of the rules.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase", tag = "kind")]
pub enum RuleChange {
    /// What the gate does with an identifier.
    Disposition {
        /// The identifier.
        identifier: IdentifierId,
        /// What it does; nothing: what it does by default.
        disposition: Option<Disposition>,
    },
    /// What happens with a file that is no prescription.
    NotAPrescription {
        /// What.
        setting: NotAPrescription,
    },
    /// What stands in place of what was taken out.
    Redaction {
        /// What.
        style: RedactionStyle,
    },
}
