//! Names of people behind a label or a title.

use std::ops::Range;

use crate::context::{Label, is_label};
use crate::identifier::{Alone, Beside, Found, Support};
use crate::lists::{Classes, Lists};
use crate::text;
use crate::values::label::announced;
use crate::values::name::words::{PARTICLES, separator, word_at};

const LONGEST: usize = 96;
const MOST_WORDS: usize = 6;

const TITLES: &[&str] = &[
    "dr",
    "mr",
    "mrs",
    "ms",
    "miss",
    "mx",
    "prof",
    "professor",
    "a/prof",
    "assoc",
    "sir",
    "dame",
    "lady",
    "lord",
    "master",
    "rev",
    "fr",
    "sr",
    "doctor",
    "nurse",
];
/// Words with a capital behind which a title stands, not a drive.
const BEFORE_TITLES: &[&str] = &[
    "prescriber",
    "doctor",
    "physician",
    "provider",
    "practitioner",
    "consultant",
    "surgeon",
    "specialist",
    "gp",
    "by",
    "from",
    "to",
    "for",
    "attn",
    "dear",
    "see",
    "cc",
    "patient",
    "name",
    "regards",
    "and",
    "with",
    "signed",
];
const QUALIFICATIONS: &[&str] = &[
    "md", "mbbs", "bmbs", "mbbch", "mbchb", "mrcp", "mrcgp", "frnzcgp", "frcgp", "franzcp", "frcpc", "ccfp", "facp",
    "facs", "dnp", "fnp", "aprn", "msc", "mph", "mb", "bs", "ba", "bsc", "fracgp", "fracp", "frcp", "frcs", "facrrm",
    "facem", "dch", "phd", "rn", "np", "do", "dds", "bds", "pharmd", "bpharm", "dipl", "jp", "am", "ao", "oam", "gp",
];
/// Words at which a name ends, because the next field of the form begins.
const NEXT_FIELD: &[&str] = &[
    "sex",
    "gender",
    "age",
    "date",
    "dob",
    "id",
    "no",
    "number",
    "ward",
    "room",
    "bed",
    "phone",
    "ph",
    "tel",
    "fax",
    "mobile",
    "email",
    "address",
    "male",
    "female",
    "m",
    "f",
    "aged",
    "weight",
    "height",
    "allergies",
    "signature",
    "signed",
    "medicare",
    "mrn",
    "urn",
    "nhi",
    "ihi",
];
/// Words that no person is called, where labels are followed by something else than a person.
const NO_NAME: &[&str] = &[
    "unknown",
    "none",
    "nil",
    "not",
    "no",
    "see",
    "above",
    "below",
    "hospital",
    "clinic",
    "pharmacy",
    "practice",
    "centre",
    "center",
    "medical",
    "medicine",
    "surgery",
    "health",
    "healthcare",
    "service",
    "services",
    "department",
    "ward",
    "pty",
    "ltd",
    "limited",
    "inc",
    "llc",
    "company",
    "group",
    "university",
    "school",
    "tablet",
    "tablets",
    "capsule",
    "capsules",
    "cream",
    "ointment",
    "solution",
    "injection",
    "suspension",
    "syrup",
    "inhaler",
    "mg",
    "ml",
    "mcg",
    "take",
    "repeat",
    "repeats",
    "street",
    "road",
    "avenue",
    "copy",
    "information",
    "instructions",
    "details",
    "name",
    "patient",
    "prescriber",
    "signature",
    "required",
    "pending",
    "withheld",
    "tba",
    "tbc",
    "n/a",
    "na",
    "record",
    "records",
    "file",
    "history",
    "care",
    "plan",
    "consent",
    "form",
    "report",
    "summary",
    "advised",
    "sodium",
    "hydrochloride",
    "acid",
    "sulfate",
    "sulphate",
    "maleate",
    "calcium",
    "potassium",
    "extended",
    "release",
    "text",
    "varchar",
    "string",
    "null",
    "true",
    "false",
    "primary",
    "undefined",
];
/// Words at which a sentence goes on behind a name; with a small letter none of them is one.
const SENTENCE: &[&str] = &[
    "is", "was", "has", "will", "must", "may", "should", "can", "presents", "the", "this", "that", "your", "and", "or",
    "for", "with", "to", "of", "who", "had", "came", "attended", "lives", "also", "in", "on", "at",
];
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
        && !text::is_one_of(word, BEFORE_TITLES);
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
    const UNITS: &[&str] =
        &["mg", "mcg", "g", "ml", "iu", "units", "unit", "microgram", "micrograms", "milligrams", "tab", "tabs"];
    let number = |byte: &&u8| byte.is_ascii_digit() || matches!(byte, b'.' | b',' | b'/');
    let digits = text.as_bytes()[at..].iter().take(8).take_while(number).count();
    let unit = text::skip_blanks(text, at + digits, text.len());
    let letters = text.as_bytes()[unit..].iter().take(11).take_while(|byte| byte.is_ascii_alphabetic()).count();
    digits > 0 && (text.as_bytes().get(unit) == Some(&b'%') || text::is_one_of(&text[unit..unit + letters], UNITS))
}

/// The words of a name.
struct Words {
    range: Range<usize>,
    count: usize,
    lower: bool,
}

impl Words {
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
        const ALSO_GIVEN: &[&str] = &["al", "ben", "e", "y", "st"];
        let first = text[self.range.clone()].split(' ').next().unwrap_or("");
        text::is_one_of(first, PARTICLES) && !text::is_one_of(first, ALSO_GIVEN)
    }

    /// Whether the line goes on behind the name with more words of the same sentence.
    fn goes_on(&self, text: &str) -> bool {
        let behind = &text[self.range.end..];
        behind.starts_with([' ', '\u{A0}'])
            && text::alnum_at(text, self.range.end + behind.chars().next().map_or(0, char::len_utf8))
    }
}

fn read(text: &str, at: usize, beside: &Beside<'_>) -> Option<Words> {
    let limit = text::line_end(text, at.min(text.len()), LONGEST);
    let mut words = Words { range: at..at, count: 0, lower: false };
    let (mut next, mut comma, mut long) = (at, false, false);
    for _ in 0..MOST_WORDS {
        let Some(word) = word_at(text, next, limit) else { break };
        let written = text[word.clone()].trim_end_matches('.');
        if words.count == 0 && text::is_one_of(written, TITLES) {
            next = text::skip_blanks(text, word.end, limit);
            continue;
        }
        let degree = text::is_one_of(written, QUALIFICATIONS) || (words.count > 0 && is_degree(written));
        if degree || ends_name(text, &word, beside, words.count) {
            break;
        }
        if SENTENCE.contains(&written) && words.count > 0 && !words.lower {
            break;
        }
        if text::is_one_of(written, NO_NAME) || SENTENCE.contains(&written) {
            return None;
        }
        let particle = PARTICLES.contains(&written);
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
    let next_field = count > 0 && text::is_one_of(&text[word.clone()], NEXT_FIELD);
    let keyword = || {
        beside
            .following
            .iter()
            .take_while(|hit| hit.start <= word.start)
            .any(|hit| hit.start == word.start && is_label(text, hit))
    };
    label || next_field || keyword()
}
