//! Telephone numbers. With its country code a number is known by its plan; without, it needs a keyword. Where
//! several plans know a number as well, the country that comes first here has it.

use super::entry::entry;
use super::{RISING, finds};
use crate::identifier::{Finder, Identifier};
use crate::values::numbering;

/// The keywords of every country, and a country's own.
macro_rules! phone_words {
    ($($own:literal),*) => {
        &[
            "phone", "phone no", "phone number", "ph", "ph no", "tel", "tel no", "telephone", "telephone no",
            "telephone number", "mobile", "mobile no", "mobile number", "mobile phone", "mob", "cell", "cell phone",
            "cell no", "cellphone", "fax", "fax no", "fax number", "contact", "contact no", "contact number", "call",
            "home phone", "work phone", "phone home", "phone work", "landline", "whatsapp", "t\u{E9}l", "t\u{E9}l\u{E9}phone", $($own),*
        ]
    };
}

pub(super) const IDENTIFIERS: &[Identifier] = &[
    entry("AUSTRALIA_PHONE_NUMBER", "Phone number, Australia", "Australia", RISING)
        .near_to(phone_words![])
        .right_beside(30)
        .showing(3)
        .read_by(Finder::Phone(numbering::australian, true))
        .known_from("Telecommunications Numbering Plan 2025 (ACMA)")
        .proved_by(
            &[
                finds("Ph: 0491 570 156", "0491 570 156"),
                finds("Call 0491570156.", "0491570156"),
                finds("Tel (03) 5550 0123", "(03) 5550 0123"),
                finds("+61 491 570 156", "+61 491 570 156"),
                finds("0061 491 570 156", "0061 491 570 156"),
                finds("Phone: 5550 0123", "5550 0123"),
                finds("1800 555 012", "1800 555 012"),
            ],
            &[
                "Order 0491570156",
                "5550 0123",
                "Batch 02555501",
                "Ref: 1300555012",
                "0591 570 156",
                "version 02.5550.0123",
                "20 tabs 2 rpts",
                "10.0491.570.156",
                "Phone: 2016-2020",
            ],
        ),
    entry("PHONE_NUMBER", "Phone number", "Canada; US; international", RISING)
        .near_to(phone_words![])
        .showing(3)
        .read_by(Finder::Phone(numbering::international, false))
        .known_from("AWS Macie User Guide, PII; North American Numbering Plan; ITU-T E.164")
        .proved_by(
            &[
                finds("Phone: (425) 555-0100", "(425) 555-0100"),
                finds("cell 425.555.0100", "425.555.0100"),
                finds("+1 425 555 0100", "+1 425 555 0100"),
                finds("Fax: +64 9 555 0123", "+64 9 555 0123"),
                finds("Ph 09 555 0123", "09 555 0123"),
                finds("Home phone\t06 909 4735", "06 909 4735"),
                finds("T: (425) 555-0100", "(425) 555-0100"),
                finds("Rose Clinic\nM 021 555 0123   F 09 555 0124", "021 555 0123"),
            ],
            &[
                "(425) 555-0100",
                "Order: 4255550100",
                "Phone: 911",
                "1 three times a day",
                "Phone: 125 555 0100",
                "Tel: 020 7946 0018",
                "+44 20 7946 0018",
                "datetime!(+999999-12-31 23:59:59)",
                "Exhibit: 425 555 0100",
                "at T: 4255550100999",
            ],
        ),
    entry("UK_PHONE_NUMBER", "Phone number, UK", "UK", RISING)
        .near_to(phone_words!["switchboard", "bleep"])
        .right_beside(30)
        .showing(3)
        .read_by(Finder::Phone(numbering::british, false))
        .known_from("AWS Macie User Guide, PII; National Telephone Numbering Plan (Ofcom)")
        .proved_by(
            &[
                finds("+44 20 7946 0000", "+44 20 7946 0000"),
                finds("Tel: 020 7946 0018 (reception)", "020 7946 0018"),
                finds("Mobile 07700 900123", "07700 900123"),
                finds("+44 (0)7700 900 123", "+44 (0)7700 900 123"),
                finds("ring 0044 7700 900123", "0044 7700 900123"),
                finds("Phone: 01632960123", "01632960123"),
            ],
            &["020 7946 0018", "Order: 07700 900123", "+44 20 7946", "0044207946000", "Tel: 00 7946 0018"],
        ),
    entry("FRANCE_PHONE_NUMBER", "Phone number, France", "France", RISING)
        .near_to(phone_words![
            "t\u{E9}l",
            "t\u{E9}l\u{E9}phone",
            "portable",
            "num\u{E9}ro de t\u{E9}l\u{E9}phone",
            "t\u{E9}l\u{E9}copie"
        ])
        .right_beside(30)
        .showing(3)
        .read_by(Finder::Phone(numbering::french, false))
        .known_from("AWS Macie User Guide, PII; plan national de num\u{E9}rotation (Arcep)")
        .proved_by(
            &[
                finds("+33 1 23 45 67 89", "+33 1 23 45 67 89"),
                finds("T\u{E9}l. : 01 99 00 12 34", "01 99 00 12 34"),
                finds("Portable 06.39.98.12.34", "06.39.98.12.34"),
                finds("+33 (0)6 39 98 12 34", "+33 (0)6 39 98 12 34"),
            ],
            &["01 99 00 12 34", "+33 0 99", "Commande 0199001234", "T\u{E9}l : 11 99 00 12 34"],
        ),
    entry("GERMANY_PHONE_NUMBER", "Phone number, Germany", "Germany", RISING)
        .near_to(phone_words![
            "telefon",
            "telefonnummer",
            "telefon nr",
            "tel nr",
            "handy",
            "handynummer",
            "mobil",
            "mobilnummer",
            "rufnummer",
            "telefax",
            "festnetz"
        ])
        .right_beside(30)
        .showing(3)
        .read_by(Finder::Phone(numbering::german, false))
        .known_from("AWS Macie User Guide, PII; Nummernplan (Bundesnetzagentur)")
        .proved_by(
            &[
                finds("+49 30 1234567", "+49 30 1234567"),
                finds("Telefon: 030 23125 012", "030 23125 012"),
                finds("Tel. 030/23125012", "030/23125012"),
                finds("Handy 0171 3920012", "0171 3920012"),
                finds("0049 (0)89 99998012", "0049 (0)89 99998012"),
            ],
            &["030 23125012", "Telefon: 12", "Bestellung 017139200123", "+49 0", "Telefon 01/02/2024"],
        ),
    entry("ITALY_PHONE_NUMBER", "Phone number, Italy", "Italy", RISING)
        .near_to(phone_words!["telefono", "numero di telefono", "cellulare", "cel", "tel fisso"])
        .right_beside(30)
        .showing(3)
        .read_by(Finder::Phone(numbering::italian, false))
        .known_from("AWS Macie User Guide, PII; piano nazionale di numerazione (AGCOM)")
        .proved_by(
            &[
                finds("+39 06 1234567", "+39 06 1234567"),
                finds("Telefono: 06 1234567", "06 1234567"),
                finds("cellulare 347 1234567", "347 1234567"),
                finds("Tel. +39 347 123 4567", "+39 347 123 4567"),
            ],
            &["06 1234567", "+39 16 12", "ordine 3471234567", "Telefono: 447 1234567"],
        ),
    entry("SPAIN_PHONE_NUMBER", "Phone number, Spain", "Spain", RISING)
        .near_to(phone_words![
            "tel\u{E9}fono",
            "telefono",
            "n\u{FA}mero de tel\u{E9}fono",
            "tfno",
            "tlf",
            "m\u{F3}vil",
            "movil"
        ])
        .right_beside(30)
        .showing(3)
        .read_by(Finder::Phone(numbering::spanish, false))
        .known_from("AWS Macie User Guide, PII; plan nacional de numeraci\u{F3}n telef\u{F3}nica")
        .proved_by(
            &[
                finds("+34 912 345 678", "+34 912 345 678"),
                finds("Tel\u{E9}fono: 912 345 678", "912 345 678"),
                finds("m\u{F3}vil 612345678", "612345678"),
                finds("0034 612 34 56 78", "0034 612 34 56 78"),
            ],
            &["912 345 678", "+34 112 345 678", "Pedido 612345678", "Tel\u{E9}fono: 512 345 678"],
        ),
    entry("BRAZIL_PHONE_NUMBER", "Phone number, Brazil", "Brazil", RISING)
        .near_to(phone_words!["celular", "fone", "telefone", "tel fixo", "n\u{FA}mero de telefone"])
        .right_beside(30)
        .showing(3)
        .read_by(Finder::Phone(numbering::brazilian, false))
        .known_from("AWS Macie User Guide, PII; plano de numera\u{E7}\u{E3}o (Anatel)")
        .proved_by(
            &[
                finds("+55 11 91234-5678", "+55 11 91234-5678"),
                finds("Telefone: (11) 91234-5678", "(11) 91234-5678"),
                finds("celular 11 91234 5678", "11 91234 5678"),
                finds("Fone (21) 2345-6789", "(21) 2345-6789"),
            ],
            &["(11) 91234-5678", "+55 01 2345", "Pedido 11912345678", "Telefone: (01) 91234-5678"],
        ),
];
