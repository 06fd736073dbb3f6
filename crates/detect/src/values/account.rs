//! Bank accounts of two numbers: in Australia a BSB (bank, state, branch: six digits) and an account number, in the UK
//! a sort code and an account number.

use crate::context::Label;
use crate::identifier::{Alone, Beside, Found, Support};
use crate::text;
use crate::words::Words;

/// How far apart the two numbers may stand when each has its label: `BSB: 062-000` and, a line or two on, the
/// account's name and number.
const APART: usize = 120;

/// The account beside a keyword, from the first of its two numbers to the end of the second.
pub(crate) fn australian(beside: &Beside<'_>) -> Option<Found> {
    let text = beside.text;
    let Some(first) = beside.below.or_else(|| number_behind(text, beside.at.end)) else { return before(beside) };
    let (bsb_end, account_end) = (bsb_end(text, first), account_end(text, first));
    let end = match (bsb_end, account_end) {
        (Some(bsb), _) => account_after(text, bsb).or_else(|| labelled_account(beside, bsb))?,
        (None, Some(account)) if beside.keyword != "bsb" => labelled_bsb(beside, account)?,
        _ => return None,
    };
    Some(Found { range: first..end, support: Support::shape(Alone::Never)? })
}

/// The British account beside a keyword: sort code and account number, each perhaps with its own label, in either
/// order; or both behind the bank's four letters, as in an IBAN.
pub(crate) fn british(beside: &Beside<'_>) -> Option<Found> {
    let text = beside.text;
    let value = beside.below.unwrap_or_else(|| Label::behind(text, beside.at.end).value);
    let letters = text.as_bytes().get(value..)?.iter().take(5).take_while(|byte| byte.is_ascii_alphabetic()).count();
    let behind_bank =
        text.as_bytes()[value + letters..].iter().take(15).take_while(|byte| byte.is_ascii_digit()).count();
    let range = if letters == 4 && behind_bank == 14 {
        value..value + letters + behind_bank
    } else {
        let first = if beside.below.is_some() { value } else { number_behind(text, beside.at.end)? };
        first..sort_code_and_account(beside, first)?
    };
    (!text::alnum_at(text, range.end)).then_some(Found { range, support: Support::shape(Alone::Never)? })
}

fn sort_code_and_account(beside: &Beside<'_>, first: usize) -> Option<usize> {
    let text = beside.text;
    match sort_code_end(text, first) {
        Some(sort_code) => account_after(text, sort_code).or_else(|| {
            labelled(beside, sort_code, |keyword| keyword.starts_with('a')).and_then(|at| account_end(text, at))
        }),
        None => {
            let account = account_end(text, first)?;
            labelled(beside, account, |keyword| keyword.starts_with("sort")).and_then(|at| sort_code_end(text, at))
        }
    }
}

/// `20-00-00`, `20 00 00` or `200000`.
fn sort_code_end(text: &str, at: usize) -> Option<usize> {
    match digits(text, at) {
        6 => Some(at + 6),
        2 => {
            let pair = |at: usize| {
                let (separator, width) = text::separator_at(text, at)?;
                (matches!(separator, b'-' | b' ') && digits(text, at + width) == 2).then_some(at + width + 2)
            };
            pair(pair(at + 2)?)
        }
        _ => None,
    }
}

/// BSB and account number right before a keyword: `062-000 12345678 (BSB and account)`.
fn before(beside: &Beside<'_>) -> Option<Found> {
    const LONGEST: usize = 24;
    let text = beside.text;
    let from = text.floor_char_boundary(beside.at.start.saturating_sub(LONGEST));
    let end = from + text[from..beside.at.start].trim_end_matches([' ', '(', '[', ',']).len();
    let first = (from..end).find(|at| {
        text::digit_at(text, *at)
            && !text::alnum_before(text, *at)
            && bsb_end(text, *at).and_then(|bsb| account_after(text, bsb)) == Some(end)
    })?;
    Some(Found { range: first..end, support: Support::shape(Alone::Never)? })
}

/// Where the first number behind a label begins: only number words may stand between.
/// Words that may stand between a label and its number.
static WORDS_BETWEEN: Words = Words::of(&["acc", "account", "as", "bsb", "given", "is", "no", "num", "number", "was"]);

fn number_behind(text: &str, label: usize) -> Option<usize> {
    let mut at = Label::behind(text, label).value;
    at += text::newline_at(text, at);
    for _ in 0..5 {
        if text::digit_at(text, at) {
            return Some(at);
        }
        let letters = text.as_bytes()[at..].iter().take(8).take_while(|byte| byte.is_ascii_alphabetic()).count();
        if !WORDS_BETWEEN.contains(&text[at..at + letters]) {
            return None;
        }
        at = Label::behind(text, at + letters).value;
    }
    text::digit_at(text, at).then_some(at)
}

/// `062-000`, `062 000` or `062000`.
fn bsb_end(text: &str, at: usize) -> Option<usize> {
    let first = digits(text, at);
    if first == 6 {
        return Some(at + 6);
    }
    let (separator, width) = text::separator_at(text, at + first)?;
    let second = at + first + width;
    (first == 3 && digits(text, second) == 3 && matches!(separator, b'-' | b' ')).then_some(second + 3)
}

/// Five to nine digits, in one piece or in groups of two to four: `1234 5678`.
fn account_end(text: &str, at: usize) -> Option<usize> {
    let (mut end, mut count) = (at, 0);
    for _ in 0..4 {
        let group = digits(text, end);
        count += group;
        end += group;
        match text::separator_at(text, end) {
            Some((b' ' | b'-', width)) if (2..=4).contains(&group) && digits(text, end + width) >= 2 => end += width,
            _ => break,
        }
    }
    ((5..=9).contains(&count) && text.as_bytes()[end - 1].is_ascii_digit() && !text::alnum_at(text, end)).then_some(end)
}

/// The account number that follows its BSB with nothing but blanks, a slash or a dash between.
fn account_after(text: &str, bsb: usize) -> Option<usize> {
    let between = text.as_bytes()[bsb..]
        .iter()
        .take(4)
        .take_while(|byte| matches!(byte, b' ' | b'/' | b'-' | b'\t' | b','))
        .count();
    (between > 0).then(|| account_end(text, bsb + between))?
}

fn labelled_account(beside: &Beside<'_>, from: usize) -> Option<usize> {
    labelled(beside, from, |keyword| keyword != "bsb" && keyword.starts_with('a'))
        .and_then(|at| account_end(beside.text, at))
}

fn labelled_bsb(beside: &Beside<'_>, from: usize) -> Option<usize> {
    labelled(beside, from, |keyword| keyword == "bsb").and_then(|at| bsb_end(beside.text, at))
}

/// The number behind the next label of the wanted kind.
fn labelled(beside: &Beside<'_>, from: usize, wanted: impl Fn(&str) -> bool) -> Option<usize> {
    beside
        .following
        .iter()
        .skip_while(|hit| hit.start < from)
        .take_while(|hit| hit.start < from + APART)
        .filter(|hit| wanted(&beside.text[hit.start..hit.end].to_ascii_lowercase()))
        .find_map(|hit| number_behind(beside.text, hit.end))
}

fn digits(text: &str, at: usize) -> usize {
    text.as_bytes()[at.min(text.len())..].iter().take(10).take_while(|byte| byte.is_ascii_digit()).count()
}
