//! Patients and doctors of western and central Europe.

use super::entry::entry;
use super::{HIGH, RISING, finds};
use crate::identifier::{Alone, Compact, Finder, Groups, Identifier, Support};
use crate::validators::{
    austrian_insurance_number, belgian_national_number, burgerservicenummer, german_insurance_number, gs1, pesel,
    pps_number,
};

pub(super) const IDENTIFIERS: &[Identifier] = &[
    entry("GERMANY_KVNR", "Health insurance number, Germany", "Germany", HIGH)
        .near_to(&[
            "kvnr",
            "kv nr",
            "kv nummer",
            "krankenversichertennummer",
            "krankenversicherten nr",
            "krankenversicherungsnummer",
            "versichertennummer",
            "versicherten nr",
            "versichertennr",
            "versicherten id",
            "egk",
            "gesundheitskarte",
        ])
        .showing(3)
        .read_by(Finder::Groups(Groups {
            layouts: &["A999999999", "A 999999999", "A999 999 999"],
            separators: b" ",
            prove: |value| Support::checked(german_insurance_number(value.characters), Alone::Never),
        }))
        .known_from("SGB V, section 290; directive of the GKV-Spitzenverband, annex")
        .proved_by(
            &[
                finds("KVNR: A000500015", "A000500015"),
                finds("Versicherten-Nr. ...... T123456780", "T123456780"),
                finds("KRANKENVERSICHERTENNUMMER A000500015", "A000500015"),
            ],
            &["KVNR: A000500016", "A000500015", "Bestellnummer: A000500015", "Charge T123456780", "KVNR: A111111111"],
        ),
    entry("GERMANY_LANR", "Doctor number, Germany", "Germany", RISING)
        .near_to(&[
            "lanr",
            "arztnummer",
            "arzt nr",
            "lebenslange arztnummer",
            "betriebsstättennummer",
            "betriebsstaettennummer",
            "betriebsstätten nr",
            "betriebsstaetten nr",
            "betriebsstättennr",
            "bsnr",
        ])
        .right_beside(16)
        .read_by(Finder::Groups(Groups { layouts: &["999999999", "9999999 99"], separators: b" ", prove: bare }))
        .known_from("Kassenärztliche Bundesvereinigung, doctor and practice numbers")
        .proved_by(
            &[
                finds("LANR: 123456601", "123456601"),
                finds("BETRIEBSSTÄTTENNUMMER ..... 721234567", "721234567"),
                finds("Betriebsstätten-Nr. 381234500", "381234500"),
                finds("Arzt-Nr.: 123456601", "123456601"),
            ],
            &["123456601", "Bestellung: 123456601", "LANR: 12345660", "Arztnummer: 1234566011", "BSNR: 000000000"],
        ),
    entry("NETHERLANDS_BSN", "Citizen service number", "Netherlands", HIGH)
        .near_to(&[
            "bsn",
            "bsn nummer",
            "burgerservicenummer",
            "burger service nummer",
            "sofinummer",
            "sofi nummer",
            "sofi nr",
            "citizen service number",
        ])
        .showing(3)
        .read_by(Finder::Groups(Groups {
            layouts: &["999999999", "9999 99 999", "999 999 999"],
            separators: b" .-",
            prove: |value| Support::checked(burgerservicenummer(value.characters), Alone::Never),
        }))
        .known_from("Rijksdienst voor Identiteitsgegevens, BSN; the same as python-stdnum's nl.bsn")
        .proved_by(
            &[
                finds("BSN: 111222333", "111222333"),
                finds("Burgerservicenummer ....... 1234.56.782", "1234.56.782"),
                finds("bsn-nr 999 990 019", "999 990 019"),
            ],
            &["BSN: 111252333", "111222333", "Order: 111222333", "BSN: 000000000", "Batch 123456782"],
        ),
    entry("BELGIUM_NATIONAL_NUMBER", "National number, Belgium", "Belgium", HIGH)
        .near_to(&[
            "rijksregisternummer",
            "rijksregister",
            "rrn",
            "niss",
            "insz",
            "insz nummer",
            "numéro national",
            "numero national",
            "registre national",
            "n\u{B0} niss",
            "numéro de registre national",
            "numero de registre national",
            "nationalregisternummer",
            "national number",
            "ssin",
            "eid",
        ])
        .showing(3)
        .read_by(Finder::Unmistakable(Groups {
            layouts: &["99 99 99/999 99", "99 99 99 999 99", "999999 999 99", "999999/999 99", "99999999999"],
            separators: b". -",
            prove: |value| {
                let printed = value.separator == Some(b'.');
                let alone = if printed { Alone::Unlabelled } else { Alone::Never };
                Support::checked(belgian_national_number(value.characters), alone)
            },
        }))
        .known_from("IBZ, National Register, information type 000; the same as python-stdnum's be.nn")
        .proved_by(
            &[
                finds("INSZ: 85.07.30-033.28", "85.07.30-033.28"),
                finds("Registre national 17 07 30 033 84", "17 07 30 033 84"),
                finds("NUMÉRO NATIONAL : 85073003328", "85073003328"),
                finds("Jan Peeters, 85.07.30-033.28", "85.07.30-033.28"),
            ],
            &["NISS: 85.07.30-033.29", "85073003328", "Order: 85.07.30-033.28", "NISS: 85.13.30-033.28"],
        ),
    entry("BELGIUM_RIZIV", "RIZIV/INAMI number", "Belgium", RISING)
        .near_to(&["riziv", "riziv nummer", "inami", "n\u{B0} inami", "numéro inami", "numero inami"])
        .right_beside(16)
        .read_by(Finder::Groups(Groups {
            layouts: &["99999999999", "9 99999 99 999", "9/99999/99/999", "99999 99 999"],
            separators: b" -.",
            prove: bare,
        }))
        .known_from("RIZIV/INAMI, form of the recognition number")
        .proved_by(
            &[
                finds("RIZIV: 1-12345-67-890", "1-12345-67-890"),
                finds("N\u{B0} INAMI ...... 11234567890", "11234567890"),
                finds("INAMI 1/12345/67/890", "1/12345/67/890"),
            ],
            &["1-12345-67-890", "Order: 11234567890", "RIZIV: 1123456789", "INAMI: 00000000000"],
        ),
    entry("FRANCE_RPPS", "RPPS number", "France", RISING)
        .near_to(&[
            "rpps",
            "n\u{B0} rpps",
            "no rpps",
            "numéro rpps",
            "numero rpps",
            "adeli",
            "n\u{B0} adeli",
            "no adeli",
            "numéro adeli",
            "numero adeli",
            "identifiant rpps",
        ])
        .right_beside(16)
        .read_by(Finder::Groups(Groups {
            layouts: &["99999999999", "9 99 99999999", "99 9 99999 9", "999999999"],
            separators: b" ",
            prove: bare,
        }))
        .known_from("Agence du Numérique en Santé, Répertoire partagé des professionnels")
        .proved_by(
            &[
                finds("RPPS : 10001234567", "10001234567"),
                finds("NUMÉRO RPPS ...... 10009876543", "10009876543"),
                finds("N\u{B0} ADELI : 75 1 23456 7", "75 1 23456 7"),
            ],
            &["10001234567", "Commande : 10001234567", "RPPS : 1000123456", "RPPS : 00000000000"],
        ),
    entry("IRELAND_PPSN", "PPS number", "Ireland", HIGH)
        .near_to(&[
            "pps",
            "ppsn",
            "personal public service",
            "uimhir psp",
            "medical card",
            "gms no",
            "gms number",
            "rsi no",
            "drugs payment scheme",
            "dps no",
        ])
        .read_by(Finder::Groups(Groups {
            layouts: &["9999999A", "9999999AA", "9999999 A", "9999999 AA"],
            separators: b" ",
            prove: |value| Support::checked(pps_number(value.characters), Alone::Never),
        }))
        .known_from("Revenue Commissioners, PPSN check digit; the same as python-stdnum's ie.pps")
        .proved_by(
            &[
                finds("PPSN: 1234567FA", "1234567FA"),
                finds("PPS No ........ 6433435F", "6433435F"),
                finds("Medical card: 1234567T", "1234567T"),
            ],
            &["PPSN: 6433435E", "1234567FA", "Batch: 1234567T", "PPSN: 0000000W", "PPS No: 1234567"],
        ),
    entry("IRELAND_IHI", "Individual Health Identifier, Ireland", "Ireland", HIGH)
        .near_to(&["ihi", "individual health identifier", "health identifier"])
        .showing(4)
        .read_by(Finder::Groups(Groups {
            layouts: &["999999999999999999", "999 9999 9999 9999 999", "9999 9999 9999 9999 99"],
            separators: b" -",
            prove: |value| Support::checked(gs1(value.characters) && not_uniform(value), Alone::Never),
        }))
        .known_from("HSE Health Identifiers Service; GS1 General Specifications, GSRN")
        .proved_by(
            &[
                finds("IHI: 539123456789012348", "539123456789012348"),
                finds("Individual Health Identifier ..... 539 1234 5678 9012 348", "539 1234 5678 9012 348"),
            ],
            &["IHI: 539123456789012349", "539123456789012348", "Order: 539123456789012348", "IHI: 000000000000000000"],
        ),
    entry("SWITZERLAND_AHV", "AHV/AVS number", "Switzerland", HIGH)
        .near_to(&[
            "ahv",
            "ahv nummer",
            "ahvn13",
            "ahvn",
            "avs",
            "n\u{B0} avs",
            "no avs",
            "numéro avs",
            "numero avs",
            "sozialversicherungsnummer",
            "sozialversicherungs nr",
            "sv nr",
            "numéro d'assuré",
            "navs13",
            "navs",
        ])
        .showing(3)
        .read_by(Finder::Unmistakable(Groups {
            layouts: &["999 9999 9999 99", "9999999999999"],
            separators: b". ",
            prove: |value| {
                let printed = value.separator == Some(b'.');
                let alone = if printed { Alone::Unlabelled } else { Alone::Never };
                Support::checked(value.characters.starts_with(b"756") && gs1(value.characters), alone)
            },
        }))
        .known_from("Zentrale Ausgleichsstelle ZAS, AHV number; check digit of EAN-13")
        .proved_by(
            &[
                finds("AHV-Nr.: 756.9217.0769.85", "756.9217.0769.85"),
                finds("NUMÉRO AVS : 7569217076985", "7569217076985"),
                finds("Sozialversicherungsnummer ...... 756 1234 5678 97", "756 1234 5678 97"),
                finds("Beat Muster, 756.9217.0769.85", "756.9217.0769.85"),
            ],
            &["AHV: 756.9217.0769.84", "7569217076985", "AHV: 757.9217.0769.82", "Order: 756.9217.0769.85"],
        ),
    entry("AUSTRIA_SVNR", "Social insurance number, Austria", "Austria", HIGH)
        .near_to(&[
            "svnr",
            "sv nr",
            "sv nummer",
            "svn",
            "vsnr",
            "sozialversicherungsnummer",
            "sozialversicherungs nr",
            "versicherungsnummer",
            "versicherungs nr",
            "e card",
            "ecard nr",
            "vers nr",
        ])
        .showing(0)
        .read_by(Finder::Groups(Groups {
            layouts: &["9999 999999", "9999999999", "9999 99 99 99"],
            separators: b" -",
            prove: |value| Support::checked(austrian_insurance_number(value.characters), Alone::Never),
        }))
        .known_from("Dachverband der Sozialversicherungsträger; the same as python-stdnum's at.vnr")
        .proved_by(
            &[
                finds("SVNR: 1237 010180", "1237 010180"),
                finds("Sozialversicherungsnummer ...... 1018310861", "1018310861"),
                finds("VSNR 1237-010180", "1237-010180"),
            ],
            &["SVNR: 2237 010180", "1237 010180", "Bestellung: 1237010180", "SVNR: 1237 320180"],
        ),
    entry("POLAND_PESEL", "PESEL", "Poland", HIGH)
        .near_to(&["pesel", "nr pesel", "numer pesel", "nr ewidencyjny"])
        .showing(2)
        .read_by(Finder::Groups(Groups {
            layouts: &["99999999999", "999999 99999"],
            separators: b" -",
            prove: |value| Support::checked(pesel(value.characters), Alone::Never),
        }))
        .known_from("Ustawa o ewidencji ludności, PESEL; the same as python-stdnum's pl.pesel")
        .proved_by(
            &[
                finds("PESEL: 44051401359", "44051401359"),
                finds("Numer PESEL ......... 02271512341", "02271512341"),
                finds("(PESEL 44051412346)", "44051412346"),
            ],
            &["PESEL: 44051401358", "44051401359", "PESEL: 99022912347", "Nr zamówienia: 44051401359"],
        ),
    entry("ITALY_TESSERA_SANITARIA", "Health card number, Italy", "Italy", HIGH)
        .near_to(&[
            "tessera sanitaria",
            "n tessera sanitaria",
            "numero tessera sanitaria",
            "tessera sanitaria n",
            "tessera europea",
            "tessera ts",
            "ts cns",
            "team",
            "team n",
        ])
        .showing(4)
        .read_by(Finder::Groups(Groups {
            layouts: CARD_LAYOUTS,
            separators: b" -",
            prove: |value| value.characters.starts_with(b"80380").then(|| Support::shape(Alone::Never))?,
        }))
        .known_from("Agenzia delle Entrate, Tessera Sanitaria; decision 2003/751/EC")
        .proved_by(
            &[
                finds("Tessera sanitaria: 80380001234567890123", "80380001234567890123"),
                finds("TESSERA SANITARIA N. ..... 80380 00123 45678 90123", "80380 00123 45678 90123"),
            ],
            &["80380001234567890123", "Tessera sanitaria: 80276001234567890123", "Ordine: 80380001234567890123"],
        ),
    entry("EU_EHIC_ANY", "European Health Insurance Card number", "EU/EEA", HIGH)
        .near_to(&[
            "european health insurance card",
            "eu health card",
            "ehic",
            "ehic card",
            "ceam",
            "n\u{B0} ceam",
            "team",
            "tse",
            "ekuz",
            "carte européenne d'assurance maladie",
            "carte europeenne d'assurance maladie",
            "europäische krankenversicherungskarte",
            "europaeische krankenversicherungskarte",
            "tarjeta sanitaria europea",
            "europese ziekteverzekeringskaart",
            "identification number of the card",
            "ghic",
            "uk ghic",
        ])
        .showing(4)
        .read_by(Finder::Groups(Groups { layouts: CARD_LAYOUTS, separators: b" -", prove: european_card }))
        .known_from("Decision 2003/751/EC, European health insurance card; ISO 3166-1 numeric codes")
        .proved_by(
            &[
                finds("European Health Insurance Card: 80276883110123456789", "80276883110123456789"),
                finds("CEAM ....... 80250 00012 34567 89012", "80250 00012 34567 89012"),
                finds("CARTE EUROPÉENNE D\u{2019}ASSURANCE MALADIE : 80250000123456789012", "80250000123456789012"),
            ],
            &["80276883110123456789", "CEAM: 80999883110123456789", "Order: 80276883110123456789", "CEAM: 8027688311"],
        ),
];

const CARD_LAYOUTS: &[&str] =
    &["99999999999999999999", "99999 99999 99999 99999", "9999 9999 9999 9999 9999", "9999999999 9999999999"];

/// The numeric codes of the states whose funds issue the card.
const STATES: [&[u8; 3]; 32] = [
    b"040", b"056", b"100", b"191", b"196", b"203", b"208", b"233", b"246", b"250", b"276", b"300", b"348", b"352",
    b"372", b"380", b"428", b"438", b"440", b"442", b"470", b"528", b"578", b"616", b"620", b"642", b"703", b"705",
    b"724", b"752", b"756", b"826",
];

fn european_card(value: &Compact<'_>) -> Option<Support> {
    let state = value.characters.strip_prefix(b"80")?.get(..3)?;
    STATES.iter().any(|one| one.as_slice() == state).then(|| Support::shape(Alone::Never))?
}

fn bare(value: &Compact<'_>) -> Option<Support> {
    not_uniform(value).then(|| Support::shape(Alone::Never))?
}

fn not_uniform(value: &Compact<'_>) -> bool {
    value.characters.iter().any(|digit| *digit != value.characters[0])
}
