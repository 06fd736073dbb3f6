//! The keywords around a value: how far they are, and whether they speak of it.

use std::ops::Range;

use crate::lexicon::Hit;
use crate::text;
use crate::values::label::{head_start, is_first_cell};
use crate::words::Words;

/// The most bytes that are looked at on each side of a value, or behind a label: leaders of a form included.
pub(crate) const REACH: usize = 200;
/// As far as a practice's own distance may lead: the bytes that are looked at where one is wider than what is managed.
pub(crate) const WIDE_REACH: usize = 480;
/// The characters by which a keyword may be farther from a value whose label it begins: `Medicare No as it is printed
/// on the card: …`. Only for values that a check digit proves; what else stands in a label may name another number.
pub(crate) const LABEL_MORE: u16 = 50;
/// The most keywords that are weighed for one value.
const MOST: usize = 12;
/// What a keyword in the line above counts as, in characters.
pub(crate) const COLUMN_DISTANCE: u16 = 12;

/// How far a value may be from its keyword where a reader has seen to what stands between: `number was given as`.
pub(crate) const IN_A_SENTENCE: u16 = 22;

/// A keyword that may speak of a value.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Nearby {
    /// Its number in the lexicon.
    pub(crate) keyword: u16,
    /// Characters between the two; runs of fill characters count as one.
    pub(crate) distance: u16,
    /// Whether the value is the first number beside the keyword.
    pub(crate) next: bool,
    /// Where the keyword ends, when it stands before a mark that is right before the value.
    before_mark: Option<usize>,
}

/// The keywords around one value. What stands before it is looked at once for all values that begin at one place.
#[derive(Debug, Default)]
pub(crate) struct Context {
    /// Those before the values that begin at `start`.
    before: Vec<Nearby>,
    start: Option<usize>,
    /// The mark right before them.
    mark: Option<usize>,
    /// Those behind the value that ends at `end`, and above it.
    beyond: Vec<Nearby>,
    end: usize,
}

impl Context {
    /// Forgets what it knows: another text begins.
    pub(crate) fn forget(&mut self) {
        self.start = None;
    }

    /// Looks around the value at `start..end`, at most `reach` bytes on each side. `hits` are all keywords of the
    /// text, in order.
    pub(crate) fn look(&mut self, text: &str, hits: &[Hit], start: usize, end: usize, reach: usize) {
        let is_begun = self.start == Some(start);
        if is_begun && self.end == end {
            return;
        }
        let before = hits.partition_point(|hit| hit.end <= start);
        if !is_begun {
            self.before.clear();
            self.look_back(text, &hits[..before], start, reach);
        }
        self.beyond.clear();
        self.look_ahead(text, &hits[before..], end, reach);
        self.look_up(text, &hits[..before], start, end);
        (self.start, self.end) = (Some(start), end);
    }

    /// The nearest keyword for which `speaks` holds.
    pub(crate) fn nearest(&self, speaks: impl Fn(&Nearby) -> bool) -> Option<Nearby> {
        let all = self.before.iter().chain(&self.beyond);
        all.filter(|nearby| speaks(nearby)).min_by_key(|nearby| nearby.distance).copied()
    }

    /// Whether a keyword begins a label whose mark stands right before the value.
    pub(crate) fn begins_label(&self, text: &str, nearby: &Nearby) -> bool {
        let between = |(end, mark)| text.as_bytes().get(end..mark);
        nearby.before_mark.zip(self.mark).and_then(between).is_some_and(is_one_label)
    }

    /// A keyword before the value speaks of it until another label comes between: on the value's own line
    /// one mark may lie between them (the keyword's own); on the line above, none on the value's line.
    fn look_back(&mut self, text: &str, hits: &[Hit], start: usize, reach: usize) {
        let bytes = text.as_bytes();
        let mut gap = Gap::default();
        let mut at = start;
        let limit = start.saturating_sub(reach);
        self.mark = mark_before(bytes, start);
        let mut remark = self.mark.and_then(|mark| remark_before(bytes, mark));
        for hit in hits.iter().rev() {
            if hit.end < limit || self.before.len() == MOST {
                return;
            }
            if let Some(remark) = remark.take_if(|remark| hit.end <= remark.start) {
                gap = Gap::default();
                (remark.end..start).rev().for_each(|at| gap.take(bytes, at));
                at = remark.start;
            }
            while at > hit.end {
                at = tag_before(bytes, at).filter(|tag| *tag >= hit.end).unwrap_or(at - 1);
                gap.take(bytes, at);
                if gap.closed() {
                    return;
                }
            }
            let next = !gap.digits && (gap.lines == 0 || gap.only_fill);
            let in_own_column = gap.lines == 0 || is_first_cell(text, hit.start);
            if in_own_column && !is_in_closing_tag(bytes, hit.start) {
                let before_mark = (gap.lines == 0 && gap.marks == 1 && !gap.digits).then_some(hit.end);
                self.before.push(Nearby { keyword: hit.keyword, distance: gap.distance, next, before_mark });
            }
            while at > hit.start {
                at -= 1;
                gap.take(bytes, at);
            }
        }
    }

    /// A keyword behind the value speaks of it on the same line, unless it is the label of what follows.
    fn look_ahead(&mut self, text: &str, hits: &[Hit], end: usize, reach: usize) {
        let bytes = text.as_bytes();
        let mut gap = Gap::default();
        let mut at = end;
        for hit in hits {
            if hit.start < end {
                continue;
            }
            if hit.start > end + reach || self.before.len() + self.beyond.len() == MOST {
                return;
            }
            while at < hit.start {
                gap.take(bytes, at);
                at += 1;
                if gap.lines > 0 || gap.marks > 0 || gap.digits {
                    return;
                }
            }
            if is_label(text, hit) {
                return;
            }
            self.beyond.push(Nearby { keyword: hit.keyword, distance: gap.distance, next: true, before_mark: None });
            while at < hit.end {
                gap.take(bytes, at);
                at += 1;
            }
        }
    }

    /// A keyword in the line above speaks of the value below it in a column layout.
    fn look_up(&mut self, text: &str, hits: &[Hit], start: usize, end: usize) {
        let line = text::line_start(text, start, REACH);
        let own = &text[line..start];
        let begins_cell = own.is_empty() || own.ends_with('\t') || own.ends_with("  ") || own.trim().is_empty();
        if line == 0 || !begins_cell || own.contains([':', '=']) {
            return;
        }
        let above_end = line - newline_before(text, line);
        let above = text::line_start(text, above_end, REACH);
        let column = own.chars().count();
        let width = text[start..end].chars().count();
        for hit in
            hits.iter().rev().skip_while(|hit| hit.end > above_end).take_while(|hit| hit.start >= above).take(MOST)
        {
            let head = head_start(text, above, hit.start).unwrap_or(hit.start);
            let from = text[above..head].chars().count();
            let to = text[above..hit.start].chars().count() + text[hit.start..hit.end].chars().count();
            if from < column + width && column < to && is_head(text, hit) {
                let distance = COLUMN_DISTANCE;
                self.beyond.push(Nearby { keyword: hit.keyword, distance, next: true, before_mark: None });
            }
        }
    }
}

/// The mark right before a value at `start`: blanks and quotation marks may lie between.
fn mark_before(bytes: &[u8], start: usize) -> Option<usize> {
    let fill = bytes[start.saturating_sub(REACH)..start]
        .iter()
        .rev()
        .take_while(|byte| matches!(byte, b' ' | b'\t' | b'"' | b'\''))
        .count();
    let mark = (start - fill).checked_sub(1)?;
    matches!(bytes[mark], b':' | b'=').then_some(mark)
}

/// The words in brackets before the mark of a label: `Passport No (as on page 2): …`. They are a remark on the label,
/// and no distance.
fn remark_before(bytes: &[u8], mark: usize) -> Option<Range<usize>> {
    let before = &bytes[mark.saturating_sub(REACH)..mark];
    let before = before.strip_suffix(b" ").unwrap_or(before);
    let inside = before.strip_suffix(b")")?;
    let open = inside.iter().rposition(|byte| matches!(byte, b'(' | b')' | b'\n' | b'\r'))?;
    let from = mark - bytes[mark.saturating_sub(REACH)..mark].len();
    (inside[open] == b'(').then_some(from + open..from + before.len())
}

/// Whether the words between a keyword and a mark are all of one label: no other cell and no other sentence begins.
fn is_one_label(between: &[u8]) -> bool {
    let parts = |pair: &[u8]| matches!(pair, b"  " | b". " | b"? " | b"! ");
    !between.iter().any(|byte| matches!(byte, b'\t' | b'|' | b';' | b'<' | b'>' | b'"'))
        && !between.windows(2).any(parts)
}

/// The start of the tag of HTML or XML that ends right before `at`: what stands in it says nothing of a value behind it.
fn tag_before(bytes: &[u8], at: usize) -> Option<usize> {
    if bytes[at - 1] != b'>' {
        return None;
    }
    let start = memchr::memrchr2(b'<', b'>', &bytes[at.saturating_sub(REACH)..at - 1])? + at.saturating_sub(REACH);
    (bytes[start] == b'<' && matches!(bytes[start + 1], b'a'..=b'z' | b'A'..=b'Z' | b'/')).then_some(start)
}

/// Whether the keyword at `at` is in the name of a closing tag, which speaks for nothing behind it.
fn is_in_closing_tag(bytes: &[u8], at: usize) -> bool {
    const LONGEST: usize = 40;
    let of_name = |byte: &&u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b':' | b'.');
    let name = bytes[at.saturating_sub(LONGEST)..at].iter().rev().take_while(of_name).count();
    bytes[..at - name].ends_with(b"</")
}

fn newline_before(text: &str, line: usize) -> usize {
    match &text.as_bytes()[..line] {
        [.., b'\r', b'\n'] => 2,
        [.., b'\r' | b'\n'] => 1,
        _ => 0,
    }
}

/// What lies between a keyword and a value, gathered byte by byte.
#[derive(Debug)]
struct Gap {
    distance: u16,
    lines: u8,
    marks: u8,
    digits: bool,
    only_fill: bool,
    after_newline: bool,
    fill: bool,
}

impl Default for Gap {
    fn default() -> Self {
        Self { distance: 0, lines: 0, marks: 0, digits: false, only_fill: true, after_newline: false, fill: false }
    }
}

/// What a byte is in a gap, as bits.
const FILL: u8 = 1;
const NEWLINE: u8 = 1 << 1;
const MARK: u8 = 1 << 2;
const DIGIT: u8 = 1 << 3;
const CONTINUATION: u8 = 1 << 4;
/// Neither words nor numbers.
const PLAIN: u8 = 1 << 5;

static KINDS: [u8; 256] = kinds();

const fn kinds() -> [u8; 256] {
    let mut kinds = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        kinds[byte] = match byte as u8 {
            b'\r' | b'\n' => FILL | NEWLINE | PLAIN,
            b' ' | b'\t' | b'.' | b'_' | b'-' | b'*' => FILL | PLAIN,
            b':' | b'=' => MARK | PLAIN,
            b'#' | b'"' | b'\'' | b'|' | b'<' | b'>' => PLAIN,
            b'0'..=b'9' => DIGIT,
            0x80..=0xBF => CONTINUATION,
            _ => 0,
        };
        byte += 1;
    }
    kinds
}

impl Gap {
    #[inline]
    fn take(&mut self, bytes: &[u8], at: usize) {
        let kind = KINDS[usize::from(bytes[at])];
        let is = |of: u8| kind & of != 0;
        // The two bytes of CR LF are one line end, from whichever side they are met.
        let newline = is(NEWLINE) && !self.after_newline;
        self.lines += u8::from(newline);
        if is(MARK) && !is_inside_number(bytes, at) {
            self.marks += 1;
        }
        self.digits |= is(DIGIT);
        self.after_newline = newline;
        self.only_fill &= is(PLAIN);
        let counts = !(is(FILL) && self.fill || is(CONTINUATION));
        self.distance = self.distance.saturating_add(u16::from(counts));
        self.fill = is(FILL);
    }

    /// Whether nothing further away can speak of the value.
    fn closed(&self) -> bool {
        self.lines > 1 || self.marks > 1 || (self.lines == 1 && self.marks > 0 && !self.only_fill)
    }
}

fn is_inside_number(bytes: &[u8], at: usize) -> bool {
    at > 0 && bytes[at - 1].is_ascii_digit() && bytes.get(at + 1).is_some_and(u8::is_ascii_digit)
}

/// Whether a keyword labels what follows it: a mark, leaders or a number come right behind.
pub(crate) fn is_label(text: &str, hit: &Hit) -> bool {
    let label = Label::behind(text, hit.end);
    label.marked || text::digit_at(text, label.value)
}

/// Whether a keyword can be the head of a column: nothing on its line is its value by a colon or right behind it.
pub(crate) fn is_head(text: &str, hit: &Hit) -> bool {
    let label = Label::behind(text, hit.end);
    !label.colon && (label.marked || text::newline_at(text, label.value) > 0)
}

/// What stands between a keyword and what it labels.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Label {
    /// Where the value would start: behind mark, leaders, blanks and an opening quotation mark.
    pub(crate) value: usize,
    /// Whether a mark, leaders, a tab or two blanks set the value off.
    pub(crate) marked: bool,
    /// Whether a colon or equals sign does.
    pub(crate) colon: bool,
}

impl Label {
    /// Reads on from `at`, the end of a keyword, on the same line and at most [`REACH`] bytes.
    pub(crate) fn behind(text: &str, at: usize) -> Self {
        let bytes = text.as_bytes();
        let limit = bytes.len().min(at + REACH);
        let (mut value, mut colon, mut blanks, mut leaders, mut set_off) =
            (behind_brackets(bytes, at), false, 0, 0, false);
        while value < limit {
            match bytes[value] {
                b':' | b'=' => colon = true,
                b' ' => blanks += 1,
                0xC2 if bytes.get(value + 1) == Some(&0xA0) => {
                    blanks += 1;
                    value += 1;
                }
                b'.' | b'_' | b'-' | b'*' => leaders += 1,
                b'\t' | b'|' | b'>' => set_off = true,
                b'"' | b'\'' | b'#' | b'[' => {}
                _ => break,
            }
            value += 1;
        }
        Self { value, marked: colon || set_off || blanks > 1 || leaders > 1, colon }
    }
}

/// Behind the bracket that closes right behind a keyword, or the words in brackets that belong to it: `(SCID)`,
/// `Passport (Canada)`.
fn behind_brackets(bytes: &[u8], at: usize) -> usize {
    const LONGEST: usize = 20;
    if bytes.get(at) == Some(&b')') {
        return at + 1;
    }
    let open = at + usize::from(bytes.get(at) == Some(&b' '));
    if bytes.get(open) != Some(&b'(') {
        return at;
    }
    let of_words = |byte: &&u8| byte.is_ascii_alphanumeric() || matches!(byte, b' ' | b'/' | b'.' | b'-');
    let words = bytes[open + 1..].iter().take(LONGEST).take_while(of_words).count();
    let named = bytes.get(open + 1).is_some_and(u8::is_ascii_alphabetic);
    if named && words > 1 && bytes.get(open + 1 + words) == Some(&b')') {
        return open + words + 2;
    }
    remark_behind(bytes, open).unwrap_or(at)
}

/// Behind the remark that opens at `open`, where the mark of a label follows it: see [`remark_before`].
fn remark_behind(bytes: &[u8], open: usize) -> Option<usize> {
    const LONGEST: usize = 60;
    let remark = &bytes[open + 1..bytes.len().min(open + 1 + LONGEST)];
    let close = remark.iter().position(|byte| matches!(byte, b'(' | b')' | b'\n' | b'\r'))?;
    let behind = open + 1 + close + 1;
    let mark = behind + usize::from(bytes.get(behind) == Some(&b' '));
    (remark[close] == b')' && matches!(bytes.get(mark), Some(b':' | b'='))).then_some(behind)
}

/// Characters between a keyword's end and its value, counted like those of [`Context`].
pub(crate) fn distance(text: &str, from: usize, to: usize) -> u16 {
    let bytes = text.as_bytes();
    let remark =
        mark_before(bytes, to).and_then(|mark| remark_before(bytes, mark)).filter(|remark| remark.start >= from);
    let mut gap = Gap::default();
    for at in (from..to).filter(|at| remark.as_ref().is_none_or(|remark| !remark.contains(at))) {
        gap.take(bytes, at);
    }
    gap.distance
}

/// Words that say that a number follows, of whatever kind.
static NUMBER_WORDS: Words =
    Words::of(&["code", "id", "no", "no.", "nr", "num", "number", "policy", "ref", "reference"]);
/// Words that say of which other kind the number behind them is.
static OTHER_NUMBERS: Words = Words::of(&[
    "barcode", "batch", "case", "claim", "ean", "gtin", "invoice", "isbn", "item", "lot", "model", "order", "part",
    "receipt", "serial", "sku", "ticket", "tracking", "upc", "version",
]);

/// Whether the value at `at`, whose keyword stands `distance` characters before it, has another number's name in
/// between: `Passport: none, order no 123456789`.
pub(crate) fn is_of_another_kind(text: &str, at: usize, distance: u16) -> bool {
    let line = text::line_start(text, at, REACH);
    let before = &text[line..at];
    let mut words = before.rsplit(|c: char| !c.is_alphanumeric() && c != '.').filter(|word| !word.is_empty());
    let Some(word) = words.by_ref().take(2).find(|word| !NUMBER_WORDS.contains(word)) else { return false };
    let from = line + before.rfind(word).unwrap_or(0);
    OTHER_NUMBERS.contains(word) && self::distance(text, from, at) <= distance
}

/// The line above the one that begins at `line`, as far as it is near.
fn line_above(text: &str, line: usize) -> &str {
    let end = line - newline_before(text, line);
    text[text::line_start(text, end, REACH)..end].trim()
}

/// Whether a label, of whatever kind, stands right before `at`: a mark, or a word that says that a number follows.
pub(crate) fn is_labelled(text: &str, at: usize) -> bool {
    let line = text::line_start(text, at, REACH);
    let before = text[line..at].trim_end_matches([' ', '\t', '"', '\'', '(', '[']);
    if before.ends_with([':', '=', '#']) {
        return true;
    }
    if before.is_empty() && OTHER_NUMBERS.contains(line_above(text, line)) {
        return true;
    }
    let word = before.rsplit([' ', '\t', ',', ';', '(', '>', '"']).next().unwrap_or("");
    // A country's code and check digits: what follows is the rest of an account number.
    let heads_account = matches!(word.as_bytes(), [b'A'..=b'Z', b'A'..=b'Z', b'0'..=b'9', b'0'..=b'9']);
    heads_account || NUMBER_WORDS.contains(word) || OTHER_NUMBERS.contains(word)
}
