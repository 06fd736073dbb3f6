//! Numbers and secrets of no country.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};

use super::checks::{iban_check, verhoeff, with_luhn};
use super::{grouped, until};
use crate::random::Random;

const ALPHANUMERIC: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const BASE_64: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// A card's number with its check digit, from the ranges of the larger issuers. The numbers that issuers publish for
/// tests are few among 10^11, and none of them is met.
pub(crate) fn card(random: &mut Random) -> String {
    let (prefix, length, groups) = *random.choose(&[
        ("4", 16, [4, 4, 4, 4]),
        ("4", 16, [4, 4, 4, 4]),
        ("52", 16, [4, 4, 4, 4]),
        ("55", 16, [4, 4, 4, 4]),
        ("6011", 16, [4, 4, 4, 4]),
        ("37", 15, [4, 6, 5, 0]),
    ]);
    let payload = format!("{prefix}{}", random.of(b"0123456789", length - 1 - prefix.len()));
    let groups: Vec<usize> = groups.into_iter().filter(|group| *group > 0).collect();
    grouped(random, &with_luhn(&payload), &groups, &[" ", " ", "-", ""])
}

/// Month and year, in the future of no particular day.
pub(crate) fn card_expiry(random: &mut Random) -> String {
    let (month, year) = (random.between(1, 12), random.between(26, 33));
    if random.chance(70) { format!("{month:02}/{year}") } else { format!("{month:02}/20{year}") }
}

pub(crate) fn security_code(random: &mut Random) -> String {
    random.like("999")
}

/// Track 2 of a card.
pub(crate) fn stripe(random: &mut Random) -> String {
    let number = with_luhn(&format!("4{}", random.like("99999999999999")));
    format!(";{number}={}{:02}101{}?", random.between(26, 33), random.between(1, 12), random.like("9999999999"))
}

/// Countries whose accounts are made: id, code, and the account in the notation of [`Random::like`].
const IBANS: &[(&str, &str, &str)] = &[
    ("UK_BANK_ACCOUNT_NUMBER", "GB", "AAAA99999999999999"),
    ("UK_BANK_ACCOUNT_NUMBER", "GB", "AAAA99999999999999"),
    ("IRELAND_BANK_ACCOUNT_NUMBER", "IE", "AAAA99999999999999"),
    ("GERMANY_BANK_ACCOUNT_NUMBER", "DE", "999999999999999999"),
    ("NETHERLANDS_BANK_ACCOUNT_NUMBER", "NL", "AAAA9999999999"),
    ("SWITZERLAND_BANK_ACCOUNT_NUMBER", "CH", "99999XXXXXXXXXXXX"),
    ("AUSTRIA_BANK_ACCOUNT_NUMBER", "AT", "9999999999999999"),
    ("SWEDEN_BANK_ACCOUNT_NUMBER", "SE", "99999999999999999999"),
    ("DENMARK_BANK_ACCOUNT_NUMBER", "DK", "99999999999999"),
    ("CYPRUS_BANK_ACCOUNT_NUMBER", "CY", "99999999XXXXXXXXXXXXXXXX"),
];

/// An International Bank Account Number and its identifier. Countries whose accounts have check digits of their own
/// inside are few here, since a national check that is not met is no reason not to report an IBAN.
pub(crate) fn iban(random: &mut Random) -> (&'static str, String) {
    let (identifier, country, account) = *random.choose(IBANS);
    // Macie has no identifier for Austria.
    if identifier.starts_with("AUSTRIA") {
        return iban(random);
    }
    let account = random.like(account);
    let number = format!("{country}{:02}{account}", iban_check(country, &account));
    let groups = vec![4; number.len() / 4];
    (identifier, grouped(random, &number, &groups, &[" ", "", ""]))
}

pub(crate) fn record_number(random: &mut Random) -> String {
    let pattern = random.pick(&["0019999", "UR199999", "1999999", "MR0199999", "99-99-99"]);
    match pattern {
        "UR199999" => format!("UR{}", random.like("199999")),
        "MR0199999" => format!("MR0{}", random.like("199999")),
        _ => random.like(pattern),
    }
}

pub(crate) fn prescription_number(random: &mut Random) -> String {
    let number = random.like("19999999");
    if random.chance(50) { number } else { format!("RX-{number}") }
}

pub(crate) fn ip_address(random: &mut Random) -> String {
    match random.between(0, 3) {
        0 => format!("192.0.2.{}", random.between(1, 254)),
        1 => format!("198.51.100.{}", random.between(1, 254)),
        2 => format!("10.{}.{}.{}", random.between(0, 255), random.between(0, 255), random.between(1, 254)),
        _ => format!("2001:db8::{:x}:{:x}", random.between(16, 65_535), random.between(1, 65_535)),
    }
}

pub(crate) fn token_url(random: &mut Random) -> String {
    let secret = random.of(ALPHANUMERIC, 32);
    match random.between(0, 3) {
        0 => format!("https://scripts.example.org/s?token={secret}"),
        1 => format!("https://files.example.com/r/report.pdf?sig={secret}&se=2027-01-01"),
        2 => format!("https://portal.example.org/reset?user=88&token={secret}"),
        _ => format!(
            "https://bucket.s3.example.com/a.txt?X-Amz-Expires=900&X-Amz-Signature={}",
            random.of(b"0123456789abcdef", 64)
        ),
    }
}

pub(crate) fn web_token(random: &mut Random) -> String {
    let encode = |text: &str| URL_SAFE_NO_PAD.encode(text);
    let header = encode(r#"{"alg":"HS256","typ":"JWT"}"#);
    let body = encode(&format!(r#"{{"sub":"{}","iat":17{}}}"#, random.like("199999"), random.like("99999999")));
    format!("{header}.{body}.{}", URL_SAFE_NO_PAD.encode(random.of(ALPHANUMERIC, 32)))
}

pub(crate) fn basic_credentials(random: &mut Random) -> String {
    let user = random.pick(&["frontdesk", "api-user", "labs", "printer"]);
    STANDARD.encode(format!("{user}:{}", random.of(ALPHANUMERIC, 14)))
}

pub(crate) fn cookie(random: &mut Random) -> String {
    random.of(ALPHANUMERIC, 26)
}

/// A secret access key has digits, letters of both cases, and is no word.
pub(crate) fn aws_secret(random: &mut Random) -> String {
    let middle = random.of(BASE_64, 34);
    format!("{}{middle}{}", random.like("A9a"), random.like("a9A"))
}

pub(crate) fn google_key(random: &mut Random) -> String {
    format!("AIza{}", random.of(ALPHANUMERIC, 35))
}

pub(crate) fn stripe_key(random: &mut Random) -> String {
    format!("{}{}", random.pick(&["sk_live_", "sk_test_", "rk_live_"]), random.of(ALPHANUMERIC, 24))
}

pub(crate) fn password(random: &mut Random) -> String {
    format!("{}{}{}", random.of(ALPHANUMERIC, 9), random.pick(&["!", "#", "$", "%"]), random.like("A9a"))
}

/// A private key: `kind` is what stands in its first and last line.
pub(crate) fn private_key(random: &mut Random, kind: &str) -> String {
    let lines: Vec<_> = (0..4).map(|_| random.of(BASE_64, 64)).collect();
    format!("-----BEGIN {kind}-----\n{}\n{}==\n-----END {kind}-----", lines.join("\n"), random.of(BASE_64, 30))
}

pub(crate) fn coordinates(random: &mut Random) -> String {
    format!(
        "{}{}.{}, {}.{}",
        random.pick(&["-", ""]),
        random.between(10, 60),
        random.like("999999"),
        random.between(100, 175),
        random.like("999999")
    )
}

/// A vehicle's number with its check digit at the ninth place (49 CFR 565.15).
pub(crate) fn vehicle(random: &mut Random) -> String {
    const LETTERS: &[u8] = b"ABCDEFGHJKLMNPRSTUVWXYZ";
    const VALUES: &[u32] = &[1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 7, 9, 2, 3, 4, 5, 6, 7, 8, 9];
    const WEIGHTS: [u32; 17] = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];
    let stem =
        format!("1{}{}0{}{}", random.of(LETTERS, 4), random.like("999"), random.of(LETTERS, 2), random.like("199999"));
    let value = |byte: u8| match LETTERS.iter().position(|letter| *letter == byte) {
        Some(place) => VALUES[place],
        None => u32::from(byte - b'0'),
    };
    let check = stem.bytes().zip(WEIGHTS).map(|(byte, weight)| value(byte) * weight).sum::<u32>() % 11;
    let check = if check == 10 { 'X' } else { char::from_digit(check, 10).unwrap_or('0') };
    format!("{}{check}{}", &stem[..8], &stem[9..])
}

/// Token of an electronic prescription.
pub(crate) fn script_token(random: &mut Random) -> String {
    random.of(b"ABCDEFGHJKLMNPQRSTUVWXYZ0123456789", 18)
}

pub(crate) fn diagnosis(random: &mut Random) -> String {
    random.pick(&["E11.9", "I10", "J45.909", "M54.5", "F32.1", "K21.0", "N39.0", "E78.5", "J06.9", "Z23"]).to_owned()
}

/// A concept of the international release: the two digits before the last are 00.
pub(crate) fn concept(random: &mut Random) -> String {
    if random.chance(50) {
        return random.pick(&["73211009", "74400008", "195967001", "22298006", "38341003"]).to_owned();
    }
    let stem = format!("{}00", random.like("199999"));
    format!("{stem}{}", verhoeff(&stem))
}

pub(crate) fn observation(random: &mut Random) -> String {
    let stem = until(random, |random| Some(random.between(600, 59_999).to_string()));
    let number = with_luhn(&stem);
    format!("{stem}-{}", &number[number.len() - 1..])
}

pub(crate) fn substance(random: &mut Random) -> String {
    random.pick(&["A10BA02", "C09AA05", "N02BE01", "J01CA04", "C10AA05", "R03AC02", "A02BC01"]).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_vehicle_number_has_its_check_digit_at_the_ninth_place() {
        let random = &mut Random::new(1);
        for _ in 0..50 {
            assert_eq!(vehicle(random).len(), 17);
        }
    }
}
