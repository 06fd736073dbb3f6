//! The United States: who pays, who prescribes, who dispenses.

use pillbox_model::Category;

use super::entry::entry;
use super::{HIGH, LOW, MEDIUM, RISING, finds};
use crate::identifier::{Alone, Beside, Compact, Finder, Found, Groups, Identifier, Support};
use crate::validators::routing_number;
use crate::values::announced::{self, Word};

pub(super) const IDENTIFIERS: &[Identifier] = &[
    entry("US_MEDICAID_ID", "Medicaid id", "US", HIGH)
        .near_to(&[
            "medicaid",
            "medicaid id",
            "medicaid no",
            "medicaid number",
            "medicaid #",
            "medicaid recipient id",
            "medicaid member id",
            "medicaid cin",
            "medi cal",
            "medi cal id",
            "recipient id",
            "cin",
        ])
        .right_beside(16)
        .read_by(Finder::Beside(|beside| announced::word(beside, 16, |word| is_coded(word, 8..=14, 5))))
        .known_from("Medicaid ids as states print them: 8 to 14 letters and digits")
        .proved_by(
            &[
                finds("Medicaid ID: AB12345C", "AB12345C"),
                finds("Medicaid No ...... 123456789012", "123456789012"),
                finds("Medicaid #: 00123456789", "00123456789"),
            ],
            &[
                "AB12345C",
                "Order: AB12345C",
                "Medicaid: 12/12/2012",
                "Medicaid: pending",
                "Medicaid ID: 1234567",
                "Medicaid covers outpatient care",
            ],
        ),
    entry("US_HEALTH_PLAN_MEMBER_ID", "Health plan member id", "US", HIGH)
        .near_to(&[
            "member id",
            "member no",
            "member number",
            "member #",
            "memberid",
            "subscriber id",
            "subscriber no",
            "subscriber number",
            "insurance id",
            "insurance member id",
            "insured id",
            "insured's id",
            "insurance no",
            "policy number",
            "policy no",
            "policy id",
            "group number",
            "group no",
            "rxbin",
            "rx bin",
            "bin",
            "rxpcn",
            "rx pcn",
            "pcn",
            "rxgrp",
            "rx grp",
            "rxgroup",
            "rx group",
            "rxid",
            "rx id",
            "cardholder id",
            "health plan id",
            "plan member id",
        ])
        .right_beside(12)
        .showing(3)
        .read_by(Finder::Beside(plan))
        .known_from("NCPDP, health care identification card: BIN, PCN, group and member id")
        .proved_by(
            &[
                finds("Member ID: XYZ123456789", "XYZ123456789"),
                finds("Subscriber No ..... W1234-56789", "W1234-56789"),
                finds("RxBIN: 610014", "610014"),
                finds("BIN: 610014", "610014"),
                finds("RxGrp: RX12345", "RX12345"),
                finds("Policy Number\tHP1234567", "HP1234567"),
            ],
            &[
                "XYZ123456789",
                "Order: XYZ123456789",
                "Member ID: unknown",
                "RxBIN: 6100145",
                "Member since 12-12-2012",
                "Group number: 2",
                "bin: 101010",
                "Policy no longer valid 123456789",
            ],
        ),
    entry("US_STATE_MEDICAL_LICENSE", "State medical license", "US", RISING)
        .near_to(&[
            "license no",
            "license number",
            "license #",
            "lic no",
            "lic #",
            "medical license",
            "medical license no",
            "medical license number",
            "medical licence no",
            "state license",
            "state license no",
            "state license number",
            "state lic no",
            "state medical license",
            "state medical license no",
            "physician license",
            "physician license no",
            "prescriber license",
            "prescriber license no",
            "md license",
            "np license",
            "pa license",
        ])
        .right_beside(8)
        .read_by(Finder::Beside(license))
        .known_from("state medical boards: letters and four to eight digits")
        .proved_by(
            &[
                finds("License No: A12345", "A12345"),
                finds("State Medical License ...... MD123456", "MD123456"),
                finds("Medical License #: 036-123456", "036-123456"),
            ],
            &[
                "A12345",
                "Order: A12345",
                "license: Apache-2.0",
                "License: GPL-2.0-or-later",
                "License: BSD-3-Clause",
                "License: ISO-1986",
                "License: 12-12-2030",
                "license: MIT 12345",
                "Driver License No: A1234567",
            ],
        ),
    entry("US_NCPDP_ID", "NCPDP provider id", "US", LOW)
        .near_to(&["ncpdp", "ncpdp provider id", "nabp", "ncpdp/nabp"])
        .right_beside(16)
        .read_by(Finder::Groups(Groups { layouts: &["9999999"], separators: b"", prove: bare }))
        .known_from("NCPDP, pharmacy identification numbers")
        .proved_by(
            &[finds("NCPDP: 1234567", "1234567"), finds("NABP No ....... 3912345", "3912345")],
            &["1234567", "Order: 1234567", "NCPDP: 123456", "NCPDP: 12345678", "NABP: 0000000"],
        ),
    entry("US_ABA_ROUTING_NUMBER", "ABA routing number", "US", MEDIUM)
        .of(Category::FinancialInformation)
        .near_to(&[
            "aba",
            "aba routing",
            "aba/routing",
            "routing",
            "routing transit number",
            "bank routing",
            "rtn",
            "transit number",
        ])
        .showing(4)
        .read_by(Finder::Groups(Groups {
            layouts: &["999999999", "9999 9999 9"],
            separators: b"- ",
            prove: |value| Support::checked(routing_number(value.characters), Alone::Never),
        }))
        .known_from("American Bankers Association, routing number policy; the same as python-stdnum's us.rtn")
        .proved_by(
            &[
                finds("Routing number: 111000025", "111000025"),
                finds("ABA ..... 021000021", "021000021"),
                finds("RTN 1110-0002-5", "1110-0002-5"),
            ],
            &["Routing: 111000026", "111000025", "Order: 111000025", "Routing: 000000000", "ABA: 991000025"],
        ),
];

/// Capital letters and digits, enough of them digits.
fn is_coded(word: Word<'_>, length: std::ops::RangeInclusive<usize>, fewest_digits: usize) -> bool {
    length.contains(&word.characters.len())
        && word.digits >= fewest_digits
        && word.characters.bytes().all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase() || byte == b'-')
}

/// A BIN has six digits; member, group and policy are the plan's own.
fn plan(beside: &Beside<'_>) -> Option<Found> {
    match beside.keyword {
        // In small letters it is how programs write numbers.
        "bin" if beside.text.as_bytes()[beside.at.start] == b'b' => None,
        "rxbin" | "rx bin" | "bin" => announced::code(beside, &["999999"]),
        "pcn" | "rxpcn" | "rx pcn" | "rxgrp" | "rx grp" | "rxgroup" | "rx group" => {
            announced::word(beside, 20, |word| is_coded(word, 4..=15, 1))
        }
        _ => announced::word(beside, 21, |word| is_coded(word, 6..=20, 3)),
    }
}

/// Up to four letters and four to eight digits; software has licences too, and their names hold versions.
fn license(beside: &Beside<'_>) -> Option<Found> {
    announced::word(beside, 14, |word| {
        let letters = word.characters.bytes().take_while(u8::is_ascii_uppercase).count();
        let rest = &word.characters[letters..];
        letters <= 4
            && (4..=10).contains(&word.digits)
            && rest.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-')
    })
}

fn bare(value: &Compact<'_>) -> Option<Support> {
    let uniform = value.characters.iter().all(|digit| *digit == value.characters[0]);
    (!uniform).then(|| Support::shape(Alone::Never))?
}
