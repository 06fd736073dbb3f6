//! Tax numbers outside of Latin America.

use super::entry::entry;
use super::{HIGH, finds};
use crate::identifier::{Alone, Compact, Identifier, Support};
use crate::validators::{
    cif, dni, individual_taxpayer_number, nie, nif_klm, numero_fiscal, permanent_account_number, steuer_id,
    unique_taxpayer_reference,
};

pub(super) const IDENTIFIERS: &[Identifier] = &[
    entry("FRANCE_TAX_IDENTIFICATION_NUMBER", "Numéro fiscal (SPI)", "France", HIGH)
        .near_to(&[
            "numéro d'identification fiscal",
            "numéro d'identification fiscale",
            "numero d'identification fiscale",
            "numéro fiscal",
            "numero fiscal",
            "spi",
            "tax id",
            "tax id number",
            "tax number",
            "tin",
            "tax identification number",
        ])
        .in_groups(&["9999999999999", "99 99 999 999 999"], b" -", french)
        .known_from("AWS Macie User Guide, PII; Direction générale des Finances publiques")
        .proved_by(
            &[
                finds("Numéro fiscal : 3023217600053", "3023217600053"),
                finds("tax id 30 23 217 600 053", "30 23 217 600 053"),
            ],
            &["3023217600053", "Numéro fiscal : 3023217600054", "Commande: 3023217600053", "TIN: 4023217600053"],
        ),
    entry("GERMANY_TAX_IDENTIFICATION_NUMBER", "Steuer-IdNr", "Germany", HIGH)
        .near_to(&[
            "identifikationsnummer",
            "steuer id",
            "steuer idnr",
            "steuer identifikationsnummer",
            "steueridentifikationsnummer",
            "steuerliche identifikationsnummer",
            "steuernummer",
            "steuer nr",
            "idnr",
            "tax id",
            "tax identification number",
            "tin",
        ])
        .in_groups(&["99 999 999 999", "99999999999"], b" -", german)
        .known_from("AWS Macie User Guide, PII; Bundeszentralamt für Steuern")
        .proved_by(
            &[
                finds("Steuer-ID: 36 574 261 809", "36 574 261 809"),
                finds("Steueridentifikationsnummer 36574261809", "36574261809"),
                finds("IdNr. 36574261809", "36574261809"),
            ],
            &["36 574 261 809", "Steuer-ID: 36 574 261 890", "Bestellung: 36574261809", "Steuer-ID: 11111111111"],
        ),
    entry("INDIA_PERMANENT_ACCOUNT_NUMBER", "PAN, India", "India", HIGH)
        .near_to(&["pan", "pan card", "pan number", "pan no", "e pan", "permanent account number"])
        .in_groups(&["AAAAA9999A"], b" -", indian)
        .known_from("AWS Macie User Guide, PII; Income Tax Department")
        .proved_by(
            &[finds("PAN: ACUPA7085R", "ACUPA7085R"), finds("Permanent Account Number ACUPA7085R", "ACUPA7085R")],
            &["ACUPA7085R", "PAN: ACUZA7085R", "PAN: ACUPA0000R", "Order: ACUPA7085R"],
        ),
    entry("SPAIN_NIE_NUMBER", "NIE", "Spain", HIGH)
        .near_to(&[
            "nie",
            "n.i.e.",
            "número de identidad de extranjero",
            "numero de identidad de extranjero",
            "número de extranjero",
            "tarjeta de residencia",
            "tax id",
            "tax id number",
        ])
        .in_groups(&["A9999999A", "A/9999999/A", "A/9999999A"], b" -", nie_number)
        .known_from("AWS Macie User Guide, PII; Ministerio del Interior")
        .proved_by(
            &[finds("NIE: X2482300W", "X2482300W"), finds("N.I.E. X-2482300-W", "X-2482300-W")],
            &["X2482300W", "NIE: X2482300A", "NIE: A2482300W", "Pedido: X2482300W"],
        ),
    entry("SPAIN_NIF_NUMBER", "NIF", "Spain", HIGH)
        .near_to(&[
            "nif",
            "n.i.f.",
            "número de identificación fiscal",
            "numero de identificacion fiscal",
            "tax number",
            "tax id",
            "tin",
        ])
        .in_groups(&["99999999A", "99999999/A", "99 999 999/A", "A9999999A", "A/9999999/A"], b". ", nif_number)
        .known_from("AWS Macie User Guide, PII; Agencia Tributaria")
        .proved_by(
            &[
                finds("NIF: 12345678Z", "12345678Z"),
                finds("N.I.F. 12.345.678-Z", "12.345.678-Z"),
                finds("NIF K0867756N", "K0867756N"),
            ],
            &["12345678Z", "NIF: 12345678A", "Pedido: 12345678Z", "NIF: K0867756A"],
        ),
    entry("SPAIN_TAX_IDENTIFICATION_NUMBER", "CIF", "Spain", HIGH)
        .near_to(&[
            "cif",
            "c.i.f.",
            "cif número",
            "cif numero",
            "número de impuesto corporativo",
            "numero de impuesto corporativo",
            "código de identificación fiscal",
        ])
        .in_groups(&["A99999999", "A/99999999", "A9999999A", "A/9999999/A", "A/9999999A"], b" -", cif_number)
        .known_from("AWS Macie User Guide, PII; Real Decreto 1065/2007")
        .proved_by(
            &[finds("CIF: J99216582", "J99216582"), finds("C.I.F. A-13585625", "A-13585625")],
            &["J99216582", "CIF: J99216583", "Pedido: J99216582", "CIF: I99216582"],
        ),
    entry("UK_TAX_IDENTIFICATION_NUMBER", "UTR / TRN", "UK", HIGH)
        .near_to(&[
            "utr",
            "unique taxpayer reference",
            "unique tax reference",
            "tax reference",
            "tax reference number",
            "tax ref",
            "temporary reference number",
            "trn",
            "paye",
            "paye reference",
            "self assessment",
            "tax id",
            "tax identification number",
        ])
        .in_groups(&["9999999999", "99999 99999", "99A99999"], b" -", british)
        .known_from("AWS Macie User Guide, PII; HMRC, TIN country sheet")
        .proved_by(
            &[
                finds("UTR: 1955839661", "1955839661"),
                finds("Unique Taxpayer Reference 19558 39661", "19558 39661"),
                finds("TRN: 11A12345", "11A12345"),
            ],
            &["1955839661", "UTR: 2955839661", "Order: 1955839661", "UTR: 1111111111"],
        ),
    entry("USA_INDIVIDUAL_TAX_IDENTIFICATION_NUMBER", "ITIN", "US", HIGH)
        .near_to(&[
            "itin",
            "i.t.i.n.",
            "i.t.i.n",
            "individual taxpayer identification number",
            "individual taxpayer id",
            "taxpayer id",
            "taxpayer identification number",
        ])
        .showing(3)
        .in_groups(&["999 99 9999", "999999999"], b" -", american)
        .known_from("AWS Macie User Guide, PII; IRM 3.21.263")
        .proved_by(
            &[
                finds("ITIN: 912-90-3456", "912-90-3456"),
                finds("Individual Taxpayer Identification Number 912903456", "912903456"),
            ],
            &["912-90-3456", "ITIN: 912-89-3456", "ITIN: 812-90-3456", "Order: 912-90-3456"],
        ),
];

fn french(value: &Compact<'_>) -> Option<Support> {
    Support::checked(numero_fiscal(value.characters), Alone::Never)
}

fn german(value: &Compact<'_>) -> Option<Support> {
    Support::checked(steuer_id(value.characters), Alone::Never)
}

fn indian(value: &Compact<'_>) -> Option<Support> {
    if permanent_account_number(value.characters) { Support::shape(Alone::Never) } else { None }
}

fn nie_number(value: &Compact<'_>) -> Option<Support> {
    Support::checked(nie(value.characters), Alone::Never)
}

/// The number of the DNI or NIE, or one with K, L or M.
fn nif_number(value: &Compact<'_>) -> Option<Support> {
    let characters = value.characters;
    Support::checked(dni(characters) || nie(characters) || nif_klm(characters), Alone::Never)
}

fn cif_number(value: &Compact<'_>) -> Option<Support> {
    Support::checked(cif(value.characters), Alone::Never)
}

/// A temporary reference has a letter in its middle and no check digit.
fn british(value: &Compact<'_>) -> Option<Support> {
    match value.characters.len() {
        8 => Support::shape(Alone::Never),
        _ => Support::checked(unique_taxpayer_reference(value.characters), Alone::Never),
    }
}

fn american(value: &Compact<'_>) -> Option<Support> {
    if individual_taxpayer_number(value.characters) { Support::shape(Alone::Never) } else { None }
}
