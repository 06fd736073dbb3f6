//! Tax numbers of Latin America.

use super::entry::entry;
use super::{HIGH, MEDIUM_TWICE, finds};
use crate::identifier::{Alone, Compact, Identifier, Support};
use crate::validators::{cnpj, cpf, cuit, nit, rfc};

pub(super) const IDENTIFIERS: &[Identifier] = &[
    entry("ARGENTINA_INDIVIDUAL_TAX_IDENTIFICATION_NUMBER", "CUIL / CUIT, person", "Argentina", HIGH)
        .near_to(&[
            "cuil",
            "c.u.i.l.",
            "cuit",
            "c.u.i.t.",
            "clave única de identificación tributaria",
            "clave unica de identificacion tributaria",
            "clave única de identificación laboral",
            "clave unica de identificacion laboral",
        ])
        .in_groups(&["99/99999999/9", "99999999999", "99 99999999 9"], b" -", cuit_of_person)
        .known_from("AWS Macie User Guide, PII; AFIP")
        .proved_by(
            &[finds("CUIL: 20-05536168-2", "20-05536168-2"), finds("C.U.I.T. 20055361682", "20055361682")],
            &["20-05536168-2", "CUIL: 20-05536168-3", "Pedido: 20-05536168-2", "CUIT: 30-12345678-1"],
        ),
    entry("ARGENTINA_ORGANIZATION_TAX_IDENTIFICATION_NUMBER", "CUIT, company", "Argentina", MEDIUM_TWICE)
        .near_to(&[
            "cuit",
            "c.u.i.t.",
            "clave única de identificación tributaria",
            "clave unica de identificacion tributaria",
            "número de identificación fiscal",
            "numero de identificacion fiscal",
        ])
        .in_groups(&["99/99999999/9", "99999999999", "99 99999999 9"], b" -", cuit_of_company)
        .known_from("AWS Macie User Guide, PII; AFIP")
        .proved_by(
            &[finds("CUIT: 30-12345678-1", "30-12345678-1"), finds("cuit 30123456781", "30123456781")],
            &["30-12345678-1", "CUIT: 30-12345678-2", "CUIT: 20-05536168-2", "Pedido: 30-12345678-1"],
        ),
    entry("BRAZIL_CNPJ_NUMBER", "CNPJ", "Brazil", HIGH)
        .near_to(&[
            "cnpj",
            "cadastro nacional da pessoa jurídica",
            "cadastro nacional da pessoa juridica",
            "cadastro nacional de pessoa jurídica",
        ])
        .in_groups(&["99 999 999/9999/99", "99999999999999", "XXXXXXXXXXXXXX"], b". ", cnpj_number)
        .known_from("AWS Macie User Guide, PII; Receita Federal")
        .proved_by(
            &[
                finds("CNPJ: 16.727.230/0001-97", "16.727.230/0001-97"),
                finds("cnpj=16727230000197", "16727230000197"),
                finds("CNPJ 12ABC34501DE35", "12ABC34501DE35"),
            ],
            &["16.727.230/0001-97", "CNPJ: 16.727.230/0001-98", "Pedido: 16727230000197", "CNPJ: 11.111.111/1111-11"],
        ),
    entry("BRAZIL_CPF_NUMBER", "CPF", "Brazil", HIGH)
        .near_to(&[
            "cpf",
            "c.p.f.",
            "cadastro de pessoa física",
            "cadastro de pessoa fisica",
            "cadastro de pessoas físicas",
            "cadastro de pessoas fisicas",
        ])
        .in_groups(&["999 999 999/99", "99999999999", "999999999/99"], b". ", cpf_number)
        .known_from("AWS Macie User Guide, PII; Receita Federal")
        .proved_by(
            &[finds("CPF: 123.456.789-09", "123.456.789-09"), finds("CPF nº 12345678909", "12345678909")],
            &["123.456.789-09", "CPF: 123.456.789-08", "Pedido: 12345678909", "CPF: 111.111.111-11"],
        ),
    entry("COLOMBIA_INDIVIDUAL_NIT_NUMBER", "NIT, person", "Colombia", HIGH)
        .near_to(&[
            "nit",
            "nit.",
            "n.i.t.",
            "número de identificación tributaria",
            "numero de identificacion tributaria",
        ])
        .in_groups(
            &[
                "999 999 999/9",
                "9 999 999 999/9",
                "999999999/9",
                "9999999999/9",
                "9999999999",
                "99999999999",
                "99 999 999/9",
                "99999999/9",
            ],
            b". ",
            nit_of_person,
        )
        .known_from("AWS Macie User Guide, PII; DIAN")
        .proved_by(
            &[finds("NIT: 213.123.432-1", "213.123.432-1"), finds("N.I.T. 213123432-1", "213123432-1")],
            &["213.123.432-1", "NIT: 213.123.432-2", "Pedido: 213.123.432-1", "NIT: 000.000.000-0"],
        ),
    entry("COLOMBIA_ORGANIZATION_NIT_NUMBER", "NIT, company", "Colombia", MEDIUM_TWICE)
        .near_to(&[
            "nit",
            "nit.",
            "n.i.t.",
            "número de identificación tributaria",
            "numero de identificacion tributaria",
        ])
        .in_groups(&["999 999 999/9", "999999999/9", "9999999999"], b". ", nit_of_company)
        .known_from("AWS Macie User Guide, PII; DIAN")
        .proved_by(
            &[finds("NIT: 900.123.456-8", "900.123.456-8"), finds("NIT 9001234568", "9001234568")],
            &["900.123.456-8", "NIT: 900.123.456-7", "Pedido: 900.123.456-8", "NIT: 213.123.432-1"],
        ),
    entry("MEXICO_INDIVIDUAL_RFC_NUMBER", "RFC, person", "Mexico", HIGH)
        .near_to(&["rfc", "r.f.c.", "registro federal de contribuyentes", "iva"])
        .in_groups(
            &[
                "XXXXXXXXXXXXX",
                "AAAA 999999 AAA",
                "AAAA 999999 AA9",
                "AAAA 999999 A9A",
                "AAAA 999999 A99",
                "AAAA 999999 9AA",
                "AAAA 999999 9A9",
                "AAAA 999999 99A",
                "AAAA 999999 999",
            ],
            b" -",
            rfc_number,
        )
        .known_from("AWS Macie User Guide, PII; SAT")
        .proved_by(
            &[finds("RFC: VACE-460910-SX6", "VACE-460910-SX6"), finds("R.F.C. GODE561231GR8", "GODE561231GR8")],
            &["VACE-460910-SX6", "RFC: VACE-461310-SX6", "RFC: XAXX010101000", "Pedido: GODE561231GR8", "RFC 9110"],
        ),
    entry("MEXICO_ORGANIZATION_RFC_NUMBER", "RFC, company", "Mexico", MEDIUM_TWICE)
        .near_to(&["rfc", "r.f.c.", "registro federal de contribuyentes", "iva"])
        .in_groups(
            &[
                "XXXXXXXXXXXX",
                "AAA 999999 AAA",
                "AAA 999999 AA9",
                "AAA 999999 A9A",
                "AAA 999999 A99",
                "AAA 999999 9AA",
                "AAA 999999 9A9",
                "AAA 999999 99A",
                "AAA 999999 999",
            ],
            b" -",
            rfc_number,
        )
        .known_from("AWS Macie User Guide, PII; SAT")
        .proved_by(
            &[
                finds("RFC: GDL010101AA6", "GDL010101AA6"),
                finds("Registro Federal de Contribuyentes GDL-010101-AA6", "GDL-010101-AA6"),
            ],
            &["GDL010101AA6", "RFC: GDL011301AA6", "Pedido: GDL010101AA6"],
        ),
];

/// Prefixes of people.
fn cuit_of_person(value: &Compact<'_>) -> Option<Support> {
    let of_person = matches!(value.characters, [b'2', b'0' | b'3' | b'4' | b'7', ..]);
    Support::checked(of_person && cuit(value.characters), Alone::Never)
}

/// Prefixes of companies.
fn cuit_of_company(value: &Compact<'_>) -> Option<Support> {
    let of_company = matches!(value.characters, [b'3', b'0' | b'3' | b'4', ..]);
    Support::checked(of_company && cuit(value.characters), Alone::Never)
}

fn cnpj_number(value: &Compact<'_>) -> Option<Support> {
    Support::checked(cnpj(value.characters), Alone::Never)
}

fn cpf_number(value: &Compact<'_>) -> Option<Support> {
    Support::checked(cpf(value.characters), Alone::Never)
}

/// Companies have 8 or 9 in front of nine digits.
fn is_of_company(value: &Compact<'_>) -> bool {
    value.characters.len() == 10 && matches!(value.characters[0], b'8' | b'9')
}

fn nit_of_person(value: &Compact<'_>) -> Option<Support> {
    Support::checked(!is_of_company(value) && nit(value.characters), Alone::Never)
}

fn nit_of_company(value: &Compact<'_>) -> Option<Support> {
    Support::checked(is_of_company(value) && nit(value.characters), Alone::Never)
}

fn rfc_number(value: &Compact<'_>) -> Option<Support> {
    rfc(value.characters).map(|checksum| Support { checksum, alone: Alone::Never })
}
