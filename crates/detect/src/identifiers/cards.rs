//! What belongs to payment cards besides their number, and bank accounts of Canada and the US.

use pillbox_model::Category;

use super::entry::{BESIDE, entry, number};
use super::{HIGH, MEDIUM, RISING, finds};
use crate::identifier::{Alone, Compact, Finder, Identifier, Support};
use crate::values::card;

pub(super) const IDENTIFIERS: &[Identifier] = &[
    entry("BANK_ACCOUNT_NUMBER", "Bank account", "Canada; US", HIGH)
        .of(Category::FinancialInformation)
        .near_to(&[
            "bank account",
            "bank acct",
            "bank account number",
            "checking account",
            "checking acct",
            "chequing account",
            "chequing acct",
            "deposit account",
            "deposit acct",
            "savings account",
            "savings acct",
            "direct deposit account",
        ])
        .right_beside(BESIDE)
        .showing(3)
        .in_groups(
            &[
                "999999999",
                "9999999999",
                "99999999999",
                "999999999999",
                "9999999999999",
                "99999999999999",
                "999999999999999",
                "9999999999999999",
                "99999999999999999",
            ],
            b" -",
            number,
        )
        .known_from("AWS Macie User Guide, financial; ABA and CPA forms")
        .proved_by(
            &[
                finds("Bank account: 000123456789", "000123456789"),
                finds("Checking account no. 123456780", "123456780"),
                finds("savings acct # 12345678901234", "12345678901234"),
            ],
            &[
                "000123456789",
                "Bank account: 12345678",
                "Bank account: 000000000",
                "Order: 000123456789",
                "bank account opened, order 000123456789",
            ],
        ),
    entry("CREDIT_CARD_SECURITY_CODE", "Card verification code", "Any", MEDIUM)
        .of(Category::FinancialInformation)
        .near_to(&[
            "cvv",
            "cvv2",
            "cvc",
            "cvc2",
            "cvn",
            "csc",
            "cvv code",
            "cvc code",
            "card id",
            "card identification code",
            "card security code",
            "card validation code",
            "card verification value",
            "card verification code",
            "card verification number",
            "elo verification code",
            "security code",
        ])
        .right_beside(16)
        .showing(0)
        .in_groups(&["999", "9999"], b" -", code)
        .known_from("AWS Macie User Guide, financial; ISO/IEC 7813")
        .proved_by(
            &[finds("CVV: 123", "123"), finds("card security code 4821", "4821"), finds("CVC2 = 907", "907")],
            &["123", "CVV: 12345", "CVV: 000", "order 123", "CVV required since 2019-04-01"],
        ),
    entry("CREDIT_CARD_EXPIRATION", "Card expiry", "Any", RISING)
        .of(Category::FinancialInformation)
        .near_to(&[
            "exp",
            "exp date",
            "exp d",
            "exp m",
            "exp y",
            "exp.",
            "expdate",
            "expiry",
            "expiry date",
            "expiration",
            "expiration date",
            "expires",
            "expires on",
            "expires end",
            "valid thru",
            "valid to",
            "valid until",
            "good thru",
            "card expiry",
            "card expiry date",
            "card expires",
            "card exp",
            "card expiration",
        ])
        .right_beside(16)
        .showing(0)
        .read_by(Finder::Beside(card::expiry))
        .known_from("AWS Macie User Guide, financial; ISO/IEC 7813")
        .proved_by(
            &[
                finds("expiration: 02/29", "02/29"),
                finds("Card expiry date: 02/2029", "02/2029"),
                finds("Visa 4000 0012 3456 7899 exp 12/29", "12/29"),
                finds("Expiry (MM/YY): 11/27", "11/27"),
                finds("valid thru Feb 2029", "Feb 2029"),
            ],
            &[
                "02/29",
                "Expiry: 13/29",
                "Batch 1234 Exp: 02/2029",
                "Medicare expiry: 02/2029",
                "expiry: 01/02/2029",
                "Repeats expire: 02/29",
            ],
        ),
    entry("CREDIT_CARD_MAGNETIC_STRIPE", "Card magnetic stripe", "Any", HIGH)
        .of(Category::FinancialInformation)
        .near_to(&[
            "card data",
            "iso7813",
            "iso 7813",
            "mag",
            "magstripe",
            "mag stripe",
            "magnetic stripe",
            "stripe",
            "swipe",
            "swipe card",
            "card swipe",
            "track",
            "track data",
            "track 1",
            "track 2",
            "track1",
            "track2",
        ])
        .right_beside(30)
        .showing(0)
        .read_by(Finder::Beside(card::magnetic_stripe))
        .known_from("AWS Macie User Guide, financial; ISO/IEC 7813")
        .proved_by(
            &[
                finds("swipe: ;4000001234567899=29021010000000000000?", ";4000001234567899=29021010000000000000?"),
                finds(
                    "Track 1: %B4000001234567899^DOE/JANE^29021010000000000000?",
                    "%B4000001234567899^DOE/JANE^29021010000000000000?",
                ),
            ],
            &[
                ";4000001234567899=29021010000000000000?",
                "swipe: ;4000001234567898=29021010000000000000?",
                "stripe: ;4000001234567899",
                "mag: %B",
            ],
        ),
];

/// Three digits, or four on American Express; none is issued with zeros alone.
fn code(value: &Compact<'_>) -> Option<Support> {
    let issued = value.characters.iter().any(|digit| *digit != b'0');
    issued.then(|| Support::shape(Alone::Never))?
}
