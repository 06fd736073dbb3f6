//! Why an identifier of the practice's own, or an allow list, can't be used.

use std::fmt;

/// An identifier of the practice's own, or an allow list, that can't be used: which one, which field of it, and why.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{name}: {field}: {problem}")]
pub struct CustomError {
    /// The name of the identifier or list.
    pub name: String,
    /// The field, as it is called in files.
    pub field: Field,
    /// What is wrong with it.
    pub problem: Problem,
}

/// A field of an identifier or an allow list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Field {
    /// `name`.
    Name,
    /// `description`.
    Description,
    /// `regex`.
    Regex,
    /// `keywords`.
    Keywords,
    /// `ignoreWords`.
    IgnoreWords,
    /// `maximumMatchDistance`.
    MaximumMatchDistance,
    /// `validator`.
    Validator,
    /// `severityLevels`.
    SeverityLevels,
    /// `words`.
    Words,
    /// `hashes`.
    Hashes,
}

impl Field {
    /// Its name in files.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Description => "description",
            Self::Regex => "regex",
            Self::Keywords => "keywords",
            Self::IgnoreWords => "ignoreWords",
            Self::MaximumMatchDistance => "maximumMatchDistance",
            Self::Validator => "validator",
            Self::SeverityLevels => "severityLevels",
            Self::Words => "words",
            Self::Hashes => "hashes",
        }
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What is wrong with a field.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// A text is too short or too long.
    #[error("it must have {least} to {most} characters")]
    Length {
        /// The fewest characters.
        least: usize,
        /// The most characters.
        most: usize,
    },
    /// There are too many entries.
    #[error("there can be at most {most}")]
    TooMany {
        /// The most entries.
        most: usize,
    },
    /// A number is out of its range.
    #[error("it must be {least} to {most}")]
    Range {
        /// The least value.
        least: u64,
        /// The greatest value.
        most: u64,
    },
    /// The name is that of another identifier or list.
    #[error("there is another one of this name")]
    Taken,
    /// A control character is in it.
    #[error("it must not hold line breaks or other control characters")]
    ControlCharacter,
    /// There is no validator of this name.
    #[error("there is no validator {given:?}; there are {}", known())]
    UnknownValidator {
        /// What was given.
        given: String,
    },
    /// Thresholds do not rise, or a severity stands there twice.
    #[error("thresholds must rise from entry to entry, and each severity can be there once")]
    NotRising,
    /// The pattern is in no syntax that is understood.
    #[error("the pattern is not understood at {part:?}: {why}")]
    Syntax {
        /// The part of the pattern.
        part: String,
        /// Why, in a few words.
        why: String,
    },
    /// The pattern looks around.
    #[error("look-ahead and look-behind are not supported: {part:?}")]
    LookAround {
        /// The part of the pattern.
        part: String,
    },
    /// The pattern refers back to a group.
    #[error("back-references are not supported: {part:?}")]
    BackReference {
        /// The part of the pattern.
        part: String,
    },
    /// The pattern wants the start or the end of the text.
    #[error("a pattern can't ask for the start or end of the whole text (\\A, \\z); ^ and $ are those of a line")]
    TextAnchor,
    /// The pattern matches nothing at all.
    #[error("the pattern matches the empty text, so that it would match everywhere")]
    MatchesNothing,
    /// The pattern becomes too large.
    #[error("the pattern is too large; smaller numbers in {{…}} make it smaller")]
    TooLarge,
    /// A hash is none.
    #[error("it is no hash: 64 hexadecimal digits")]
    NoHash,
    /// Hashes can't be compared without their key.
    #[error("the key that its hashes were made with is missing")]
    NoKey,
}

/// The names of all validators, as a sentence has them.
fn known() -> String {
    let names: Vec<&str> = crate::VALIDATORS.iter().map(|(name, _)| *name).collect();
    names.join(", ")
}

/// Whether a text has `least` to `most` characters and none that breaks lines.
///
/// # Errors
/// What is wrong with it.
pub(crate) fn text(text: &str, least: usize, most: usize) -> Result<(), Problem> {
    let length = text.chars().count();
    if length < least || length > most || (least > 0 && text.trim().is_empty()) {
        return Err(Problem::Length { least, most });
    }
    if text.chars().any(char::is_control) { Err(Problem::ControlCharacter) } else { Ok(()) }
}

/// Whether there are at most `most` texts, each of `least` to `each` characters.
///
/// # Errors
/// What is wrong with the first that is not as it should be.
pub(crate) fn texts(texts: &[String], most: usize, least: usize, each: usize) -> Result<(), Problem> {
    if texts.len() > most {
        return Err(Problem::TooMany { most });
    }
    texts.iter().try_for_each(|entry| text(entry, least, each))
}
