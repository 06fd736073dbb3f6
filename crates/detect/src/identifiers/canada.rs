//! Canada: the health numbers of the provinces and territories, and of drugs. Forms say `health card` everywhere;
//! the shape and the check digit decide whose it is.

use super::entry::entry;
use super::{HIGH, RISING, finds};
use crate::identifier::{Alone, Beside, Compact, Finder, Found, Groups, Identifier, Support};
use crate::validators::{luhn, personal_health_number, ramq};
use crate::values::announced;

pub(super) const IDENTIFIERS: &[Identifier] = &[
    entry("CANADA_ON_HEALTH_CARD", "Health number, Ontario", "Canada (ON)", HIGH)
        .near_to(&[
            "ohip",
            "ohip card",
            "health card",
            "health no",
            "health number",
            "health insurance no",
            "hcn",
            "hc no",
            "hc#",
            "version code",
            "ontario health card",
            "ontario health number",
            "carte santé",
            "carte sante",
        ])
        .showing(3)
        .read_by(Finder::Groups(Groups {
            layouts: &[
                "9999 999 999",
                "9999999999",
                "9999 999 999/AA",
                "9999 999 999/A",
                "9999999999/AA",
                "9999999999AA",
                "9999 999 999AA",
            ],
            separators: b" -",
            prove: ontario,
        }))
        .known_from("Ontario Ministry of Health, health number and version code; Luhn check digit as in health_card")
        .proved_by(
            &[
                finds("OHIP: 9876-543-217", "9876-543-217"),
                finds("Health Card No ...... 1234 567 897 AB", "1234 567 897 AB"),
                finds("HCN 9876543217 XY", "9876543217 XY"),
                finds("Carte santé : 9876 543 217", "9876 543 217"),
            ],
            &["OHIP: 9876-543-218", "9876543217", "Order: 9876-543-217", "OHIP: 0876543216", "9876 543 217"],
        ),
    entry("CANADA_BC_PHN", "Personal health number, British Columbia", "Canada (BC)", HIGH)
        .near_to(&[
            "phn",
            "bc phn",
            "personal health number",
            "personal health no",
            "msp",
            "care card",
            "bc services card",
            "bc health",
            "health card",
            "health number",
            "health no",
        ])
        .showing(3)
        .read_by(Finder::Groups(Groups {
            layouts: &["9999 999 999", "9999999999"],
            separators: b" -",
            prove: |value| Support::checked(personal_health_number(value.characters), Alone::Never),
        }))
        .known_from("British Columbia Ministry of Health, personal health number")
        .proved_by(
            &[
                finds("BC PHN: 9698 658 215", "9698 658 215"),
                finds("Personal Health Number ..... 9000000018", "9000000018"),
                finds("MSP 9123 456 780", "9123 456 780"),
            ],
            &["BC PHN: 9698 658 216", "9698658215", "Order: 9698658215", "MSP: 8698 658 215", "PHN: 9999999999"],
        ),
    entry("CANADA_QC_RAMQ", "Health insurance number, Quebec", "Canada (QC)", HIGH)
        .near_to(&[
            "ramq",
            "nam",
            "no nam",
            "assurance maladie",
            "assurance-maladie",
            "numéro d'assurance maladie",
            "numero d'assurance maladie",
            "no d'assurance maladie",
            "n\u{B0} d'assurance maladie",
            "carte d'assurance maladie",
            "carte soleil",
            "carte ramq",
            "health insurance no",
            "health insurance number",
            "health card",
            "medicare no",
            "medicare number",
        ])
        .showing(2)
        .read_by(Finder::Unmistakable(Groups {
            layouts: &["AAAA 9999 9999", "AAAA99999999", "AAAA 99999999"],
            separators: b" -",
            prove: quebec,
        }))
        .known_from("Régie de l'assurance maladie du Québec; check digit as in health_card")
        .proved_by(
            &[
                finds("RAMQ: LASF 8002 1411", "LASF 8002 1411"),
                finds("NAM ........ AAAA01510117", "AAAA01510117"),
                finds("NUMÉRO D\u{2019}ASSURANCE MALADIE : LASF80021411", "LASF80021411"),
                finds("Numero d'assurance maladie: lasf 8002 1411", "lasf 8002 1411"),
                finds("Patient LASF 8002 1411", "LASF 8002 1411"),
            ],
            &[
                "RAMQ: AAAA01010119",
                "RAMQ: AAAA01014110",
                "LASF80021411",
                "Batch: LASF 8002 1411",
                "RAMQ: AAAA02300115",
            ],
        ),
    entry("CANADA_AB_PHN", "Personal health number, Alberta", "Canada (AB)", HIGH)
        .near_to(&[
            "phn",
            "uli",
            "ulli",
            "unique lifetime identifier",
            "personal health number",
            "personal health no",
            "alberta health",
            "alberta health care",
            "ahc no",
            "ahcip",
            "alberta phn",
        ])
        .right_beside(20)
        .showing(3)
        .read_by(Finder::Groups(Groups {
            layouts: &["99999 9999", "999999999", "999 999 999"],
            separators: b" -",
            prove: bare,
        }))
        .known_from("Alberta Health, personal health number")
        .proved_by(
            &[
                finds("ULLI: 12345-6789", "12345-6789"),
                finds("Alberta Health Care No .... 987654321", "987654321"),
                finds("AB PHN 12345 6789", "12345 6789"),
            ],
            &["12345-6789", "Order: 12345-6789", "ULLI: 111111111", "ULLI: 1234567890", "ULLI: 12345-67890"],
        ),
    entry("CANADA_SK_HSN", "Health services number, Saskatchewan", "Canada (SK)", HIGH)
        .near_to(&["hsn", "health services number", "health services no", "health services card", "sk health"])
        .right_beside(20)
        .showing(3)
        .read_by(nine_digits())
        .known_from("eHealth Saskatchewan, health services number")
        .proved_by(
            &[finds("HSN: 123 456 789", "123 456 789"), finds("Health Services Number ..... 987654321", "987654321")],
            &["123456789", "Order: 123456789", "HSN: 12345678", "HSN: 1234567890", "HSN: 000 000 000"],
        ),
    entry("CANADA_MB_PHIN", "Personal health identification number, Manitoba", "Canada (MB)", HIGH)
        .near_to(&[
            "phin",
            "phin no",
            "phin number",
            "mhsc",
            "mhsc no",
            "mhsc number",
            "personal health identification",
            "personal health identification number",
            "manitoba health",
            "manitoba health no",
            "manitoba health registration no",
            "mb health",
        ])
        .right_beside(12)
        .showing(3)
        .read_by(Finder::Beside(manitoba))
        .known_from("Manitoba Health, personal health identification and registration numbers")
        .proved_by(
            &[
                finds("PHIN: 123 456 789", "123 456 789"),
                finds("MHSC ..... 123456", "123456"),
                finds("Manitoba Health No\t987654321", "987654321"),
            ],
            &["123456789", "PHIN: 123456", "Order: 123456789", "PHIN: 1234567890", "PHIN: 12/12/2012"],
        ),
    entry("CANADA_NS_HCN", "Health card number, Nova Scotia", "Canada (NS)", HIGH)
        .near_to(&["health card", "msi", "hcn", "nova scotia health card", "ns health card"])
        .right_beside(16)
        .showing(3)
        .read_by(Finder::Groups(Groups { layouts: &["9999 999 999", "9999999999"], separators: b" -", prove: bare }))
        .known_from("Nova Scotia Medical Services Insurance, health card")
        .proved_by(
            &[
                finds("MSI No: 0012 345 678", "0012 345 678"),
                finds("NS Health Card ...... 0012345678", "0012345678"),
                finds("Health card: 0012-345-678", "0012-345-678"),
            ],
            &["0012 345 678", "Order: 0012345678", "MSI: 001234567", "MSI: 0000 000 000"],
        ),
    entry("CANADA_NB_MEDICARE", "Medicare number, New Brunswick", "Canada (NB)", HIGH)
        .near_to(&[
            "medicare card no",
            "medicare",
            "nb medicare",
            "new brunswick medicare",
            "assurance-maladie",
            "assurance maladie",
        ])
        .right_beside(12)
        .showing(3)
        .read_by(nine_digits())
        .known_from("New Brunswick Medicare, card number")
        .proved_by(
            &[
                finds("NB Medicare: 123 456 789", "123 456 789"),
                finds("Medicare No ........ 123-456-789", "123-456-789"),
            ],
            &[
                "123 456 789",
                "Order: 123456789",
                "Medicare: 12345678",
                "Medicare: 111 111 111",
                "Medicare: 123 456 7890",
            ],
        ),
    entry("CANADA_NL_MCP", "Medical Care Plan number, Newfoundland and Labrador", "Canada (NL)", HIGH)
        .near_to(&["mcp", "mcp card", "medical care plan", "nl mcp"])
        .right_beside(16)
        .showing(4)
        .read_by(Finder::Groups(Groups {
            layouts: &["999999999999", "9999 9999 9999", "999 999 999 999"],
            separators: b" -",
            prove: bare,
        }))
        .known_from("Newfoundland and Labrador Medical Care Plan")
        .proved_by(
            &[finds("MCP: 123456789012", "123456789012"), finds("MCP No ....... 123 456 789 012", "123 456 789 012")],
            &["123456789012", "Order: 123456789012", "MCP: 12345678901", "MCP: 000000000000", "MCP: 1234567890123"],
        ),
    entry("CANADA_PE_HEALTH", "Health number, Prince Edward Island", "Canada (PE)", HIGH)
        .near_to(&[
            "health number",
            "health no",
            "pei health",
            "pei health card",
            "pe health",
            "provincial health no",
            "provincial health number",
        ])
        .right_beside(12)
        .showing(3)
        .read_by(Finder::Groups(Groups { layouts: &["99999999", "9999 9999"], separators: b" -", prove: bare }))
        .known_from("Health PEI, health card")
        .proved_by(
            &[finds("PEI Health Card No: 12345678", "12345678"), finds("Health Number ...... 87654321", "87654321")],
            &[
                "12345678",
                "Order: 12345678",
                "Health number: 1234567",
                "Health number: 123456789",
                "Health number: 77777777",
            ],
        ),
    entry("CANADA_NT_HEALTH", "Health care number, Northwest Territories", "Canada (NT)", HIGH)
        .near_to(NORTHERN)
        .right_beside(16)
        .read_by(Finder::Groups(Groups {
            layouts: &["A9999999", "A 9999999"],
            separators: b" -",
            prove: |value| {
                let known = matches!(value.characters.first()?.to_ascii_uppercase(), b'N' | b'D' | b'M' | b'T');
                known.then(|| Support::shape(Alone::Never))?
            },
        }))
        .known_from("Government of the Northwest Territories, health care plan")
        .proved_by(
            &[
                finds("NWT Health Care No: N1234567", "N1234567"),
                finds("Health care number ..... D7654321", "D7654321"),
            ],
            &["N1234567", "Order: N1234567", "Health care number: A1234567", "Health care no: N12345678"],
        ),
    entry("CANADA_NU_HEALTH", "Health care number, Nunavut", "Canada (NU)", HIGH)
        .near_to(NORTHERN)
        .right_beside(16)
        .showing(3)
        .read_by(Finder::Groups(Groups {
            layouts: &["999999999", "999 999 999"],
            separators: b" -",
            prove: |value| value.characters.starts_with(b"1").then(|| bare(value))?,
        }))
        .known_from("Government of Nunavut, health care plan")
        .proved_by(
            &[
                finds("Nunavut Health Care No: 123456789", "123456789"),
                finds("Health Care Number ..... 101 234 567", "101 234 567"),
            ],
            &["123456789", "Nunavut health: 223456789", "Order: 123456789", "Health care number: 1234567890"],
        ),
    entry("CANADA_YT_HEALTH", "Health care number, Yukon", "Canada (YT)", HIGH)
        .near_to(&["yhcip", "yukon health care", "yukon health", "yukon health card", "health care"])
        .right_beside(16)
        .showing(3)
        .read_by(nine_digits())
        .known_from("Yukon Health Care Insurance Plan")
        .proved_by(
            &[finds("YHCIP: 002 345 678", "002 345 678"), finds("Yukon Health Care No ...... 002345678", "002345678")],
            &["002345678", "Order: 002345678", "YHCIP: 12345678", "YHCIP: 000000000", "health care since 2019"],
        ),
    entry("CANADA_DIN", "Drug Identification Number", "Canada", RISING)
        .near_to(&[
            "din",
            "drug identification number",
            "drug identification no",
            "din/npn",
            "npn",
            "din hm",
            "identification numérique de drogue",
        ])
        .right_beside(12)
        .showing(8)
        .read_by(Finder::Groups(Groups { layouts: &["99999999"], separators: b"", prove: bare }))
        .known_from("Health Canada, Drug Product Database")
        .proved_by(
            &[
                finds("DIN 02242903", "02242903"),
                finds("DIN: 00586714", "00586714"),
                finds("Drug Identification Number ..... 02242903", "02242903"),
            ],
            &["02242903", "DIN 18065", "Order: 02242903", "DIN: 022429033", "DIN: 00000000"],
        ),
];

/// Of the Northwest Territories and Nunavut.
const NORTHERN: &[&str] = &[
    "health care",
    "health care card",
    "nwt health",
    "nwt health care",
    "northwest territories health",
    "nunavut health",
    "nunavut health care",
    "nunavut health card",
    "hsp no",
];

const fn nine_digits() -> Finder {
    Finder::Groups(Groups { layouts: &["999999999", "999 999 999"], separators: b" -", prove: bare })
}

/// No province publishes how these are checked; the same digit throughout is a placeholder.
fn bare(value: &Compact<'_>) -> Option<Support> {
    let uniform = value.characters.iter().all(|digit| *digit == value.characters[0]);
    (!uniform).then(|| Support::shape(Alone::Never))?
}

/// Ten digits and perhaps the version code.
fn ontario(value: &Compact<'_>) -> Option<Support> {
    let (number, version) = value.characters.split_at_checked(10)?;
    let printed = version.iter().all(u8::is_ascii_uppercase);
    Support::checked(number[0] != b'0' && luhn(number) && printed, Alone::Never)
}

/// Without keyword only as the card prints it.
fn quebec(value: &Compact<'_>) -> Option<Support> {
    let printed = value.separator == Some(b' ') && value.characters[..4].iter().all(u8::is_ascii_uppercase);
    Support::checked(ramq(value.characters), if printed { Alone::Unlabelled } else { Alone::Never })
}

/// Nine digits, or the six of a family's registration where the label says so.
fn manitoba(beside: &Beside<'_>) -> Option<Found> {
    let registration = beside.keyword.contains("mhsc") || beside.keyword.contains("registration");
    let layouts: &[&str] =
        if registration { &["999999", "999999999", "999 999 999"] } else { &["999999999", "999 999 999"] };
    announced::code(beside, layouts)
}
