//! Check characters of the numbers that states give to people.

use super::calendar::{is_day_of_a_century, pairs};
use super::{digits, luhn};

/// The letters of Spain's DNI and NIE by the number modulo 23 (Ministerio del Interior).
const DNI_LETTERS: &[u8; 23] = b"TRWAGMYFPDXBNJZSQVHLCKE";
/// The characters of Finland's personal identity code by the number modulo 31 (Digital and Population Data Services).
const HETU_CHARACTERS: &[u8; 31] = b"0123456789ABCDEFHJKLMNPRSTUVWXY";

/// The number of ASCII digits; `None` when a character is none.
fn number(characters: &[u8]) -> Option<u64> {
    characters
        .iter()
        .try_fold(0u64, |number, byte| number.checked_mul(10)?.checked_add(u64::from(char::from(*byte).to_digit(10)?)))
}

/// Whether a year's last two digits, a month and a day, six digits, are in the calendar of some century.
pub(super) fn is_short_date(characters: &[u8]) -> bool {
    let date = digits(characters).and_then(|digits| pairs(&digits));
    date.is_some_and(|(year, month, day)| is_day_of_a_century(year, month, day))
}

fn letter_is(letters: &[u8], place: u64, written: u8) -> bool {
    usize::try_from(place).ok().and_then(|place| letters.get(place)) == Some(&written.to_ascii_uppercase())
}

/// Spain's DNI: eight digits and the letter of the number modulo 23.
pub(crate) fn dni(characters: &[u8]) -> bool {
    matches!(characters, [digits @ .., letter] if digits.len() == 8
        && number(digits).is_some_and(|number| number > 0 && letter_is(DNI_LETTERS, number % 23, *letter)))
}

/// Spain's NIE: X, Y or Z stands for 0, 1 or 2 in front of seven digits, then the rule of the DNI.
pub(crate) fn nie(characters: &[u8]) -> bool {
    let Some((first, rest)) = characters.split_first() else { return false };
    let leading = match first.to_ascii_uppercase() {
        b'X' => b'0',
        b'Y' => b'1',
        b'Z' => b'2',
        _ => return false,
    };
    rest.len() == 8 && dni(&[&[leading], rest].concat())
}

/// Spain's NIF of minors, of Spaniards abroad and of foreigners without NIE: K, L or M, seven digits, letter.
pub(crate) fn nif_klm(characters: &[u8]) -> bool {
    match characters {
        [b'K' | b'L' | b'M' | b'k' | b'l' | b'm', digits @ .., letter] if digits.len() == 7 => {
            number(digits).is_some_and(|number| letter_is(DNI_LETTERS, number % 23, *letter))
        }
        _ => false,
    }
}

/// Spain's social security number: twelve digits, the last two are the first ten modulo 97; a serial below ten
/// million has no leading zero in the sum (Tesorer\u{ED}a General de la Seguridad Social).
pub(crate) fn spanish_social_security(characters: &[u8]) -> bool {
    let Some((body, check)) = characters.split_at_checked(10) else { return false };
    let (Some(province), Some(serial), Some(check)) = (number(&body[..2]), number(&body[2..]), number(check)) else {
        return false;
    };
    let whole = if serial < 10_000_000 { province * 10_000_000 + serial } else { province * 100_000_000 + serial };
    characters.len() == 12 && matches!(province, 1..=53 | 66) && serial > 0 && whole % 97 == check
}

/// Finland's personal identity code: date of birth, sign of the century, three digits, and the character of the
/// number modulo 31. Takes the eleven characters with or without the sign.
pub(crate) fn hetu(characters: &[u8]) -> bool {
    let (date, rest) = match characters.len() {
        10 => characters.split_at(6),
        11 => (&characters[..6], &characters[7..]),
        _ => return false,
    };
    let day_last = [date[4], date[5], date[2], date[3], date[0], date[1]];
    let individual = &rest[..3];
    is_short_date(&day_last)
        && individual > b"001".as_slice()
        && number(&[date, individual].concat()).is_some_and(|number| letter_is(HETU_CHARACTERS, number % 31, rest[3]))
}

/// Sweden's personal identity number of ten digits: date of birth (day and 60 for a coordination number) and the
/// Luhn check digit (Skatteverket, SKV 704).
pub(crate) fn personnummer(characters: &[u8]) -> bool {
    let Some(digits) = digits(characters).filter(|digits| digits.len() == 10) else { return false };
    let mut date: [u8; 6] = [0; 6];
    date.copy_from_slice(&characters[..6]);
    if digits[4] >= 6 {
        date[4] -= 6;
    }
    is_short_date(&date) && luhn(characters)
}

/// France's NIR of fifteen characters: sex, year, month, department (2A and 2B on Corsica), commune, order, and a key
/// of 97 less the number modulo 97 (Insee).
pub(crate) fn nir(characters: &[u8]) -> bool {
    let Some((body, key)) = characters.split_at_checked(13) else { return false };
    let (department, corsica) = match (body[5], body[6].to_ascii_uppercase()) {
        (b'2', b'A') => (*b"19", true),
        (b'2', b'B') => (*b"18", true),
        (tens, ones) => ([tens, ones], false),
    };
    let plain = [&body[..5], &department, &body[7..]].concat();
    let month = number(&body[3..5]);
    let known = matches!(body[0], b'1'..=b'4' | b'7' | b'8')
        && matches!(month, Some(1..=12 | 20..=42 | 50..=99))
        && (corsica || department != *b"00");
    let (Some(number), Some(key)) = (number(&plain), number(key)) else { return false };
    characters.len() == 15 && known && key == 97 - number % 97
}

/// The check digit of ICAO Doc 9303, part 3: weights 7, 3, 1, letters from 10.
pub(crate) fn icao(characters: &[u8]) -> bool {
    let Some((check, body)) = characters.split_last() else { return false };
    let sum: Option<u32> = body
        .iter()
        .zip([7, 3, 1].iter().cycle())
        .map(|(byte, weight)| Some(char::from(*byte).to_digit(36)? * weight))
        .sum();
    sum.map(|sum| sum % 10) == char::from(*check).to_digit(10)
}

/// The characters of German identity cards and passports: no vowels, nothing like a digit (BSI, serial numbers).
fn is_german_document(characters: &[u8], first: &[u8]) -> bool {
    let allowed = |byte: &u8| byte.is_ascii_digit() || b"CFGHJKLMNPRTVWXYZ".contains(&byte.to_ascii_uppercase());
    characters.first().is_some_and(|byte| first.contains(&byte.to_ascii_uppercase())) && characters.iter().all(allowed)
}

/// The serial number of a German identity card: nine characters from L to Y first (T since 2010), with its check
/// digit or without.
pub(crate) fn german_identity_card(characters: &[u8]) -> Option<bool> {
    german_document(characters, b"LMNPRTVWXY")
}

/// The serial number of a German passport: nine characters, C, F, G, H, J or K first, with its check digit or without.
pub(crate) fn german_passport(characters: &[u8]) -> Option<bool> {
    german_document(characters, b"CFGHJK")
}

/// Whether a check digit was verified; `None` for what is no serial number.
fn german_document(characters: &[u8], first: &[u8]) -> Option<bool> {
    let digits = characters.iter().filter(|byte| byte.is_ascii_digit()).count();
    match characters.len() {
        9 => (digits >= 2 && is_german_document(characters, first)).then_some(false),
        10 => (is_german_document(&characters[..9], first) && icao(characters)).then_some(true),
        _ => None,
    }
}

/// Italy's codice fiscale of sixteen characters: odd and even places by their tables, modulo 26; digits may be
/// written as letters where two people had the same (decree of 23 December 1976).
pub(crate) fn codice_fiscale(characters: &[u8]) -> bool {
    const ODD: [u32; 36] = [
        1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16,
        10, 22, 25, 24, 23,
    ];
    const DIGIT_LETTERS: &[u8; 10] = b"LMNPQRSTUV";
    const MONTHS: &[u8; 12] = b"ABCDEHLMPRST";
    let upper: Vec<u8> = characters.iter().map(u8::to_ascii_uppercase).collect();
    let digit = |place: usize| match upper[place] {
        digit @ b'0'..=b'9' => Some(u32::from(digit - b'0')),
        letter => DIGIT_LETTERS.iter().position(|one| *one == letter).map(|digit| digit as u32),
    };
    if upper.len() != 16 || ![0, 1, 2, 3, 4, 5, 8, 11, 15].iter().all(|place| upper[*place].is_ascii_uppercase()) {
        return false;
    }
    let numeric = [6, 7, 9, 10, 12, 13, 14].iter().all(|place| digit(*place).is_some());
    let day = digit(9).zip(digit(10)).map(|(tens, ones)| tens * 10 + ones);
    let sum: u32 = upper[..15]
        .iter()
        .enumerate()
        .map(|(place, byte)| {
            let value = char::from(*byte).to_digit(36).unwrap_or(0);
            match place % 2 {
                0 => ODD[value as usize],
                _ if value > 9 => value - 10,
                _ => value,
            }
        })
        .sum();
    numeric
        && MONTHS.contains(&upper[8])
        && matches!(day, Some(1..=31 | 41..=71))
        && u32::from(upper[15] - b'A') == sum % 26
}

/// Mexico's CURP of eighteen characters: letters of the name, date of birth, sex, state, consonants, and a check
/// digit over an alphabet with \u{D1} (Diario Oficial, 18 October 2021).
pub(crate) fn curp(characters: &[u8]) -> bool {
    // Between N and O stands \u{D1}, so that letters from O on count one more.
    let value = |byte: u8| match byte.to_ascii_uppercase() {
        digit @ b'0'..=b'9' => u32::from(digit - b'0'),
        letter => u32::from(letter - b'A') + 10 + u32::from(letter > b'N'),
    };
    let letters = |range: std::ops::Range<usize>| characters[range].iter().all(u8::is_ascii_alphabetic);
    if characters.len() != 18 || !letters(0..4) || !letters(10..16) || !characters[17].is_ascii_digit() {
        return false;
    }
    let sum: u32 = (0u32..).zip(&characters[..17]).map(|(place, byte)| value(*byte) * (18 - place)).sum();
    matches!(characters[10].to_ascii_uppercase(), b'H' | b'M' | b'X')
        && is_short_date(&characters[4..10])
        && (10 - sum % 10) % 10 == u32::from(characters[17] - b'0')
}

/// Chile's RUN and RUT: weights 2 to 7 from the right, modulo 11, with K for 10 (Registro Civil).
pub(crate) fn rut(characters: &[u8]) -> bool {
    let Some((check, body)) = characters.split_last() else { return false };
    let Some(body) = digits(body).filter(|body| (7..=8).contains(&body.len())) else { return false };
    let sum: u32 = body.iter().rev().zip([2, 3, 4, 5, 6, 7].iter().cycle()).map(|(digit, weight)| digit * weight).sum();
    let expected = match 11 - sum % 11 {
        11 => b'0',
        10 => b'K',
        digit => b'0' + digit as u8,
    };
    check.to_ascii_uppercase() == expected && body.iter().any(|digit| *digit != 0)
}

/// UK national insurance number: prefixes that are not issued, and the suffix A to D (HMRC, NIM39110).
pub(crate) fn national_insurance_number(characters: &[u8]) -> bool {
    let [first, second, rest @ ..] = characters else { return false };
    let (first, second) = (first.to_ascii_uppercase(), second.to_ascii_uppercase());
    let issued = !b"DFIQUV".contains(&first)
        && !b"DFIQUVO".contains(&second)
        && ![b"BG", b"GB", b"KN", b"NK", b"NT", b"TN", b"ZZ"].contains(&&[first, second]);
    matches!(rest, [digits @ .., b'A'..=b'D' | b'a'..=b'd'] if digits.len() == 6 && digits.iter().all(u8::is_ascii_digit))
        && issued
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_numbers_hold() {
        assert!(dni(b"12345678Z") && dni(b"54362315K") && !dni(b"12345678A") && !dni(b"00000000T"));
        assert!(nie(b"X2482300W") && nie(b"x2482300w") && !nie(b"X2482300A") && !nie(b"A2482300W"));
        assert!(nif_klm(b"K0867756N") && !nif_klm(b"K0867756A"));
        assert!(spanish_social_security(b"281234567840") && !spanish_social_security(b"281234567841"));
        assert!(hetu(b"131052308T") && hetu(b"131052-308T") && !hetu(b"131052308U") && !hetu(b"310252308T"));
        assert!(personnummer(b"8803200016") && !personnummer(b"8803200018") && !personnummer(b"8813200016"));
        assert!(nir(b"295109912611193") && !nir(b"295109912611199") && !nir(b"295139912611193"));
        assert!(icao(b"T220001293") && icao(b"C01X00T478") && !icao(b"C01X00T479"));
        assert!(codice_fiscale(b"RCCMNL83S18D969H") && !codice_fiscale(b"RCCMNL83S18D969I"));
        assert!(curp(b"BOXW310820HNERXN09") && !curp(b"BOXW310820HNERXN08") && !curp(b"BOXW311320HNERXN09"));
        assert!(rut(b"111111111") && rut(b"125319092") && rut(b"10000013K") && !rut(b"125319093"));
        assert!(national_insurance_number(b"AB123456C") && !national_insurance_number(b"GB123456C"));
        assert!(!national_insurance_number(b"AB123456E") && !national_insurance_number(b"QQ123456C"));
    }
}
