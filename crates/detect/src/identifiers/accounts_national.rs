//! Bank accounts of countries in which, behind a keyword, the national number is written without its IBAN.

use pillbox_model::Category;

use super::entry::{entry, number};
use super::{HIGH, finds};
use crate::identifier::{Alone, Compact, Finder, Groups, Identifier, National, Support};
use crate::validators::{ccc, cin, rib};
use crate::values::account;

pub(super) const IDENTIFIERS: &[Identifier] = &[
    entry("FRANCE_BANK_ACCOUNT_NUMBER", "Bank account, France", "France", HIGH)
        .of(Category::FinancialInformation)
        .near_to(&[
            "account number",
            "account no",
            "bban",
            "iban",
            "code bancaire",
            "compte bancaire",
            "numéro de compte",
            "numero de compte",
            "rib",
            "relevé d'identité bancaire",
            "n° de compte",
        ])
        .showing(4)
        .read_by(Finder::Iban(
            "FR",
            "10n 11c 2n",
            Some(National::Groups(Groups {
                layouts: &["99999 99999 99999999999 99", "99999999999999999999999", "XXXXXXXXXXXXXXXXXXXXXXX"],
                separators: b" -",
                prove: french,
            })),
        ))
        .known_from("ISO 13616-1; SWIFT IBAN registry release 101; CFONB")
        .proved_by(
            &[
                finds("FR7694459742516399191938592", "FR7694459742516399191938592"),
                finds("IBAN: FR76 9445 9742 5163 9919 1938 592.", "FR76 9445 9742 5163 9919 1938 592"),
                finds("RIB : 20041010050500013M02606", "20041010050500013M02606"),
                finds("Numéro de compte 30004 00003 01234567890 03", "30004 00003 01234567890 03"),
            ],
            &[
                "FR7794459742516399191938592",
                "RIB : 20041010050500013M02607",
                "20041010050500013M02606",
                "xFR7694459742516399191938592",
            ],
        ),
    entry("GERMANY_BANK_ACCOUNT_NUMBER", "Bank account, Germany", "Germany", HIGH)
        .of(Category::FinancialInformation)
        .near_to(&[
            "account number",
            "account no",
            "bban",
            "iban",
            "bankleitzahl",
            "blz",
            "kontonummer",
            "konto nr",
            "konto",
            "kreditkartennummer",
            "sepa",
            "bankverbindung",
        ])
        .showing(4)
        .read_by(Finder::Iban(
            "DE",
            "18n",
            Some(National::Groups(Groups {
                layouts: &["99999999 9999999999", "999999999999999999", "999 999 99 9999999999", "99999999/9999999999"],
                separators: b" ",
                prove: german,
            })),
        ))
        .known_from("ISO 13616-1; SWIFT IBAN registry release 101; Deutsche Bundesbank")
        .proved_by(
            &[
                finds("DE41003076063270655843", "DE41003076063270655843"),
                finds("IBAN: DE41 0030 7606 3270 6558 43", "DE41 0030 7606 3270 6558 43"),
                finds("Kontonummer: 37040044 0532013000", "37040044 0532013000"),
                finds("BBAN 370400440532013000", "370400440532013000"),
            ],
            &[
                "DE42003076063270655843",
                "370400440532013000",
                "Kontonummer: 37040044 053201",
                "Bestellung: 370400440532013000",
            ],
        ),
    entry("ITALY_BANK_ACCOUNT_NUMBER", "Bank account, Italy", "Italy", HIGH)
        .of(Category::FinancialInformation)
        .near_to(&[
            "account number",
            "account no",
            "bban",
            "iban",
            "conto bancario",
            "numero di conto",
            "numero conto",
            "conto corrente",
            "coordinate bancarie",
            "codice bancario",
        ])
        .showing(4)
        .read_by(Finder::Iban(
            "IT",
            "1a 10n 12c",
            Some(National::Groups(Groups {
                layouts: &["XXXXXXXXXXXXXXXXXXXXXXX", "A 99999 99999 999999999999", "A/99999/99999/999999999999"],
                separators: b" ",
                prove: italian,
            })),
        ))
        .known_from("ISO 13616-1; SWIFT IBAN registry release 101; ABI")
        .proved_by(
            &[
                finds("IT05F6460839680087747607395", "IT05F6460839680087747607395"),
                finds("Conto corrente: X0542811101000000123456", "X0542811101000000123456"),
                finds("BBAN X 05428 11101 000000123456", "X 05428 11101 000000123456"),
            ],
            &[
                "IT06F6460839680087747607395",
                "X0542811101000000123456",
                "BBAN: Y0542811101000000123456",
                "Ordine: X0542811101000000123456",
            ],
        ),
    entry("SPAIN_BANK_ACCOUNT_NUMBER", "Bank account, Spain", "Spain", HIGH)
        .of(Category::FinancialInformation)
        .near_to(&[
            "account number",
            "account no",
            "bban",
            "iban",
            "cuenta bancaria",
            "número de cuenta",
            "numero de cuenta",
            "ccc",
            "código cuenta cliente",
            "codigo cuenta cliente",
            "cuenta corriente",
            "cuenta",
        ])
        .showing(4)
        .read_by(Finder::Iban(
            "ES",
            "20n",
            Some(National::Groups(Groups {
                layouts: &["9999 9999 99 9999999999", "99999999999999999999", "9999 9999 9999 9999 9999"],
                separators: b" -",
                prove: spanish,
            })),
        ))
        .known_from("ISO 13616-1; SWIFT IBAN registry release 101; Consejo Superior Bancario")
        .proved_by(
            &[
                finds("ES5050624814960632828921", "ES5050624814960632828921"),
                finds("Número de cuenta: 2100 0418 45 0200051332", "2100 0418 45 0200051332"),
                finds("CCC 21000418450200051332", "21000418450200051332"),
            ],
            &[
                "ES5150624814960632828921",
                "21000418450200051332",
                "CCC: 21000418450200051333",
                "Pedido: 21000418450200051332",
            ],
        ),
    entry("UK_BANK_ACCOUNT_NUMBER", "Bank account, UK", "UK", HIGH)
        .of(Category::FinancialInformation)
        .near_to(&[
            "account number",
            "account no",
            "bban",
            "iban",
            "sort code",
            "sort code and account",
            "sort code and account number",
            "bank account number",
            "bank account no",
            "account details",
            "bank details",
            "bank account",
            "bacs",
        ])
        .showing(4)
        .read_by(Finder::Iban("GB", "4a 14n", Some(National::Beside(account::british))))
        .known_from("ISO 13616-1; SWIFT IBAN registry release 101; Pay.UK, sort codes")
        .proved_by(
            &[
                finds("GB42DLEB93005856898955", "GB42DLEB93005856898955"),
                finds("Account number: DLEB93005856898955", "DLEB93005856898955"),
                finds("Sort code and account: 20-00-00 55779911", "20-00-00 55779911"),
                finds("Bank account number ......: 20-00-00 55779911", "20-00-00 55779911"),
                finds("Sort code: 20-00-00  Account number: 55779911", "20-00-00  Account number: 55779911"),
                finds("Account no. 55779911, sort code 200000", "55779911, sort code 200000"),
            ],
            &["GB43DLEB93005856898955", "20-00-00 55779911", "Account number: 20-00-00", "Order: DLEB93005856898955"],
        ),
];

fn french(value: &Compact<'_>) -> Option<Support> {
    Support::checked(rib(value.characters), Alone::Never)
}

/// Bank code (not from 0) and account; the check digits follow more than a hundred rules.
fn german(value: &Compact<'_>) -> Option<Support> {
    if matches!(value.characters[0], b'1'..=b'8') { number(value) } else { None }
}

fn italian(value: &Compact<'_>) -> Option<Support> {
    Support::checked(cin(value.characters), Alone::Never)
}

fn spanish(value: &Compact<'_>) -> Option<Support> {
    Support::checked(ccc(value.characters), Alone::Never)
}
