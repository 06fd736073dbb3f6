//! Driving licences of the west and north of the European Union, by what they are called where they are issued.

use super::entry::{BESIDE, entry, number};
use super::{RISING, finds};
use crate::identifier::{Alone, Compact, Identifier, Support};
use crate::validators::{dni, hetu, nie, personnummer};

pub(super) const IDENTIFIERS: &[Identifier] = &[
    entry("AUSTRIA_DRIVERS_LICENSE", "Driving licence, Austria", "Austria", RISING)
        .near_to(&[
            "führerschein",
            "fuhrerschein",
            "fuehrerschein",
            "führerschein nr",
            "führerscheinnummer",
            "österreichischer führerschein",
            "austrian driving licence",
        ])
        .right_beside(BESIDE)
        .showing(2)
        .in_groups(&["99999999"], b" -", number)
        .known_from("AWS Macie User Guide, PII; Microsoft Purview, driver's license entity definitions")
        .proved_by(
            &[
                finds("Führerschein Nr.: 12345678", "12345678"),
                finds("FÜHRERSCHEIN 12345678", "12345678"),
                finds("Fuehrerschein-Nr 12345678", "12345678"),
            ],
            &[
                "12345678",
                "Führerschein: 1234567",
                "Bestellung: 12345678",
                "Führerschein: 22222222",
                "Führerschein vom 12052010",
            ],
        ),
    entry("NETHERLANDS_DRIVERS_LICENSE", "Driving licence, Netherlands", "Netherlands", RISING)
        .near_to(&["rijbewijs", "rijbewijsnummer", "rijbewijs nr", "dutch driving licence"])
        .right_beside(BESIDE)
        .showing(2)
        .in_groups(&["9999999999"], b" -", number)
        .known_from("AWS Macie User Guide, PII; forms as issued")
        .proved_by(
            &[finds("Rijbewijsnummer: 1234567890", "1234567890"), finds("rijbewijs 5123456789", "5123456789")],
            &["1234567890", "Rijbewijs: 123456789", "Bestelling: 1234567890"],
        ),
    entry("BELGIUM_DRIVERS_LICENSE", "Driving licence, Belgium", "Belgium", RISING)
        .near_to(&[
            "rijbewijs",
            "rijbewijsnummer",
            "rijbewijs nr",
            "permis de conduire",
            "numéro de permis de conduire",
            "führerschein",
            "fuehrerschein",
            "führerscheinnummer",
            "belgian driving licence",
        ])
        .right_beside(BESIDE)
        .showing(2)
        .in_groups(&["9999999999"], b" -", number)
        .known_from("AWS Macie User Guide, PII; Microsoft Purview, driver's license entity definitions")
        .proved_by(
            &[
                finds("Permis de conduire n° 1234567890", "1234567890"),
                finds("Belgian driving licence: 1234567890", "1234567890"),
            ],
            &["1234567890", "Permis de conduire : 12345678901", "Commande: 1234567890"],
        ),
    entry("DENMARK_DRIVERS_LICENSE", "Driving licence, Denmark", "Denmark", RISING)
        .near_to(&[
            "kørekort",
            "koerekort",
            "kørekortnummer",
            "kørekort nr",
            "koerekortnummer",
            "danish driving licence",
        ])
        .right_beside(BESIDE)
        .showing(2)
        .in_groups(&["99999999"], b" -", number)
        .known_from("AWS Macie User Guide, PII; forms as issued")
        .proved_by(
            &[finds("Kørekort nr.: 12345678", "12345678"), finds("KØREKORTNUMMER 12345678", "12345678")],
            &["12345678", "Kørekort: 1234567", "Ordre: 12345678"],
        ),
    entry("FINLAND_DRIVERS_LICENSE", "Driving licence, Finland", "Finland", RISING)
        .near_to(&[
            "ajokortti",
            "ajokortin numero",
            "ajokortin nro",
            "ajokorttinumero",
            "körkort",
            "körkortsnummer",
            "korkort",
            "finnish driving licence",
        ])
        .right_beside(BESIDE)
        .showing(2)
        .in_groups(&["999999/999A", "999999/9999", "999999A999A", "999999A9999"], b" -", finnish)
        .known_from("AWS Macie User Guide, PII; Digital and Population Data Services Agency")
        .proved_by(
            &[finds("Ajokortti: 131052-308T", "131052-308T"), finds("ajokortin numero 131052-308T", "131052-308T")],
            &["131052-308T", "Ajokortti: 131052-308U", "Ajokortti: 311352-308T", "Tilaus: 131052-308T"],
        ),
    entry("FRANCE_DRIVERS_LICENSE", "Driving licence, France", "France", RISING)
        .near_to(&[
            "permis de conduire",
            "numéro de permis",
            "numero de permis",
            "numéro de permis de conduire",
            "no de permis",
            "french driving licence",
        ])
        .right_beside(BESIDE)
        .showing(2)
        .in_groups(&["999999999999", "99AA99999", "99 99 99 999999"], b" -", number)
        .known_from("AWS Macie User Guide, PII; forms as issued")
        .proved_by(
            &[
                finds("Permis de conduire : 123456789012", "123456789012"),
                finds("Numéro de permis 13AA12345", "13AA12345"),
            ],
            &["123456789012", "Permis de conduire : 12345678901234", "Commande : 13AA12345"],
        ),
    entry("GERMANY_DRIVERS_LICENSE", "Driving licence, Germany", "Germany", RISING)
        .near_to(&[
            "führerschein",
            "führerscheinnummer",
            "führerschein nr",
            "fuehrerschein",
            "fuehrerscheinnummer",
            "fuhrerschein",
            "fahrerlaubnis",
            "fahrerlaubnisnummer",
            "german driving licence",
        ])
        .right_beside(BESIDE)
        .showing(2)
        .in_groups(&["XXXXXXXXXXX"], b" -", german)
        .known_from("AWS Macie User Guide, PII; Fahrerlaubnis-Verordnung, annex 8")
        .proved_by(
            &[
                finds("Führerscheinnummer: B072RRE2I55", "B072RRE2I55"),
                finds("Fuehrerschein-Nr. N0703LPT161", "N0703LPT161"),
            ],
            &["B072RRE2I55", "Führerschein: B072RRE2I5", "Führerschein: BB72RRE2I55", "Bestellung: B072RRE2I55"],
        ),
    entry("ITALY_DRIVERS_LICENSE", "Driving licence, Italy", "Italy", RISING)
        .near_to(&[
            "patente di guida",
            "patente guida",
            "patente",
            "numero patente",
            "patente n",
            "italian driving licence",
        ])
        .right_beside(BESIDE)
        .showing(2)
        .in_groups(&["AA9999999A"], b" -", italian)
        .known_from("AWS Macie User Guide, PII; Microsoft Purview, driver's license entity definitions")
        .proved_by(
            &[finds("Patente di guida: UA1234567B", "UA1234567B"), finds("Patente n. UV7654321C", "UV7654321C")],
            &["UA1234567B", "Patente: UB1234567C", "Patente: UA123456B", "Ordine: UA1234567B"],
        ),
    entry("LUXEMBOURG_DRIVERS_LICENSE", "Driving licence, Luxembourg", "Luxembourg", RISING)
        .near_to(&[
            "fahrerlaubnis",
            "führerschäin",
            "fuehrerschäin",
            "fuhrerschain",
            "luxembourg driving licence",
            "permis luxembourgeois",
        ])
        .right_beside(BESIDE)
        .showing(2)
        .in_groups(&["999999"], b" -", number)
        .known_from("AWS Macie User Guide, PII; forms as issued")
        .proved_by(
            &[finds("Führerschäin: 123456", "123456"), finds("Fahrerlaubnis Nr. 123456", "123456")],
            &["123456", "Führerschäin: 12345", "Bestellung: 123456"],
        ),
    entry("MALTA_DRIVERS_LICENSE", "Driving licence, Malta", "Malta", RISING)
        .near_to(&[
            "liċenzja tas-sewqan",
            "licenzja tas-sewqan",
            "liċenzja tas sewqan",
            "licenzja tas sewqan",
            "maltese driving licence",
        ])
        .right_beside(BESIDE)
        .showing(2)
        .in_groups(&["AA 999 999", "AA999999", "A9 999 999", "99 999 999"], b" -", number)
        .known_from("AWS Macie User Guide, PII; forms as issued")
        .proved_by(
            &[
                finds("Liċenzja tas-sewqan: AB 123 456", "AB 123 456"),
                finds("licenzja tas-sewqan AB123456", "AB123456"),
            ],
            &["AB 123 456", "Liċenzja tas-sewqan: AB 12 456", "Ordni: AB123456"],
        ),
    entry("PORTUGAL_DRIVERS_LICENSE", "Driving licence, Portugal", "Portugal", RISING)
        .near_to(&[
            "carta de condução",
            "carta de conducao",
            "licença de condução",
            "licenca de conducao",
            "n.º da carta de condução",
            "número da carta de condução",
            "portuguese driving licence",
        ])
        .right_beside(BESIDE)
        .showing(2)
        .in_groups(&["AA/99999 9", "AA/999999 9", "A/999999 9", "A/99999999 9"], b" ", number)
        .known_from("AWS Macie User Guide, PII; Microsoft Purview, driver's license entity definitions")
        .proved_by(
            &[
                finds("Carta de condução: AB-12345 6", "AB-12345 6"),
                finds("CARTA DE CONDUÇÃO L-123456 7", "L-123456 7"),
            ],
            &["AB-12345 6", "Carta de condução: AB-1234 6", "Encomenda: AB-12345 6"],
        ),
    entry("SPAIN_DRIVERS_LICENSE", "Driving licence, Spain", "Spain", RISING)
        .near_to(&[
            "permiso de conducción",
            "permiso de conduccion",
            "permiso de conducir",
            "carnet de conducir",
            "carné de conducir",
            "carnet conducer",
            "carnet conducir",
            "licencia conducer",
            "licencia de conducir",
            "spanish driving licence",
        ])
        .right_beside(BESIDE)
        .showing(2)
        .in_groups(&["99999999A", "99999999/A", "A9999999A", "A/9999999/A"], b" -", spanish)
        .known_from("AWS Macie User Guide, PII; Microsoft Purview, driver's license entity definitions")
        .proved_by(
            &[
                finds("Permiso de conducción: 12345678Z", "12345678Z"),
                finds("Carnet de conducir 12345678-Z", "12345678-Z"),
                finds("Permiso de conducir X2482300W", "X2482300W"),
            ],
            &["12345678Z", "Permiso de conducción: 12345678A", "Pedido: 12345678Z"],
        ),
    entry("SWEDEN_DRIVERS_LICENSE", "Driving licence, Sweden", "Sweden", RISING)
        .near_to(&["körkort", "körkortsnummer", "korkort", "korkortsnummer", "körkort nr", "swedish driving licence"])
        .right_beside(BESIDE)
        .showing(2)
        .in_groups(&["999999 9999", "9999999999", "99999999 9999"], b"-", swedish)
        .known_from("AWS Macie User Guide, PII; Skatteverket, SKV 704")
        .proved_by(
            &[finds("Körkort: 880320-0016", "880320-0016"), finds("KÖRKORTSNUMMER 19880320-0016", "19880320-0016")],
            &["880320-0016", "Körkort: 880320-0018", "Körkort: 881320-0016", "Order: 880320-0016"],
        ),
];

/// The personal identity code.
fn finnish(value: &Compact<'_>) -> Option<Support> {
    Support::checked(hetu(value.characters), Alone::Never)
}

/// Key of the office (letter or digit, two digits), six characters of the holder's number, check digit, and how often
/// it was issued.
fn german(value: &Compact<'_>) -> Option<Support> {
    let characters = value.characters;
    let valid = characters[1..3].iter().all(u8::is_ascii_digit)
        && characters[9].is_ascii_alphanumeric()
        && characters.iter().filter(|byte| byte.is_ascii_digit()).count() >= 5
        && characters.iter().any(u8::is_ascii_alphabetic);
    valid.then(|| Support::shape(Alone::Never))?
}

/// The second letter says that a prefecture (A to V) issued it.
fn italian(value: &Compact<'_>) -> Option<Support> {
    if matches!(value.characters[1].to_ascii_uppercase(), b'A' | b'V') { number(value) } else { None }
}

/// The number of the DNI or NIE.
fn spanish(value: &Compact<'_>) -> Option<Support> {
    Support::checked(dni(value.characters) || nie(value.characters), Alone::Never)
}

/// The personal identity number, perhaps with its century.
fn swedish(value: &Compact<'_>) -> Option<Support> {
    let (century, number) = value.characters.split_at(value.characters.len() - 10);
    Support::checked(matches!(century, b"" | b"19" | b"20") && personnummer(number), Alone::Never)
}
