//! Numbers of the United Kingdom's practices.

use super::checks::{mod_37_2, weighted};
use super::{grouped, until};
use crate::random::Random;

/// The check digit behind nine digits (NHS Data Dictionary); `None` where none is issued.
fn mod_11(stem: &str) -> Option<u32> {
    match 11 - weighted(stem, &[10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11 {
        10 => None,
        11 => Some(0),
        check => Some(check),
    }
}

pub(crate) fn nhs(random: &mut Random) -> String {
    let number = until(random, |random| {
        let stem = format!("{}{}", random.pick(&["4", "6", "7", "9"]), random.like("99999999"));
        mod_11(&stem).map(|check| format!("{stem}{check}"))
    });
    grouped(random, &number, &[3, 3, 4], &[" ", " ", "-", ""])
}

/// Birth date, two digits of order, one of sex, one of check.
pub(crate) fn chi(random: &mut Random) -> String {
    let number = until(random, |random| {
        let date = format!("{:02}{:02}{:02}", random.between(1, 28), random.between(1, 12), random.between(20, 99));
        let stem = format!("{date}{}", random.like("999"));
        mod_11(&stem).map(|check| format!("{stem}{check}"))
    });
    grouped(random, &number, &[6, 4], &[" ", ""])
}

pub(crate) fn national_insurance(random: &mut Random) -> String {
    let prefix = random.pick(&["AB", "CE", "HJ", "JK", "LM", "PS", "RW", "SX", "YT", "WP"]);
    let number = format!("{prefix}{}{}", random.like("999999"), random.of(b"ABCD", 1));
    if random.chance(50) {
        number
    } else {
        [&number[..2], &number[2..4], &number[4..6], &number[6..8], &number[8..]].join(" ")
    }
}

pub(crate) fn gmc(random: &mut Random) -> String {
    format!("{}{}", random.pick(&["4", "6", "7"]), random.like("999999"))
}

pub(crate) fn nmc(random: &mut Random) -> String {
    format!(
        "{:02}{}{}{}",
        random.between(0, 24),
        random.of(b"ABCDEFGHI", 1),
        random.like("9999"),
        random.of(b"ESWNCO", 1)
    )
}

pub(crate) fn gphc(random: &mut Random) -> String {
    format!("2{}", random.like("099999"))
}

/// A taxpayer's reference: the first digit checks the other nine.
pub(crate) fn taxpayer(random: &mut Random) -> String {
    let rest = random.like("199999999");
    let check = b"21987654321"[(weighted(&rest, &[6, 7, 8, 9, 10, 5, 4, 3, 2]) % 11) as usize];
    let number = format!("{}{rest}", char::from(check));
    grouped(random, &number, &[5, 5], &["", " "])
}

pub(crate) fn passport(random: &mut Random) -> String {
    random.like("199999999")
}

/// Five letters of the name, decade, month (plus 50 for women), day, year, initials, and what tells twins apart.
pub(crate) fn drivers_licence(random: &mut Random) -> String {
    let surname = random.pick(&["HARPE", "OKAFO", "SINGH", "LLOYD", "MCKEE", "FOX99", "NGUYE", "TUI99"]);
    let month = random.between(1, 12) + if random.chance(50) { 50 } else { 0 };
    let (decade, year) = (random.between(4, 9), random.between(0, 9));
    let day = random.between(1, 28);
    let initials = random.of(b"ABCDEFGHJKLMNPRST", 2);
    format!("{surname}{decade}{month:02}{day:02}{year}{initials}9{}", random.of(b"ABCDEFGHJKLMNPRSTUVWXYZ", 2))
}

pub(crate) fn electoral(random: &mut Random) -> String {
    let pattern = random.pick(&["AA1999", "AA199", "AA1999"]);
    random.like(pattern)
}

/// Sort code and account.
pub(crate) fn bank(random: &mut Random) -> String {
    random.like("19-99-99 99999999")
}

/// Six, six and five characters and one of check, as the short form of an electronic prescription has it.
pub(crate) fn eps(random: &mut Random) -> String {
    until(random, |random| {
        let payload = format!("{}{}{}", random.like("HHHHHH"), random.like("A99999"), random.like("HHHHH"));
        let check = mod_37_2(&payload);
        let number = format!("{payload}{check}");
        (check != '+').then(|| [&number[..6], &number[6..12], &number[12..]].join("-"))
    })
}

pub(crate) fn postcode(random: &mut Random) -> String {
    const LAST: &[u8] = b"ABDEFGHJLNPQRSTUWXYZ";
    let area = random.pick(&["LS", "M", "B", "G", "EH", "CF", "BS", "NE", "BT", "SW", "N", "SE", "NR", "EX"]);
    format!("{area}{} {}{}", random.between(1, 20), random.between(1, 9), random.of(LAST, 2))
}

/// Numbers that Ofcom keeps for drama.
pub(crate) fn phone(random: &mut Random) -> String {
    let end = random.like("999");
    match random.between(0, 5) {
        0 => format!("020 7946 0{end}"),
        1 => format!("01632 960{end}"),
        2 => format!("07700 900{end}"),
        3 => format!("+44 20 7946 0{end}"),
        4 => format!("+44 7700 900{end}"),
        _ => format!("0161 496 0{end}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_examples_hold() {
        assert_eq!(mod_11("999000001"), Some(8));
        assert_eq!(mod_11("010130123"), Some(5));
    }
}
