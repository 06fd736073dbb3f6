//! Telephone numbers as they are written. What a country makes of one is said in [`super::numbering`].

use crate::identifier::{Alone, Found, Support};
use crate::shape::Taker;
use crate::text;
use crate::values::label::begins_cell;

/// ITU-T E.164: at most 15 digits, behind the two of the international prefix.
const MOST_DIGITS: usize = 17;
/// `+33 (0)1 23 45 67 89`.
const MOST_GROUPS: usize = 8;
/// The shortest numbers: `13 12 34` in Australia.
pub(crate) const FEWEST_DIGITS: u32 = 6;

/// A country's numbering plan.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Plan {
    /// The number of the identifier whose plan it is.
    pub(crate) identifier: u16,
    /// Whether a number that is written as at home can be believed with no keyword.
    pub(crate) alone_at_home: bool,
    /// Whether a number is of this country, and can be believed alone.
    pub(crate) judge: fn(&Number) -> Option<Alone>,
}

/// The most plans.
const MOST_PLANS: usize = 12;

/// A number as it is written.
#[derive(Debug)]
pub(crate) struct Number {
    digits: [u8; MOST_DIGITS],
    count: usize,
    groups: [usize; MOST_GROUPS],
    group_count: usize,
    plus: bool,
    /// Whether a group stands in brackets.
    pub(crate) bracketed: bool,
    /// Whether full stops stand between groups.
    pub(crate) dotted: bool,
    end: usize,
}

impl Number {
    /// All digits, the international prefix `00` and a country code too.
    pub(crate) fn digits(&self) -> &[u8] {
        &self.digits[..self.count]
    }

    /// How many digits each group has.
    pub(crate) fn groups(&self) -> &[usize] {
        &self.groups[..self.group_count]
    }

    /// The digits behind `+` or the international prefix `00`; `None` for a number that is written as at home.
    pub(crate) fn international(&self) -> Option<&[u8]> {
        if self.plus { Some(self.digits()) } else { self.digits().strip_prefix(b"00") }
    }

    /// The national number behind a country code, without the trunk prefix of `+44 (0)20`.
    pub(crate) fn behind_code(&self, code: &[u8]) -> Option<&[u8]> {
        let national = self.international()?.strip_prefix(code)?;
        Some(national.strip_prefix(b"0").unwrap_or(national))
    }

    /// Whether a number with its country code can be believed alone: a run of digits that begins with `00` is
    /// rather something else.
    pub(crate) fn alone(&self) -> Alone {
        match (self.plus, self.groups().len()) {
            (true, _) => Alone::Always,
            (false, 1) => Alone::Never,
            (false, _) => Alone::Unlabelled,
        }
    }
}

/// Reads the number that starts at `at` once, and gives `taker` the longest one that each plan knows, of those that
/// can be believed.
pub(crate) fn read(text: &str, at: usize, plans: &[Plan], taker: &mut impl Taker) {
    let before = at.checked_sub(1).map(|before| text.as_bytes()[before]);
    if text::number_goes_on_before(text, at) || matches!(before, Some(b'+' | b'$' | b'#')) {
        return;
    }
    let plus = text.as_bytes()[at] == b'+';
    let lettered = is_behind_letter(text, at);
    let mut is_spoken_for = |plan: &Plan| lettered || taker.has_keyword(plan.identifier, at);
    // Alone only those numbers are believed that begin with a country's code or the trunk prefix, and Australia's 13.
    let may_be_alone = plus || matches!(text.as_bytes()[at], b'0' | b'1' | b'(');
    if !may_be_alone && !plans.iter().any(&mut is_spoken_for) {
        return;
    }
    let mut number = Number {
        digits: [0; MOST_DIGITS],
        count: 0,
        groups: [0; MOST_GROUPS],
        group_count: 0,
        plus,
        bracketed: false,
        dotted: false,
        end: at + usize::from(plus),
    };
    let mut best = [None; MOST_PLANS];
    while number.read_group(text) {
        if number.count >= FEWEST_DIGITS as usize
            && !text::alnum_at(text, number.end)
            && !text::number_goes_on_behind(text, number.end)
        {
            let abroad = number.international().is_some();
            let wanted = plans.iter().zip(&mut best);
            for (plan, best) in wanted.filter(|(plan, _)| abroad || plan.alone_at_home || is_spoken_for(plan)) {
                if let Some(alone) = (plan.judge)(&number) {
                    *best = Some((number.end, alone));
                }
            }
        }
        if !number.read_separator(text) {
            break;
        }
    }
    for (plan, best) in plans.iter().zip(best) {
        if let Some((end, alone)) = best {
            let alone = if lettered { Alone::Always } else { alone };
            taker.take(plan.identifier, Found { range: at..end, support: Support { checksum: false, alone } });
        }
    }
}

/// Whether one letter at the beginning of a line or cell says that a telephone number follows, as letterheads have it:
/// `T: `, `M `, `F. `, `P: `.
fn is_behind_letter(text: &str, at: usize) -> bool {
    let bytes = text.as_bytes();
    let mut end = at;
    while end > 0 && bytes[end - 1] == b' ' {
        end -= 1;
    }
    let blank = end < at;
    let mark = end > 0 && matches!(bytes[end - 1], b':' | b'.');
    let Some(letter) = (end - usize::from(mark)).checked_sub(1) else { return false };
    (blank || mark) && matches!(bytes[letter], b'T' | b'M' | b'F' | b'P') && begins_cell(text, letter)
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

    /// A group of one digit is a North American country code or, behind a country code, a trunk prefix or area code.
    fn takes_single_digit(&self, digit: u8) -> bool {
        if self.international().is_some() { self.group_count < 3 } else { self.group_count == 0 && digit == b'1' }
    }

    /// Goes over what may stand between two groups: one separator, or none next to a bracket.
    fn read_separator(&mut self, text: &str) -> bool {
        let bytes = text.as_bytes();
        let (separator, width) = match text::separator_at(text, self.end) {
            Some((b'/', _)) if !self.is_area_code() => (0, 0),
            Some(separator) => separator,
            None => (0, 0),
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

    /// Whether what was read can be an area code before a slash, as in `030/1234567`, and no day of a date.
    fn is_area_code(&self) -> bool {
        matches!(self.groups(), [3..=5]) && self.digits[0] == b'0'
    }
}
