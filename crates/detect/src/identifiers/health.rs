//! Identifiers of patients and of those who prescribe.

use pillbox_model::{Category, IdentifierId};

use super::{HIGH, NEAR, RISING, finds};
use crate::identifier::{Alone, Compact, Finder, Groups, Identifier, Support};
use crate::validators::{dea_number, luhn, medicare, nhi_new, nhi_old, nhs_number, npi, prescriber_number};
use crate::values::record;

const NHI_KEYWORDS: &[&str] =
    &["nhi", "nhi no", "nhi number", "national health index", "patient id", "patient no", "patient number"];

pub(super) const IDENTIFIERS: &[Identifier] = &[
    Identifier {
        id: IdentifierId::of("AUSTRALIA_MEDICARE_NUMBER"),
        name: "Medicare number",
        category: Category::PersonalInformation,
        severity: HIGH,
        country: "Australia",
        keywords: &[
            "medicare",
            "medicare no",
            "medicare number",
            "medicare card",
            "medicare card no",
            "medicare card number",
            "mcn",
            "irn",
            "medicare irn",
        ],
        near: NEAR,
        next_only: false,
        visible: 1,
        source: "Services Australia's rule as published by claiming integrators",
        examples: &[
            finds("Medicare No: 2999 99993 1", "2999 99993 1"),
            finds("Medicare No ........: 2123 45670 1", "2123 45670 1"),
            finds("medicare=2123456701", "2123456701"),
            finds("2999 99993 1", "2999 99993 1"),
            finds("Medicare 2999 99993 1/2", "2999 99993 1/2"),
        ],
        counterexamples: &["Medicare No: 2999 99992 1", "2123456701", "Medicare: 7999 99993 1", "Order: 2999 99993 1"],
        finder: Finder::Unmistakable(Groups {
            layouts: &["9999 99999 9", "9999999999", "9999 99999 9/9", "9999999999/9", "99999999999", "9999 999999"],
            separators: b" -",
            prove: medicare_card,
        }),
    },
    Identifier {
        id: IdentifierId::of("AUSTRALIA_IHI"),
        name: "Individual Healthcare Identifier",
        category: Category::PersonalInformation,
        severity: HIGH,
        country: "Australia",
        keywords: &[
            "ihi",
            "ihi no",
            "ihi number",
            "individual healthcare identifier",
            "my health record",
            "health identifier",
        ],
        near: NEAR,
        next_only: false,
        visible: 4,
        source: "Healthcare Identifiers Service; AS 5017; Luhn check digit as in the HL7 Australia profiles",
        examples: &[
            finds("IHI: 8003 6099 9900 0001", "8003 6099 9900 0001"),
            finds("8003609999000001", "8003609999000001"),
        ],
        counterexamples: &["IHI: 8003609999000002", "8004609999000003", "80036099990000011"],
        finder: Finder::Unmistakable(Groups {
            layouts: &["9999 9999 9999 9999", "9999999999999999"],
            separators: b" -",
            prove: ihi,
        }),
    },
    Identifier {
        id: IdentifierId::of("AUSTRALIA_PRESCRIBER_NUMBER"),
        name: "PBS prescriber number",
        category: Category::PersonalInformation,
        severity: RISING,
        country: "Australia",
        keywords: &[
            "prescriber number",
            "prescriber no",
            "prescriber num",
            "prescriber id",
            "prescriber #",
            "pbs prescriber",
            "pbs prescriber number",
            "pbs prescriber no",
            "prescr no",
        ],
        near: NEAR,
        next_only: true,
        visible: 2,
        source: "S. Curmi, Australian health identifiers",
        examples: &[
            finds("Prescriber No: 2999999", "2999999"),
            finds("PBS prescriber number ..... 0848402", "0848402"),
        ],
        counterexamples: &[
            "Prescriber No: 2999998",
            "Order: 2999999",
            "2999999",
            "Prescriber: Dr Jane Doe Ref 2999999",
        ],
        finder: Finder::Groups(Groups {
            layouts: &["9999999", "999999 9", "999 9999"],
            separators: b" -",
            prove: prescriber,
        }),
    },
    Identifier {
        id: IdentifierId::of("NZ_NHI"),
        name: "National Health Index number",
        category: Category::PersonalInformation,
        severity: HIGH,
        country: "New Zealand",
        keywords: NHI_KEYWORDS,
        near: NEAR,
        next_only: false,
        visible: 2,
        source: "HISO 10046",
        examples: &[
            finds("NHI: ZAC5361", "ZAC5361"),
            finds("nhi no zac5361", "zac5361"),
            finds("DOE, Jane (ZAC5361)", "ZAC5361"),
        ],
        counterexamples: &[
            "NHI: ZAC5362",
            "Batch: ZAC5361",
            "lot no ZAC5361",
            "NHI: ZZZ0044",
            "zac5361",
            "XZAC5361",
            "RFC1483",
        ],
        finder: Finder::Unmistakable(Groups { layouts: &["AAA9999", "AAA 9999"], separators: b" -", prove: nhi }),
    },
    Identifier {
        id: IdentifierId::of("NZ_NHI_NEW"),
        name: "National Health Index number, new format",
        category: Category::PersonalInformation,
        severity: HIGH,
        country: "New Zealand",
        keywords: NHI_KEYWORDS,
        near: NEAR,
        next_only: false,
        visible: 2,
        source: "HISO 10046:2024",
        examples: &[finds("NHI: ZBN77VL", "ZBN77VL"), finds("(ZZZ00AC)", "ZZZ00AC")],
        counterexamples: &["NHI: ZZZ00AX", "Batch: ZBN77VL", "NHI: ALU18KZ"],
        finder: Finder::Unmistakable(Groups { layouts: &["AAA99AA"], separators: b"", prove: new_nhi }),
    },
    Identifier {
        id: IdentifierId::of("UK_NHS_NUMBER"),
        name: "NHS number",
        category: Category::PersonalInformation,
        severity: HIGH,
        country: "UK",
        keywords: &["nhs", "nhs no", "nhs number", "national health service", "national health service number"],
        near: NEAR,
        next_only: false,
        visible: 3,
        source: "AWS Macie User Guide, PHI; NHS Data Dictionary",
        examples: &[finds("NHS No: 999 000 0018", "999 000 0018"), finds("nhs number 9990000018", "9990000018")],
        counterexamples: &["NHS No: 999 000 0019", "9990000018", "NHS: 1111111111"],
        finder: Finder::Groups(Groups { layouts: &["999 999 9999", "9999999999"], separators: b" -", prove: nhs }),
    },
    Identifier {
        id: IdentifierId::of("US_DRUG_ENFORCEMENT_AGENCY_NUMBER"),
        name: "DEA registration number",
        category: Category::PersonalInformation,
        severity: HIGH,
        country: "US",
        keywords: &["dea", "dea number", "dea no", "dea #", "dea registration", "dea reg no"],
        near: NEAR,
        next_only: false,
        visible: 3,
        source: "AWS Macie User Guide, PHI; 21 CFR 1301",
        examples: &[finds("DEA #: FZ1234563", "FZ1234563"), finds("DEA number F91234563", "F91234563")],
        counterexamples: &["DEA: FZ1234564", "FZ1234563", "Order: FZ1234563"],
        finder: Finder::Groups(Groups { layouts: &["AA9999999", "A99999999"], separators: b"", prove: dea }),
    },
    Identifier {
        id: IdentifierId::of("USA_NATIONAL_PROVIDER_IDENTIFIER"),
        name: "National Provider Identifier",
        category: Category::PersonalInformation,
        severity: HIGH,
        country: "US",
        keywords: &[
            "npi",
            "npi no",
            "npi number",
            "n.p.i",
            "national provider",
            "national provider identifier",
            "hipaa",
        ],
        near: NEAR,
        next_only: false,
        visible: 3,
        source: "AWS Macie User Guide, PHI; 45 CFR 162.406",
        examples: &[finds("NPI: 1999999984", "1999999984"), finds("N.P.I. 1234567893", "1234567893")],
        counterexamples: &["NPI: 1999999985", "1999999984", "NPI: 3999999982"],
        finder: Finder::Groups(Groups { layouts: &["9999999999"], separators: b"", prove: provider }),
    },
    Identifier {
        id: IdentifierId::of("MEDICAL_RECORD_NUMBER"),
        name: "Medical record number",
        category: Category::PersonalInformation,
        severity: HIGH,
        country: "Any",
        keywords: &[
            "medical record number",
            "medical record no",
            "medical record",
            "mrn",
            "mr no",
            "umrn",
            "hrn",
            "urn",
            "ur",
            "ur no",
            "ur number",
            "u.r. no",
            "unit record number",
            "unit record no",
            "hospital no",
            "hospital number",
            "hospital id",
            "patient id",
            "patient no",
            "patient number",
            "patient identifier",
            "patient record no",
            "patient ref",
            "record no",
            "record number",
            "chart no",
            "chart number",
            "file no",
            "file number",
        ],
        near: 16,
        next_only: true,
        visible: 2,
        source: "forms of practices and hospitals; the number itself is the practice's own",
        examples: &[
            finds("medical record number: 4432134", "4432134"),
            finds("MRN 0012345", "0012345"),
            finds("UR No. 123-45-67", "123-45-67"),
            finds("Patient ID: AB123456", "AB123456"),
            finds("MRN0012345", "0012345"),
            finds("MRN: UR185984", "UR185984"),
            finds("MRN  12-16-28", "12-16-28"),
            finds("Batch    Medical record number\nC5041A   0081113\n", "0081113"),
            finds("His record number is 4432134.", "4432134"),
        ],
        counterexamples: &[
            "Order: 4432134",
            "MRN: pending",
            "record number of the day",
            "urn:isbn:0451450523",
            "file no longer found 12345",
            "Patient No: 12/12/2012",
        ],
        finder: Finder::Beside(record::record_number),
    },
];

/// In one piece it needs its keyword: one of twenty numbers of ten digits would pass.
fn medicare_card(value: &Compact<'_>) -> Option<Support> {
    let issue_and_reference = value.characters.get(9..)?;
    let alone = if value.separator.is_some() { Alone::Unlabelled } else { Alone::Never };
    Support::checked(medicare(value.characters) && !issue_and_reference.contains(&b'0'), alone)
}

fn ihi(value: &Compact<'_>) -> Option<Support> {
    Support::checked(value.characters.starts_with(b"800360") && luhn(value.characters), Alone::Always)
}

fn prescriber(value: &Compact<'_>) -> Option<Support> {
    Support::checked(prescriber_number(value.characters), Alone::Never)
}

/// Without keyword only as it is printed: in capitals and in one piece.
fn nhi(value: &Compact<'_>) -> Option<Support> {
    Support::checked(nhi_old(value.characters), printed_alone(value))
}

fn new_nhi(value: &Compact<'_>) -> Option<Support> {
    Support::checked(nhi_new(value.characters), printed_alone(value))
}

/// Standards and hashes are written like old numbers: `RFC1483`.
const STANDARDS: [&[u8; 3]; 11] =
    [b"RFC", b"PEP", b"DEP", b"STD", b"CVE", b"CWE", b"SHA", b"AES", b"EAN", b"MSC", b"USB"];

fn printed_alone(value: &Compact<'_>) -> Alone {
    let capitals = value.characters.iter().all(|byte| !byte.is_ascii_lowercase());
    let standard = STANDARDS.iter().any(|name| value.characters.starts_with(*name));
    if capitals && !standard && value.separator.is_none() { Alone::Unlabelled } else { Alone::Never }
}

fn nhs(value: &Compact<'_>) -> Option<Support> {
    Support::checked(nhs_number(value.characters), Alone::Never)
}

fn dea(value: &Compact<'_>) -> Option<Support> {
    Support::checked(dea_number(value.characters), Alone::Never)
}

fn provider(value: &Compact<'_>) -> Option<Support> {
    Support::checked(npi(value.characters), Alone::Never)
}
