//! Passports. The shape decides whose it is; where it fits several, the country that comes first here.

use super::entry::{BESIDE, entry, number};
use super::{MEDIUM, finds};
use crate::identifier::{Alone, Compact, Identifier, Support};
use crate::validators::german_passport;

/// Keywords of every country, and a country's own.
macro_rules! passport_words {
    ($($own:literal),*) => {
        &[
            "passport", "passport no", "passport number", "passport#", "passport #", "passportno", "passportid",
            "passport id", "travel document", "travel document number", $($own),*
        ]
    };
}

pub(super) const IDENTIFIERS: &[Identifier] = &[
    entry("UK_PASSPORT_NUMBER", "Passport, UK", "UK", MEDIUM)
        .near_to(passport_words!["british passport", "uk passport"])
        .right_beside(BESIDE)
        .showing(2)
        .in_groups(&["999999999", "999 999 999"], b" ", number)
        .known_from("AWS Macie User Guide, PII; forms as issued")
        .proved_by(
            &[finds("Passport No: 123456789", "123456789"), finds("UK passport number 925 665 416", "925 665 416")],
            &[
                "123456789",
                "Passport: 111111111",
                "Order: 123456789",
                "Passport: none, order 123456789",
                "Passport no: 1234567890",
            ],
        ),
    entry("USA_PASSPORT_NUMBER", "Passport, US", "US", MEDIUM)
        .near_to(passport_words!["us passport", "u.s. passport", "american passport"])
        .right_beside(BESIDE)
        .showing(2)
        .in_groups(&["999999999", "A99999999", "A 99999999"], b" ", number)
        .known_from("AWS Macie User Guide, PII; forms as issued")
        .proved_by(
            &[finds("Passport: A12345678", "A12345678"), finds("US passport no. 123456789", "123456789")],
            &["A12345678", "Passport: AB1234567", "Order: A12345678"],
        ),
    entry("CANADA_PASSPORT_NUMBER", "Passport, Canada", "Canada", MEDIUM)
        .near_to(passport_words![
            "canadian passport",
            "passport (canada)",
            "passport canada",
            "passeport",
            "passeport no",
            "numéro de passeport"
        ])
        .right_beside(BESIDE)
        .showing(2)
        .in_groups(&["AA999999", "AA 999999", "A999999AA"], b" ", number)
        .known_from("AWS Macie User Guide, PII; forms as issued")
        .proved_by(
            &[
                finds("Canadian passport: AB123456", "AB123456"),
                finds("Passport (Canada)\nAB123456\n", "AB123456"),
                finds("Passeport : A123456AB", "A123456AB"),
            ],
            &["AB123456", "Passport: A123456", "Order: AB123456"],
        ),
    entry("FRANCE_PASSPORT_NUMBER", "Passport, France", "France", MEDIUM)
        .near_to(passport_words![
            "passeport",
            "passeport no",
            "passeport #",
            "numéro de passeport",
            "numero de passeport",
            "french passport"
        ])
        .right_beside(BESIDE)
        .showing(2)
        .in_groups(&["99AA99999"], b" ", number)
        .known_from("AWS Macie User Guide, PII; forms as issued")
        .proved_by(
            &[finds("Numéro de passeport : 12AB34567", "12AB34567"), finds("French passport 12AB34567", "12AB34567")],
            &["12AB34567", "Passeport : 12AB3456", "Commande : 12AB34567"],
        ),
    entry("GERMANY_PASSPORT_NUMBER", "Passport, Germany", "Germany", MEDIUM)
        .near_to(passport_words![
            "reisepass",
            "reisepassnummer",
            "reisepass nr",
            "passnummer",
            "pass nr",
            "german passport",
            "ausstellungsdatum",
            "geburtsdatum"
        ])
        .right_beside(BESIDE)
        .showing(2)
        .in_groups(&["XXXXXXXXXX", "XXXXXXXXX"], b" ", german)
        .known_from("AWS Macie User Guide, PII; BSI, serial numbers; ICAO Doc 9303")
        .proved_by(
            &[finds("Reisepass: C01X00T478", "C01X00T478"), finds("Reisepassnummer C01X00T47", "C01X00T47")],
            &["C01X00T478", "Reisepass: C01X00T479", "Reisepass: A01X00T47", "Bestellung: C01X00T478"],
        ),
    entry("ITALY_PASSPORT_NUMBER", "Passport, Italy", "Italy", MEDIUM)
        .near_to(passport_words![
            "passaporto",
            "passaporto numero",
            "passaporto n",
            "numero passaporto",
            "numero di passaporto",
            "italian passport",
            "italian passport number"
        ])
        .right_beside(BESIDE)
        .showing(2)
        .in_groups(&["AA9999999"], b" ", number)
        .known_from("AWS Macie User Guide, PII; forms as issued")
        .proved_by(
            &[finds("Passaporto: AA1234567", "AA1234567"), finds("Italian passport number YB7654321", "YB7654321")],
            &["AA1234567", "Passaporto: AA123456", "Ordine: AA1234567"],
        ),
    entry("SPAIN_PASSPORT_NUMBER", "Passport, Spain", "Spain", MEDIUM)
        .near_to(passport_words![
            "pasaporte",
            "número pasaporte",
            "numero pasaporte",
            "número de pasaporte",
            "numero de pasaporte",
            "libreta pasaporte",
            "spanish passport"
        ])
        .right_beside(BESIDE)
        .showing(2)
        .in_groups(&["AAA999999", "AA999999"], b" ", number)
        .known_from("AWS Macie User Guide, PII; forms as issued")
        .proved_by(
            &[finds("Pasaporte: ABC123456", "ABC123456"), finds("Número de pasaporte AB123456", "AB123456")],
            &["ABC123456", "Pasaporte: ABC12345", "Pedido: ABC123456"],
        ),
];

fn german(value: &Compact<'_>) -> Option<Support> {
    german_passport(value.characters).map(|checksum| Support { checksum, alone: Alone::Never })
}
