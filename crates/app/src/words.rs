//! The one table of words for people, in English: what codes, checks, effects and skip reasons say. The
//! window's page reads the same files.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use pillbox_model::{
    CheckId, CheckReport, Concern, DocumentPart, Effect, ErrorCode, Failure, Location, ObjectEffect, Reason,
    SkipReason, Verdict,
};
use serde::Deserialize;

use crate::receipt::ReceiptWords;

/// What happened, and what to do.
#[derive(Debug, Deserialize)]
struct WhatHelp {
    what: String,
    help: String,
}

/// The words of one check.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct CheckWords {
    pass: String,
    fail: String,
    unknown: String,
    not_applicable: String,
    risk: String,
    fix: String,
    guide: String,
}

/// The table.
pub struct Words {
    errors: BTreeMap<String, WhatHelp>,
    checks: BTreeMap<String, CheckWords>,
    reasons: BTreeMap<String, String>,
    effects: BTreeMap<String, String>,
    object_effects: BTreeMap<String, String>,
    skips: BTreeMap<String, WhatHelp>,
    concerns: BTreeMap<String, WhatHelp>,
    pub(crate) receipt: ReceiptWords,
}

#[expect(clippy::expect_used, reason = "the files are compiled in, and a test reads each of them")]
static ENGLISH: LazyLock<Words> = LazyLock::new(|| Words {
    errors: serde_json::from_str(include_str!("../words/errors.json")).expect("words/errors.json"),
    checks: serde_json::from_str(include_str!("../words/checks.json")).expect("words/checks.json"),
    reasons: serde_json::from_str(include_str!("../words/reasons.json")).expect("words/reasons.json"),
    effects: serde_json::from_str(include_str!("../words/effects.json")).expect("words/effects.json"),
    object_effects: serde_json::from_str(include_str!("../words/object_effects.json"))
        .expect("words/object_effects.json"),
    skips: serde_json::from_str(include_str!("../words/skips.json")).expect("words/skips.json"),
    concerns: serde_json::from_str(include_str!("../words/concerns.json")).expect("words/concerns.json"),
    receipt: serde_json::from_str(include_str!("../words/receipt.json")).expect("words/receipt.json"),
});

impl Words {
    /// The English table.
    pub fn english() -> &'static Self {
        &ENGLISH
    }

    /// What happened, with what it is about in brackets.
    pub fn error(&self, failure: &Failure) -> String {
        let what = self.errors.get(&failure.code.as_str()).map_or("", |words| words.what.as_str());
        match &failure.about {
            Some(about) => format!("{} ({about})", what.trim_end_matches('.')),
            None => what.trim_end_matches('.').to_owned(),
        }
    }

    /// What to do.
    pub fn help(&self, code: ErrorCode) -> &str {
        self.errors.get(&code.as_str()).map_or("", |words| words.help.as_str())
    }

    /// What to do, with the name of the bucket it is about.
    pub fn help_with(&self, failure: &Failure) -> String {
        let bucket = failure.about.as_deref().unwrap_or("BUCKET");
        self.help(failure.code).replace("BUCKET", bucket)
    }

    /// The headline of a check's verdict.
    pub fn check(&self, check: CheckId, verdict: Verdict) -> &str {
        self.checks.get(check.as_str()).map_or("", |words| match verdict {
            Verdict::Pass => &words.pass,
            Verdict::Fail => &words.fail,
            Verdict::Unknown => &words.unknown,
            Verdict::NotApplicable => &words.not_applicable,
        })
    }

    /// What can go wrong where a check fails.
    pub fn risk(&self, check: CheckId) -> &str {
        self.checks.get(check.as_str()).map_or("", |words| &words.risk)
    }

    /// What a check's fix does, as a verb phrase.
    pub fn fix(&self, check: CheckId) -> &str {
        self.checks.get(check.as_str()).map_or("", |words| &words.fix)
    }

    /// What to do where no click fixes it.
    pub fn guide(&self, check: CheckId) -> &str {
        self.checks.get(check.as_str()).map_or("", |words| &words.guide)
    }

    /// Why a verdict is what it is.
    pub fn reason(&self, report: &CheckReport) -> String {
        self.filled(&self.reasons, &report.reason)
    }

    /// The sentence of one reason.
    pub fn reason_alone(&self, reason: &Reason) -> String {
        self.filled(&self.reasons, reason)
    }

    /// What may stop working.
    pub fn effect(&self, effect: &Effect) -> String {
        self.filled(&self.effects, effect)
    }

    /// What a person should know before an object is changed.
    pub fn object_effect(&self, effect: &ObjectEffect) -> String {
        self.filled(&self.object_effects, effect)
    }

    /// Why a source was not read.
    pub fn skip(&self, reason: SkipReason) -> &str {
        self.skips.get(&code_of(&reason)).map_or("", |words| &words.what)
    }

    /// What to do about a source that was not read.
    pub fn skip_help(&self, reason: SkipReason) -> &str {
        self.skips.get(&code_of(&reason)).map_or("", |words| &words.help)
    }

    /// What is odd about a whole file.
    pub fn concern(&self, concern: Concern) -> &str {
        self.concerns.get(&code_of(&concern)).map_or("", |words| &words.what)
    }

    /// What to do about what is odd.
    pub fn concern_help(&self, concern: Concern) -> &str {
        self.concerns.get(&code_of(&concern)).map_or("", |words| &words.help)
    }

    /// The part of a document as people name it: `sheet Patients, cell C5`, `page 2`, `$.patient.dob`,
    /// `scripts.zip!/a.txt row 3, column dob`; nothing where it says nothing.
    pub fn location(location: &Location) -> Option<String> {
        let part = location.part.as_ref().map(|part| match part {
            DocumentPart::Cell { sheet: Some(sheet), row, column, .. } => {
                format!("sheet {sheet}, cell {}{row}", column_letters(*column))
            }
            DocumentPart::Cell { row, column_name: Some(name), .. } => format!("row {row}, column {name}"),
            DocumentPart::Cell { row, column, .. } => format!("row {row}, column {column}"),
            DocumentPart::Page { number } => format!("page {number}"),
            DocumentPart::Record { index: 0, path } => path.clone(),
            DocumentPart::Record { index, path } => format!("record {}, {path}", index + 1),
        });
        match (&location.member, part) {
            (Some(member), Some(part)) => Some(format!("{member} {part}")),
            (Some(member), None) => Some(member.clone()),
            (None, part) => part,
        }
    }

    /// The sentence of a tagged value, with the value's own fields in its `{placeholders}`.
    fn filled(&self, table: &BTreeMap<String, String>, value: &impl serde::Serialize) -> String {
        let value = serde_json::to_value(value).unwrap_or_default();
        let kind = value.get("kind").and_then(|kind| kind.as_str()).unwrap_or_default();
        let mut sentence = table.get(kind).cloned().unwrap_or_default();
        for (field, content) in value.as_object().into_iter().flatten() {
            let text = match content {
                serde_json::Value::String(text) => text.clone(),
                serde_json::Value::Array(items) => {
                    items.iter().filter_map(|item| item.as_str()).collect::<Vec<_>>().join(", ")
                }
                other => other.to_string(),
            };
            sentence = sentence.replace(&format!("{{{field}}}"), &text);
        }
        sentence
    }
}

/// A value's serialised name.
pub(crate) fn code_of(value: &impl serde::Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
}

/// A column as workbooks write it: A to Z, AA and so on.
pub(crate) fn column_letters(column: u64) -> String {
    let mut letters = Vec::new();
    let mut rest = column;
    while rest > 0 {
        // A remainder of 26 fits.
        letters.push(char::from(b'A' + ((rest - 1) % 26) as u8));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_in_documents_are_named_as_people_name_them() {
        let cell = |sheet: Option<&str>, name: Option<&str>| DocumentPart::Cell {
            sheet: sheet.map(str::to_owned),
            row: 5,
            column: 28,
            column_name: name.map(str::to_owned),
        };
        let said = |member: Option<&str>, part| {
            Words::location(&Location { member: member.map(str::to_owned), part }).unwrap_or_default()
        };
        assert_eq!(said(None, Some(cell(Some("Patients"), None))), "sheet Patients, cell AB5");
        assert_eq!(said(None, Some(cell(None, Some("dob")))), "row 5, column dob");
        assert_eq!(said(Some("a.zip!/b.csv"), Some(cell(None, None))), "a.zip!/b.csv row 5, column 28");
        assert_eq!(said(Some("a.txt"), None), "a.txt");
        assert_eq!(said(None, Some(DocumentPart::Page { number: 2 })), "page 2");
        let record = |index| DocumentPart::Record { index, path: "$.patient.dob".to_owned() };
        assert_eq!(said(None, Some(record(0))), "$.patient.dob");
        assert_eq!(said(None, Some(record(3))), "record 4, $.patient.dob");
    }
}
