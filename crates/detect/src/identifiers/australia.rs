//! Australia: those who prescribe, what they prescribe under, and numbers that stand on their forms.

use super::entry::entry;
use super::{HIGH, LOW, MEDIUM, RISING, finds};
use crate::identifier::{Alone, Compact, Finder, Groups, Identifier, Support};
use crate::validators::{business_number, luhn, provider_number};
use crate::values::announced;

pub(super) const IDENTIFIERS: &[Identifier] = &[
    entry("AUSTRALIA_HPI_I", "Healthcare Provider Identifier, individual", "Australia", RISING)
        .near_to(&[
            "hpi i",
            "hpii",
            "provider identifier",
            "healthcare provider identifier",
            "healthcare provider identifier individual",
        ])
        .showing(4)
        .read_by(Finder::Unmistakable(Groups {
            layouts: &["9999 9999 9999 9999", "9999999999999999"],
            separators: b" -",
            prove: |value| Support::checked(begins_and_checks(value, b"800361"), Alone::Always),
        }))
        .known_from("Healthcare Identifiers Service; AS 5017; Luhn check digit as in the HL7 Australia profiles")
        .proved_by(
            &[
                finds("HPI-I: 8003 6199 9900 0000", "8003 6199 9900 0000"),
                finds("Dr Jane Doe 8003619999000000", "8003619999000000"),
            ],
            &["HPI-I: 8003619999000001", "8003609999000001", "80036199990000001", "HPI-I: 8003 6199 99"],
        ),
    entry("AUSTRALIA_HPI_O", "Healthcare Provider Identifier, organisation", "Australia", RISING)
        .near_to(&[
            "hpi o",
            "hpio",
            "provider identifier",
            "healthcare provider identifier",
            "healthcare provider identifier organisation",
        ])
        .showing(4)
        .read_by(Finder::Unmistakable(Groups {
            layouts: &["9999 9999 9999 9999", "9999999999999999"],
            separators: b" -",
            prove: |value| Support::checked(begins_and_checks(value, b"800362"), Alone::Always),
        }))
        .known_from("Healthcare Identifiers Service; AS 5017; Luhn check digit as in the HL7 Australia profiles")
        .proved_by(
            &[
                finds("HPI-O ........ 8003-6299-9900-0009", "8003-6299-9900-0009"),
                finds("hpio=8003629999000009", "8003629999000009"),
            ],
            &["HPI-O: 8003629999000008", "8003619999000000", "Order 8003629999000001"],
        ),
    entry("AUSTRALIA_DVA_FILE_NUMBER", "Department of Veterans' Affairs file number", "Australia", MEDIUM)
        .near_to(&[
            "dva",
            "dva file",
            "dva card",
            "veterans affairs",
            "veterans' affairs",
            "veteran affairs",
            "department of veterans' affairs",
            "veteran no",
            "veteran number",
            "gold card",
            "white card",
            "orange card",
            "repat no",
            "repat number",
        ])
        .read_by(Finder::Groups(Groups {
            layouts: &[
                "AA999999",
                "AAA99999",
                "AAAA9999",
                "A 999999",
                "AA 999999",
                "AAA 99999",
                "AA999999A",
                "AAA99999A",
                "AAAA9999A",
                "AA99999",
                "AAA9999",
            ],
            separators: b" ",
            prove: veterans_file,
        }))
        .known_from("Department of Veterans' Affairs file numbers as read by claiming software")
        .proved_by(
            &[
                finds("DVA No: NX123456", "NX123456"),
                finds("Gold Card ..... QKM12345", "QKM12345"),
                finds("dva: TX123456A", "TX123456A"),
            ],
            &[
                "NX123456",
                "DVA: AX123456",
                "Batch: NX123456",
                "DVA: NX1234567",
                "Order NX123456 DVA: unknown",
                "DVA: 12/12/2012",
            ],
        ),
    entry("AUSTRALIA_PROVIDER_NUMBER", "Medicare provider number", "Australia", RISING)
        .near_to(&[
            "provider",
            "prov no",
            "prov num",
            "prov number",
            "medicare provider",
            "servicing provider",
            "referring provider",
            "requesting provider",
            "doctor provider no",
        ])
        .read_by(Finder::Groups(Groups {
            layouts: &["999999AA", "9999999A", "99999AA", "999999 AA", "9999999 A"],
            separators: b" -",
            prove: |value| Support::checked(provider_number(value.characters), Alone::Never),
        }))
        .known_from("Services Australia's rule as published by claiming integrators")
        .proved_by(
            &[
                finds("Provider No: 2999991K", "2999991K"),
                finds("Provider Number ....... 4024742F", "4024742F"),
                finds("Dr P Raman (provider 2426621B)", "2426621B"),
            ],
            &["Provider No: 2999991L", "2999991K", "Batch: 2999991K", "Provider No: 2999991", "Order no 4024742F"],
        ),
    entry("AUSTRALIA_PBS_AUTHORITY_NUMBER", "PBS authority prescription or approval number", "Australia", RISING)
        .near_to(&[
            "authority",
            "authority code",
            "authority prescription",
            "authority script no",
            "authority approval",
            "pbs authority",
            "rpbs authority no",
            "streamlined authority",
            "streamlined authority code",
            "streamlined code",
            "pbs approval no",
            "approval no",
            "approval number",
        ])
        .right_beside(12)
        .read_by(Finder::Beside(authority))
        .known_from("forms of the Pharmaceutical Benefits Scheme; Services Australia")
        .proved_by(
            &[
                finds("Authority: 1234 5678", "1234 5678"),
                finds("Authority Prescription No: 12345678", "12345678"),
                finds("Streamlined Authority Code 4321", "4321"),
            ],
            &[
                "Authority: 4321",
                "12345678",
                "authority of 12 people",
                "Approval No: 12/12/2012",
                "Authority: 123 456 7890",
                "Authority: 1.2.3.4",
            ],
        ),
    entry("AUSTRALIA_PBS_ITEM_CODE", "PBS item code", "Australia", RISING)
        .near_to(&["pbs", "rpbs", "pbs code", "pbs item", "pbs item code", "item code", "schedule item"])
        .right_beside(12)
        .read_by(Finder::Groups(Groups { layouts: &["9999A", "99999A", "999999A"], separators: b"", prove: capital }))
        .known_from("Schedule of Pharmaceutical Benefits")
        .proved_by(
            &[
                finds("PBS item 8254K", "8254K"),
                finds("PBS Code: 10001J", "10001J"),
                finds("pbs_code=02622B", "02622B"),
            ],
            &["8254K", "Item: 8254K", "PBS 8254k", "PBS: 825K", "Batch 10001J", "PBS: 20231123"],
        ),
    entry("AUSTRALIA_AHPRA_REGISTRATION", "AHPRA registration number", "Australia", RISING)
        .near_to(&[
            "ahpra",
            "ahpra reg no",
            "ahpra registration",
            "registration number",
            "registration no",
            "reg no",
            "reg number",
        ])
        .read_by(Finder::Unmistakable(Groups {
            layouts: &["AAA9999999999", "AAA 9999999999"],
            separators: b" -",
            prove: registration,
        }))
        .known_from("Australian Health Practitioner Regulation Agency, register of practitioners")
        .proved_by(
            &[
                finds("AHPRA: MED0001234567", "MED0001234567"),
                finds("Jane Doe, PHA0009876543", "PHA0009876543"),
                finds("ahpra registration nmw0001234567", "nmw0001234567"),
            ],
            &["ABC0001234567", "med0001234567", "AHPRA: MED000123456", "MED00012345678", "AHPRA: MED 12/12/2012"],
        ),
    entry("AUSTRALIA_CENTRELINK_CRN", "Centrelink customer reference number", "Australia", HIGH)
        .near_to(&[
            "crn",
            "centrelink",
            "centrelink crn",
            "centrelink reference",
            "customer reference number",
            "customer reference no",
            "pension",
            "pension card",
            "pensioner concession card",
            "pensioner no",
            "pcc",
            "hcc",
            "health care card",
            "concession",
            "concession card",
            "entitlement no",
            "entitlement number",
            "seniors health card",
            "safety net entitlement",
        ])
        .read_by(Finder::Groups(Groups {
            layouts: &["999 999 999A", "999999999A", "999 999 999 A", "999999999 A"],
            separators: b" -",
            prove: not_uniform,
        }))
        .known_from("Services Australia, customer reference numbers on concession cards")
        .proved_by(
            &[
                finds("CRN: 204 999 999X", "204 999 999X"),
                finds("Concession card no ...... 204999999X", "204999999X"),
                finds("Pension No 204-999-999-X", "204-999-999-X"),
            ],
            &["204 999 999X", "CRN: 204 999 999", "Order: 204999999X", "CRN: 111 111 111A", "CRN: 2049999999X"],
        ),
    entry("AUSTRALIA_PASSPORT_NUMBER", "Passport number, Australia", "Australia", MEDIUM)
        .near_to(PASSPORT)
        .read_by(Finder::Groups(Groups {
            layouts: &["A9999999", "AA9999999"],
            separators: b"",
            prove: |_| Support::shape(Alone::Never),
        }))
        .known_from("Australian Passport Office")
        .proved_by(
            &[
                finds("Passport No: PA1234567", "PA1234567"),
                finds("passport number N1234567", "N1234567"),
                finds("Australian passport: RA1234567", "RA1234567"),
            ],
            &["PA1234567", "Batch: PA1234567", "Passport: P1234", "Passport: expires 12/12/2030"],
        ),
    entry("AUSTRALIA_ABN", "Australian Business Number", "Australia", LOW)
        .near_to(&["abn", "a.b.n", "abn/acn", "business number", "business no", "australian business number"])
        .read_by(Finder::Groups(Groups {
            layouts: &["99 999 999 999", "99999999999"],
            separators: b" -.",
            prove: |value| Support::checked(business_number(value.characters), Alone::Never),
        }))
        .known_from("Australian Business Register, format of the ABN")
        .proved_by(
            &[
                finds("ABN 83 914 571 673", "83 914 571 673"),
                finds("A.B.N.: 51824753556", "51824753556"),
                finds("abn=83914571673", "83914571673"),
            ],
            &["ABN: 83 914 571 674", "83 914 571 673", "Order: 83914571673", "ABN: 00 000 000 000"],
        ),
];

const PASSPORT: &[&str] = &["passport", "australian passport", "travel document"];

fn begins_and_checks(value: &Compact<'_>, prefix: &[u8]) -> bool {
    value.characters.starts_with(prefix) && luhn(value.characters)
}

/// The state's letter, the letters of the war, and digits.
fn veterans_file(value: &Compact<'_>) -> Option<Support> {
    let state = value.characters.first()?.to_ascii_uppercase();
    matches!(state, b'N' | b'V' | b'Q' | b'W' | b'S' | b'T').then(|| Support::shape(Alone::Never))?
}

/// The professions of the National Boards, as registration numbers begin with them.
const PROFESSIONS: [&[u8; 3]; 16] = [
    b"ATS", b"CHI", b"CHM", b"CMR", b"DEN", b"MED", b"MRP", b"NMW", b"OCC", b"OPT", b"OST", b"PAR", b"PHA", b"PHY",
    b"POD", b"PSY",
];

fn registration(value: &Compact<'_>) -> Option<Support> {
    let profession = value.characters.get(..3)?;
    let known = PROFESSIONS.iter().any(|one| one.eq_ignore_ascii_case(profession));
    let printed = profession.iter().all(u8::is_ascii_uppercase) && value.separator.is_none();
    known.then(|| Support::shape(if printed { Alone::Always } else { Alone::Never }))?
}

fn capital(value: &Compact<'_>) -> Option<Support> {
    value.characters.last()?.is_ascii_uppercase().then(|| Support::shape(Alone::Never))?
}

/// All but the same digit nine times.
fn not_uniform(value: &Compact<'_>) -> Option<Support> {
    let digits = value.characters.get(..9)?;
    digits.iter().any(|digit| *digit != digits[0]).then(|| Support::shape(Alone::Never))?
}

/// Eight digits; four or five where the label says that it is a code.
fn authority(beside: &crate::identifier::Beside<'_>) -> Option<crate::identifier::Found> {
    let layouts: &[&str] = if beside.keyword.contains("streamlined") || beside.keyword.contains("code") {
        &["99999", "9999", "9999 9999", "99999999"]
    } else {
        &["9999 9999", "99999999"]
    };
    announced::code(beside, layouts)
}
