//! The managed data identifiers, one entry each, by field. To add one is to add its entry.

mod accounts;
mod accounts_national;
mod america;
mod australia;
mod britain;
mod canada;
mod cards;
mod codes;
mod credentials;
mod document;
mod entry;
mod europe;
mod financial;
mod health;
mod insurance;
mod labelled;
mod licences;
mod licences_east;
mod licences_west;
mod national;
mod national_americas;
mod network;
mod newzealand;
mod nordic;
mod passports;
mod personal;
mod phones;
mod secrets;
mod tax;
mod tax_latin_america;
mod things;

use pillbox_model::{Severity, SeverityBands};

use crate::identifier::Identifier;

/// All of them.
pub(crate) fn managed() -> Vec<Identifier> {
    [
        labelled::IDENTIFIERS,
        personal::IDENTIFIERS,
        phones::IDENTIFIERS,
        australia::IDENTIFIERS,
        newzealand::IDENTIFIERS,
        britain::IDENTIFIERS,
        canada::IDENTIFIERS,
        insurance::IDENTIFIERS,
        europe::IDENTIFIERS,
        nordic::IDENTIFIERS,
        passports::IDENTIFIERS,
        national::IDENTIFIERS,
        national_americas::IDENTIFIERS,
        tax::IDENTIFIERS,
        tax_latin_america::IDENTIFIERS,
        licences::IDENTIFIERS,
        licences_west::IDENTIFIERS,
        licences_east::IDENTIFIERS,
        health::IDENTIFIERS,
        codes::IDENTIFIERS,
        america::IDENTIFIERS,
        network::IDENTIFIERS,
        things::IDENTIFIERS,
        financial::IDENTIFIERS,
        cards::IDENTIFIERS,
        accounts_national::IDENTIFIERS,
        accounts::IDENTIFIERS,
        credentials::IDENTIFIERS,
        secrets::IDENTIFIERS,
        document::IDENTIFIERS,
    ]
    .concat()
}

/// The distance within which Macie wants a keyword: "within 30 characters, inclusive" (user guide).
const NEAR: u16 = 30;

/// One is bad.
const HIGH: SeverityBands = SeverityBands { one: Severity::High, some: Severity::High, many: Severity::High };
/// Many are bad.
const RISING: SeverityBands = SeverityBands { one: Severity::Low, some: Severity::Medium, many: Severity::High };
/// Some are bad.
const MEDIUM: SeverityBands = SeverityBands { one: Severity::Medium, some: Severity::High, many: Severity::High };

/// Of weight only where there are very many.
const SCATTERED: SeverityBands = SeverityBands { one: Severity::Low, some: Severity::Low, many: Severity::Medium };
/// Of public record.
const LOW: SeverityBands = SeverityBands { one: Severity::Low, some: Severity::Low, many: Severity::Low };
/// Some are bad, and many no worse.
const LOW_MEDIUM: SeverityBands = SeverityBands { one: Severity::Low, some: Severity::Medium, many: Severity::Medium };
/// Two are no worse than one.
const MEDIUM_TWICE: SeverityBands =
    SeverityBands { one: Severity::Medium, some: Severity::Medium, many: Severity::High };

/// Shorthand for the tables: a text and the value that must be found in it.
const fn finds(text: &'static str, value: &'static str) -> crate::identifier::Example {
    crate::identifier::Example { text, value }
}
