//! Numbers that the states of the Americas give to people.

use super::entry::{BESIDE, entry, number};
use super::{HIGH, MEDIUM_TWICE, RISING, finds};
use crate::identifier::{Alone, Compact, Identifier, Support};
use crate::validators::{curp, luhn, rut};

pub(super) const IDENTIFIERS: &[Identifier] = &[
    entry("ARGENTINA_DNI_NUMBER", "DNI, Argentina", "Argentina", HIGH)
        .near_to(&[
            "dni",
            "d.n.i.",
            "documento nacional de identidad",
            "documento de identidad",
            "documento nacional identidad",
            "número de dni",
            "numero de dni",
            "nro de documento",
        ])
        .right_beside(BESIDE)
        .in_groups(&["99 999 999", "9 999 999", "99999999", "9999999"], b". ", number)
        .known_from("AWS Macie User Guide, PII; RENAPER")
        .proved_by(
            &[
                finds("DNI: 20.123.456", "20.123.456"),
                finds("D.N.I. N° 20123456", "20123456"),
                finds("Documento Nacional de Identidad 7.654.321", "7.654.321"),
            ],
            &["20.123.456", "DNI: 99.999.999", "DNI: 12345678Z", "Pedido: 20.123.456", "DNI: 00000000"],
        ),
    entry("BRAZIL_RG_NUMBER", "Registro Geral", "Brazil", HIGH)
        .near_to(&[
            "rg",
            "r.g.",
            "registro geral",
            "número do rg",
            "numero do rg",
            "identidade rg",
            "cédula de identidade",
            "carteira de identidade",
        ])
        .right_beside(BESIDE)
        .in_groups(
            &[
                "99 999 999/9",
                "99 999 999/A",
                "999999999",
                "99999999A",
                "9 999 999",
                "99999999/9",
                "99999999/A",
                "9 999 999/9",
                "99999999",
            ],
            b". ",
            registro_geral,
        )
        .known_from("AWS Macie User Guide, PII; Polícia Civil; the check digit differs by state")
        .proved_by(
            &[
                finds("RG: 12.345.678-X", "12.345.678-X"),
                finds("Registro Geral nº 12.345.678-9", "12.345.678-9"),
                finds("RG 123456789", "123456789"),
            ],
            &["12.345.678-X", "RG: 12.345.678-Y", "Pedido: 12.345.678-X", "RG: 22.222.222-2"],
        ),
    entry("CHILE_RUT_NUMBER", "RUN / RUT", "Chile", HIGH)
        .near_to(&[
            "rut",
            "r.u.t.",
            "run",
            "r.u.n.",
            "rol único nacional",
            "rol unico nacional",
            "rol único tributario",
            "rol unico tributario",
            "cédula de identidad",
            "cedula de identidad",
        ])
        .in_groups(
            &[
                "99 999 999/9",
                "99 999 999/A",
                "9 999 999/9",
                "9 999 999/A",
                "99999999/9",
                "99999999/A",
                "9999999/9",
                "9999999/A",
                "999999999",
                "99999999A",
                "9999999A",
            ],
            b". ",
            chilean,
        )
        .known_from("AWS Macie User Guide, PII; Registro Civil")
        .proved_by(
            &[
                finds("RUT: 11.111.111-1", "11.111.111-1"),
                finds("R.U.T. 12.531.909-2", "12.531.909-2"),
                finds("run 10000013-K", "10000013-K"),
                finds("rut=125319092", "125319092"),
            ],
            &[
                "12.531.909-2",
                "RUT: 12.531.909-3",
                "Pedido: 12.531.909-2",
                "RUT: 00.000.000-0",
                "we run 125319093 tests",
            ],
        ),
    entry("COLOMBIA_CITIZENSHIP_CARD_NUMBER", "Cédula de Ciudadanía", "Colombia", HIGH)
        .near_to(&[
            "cédula de ciudadanía",
            "cedula de ciudadania",
            "cédula ciudadanía",
            "cédula",
            "cedula",
            "c.c.",
            "documento de identificación",
            "documento de identificacion",
        ])
        .right_beside(BESIDE)
        .in_groups(
            &["9999999999", "99999999", "9999999", "999999", "9 999 999 999", "99 999 999", "9 999 999", "999 999"],
            b". ",
            number,
        )
        .known_from("AWS Macie User Guide, PII; Registraduría Nacional")
        .proved_by(
            &[
                finds("Cédula de Ciudadanía: 1012345678", "1012345678"),
                finds("C.C. No. 1.012.345.678", "1.012.345.678"),
                finds("documento de identificación 79123456", "79123456"),
            ],
            &["1012345678", "Cédula: 11111111", "Pedido: 1012345678", "Cédula: 12345"],
        ),
    entry("MEXICO_CURP_NUMBER", "CURP", "Mexico", HIGH)
        .near_to(&[
            "curp",
            "c.u.r.p.",
            "clave única",
            "clave unica",
            "clave única de registro de población",
            "clave unica de registro de poblacion",
            "population code",
            "registro de población",
        ])
        .in_groups(&["XXXXXXXXXXXXXXXXXX"], b" -", mexican)
        .known_from("AWS Macie User Guide, PII; Diario Oficial, 18 October 2021")
        .proved_by(
            &[
                finds("CURP: BOXW310820HNERXN09", "BOXW310820HNERXN09"),
                finds("Clave Única de Registro de Población boxw310820hnerxn09", "boxw310820hnerxn09"),
            ],
            &[
                "BOXW310820HNERXN09",
                "CURP: BOXW310820HNERXN08",
                "CURP: BOXW311320HNERXN09",
                "Pedido: BOXW310820HNERXN09",
            ],
        ),
    entry("CANADA_NATIONAL_IDENTIFICATION_NUMBER", "Permanent resident card, Canada", "Canada", HIGH)
        .near_to(&[
            "permanent resident card",
            "permanent resident",
            "permanent resident number",
            "permanent resident no",
            "permanent residence",
            "pr no",
            "pr number",
            "pr card",
            "carte de résident permanent",
            "carte résident permanent",
            "carte de resident permanent",
            "résident permanent",
        ])
        .right_beside(BESIDE)
        .in_groups(&["AA9999999999", "AA9999999", "AA 9999999999", "AA99 99999999", "AA99/99999999"], b" -", number)
        .known_from("AWS Macie User Guide, PII; IRCC, forms as issued")
        .proved_by(
            &[
                finds("Permanent Resident Card: RA0302123456", "RA0302123456"),
                finds("PR No. PA1234567", "PA1234567"),
                finds("Carte de résident permanent RA0302123456", "RA0302123456"),
            ],
            &["RA0302123456", "PR No: RA03021234", "Order: RA0302123456", "PR Card: RA0000000"],
        ),
    entry("CANADA_SOCIAL_INSURANCE_NUMBER", "Social Insurance Number", "Canada", HIGH)
        .near_to(&[
            "sin",
            "s.i.n.",
            "social insurance",
            "social insurance number",
            "canadian id",
            "numéro d'assurance sociale",
            "numero d'assurance sociale",
            "assurance sociale",
            "nas",
        ])
        .showing(3)
        .in_groups(&["999 999 999", "999999999"], b" -", social_insurance)
        .known_from("AWS Macie User Guide, PII; Service Canada")
        .proved_by(
            &[
                finds("SIN: 046 454 286", "046 454 286"),
                finds("Social Insurance Number 046-454-286", "046-454-286"),
                finds("Numéro d'assurance sociale : 046454286", "046454286"),
            ],
            &["046 454 286", "SIN: 046 454 287", "Order: 046454286", "SIN: 000 000 000"],
        ),
    entry("ARGENTINA_TARJETA_SUBE", "SUBE transport card", "Argentina", MEDIUM_TWICE)
        .near_to(&[
            "sube",
            "tarjeta sube",
            "sistema único de boleto electrónico",
            "sistema unico de boleto electronico",
        ])
        .showing(4)
        .in_groups(&["9999 9999 9999 9999", "9999999999999999"], b" -", sube)
        .known_from("AWS Macie User Guide, PII; SUBE; ISO/IEC 7812-1")
        .proved_by(
            &[
                finds("SUBE: 6061123412341235", "6061123412341235"),
                finds("Tarjeta SUBE 6061 1234 1234 1235", "6061 1234 1234 1235"),
            ],
            &["6061123412341235", "SUBE: 6061123412341236", "SUBE: 4000001234567899", "Pedido: 6061123412341235"],
        ),
    entry("BRAZIL_CEP_CODE", "Postal code (CEP)", "Brazil", RISING)
        .near_to(&[
            "cep",
            "c.e.p.",
            "código de endereçamento postal",
            "codigo de enderecamento postal",
            "código postal",
            "codigo postal",
        ])
        .right_beside(BESIDE)
        .in_groups(&["99999 999", "99 999/999", "99999999"], b"-.", number)
        .known_from("AWS Macie User Guide, PII; Correios")
        .proved_by(
            &[
                finds("CEP: 01310-100", "01310-100"),
                finds("CEP 20.040-020", "20.040-020"),
                finds("código postal 01310-100", "01310-100"),
            ],
            &["01310-100", "Pedido: 01310-100", "CEP: 00000-000", "CEP: 01310-10"],
        ),
];

/// Nine or seven to eight digits, X for a check digit of 10.
fn registro_geral(value: &Compact<'_>) -> Option<Support> {
    let last = value.characters.last()?;
    if last.is_ascii_digit() || last.eq_ignore_ascii_case(&b'X') { number(value) } else { None }
}

fn chilean(value: &Compact<'_>) -> Option<Support> {
    Support::checked(rut(value.characters), Alone::Never)
}

fn mexican(value: &Compact<'_>) -> Option<Support> {
    Support::checked(curp(value.characters), Alone::Never)
}

/// Numbers of companies (8) and invented ones (0) have the same check digit.
fn social_insurance(value: &Compact<'_>) -> Option<Support> {
    Support::checked(luhn(value.characters) && value.characters.iter().any(|digit| *digit != b'0'), Alone::Never)
}

fn sube(value: &Compact<'_>) -> Option<Support> {
    Support::checked(value.characters.starts_with(b"6061") && luhn(value.characters), Alone::Never)
}
