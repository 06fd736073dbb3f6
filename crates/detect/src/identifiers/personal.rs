//! How people are reached, and the numbers that states give them.

use pillbox_model::{Category, IdentifierId};

use super::{HIGH, NEAR, RISING, finds};
use crate::identifier::{Alone, Compact, Finder, Groups, Identifier, Start, Support};
use crate::validators::tax_file_number;
use crate::values::email;

pub(super) const IDENTIFIERS: &[Identifier] = &[
    Identifier {
        id: IdentifierId::of("EMAIL_ADDRESS"),
        name: "E-mail address",
        category: Category::PersonalInformation,
        severity: RISING,
        country: "Any",
        keywords: &["email", "e mail", "email address", "e mail address", "mail", "mailto"],
        near: NEAR,
        next_only: false,
        visible: 0,
        source: "RFC 5321, RFC 1035",
        examples: &[
            finds("email address: jane@example.org", "jane@example.org"),
            finds("Write to <mary.o'brien+rx@mail.example.com>.", "mary.o'brien+rx@mail.example.com"),
        ],
        counterexamples: &[
            "2 tabs @ night",
            "user@localhost",
            "icons/128x128@2x.png",
            "git@example.org:practice/site.git",
            "https://user@example.org/a",
            "a@b.1",
            "@example.org",
            "jane..doe@example.org",
        ],
        finder: Finder::Starting(Start::At, email::read),
    },
    Identifier {
        id: IdentifierId::of("AUSTRALIA_TAX_FILE_NUMBER"),
        name: "Tax file number",
        category: Category::PersonalInformation,
        severity: HIGH,
        country: "Australia",
        keywords: &["tfn", "tax file number", "tax file no", "tax file", "tax number"],
        near: NEAR,
        next_only: false,
        visible: 3,
        source: "AWS Macie User Guide, PII; Australian Taxation Office's check digit rule",
        examples: &[
            finds("TFN: 123 456 782", "123 456 782"),
            finds("tax_file_number=123456782", "123456782"),
            finds("Tax File No ............... 123-456-782", "123-456-782"),
            finds("123 456 782 (TFN)", "123 456 782"),
        ],
        counterexamples: &[
            "TFN: 123 456 789",
            "Order: 123456782",
            "123 456 782",
            "TFN: not given\nOrder: 123456782",
            "Invoice 123456782 TFN: unknown",
        ],
        finder: Finder::Groups(Groups {
            layouts: &["999 999 999", "999999999", "99999999", "99 999 999"],
            separators: b" -.",
            prove: tfn,
        }),
    },
    Identifier {
        id: IdentifierId::of("USA_SOCIAL_SECURITY_NUMBER"),
        name: "Social security number",
        category: Category::PersonalInformation,
        severity: HIGH,
        country: "US",
        keywords: &["ssn", "ss#", "social security", "social security number", "social security no", "soc sec"],
        near: NEAR,
        next_only: false,
        visible: 3,
        source: "AWS Macie User Guide, PII; Social Security Administration, POMS RM 10201.035",
        examples: &[finds("SSN: 536-90-4399", "536-90-4399"), finds("social security number 536904399", "536904399")],
        counterexamples: &[
            "536-90-4399",
            "SSN: 000-90-4399",
            "SSN: 666-90-4399",
            "SSN: 536-00-4399",
            "SSN: 936-90-4399",
        ],
        finder: Finder::Groups(Groups {
            layouts: &["999 99 9999", "999999999"],
            separators: b" -",
            prove: social_security_number,
        }),
    },
];

fn tfn(value: &Compact<'_>) -> Option<Support> {
    Support::checked(tax_file_number(value.characters), Alone::Never)
}

/// No area 000, 666 or 900 to 999, no group 00, no serial 0000.
fn social_security_number(value: &Compact<'_>) -> Option<Support> {
    let (area, rest) = value.characters.split_at_checked(3)?;
    let (group, serial) = rest.split_at_checked(2)?;
    let issued = area != b"000" && area != b"666" && area[0] != b'9' && group != b"00" && serial != b"0000";
    issued.then(|| Support::shape(Alone::Never))?
}
