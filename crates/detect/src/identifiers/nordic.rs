//! The personal numbers of the Nordic countries, which are patients' numbers there.

use super::entry::entry;
use super::{HIGH, finds};
use crate::identifier::{Alone, Compact, Finder, Groups, Identifier, Support};
use crate::validators::{danish_personal_number, hetu, norwegian_identity_number, personnummer};

pub(super) const IDENTIFIERS: &[Identifier] = &[
    entry("DENMARK_CPR", "CPR number", "Denmark", HIGH)
        .near_to(&[
            "cpr",
            "cpr nummer",
            "cprnr",
            "personnummer",
            "person nr",
            "personnr",
            "patient cpr",
            "centrale personregister",
        ])
        .showing(0)
        .read_by(Finder::Groups(Groups {
            layouts: &["999999 9999", "9999999999"],
            separators: b"- ",
            prove: |value| danish_personal_number(value.characters).then(|| Support::shape(Alone::Never))?,
        }))
        .known_from("CPR-kontoret, the personal number; the check digit is not kept since 2007")
        .proved_by(
            &[
                finds("CPR-nummer: 211062-5629", "211062-5629"),
                finds("CPR ....... 2110625629", "2110625629"),
                finds("Personnr. 010190-1234", "010190-1234"),
            ],
            &["211062-5629", "Ordre: 211062-5629", "CPR: 320262-5629", "CPR: 211062-56291", "CPR: 211062-0000"],
        ),
    entry("SWEDEN_PERSONNUMMER", "Personal identity number, Sweden", "Sweden", HIGH)
        .near_to(&["personnummer", "personnr", "person nr", "pnr", "samordningsnummer", "personal identity number"])
        .showing(0)
        .read_by(Finder::Groups(Groups {
            layouts: &["999999 9999", "99999999 9999", "9999999999", "999999999999"],
            separators: b"- ",
            prove: swedish,
        }))
        .known_from("Skatteverket, SKV 704; the same as python-stdnum's se.personnummer")
        .proved_by(
            &[
                finds("Personnummer: 880320-0016", "880320-0016"),
                finds("PNR ...... 19640823-3234", "19640823-3234"),
                finds("personnr 6408233234", "6408233234"),
            ],
            &["Personnummer: 880320-0017", "880320-0016", "Order: 880320-0016", "PNR: 881320-0014"],
        ),
    entry("NORWAY_FODSELSNUMMER", "National identity number, Norway", "Norway", HIGH)
        .near_to(&[
            "fødselsnummer",
            "fodselsnummer",
            "foedselsnummer",
            "fødselsnr",
            "fodselsnr",
            "fødsels nr",
            "fnr",
            "personnummer",
            "personnr",
            "person nr",
            "d nummer",
            "dnr",
            "fødsels og personnummer",
        ])
        .showing(0)
        .read_by(Finder::Unmistakable(Groups {
            layouts: &["99999999999", "999999 99999"],
            separators: b" -",
            prove: |value| {
                let alone = if value.separator == Some(b' ') { Alone::Unlabelled } else { Alone::Never };
                Support::checked(norwegian_identity_number(value.characters), alone)
            },
        }))
        .known_from("Skatteetaten, national identity numbers; the same as python-stdnum's no.fodselsnummer")
        .proved_by(
            &[
                finds("Fødselsnummer: 151086 95088", "151086 95088"),
                finds("FØDSELSNR. ...... 01019000083", "01019000083"),
                finds("fodselsnummer 01019000164", "01019000164"),
                finds("Kari Nordmann, 151086 95088", "151086 95088"),
            ],
            &["Fnr: 151086 95077", "15108695088", "Ordre: 151086 95088", "Fnr: 321086 95088"],
        ),
    entry("FINLAND_HETU", "Personal identity code, Finland", "Finland", HIGH)
        .near_to(&[
            "hetu",
            "henkilötunnus",
            "henkilotunnus",
            "henkilötunnuksesi",
            "sotu",
            "sosiaaliturvatunnus",
            "personbeteckning",
            "personal identity code",
        ])
        .showing(0)
        .read_by(Finder::Unmistakable(Groups {
            layouts: &["999999 999A", "999999 9999", "999999A999A", "999999A9999"],
            separators: b"-",
            prove: finnish,
        }))
        .known_from("Digital and Population Data Services Agency; the same as python-stdnum's fi.hetu")
        .proved_by(
            &[
                finds("Henkilötunnus: 131052-308T", "131052-308T"),
                finds("HENKILÖTUNNUS 131052-308T", "131052-308T"),
                finds("Matti Meikäläinen 131052-308T", "131052-308T"),
                finds("hetu ..... 010101A123N", "010101A123N"),
            ],
            &["Hetu: 131052-308U", "Tilaus: 131052-308T", "Hetu: 321052-308T", "131052/308T", "010101A123N"],
        ),
];

/// Ten digits, or twelve with the century.
fn swedish(value: &Compact<'_>) -> Option<Support> {
    let number = match value.characters {
        [b'1', b'8' | b'9', rest @ ..] | [b'2', b'0', rest @ ..] if rest.len() == 10 => rest,
        other => other,
    };
    Support::checked(personnummer(number), Alone::Never)
}

/// Without keyword only with the dash and a letter at the end: as it is printed, and unlike other numbers.
fn finnish(value: &Compact<'_>) -> Option<Support> {
    let sign = (value.characters.len() == 11).then(|| value.characters.get(6)).flatten();
    let century = sign.is_none_or(|sign| matches!(sign.to_ascii_uppercase(), b'A'..=b'F' | b'U'..=b'Y'));
    let printed = value.separator.is_some() && value.characters.last()?.is_ascii_uppercase();
    let alone = if printed { Alone::Unlabelled } else { Alone::Never };
    Support::checked(century && hetu(value.characters), alone)
}
