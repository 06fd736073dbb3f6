//! The numbering plans of countries: which written numbers are theirs. Numbers without country code that several
//! plans know are told apart by their groups, as each country writes its own.

use crate::identifier::Alone;
use crate::values::phone::Number;

/// Australia (ACMA, Numbering Plan 2025): mobiles 04, geographic 02 03 07 08, 13, 1300 and 1800, the same behind
/// +61, and local numbers of eight digits with a keyword.
pub(crate) fn australian(number: &Number) -> Option<Alone> {
    if number.international().is_some() {
        let national = number.behind_code(b"61")?;
        let valid = matches!(national, [b'2' | b'3' | b'4' | b'7' | b'8', ..] if national.len() == 9);
        return valid.then(|| number.alone());
    }
    let digits = number.digits();
    let grouped = number.groups().len() > 1;
    match (digits, number.groups()) {
        ([b'0', b'4', ..], [4, 3, 3] | [4, 6] | [2, 4, 4] | [5, 5]) if !number.bracketed => Some(Alone::Always),
        ([b'0', b'4', ..], [10]) => Some(Alone::Unlabelled),
        ([b'0', b'2' | b'3' | b'7' | b'8', ..], [2, 4, 4] | [2, 8]) => {
            Some(if grouped || number.bracketed { Alone::Unlabelled } else { Alone::Never })
        }
        ([b'0', b'2' | b'3' | b'7' | b'8', ..], [10]) => Some(Alone::Never),
        ([b'1', b'3' | b'8', b'0', b'0', ..], [4, 3, 3] | [4, 2, 2, 2]) => Some(Alone::Unlabelled),
        ([b'1', b'3' | b'8', b'0', b'0', ..], [10]) => Some(Alone::Never),
        ([b'1', b'3', b'1'..=b'9', ..], [2, 2, 2] | [6]) => Some(Alone::Never),
        ([b'2'..=b'9', ..], [4, 4]) => (!is_span_of_years(digits)).then_some(Alone::Never),
        ([b'2'..=b'9', ..], [8]) => (!is_compact_date(digits)).then_some(Alone::Never),
        _ => None,
    }
}

/// `2016-2020` is written like a local number and is none.
fn is_span_of_years(digits: &[u8]) -> bool {
    digits.chunks(4).all(|year| matches!(year, [b'1', b'9', ..] | [b'2', b'0', ..]))
}

fn is_compact_date(digits: &[u8]) -> bool {
    std::str::from_utf8(digits).is_ok_and(|digits| super::date::date_end(digits, 0).is_some())
}

/// A number of the North American Numbering Plan (area and exchange code start with 2 to 9), an international
/// number behind `+`, or with a keyword a national one behind `0`, of a country that has no plan here.
pub(crate) fn international(number: &Number) -> Option<Alone> {
    let digits = number.digits();
    if let Some(digits) = number.international() {
        return match digits {
            [b'1', rest @ ..] => is_north_american(rest).then(|| number.alone()),
            // 999 is no country's.
            [b'0', ..] | [b'9', b'9', b'9', ..] => None,
            _ if CODES.iter().any(|code| digits.starts_with(code)) || number.dotted => None,
            _ if digits.len() == number.digits().len() => (9..=15).contains(&digits.len()).then_some(Alone::Unlabelled),
            _ => (9..=15).contains(&digits.len()).then_some(Alone::Never),
        };
    }
    match (digits, number.groups()) {
        ([b'1', rest @ ..], [1, 3, 3, 4] | [11] | [1, 10]) if is_north_american(rest) => Some(Alone::Never),
        (_, [3, 3, 4] | [10] | [3, 7]) if is_north_american(digits) => Some(Alone::Never),
        _ if NATIONAL.iter().any(|plan| plan(number).is_some()) => None,
        ([b'0', b'1'..=b'9', ..], [2..=6, ..]) if (9..=11).contains(&digits.len()) => Some(Alone::Never),
        ([b'0', b'1'..=b'9', ..], [9..=11]) => Some(Alone::Never),
        _ => None,
    }
}

fn is_north_american(digits: &[u8]) -> bool {
    matches!(digits, [b'2'..=b'9', _, _, b'2'..=b'9', ..] if digits.len() == 10) && &digits[1..3] != b"11"
}

/// The country codes of the plans below and of Australia's.
const CODES: [&[u8]; 7] = [b"61", b"44", b"33", b"49", b"39", b"34", b"55"];

/// The plans of single countries.
const NATIONAL: [fn(&Number) -> Option<Alone>; 7] = [australian, british, french, german, italian, spanish, brazilian];

/// The UK (Ofcom, National Telephone Numbering Plan): nine or ten digits behind 44 or 0.
pub(crate) fn british(number: &Number) -> Option<Alone> {
    if number.international().is_some() {
        let national = number.behind_code(b"44")?;
        let valid = matches!(national, [b'1' | b'2' | b'3' | b'5' | b'7' | b'8' | b'9', ..])
            && (9..=10).contains(&national.len());
        return valid.then(|| number.alone());
    }
    let groups = number.groups();
    let written = match number.digits() {
        [b'0', b'7', ..] => matches!(groups, [5, 6] | [5, 3, 3] | [4, 3, 4] | [3, 4, 4] | [11]),
        [b'0', b'2', ..] => matches!(groups, [3, 4, 4] | [3, 8] | [4, 3, 4] | [11]),
        [b'0', b'1', _, b'1', ..] | [b'0', b'1', b'1', ..] if matches!(groups, [4, 3, 4] | [4, 7]) => true,
        [b'0', b'1', ..] => matches!(groups, [5, 6] | [5, 3, 3] | [5, 2, 2, 2] | [5, 5] | [11]),
        [b'0', b'8', b'0', b'0', ..] if *groups == [4, 6] => true,
        [b'0', b'3' | b'8', ..] => matches!(groups, [4, 3, 4] | [4, 7] | [5, 6] | [11]),
        _ => false,
    };
    written.then_some(Alone::Never)
}

/// France (Arcep, plan national de numérotation): nine digits behind 33 or 0, at home in pairs.
pub(crate) fn french(number: &Number) -> Option<Alone> {
    if number.international().is_some() {
        let national = number.behind_code(b"33")?;
        return matches!(national, [b'1'..=b'9', ..] if national.len() == 9).then(|| number.alone());
    }
    let written = matches!(number.groups(), [2, 2, 2, 2, 2] | [10] | [4, 2, 2, 2]);
    (written && matches!(number.digits(), [b'0', b'1'..=b'9', ..])).then_some(Alone::Never)
}

/// Germany (Bundesnetzagentur, Nummernplan): behind 0 an area code of two to five digits, set off from the rest.
pub(crate) fn german(number: &Number) -> Option<Alone> {
    if number.international().is_some() {
        let national = number.behind_code(b"49")?;
        return matches!(national, [b'1'..=b'9', ..] if (6..=11).contains(&national.len())).then(|| number.alone());
    }
    let digits = number.digits();
    let (area, rest) = match number.groups() {
        [_] => (0, &[][..]),
        [area, rest @ ..] => (*area, rest),
        [] => return None,
    };
    let in_pairs = match rest {
        [rest] => *rest >= 4,
        [pairs @ .., last] => pairs.iter().all(|group| *group == 2) && (2..=3).contains(last),
        [] => false,
    };
    let known = match digits {
        [b'0', b'1', b'5'..=b'7', ..] => matches!(area, 0 | 4 | 5) && (11..=12).contains(&digits.len()),
        // Berlin, Hamburg, Frankfurt, Munich: the only area codes of two digits.
        [b'0', b'3' | b'4', b'0', ..] | [b'0', b'6' | b'8', b'9', ..] => {
            matches!(area, 0 | 3) && (9..=11).contains(&digits.len())
        }
        [b'0', b'2'..=b'9', b'1'..=b'9', ..] => (4..=5).contains(&area) && in_pairs && (8..=12).contains(&digits.len()),
        _ => false,
    };
    known.then_some(Alone::Never)
}

/// Italy (AGCOM, piano di numerazione): landlines keep their 0 behind 39, mobiles begin with 3.
pub(crate) fn italian(number: &Number) -> Option<Alone> {
    if let Some(digits) = number.international() {
        let national = digits.strip_prefix(b"39")?;
        return (matches!(national, [b'0' | b'3' | b'8', ..]) && (6..=11).contains(&national.len()))
            .then(|| number.alone());
    }
    let groups = number.groups();
    let written = match number.digits() {
        // `06 123 4567` is rather of a country whose area codes have one digit.
        [b'0', b'2', ..] if *groups == [2, 3, 4] => true,
        [b'0', b'2' | b'6', ..] => matches!(groups, [2, 6..=8] | [2, 4, 4]),
        [b'0', _, b'1'..=b'9', ..] => matches!(groups, [3, 5..=8] | [4, 5..=6]),
        [b'3', ..] => matches!(groups, [3, 3, 4] | [3, 7] | [3, 2, 2, 3] | [10]),
        _ => false,
    };
    written.then_some(Alone::Never)
}

/// Spain (plan nacional de numeración telefónica): nine digits that begin with 6 to 9.
pub(crate) fn spanish(number: &Number) -> Option<Alone> {
    if number.international().is_some() {
        let national = number.behind_code(b"34")?;
        return matches!(national, [b'6'..=b'9', ..] if national.len() == 9).then(|| number.alone());
    }
    let written = matches!(number.groups(), [3, 3, 3] | [3, 2, 2, 2] | [2, 3, 2, 2] | [9]);
    (written && matches!(number.digits(), [b'6'..=b'9', ..])).then_some(Alone::Never)
}

/// Brazil (Anatel): an area code of two digits without 0, then eight digits, or nine that begin with 9.
pub(crate) fn brazilian(number: &Number) -> Option<Alone> {
    let known = |national: &[u8]| match national {
        [b'1'..=b'9', b'1'..=b'9', b'9', ..] if national.len() == 11 => true,
        [b'1'..=b'9', b'1'..=b'9', b'2'..=b'5', ..] => national.len() == 10,
        _ => false,
    };
    if number.international().is_some() {
        return known(number.behind_code(b"55")?).then(|| number.alone());
    }
    let national = number.digits().strip_prefix(b"0").unwrap_or(number.digits());
    let written = matches!(number.groups(), [2 | 3, 5, 4] | [2 | 3, 4, 4] | [2 | 3, 9] | [2, 8] | [11]);
    (written && known(national)).then_some(Alone::Never)
}
