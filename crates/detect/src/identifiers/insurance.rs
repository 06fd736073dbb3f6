//! Numbers of the insured, and codes of what was done for them, beyond the home countries of the first tables.

use super::entry::{BESIDE, entry, number};
use super::national::NIR_LAYOUTS;
use super::{HIGH, RISING, finds};
use crate::identifier::{Alone, Compact, Finder, Identifier, Support};
use crate::validators::{nir, personal_health_number};
use crate::values::device;

/// How the number of a European health insurance card is written.
const EHIC: &[&str] =
    &["99999999999999999999", "9999999999 9999999999", "99999 99999 99999 99999", "9999 9999 9999 9999 9999"];

/// The NIR, and the number of the card itself.
const VITALE: &[&str] = &[
    NIR_LAYOUTS[0],
    NIR_LAYOUTS[1],
    NIR_LAYOUTS[2],
    NIR_LAYOUTS[3],
    NIR_LAYOUTS[4],
    NIR_LAYOUTS[5],
    "999999999999999999999",
    "9999999999 9999999999 9",
];

pub(super) const IDENTIFIERS: &[Identifier] = &[
    entry("USA_MEDICARE_BENEFICIARY_IDENTIFIER", "Medicare beneficiary identifier", "US", HIGH)
        .near_to(&[
            "mbi",
            "mbi number",
            "medicare beneficiary",
            "medicare beneficiary identifier",
            "medicare id",
            "medicare number",
            "medicare no",
            "medicare",
        ])
        .showing(2)
        .in_groups(
            &[
                "9AA9AA9AA99",
                "9A99AA9AA99",
                "9AA9 AA9 AA99",
                "9A99 AA9 AA99",
                "9AA9A99AA99",
                "9A99A99AA99",
                "9AA9 A99 AA99",
                "9A99 A99 AA99",
            ],
            b" -",
            beneficiary,
        )
        .known_from("AWS Macie User Guide, PHI; CMS, Understanding the MBI")
        .proved_by(
            &[
                finds("MBI: 1EG4-TE5-MK73", "1EG4-TE5-MK73"),
                finds("Medicare Beneficiary Identifier 1EG4TE5MK73", "1EG4TE5MK73"),
                finds("Medicare No. 1eg4 te5 mk73", "1eg4 te5 mk73"),
            ],
            &["1EG4-TE5-MK73", "MBI: 0EG4-TE5-MK73", "MBI: 1SG4-TE5-MK73", "Order: 1EG4TE5MK73"],
        ),
    entry("USA_HEALTH_INSURANCE_CLAIM_NUMBER", "Health insurance claim number", "US", HIGH)
        .near_to(&[
            "hicn",
            "hic",
            "hic no",
            "hic number",
            "hic#",
            "hicno#",
            "hicn#",
            "health insurance claim",
            "health insurance claim number",
            "medicare claim number",
        ])
        .right_beside(30)
        .showing(2)
        .in_groups(
            &[
                "999999999A",
                "999999999AA",
                "999999999A9",
                "999 99 9999 A",
                "999 99 9999A",
                "999 99 9999/A9",
                "999 99 9999A9",
                "999 99 9999AA",
                "A999999",
                "AA999999",
                "AAA999999",
                "A999999999",
                "AA999999999",
                "AAA999999999",
            ],
            b" -",
            claim,
        )
        .known_from("AWS Macie User Guide, PHI; CMS, retired in 2020")
        .proved_by(
            &[
                finds("HICN: 123456789A", "123456789A"),
                finds("Health Insurance Claim Number 123-45-6789A", "123-45-6789A"),
                finds("HIC No. WA123456789", "WA123456789"),
            ],
            &["123456789A", "HICN: 000456789A", "HICN: 12345678A", "Order: 123456789A"],
        ),
    entry("CANADA_HEALTH_NUMBER", "Personal health number", "Canada", HIGH)
        .near_to(&[
            "phn",
            "personal health number",
            "personal healthcare number",
            "canada healthcare number",
            "healthcare number",
            "health care number",
            "msp",
            "msp number",
            "msp no",
            "soins de santé",
            "soins de sante",
            "numéro de soins de santé",
        ])
        .showing(2)
        .in_groups(&["9999999999", "9999 999 999", "9999 9999 99"], b" -", health_number)
        .known_from("AWS Macie User Guide, PHI; Ministry of Health of British Columbia")
        .proved_by(
            &[
                finds("Canada healthcare number: 9000000018", "9000000018"),
                finds("Personal Healthcare Number 9698 658 215", "9698 658 215"),
            ],
            &["9000000018", "PHN: 9000000019", "PHN: 8000000018", "Order: 9000000018"],
        ),
    entry("FINLAND_EUROPEAN_HEALTH_INSURANCE_NUMBER", "European health insurance card, Finland", "Finland", HIGH)
        .near_to(&[
            "ehic",
            "ehic no",
            "health insurance card",
            "health insurance number",
            "health card",
            "medical account number",
            "finland health insurance card",
            "finska sjukförsäkringskortet",
            "suomen sairausvakuutuskortti",
            "sairaanhoitokortin",
            "sairaanhoitokortti",
            "sairausvakuutuskortti",
            "sairausvakuutuskortin",
            "sairausvakuutusnumero",
            "terveyskortti",
            "hälsokort",
            "halsokort",
            "suomi ehic numero",
            "ehic numero",
            "eurooppalainen sairaanhoitokortti",
        ])
        .showing(2)
        .in_groups(EHIC, b" -", finnish_card)
        .known_from("AWS Macie User Guide, PHI; Microsoft Purview, Finland European Health Insurance Number")
        .proved_by(
            &[
                finds("EHIC: 80246802460000000001", "80246802460000000001"),
                finds("Sairaanhoitokortin numero 8024680246 0000000001", "8024680246 0000000001"),
                finds("Hälsokort: 8024680246-0000000001", "8024680246-0000000001"),
            ],
            &[
                "80246802460000000001",
                "EHIC: 8024680246000000000",
                "EHIC: 80276000000000000001",
                "Tilaus: 80246802460000000001",
            ],
        ),
    entry("EUROPEAN_HEALTH_INSURANCE_CARD_NUMBER", "European health insurance card", "EU", HIGH)
        .near_to(&[
            "ehic",
            "ehic no",
            "health insurance card",
            "health insurance number",
            "health card",
            "medical account number",
            "gesundheitskarte",
            "krankenversicherungskarte",
            "europäische krankenversicherungskarte",
            "carta assicurazione numero",
            "tarjeta de salud",
            "seguro de salud",
            "terveyskortti",
            "krankenkassenkarte",
        ])
        .showing(2)
        .in_groups(EHIC, b" -", european_card)
        .known_from(
            "AWS Macie User Guide, PHI; decision S2 of 2009 of the Administrative Commission; ISO 3166-1 numeric",
        )
        .proved_by(
            &[
                finds("EHIC: 80276000000000000001", "80276000000000000001"),
                finds("Krankenversicherungskarte 80276 00000 00000 00001", "80276 00000 00000 00001"),
                finds("Tarjeta de salud: 8072400000 0000000001", "8072400000 0000000001"),
            ],
            &[
                "80276000000000000001",
                "EHIC: 80999000000000000001",
                "EHIC: 8027600000000000000",
                "Bestellung: 80276000000000000001",
            ],
        ),
    entry("FRANCE_HEALTH_INSURANCE_NUMBER", "Health insurance number, France", "France", HIGH)
        .near_to(&[
            "carte vitale",
            "carte d'assuré social",
            "carte d'assure social",
            "assuré social",
            "numéro d'assuré",
            "insurance card",
            "assurance maladie",
            "numéro d'assurance maladie",
        ])
        .showing(2)
        .in_groups(VITALE, b" -", french)
        .known_from("AWS Macie User Guide, PHI; Microsoft Purview, France health insurance number; Insee")
        .proved_by(
            &[
                finds("Carte Vitale : 2 95 10 99 126 111 93", "2 95 10 99 126 111 93"),
                finds("Carte d’assuré social 295109912611193", "295109912611193"),
                finds("carte vitale 8025000001 2345678901 2", "8025000001 2345678901 2"),
            ],
            &["295109912611193", "Carte Vitale : 295109912611194", "Commande: 295109912611193"],
        ),
    entry("USA_HEALTHCARE_PROCEDURE_CODE", "Procedure code (HCPCS, CPT)", "US", HIGH)
        .near_to(&[
            "hcpcs",
            "hcpcs code",
            "cpt",
            "cpt code",
            "cpt/hcpcs",
            "current procedural terminology",
            "healthcare common procedure coding system",
            "procedure code",
        ])
        .right_beside(15)
        .showing(0)
        .in_groups(&["A9999", "99999", "9999A", "A9999 AA", "A9999 99", "99999 AA", "99999 99"], b"-", procedure)
        .known_from("AWS Macie User Guide, PHI; CMS, HCPCS level I and II")
        .proved_by(
            &[
                finds("HCPCS J1885", "J1885"),
                finds("CPT: 99213", "99213"),
                finds("CPT code 99213-25", "99213-25"),
                finds("HCPCS: 0001U", "0001U"),
            ],
            &["J1885", "HCPCS: Z1885", "Order J1885", "CPT 2024", "CPT: 00000"],
        ),
    entry("USA_NATIONAL_DRUG_CODE", "National Drug Code", "US", HIGH)
        .near_to(&["ndc", "ndc#", "ndc no", "ndc code", "ndc number", "national drug code"])
        .right_beside(BESIDE)
        .showing(0)
        .in_groups(
            &["9999 9999 99", "99999 999 99", "99999 9999 9", "99999 9999 99", "99999999999", "9999999999"],
            b"-",
            number,
        )
        .known_from("AWS Macie User Guide, PHI; 21 CFR 207.33")
        .proved_by(
            &[
                finds("NDC 0002-8215-01", "0002-8215-01"),
                finds("NDC: 50242-040-62", "50242-040-62"),
                finds("National Drug Code 00002821501", "00002821501"),
            ],
            &["0002-8215-01", "NDC: 0002-8215-011", "Order: 0002-8215-01", "NDC: 0000-0000-00"],
        ),
    entry("MEDICAL_DEVICE_UDI", "Unique device identifier", "US", RISING)
        .near_to(&[
            "udi",
            "udi di",
            "unique device id",
            "unique device identifier",
            "dev id",
            "device id",
            "device identifier",
            "gs1",
            "gtin",
            "hibcc",
            "hibc",
            "iccbba",
            "isbt",
            "isbt 128",
            "blood",
            "blood bag",
            "med",
            "implant",
            "lot udi",
        ])
        .right_beside(30)
        .showing(0)
        .read_by(Finder::Beside(device::identifier))
        .known_from("AWS Macie User Guide, PHI; 21 CFR 801.40; GS1, HIBCC and ICCBBA")
        .proved_by(
            &[
                finds("UDI: (01)00614141000036", "(01)00614141000036"),
                finds("Device identifier (01)00614141000036(17)290228(10)A1B2", "(01)00614141000036(17)290228(10)A1B2"),
                finds("HIBCC +A123BJC5D6E71G", "+A123BJC5D6E71G"),
                finds("UDI 010061414100003617290228", "010061414100003617290228"),
            ],
            &[
                "(01)00614141000036",
                "UDI: (01)00614141000037",
                "UDI: pending",
                "Order: (01)00614141000036",
                "Device ID: 12345678",
            ],
        ),
];

/// No S, L, O, I, B or Z, and no zero in front.
fn beneficiary(value: &Compact<'_>) -> Option<Support> {
    let confusable = value.characters.iter().any(|byte| b"SLOIBZ".contains(&byte.to_ascii_uppercase()));
    (!confusable && value.characters[0] != b'0').then(|| Support::shape(Alone::Never))?
}

/// A social security number and the beneficiary's letter, or a railroad worker's letters and number.
fn claim(value: &Compact<'_>) -> Option<Support> {
    let characters = value.characters;
    if characters[0].is_ascii_digit() {
        let issued = !characters.starts_with(b"000") && !characters.starts_with(b"666") && &characters[5..9] != b"0000";
        return issued.then(|| Support::shape(Alone::Never))?;
    }
    number(value)
}

fn health_number(value: &Compact<'_>) -> Option<Support> {
    Support::checked(personal_health_number(value.characters), Alone::Never)
}

fn finnish_card(value: &Compact<'_>) -> Option<Support> {
    if value.characters.starts_with(b"8024680246") { Support::shape(Alone::Never) } else { None }
}

/// 80 for health, and the number of a country of the European Economic Area, Switzerland or the UK.
fn european_card(value: &Compact<'_>) -> Option<Support> {
    const COUNTRIES: &[&[u8]] = &[
        b"040", b"056", b"100", b"191", b"196", b"203", b"208", b"233", b"246", b"250", b"276", b"300", b"348", b"352",
        b"372", b"380", b"428", b"438", b"440", b"442", b"470", b"528", b"578", b"616", b"620", b"642", b"703", b"705",
        b"724", b"752", b"756", b"826",
    ];
    let known = value.characters.starts_with(b"80") && COUNTRIES.contains(&&value.characters[2..5]);
    (known || value.characters.starts_with(b"8024680246")).then(|| Support::shape(Alone::Never))?
}

/// The NIR on the card, or the card's own 21 digits, which begin with 80 and 250 for France.
fn french(value: &Compact<'_>) -> Option<Support> {
    match value.characters.len() {
        21 => value.characters.starts_with(b"80250").then(|| Support::shape(Alone::Never))?,
        _ => Support::checked(nir(value.characters), Alone::Never),
    }
}

/// The letters that level II uses, and F, T and U behind four digits of level I.
fn procedure(value: &Compact<'_>) -> Option<Support> {
    let characters = value.characters;
    let known = match characters[0].to_ascii_uppercase() {
        b'0'..=b'9' => characters[4].is_ascii_digit() || b"FTU".contains(&characters[4].to_ascii_uppercase()),
        letter => b"ABCDEGHJKLMPQRSTUV".contains(&letter),
    };
    (known && characters.iter().any(|byte| matches!(byte, b'1'..=b'9'))).then(|| Support::shape(Alone::Never))?
}
