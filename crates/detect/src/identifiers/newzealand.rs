//! New Zealand: those who prescribe, where, and the numbers that people have beside the NHI.

use super::entry::entry;
use super::{HIGH, LOW, MEDIUM, RISING, finds};
use crate::identifier::{Alone, Beside, Compact, Finder, Found, Groups, Identifier, Support};
use crate::text;
use crate::validators::{bank_account, hpi_identifier, ird_number};
use crate::values::announced;
use pillbox_model::Category;

pub(super) const IDENTIFIERS: &[Identifier] = &[
    entry("NZ_HPI_CPN", "Health Provider Index common person number", "New Zealand", RISING)
        .near_to(&[
            "hpi",
            "hpi cpn",
            "cpn",
            "common person number",
            "hpi person",
            "practitioner id",
            "practitioner identifier",
            "provider index",
        ])
        .read_by(Finder::Groups(Groups { layouts: &["99AAAA"], separators: b"", prove: person }))
        .known_from("Health New Zealand, Health Provider Index")
        .proved_by(
            &[
                finds("HPI CPN: 99ZZFX", "99ZZFX"),
                finds("Practitioner ID ..... 21ABCD", "21ABCD"),
                finds("Dr P Raman (HPI 91ZABC)", "91ZABC"),
            ],
            &["99ZZFX", "HPI: 99ZIFX", "Batch: 99ZZFX", "HPI: 99zzfx", "HPI: 99 TABS", "CPN 12/12/2012"],
        ),
    entry("NZ_HPI_FACILITY", "Health Provider Index facility", "New Zealand", LOW)
        .near_to(&["hpi facility", "facility code", "facility identifier", "hpi fac", "hpi", "facility"])
        .showing(3)
        .read_by(Finder::Unmistakable(Groups {
            layouts: HPI_LAYOUTS,
            separators: b"-",
            prove: |value| hpi(value, b'F'),
        }))
        .known_from("HISO 10005 Health Practitioner Index data set, annex")
        .proved_by(
            &[
                finds("Facility ID: FZZ999-B", "FZZ999-B"),
                finds("Example Pharmacy (F38006-B)", "F38006-B"),
                finds("HPI Fac\tF3S457-C", "F3S457-C"),
            ],
            &["Facility ID: FZZ999-C", "fzz999-b", "Batch: FZZ999-B", "GZZ999-B", "XFZZ999-B", "F3S457-C-1A"],
        ),
    entry("NZ_HPI_ORGANISATION", "Health Provider Index organisation", "New Zealand", LOW)
        .near_to(&["hpi org", "hpi organisation", "organisation identifier", "org id", "hpi", "organisation"])
        .showing(3)
        .read_by(Finder::Unmistakable(Groups {
            layouts: HPI_LAYOUTS,
            separators: b"-",
            prove: |value| hpi(value, b'G'),
        }))
        .known_from("HISO 10005 Health Practitioner Index data set, annex")
        .proved_by(
            &[finds("HPI Org: G00001-G", "G00001-G"), finds("Organisation ID ..... G00001-G", "G00001-G")],
            &["HPI Org: G00001-H", "g00001-g", "Lot G00001-G", "F00001-G", "HPI Org: G0001-G"],
        ),
    entry("NZ_MEDICAL_COUNCIL_NUMBER", "Medical Council registration number", "New Zealand", RISING)
        .near_to(&[
            "nzmc",
            "nzmc no",
            "nzmc number",
            "nzmc reg",
            "nzmc registration",
            "mcnz",
            "mcnz reg no",
            "mcnz registration",
            "medical council",
            "medical council no",
            "medical council number",
            "medical council registration",
            "medical registration no",
            "medical registration number",
            "registration no",
            "registration number",
            "reg no",
        ])
        .right_beside(16)
        .read_by(Finder::Beside(council))
        .known_from("Medical Council of New Zealand, register of doctors")
        .proved_by(
            &[
                finds("NZMC 12345", "12345"),
                finds("NZMC No: 12345", "12345"),
                finds("MCNZ ...... 054321", "054321"),
                finds("Medical Council No.\n12345\n", "12345"),
                finds("Dr Jane Doe, Registration No: 54321, NZMC", "54321"),
            ],
            &[
                "12345",
                "NZMC: 123",
                "NZMC: 1234567",
                "Medical Council 2019 report",
                "Order: 12345",
                "NZMC 12/12/2012",
                "Medical Council: 12.5 mg",
                "Vehicle registration no: 12345",
                "Registration No: 54321",
            ],
        ),
    entry("NZ_IRD_NUMBER", "IRD number", "New Zealand", HIGH)
        .near_to(&[
            "ird",
            "inland revenue",
            "inland revenue department",
            "nz tax number",
            "gst no",
            "gst number",
            "gst reg no",
        ])
        .showing(3)
        .read_by(Finder::Groups(Groups {
            layouts: &["99 999 999", "999 999 999", "99999999", "999999999"],
            separators: b" -.",
            prove: |value| Support::checked(ird_number(value.characters), Alone::Never),
        }))
        .known_from("Inland Revenue, RWT and NRWT certificate filing specification")
        .proved_by(
            &[
                finds("IRD No: 49-091-850", "49-091-850"),
                finds("ird=49098576", "49098576"),
                finds("Inland Revenue ....... 136 410 132", "136 410 132"),
            ],
            &["IRD: 136-410-133", "49-091-850", "Order: 49091850", "IRD: 00 000 000", "IRD: 23/11/2026"],
        ),
    entry("NZ_BANK_ACCOUNT", "Bank account, New Zealand", "New Zealand", MEDIUM)
        .near_to(&["account", "acct", "acc no", "a/c", "bank account", "bank a/c", "direct credit", "direct debit"])
        .showing(4)
        .read_by(Finder::Unmistakable(Groups {
            layouts: &["99 9999 9999999 99", "99 9999 9999999 999", "999999999999999", "9999999999999999"],
            separators: b"- ",
            prove: account,
        }))
        .of(Category::FinancialInformation)
        .known_from("Inland Revenue, RWT and NRWT certificate filing specification")
        .proved_by(
            &[
                finds("Account: 01-0242-0100194-00", "01-0242-0100194-00"),
                finds("Pay 01-0242-0100194-000 by Friday", "01-0242-0100194-000"),
                finds("Bank account no 01 0242 0100194 00", "01 0242 0100194 00"),
            ],
            &[
                "Account: 01-0242-0100195-00",
                "99-0242-0100194-00",
                "010242010019400",
                "Order: 01-0242-0100194-00",
                "Batch 01 0242 0100194 00",
            ],
        ),
    entry("NZ_DRIVERS_LICENCE", "Driver licence, New Zealand", "New Zealand", RISING)
        .near_to(&[
            "driver licence",
            "drivers licence",
            "driver's licence",
            "driving licence",
            "licence number",
            "licence no",
            "nz driver licence",
            "nzdl",
            "dl",
            "dln",
        ])
        .read_by(Finder::Groups(Groups {
            layouts: &["AA999999"],
            separators: b"",
            prove: |_| Support::shape(Alone::Never),
        }))
        .known_from("NZ Transport Agency, driver licences")
        .proved_by(
            &[
                finds("NZ driver licence AB123456", "AB123456"),
                finds("Driver Licence No ...... DA123456", "DA123456"),
                finds("Licence number: EH123456 version 123", "EH123456"),
            ],
            &["AB123456", "Batch: AB123456", "Driver licence: AB12345", "Driver licence: 12/12/2030"],
        ),
    entry("NZ_PASSPORT", "Passport, New Zealand", "New Zealand", MEDIUM)
        .near_to(NZ_PASSPORT)
        .read_by(Finder::Groups(Groups {
            layouts: &["A999999", "AA999999"],
            separators: b"",
            prove: |_| Support::shape(Alone::Never),
        }))
        .known_from("New Zealand Passports")
        .proved_by(
            &[
                finds("NZ passport: LA123456", "LA123456"),
                finds("New Zealand Passport No ..... EA123456", "EA123456"),
                finds("passport number N123456", "N123456"),
            ],
            &["LA123456", "Batch: LA123456", "Passport: LA12345", "Passport: expires 12/12/2030"],
        ),
    entry("NZ_ACC_CLAIM_NUMBER", "Accident Compensation claim number", "New Zealand", MEDIUM)
        .near_to(&[
            "acc",
            "acc claim",
            "acc no",
            "acc number",
            "acc45",
            "acc 45",
            "acc45 claim no",
            "claim number",
            "claim no",
            "acc ref",
        ])
        .right_beside(16)
        .read_by(Finder::Beside(claim))
        .known_from("Accident Compensation Corporation, injury claim form ACC45")
        .proved_by(
            &[
                finds("ACC45: AB12345", "AB12345"),
                finds("ACC claim number 10012345678", "10012345678"),
                finds("ACC No: ZX98765", "ZX98765"),
                finds("Claim No ...... AB12345", "AB12345"),
            ],
            &[
                "AB12345",
                "Order: AB12345",
                "ACC No: 10012345678",
                "ACC: 12-3456-7890123-00",
                "Claim number: 123",
                "Claim number: 1234567890",
                "ACC claim on 12/12/2012",
            ],
        ),
];

const NZ_PASSPORT: &[&str] = &["passport", "nz passport", "new zealand passport", "travel document"];

/// A letter, two digits or letters, three digits, and the check letter.
const HPI_LAYOUTS: &[&str] = &["AAA999 A", "A9A999 A", "AA9999 A", "A99999 A"];

fn person(value: &Compact<'_>) -> Option<Support> {
    let letters = value.characters.get(2..)?;
    let issued = letters.iter().all(|byte| byte.is_ascii_uppercase() && !matches!(byte, b'I' | b'O'));
    issued.then(|| Support::shape(Alone::Never))?
}

/// Without keyword only as it is printed: in capitals.
fn hpi(value: &Compact<'_>, kind: u8) -> Option<Support> {
    let capitals = value.characters.iter().all(|byte| !byte.is_ascii_lowercase());
    let alone = if capitals { Alone::Unlabelled } else { Alone::Never };
    let valid = value.characters.first()?.to_ascii_uppercase() == kind && hpi_identifier(value.characters);
    Support::checked(valid && capitals, alone)
}

/// In one piece it needs its keyword: a card's number looks the same.
fn account(value: &Compact<'_>) -> Option<Support> {
    let alone = if value.separator == Some(b'-') { Alone::Unlabelled } else { Alone::Never };
    Support::checked(bank_account(value.characters)?, alone)
}

/// Four to six digits. A plain registration number is the council's only where the council is named on its line.
fn council(beside: &Beside<'_>) -> Option<Found> {
    let year = |value: &str| value.len() == 4 && (value.starts_with("19") || value.starts_with("20"));
    let found = announced::word(beside, 6, |word| {
        (4..=6).contains(&word.digits) && word.digits == word.characters.len() && !year(word.characters)
    })?;
    let plain = matches!(beside.keyword, "registration no" | "registration number" | "reg no");
    let named = !plain || text::line(beside.text, beside.at.start).to_ascii_lowercase().contains("nzmc");
    named.then_some(found)
}

/// Two letters and five digits; ten or eleven digits where the label says that it is a claim's, and of ACC.
fn claim(beside: &Beside<'_>) -> Option<Found> {
    let insurers = matches!(beside.keyword, "claim number" | "claim no");
    let named = !insurers || text::line(beside.text, beside.at.start).to_ascii_lowercase().contains("acc");
    let numbered = named && (beside.keyword.contains("claim") || beside.keyword.contains("45"));
    let layouts: &[&str] = if numbered { &["AA99999", "99999999999", "9999999999"] } else { &["AA99999"] };
    announced::code(beside, layouts)
}
