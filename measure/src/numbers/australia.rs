//! Numbers of Australian practices.

use super::checks::{digits, weighted, with_luhn};
use super::{grouped, until};
use crate::marked::Marked;
use crate::random::Random;

/// The first nine digits of a Medicare number; the last checks those before.
pub(crate) fn medicare_stem(random: &mut Random) -> String {
    let stem = format!("{}{}", random.between(2, 6), random.like("9999999"));
    let check = weighted(&stem, &[1, 3, 7, 9, 1, 3, 7, 9]) % 10;
    format!("{stem}{check}")
}

/// A Medicare number, with the card holder's own number behind it at times.
pub(crate) fn medicare(random: &mut Random) -> Marked {
    let number = format!("{}{}", medicare_stem(random), random.between(1, 9));
    let written = grouped(random, &number, &[4, 5, 1], &[" ", " ", " ", "-", ""]);
    let holder = if random.chance(25) {
        format!("{}{}", random.pick(&["/", " / ", "-"]), random.between(1, 9))
    } else {
        String::new()
    };
    Marked::of_reach("AUSTRALIA_MEDICARE_NUMBER", "", written, &holder)
}

fn healthcare_identifier(random: &mut Random, prefix: &str) -> String {
    let payload = format!("{prefix}{}", random.like("999999999"));
    grouped(random, &with_luhn(&payload), &[4, 4, 4, 4], &[" ", "", ""])
}

pub(crate) fn ihi(random: &mut Random) -> String {
    healthcare_identifier(random, "800360")
}

pub(crate) fn hpi_i(random: &mut Random) -> String {
    healthcare_identifier(random, "800361")
}

pub(crate) fn hpi_o(random: &mut Random) -> String {
    healthcare_identifier(random, "800362")
}

/// State, war code and number, eight characters in all.
pub(crate) fn dva(random: &mut Random) -> String {
    let state = random.pick(&["N", "V", "Q", "W", "S", "T"]);
    let war_code = random.pick(&["X", "P", "SM", "SS", "KM", "GW", "SRD"]);
    format!("{state}{war_code}{}", random.of(b"0123456789", 7 - war_code.len()))
}

/// Stem, location and check letter (the weights 3, 5, 8, 4, 2, 1 and 6).
pub(crate) fn provider(random: &mut Random) -> String {
    const LOCATIONS: &[u8] = b"0123456789ABCDEFGHJKLMNPQRTUVWXY";
    let stem = random.like("199999");
    let location = random.index(LOCATIONS.len());
    let sum = weighted(&stem, &[3, 5, 8, 4, 2, 1]) + 6 * u32::try_from(location).unwrap_or(0);
    let check = b"YXWTLKJHFBA"[(sum % 11) as usize];
    format!("{stem}{}{}", char::from(LOCATIONS[location]), char::from(check))
}

pub(crate) fn prescriber(random: &mut Random) -> String {
    let stem = random.like("199999");
    format!("{stem}{}", weighted(&stem, &[1, 3, 7, 9, 1, 3]) % 10)
}

pub(crate) fn authority(random: &mut Random) -> String {
    random.like("19999999")
}

/// Codes as the schedule prints them; the letters are those of the codes, whose rule is not public.
pub(crate) fn pbs_item(random: &mut Random) -> String {
    random.pick(&["2622B", "8254K", "10001J", "1889K", "2013Y", "8700X", "1215Y", "3130L", "9042E"]).to_owned()
}

pub(crate) fn ahpra(random: &mut Random) -> String {
    let profession = random.pick(&["MED", "NMW", "PHA", "DEN", "PSY", "PHY", "OPT"]);
    format!("{profession}000{}", random.like("1999999"))
}

/// A Centrelink reference: nine digits and a letter. The rule of the letter is not public.
pub(crate) fn centrelink(random: &mut Random) -> String {
    let number = random.like("199999999");
    let letter = random.of(b"ABCHJKLSTVX", 1);
    format!("{}{letter}", grouped(random, &number, &[3, 3, 3], &[" ", " ", ""]))
}

pub(crate) fn passport(random: &mut Random) -> String {
    let pattern = random.pick(&["N9999999", "PA9999999", "RA9999999", "PB9999999"]);
    // The letters are fixed; only the digits vary.
    let (letters, figures) = pattern.split_at(pattern.len() - 7);
    format!("{letters}{}", random.like(figures))
}

/// An Australian Business Number: the two leading digits follow from the nine behind them.
pub(crate) fn abn(random: &mut Random) -> String {
    let number = until(random, |random| {
        let number = random.like("19999999999");
        let mut figures = digits(&number);
        figures[0] -= 1;
        let weights = [10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19];
        let sum: u32 = figures.iter().zip(weights).map(|(digit, weight)| digit * weight).sum();
        sum.is_multiple_of(89).then_some(number)
    });
    grouped(random, &number, &[2, 3, 3, 3], &[" ", " ", ""])
}

pub(crate) fn tax_file(random: &mut Random) -> String {
    let number = until(random, |random| {
        let number = random.like("199999999");
        weighted(&number, &[1, 4, 3, 7, 5, 8, 6, 9, 10]).is_multiple_of(11).then_some(number)
    });
    grouped(random, &number, &[3, 3, 3], &[" ", " ", "-", ""])
}

/// BSB and account as one value.
pub(crate) fn bank(random: &mut Random) -> String {
    let pattern = random.pick(&["99-999 99999999", "99-999 999999999", "99-999 999999"]);
    format!("{}{}", random.pick(&["0", "1", "7", "3"]), random.like(pattern))
}

pub(crate) fn drivers_licence(random: &mut Random) -> String {
    let pattern = random.pick(&["19999999", "199999999", "0199999999"]);
    random.like(pattern)
}

/// Numbers that are kept for fiction, in the ways they are written.
pub(crate) fn phone(random: &mut Random) -> String {
    let mobile = format!("0491 570 {}", random.between(156, 159));
    let land = format!(
        "({}) {} {}",
        random.pick(&["02", "03", "07", "08"]),
        random.pick(&["5550", "7010"]),
        random.like("9999")
    );
    let bare = land.replace(['(', ')'], "");
    let abroad = format!(
        "+61 {} {} {}",
        random.pick(&["2", "3", "7", "8"]),
        random.pick(&["5550", "7010"]),
        random.like("9999")
    );
    let mobile_abroad = format!("+61 491 570 {}", random.between(156, 159));
    let free = format!("1800 975 {}", random.between(707, 719));
    let packed = mobile.replace(' ', "");
    random.choose(&[mobile, land, bare, abroad, mobile_abroad, free, packed]).clone()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn made_numbers_have_their_length() {
        let random = &mut Random::new(3);
        for _ in 0..100 {
            assert_eq!(dva(random).len(), 8);
            assert_eq!(provider(random).len(), 8);
            assert_eq!(digits(&abn(random)).len(), 11);
            assert!((12..=15).contains(&digits(&bank(random)).len()));
        }
    }
}
