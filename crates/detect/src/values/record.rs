//! Numbers of medical records: practice specific, so known by their label alone.

use crate::identifier::{Alone, Beside, Found, Support};
use crate::text;
use crate::values::announced;

const LONGEST: usize = 20;
const FEWEST_DIGITS: usize = 3;
/// Programs and registers number their files and records too.
const FEWEST_OF_FILES: usize = 4;
const MOST_DIGITS: usize = 14;
const MOST_LETTERS: usize = 4;

/// The number that a label announces: right behind it, or on the next line when the label ends its own.
pub(crate) fn record_number(beside: &Beside<'_>) -> Option<Found> {
    let text = beside.text;
    let at = announced::place(beside);
    // Before digits `UR` is how the number itself begins.
    let part_of_it = beside.keyword == "ur" && at == beside.at.end;
    let at = if part_of_it { beside.at.start } else { at };
    let end = at + number_length(text, at)?;
    let digits = text[at..end].bytes().filter(u8::is_ascii_digit).count();
    if digits < FEWEST_OF_FILES && (beside.keyword.starts_with("file") || beside.keyword.starts_with("record")) {
        return None;
    }
    let in_pairs = end - at == 8 && text[at..end].split('-').all(|pair| pair.len() == 2);
    let is_date = super::date::date_end(text, at) == Some(end) && text[at..end].contains(['/', '-', '.']) && !in_pairs;
    let whole = !text::alnum_at(text, end) && !text::number_goes_on_behind(text, end);
    (whole && !is_date).then_some(Found { range: at..end, support: Support::shape(Alone::Never)? })
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
