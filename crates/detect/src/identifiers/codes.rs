//! The codes that say what somebody has, takes and was tested for, and the numbers of prescriptions.

use super::entry::entry;
use super::{HIGH, MEDIUM, RISING, SCATTERED, finds};
use crate::identifier::{Alone, Beside, Compact, Finder, Found, Groups, Identifier, Support};
use crate::validators::{luhn, verhoeff};
use crate::values::announced::{self, Word};
use crate::values::classification;

pub(super) const IDENTIFIERS: &[Identifier] = &[
    entry("ICD10_CODE", "ICD-10 code", "Any", MEDIUM)
        .near_to(&[
            "icd",
            "icd10",
            "icd 10",
            "icd 10 am",
            "icd 10 cm",
            "icd 10 code",
            "icd 10 am code",
            "icd 10 cm code",
            "icd code",
            "cim 10",
            "cie 10",
            "diagnosis",
            "diagnosis code",
            "diagnoses",
            "dx",
            "dx code",
            "primary diagnosis",
            "principal diagnosis",
            "diagnose",
            "diagnosen",
            "diagnostic",
            "diagnóstico",
            "diagnostico",
            "indication code",
        ])
        .showing(5)
        .read_by(Finder::Groups(Groups {
            layouts: &[
                "A99", "A9A", "A99 9", "A99 99", "A99 999", "A99 9999", "A99 9A", "A99 99A", "A99 999A", "A99 9A9",
                "A99 9A9A", "A99 99AA", "A99 9AA9", "A99 9AAA", "A99 A", "A99 A9", "A99 A99", "A9A 9", "A9A 99",
                "A9A 99A9", "A9A 999", "A999", "A9999", "A99999",
            ],
            separators: b".",
            prove: |value| classification::is_icd10(value.characters).then(|| Support::shape(Alone::Never))?,
        }))
        .known_from("WHO, ICD-10 version 2019, chapters and blocks; NCHS, ICD-10-CM")
        .proved_by(
            &[
                finds("Item      Diagnosis code (ICD-10)\n7267757   M54.5\n", "M54.5"),
                finds("Diagnosis: E11.9", "E11.9"),
                finds("ICD-10 J18.9", "J18.9"),
                finds("Dx Code ...... S72.001A", "S72.001A"),
                finds("Diagnosis: Essential hypertension (I10)", "I10"),
                finds("DIAGNÓSTICO: F32.1", "F32.1"),
            ],
            &[
                "E11.9",
                "Part E11.9",
                "Diagnosis: vitamin B12 deficiency",
                "Dx: T2DM",
                "ICD-10: E99.1",
                "Diagnosis: L4/L5 disc",
                "Batch: J18.9",
                "diagnosis: H1N1",
            ],
        ),
    entry("SNOMED_CT_CODE", "SNOMED CT code", "Any", MEDIUM)
        .near_to(&[
            "snomed",
            "snomed ct",
            "snomed code",
            "snomed ct code",
            "sctid",
            "sct",
            "snomed concept",
            "amt",
            "amt code",
            "concept",
            "conceptid",
            "dm+d",
            "dm+d code",
            "dmd",
            "dmd code",
            "nzmt",
            "nzmt code",
            "ctpp",
            "mpuu",
            "tpuu",
            "mpp",
            "vmp",
            "vmpp",
            "amp id",
            "ampp",
        ])
        .showing(4)
        .read_by(Finder::Groups(Groups {
            layouts: &[
                "999999",
                "9999999",
                "99999999",
                "999999999",
                "9999999999",
                "99999999999",
                "999999999999",
                "9999999999999",
                "99999999999999",
                "999999999999999",
                "9999999999999999",
                "99999999999999999",
                "999999999999999999",
            ],
            separators: b"",
            prove: concept,
        }))
        .known_from("SNOMED International, release file specification: SCTID")
        .proved_by(
            &[
                finds("SNOMED 73211009", "73211009"),
                finds("SCTID: 22298006", "22298006"),
                finds("AMT code ..... 21433011000036107", "21433011000036107"),
                finds("\"system\": \"http://snomed.info/sct\", \"code\": \"195967001\"", "195967001"),
            ],
            &["73211009", "SNOMED: 73211008", "Order: 73211009", "AMT: 123456", "SNOMED: 73211"],
        ),
    entry("LOINC_CODE", "LOINC code", "Any", SCATTERED)
        .near_to(&["loinc", "loinc code", "lnc", "ln code"])
        .showing(4)
        .read_by(Finder::Groups(Groups {
            layouts: &["99 9", "999 9", "9999 9", "99999 9", "999999 9", "9999999 9"],
            separators: b"-",
            prove: |value| Support::checked(luhn(value.characters), Alone::Never),
        }))
        .known_from("Regenstrief Institute, LOINC users' guide: check digit")
        .proved_by(
            &[finds("LOINC 2345-7", "2345-7"), finds("LOINC code: 4548-4", "4548-4"), finds("loinc=718-7", "718-7")],
            &["2345-7", "LOINC: 2345-8", "Order: 2345-7", "LOINC 23-11-2026", "LOINC 2.74"],
        ),
    entry("ATC_CODE", "ATC code", "Any", RISING)
        .near_to(&["atc", "atc code", "atc class", "atc/ddd", "code atc", "atc kode", "atc kod", "whoatc"])
        .showing(7)
        .read_by(Finder::Groups(Groups {
            layouts: &["A99AA99", "A99AA", "A99 AA 99", "A99A A99"],
            separators: b" ",
            prove: |value| classification::is_atc(value.characters).then(|| Support::shape(Alone::Never))?,
        }))
        .known_from("WHO Collaborating Centre for Drug Statistics Methodology, structure of the ATC system")
        .proved_by(
            &[
                finds("ATC: A10BA02", "A10BA02"),
                finds("ATC code ...... J01CA04", "J01CA04"),
                finds("(ATC C09AA)", "C09AA"),
            ],
            &["A10BA02", "Batch: A10BA02", "ATC: E10BA02", "ATC: A77BA02", "ATC: A10BA2"],
        ),
    entry("PRESCRIPTION_NUMBER", "Prescription number", "Any", MEDIUM)
        .near_to(&[
            "rx",
            "rx no",
            "rx number",
            "rx num",
            "rx #",
            "rx id",
            "rx ref",
            "script",
            "script no",
            "script number",
            "script #",
            "script id",
            "prescription",
            "prescription no",
            "prescription number",
            "prescription num",
            "prescription #",
            "prescription id",
            "prescription ref",
            "prescription reference",
            "repeat no",
            "repeat number",
            "repeat authorisation no",
            "repeat authorization no",
            "e prescription no",
            "erx no",
            "erx number",
            "original script no",
            "dispense no",
            "dispensing no",
            "prescr id",
        ])
        .right_beside(12)
        .read_by(Finder::Beside(prescription))
        .known_from("labels of pharmacies and forms of prescribing software: six to twelve digits")
        .proved_by(
            &[
                finds("Rx No: 1234567", "1234567"),
                finds("RX-12345678", "RX-12345678"),
                finds("Prescription number ...... RX-0012345", "RX-0012345"),
                finds("Script No: N1234567", "N1234567"),
                finds("Rx#: 7654321", "7654321"),
            ],
            &[
                "1234567",
                "Order: 1234567",
                "Rx 500 mg",
                "Rx: 12/12/2012",
                "Prescription date 20121212",
                "Prescription No: 12345",
                "Rx Amoxicillin 500",
                "script 1234567",
                "prescription: 2026-11-23",
            ],
        ),
    entry("ESCRIPT_TOKEN", "Electronic prescription token", "Australia; New Zealand", HIGH)
        .near_to(&[
            "token",
            "token id",
            "token code",
            "escript",
            "escript token",
            "e script token",
            "e script",
            "prescription token",
            "eprescription token",
            "evidence of prescription",
            "scid",
            "dspid",
            "erx",
            "erx token",
            "erx barcode",
            "mysl",
            "my script list",
            "qr",
            "qr code",
            "barcode",
            "etp barcode",
            "script barcode",
            "nzeps",
            "nzeps barcode",
        ])
        .right_beside(16)
        .showing(2)
        .read_by(Finder::Beside(script_token))
        .known_from("Australian Digital Health Agency and Health New Zealand, electronic prescriptions")
        .proved_by(
            &[
                finds("Token: 2BQ7XK93LMPD4T8VWZ", "2BQ7XK93LMPD4T8VWZ"),
                finds("SCID ....... 1A2BC3D4EFGH5JKL", "1A2BC3D4EFGH5JKL"),
                finds("QR code\n2BQ7XK93LMPD4T8VWZ\n", "2BQ7XK93LMPD4T8VWZ"),
                finds("Token (SCID)\t2BQ7XK93LMPD4T8VWZ", "2BQ7XK93LMPD4T8VWZ"),
                finds("The SCID was given as 2BQ7XK93LMPD4T8VWZ.", "2BQ7XK93LMPD4T8VWZ"),
            ],
            &[
                "2BQ7XK93LMPD4T8VWZ",
                "Order: 2BQ7XK93LMPD4T8VWZ",
                "token: 0123456789abcdef0123",
                "TOKEN = 0123456789ABCDEF",
                "Token: ABCDEFGHIJKLMNOP",
                "token: 1234567890123456",
                "QR: 123",
            ],
        ),
];

/// SCTID: six to eighteen digits, the check digit, and before it the partition of a concept or description.
fn concept(value: &Compact<'_>) -> Option<Support> {
    let partition = value.characters.get(value.characters.len().checked_sub(3)?..)?.get(..2)?;
    let known = matches!(partition, b"00" | b"01" | b"10" | b"11") && value.characters[0] != b'0';
    Support::checked(known && verhoeff(value.characters), Alone::Never)
}

/// Six to twelve digits with up to three letters in front. `RX-` right before the digits belongs to the number; a bare
/// `script` or `prescription` needs its colon.
fn prescription(beside: &Beside<'_>) -> Option<Found> {
    let found = announced::word(beside, 16, is_numbered)?;
    let between = beside.text.get(beside.at.end..found.range.start).unwrap_or("");
    if beside.keyword == "rx" && between == "-" {
        return Some(Found { range: beside.at.start..found.range.end, ..found });
    }
    let bare = matches!(beside.keyword, "script" | "prescription") && beside.below.is_none();
    (!bare || between.contains([':', '#'])).then_some(found)
}

fn is_numbered(word: Word<'_>) -> bool {
    let letters = word.characters.bytes().take_while(u8::is_ascii_uppercase).count();
    let rest = word.characters[letters..].trim_start_matches('-');
    letters <= 3 && (6..=12).contains(&rest.len()) && rest.bytes().all(|byte| byte.is_ascii_digit())
}

/// Sixteen to twenty capital letters and digits that are no hexadecimal number.
fn script_token(beside: &Beside<'_>) -> Option<Found> {
    announced::word(beside, 20, |word| {
        let capitals = word.characters.bytes().filter(u8::is_ascii_uppercase).count();
        (16..=20).contains(&word.characters.len())
            && capitals + word.digits == word.characters.len()
            && capitals >= 4
            && word.digits >= 1
            && !word.characters.bytes().all(|byte| byte.is_ascii_hexdigit())
    })
}
