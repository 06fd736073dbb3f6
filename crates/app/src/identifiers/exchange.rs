//! Identifiers of one's own in files: TOML, and the JSON of Macie's `CreateCustomDataIdentifier` request, which its
//! `GetCustomDataIdentifier` answers with as well (Amazon Macie API Reference).

use pillbox_model::{CustomIdentifier, ErrorCode, Failure, Severity, SeverityLevel};
use serde::{Deserialize, Serialize};

use crate::wire::{ExportFormat, Exported};

/// A file in TOML: one identifier after the other, or one alone.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    identifier: Vec<CustomIdentifier>,
}

/// Macie's form. What Macie adds when it answers (`arn`, `id`, `createdAt`, `deleted`, `tags`) is passed over.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Macie {
    name: String,
    #[serde(default)]
    description: Option<String>,
    regex: String,
    #[serde(default)]
    keywords: Option<Vec<String>>,
    #[serde(default)]
    ignore_words: Option<Vec<String>>,
    #[serde(default)]
    maximum_match_distance: Option<u16>,
    #[serde(default)]
    severity_levels: Option<Vec<MacieLevel>>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct MacieLevel {
    occurrences_threshold: u64,
    severity: MacieSeverity,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
enum MacieSeverity {
    Low,
    Medium,
    High,
}

/// Reads a file, whichever of the two it is.
///
/// # Errors
/// [`ErrorCode::IdentifiersNotUnderstood`] about the place and what is wrong there.
pub(super) fn read(text: &str) -> Result<Vec<CustomIdentifier>, Failure> {
    let begins_like_json = text.trim_start().strip_prefix('[').map_or_else(
        || text.trim_start().starts_with('{'),
        // `[[identifier]]` is TOML.
        |behind| behind.trim_start().starts_with(['{', ']']),
    );
    let identifiers = if begins_like_json { read_macie(text) } else { read_toml(text) }?;
    if identifiers.is_empty() { Err(not_understood("there is no identifier in it")) } else { Ok(identifiers) }
}

fn read_macie(text: &str) -> Result<Vec<CustomIdentifier>, Failure> {
    let wrong = |error: serde_json::Error| not_understood(&format!("line {}: {}", error.line(), without_place(&error)));
    let identifiers: Vec<Macie> = if text.trim_start().starts_with('[') {
        serde_json::from_str(text).map_err(wrong)?
    } else {
        vec![serde_json::from_str(text).map_err(wrong)?]
    };
    Ok(identifiers.into_iter().map(CustomIdentifier::from).collect())
}

/// What an error says, without the place that stands before it.
fn without_place(error: &serde_json::Error) -> String {
    let said = error.to_string();
    said.rsplit_once(" at line ").map_or(said.clone(), |(what, _)| what.to_owned())
}

fn read_toml(text: &str) -> Result<Vec<CustomIdentifier>, Failure> {
    let table: toml::Table = toml::from_str(text).map_err(|error| toml_error(text, &error))?;
    if table.contains_key("identifier") {
        return toml::from_str::<File>(text).map(|file| file.identifier).map_err(|error| toml_error(text, &error));
    }
    toml::from_str::<CustomIdentifier>(text).map(|one| vec![one]).map_err(|error| toml_error(text, &error))
}

fn toml_error(text: &str, error: &toml::de::Error) -> Failure {
    let line =
        error.span().and_then(|span| text.get(..span.start)).map_or(1, |before| before.matches('\n').count() + 1);
    not_understood(&format!("line {line}: {}", error.message()))
}

fn not_understood(why: &str) -> Failure {
    Failure::about(ErrorCode::IdentifiersNotUnderstood, why)
}

/// Writes a file.
///
/// # Errors
/// [`ErrorCode::Internal`] where a value can't be written, which none of these types holds.
pub(super) fn write(identifiers: &[CustomIdentifier], format: ExportFormat) -> Result<Exported, Failure> {
    let internal = || Failure::new(ErrorCode::Internal);
    match format {
        ExportFormat::Toml => {
            let text = toml::to_string_pretty(&File { identifier: identifiers.to_vec() }).map_err(|_| internal())?;
            Ok(Exported { text, without_validator: Vec::new() })
        }
        ExportFormat::Macie => {
            let all: Vec<Macie> = identifiers.iter().map(Macie::from).collect();
            let text = match all.as_slice() {
                // The form that `aws macie2 create-custom-data-identifier --cli-input-json` takes.
                [one] => serde_json::to_string_pretty(one),
                all => serde_json::to_string_pretty(all),
            };
            let with_validator = identifiers.iter().filter(|identifier| identifier.validator.is_some());
            Ok(Exported {
                text: text.map_err(|_| internal())? + "\n",
                without_validator: with_validator.map(|identifier| identifier.name.clone()).collect(),
            })
        }
    }
}

impl From<Macie> for CustomIdentifier {
    fn from(macie: Macie) -> Self {
        Self {
            name: macie.name,
            description: macie.description.unwrap_or_default(),
            regex: macie.regex,
            keywords: macie.keywords.unwrap_or_default(),
            ignore_words: macie.ignore_words.unwrap_or_default(),
            maximum_match_distance: macie.maximum_match_distance.unwrap_or(Self::DEFAULT_DISTANCE),
            validator: None,
            severity_levels: macie.severity_levels.unwrap_or_default().iter().map(SeverityLevel::from).collect(),
        }
    }
}

impl From<&CustomIdentifier> for Macie {
    fn from(own: &CustomIdentifier) -> Self {
        Self {
            name: own.name.clone(),
            description: Some(own.description.clone()),
            regex: own.regex.clone(),
            keywords: Some(own.keywords.clone()),
            ignore_words: Some(own.ignore_words.clone()),
            maximum_match_distance: Some(own.maximum_match_distance),
            severity_levels: Some(own.severity_levels.iter().map(MacieLevel::from).collect())
                .filter(|levels: &Vec<_>| !levels.is_empty()),
        }
    }
}

impl From<&MacieLevel> for SeverityLevel {
    fn from(level: &MacieLevel) -> Self {
        let severity = match level.severity {
            MacieSeverity::Low => Severity::Low,
            MacieSeverity::Medium => Severity::Medium,
            MacieSeverity::High => Severity::High,
        };
        Self { occurrences_threshold: level.occurrences_threshold, severity }
    }
}

impl From<&SeverityLevel> for MacieLevel {
    fn from(level: &SeverityLevel) -> Self {
        let severity = match level.severity {
            Severity::Low => MacieSeverity::Low,
            Severity::Medium => MacieSeverity::Medium,
            Severity::High => MacieSeverity::High,
        };
        Self { occurrences_threshold: level.occurrences_threshold, severity }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MACIE: &str = r#"{"arn":"arn:aws:macie2:…","id":"x","createdAt":"2026-01-01T00:00:00Z","deleted":false,
        "name":"Chart","description":"Charts","regex":"CH-[0-9]{4}","keywords":["chart"],"ignoreWords":["CH-0000"],
        "maximumMatchDistance":20,"severityLevels":[{"occurrencesThreshold":1,"severity":"LOW"},
        {"occurrencesThreshold":50,"severity":"HIGH"}],"tags":{"team":"front desk"}}"#;

    #[test]
    fn what_macie_answers_is_understood_and_comes_back_the_same() {
        let read_back = read(MACIE).unwrap();
        let [chart] = read_back.as_slice() else { panic!("{read_back:?}") };
        assert_eq!((chart.name.as_str(), chart.maximum_match_distance), ("Chart", 20));
        assert_eq!(chart.severity_levels[1], SeverityLevel { occurrences_threshold: 50, severity: Severity::High });
        for format in [ExportFormat::Toml, ExportFormat::Macie] {
            let exported = write(&read_back, format).unwrap();
            assert_eq!(read(&exported.text).unwrap(), read_back, "{}", exported.text);
            assert!(exported.without_validator.is_empty());
        }
    }

    #[test]
    fn several_and_a_check_digit_go_along_in_toml_and_macies_form_says_what_is_lost() {
        let one = "name = 'A'\nregex = 'a+'\nvalidator = 'luhn'\nkeywords = ['card']\n";
        let a = read(one).unwrap();
        let both = [a.clone(), read("name = 'B'\nregex = 'b+'\n").unwrap()].concat();
        assert_eq!(read(&write(&both, ExportFormat::Toml).unwrap().text).unwrap(), both);
        let exported = write(&both, ExportFormat::Macie).unwrap();
        assert_eq!(exported.without_validator, ["A"]);
        assert!(exported.text.starts_with('[') && read(&exported.text).unwrap().len() == 2);
    }

    #[test]
    fn what_is_not_understood_says_where() {
        for (text, about) in [
            ("name = 'A'\nregexp = 'a'\n", "line "),
            ("name = \n", "line 1: "),
            ("{\n\"name\": 1}", "line 2: "),
            ("{\"name\":\"A\"}", "line 1: missing field `regex`"),
            ("[]", "there is no identifier in it"),
            ("", "line 1: "),
        ] {
            let failure = read(text).unwrap_err();
            assert_eq!(failure.code, ErrorCode::IdentifiersNotUnderstood, "{text}");
            assert!(failure.about.as_deref().unwrap().starts_with(about), "{text}: {failure:?}");
        }
    }
}
