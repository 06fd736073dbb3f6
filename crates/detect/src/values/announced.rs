//! Codes that nothing but their label tells from other words and numbers.

use crate::context::Label;
use crate::identifier::{Alone, Beside, Found, Support};
use crate::text;
use crate::values::label::is_first_cell;
use crate::words::Words;

/// Where the value of a label begins: right behind it and its number words (`no`, `is`, `was given as`), on the next
/// line when the label ends its own, or in the cell below.
pub(crate) fn place(beside: &Beside<'_>) -> usize {
    let text = beside.text;
    if let Some(cell) = beside.below {
        return cell;
    }
    let value = behind_number_words(text, Label::behind(text, beside.at.end).value);
    match text::newline_at(text, value) {
        0 => value,
        _ if !is_first_cell(text, beside.at.start) => text.len(),
        newline => Label::behind(text, value + newline).value,
    }
}

/// Behind the words that may stand between a label and its value.
pub(crate) fn behind_number_words(text: &str, at: usize) -> usize {
    static WORDS: Words = Words::of(&["as", "code", "given", "id", "is", "no", "nr", "num", "number", "reads", "was"]);
    let mut at = at;
    for _ in 0..4 {
        let letters = text.as_bytes()[at..].iter().take(7).take_while(|byte| byte.is_ascii_alphabetic()).count();
        let next = Label::behind(text, at + letters).value;
        let word = &text[at..at + letters];
        let set_off = next > at + letters || word.ends_with(|last: char| last.is_ascii_lowercase());
        if set_off && WORDS.contains(word) {
            at = next;
        }
    }
    at
}

/// The code that a label announces, in one of the layouts: `9` a digit, `A` a capital letter, `X` either, a space
/// one space or dash, anything else itself.
pub(crate) fn code(beside: &Beside<'_>, layouts: &[&str]) -> Option<Found> {
    let at = place(beside);
    let end = layouts.iter().find_map(|layout| laid_out(beside.text, at, layout))?;
    Some(Found { range: at..end, support: Support::shape(Alone::Never)? })
}

fn laid_out(text: &str, at: usize, layout: &str) -> Option<usize> {
    let mut end = at;
    for expected in layout.bytes() {
        let found = *text.as_bytes().get(end)?;
        let fits = match expected {
            b'9' => found.is_ascii_digit(),
            b'A' => found.is_ascii_uppercase(),
            b'X' => found.is_ascii_uppercase() || found.is_ascii_digit(),
            b' ' => matches!(found, b' ' | b'-'),
            other => found == other,
        };
        if !fits {
            return None;
        }
        end += 1;
    }
    ends(text, end).then_some(end)
}

/// What a word of letters and digits has.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Word<'a> {
    /// Its characters; dashes inside belong to it.
    pub(crate) characters: &'a str,
    /// How many are digits.
    pub(crate) digits: usize,
}

/// The word that a label announces, when `fits` takes it.
pub(crate) fn word(beside: &Beside<'_>, longest: usize, fits: impl Fn(Word<'_>) -> bool) -> Option<Found> {
    let at = place(beside);
    let end = word_end(beside.text, at, longest)?;
    let characters = &beside.text[at..end];
    let digits = characters.bytes().filter(u8::is_ascii_digit).count();
    let dated = super::date::date_end(beside.text, at) == Some(end) && characters.contains('-');
    (!dated && fits(Word { characters, digits }))
        .then_some(Found { range: at..end, support: Support::shape(Alone::Never)? })
}

/// The end of the letters, digits and single dashes between them at `at`; `None` when it is longer than `longest`,
/// or goes on in another way.
fn word_end(text: &str, at: usize, longest: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut end = at;
    while end - at <= longest {
        match bytes.get(end) {
            Some(byte) if byte.is_ascii_alphanumeric() => end += 1,
            Some(b'-') if bytes.get(end + 1).is_some_and(u8::is_ascii_alphanumeric) && end > at => end += 1,
            _ => break,
        }
    }
    (end > at && end - at <= longest && ends(text, end)).then_some(end)
}

fn ends(text: &str, at: usize) -> bool {
    !text::alnum_at(text, at) && !text::number_goes_on_behind(text, at)
}
