//! Check digits of the numbers that people and doctors have in Europe.

use super::calendar::{is_day, is_day_of_a_century, pairs};
use super::{digits, weighted_sum};

/// Netherlands' citizen service number of nine digits: weights 9 to 2 and -1, a multiple of 11.
pub(crate) fn burgerservicenummer(characters: &[u8]) -> bool {
    digits(characters).is_some_and(|digits| {
        digits.len() == 9
            && digits.iter().any(|digit| *digit != digits[0])
            && weighted_sum(&digits, &[9, 8, 7, 6, 5, 4, 3, 2]) % 11 == digits[8]
    })
}

/// Belgium's national number of 11 digits: date of birth, serial, and 97 less the first nine digits modulo 97, with a
/// 2 in front of them since 2000 (IBZ, information type 000). In numbers of the bis register the month is 20 or 40 more.
/// Month and day are 0 where the date of birth is not known.
pub(crate) fn belgian_national_number(characters: &[u8]) -> bool {
    let Some(digits) = digits(characters).filter(|digits| digits.len() == 11) else { return false };
    let Some((year, month, day)) = pairs(&digits) else { return false };
    let month = month % 20;
    let number = digits[..9].iter().fold(0u64, |number, digit| number * 10 + u64::from(*digit));
    let check = u64::from(digits[9] * 10 + digits[10]);
    [(1900, 0), (2000, 2_000_000_000)].into_iter().any(|(century, lead)| {
        (is_day(century + year, month, day) || (month == 0 && day == 0)) && 97 - (lead + number) % 97 == check
    }) && number > 0
}

/// Ireland's PPS number: seven digits, the letter of the weighted sum modulo 23, and perhaps a second letter, which
/// counts nine times when it is one of those issued since 2013 (Revenue, PPSN check digit).
pub(crate) fn pps_number(characters: &[u8]) -> bool {
    const LETTERS: &[u8; 23] = b"WABCDEFGHIJKLMNOPQRSTUV";
    let Some((number, letters)) = characters.split_at_checked(7) else { return false };
    let Some(digits) = digits(number).filter(|digits| digits.iter().any(|digit| *digit != 0)) else { return false };
    let second = match letters.get(1).map(u8::to_ascii_uppercase) {
        None | Some(b'W' | b'T' | b'X') => 0,
        Some(letter @ (b'A' | b'B' | b'H')) => u32::from(letter - b'A') + 1,
        Some(_) => return false,
    };
    let remainder = (weighted_sum(&digits, &[8, 7, 6, 5, 4, 3, 2]) + 9 * second) % 23;
    letters.first().is_some_and(|check| LETTERS[remainder as usize] == check.to_ascii_uppercase()) && letters.len() <= 2
}

/// Austria's social insurance number of ten digits: serial, check digit, and the day of birth as day, month and year;
/// months 13 to 15 stand for days that ran out (Dachverband der Sozialversicherungsträger).
pub(crate) fn austrian_insurance_number(characters: &[u8]) -> bool {
    let Some(digits) = digits(characters).filter(|digits| digits.len() == 10) else { return false };
    let Some((day, month, year)) = pairs(&digits[4..]) else { return false };
    let dated = is_day_of_a_century(year, month, day) || (matches!(month, 13..=15) && (1..=31).contains(&day));
    digits[0] != 0 && dated && weighted_sum(&digits, &[3, 7, 9, 0, 5, 8, 4, 2, 1, 6]) % 11 == digits[3]
}

/// Denmark's personal identification number of ten digits: day, month and year of birth, whose century the seventh
/// digit tells. The check digit is not kept since 2007 (CPR-kontoret).
pub(crate) fn danish_personal_number(characters: &[u8]) -> bool {
    let Some(digits) = digits(characters).filter(|digits| digits.len() == 10) else { return false };
    let Some((day, month, year)) = pairs(&digits) else { return false };
    let century = match (digits[6], year) {
        (5..=8, 58..) => 1800,
        (0..=3, _) | (4 | 9, 37..) => 1900,
        _ => 2000,
    };
    is_day(century + year, month, day) && digits[6..].iter().any(|digit| *digit != 0)
}

/// Norway's national identity number of 11 digits: day (and 40 for a D number), month (and 40 or 65 in numbers of
/// health services and of tests) and year of birth, three digits, and two check digits modulo 11 (Skatteetaten).
pub(crate) fn norwegian_identity_number(characters: &[u8]) -> bool {
    let Some(digits) = digits(characters).filter(|digits| digits.len() == 11) else { return false };
    let Some((day, month, year)) = pairs(&digits) else { return false };
    let day = if day > 40 { day - 40 } else { day };
    let month = match month {
        66.. => month - 65,
        41.. => month - 40,
        _ => month,
    };
    let check = |weights: &[u32]| (11 - weighted_sum(&digits, weights) % 11) % 11;
    is_day_of_a_century(year, month, day)
        && check(&[3, 7, 6, 1, 8, 9, 4, 5, 2]) == digits[9]
        && check(&[5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) == digits[10]
}

/// Poland's PESEL of 11 digits: year, month (and 20, 40, 60 or 80 for other centuries than the 20th) and day of birth,
/// four digits and a check digit.
pub(crate) fn pesel(characters: &[u8]) -> bool {
    let Some(digits) = digits(characters).filter(|digits| digits.len() == 11) else { return false };
    let Some((year, month, day)) = pairs(&digits) else { return false };
    let century = match month / 20 {
        0 => 1900,
        1 => 2000,
        2 => 2100,
        3 => 2200,
        _ => 1800,
    };
    is_day(century + year, month % 20, day)
        && (10 - weighted_sum(&digits, &[1, 3, 7, 9, 1, 3, 7, 9, 1, 3]) % 10) % 10 == digits[10]
}

/// Germany's health insurance number: a letter, eight digits and a check digit, over the letter's place in the alphabet
/// as two digits with weights 1 and 2 (SGB V, section 290, annex to the directive).
pub(crate) fn german_insurance_number(characters: &[u8]) -> bool {
    let [letter, number @ ..] = characters else { return false };
    let Some(number) = digits(number).filter(|number| number.len() == 9) else { return false };
    if !letter.is_ascii_alphabetic() {
        return false;
    }
    let place = u32::from(letter.to_ascii_uppercase() - b'A') + 1;
    let sum: u32 = [place / 10, place % 10]
        .iter()
        .chain(&number[..8])
        .zip([1, 2].iter().cycle())
        .map(|(digit, weight)| digit * weight)
        .map(|product| product / 10 + product % 10)
        .sum();
    sum % 10 == number[8] && number.iter().any(|digit| *digit != number[0])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_numbers_hold() {
        assert!(burgerservicenummer(b"111222333") && !burgerservicenummer(b"111252333"));
        assert!(!burgerservicenummer(b"000000000"));
        assert!(belgian_national_number(b"85073003328") && !belgian_national_number(b"85073003329"));
        assert!(belgian_national_number(b"17073003384") && !belgian_national_number(b"85133003328"));
        for valid in ["1234567FA", "6433435F", "6433435OA", "1234567T", "1234567TW", "6433435IH"] {
            assert!(pps_number(valid.as_bytes()), "{valid}");
        }
        assert!(!pps_number(b"6433435E") && !pps_number(b"6433435VH") && !pps_number(b"1234567"));
        assert!(austrian_insurance_number(b"1237010180") && austrian_insurance_number(b"1018310861"));
        assert!(!austrian_insurance_number(b"2237010180") && !austrian_insurance_number(b"1237320180"));
        assert!(danish_personal_number(b"2110625629") && !danish_personal_number(b"3202625629"));
        assert!(norwegian_identity_number(b"15108695088") && norwegian_identity_number(b"01019000083"));
        assert!(!norwegian_identity_number(b"15108695077") && !norwegian_identity_number(b"32108695088"));
        assert!(pesel(b"44051401359") && pesel(b"02271512341") && !pesel(b"99022912347") && !pesel(b"44051401358"));
        assert!(german_insurance_number(b"A000500015") && german_insurance_number(b"T123456780"));
        assert!(!german_insurance_number(b"A000500016"));
    }
}
