//! Payment cards and the accounts of countries without IBAN.

use pillbox_model::{Category, IdentifierId};

use super::{HIGH, MEDIUM, NEAR, finds};
use crate::identifier::{Alone, Compact, Finder, Groups, Identifier, Support};
use crate::validators::luhn;
use crate::values::account;

const CARD_LAYOUTS: &[&str] = &[
    "9999 9999 9999 9999",
    "9999999999999999",
    "9999 999999 99999",
    "999999999999999",
    "9999 999999 9999",
    "99999999999999",
    "9999 9999 9999 99",
    "9999999999999",
    "9999 999 999 999",
    "9999 9999 9999 9999 999",
    "9999999999999999999",
    "99999999999999999",
    "999999999999999999",
    "999999 9999999999999",
];

pub(super) const IDENTIFIERS: &[Identifier] = &[
    Identifier {
        id: IdentifierId::of("CREDIT_CARD_NUMBER"),
        name: "Payment card",
        category: Category::FinancialInformation,
        severity: HIGH,
        country: "Any",
        keywords: &[
            "account number",
            "american express",
            "amex",
            "bank card",
            "card",
            "card number",
            "card no",
            "ccn",
            "credit",
            "credit card",
            "credit card number",
            "credit card no",
            "dankort",
            "debit",
            "debit card",
            "diners",
            "diners club",
            "discover",
            "electron",
            "jcb",
            "maestro",
            "mastercard",
            "master card",
            "mc",
            "pan",
            "payment card",
            "payment card number",
            "pcn",
            "union pay",
            "visa",
            "visa card",
            "cc number",
        ],
        near: NEAR,
        next_only: false,
        visible: 4,
        source: "AWS Macie User Guide, financial; ISO/IEC 7812-1; issuers' published ranges",
        examples: &[
            finds("card: 4000001234567899", "4000001234567899"),
            finds("Visa 4000 0012 3456 7899 exp 12/29", "4000 0012 3456 7899"),
            finds("Maestro 6759 6498 2643 8453", "6759 6498 2643 8453"),
            finds("Amex: 3782 822463 10005", "3782 822463 10005"),
        ],
        counterexamples: &[
            "card: 4000001234567898",
            "card: 9000001234567894",
            "company 4000001234567899",
            "card: 40000012345678991",
        ],
        finder: Finder::Groups(Groups { layouts: CARD_LAYOUTS, separators: b" -", prove: card_near_keyword }),
    },
    Identifier {
        id: IdentifierId::of("CREDIT_CARD_NUMBER_(NO_KEYWORD)"),
        name: "Payment card, no keyword near",
        category: Category::FinancialInformation,
        severity: HIGH,
        country: "Any",
        keywords: &[],
        near: NEAR,
        next_only: false,
        visible: 4,
        source: "AWS Macie User Guide, financial; ISO/IEC 7812-1; issuers' published ranges",
        examples: &[
            finds("4000001234567899", "4000001234567899"),
            finds("paid with 4000-0012-3456-7899.", "4000-0012-3456-7899"),
        ],
        counterexamples: &[
            "4000001234567898",
            "4000 0012-3456 7899",
            "card: 4000001234567899",
            "EAN 4113162837717",
            "EAN\n4437099068330",
            "\"gtin\": \"4904522219426\"",
            "1.4000001234567899",
            "a4000001234567899",
        ],
        finder: Finder::Unmistakable(Groups { layouts: CARD_LAYOUTS, separators: b" -", prove: card_alone }),
    },
    Identifier {
        id: IdentifierId::of("AUSTRALIA_BANK_ACCOUNT"),
        name: "Bank account, Australia",
        category: Category::FinancialInformation,
        severity: MEDIUM,
        country: "Australia",
        keywords: &[
            "bsb",
            "bsb no",
            "bsb number",
            "bsb and account",
            "bsb and account no",
            "bsb and account number",
            "account number",
            "account no",
            "account",
            "acct",
            "acct no",
            "acc",
            "acc no",
            "acc number",
            "a/c",
            "a/c no",
            "bank account",
            "bank account number",
            "bank account no",
            "bank details",
            "direct debit",
            "direct debit account",
            "direct deposit",
        ],
        near: NEAR,
        next_only: true,
        visible: 3,
        source: "BSB numbers: AusPayNet; account numbers of five to nine digits: forms of Australian banks",
        examples: &[
            finds("BSB: 062-000 Account: 12345678", "062-000 Account: 12345678"),
            finds("bank account 062-000 12345678", "062-000 12345678"),
            finds("Direct debit account\n062-000 12345678\n", "062-000 12345678"),
            finds("Name       Direct debit account\nJane Doe   062-000 12345678\n", "062-000 12345678"),
            finds(
                "BSB 062 000\nAccount name: J Doe\nAccount number: 1234 5678",
                "062 000\nAccount name: J Doe\nAccount number: 1234 5678",
            ),
            finds("062-000 12345678 (account number)", "062-000 12345678"),
            finds("Acc no 12345678, BSB 062000", "12345678, BSB 062000"),
        ],
        counterexamples: &["BSB: 062-000", "account number: 12345678", "062-000 12345678", "Order 062-000 12345678"],
        finder: Finder::Beside(account::australian),
    },
];

fn card_near_keyword(value: &Compact<'_>) -> Option<Support> {
    Support::checked(is_card(value.characters) || is_maestro(value.characters), Alone::Never)
}

/// Maestro's ranges are wide, so that they are believed beside a keyword only.
fn is_maestro(digits: &[u8]) -> bool {
    const PREFIXES: [&[u8]; 10] =
        [b"5018", b"5020", b"5038", b"5612", b"5893", b"6304", b"6759", b"6761", b"6762", b"6763"];
    PREFIXES.iter().any(|prefix| digits.starts_with(prefix)) && luhn(digits)
}

/// Thirteen digits are rather the number of an article (GS1), whose check digit passes once in ten times, than one of the
/// cards of old: what is labelled as something else is none.
fn card_alone(value: &Compact<'_>) -> Option<Support> {
    let alone = if value.characters.len() == 13 { Alone::Unlabelled } else { Alone::Always };
    Support::checked(is_card(value.characters), alone)
}

/// Length and leading digits that American Express, Dankort, Diners, Discover, Electron, JCB, Mastercard, UnionPay or
/// Visa issue, and the check digit.
fn is_card(digits: &[u8]) -> bool {
    let leading =
        |count: usize| digits[..count].iter().fold(0u32, |number, digit| number * 10 + u32::from(digit - b'0'));
    let issued = match (leading(2), digits.len()) {
        (40..=49, 13 | 16 | 19) => true,
        (51..=55, 16) => true,
        (22..=27, 16) => (2221..=2720).contains(&leading(4)),
        (34 | 37, 15) => true,
        (36 | 38 | 39, 14..=19) => true,
        (30, 14..=19) => matches!(leading(3), 300..=305 | 309),
        (35, 16..=19) => (3528..=3589).contains(&leading(4)),
        (60, 16..=19) => leading(4) == 6011,
        (64, 16..=19) => leading(3) >= 644,
        (62 | 65, 16..=19) => true,
        (50, 16) => leading(4) == 5019,
        _ => false,
    };
    issued && luhn(digits)
}
