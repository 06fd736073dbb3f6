//! Check characters of tax numbers.

use super::people::is_short_date;
use super::{digits, weighted_sum};

/// Brazil's CPF of eleven digits: two check digits modulo 11 (Receita Federal); eleven times the same digit is none.
pub(crate) fn cpf(characters: &[u8]) -> bool {
    digits(characters).is_some_and(|digits| {
        let check = |count: usize| {
            let sum: u32 = (2u32..).zip(digits[..count].iter().rev()).map(|(weight, digit)| weight * digit).sum();
            sum * 10 % 11 % 10
        };
        digits.len() == 11
            && digits.iter().any(|digit| *digit != digits[0])
            && check(9) == digits[9]
            && check(10) == digits[10]
    })
}

/// Brazil's CNPJ of fourteen characters, since 2026 also with letters, whose values are those of ASCII less 48: two
/// check digits modulo 11 (Receita Federal, IN RFB 2229/2024).
pub(crate) fn cnpj(characters: &[u8]) -> bool {
    let values: Vec<u32> =
        characters.iter().map(|byte| u32::from(byte.to_ascii_uppercase()).wrapping_sub(48)).collect();
    if values.len() != 14 || values.iter().all(|value| *value == values[0]) {
        return false;
    }
    let check = |count: usize| {
        let weights = (2..=9).cycle();
        let sum: u32 = weights.zip(values[..count].iter().rev()).map(|(weight, value)| weight * value).sum();
        match sum % 11 {
            0 | 1 => 0,
            remainder => 11 - remainder,
        }
    };
    check(12) == values[12] && check(13) == values[13]
}

/// Argentina's CUIT and CUIL of eleven digits (AFIP): weights 5, 4, 3, 2, 7 to 2, modulo 11; 9 stands for 10.
pub(crate) fn cuit(characters: &[u8]) -> bool {
    digits(characters).filter(|digits| digits.len() == 11).is_some_and(|digits| {
        let check = match 11 - weighted_sum(&digits[..10], &[5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11 {
            11 => 0,
            10 => 9,
            check => check,
        };
        check == digits[10]
    })
}

/// Colombia's NIT with its check digit, nine to eleven digits in all (DIAN): weights from the right, modulo 11.
pub(crate) fn nit(characters: &[u8]) -> bool {
    const WEIGHTS: [u32; 10] = [3, 7, 13, 17, 19, 23, 29, 37, 41, 43];
    digits(characters).is_some_and(|digits| match &digits[..] {
        [body @ .., check] if (7..=10).contains(&body.len()) => {
            let sum: u32 = body.iter().rev().zip(WEIGHTS).map(|(digit, weight)| digit * weight).sum();
            let expected = if sum % 11 < 2 { sum % 11 } else { 11 - sum % 11 };
            expected == *check && body.iter().any(|digit| *digit != 0)
        }
        _ => false,
    })
}

/// France's numero fiscal (SPI) of thirteen digits: the last three are the first ten modulo 511.
pub(crate) fn numero_fiscal(characters: &[u8]) -> bool {
    let Some((body, check)) = std::str::from_utf8(characters).ok().and_then(|text| text.split_at_checked(10)) else {
        return false;
    };
    match (body.parse::<u64>(), check.parse::<u64>()) {
        (Ok(body), Ok(key)) => {
            check.len() == 3 && matches!(characters[0], b'0'..=b'3') && body > 0 && body % 511 == key
        }
        _ => false,
    }
}

/// Germany's tax identification number of eleven digits: ISO/IEC 7064 MOD 11,10; one digit of the first ten stands
/// there twice or thrice, and no other does (Bundeszentralamt f\u{FC}r Steuern).
pub(crate) fn steuer_id(characters: &[u8]) -> bool {
    let Some(digits) = digits(characters).filter(|digits| digits.len() == 11 && digits[0] != 0) else { return false };
    let mut counts = [0u8; 10];
    for digit in &digits[..10] {
        counts[*digit as usize] += 1;
    }
    let repeated = counts.iter().filter(|count| **count > 1).count() == 1 && counts.iter().all(|count| *count <= 3);
    let product = digits[..10].iter().fold(10, |product, digit| {
        let sum = (product + digit) % 10;
        if sum == 0 { 9 } else { sum * 2 % 11 }
    });
    repeated && (11 - product) % 10 == digits[10]
}

/// Mexico's RFC of twelve (companies) or thirteen characters (people): letters, a date, and three characters, of which
/// the last is a check character modulo 11 (SAT). `Some(true)` when that is right: numbers are in use in which it
/// is not.
pub(crate) fn rfc(characters: &[u8]) -> Option<bool> {
    const ALPHABET: &[u8] = b"0123456789ABCDEFGHIJKLMN&OPQRSTUVWXYZ ";
    let names = characters.len().checked_sub(9).filter(|names| matches!(names, 3 | 4))?;
    let upper: Vec<u8> = characters.iter().map(u8::to_ascii_uppercase).collect();
    let generic = [b"XAXX010101000".as_slice(), b"XEXX010101000"].contains(&upper.as_slice());
    if generic || !upper[..names].iter().all(u8::is_ascii_uppercase) || !is_short_date(&upper[names..names + 6]) {
        return None;
    }
    let padded = (names == 3).then_some(&b' ').into_iter().chain(&upper[..upper.len() - 1]);
    let sum: Option<u32> = (0u32..)
        .zip(padded)
        .map(|(place, byte)| Some(ALPHABET.iter().position(|one| one == byte)? as u32 * (13 - place)))
        .sum();
    let expected = match (11 - sum? % 11) % 11 {
        10 => b'A',
        digit => b'0' + digit as u8,
    };
    Some(upper.last() == Some(&expected))
}

/// UK unique taxpayer reference of ten digits: the first is the check digit of the others, modulo 11 (HMRC).
pub(crate) fn unique_taxpayer_reference(characters: &[u8]) -> bool {
    const CHECKS: [u32; 11] = [2, 1, 9, 8, 7, 6, 5, 4, 3, 2, 1];
    digits(characters).is_some_and(|digits| {
        digits.len() == 10
            && digits.iter().any(|digit| *digit != digits[0])
            && CHECKS[(weighted_sum(&digits[1..], &[6, 7, 8, 9, 10, 5, 4, 3, 2]) % 11) as usize] == digits[0]
    })
}

/// Spain's CIF of nine characters: a letter of the kind of company, seven digits, and a control digit or letter
/// (Real Decreto 1065/2007).
pub(crate) fn cif(characters: &[u8]) -> bool {
    let [kind, body @ .., control] = characters else { return false };
    let (kind, control) = (kind.to_ascii_uppercase(), control.to_ascii_uppercase());
    let Some(body) = digits(body).filter(|body| body.len() == 7) else { return false };
    let doubled = |digit: u32| digit * 2 / 10 + digit * 2 % 10;
    let sum: u32 =
        body.iter().enumerate().map(|(place, digit)| if place % 2 == 0 { doubled(*digit) } else { *digit }).sum();
    let check = ((10 - sum % 10) % 10) as usize;
    let letter = control == b"JABCDEFGHI"[check];
    let digit = control == b"0123456789"[check];
    // Which kinds have a digit and which a letter is not kept to in practice.
    b"ABCDEFGHJNPQRSUVW".contains(&kind) && (letter || digit)
}

/// India's PAN of ten characters: five letters, the fourth says whose it is, four digits and a letter (Income Tax
/// Department); its check letter's rule is not public.
pub(crate) fn permanent_account_number(characters: &[u8]) -> bool {
    match characters {
        [a, b, c, holder, e, digits @ .., last] if digits.len() == 4 => {
            [a, b, c, e, last].iter().all(|byte| byte.is_ascii_alphabetic())
                && b"ABCFGHJLPTEK".contains(&holder.to_ascii_uppercase())
                && digits.iter().all(u8::is_ascii_digit)
                && digits != b"0000"
        }
        _ => false,
    }
}

/// US individual taxpayer identification number: 9, two digits, and a group that the IRS assigns (IRM 3.21.263).
pub(crate) fn individual_taxpayer_number(characters: &[u8]) -> bool {
    digits(characters).is_some_and(|digits| {
        digits.len() == 9
            && digits[0] == 9
            && matches!(digits[3] * 10 + digits[4], 50..=65 | 70..=88 | 90..=92 | 94..=99)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_numbers_hold() {
        assert!(cpf(b"12345678909") && cpf(b"39053344705") && !cpf(b"12345678908") && !cpf(b"11111111111"));
        assert!(cnpj(b"16727230000197") && !cnpj(b"16727230000198") && cnpj(b"12ABC34501DE35"));
        assert!(cuit(b"20055361682") && cuit(b"30123456781") && !cuit(b"20055361683"));
        assert!(nit(b"2131234321") && nit(b"9001234568") && !nit(b"2131234322"));
        assert!(numero_fiscal(b"3023217600053") && !numero_fiscal(b"3023217600054"));
        assert!(steuer_id(b"36574261809") && !steuer_id(b"36574261890") && !steuer_id(b"36554266806"));
        assert_eq!(rfc(b"GDL010101AA6"), Some(true));
        assert_eq!(rfc(b"GODE561231GR8"), Some(true));
        assert_eq!(rfc(b"GODE561231GR7"), Some(false));
        assert!(rfc(b"GODE561331GR8").is_none() && rfc(b"XAXX010101000").is_none());
        assert!(unique_taxpayer_reference(b"1955839661") && !unique_taxpayer_reference(b"2955839661"));
        assert!(cif(b"J99216582") && !cif(b"J99216583") && cif(b"A13585625"));
        assert!(permanent_account_number(b"ACUPA7085R") && !permanent_account_number(b"ACUZA7085R"));
        assert!(individual_taxpayer_number(b"912903456") && !individual_taxpayer_number(b"912893456"));
    }
}
