//! The validators that identifiers of a practice's own can name.

use crate::validators::{
    burgerservicenummer, business_number, community_health_index, dea_number, gs1, hpi_identifier, ird_number, luhn,
    medicare, mod97_is_one, nhi_new, nhi_old, nhs_number, npi, personal_health_number, prescriber_number,
    provider_number, routing_number, tax_file_number, verhoeff,
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
    characters("mod97", "ISO 7064 MOD 97-10: third and fourth character (IBAN)", (5, 34), mod97_is_one),
    number("verhoeff", "Verhoeff: the last digit", (2, 20), verhoeff),
    number("gs1", "GS1 and EAN-13: the last digit, weights 3 and 1", (8, 18), gs1),
    characters("mod11-2", "ISO 7064 MOD 11-2: the last digit, or X", (2, 20), mod_11_2),
    number("medicare", "Australian Medicare card number", (10, 11), medicare),
    number("ihi", "Australian Individual Healthcare Identifier, HPI-I or HPI-O", (16, 16), healthcare_identifier),
    number("tfn", "Australian tax file number", (8, 9), tax_file_number),
    number("abn", "Australian Business Number", (11, 11), business_number),
    number("pbs-prescriber", "Australian PBS prescriber number", (7, 7), prescriber_number),
    characters("provider", "Australian Medicare provider number", (7, 8), provider_number),
    characters("nhi", "New Zealand National Health Index number, of either format", (7, 7), national_health_index),
    characters("hpi", "New Zealand Health Provider Index facility or organisation", (7, 7), hpi_identifier),
    number("ird", "New Zealand IRD number", (8, 9), ird_number),
    number("nhs", "NHS number (England, Wales, Isle of Man)", (10, 10), nhs_number),
    number("npi", "US National Provider Identifier", (10, 10), npi),
    characters("dea", "US DEA registration number", (9, 9), dea_number),
    number("aba", "US bank routing number", (9, 9), routing_number),
    number("chi", "Community Health Index number (Scotland)", (10, 10), community_health_index),
    number("phn", "British Columbia personal health number", (10, 10), personal_health_number),
    number("bsn", "Dutch burgerservicenummer", (9, 9), burgerservicenummer),
];

const fn number(name: &'static str, checks: &'static str, length: (usize, usize), holds: fn(&[u8]) -> bool) -> Named {
    Named { name, checks, digits: true, length, holds }
}

const fn characters(
    name: &'static str,
    checks: &'static str,
    length: (usize, usize),
    holds: fn(&[u8]) -> bool,
) -> Named {
    Named { name, checks, digits: false, length, holds }
}

/// ISO/IEC 7064 MOD 11-2, as in ORCID and ISNI: digits, and an X for ten as the check character.
fn mod_11_2(characters: &[u8]) -> bool {
    let Some((check, body)) = characters.split_last() else { return false };
    let check = match check {
        b'X' | b'x' => Some(10),
        digit => char::from(*digit).to_digit(10),
    };
    let sum = body.iter().try_fold(0, |sum: u32, byte| Some((sum + char::from(*byte).to_digit(10)?) * 2 % 11));
    sum.is_some_and(|sum| check == Some((12 - sum) % 11))
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
            ("verhoeff", "2341 2341 2346", "2341 2341 2364"),
            ("gs1", "4006381333931", "4006381333913"),
            ("mod11-2", "0000-0002-1694-233X", "0000-0002-1694-2339"),
            ("medicare", "2123 45670 1", "2123 45671 1"),
            ("ihi", "8003 6099 9900 0001", "8003 6099 9900 0002"),
            ("tfn", "123 456 782", "123 456 781"),
            ("abn", "51 824 753 556", "51 824 753 565"),
            ("provider", "2426621B", "2426621A"),
            ("hpi", "FZZ999-B", "FZZ998-B"),
            ("ird", "49-091-850", "49-091-851"),
            ("aba", "021000021", "021000012"),
            ("chi", "010101 0028", "010101 0029"),
            ("phn", "9698 658 215", "9698 658 216"),
            ("bsn", "111222333", "111222334"),
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
        assert_eq!(VALIDATORS.len(), 21);
    }
}
