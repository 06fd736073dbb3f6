//! The validators that identifiers of a practice's own can name.

use crate::validators::{
    dea_number, luhn, medicare, mod97_is_one, nhi_new, nhi_old, nhs_number, npi, prescriber_number, tax_file_number,
};

/// The validators that a [`CustomIdentifier`](pillbox_model::CustomIdentifier) can name, each with what it checks.
/// They look at a value's letters and digits; those of plain numbers at its digits alone.
pub const VALIDATORS: &[(&str, &str)] = &{
    let mut validators = [("", ""); NAMED.len()];
    let mut number = 0;
    while number < NAMED.len() {
        validators[number] = (NAMED[number].name, NAMED[number].checks);
        number += 1;
    }
    validators
};

/// A validator with its name.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Named {
    name: &'static str,
    checks: &'static str,
    /// Whether it looks at digits alone.
    digits: bool,
    /// The fewest and the most characters that it takes.
    length: (usize, usize),
    holds: fn(&[u8]) -> bool,
}

const NAMED: &[Named] = &[
    number("luhn", "Luhn: the last digit (payment cards, many card and member numbers)", (2, 20), luhn),
    Named {
        name: "mod97",
        checks: "ISO 7064 MOD 97-10: third and fourth character (IBAN)",
        digits: false,
        length: (5, 34),
        holds: mod97_is_one,
    },
    number("medicare", "Australian Medicare card number", (10, 11), medicare),
    number("ihi", "Australian Individual Healthcare Identifier, HPI-I or HPI-O", (16, 16), healthcare_identifier),
    number("tfn", "Australian tax file number", (8, 9), tax_file_number),
    number("pbs-prescriber", "Australian PBS prescriber number", (7, 7), prescriber_number),
    Named {
        name: "nhi",
        checks: "New Zealand National Health Index number, of either format",
        digits: false,
        length: (7, 7),
        holds: national_health_index,
    },
    number("nhs", "NHS number (England, Wales, Isle of Man)", (10, 10), nhs_number),
    number("npi", "US National Provider Identifier", (10, 10), npi),
    Named { name: "dea", checks: "US DEA registration number", digits: false, length: (9, 9), holds: dea_number },
];

const fn number(name: &'static str, checks: &'static str, length: (usize, usize), holds: fn(&[u8]) -> bool) -> Named {
    Named { name, checks, digits: true, length, holds }
}

/// The Healthcare Identifiers Service's numbers: `800360`, `800361` or `800362`, and Luhn (AS 5017).
fn healthcare_identifier(digits: &[u8]) -> bool {
    [b"800360", b"800361", b"800362"].iter().any(|prefix| digits.starts_with(*prefix)) && luhn(digits)
}

fn national_health_index(characters: &[u8]) -> bool {
    nhi_old(characters) || nhi_new(characters)
}

impl Named {
    /// The validator of a name.
    pub(crate) fn of(name: &str) -> Option<Self> {
        NAMED.iter().find(|validator| validator.name == name).copied()
    }

    /// Whether it holds for a value.
    pub(crate) fn holds(&self, value: &str) -> bool {
        let characters: Vec<u8> = value
            .bytes()
            .filter(|byte| if self.digits { byte.is_ascii_digit() } else { byte.is_ascii_alphanumeric() })
            .collect();
        (self.length.0..=self.length.1).contains(&characters.len()) && (self.holds)(&characters)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_validator_takes_a_published_number_and_refuses_it_changed() {
        for (name, valid, invalid) in [
            ("luhn", "4000 0012 3456 7899", "4000 0012 3456 7898"),
            ("mod97", "NL82 CDDJ 4576 1890 59", "NL82 CDDJ 4576 1890 95"),
            ("medicare", "2123 45670 1", "2123 45671 1"),
            ("ihi", "8003 6099 9900 0001", "8003 6099 9900 0002"),
            ("tfn", "123 456 782", "123 456 781"),
            ("pbs-prescriber", "No 2999999", "No 2999998"),
            ("nhi", "ZAC5361", "ZAC3561"),
            ("nhs", "999 000 0018", "999 000 0019"),
            ("npi", "1999999984", "1999999985"),
            ("dea", "FZ1234563", "FZ1234564"),
        ] {
            let validator = Named::of(name).unwrap();
            assert!(validator.holds(valid), "{name} {valid}");
            assert!(!validator.holds(invalid), "{name} {invalid}");
            assert!(!validator.holds(""), "{name}");
        }
        assert_eq!(VALIDATORS.len(), 10);
    }
}
