//! Numbers of medical records: practice specific, so known by their label alone.

use crate::context::Label;
use crate::identifier::{Alone, Beside, Found, Support};
use crate::text;

const LONGEST: usize = 20;
const FEWEST_DIGITS: usize = 3;
const MOST_DIGITS: usize = 14;
const MOST_LETTERS: usize = 4;

/// The number that a label announces: right behind it, or on the next line when the label ends its own.
pub(crate) fn record_number(beside: &Beside<'_>) -> Option<Found> {
    let text = beside.text;
    let value = Label::behind(text, beside.at.end).value;
    let at = match (beside.below, text::newline_at(text, value)) {
        (Some(cell), _) => cell,
        (None, 0) => behind_number_words(text, value),
        (None, newline) => Label::behind(text, value + newline).value,
    };
    let end = at + number_length(text, at)?;
    let is_date = super::date::date_end(text, at) == Some(end) && text[at..end].contains(['/', '-', '.']);
    let whole = !text::alnum_at(text, end) && !text::number_goes_on_behind(text, end);
    (whole && !is_date).then_some(Found { range: at..end, support: Support::shape(Alone::Never)? })
}

fn behind_number_words(text: &str, at: usize) -> usize {
    const WORDS: &[&str] = &["number", "num", "no", "nr", "id", "is"];
    let mut at = at;
    for _ in 0..2 {
        let letters = text.as_bytes()[at..].iter().take(7).take_while(|byte| byte.is_ascii_alphabetic()).count();
        if text::is_one_of(&text[at..at + letters], WORDS) {
            at = Label::behind(text, at + letters).value;
        }
    }
    at
}

/// Up to four letters, then digits in up to four groups, then perhaps one letter.
fn number_length(text: &str, at: usize) -> Option<usize> {
    let bytes = &text.as_bytes()[at..text.len().min(at + LONGEST + 1)];
    let letters = bytes.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    let mut length = letters + usize::from(letters > 0 && bytes.get(letters) == Some(&b'-'));
    let mut digits = 0;
    for _ in 0..4 {
        let group = bytes[length..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        digits += group;
        length += group;
        let joins =
            matches!(bytes.get(length), Some(b'-' | b'/')) && bytes.get(length + 1).is_some_and(u8::is_ascii_digit);
        if !joins {
            break;
        }
        length += 1;
    }
    length += usize::from(bytes.get(length).is_some_and(u8::is_ascii_alphabetic));
    let plausible = letters <= MOST_LETTERS && (FEWEST_DIGITS..=MOST_DIGITS).contains(&digits) && length <= LONGEST;
    plausible.then_some(length)
}
