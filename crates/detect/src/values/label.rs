//! Where the value of a label stands.

use crate::context::{Label, REACH, is_head};
use crate::identifier::Beside;
use crate::lexicon::Hit;
use crate::text;

/// Where the free text begins that a label announces: behind its mark, on the next line when a colon ends the
/// label's own, or in the cell below. A keyword of one word must begin a cell of a form, or stand where
/// `in_line` allows it, given what is before it on its line.
pub(crate) fn announced(beside: &Beside<'_>, in_line: impl Fn(&str) -> bool) -> Option<usize> {
    let text = beside.text;
    let label = Label::behind(text, beside.at.end);
    let line = text::line_start(text, beside.at.start, REACH);
    let allowed = beside.keyword.contains(' ')
        || begins_cell(text, beside.at.start)
        || (label.colon && in_line(text[line..beside.at.start].trim_end()));
    if !allowed {
        return None;
    }
    if beside.below.is_some() {
        return beside.below;
    }
    match text::newline_at(text, label.value) {
        0 => label.marked.then_some(label.value),
        newline => label.colon.then(|| text::skip_blanks(text, label.value + newline, text.len())),
    }
}

/// Whether a form's cell begins at `at`: at the start of a line, behind a separator, or behind two blanks.
pub(crate) fn begins_cell(text: &str, at: usize) -> bool {
    let line = text::line_start(text, at, REACH);
    let before = text[line..at].trim_start_matches('\u{FEFF}');
    let trimmed = before.trim_end_matches([' ', '\u{A0}']);
    let blanks = before[trimmed.len()..].chars().count();
    // Attached to a word, a dash or full stop makes one word of both: `Upstream-Name`.
    let listed = trimmed.ends_with(['-', '.']) && blanks > 0;
    trimmed.is_empty()
        || blanks > 1
        || listed
        || trimmed.ends_with([',', ';', '|', '\t', '"', '\'', '{', '(', '<', '[', '*', '>', '\u{2022}', '\u{B7}', '#'])
}

/// Whether no other cell stands before the label at `at` on its line, so that the line below can be its value.
pub(crate) fn is_first_cell(text: &str, at: usize) -> bool {
    let before = text[text::line_start(text, at, REACH)..at].trim_start();
    // Two blanks behind a full stop part sentences, not cells.
    let in_columns =
        before.match_indices("  ").any(|(blanks, _)| !before[..blanks].ends_with(['.', ':', '?', '!', ' ']));
    !(in_columns || before.contains('\t'))
}

/// Where the head of a column begins whose last words are the keyword at `at`: `EPS prescription ID`.
pub(crate) fn head_start(text: &str, line: usize, at: usize) -> Option<usize> {
    const LONGEST: usize = 24;
    if begins_cell(text, at) {
        return Some(at);
    }
    let before = &text[line..at];
    let start =
        before.rfind("  ").map_or(0, |blanks| blanks + 2).max(before.rfind(['\t', '|']).map_or(0, |mark| mark + 1));
    let words = &before[start..];
    let of_words = |c: char| c.is_alphabetic() || matches!(c, ' ' | '\'' | '.' | '/');
    (words.len() <= LONGEST && words.ends_with(' ') && words.chars().all(of_words)).then_some(line + start)
}

/// The start of the cell below a column's head, in a layout of blanks or of tabs, when the keyword is one.
pub(crate) fn cell_below(text: &str, head: &Hit) -> Option<usize> {
    let line_end = text::line_end(text, head.end, REACH);
    let newline = text::newline_at(text, line_end);
    if newline == 0 || !is_head(text, head) {
        return None;
    }
    let line = text::line_start(text, head.start, REACH);
    let before = &text[line..head_start(text, line, head.start)?];
    let below = line_end + newline;
    let row = &text[below..text::line_end(text, below, REACH)];
    let offset = match before.matches('\t').count() {
        0 => row.char_indices().nth(before.chars().count())?.0,
        tabs => row.match_indices('\t').nth(tabs - 1)?.0 + 1,
    };
    let (left, cell) = row.split_at(offset);
    let begins = left.is_empty() || left.ends_with("  ") || left.ends_with('\t');
    (begins && cell.starts_with(|c: char| !c.is_whitespace())).then_some(below + offset)
}
