//! Numbers of New Zealand's practices.

use super::checks::{letter_24, letter_of_24, weighted};
use super::{grouped, until};
use crate::random::Random;

/// Letters without I and O.
const LETTERS: &[u8] = b"ABCDEFGHJKLMNPQRSTUVWXYZ";

/// Σ value × weight with the weights 7 to 2; letters count by [`letter_24`].
fn sum(stem: &str) -> u32 {
    let value = |byte: u8| if byte.is_ascii_digit() { u32::from(byte - b'0') } else { letter_24(byte) };
    stem.bytes().zip([7, 6, 5, 4, 3, 2]).map(|(byte, weight)| value(byte) * weight).sum()
}

/// The check digit of three letters and three digits (HISO 10046); `None` where none is issued.
fn nhi_check(stem: &str) -> Option<u32> {
    match sum(stem) % 11 {
        0 => None,
        remainder => Some((11 - remainder) % 10),
    }
}

/// The check letter of three letters, two digits and a letter (HISO 10046:2023).
fn new_nhi_check(stem: &str) -> char {
    letter_of_24(23 - sum(stem) % 23)
}

pub(crate) fn nhi(random: &mut Random) -> String {
    until(random, |random| {
        let stem = format!("{}{}", random.of(LETTERS, 3), random.like("999"));
        nhi_check(&stem).map(|check| format!("{stem}{check}"))
    })
}

pub(crate) fn new_nhi(random: &mut Random) -> String {
    let stem = format!("{}{}{}", random.of(LETTERS, 3), random.like("99"), random.of(LETTERS, 1));
    format!("{stem}{}", new_nhi_check(&stem))
}

/// A practitioner's number; the rule of its check character could not be established.
pub(crate) fn practitioner(random: &mut Random) -> String {
    format!("{}{}", random.like("99"), random.of(LETTERS, 4))
}

fn place(random: &mut Random, first: char) -> String {
    until(random, |random| {
        let stem = format!("{first}{}{}", random.of(b"0123456789ABCDEFGHJKLMNPQRSTUVWXYZ", 2), random.like("999"));
        let remainder = sum(&stem) % 11;
        (remainder > 0).then(|| format!("{stem}-{}", letter_of_24(remainder)))
    })
}

pub(crate) fn facility(random: &mut Random) -> String {
    place(random, 'F')
}

pub(crate) fn organisation(random: &mut Random) -> String {
    place(random, 'G')
}

pub(crate) fn medical_council(random: &mut Random) -> String {
    let pattern = random.pick(&["19999", "199999"]);
    random.like(pattern)
}

/// The check digit behind eight digits (Inland Revenue's specification, section on validation).
fn ird_check(stem: &str) -> Option<u32> {
    let check = |weights: &[u32]| (11 - weighted(stem, weights) % 11) % 11;
    match check(&[3, 2, 7, 6, 5, 4, 3, 2]) {
        10 => Some(check(&[7, 4, 3, 2, 5, 2, 7, 6])).filter(|second| *second < 10),
        first => Some(first),
    }
}

pub(crate) fn ird(random: &mut Random) -> String {
    let number = until(random, |random| {
        // From 10,000,000 to 150,000,000 are issued.
        let stem = if random.chance(50) { random.like("01999999") } else { format!("1{}", random.like("0999999")) };
        let first = stem.strip_prefix('0').unwrap_or(&stem);
        ird_check(&stem).map(|check| format!("{first}{check}"))
    });
    if number.len() == 9 {
        grouped(random, &number, &[3, 3, 3], &["-", "-", " ", ""])
    } else {
        grouped(random, &number, &[2, 3, 3], &["-", "-", " ", ""])
    }
}

/// Bank, branch, account, suffix; the account's check by algorithm A of the banks' standard.
pub(crate) fn bank(random: &mut Random) -> String {
    let (bank, branch, account) = until(random, |random| {
        let bank = *random.choose(&["01", "02", "03"]);
        let branch = format!("0{}", random.like("199"));
        let account = format!("0{}", random.like("199999"));
        let valid = (weighted(&branch, &[6, 3, 7, 9]) + weighted(&account, &[0, 10, 5, 8, 4, 2, 1])).is_multiple_of(11);
        valid.then_some((bank, branch, account))
    });
    let suffix = random.pick(&["00", "01", "25", "000", "002"]);
    let separator = random.pick(&["-", "-", " "]);
    [bank, &branch, &account, suffix].join(separator)
}

pub(crate) fn drivers_licence(random: &mut Random) -> String {
    random.like("AA999999")
}

pub(crate) fn passport(random: &mut Random) -> String {
    format!("{}{}", random.pick(&["LA", "LH", "LK", "RA"]), random.like("199999"))
}

pub(crate) fn acc_claim(random: &mut Random) -> String {
    format!("{}{}", random.of(LETTERS, 2), random.like("99999"))
}

pub(crate) fn phone(random: &mut Random) -> String {
    let area = random.pick(&["3", "4", "6", "7", "9"]);
    let local = format!("{}{}", random.between(2, 9), random.like("99 9999"));
    let mobile = random.pick(&["21", "22", "27"]);
    let rest = random.like("199 9999");
    match random.between(0, 3) {
        0 => format!("0{area} {local}"),
        1 => format!("+64 {area} {local}"),
        2 => format!("0{mobile} {rest}"),
        _ => format!("+64 {mobile} {rest}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_examples_hold() {
        assert_eq!(nhi_check("ZAC536"), Some(1));
        assert_eq!(new_nhi_check("ZBN77V"), 'L');
        assert_eq!(ird_check("04909185"), Some(0));
        assert_eq!(letter_of_24(sum("FZZ999") % 11), 'B');
        assert_eq!(letter_of_24(sum("G00001") % 11), 'G');
    }
}
