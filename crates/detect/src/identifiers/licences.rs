//! Driving licences of countries whose forms are in English. Words that several countries use speak for each of
//! them; the shape decides, and where that fits several, the country that comes first here.

use super::entry::{BESIDE, entry, number};
use super::{RISING, finds};
use crate::identifier::{Alone, Compact, Identifier, Support};

/// Keywords of every country that writes `licence`, and a country's own.
macro_rules! english_and {
    ($($own:literal),*) => {
        &[
            "driver licence", "driver's licence", "drivers licence", "driving licence", "driver licence number",
            "driver lic", "drivers lic", "driving permit", "driver's permit", "drivers permit", "driver permit", "dl#",
            "dlno", "dlno#", "d/l no", $($own),*
        ]
    };
}
const ENGLISH: &[&str] = english_and![];

pub(super) const IDENTIFIERS: &[Identifier] = &[
    entry("AUSTRALIA_DRIVERS_LICENSE", "Driving licence, Australia", "Australia", RISING)
        .near_to(ENGLISH)
        .right_beside(BESIDE)
        .showing(2)
        .in_groups(
            &[
                "99999999",
                "999999999",
                "9999999",
                "9999999999",
                "999999",
                "999 999 999",
                "99 999 999",
                "9999 9999",
                "999 999",
                "A99999",
                "A999999",
                "9999AA",
            ],
            b" -",
            number,
        )
        .known_from(
            "AWS Macie User Guide, PII; Microsoft Purview, Australia driver's license number; forms of the states",
        )
        .proved_by(
            &[
                finds("Driver licence no: 12345678", "12345678"),
                finds("Driver's Licence (NSW) 1234 5678", "1234 5678"),
                finds("DL# 012345678", "012345678"),
                finds("DRIVERS_LICENCE=A12345", "A12345"),
                finds("Driver Licence No\n023456789\n", "023456789"),
            ],
            &[
                "12345678",
                "Order: 12345678",
                "Driver licence: 11111111",
                "Driver licence expires 12/05/2030",
                "Driver licence: none Order: 12345678",
                "Driver licence held since 1998",
            ],
        ),
    entry("UK_DRIVERS_LICENSE", "Driving licence, UK", "UK", RISING)
        .near_to(english_and!["uk driving licence", "driver number", "dvla", "dvla number", "photocard licence"])
        .right_beside(BESIDE)
        .showing(2)
        .in_groups(
            &["XXXXXXXXXXXXXXXX", "AAAAA 999999 AA9AA", "AAAAA 999999 AA9AA 99", "AAAAA 999999 A99AA"],
            b" -",
            british,
        )
        .known_from("AWS Macie User Guide, PII; DVLA, INF45")
        .proved_by(
            &[
                finds("Driving licence: MORGA657054SM9IJ", "MORGA657054SM9IJ"),
                finds("Driver number: MORGA 657054 SM9IJ", "MORGA 657054 SM9IJ"),
                finds("driving_licence_no=DOE99608125J99AB", "DOE99608125J99AB"),
            ],
            &[
                "MORGA657054SM9IJ",
                "Driving licence: MORGA677054SM9IJ",
                "Driving licence: MORGA657324SM9IJ",
                "Driving licence: 1234567890123456",
            ],
        ),
    entry("DRIVERS_LICENSE", "Driving licence, US", "US", RISING)
        .near_to(&[
            "driver license",
            "drivers license",
            "driver's license",
            "driving license",
            "drivers lic",
            "driver lic",
            "driver's lic",
            "driver license number",
            "drivers license number",
            "driver's license number",
            "drivers permit",
            "driver permit",
            "driver's permit",
            "dl#",
            "dl",
            "dlno",
            "dlno#",
            "dl number",
            "operator license",
            "state id",
        ])
        .right_beside(BESIDE)
        .showing(2)
        .in_groups(
            &[
                "A9999999",
                "99999999",
                "9999999",
                "999999999",
                "999 999 999",
                "A99999999",
                "A999999",
                "A999999999",
                "A99999999999",
                "A999999999999",
                "A9999999999999",
                "A99999999999999",
                "A999 999 99 999 9",
                "A999 9999 9999",
                "A999 9999 9999 99",
                "A9999 99999 99999",
                "A 999 999 999 999",
                "AA999999",
                "AA9999999",
                "99AAA99999",
                "9999999999",
            ],
            b" -",
            number,
        )
        .known_from("AWS Macie User Guide, PII; forms of the states (AAMVA)")
        .proved_by(
            &[
                finds("Driver's license: D1234567", "D1234567"),
                finds("DL: 12345678", "12345678"),
                finds("Drivers License No. (FL) S514-172-80-844-0", "S514-172-80-844-0"),
                finds("drivers_license: 123456789", "123456789"),
            ],
            &[
                "D1234567",
                "Order: D1234567",
                "LDL: 123 mg/dL 4.1",
                "Driver's license: 0000000",
                "Driver's license expires 01/02/2030",
            ],
        ),
    entry("CANADA_DRIVERS_LICENSE", "Driving licence, Canada", "Canada", RISING)
        .near_to(english_and![
            "permis de conduire",
            "numéro de permis de conduire",
            "no de permis",
            "ontario driver's licence"
        ])
        .right_beside(BESIDE)
        .showing(2)
        .in_groups(
            &[
                "A9999 99999 99999",
                "A99999999999999",
                "A9999 999999 99",
                "A999999999999",
                "9999999",
                "999999 999",
                "999999999",
                "99999999",
                "AAAAA999999999",
                "AAAAA 999999999",
                "XXXXXXXXXXXX",
            ],
            b" -",
            canadian,
        )
        .known_from("AWS Macie User Guide, PII; forms of the provinces")
        .proved_by(
            &[
                finds("Driver's licence: A1234-56789-01234", "A1234-56789-01234"),
                finds("Permis de conduire : D1234-567890-12", "D1234-567890-12"),
                finds("Permis de conduire 1234567", "1234567"),
                finds("Driver licence DOEJA123456789", "DOEJA123456789"),
            ],
            &[
                "A1234-56789-01234",
                "Order: A1234-56789-01234",
                "Driver's licence: A1234-56789",
                "Permis de conduire: 0000000",
            ],
        ),
    entry("IRELAND_DRIVERS_LICENSE", "Driving licence, Ireland", "Ireland", RISING)
        .near_to(english_and!["ceadúnas tiomána", "ceadunas tiomana", "irish driving licence"])
        .right_beside(BESIDE)
        .showing(2)
        .in_groups(&["999 999 999", "999999999", "999999AAAA"], b" -", number)
        .known_from("AWS Macie User Guide, PII; forms as issued (National Driver Licence Service)")
        .proved_by(
            &[
                finds("Ceadúnas tiomána: 123456ABCD", "123456ABCD"),
                finds("Irish driving licence 123 456 789", "123 456 789"),
            ],
            &["123456ABCD", "Ceadúnas tiomána: 12345ABCD", "Order: 123456789", "Irish driving licence: 12345678"],
        ),
    entry("INDIA_DRIVERS_LICENSE", "Driving licence, India", "India", RISING)
        .near_to(english_and![
            "driver license",
            "drivers license",
            "driving license",
            "dl no",
            "dl number",
            "licence number"
        ])
        .right_beside(BESIDE)
        .showing(2)
        .in_groups(&["AA9999999999999", "AA99 99999999999", "AA/99/99999999999", "AA99/99999999999"], b" -", indian)
        .known_from("AWS Macie User Guide, PII; Ministry of Road Transport and Highways")
        .proved_by(
            &[
                finds("Driving licence: MH1220110012345", "MH1220110012345"),
                finds("DL No. KA01 20190012345", "KA01 20190012345"),
            ],
            &[
                "MH1220110012345",
                "Driving licence: MH1218110012345",
                "Driving licence: XX1220110012345",
                "Order: MH1220110012345",
            ],
        ),
];

/// Five letters of the surname (padded with 9), decade, month (50 more for women), day and year of birth, two initials
/// (or 9), and three characters of the DVLA's own.
fn british(value: &Compact<'_>) -> Option<Support> {
    let [surname @ .., _, m1, m2, d1, d2, _, i1, i2, c1, c2, c3] = value.characters.get(..16)? else { return None };
    let two = |tens: &u8, ones: &u8| {
        (tens.is_ascii_digit() && ones.is_ascii_digit()).then(|| (tens - b'0') * 10 + ones - b'0')
    };
    let letters = surname.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    let valid = letters > 0
        && surname[letters..].iter().all(|byte| *byte == b'9')
        && value.characters[5].is_ascii_digit()
        && value.characters[10].is_ascii_digit()
        && matches!(two(m1, m2)?, 1..=12 | 51..=62)
        && matches!(two(d1, d2)?, 1..=31)
        && [i1, i2].iter().all(|byte| byte.is_ascii_alphabetic() || **byte == b'9')
        && c1.is_ascii_alphanumeric()
        && [c2, c3].iter().all(|byte| byte.is_ascii_alphabetic());
    valid.then(|| Support::shape(Alone::Never))?
}

/// Manitoba mixes letters and digits: a piece of twelve begins with letters of the name.
fn canadian(value: &Compact<'_>) -> Option<Support> {
    let characters = value.characters;
    let digits = characters.iter().filter(|byte| byte.is_ascii_digit()).count();
    if characters.len() == 12 && !(characters[..4].iter().all(u8::is_ascii_alphabetic) && digits >= 3) {
        return None;
    }
    number(value)
}

/// State, office, year of issue, and seven digits.
fn indian(value: &Compact<'_>) -> Option<Support> {
    const STATES: &[&str] = &[
        "AN", "AP", "AR", "AS", "BR", "CG", "CH", "DD", "DL", "DN", "GA", "GJ", "HP", "HR", "JH", "JK", "KA", "KL",
        "LA", "LD", "MH", "ML", "MN", "MP", "MZ", "NL", "OD", "OR", "PB", "PY", "RJ", "SK", "TN", "TR", "TS", "UK",
        "UP", "WB",
    ];
    let text = std::str::from_utf8(value.characters).ok()?;
    let year: u16 = text.get(4..8)?.parse().ok()?;
    let known = STATES.iter().any(|state| state.eq_ignore_ascii_case(&text[..2]));
    (known && (1950..=2099).contains(&year)).then(|| Support::shape(Alone::Never))?
}
