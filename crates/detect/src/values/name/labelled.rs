//! Names of people behind a label or a title.

use std::ops::Range;

use crate::context::{Label, is_label};
use crate::identifier::{Alone, Beside, Found, Support};
use crate::lists::{Classes, Lists};
use crate::text;
use crate::values::label::announced;
use crate::values::name::words::{PARTICLES, separator, word_at};
use crate::words::Words;

const LONGEST: usize = 96;
const MOST_WORDS: usize = 6;

static TITLES: Words = Words::of(&[
    "a/prof",
    "assoc",
    "dame",
    "doctor",
    "dr",
    "fr",
    "lady",
    "lord",
    "master",
    "miss",
    "mr",
    "mrs",
    "ms",
    "mx",
    "nurse",
    "prof",
    "professor",
    "rev",
    "sir",
    "sr",
]);
/// Words with a capital behind which a title stands, not a drive.
static BEFORE_TITLES: Words = Words::of(&[
    "and",
    "attn",
    "by",
    "cc",
    "consultant",
    "dear",
    "doctor",
    "for",
    "from",
    "gp",
    "name",
    "patient",
    "physician",
    "practitioner",
    "prescriber",
    "provider",
    "regards",
    "see",
    "signed",
    "specialist",
    "surgeon",
    "to",
    "with",
]);
static QUALIFICATIONS: Words = Words::of(&[
    "am", "ao", "aprn", "ba", "bds", "bmbs", "bpharm", "bs", "bsc", "ccfp", "dch", "dds", "dipl", "dnp", "do", "facem",
    "facp", "facrrm", "facs", "fnp", "fracgp", "fracp", "franzcp", "frcgp", "frcp", "frcpc", "frcs", "frnzcgp", "gp",
    "jp", "mb", "mbbch", "mbbs", "mbchb", "md", "mph", "mrcgp", "mrcp", "msc", "np", "oam", "pharmd", "phd", "rn",
]);
/// Words at which a name ends, because the next field of the form begins.
static NEXT_FIELD: Words = Words::of(&[
    "address",
    "age",
    "aged",
    "allergies",
    "bed",
    "date",
    "dob",
    "email",
    "f",
    "fax",
    "female",
    "gender",
    "height",
    "id",
    "ihi",
    "m",
    "male",
    "medicare",
    "mobile",
    "mrn",
    "nhi",
    "no",
    "number",
    "ph",
    "phone",
    "room",
    "sex",
    "signature",
    "signed",
    "tel",
    "urn",
    "ward",
    "weight",
]);
/// Words that no person is called, where labels are followed by something else than a person.
static NO_NAME: Words = Words::of(&[
    "above",
    "acid",
    "advised",
    "avenue",
    "below",
    "calcium",
    "capsule",
    "capsules",
    "care",
    "center",
    "centre",
    "clinic",
    "company",
    "consent",
    "copy",
    "cream",
    "department",
    "details",
    "extended",
    "false",
    "file",
    "form",
    "group",
    "health",
    "healthcare",
    "history",
    "hospital",
    "hydrochloride",
    "inc",
    "information",
    "inhaler",
    "injection",
    "instructions",
    "limited",
    "llc",
    "ltd",
    "maleate",
    "mcg",
    "medical",
    "medicine",
    "mg",
    "ml",
    "n/a",
    "na",
    "name",
    "nil",
    "no",
    "none",
    "not",
    "null",
    "ointment",
    "patient",
    "pending",
    "pharmacy",
    "plan",
    "potassium",
    "practice",
    "prescriber",
    "primary",
    "pty",
    "record",
    "records",
    "release",
    "repeat",
    "repeats",
    "report",
    "required",
    "road",
    "school",
    "see",
    "service",
    "services",
    "signature",
    "sodium",
    "solution",
    "street",
    "string",
    "sulfate",
    "sulphate",
    "summary",
    "surgery",
    "suspension",
    "syrup",
    "tablet",
    "tablets",
    "take",
    "tba",
    "tbc",
    "text",
    "true",
    "undefined",
    "university",
    "unknown",
    "varchar",
    "ward",
    "withheld",
]);
/// Words at which a sentence goes on behind a name; with a small letter none of them is one.
static SENTENCE: Words = Words::of(&[
    "also", "and", "at", "attended", "came", "can", "for", "had", "has", "in", "is", "lives", "may", "must", "of",
    "on", "or", "presents", "should", "that", "the", "this", "to", "was", "who", "will", "with", "your",
]);
/// Labels behind which one part of a name stands alone.
const PARTS: &[&str] =
    &["given", "first", "family", "last", "sur", "middle", "fore", "christian", "maiden", "preferred"];

/// The name that a label announces, without titles; on the next line when the label ends its own with a colon.
pub(crate) fn labelled(beside: &Beside<'_>) -> Option<Found> {
    let text = beside.text;
    // In the middle of a line `name:` is a label behind a value (`1/2/1960 Name: …`), not behind a word (`Drug name: …`).
    let at = announced(beside, |before| before.ends_with(|c: char| c.is_ascii_digit()))?;
    let one_word = PARTS.iter().any(|part| beside.keyword.starts_with(part));
    let in_lower_case = beside.keyword.ends_with("name");
    let words = read(text, at, beside)?;
    let goes_on = words.goes_on(text);
    let enough = words.count >= if one_word { 1 } else { 2 };
    let written_like_a_name = if words.lower { in_lower_case && !goes_on } else { true };
    let is_medicine =
        beside.keyword == "name" && is_strength(text, text::skip_blanks(text, words.range.end, text.len()));
    let is_program_text = {
        let behind = &text[words.range.end..];
        behind.starts_with(['(', '[', '{', '=', '_', '&']) || (words.lower && text[words.range.clone()].contains('.'))
    };
    let is_sentence = goes_on && is_plain(&text[words.range.clone()]);
    (enough && written_like_a_name && !is_medicine && !is_program_text && !is_sentence)
        .then(|| Some(Found { range: words.range, support: Support::shape(Alone::Never)? }))?
}

/// The name behind a title in running text: `seen by Dr Jane Doe`. Behind a capitalised word or a number the
/// same letters are a drive, as in `12 Rose Dr`.
pub(crate) fn titled(beside: &Beside<'_>) -> Option<Found> {
    let text = beside.text;
    let line = text::line_start(text, beside.at.start, LONGEST);
    let before = text[line..beside.at.start].trim_end();
    let word = before.rsplit(' ').next().unwrap_or("");
    let beside_word = text[line + before.len()..beside.at.start] == *" ";
    let in_address = beside_word
        && word.chars().next().is_some_and(|c| c.is_uppercase() || c.is_ascii_digit())
        && word.ends_with(|c: char| c.is_alphanumeric())
        && !BEFORE_TITLES.contains(word);
    if in_address || !text[beside.at.clone()].starts_with(['D', 'P', 'M']) {
        return None;
    }
    let at = Label::behind(text, beside.at.end).value;
    let words = read(text, at, beside)?;
    (words.count >= 2 && !words.lower)
        .then(|| Some(Found { range: words.range, support: Support::shape(Alone::Never)? }))?
}

/// Whether a medicine's strength stands at `at`: `665 mg`, `0.5%`.
fn is_strength(text: &str, at: usize) -> bool {
    static UNITS: Words = Words::of(&[
        "g",
        "iu",
        "mcg",
        "mg",
        "microgram",
        "micrograms",
        "milligrams",
        "ml",
        "tab",
        "tabs",
        "unit",
        "units",
    ]);
    let number = |byte: &&u8| byte.is_ascii_digit() || matches!(byte, b'.' | b',' | b'/');
    let digits = text.as_bytes()[at..].iter().take(8).take_while(number).count();
    let unit = text::skip_blanks(text, at + digits, text.len());
    let letters = text.as_bytes()[unit..].iter().take(11).take_while(|byte| byte.is_ascii_alphabetic()).count();
    digits > 0 && (text.as_bytes().get(unit) == Some(&b'%') || UNITS.contains(&text[unit..unit + letters]))
}

/// The words of a name.
struct NameWords {
    range: Range<usize>,
    count: usize,
    lower: bool,
}

impl NameWords {
    /// Whether a comma behind these words separates family name from given name: `DOE, Jane`, but not
    /// `Jane Doe, NZMC 12345`.
    fn is_family_name(&self, text: &str, behind: usize) -> bool {
        let capitals = |word: &str| !word.contains(char::is_lowercase);
        self.count == 1
            || (self.count == 2 && self.begins_with_particle(text))
            || (capitals(&text[self.range.clone()]) && !capitals(text[behind..].split(' ').next().unwrap_or("")))
    }

    /// `Te Kanawa`, `Di Marco`.
    fn begins_with_particle(&self, text: &str) -> bool {
        static ALSO_GIVEN: Words = Words::of(&["al", "ben", "e", "st", "y"]);
        let first = text[self.range.clone()].split(' ').next().unwrap_or("");
        PARTICLES.contains(first) && !ALSO_GIVEN.contains(first)
    }

    /// Whether the line goes on behind the name with more words of the same sentence.
    fn goes_on(&self, text: &str) -> bool {
        let behind = &text[self.range.end..];
        behind.starts_with([' ', '\u{A0}'])
            && text::alnum_at(text, self.range.end + behind.chars().next().map_or(0, char::len_utf8))
    }
}

fn read(text: &str, at: usize, beside: &Beside<'_>) -> Option<NameWords> {
    let limit = text::line_end(text, at.min(text.len()), LONGEST);
    let mut words = NameWords { range: at..at, count: 0, lower: false };
    let (mut next, mut comma, mut long) = (at, false, false);
    for _ in 0..MOST_WORDS {
        let Some(word) = word_at(text, next, limit) else { break };
        let written = text[word.clone()].trim_end_matches('.');
        if words.count == 0 && TITLES.contains(written) {
            next = text::skip_blanks(text, word.end, limit);
            continue;
        }
        let degree = QUALIFICATIONS.contains(written) || (words.count > 0 && is_degree(written));
        if degree || ends_name(text, &word, beside, words.count) {
            break;
        }
        if SENTENCE.contains_lower(written) && words.count > 0 && !words.lower {
            break;
        }
        if NO_NAME.contains(written) || SENTENCE.contains_lower(written) {
            return None;
        }
        let particle = PARTICLES.contains_lower(written);
        let lower = written.chars().next().is_some_and(char::is_lowercase) && !particle;
        if words.count > 0 && lower != words.lower {
            break;
        }
        if words.count == 0 && !particle {
            words.lower = lower;
        }
        if words.range.is_empty() {
            words.range.start = word.start;
        }
        long |= written.chars().count() > 1 && !particle;
        words.count += usize::from(!particle);
        words.range.end = word.start + if written.chars().count() == 1 { word.len() } else { written.len() };
        if word.len() > written.len() && written.chars().count() > 1 && !particle {
            // A full stop behind more than an initial ends the sentence.
            break;
        }
        match separator(text, word.end, limit) {
            Some((b',', behind)) if !comma && words.is_family_name(text, behind) => {
                comma = true;
                next = behind;
            }
            Some((b' ', behind)) => next = behind,
            _ => break,
        }
    }
    (long && words.count > 0).then_some(words)
}

/// Whether all words are plain ones, and none a given name.
fn is_plain(words: &str) -> bool {
    words.split(' ').all(|word| {
        let classes = Lists::shipped().classes(word);
        classes.any(Classes::ENGLISH) && !classes.any(Classes::GIVEN)
    })
}

/// Whether capitals without vowels stand for a degree: `FRCP`, `BMBS`.
fn is_degree(word: &str) -> bool {
    word.len() > 3 && word.bytes().all(|byte| byte.is_ascii_uppercase() && !b"AEIOUY".contains(&byte))
}

/// Whether the word begins the next field of a form rather than another part of the name.
fn ends_name(text: &str, word: &Range<usize>, beside: &Beside<'_>, count: usize) -> bool {
    let label = text.as_bytes().get(word.end) == Some(&b':');
    let next_field = count > 0 && NEXT_FIELD.contains(&text[word.clone()]);
    let keyword = || {
        beside
            .following
            .iter()
            .take_while(|hit| hit.start <= word.start)
            .any(|hit| hit.start == word.start && is_label(text, hit))
    };
    label || next_field || keyword()
}
