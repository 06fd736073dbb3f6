//! Driving licences of the east and south-east of the European Union, by what they are called where they are issued.

use super::entry::{BESIDE, entry, number};
use super::{RISING, finds};
use crate::identifier::{Compact, Identifier, Support};

pub(super) const IDENTIFIERS: &[Identifier] = &[
    entry("BULGARIA_DRIVERS_LICENSE", "Driving licence, Bulgaria", "Bulgaria", RISING)
        .near_to(&[
            "шофьорска книжка",
            "сумпс",
            "свидетелство за управление",
            "свидетелство за управление на мпс",
            "номер на свидетелство за управление",
            "bulgarian driving licence",
        ])
        .right_beside(BESIDE)
        .showing(2)
        .in_groups(&["999999999"], b" -", number)
        .known_from("AWS Macie User Guide, PII; Microsoft Purview, driver's license entity definitions")
        .proved_by(
            &[
                finds("Шофьорска книжка № 123456789", "123456789"),
                finds("СУМПС: 123456789", "123456789"),
                finds("шофьорска книжка: 280123456", "280123456"),
            ],
            &["123456789", "Шофьорска книжка: 12345678", "Поръчка: 123456789"],
        ),
    entry("CROATIA_DRIVERS_LICENSE", "Driving licence, Croatia", "Croatia", RISING)
        .near_to(&[
            "vozačka dozvola",
            "vozacka dozvola",
            "broj vozačke dozvole",
            "broj vozacke dozvole",
            "vozačke dozvole",
            "croatian driving licence",
        ])
        .right_beside(BESIDE)
        .showing(2)
        .in_groups(&["99999999"], b" -", number)
        .known_from("AWS Macie User Guide, PII; forms as issued")
        .proved_by(
            &[finds("Vozačka dozvola: 12345678", "12345678"), finds("VOZAČKA DOZVOLA BR. 12345678", "12345678")],
            &["12345678", "Vozačka dozvola: 123456789", "Narudžba: 12345678"],
        ),
    entry("CYPRUS_DRIVERS_LICENSE", "Driving licence, Cyprus", "Cyprus", RISING)
        .near_to(&[
            "άδεια οδήγησης",
            "άδειας οδήγησης",
            "αδεια οδηγησης",
            "αδεια οδηγησησ",
            "αδειας οδηγησης",
            "αδειασ οδηγησησ",
            "adeia odigisis",
            "δίπλωμα οδήγησης",
            "cyprus driving licence",
        ])
        .right_beside(BESIDE)
        .showing(2)
        .in_groups(&["999999999999"], b" -", number)
        .known_from("AWS Macie User Guide, PII; Microsoft Purview, driver's license entity definitions")
        .proved_by(
            &[
                finds("Άδεια οδήγησης: 123456789012", "123456789012"),
                finds("ΑΔΕΙΑ ΟΔΗΓΗΣΗΣ 123456789012", "123456789012"),
            ],
            &["123456789012", "Άδεια οδήγησης: 1234567890123", "Παραγγελία: 123456789012"],
        ),
    entry("CZECHIA_DRIVERS_LICENSE", "Driving licence, Czech Republic", "Czech Republic", RISING)
        .near_to(&[
            "řidičský průkaz",
            "ridicsky prukaz",
            "číslo řidičského průkazu",
            "cislo ridickeho prukazu",
            "cislo ridicskeho prukazu",
            "řidičského průkazu",
            "czech driving licence",
        ])
        .right_beside(BESIDE)
        .showing(2)
        .in_groups(&["AA 999999", "AA999999"], b" -", czech)
        .known_from("AWS Macie User Guide, PII; Microsoft Purview, driver's license entity definitions")
        .proved_by(
            &[finds("Řidičský průkaz: EA 123456", "EA 123456"), finds("číslo řidičského průkazu EK123456", "EK123456")],
            &["EA 123456", "Řidičský průkaz: FA 123456", "Objednávka: EA 123456"],
        ),
    entry("ESTONIA_DRIVERS_LICENSE", "Driving licence, Estonia", "Estonia", RISING)
        .near_to(&["juhiluba", "juhiloa number", "juhiloa nr", "juhiload", "estonian driving licence"])
        .right_beside(BESIDE)
        .showing(2)
        .in_groups(&["AA999999", "AA 999999"], b" -", estonian)
        .known_from("AWS Macie User Guide, PII; forms as issued")
        .proved_by(
            &[finds("Juhiluba: ET123456", "ET123456"), finds("juhiloa number EE 123456", "EE 123456")],
            &["ET123456", "Juhiluba: AB123456", "Tellimus: ET123456"],
        ),
    entry("GREECE_DRIVERS_LICENSE", "Driving licence, Greece", "Greece", RISING)
        .near_to(&[
            "άδεια οδήγησης",
            "άδειας οδήγησης",
            "αδεια οδηγησης",
            "αδεια οδηγησησ",
            "αδειας οδηγησης",
            "αδειασ οδηγησησ",
            "adeia odigisis",
            "δίπλωμα οδήγησης",
            "greek driving licence",
        ])
        .right_beside(BESIDE)
        .showing(2)
        .in_groups(&["999999999"], b" -", number)
        .known_from("AWS Macie User Guide, PII; forms as issued")
        .proved_by(
            &[finds("Άδεια οδήγησης: 123456789", "123456789"), finds("Adeia odigisis 123456789", "123456789")],
            &["123456789", "Άδεια οδήγησης: 12345678", "Παραγγελία: 123456789"],
        ),
    entry("HUNGARY_DRIVERS_LICENSE", "Driving licence, Hungary", "Hungary", RISING)
        .near_to(&[
            "jogosítvány",
            "jogositvany",
            "vezetői engedély",
            "vezetoi engedely",
            "vezetői engedély száma",
            "jogosítvány száma",
            "hungarian driving licence",
        ])
        .right_beside(BESIDE)
        .showing(2)
        .in_groups(&["AA999999", "AA 999999"], b" -", number)
        .known_from("AWS Macie User Guide, PII; forms as issued")
        .proved_by(
            &[finds("Vezetői engedély: AB123456", "AB123456"), finds("JOGOSÍTVÁNY AB 123456", "AB 123456")],
            &["AB123456", "Jogosítvány: AB12345", "Rendelés: AB123456"],
        ),
    entry("LATVIA_DRIVERS_LICENSE", "Driving licence, Latvia", "Latvia", RISING)
        .near_to(&[
            "autovadītāja apliecība",
            "autovaditaja aplieciba",
            "vadītāja apliecība",
            "vaditaja aplieciba",
            "vadītāja apliecības numurs",
            "latvian driving licence",
        ])
        .right_beside(BESIDE)
        .showing(2)
        .in_groups(&["AAA999999", "AAA 999999"], b" -", number)
        .known_from("AWS Macie User Guide, PII; Microsoft Purview, driver's license entity definitions")
        .proved_by(
            &[
                finds("Vadītāja apliecība: ABC123456", "ABC123456"),
                finds("autovadītāja apliecība ABC 123456", "ABC 123456"),
            ],
            &["ABC123456", "Vadītāja apliecība: AB123456", "Pasūtījums: ABC123456"],
        ),
    entry("LITHUANIA_DRIVERS_LICENSE", "Driving licence, Lithuania", "Lithuania", RISING)
        .near_to(&[
            "vairuotojo pažymėjimas",
            "vairuotojo pazymejimas",
            "vairuotojo pažymėjimo",
            "vairuotojo pažymėjimo numeris",
            "lithuanian driving licence",
        ])
        .right_beside(BESIDE)
        .showing(2)
        .in_groups(&["99999999"], b" -", number)
        .known_from("AWS Macie User Guide, PII; Microsoft Purview, driver's license entity definitions")
        .proved_by(
            &[
                finds("Vairuotojo pažymėjimas: 12345678", "12345678"),
                finds("VAIRUOTOJO PAŽYMĖJIMO Nr. 12345678", "12345678"),
            ],
            &["12345678", "Vairuotojo pažymėjimas: 1234567", "Užsakymas: 12345678"],
        ),
    entry("POLAND_DRIVERS_LICENSE", "Driving licence, Poland", "Poland", RISING)
        .near_to(&[
            "prawo jazdy",
            "prawa jazdy",
            "numer prawa jazdy",
            "nr prawa jazdy",
            "numer licencyjny",
            "polish driving licence",
        ])
        .right_beside(BESIDE)
        .showing(2)
        .in_groups(&["99999/99/9999", "99999/99/9999999"], b" -", number)
        .known_from("AWS Macie User Guide, PII; Microsoft Purview, driver's license entity definitions")
        .proved_by(
            &[
                finds("Prawo jazdy: 12345/12/1234", "12345/12/1234"),
                finds("Nr prawa jazdy 12345/12/1234567", "12345/12/1234567"),
            ],
            &["12345/12/1234", "Prawo jazdy: 12345/12/123", "Zamówienie: 12345/12/1234"],
        ),
    entry("ROMANIA_DRIVERS_LICENSE", "Driving licence, Romania", "Romania", RISING)
        .near_to(&[
            "permis de conducere",
            "permisul de conducere",
            "permisului de conducere",
            "seria permis",
            "romanian driving licence",
        ])
        .right_beside(BESIDE)
        .showing(2)
        .in_groups(&["A99999999", "999999999"], b" -", number)
        .known_from("AWS Macie User Guide, PII; forms as issued")
        .proved_by(
            &[finds("Permis de conducere: A12345678", "A12345678"), finds("Seria permis B01234567", "B01234567")],
            &["A12345678", "Permis de conducere: A1234567", "Comanda: A12345678"],
        ),
    entry("SLOVAKIA_DRIVERS_LICENSE", "Driving licence, Slovakia", "Slovakia", RISING)
        .near_to(&[
            "vodičský preukaz",
            "vodicsky preukaz",
            "číslo vodičského preukazu",
            "vodičského preukazu",
            "cislo vodicskeho preukazu",
            "slovak driving licence",
        ])
        .right_beside(BESIDE)
        .showing(2)
        .in_groups(&["A9999999", "99999999"], b" -", number)
        .known_from("AWS Macie User Guide, PII; Microsoft Purview, driver's license entity definitions")
        .proved_by(
            &[finds("Vodičský preukaz: A1234567", "A1234567"), finds("Číslo vodičského preukazu E7654321", "E7654321")],
            &["A1234567", "Vodičský preukaz: A123456", "Objednávka: A1234567"],
        ),
    entry("SLOVENIA_DRIVERS_LICENSE", "Driving licence, Slovenia", "Slovenia", RISING)
        .near_to(&[
            "vozniško dovoljenje",
            "voznisko dovoljenje",
            "vozniškega dovoljenja",
            "številka vozniškega dovoljenja",
            "slovenian driving licence",
        ])
        .right_beside(BESIDE)
        .showing(2)
        .in_groups(&["999999999"], b" -", number)
        .known_from("AWS Macie User Guide, PII; Microsoft Purview, driver's license entity definitions")
        .proved_by(
            &[
                finds("Vozniško dovoljenje: 123456789", "123456789"),
                finds("Številka vozniškega dovoljenja 001234567", "001234567"),
            ],
            &["123456789", "Vozniško dovoljenje: 12345678", "Naročilo: 123456789"],
        ),
];

/// Series begin with E.
fn czech(value: &Compact<'_>) -> Option<Support> {
    if value.characters[0].eq_ignore_ascii_case(&b'E') { number(value) } else { None }
}

fn estonian(value: &Compact<'_>) -> Option<Support> {
    let series = value.characters[..2].to_ascii_uppercase();
    if series == b"ET" || series == b"EE" { number(value) } else { None }
}
