//! Numbers of the United States' practices.

use super::checks::{luhn, weighted};
use super::{grouped, until};
use crate::random::Random;

/// Letters of a Medicare number: without S, L, O, I, B and Z.
const MBI_LETTERS: &[u8] = b"ACDEFGHJKMNPQRTUVWXY";

pub(crate) fn social_security(random: &mut Random) -> String {
    let area = until(random, |random| Some(random.between(1, 899)).filter(|area| *area != 666));
    let number = format!("{area:03}{:02}{:04}", random.between(1, 99), random.between(1, 9999));
    grouped(random, &number, &[3, 2, 4], &["-", "-", "-", " ", ""])
}

pub(crate) fn individual_taxpayer(random: &mut Random) -> String {
    let group = *random.choose(&[50, 58, 65, 70, 78, 88, 90, 92, 94, 99]);
    format!("9{}-{group}-{}", random.like("99"), random.like("9999"))
}

pub(crate) fn medicare(random: &mut Random) -> String {
    let letters = |random: &mut Random, count| random.of(MBI_LETTERS, count);
    let either = |random: &mut Random| random.of(b"0123456789ACDEFGHJKMNPQRTUVWXY", 1);
    let number = [
        random.like("1"),
        letters(random, 1),
        either(random),
        random.like("9"),
        letters(random, 1),
        either(random),
        random.like("9"),
        letters(random, 2),
        random.like("99"),
    ]
    .concat();
    grouped(random, &number, &[4, 3, 4], &["-", "-", ""])
}

pub(crate) fn claim(random: &mut Random) -> String {
    format!("{}{}", social_security(random).replace(' ', "-"), random.pick(&["A", "B", "D", "T", "B2", "C1"]))
}

/// The tenth digit: Luhn's over 80840 and the nine before.
pub(crate) fn provider(random: &mut Random) -> String {
    let stem = format!("{}{}", random.pick(&["1", "2"]), random.like("99999999"));
    let check = luhn(&format!("80840{stem}"));
    format!("{stem}{check}")
}

/// The last digit of a registration with the Drug Enforcement Administration.
fn dea_check(stem: &str) -> u32 {
    weighted(stem, &[1, 2, 1, 2, 1, 2]) % 10
}

pub(crate) fn dea(random: &mut Random) -> String {
    let stem = random.like("999999");
    let letters = format!("{}{}", random.of(b"ABFGM", 1), random.like("A"));
    format!("{letters}{stem}{}", dea_check(&stem))
}

pub(crate) fn procedure(random: &mut Random) -> String {
    random.pick(&["J1885", "G0439", "99213", "99214", "90471", "A4253", "93000", "J3420"]).to_owned()
}

pub(crate) fn drug_code(random: &mut Random) -> String {
    let pattern = random.pick(&["9999-9999-99", "99999-999-99", "99999-9999-9", "09999-9999-99"]);
    random.like(pattern)
}

/// A device by GS1: item number with its check digit, and perhaps expiry and lot.
pub(crate) fn device(random: &mut Random) -> String {
    let stem = format!("0{}", random.like("099999999999"));
    let sum = weighted(&stem, &[3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3]);
    let item = format!("(01){stem}{}", (10 - sum % 10) % 10);
    if random.chance(50) { item } else { format!("{item}(17)271130(10){}", random.like("A9999")) }
}

pub(crate) fn drivers_license(random: &mut Random) -> String {
    let pattern = random.pick(&["A9999999", "A99999999999", "A999999999999", "19999999"]);
    random.like(pattern)
}

pub(crate) fn passport(random: &mut Random) -> String {
    let pattern = random.pick(&["A19999999", "199999999"]);
    random.like(pattern)
}

pub(crate) fn medicaid(random: &mut Random) -> String {
    let pattern = random.pick(&["AA99999A", "1999999999", "19999999999", "A19999999"]);
    random.like(pattern)
}

pub(crate) fn member(random: &mut Random) -> String {
    let pattern = random.pick(&["AAA199999999", "W199999999", "199999999", "H19999999"]);
    random.like(pattern)
}

pub(crate) fn license(random: &mut Random) -> String {
    let pattern = random.pick(&["MD199999", "A199999", "ME19999"]);
    let digits = pattern.trim_start_matches(|character: char| character.is_ascii_uppercase());
    format!("{}{}", &pattern[..pattern.len() - digits.len()], random.like(digits))
}

pub(crate) fn pharmacy(random: &mut Random) -> String {
    random.like("1999999")
}

/// The check by the weights 3, 7, 1 (American Bankers Association).
pub(crate) fn routing(random: &mut Random) -> String {
    until(random, |random| {
        let number = format!("{:02}{}", random.between(1, 12), random.like("9999999"));
        weighted(&number, &[3, 7, 1, 3, 7, 1, 3, 7, 1]).is_multiple_of(10).then_some(number)
    })
}

pub(crate) fn account(random: &mut Random) -> String {
    let pattern = random.pick(&["1999999999", "000199999999", "199999999999"]);
    random.like(&pattern.replace('0', "9"))
}

/// Numbers that are kept for fiction: 555-0100 to 555-0199.
pub(crate) fn phone(random: &mut Random) -> String {
    let area = random.pick(&["425", "206", "312", "617", "415", "303", "416", "604", "902"]);
    let line = format!("01{}", random.like("99"));
    match random.between(0, 4) {
        0 => format!("({area}) 555-{line}"),
        1 => format!("{area}-555-{line}"),
        2 => format!("{area}.555.{line}"),
        3 => format!("+1 {area} 555 {line}"),
        _ => format!("+1-{area}-555-{line}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_examples_hold() {
        assert_eq!(dea_check("123456"), 3);
        assert_eq!(luhn("80840199999998"), 4);
        assert_eq!(weighted("111000025", &[3, 7, 1, 3, 7, 1, 3, 7, 1]) % 10, 0);
    }
}
