//! Numbers that the states of Europe and India give to people.

use super::entry::{entry, number};
use super::{HIGH, finds};
use crate::identifier::{Alone, Compact, Identifier, Support};
use crate::validators::{
    codice_fiscale, dni, german_identity_card, national_insurance_number, nir, spanish_social_security, verhoeff,
};

/// How France's NIR is written: as on the card, in one piece, with the key set off; 2A and 2B are Corsica.
pub(super) const NIR_LAYOUTS: &[&str] = &[
    "9 99 99 99 999 999 99",
    "9 99 99 9A 999 999 99",
    "999999999999999",
    "999999A99999999",
    "9999999999999 99",
    "999999A999999 99",
];

pub(super) const IDENTIFIERS: &[Identifier] = &[
    entry("FRANCE_NATIONAL_IDENTIFICATION_NUMBER", "NIR (INSEE)", "France", HIGH)
        .near_to(&[
            "insee",
            "nir",
            "numéro insee",
            "sécurité sociale",
            "securite sociale",
            "numéro de sécurité sociale",
            "numero de securite sociale",
            "n° ss",
            "carte nationale d'identité",
            "carte nationale d'identite",
            "cni",
            "assurance sociale",
            "numéro d'assurance sociale",
            "social security number",
            "social security",
            "ssn",
            "identité nationale",
        ])
        .in_groups(NIR_LAYOUTS, b" -", french)
        .known_from("AWS Macie User Guide, PII; Insee")
        .proved_by(
            &[
                finds("INSEE: 2 95 10 99 126 111 93", "2 95 10 99 126 111 93"),
                finds("N° de sécurité sociale : 295109912611193", "295109912611193"),
                finds("SÉCURITÉ SOCIALE 2951099126111 93", "2951099126111 93"),
            ],
            &["295109912611193", "INSEE: 295109912611194", "Commande: 2 95 10 99 126 111 93", "INSEE: 295139912611193"],
        ),
    entry("GERMANY_NATIONAL_IDENTIFICATION_NUMBER", "Identity card, Germany", "Germany", HIGH)
        .near_to(&[
            "ausweisnummer",
            "ausweis nr",
            "personalausweis",
            "personalausweisnummer",
            "personalausweis nr",
            "identity number",
            "identity card",
            "id card",
            "id number",
            "personal id",
            "personal id number",
            "german id",
        ])
        .right_beside(30)
        .in_groups(&["XXXXXXXXXX", "XXXXXXXXX"], b" -", german)
        .known_from("AWS Macie User Guide, PII; BSI, serial numbers; ICAO Doc 9303")
        .proved_by(
            &[
                finds("Personalausweis: T220001293", "T220001293"),
                finds("Ausweisnummer L01X00T47", "L01X00T47"),
                finds("Personalausweis-Nr. T22000129", "T22000129"),
            ],
            &[
                "T220001293",
                "Personalausweis: T220001294",
                "Personalausweis: A220001293",
                "Bestellung: T220001293",
                "Personalausweis: 123456789",
            ],
        ),
    entry("INDIA_AADHAAR_NUMBER", "Aadhaar", "India", HIGH)
        .near_to(&["aadhaar", "aadhar", "adhaar", "adhar", "aadhaar card", "uidai", "आधार"])
        .showing(4)
        .in_groups(&["9999 9999 9999", "999999999999"], b" -", aadhaar)
        .known_from("AWS Macie User Guide, PII; UIDAI")
        .proved_by(
            &[
                finds("Aadhaar: 2341 2341 2346", "2341 2341 2346"),
                finds("aadhar_no=234123412346", "234123412346"),
                finds("आधार 2341-2341-2346", "2341-2341-2346"),
            ],
            &["2341 2341 2346", "Aadhaar: 2341 2341 2347", "Order: 2341 2341 2346", "Aadhaar: 1341 2341 2346"],
        ),
    entry("ITALY_NATIONAL_IDENTIFICATION_NUMBER", "Codice Fiscale", "Italy", HIGH)
        .near_to(&[
            "codice fiscale",
            "codice fiscal",
            "cod fisc",
            "cod. fisc",
            "cod. fiscale",
            "c.f.",
            "cf",
            "tessera sanitaria",
            "health insurance card",
            "ehic",
            "tax code",
            "dati anagrafici",
        ])
        .in_groups(&["XXXXXXXXXXXXXXXX"], b" -", italian)
        .known_from("AWS Macie User Guide, PII; decree of 23 December 1976")
        .proved_by(
            &[
                finds("Codice Fiscale: RCCMNL83S18D969H", "RCCMNL83S18D969H"),
                finds("C.F. rccmnl83s18d969h", "rccmnl83s18d969h"),
                finds("cod. fiscale RCCMNL83S18D969H", "RCCMNL83S18D969H"),
            ],
            &[
                "RCCMNL83S18D969H",
                "Codice Fiscale: RCCMNL83S18D969I",
                "Codice Fiscale: RCCMNL83S99D969H",
                "Ordine: RCCMNL83S18D969H",
            ],
        ),
    entry("SPAIN_DNI_NUMBER", "DNI, Spain", "Spain", HIGH)
        .near_to(&[
            "dni",
            "d.n.i.",
            "documento nacional de identidad",
            "documento de identidad",
            "documento nacional identidad",
            "número de dni",
            "numero de dni",
            "nro de documento",
            "national identity",
            "national identity number",
            "unique identity number",
            "número nacional identidad",
            "carné de identidad",
        ])
        .in_groups(&["99999999A", "99999999/A", "99 999 999/A", "99999999 A"], b". ", spanish)
        .known_from("AWS Macie User Guide, PII; Ministerio del Interior")
        .proved_by(
            &[
                finds("DNI: 12345678Z", "12345678Z"),
                finds("D.N.I. 12.345.678-Z", "12.345.678-Z"),
                finds("Documento Nacional de Identidad 12345678-z", "12345678-z"),
            ],
            &["12345678Z", "DNI: 12345678A", "Pedido: 12345678Z", "DNI: 00000000T"],
        ),
    entry("UK_NATIONAL_INSURANCE_NUMBER", "National Insurance number", "UK", HIGH)
        .near_to(&[
            "national insurance",
            "national insurance number",
            "nationalinsurance#",
            "insurance number",
            "insurance no.",
            "insurance no",
            "nat ins",
            "nat. ins",
            "ni number",
            "ni no",
            "n.i. number",
            "nin",
            "nino",
        ])
        .in_groups(&["AA 99 99 99 A", "AA999999A", "AA 999999 A", "AA 999999A"], b" -", british)
        .known_from("AWS Macie User Guide, PII; HMRC, NIM39110")
        .proved_by(
            &[
                finds("NI number: AB123456C", "AB123456C"),
                finds("National Insurance No. AB 12 34 56 C", "AB 12 34 56 C"),
                finds("nino=ab123456c", "ab123456c"),
            ],
            &["AB123456C", "NI number: GB123456C", "NI number: AB123456E", "NI number: DA123456A", "Order: AB123456C"],
        ),
    entry("SPAIN_SOCIAL_SECURITY_NUMBER", "Social security number, Spain", "Spain", HIGH)
        .near_to(&[
            "número de la seguridad social",
            "numero de la seguridad social",
            "número de seguridad social",
            "numero de seguridad social",
            "seguridad social",
            "nº seguridad social",
            "nuss",
            "naf",
            "social security",
            "social security number",
            "ssn",
        ])
        .in_groups(&["99 99999999 99", "999999999999", "99/99999999/99", "99 9999999999"], b" -", spanish_social)
        .known_from("AWS Macie User Guide, PII; Tesorería General de la Seguridad Social")
        .proved_by(
            &[
                finds("Seguridad Social: 281234567840", "281234567840"),
                finds("Nº Seguridad Social 28/12345678/40", "28/12345678/40"),
                finds("NUSS 28 12345678 40", "28 12345678 40"),
            ],
            &["281234567840", "NUSS: 281234567841", "NUSS: 991234567840", "Pedido: 281234567840"],
        ),
    entry("UK_ELECTORAL_ROLL_NUMBER", "Electoral roll number", "UK", HIGH)
        .near_to(&[
            "electoral roll",
            "electoral roll number",
            "electoral roll #",
            "electoral number",
            "electoral #",
            "electoral no",
            "electoralrollno",
            "elector number",
            "electoral register number",
            "polling number",
        ])
        .right_beside(16)
        .in_groups(&["AA9999", "AA999", "AA99", "AA9", "AA 9999", "AA/9999"], b" -", electoral)
        .known_from("AWS Macie User Guide, PII; electoral registers")
        .proved_by(
            &[
                finds("Electoral roll number: AB1234", "AB1234"),
                finds("Elector number AB-1234", "AB-1234"),
                finds("Electoral No. CD12", "CD12"),
            ],
            &["AB1234", "Electoral roll number: ABC1234", "Order: AB1234", "Electoral roll 2024"],
        ),
];

fn french(value: &Compact<'_>) -> Option<Support> {
    Support::checked(nir(value.characters), Alone::Never)
}

fn german(value: &Compact<'_>) -> Option<Support> {
    german_identity_card(value.characters).map(|checksum| Support { checksum, alone: Alone::Never })
}

fn aadhaar(value: &Compact<'_>) -> Option<Support> {
    Support::checked(matches!(value.characters[0], b'2'..=b'9') && verhoeff(value.characters), Alone::Never)
}

fn italian(value: &Compact<'_>) -> Option<Support> {
    Support::checked(codice_fiscale(value.characters), Alone::Never)
}

fn spanish(value: &Compact<'_>) -> Option<Support> {
    Support::checked(dni(value.characters), Alone::Never)
}

fn british(value: &Compact<'_>) -> Option<Support> {
    Support::checked(national_insurance_number(value.characters), Alone::Never)
}

fn spanish_social(value: &Compact<'_>) -> Option<Support> {
    Support::checked(spanish_social_security(value.characters), Alone::Never)
}

/// Polling district and number; a year of four digits is none.
fn electoral(value: &Compact<'_>) -> Option<Support> {
    let in_capitals = value.characters.iter().all(|byte| !byte.is_ascii_lowercase());
    if value.separator.is_some() && !in_capitals {
        return None;
    }
    number(value)
}
