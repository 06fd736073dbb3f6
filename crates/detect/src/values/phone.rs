//! Telephone numbers.

use crate::identifier::{Alone, Found, Support};
use crate::text;
use crate::values::date;

/// ITU-T E.164: at most 15 digits; with two for separators lost to extensions none is longer than this.
const MOST_DIGITS: usize = 15;
const MOST_GROUPS: usize = 6;

/// A number as it is written.
struct Number {
    digits: [u8; MOST_DIGITS],
    count: usize,
    groups: [usize; MOST_GROUPS],
    group_count: usize,
    international: bool,
    bracketed: bool,
    dotted: bool,
    end: usize,
}

impl Number {
    fn digits(&self) -> &[u8] {
        &self.digits[..self.count]
    }

    fn groups(&self) -> &[usize] {
        &self.groups[..self.group_count]
    }

    fn support(&self, alone: Alone) -> Option<Found> {
        Some(Found { range: 0..self.end, support: Support::shape(alone)? })
    }
}

/// An Australian number (ACMA, Numbering Plan 2025): mobiles 04, geographic 02 03 07 08, 13, 1300 and 1800, the
/// same behind +61, and local numbers of eight digits with a keyword.
pub(crate) fn australian(text: &str, at: usize) -> Option<Found> {
    longest(text, at, |number| {
        let digits = number.digits();
        let grouped = number.groups().len() > 1;
        if number.international {
            let national = digits.strip_prefix(b"61")?;
            let national = national.strip_prefix(b"0").unwrap_or(national);
            let valid = matches!(national, [b'2' | b'3' | b'4' | b'7' | b'8', ..] if national.len() == 9);
            return valid.then_some(Alone::Always);
        }
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
            ([b'2'..=b'9', ..], [8]) => date::date_end(text, at).is_none().then_some(Alone::Never),
            _ => None,
        }
    })
}

/// `2016-2020` is written like a local number and is none.
fn is_span_of_years(digits: &[u8]) -> bool {
    digits.chunks(4).all(|year| matches!(year, [b'1', b'9', ..] | [b'2', b'0', ..]))
}

/// A number of the North American Numbering Plan (area and exchange code start with 2 to 9), an international
/// number behind `+`, or with a keyword a national one behind `0`.
pub(crate) fn international(text: &str, at: usize) -> Option<Found> {
    longest(text, at, |number| {
        let digits = number.digits();
        let north_american = |digits: &[u8]| {
            matches!(digits, [b'2'..=b'9', _, _, b'2'..=b'9', ..] if digits.len() == 10) && &digits[1..3] != b"11"
        };
        if number.international {
            return match digits {
                [b'1', rest @ ..] => north_american(rest).then_some(Alone::Always),
                [b'6', b'1', ..] | [b'0', ..] => None,
                _ if number.dotted => None,
                _ => (9..=MOST_DIGITS).contains(&digits.len()).then_some(Alone::Unlabelled),
            };
        }
        match (digits, number.groups()) {
            ([b'1', rest @ ..], [1, 3, 3, 4] | [11] | [1, 10]) if north_american(rest) => Some(Alone::Never),
            (_, [3, 3, 4] | [10] | [3, 7]) if north_american(digits) => Some(Alone::Never),
            ([b'0', b'2' | b'3' | b'4' | b'7' | b'8', ..], [2, 4, 4] | [2, 8] | [4, 3, 3]) => None,
            ([b'0', b'1'..=b'9', ..], [2..=6, ..]) if (9..=11).contains(&digits.len()) => Some(Alone::Never),
            ([b'0', b'1'..=b'9', ..], [9..=11]) => Some(Alone::Never),
            _ => None,
        }
    })
}

/// The longest number that starts at `at` and that `accept` takes.
fn longest(text: &str, at: usize, accept: impl Fn(&Number) -> Option<Alone>) -> Option<Found> {
    if text::number_goes_on_before(text, at)
        || matches!(at.checked_sub(1).map(|before| text.as_bytes()[before]), Some(b'+' | b'$' | b'#'))
    {
        return None;
    }
    let mut number = Number {
        digits: [0; MOST_DIGITS],
        count: 0,
        groups: [0; MOST_GROUPS],
        group_count: 0,
        international: text.as_bytes()[at] == b'+',
        bracketed: false,
        dotted: false,
        end: at + usize::from(text.as_bytes()[at] == b'+'),
    };
    let mut best = None;
    while number.read_group(text) {
        let ends = !text::alnum_at(text, number.end) && !text::number_goes_on_behind(text, number.end);
        if ends && let Some(alone) = accept(&number) {
            best = number.support(alone);
        }
        if !number.read_separator(text) {
            break;
        }
    }
    best.map(|found| Found { range: at..found.range.end, ..found })
}

impl Number {
    /// Reads one group of digits, perhaps in brackets: `(03)`.
    fn read_group(&mut self, text: &str) -> bool {
        let bytes = text.as_bytes();
        let open = bytes.get(self.end) == Some(&b'(');
        let from = self.end + usize::from(open);
        let room = MOST_DIGITS - self.count;
        let length =
            bytes[from.min(bytes.len())..].iter().take(room + 1).take_while(|byte| byte.is_ascii_digit()).count();
        if length == 0
            || length > room
            || self.group_count == MOST_GROUPS
            || (open && bytes.get(from + length) != Some(&b')'))
            || (length == 1 && !self.takes_single_digit(bytes[from]))
        {
            return false;
        }
        self.digits[self.count..self.count + length].copy_from_slice(&bytes[from..from + length]);
        self.count += length;
        self.groups[self.group_count] = length;
        self.group_count += 1;
        self.bracketed |= open;
        self.end = from + length + usize::from(open);
        true
    }

    /// A group of one digit is a North American country code or, behind `+` and a country code, an area code.
    fn takes_single_digit(&self, digit: u8) -> bool {
        if self.international { self.group_count < 2 } else { self.group_count == 0 && digit == b'1' }
    }

    /// Goes over what may stand between two groups: one separator, or none next to a bracket.
    fn read_separator(&mut self, text: &str) -> bool {
        let bytes = text.as_bytes();
        let (separator, width) = match text::separator_at(text, self.end) {
            Some((separator @ (b' ' | b'-' | b'.'), width)) => (separator, width),
            _ => (0, 0),
        };
        let next = self.end + width;
        let continues = match bytes.get(next) {
            Some(b'(') => text::digit_at(text, next + 1),
            Some(byte) => byte.is_ascii_digit() && (width > 0 || bytes[self.end - 1] == b')'),
            None => false,
        };
        if continues {
            self.end = next;
            self.dotted |= separator == b'.';
        }
        continues
    }
}
