//! Numbers of Canadian practices.

use super::checks::{weighted, with_luhn};
use super::{grouped, until};
use crate::marked::Marked;
use crate::random::Random;

pub(crate) fn social_insurance(random: &mut Random) -> String {
    let number = with_luhn(&format!("{}{}", random.pick(&["1", "2", "4", "5", "6", "7", "9"]), random.like("9999999")));
    grouped(random, &number, &[3, 3, 3], &[" ", " ", "-", ""])
}

/// Ontario: ten digits, and a version of one or two letters that may be counted in.
pub(crate) fn ontario(random: &mut Random) -> Marked {
    let number = with_luhn(&random.like("199999999"));
    let written = grouped(random, &number, &[4, 3, 3], &["-", "-", " ", ""]);
    let version = if random.chance(60) {
        format!("{}{}", random.pick(&[" ", "-"]), random.of(b"ABCDEFGHJKMN", 2))
    } else {
        String::new()
    };
    Marked::of_reach("CANADA_ON_HEALTH_CARD", "", written, &version)
}

/// The check digit behind a nine and eight digits (British Columbia); `None` where none is issued.
fn columbia_check(stem: &str) -> Option<u32> {
    Some(11 - weighted(stem, &[2, 4, 8, 5, 10, 9, 7, 3]) % 11).filter(|check| *check < 10)
}

pub(crate) fn british_columbia(random: &mut Random) -> String {
    let number = until(random, |random| {
        let stem = random.like("99999999");
        columbia_check(&stem).map(|check| format!("9{stem}{check}"))
    });
    grouped(random, &number, &[4, 3, 3], &[" ", " ", ""])
}

/// The last digit of a number of the Régie de l'assurance maladie du Québec, by the century of birth.
fn quebec_check(letters: &str, century: u32, digits: &str) -> u32 {
    let code = |letter: u8| u32::from(letter - b'A') + 11 + u32::from(letter >= b'S');
    let text: String = letters.bytes().map(|letter| format!("{:02}", code_of(letter, code))).collect();
    weighted(&format!("{text}{century}{digits}"), &[7, 1, 1, 3, 9, 7, 3, 9, 5, 3, 1, 3, 5, 7, 6, 9, 1]) % 10
}

fn code_of(letter: u8, code: impl Fn(u8) -> u32) -> u32 {
    code(letter)
}

pub(crate) fn quebec(random: &mut Random) -> String {
    let letters = random.like("AAAA");
    let month = random.between(1, 12) + if random.chance(50) { 50 } else { 0 };
    let digits = format!("{:02}{month:02}{:02}{}", random.between(30, 99), random.between(1, 28), random.between(1, 9));
    let check = quebec_check(&letters, 19, &digits);
    grouped(random, &format!("{letters}{digits}{check}"), &[4, 4, 4], &[" ", " ", ""])
}

pub(crate) fn alberta(random: &mut Random) -> String {
    let number = random.like("199999999");
    grouped(random, &number, &[5, 4], &["-", ""])
}

pub(crate) fn nine_digits(random: &mut Random) -> String {
    random.like("199999999")
}

pub(crate) fn drug_number(random: &mut Random) -> String {
    format!("02{}", random.like("999999"))
}

pub(crate) fn passport(random: &mut Random) -> String {
    let pattern = random.pick(&["AA999999", "A999999AA"]);
    random.like(pattern)
}

pub(crate) fn drivers_licence(random: &mut Random) -> String {
    random.like("A9999-99999-99999")
}

pub(crate) fn resident(random: &mut Random) -> String {
    format!("RA{}", random.like("0319999999"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_examples_hold() {
        assert_eq!(columbia_check("00000001"), Some(8));
        assert_eq!(quebec_check("AAAA", 19, "0101011"), 2);
    }
}
