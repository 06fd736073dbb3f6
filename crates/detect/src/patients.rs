//! Which patients a text is about, by what stands behind the labels of patients.

use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hasher as _};

use pillbox_model::Detection;

use crate::lists::{Classes, Lists};
use crate::prescription::HEALTH_NUMBERS;
use crate::words::Words;

/// More patients are no more than two; what is beyond is not kept.
const MOST: usize = 8;
/// A text with more different words in its names is a register, and nobody's own.
const MOST_WORDS: usize = 65_536;
/// So much of the line before a value says whose it is, in bytes.
const LABEL: usize = 64;

/// The patients of a text, as it passes. Of names and numbers it keeps hashes.
#[derive(Debug, Default)]
pub struct Patients {
    /// Names behind labels that only patients have.
    names: Vec<Name>,
    /// Names behind labels that others may have too, such as `Name`.
    other_names: Vec<Name>,
    birth_dates: BTreeSet<u64>,
    /// By kind: the identifier's hash and the number's.
    numbers: BTreeSet<(u64, u64)>,
    /// How often a birth date or number was seen.
    marks: usize,
    /// Words of every name in the text, whoever's it is.
    words: BTreeSet<u64>,
}

/// A name's words, without titles.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Name {
    /// Words of two letters and more.
    words: BTreeSet<u64>,
    /// The first letters of all its words.
    initials: BTreeSet<char>,
}

impl Name {
    /// `None` where it has fewer than two words: one word is as well a heading or a ward.
    fn of(value: &str) -> Option<Self> {
        let (mut words, mut initials) = (BTreeSet::new(), BTreeSet::new());
        for word in words_of(value) {
            initials.extend(word.chars().next());
            if word.chars().count() > 1 {
                words.insert(hash(&word));
            }
        }
        (initials.len() + words.len() > 2 && !words.is_empty()).then_some(Self { words, initials })
    }

    /// Whether both may be one person's: they have a word in common.
    fn shares_word(&self, other: &Self) -> bool {
        self.words.intersection(&other.words).next().is_some()
    }

    /// Whether they have a word in common, and more words each that the other has not, not even by its initial: a family
    /// name, and two given names.
    fn shares_family_only(&self, other: &Self) -> bool {
        let rest = |one: &Self, other: &Self| one.words.difference(&other.words).count();
        self.shares_word(other)
            && rest(self, other) > 0
            && rest(other, self) > 0
            && self.initials.symmetric_difference(&other.initials).count() >= 2
    }
}

impl Patients {
    /// None yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes what was found: `value` is its text and `before` what stands before it on its line.
    pub fn note(&mut self, detection: &Detection, value: &str, before: &str) {
        let id = detection.identifier.as_str();
        if id == "NAME" {
            if self.words.len() < MOST_WORDS {
                self.words.extend(words_of(value).map(|word| hash(&word)));
            }
            let (Some(label), Some(name)) = (detection.evidence.keyword.as_deref(), Name::of(value)) else { return };
            if is_of_somebody_else(before) {
                return;
            }
            if PATIENT_LABELS.contains(label) {
                keep(&mut self.names, name);
            } else if NAME_LABELS.contains(label) {
                keep(&mut self.other_names, name);
            }
        } else if id == "DATE_OF_BIRTH" {
            if !is_of_somebody_else(before) && self.birth_dates.len() < MOST {
                self.birth_dates.insert(hash(&date(value)));
                self.marks += 1;
            }
        } else if (id == "MEDICAL_RECORD_NUMBER" || HEALTH_NUMBERS.contains(id))
            && detection.evidence.keyword.is_some()
            && !is_of_somebody_else(before)
            && self.numbers.len() < MOST
        {
            let number: String = value.chars().filter(char::is_ascii_alphanumeric).take(10).collect();
            self.numbers.insert((hash(id), hash(&number.to_ascii_uppercase())));
            self.marks += 1;
        }
    }

    /// Whether the text is about two patients: two names behind patients' labels that have no word in common, or only
    /// the family's and two birth dates or numbers of one kind with it. Birth dates and numbers alone are no proof: they
    /// are mistyped, and families share cards. One birth date or number that is repeated makes two names one person's.
    pub fn are_two(&self) -> bool {
        let differ = self.has_two_numbers_of_a_kind() || self.birth_dates.len() > 1;
        let repeated = !differ && self.marks > self.birth_dates.len() + self.numbers.len();
        let pairs = || {
            let names = self.names.iter().enumerate();
            names.flat_map(|(position, one)| self.names[position + 1..].iter().map(move |other| (one, other)))
        };
        pairs().any(|(one, other)| (!one.shares_word(other) && !repeated) || (one.shares_family_only(other) && differ))
    }

    fn has_two_numbers_of_a_kind(&self) -> bool {
        let mut before = None;
        self.numbers.iter().any(|(kind, _)| before.replace(kind) == Some(kind))
    }

    /// Whether a person's name, such as that of a file, is somebody else's than the patient's: the text has a patient,
    /// and no name in it has a word in common with it.
    pub fn are_others_than(&self, name: &str) -> bool {
        let known = if self.names.is_empty() { &self.other_names } else { &self.names };
        let all_are_kept = self.words.len() < MOST_WORDS;
        all_are_kept && !known.is_empty() && !words_of(name).any(|word| self.words.contains(&hash(&word)))
    }
}

/// The parts of a path (a file's name without its extension, or a folder's) that are a person's name: two or three words,
/// one of them a given name that is nothing else, and none that belongs to the name of a document or a place.
pub fn names_in(path: &str) -> impl Iterator<Item = &str> {
    let last = path.rsplit('/').next().unwrap_or_default().len();
    let (folders, file) = path.split_at(path.len() - last);
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    folders.split('/').chain([stem]).filter(|part| is_person(part))
}

fn is_person(part: &str) -> bool {
    let words: Vec<String> = words_of(part).filter(|word| word.chars().count() > 1).collect();
    let lists = Lists::shipped();
    let is_given = |word: &String| {
        let classes = lists.classes(word);
        classes.any(Classes::GIVEN) && !classes.any(Classes::ENGLISH.or(Classes::PLACE).or(Classes::DRUG))
    };
    let is_other =
        |word: &String| lists.classes(word).any(Classes::OTHER.or(Classes::DRUG)) || NO_PERSON.contains(word);
    (2..=3).contains(&words.len()) && words.iter().any(is_given) && !words.iter().any(is_other)
}

/// Keeps a name that is new.
fn keep(names: &mut Vec<Name>, name: Name) {
    if names.len() < MOST && !names.contains(&name) {
        names.push(name);
    }
}

/// Whether the line says that what follows is not the patient's: `Patient's mother: …`, `Next of kin: …`.
fn is_of_somebody_else(before: &str) -> bool {
    let from = before.ceil_char_boundary(before.len().saturating_sub(LABEL));
    let before = &before[from..];
    // A form has several fields on a line, wide apart.
    let field = before.rfind("   ").map_or(before, |gap| &before[gap..]);
    let mut words = field.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| !word.is_empty());
    words.any(|word| OTHERS.contains(word))
}

/// A name's words in small letters, without titles. An apostrophe parts no name.
fn words_of(name: &str) -> impl Iterator<Item = String> + '_ {
    let words = name.split(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '’'));
    words
        .map(|word| word.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect::<String>())
        .filter(|word| !word.is_empty() && !TITLES.contains(word))
}

/// A date's numbers in the order of their size, so that two ways of writing one date are one; a month's name counts as
/// its number.
fn date(value: &str) -> Vec<u32> {
    let parts = value.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty());
    let mut numbers: Vec<u32> = parts.filter_map(number_of).collect();
    numbers.sort_unstable();
    numbers
}

fn number_of(part: &str) -> Option<u32> {
    if let Ok(number) = part.parse::<u32>() {
        // 2012 and 12 are one year.
        return Some(if number > 31 { number % 100 } else { number });
    }
    let month = part.get(..3)?.to_ascii_lowercase();
    (1..).zip(MONTHS).find(|(_, name)| **name == month).map(|(number, _)| number)
}

fn hash(value: &(impl std::hash::Hash + ?Sized)) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Words of the names of documents and places, beside which a given name names no patient.
static NO_PERSON: Words = Words::of(&[
    "and",
    "archive",
    "associates",
    "avenue",
    "bay",
    "care",
    "center",
    "centre",
    "chart",
    "chemist",
    "church",
    "clinic",
    "college",
    "copy",
    "data",
    "desktop",
    "disease",
    "documents",
    "draft",
    "export",
    "exports",
    "file",
    "files",
    "final",
    "folder",
    "for",
    "foundation",
    "from",
    "group",
    "health",
    "home",
    "hospital",
    "house",
    "import",
    "inbox",
    "inc",
    "lake",
    "lane",
    "laptop",
    "letter",
    "letters",
    "list",
    "ltd",
    "medical",
    "mount",
    "new",
    "notes",
    "of",
    "old",
    "park",
    "partners",
    "pc",
    "pharmacy",
    "plan",
    "port",
    "practice",
    "prescription",
    "prescriptions",
    "pty",
    "report",
    "reports",
    "road",
    "rx",
    "sample",
    "samples",
    "scan",
    "scans",
    "school",
    "script",
    "scripts",
    "st",
    "street",
    "surgery",
    "syndrome",
    "test",
    "tests",
    "the",
    "to",
    "university",
    "ward",
    "with",
]);

static PATIENT_LABELS: Words =
    Words::of(&["name of patient", "patient", "patient name", "patient's name", "pt", "pt name"]);

static NAME_LABELS: Words = Words::of(&["client name", "customer name", "full name", "name"]);

static TITLES: Words =
    Words::of(&["dame", "dr", "jr", "master", "miss", "mr", "mrs", "ms", "mstr", "mx", "prof", "sir", "snr", "the"]);

/// People in a patient's papers who are not the patient, and words that speak of an earlier name.
static OTHERS: Words = Words::of(&[
    "agent",
    "aka",
    "alias",
    "attn",
    "brother",
    "cardholder",
    "caregiver",
    "carer",
    "carers",
    "cc",
    "contact",
    "copy",
    "daughter",
    "doctor",
    "dr",
    "emergency",
    "father",
    "former",
    "formerly",
    "gp",
    "guardian",
    "husband",
    "insured",
    "kin",
    "known",
    "maiden",
    "mother",
    "nok",
    "nurse",
    "other",
    "parent",
    "parents",
    "partner",
    "pharmacist",
    "pharmacy",
    "physician",
    "policyholder",
    "preferred",
    "prescriber",
    "previous",
    "previously",
    "provider",
    "proxy",
    "referred",
    "referrer",
    "relative",
    "representative",
    "sibling",
    "sister",
    "son",
    "specialist",
    "spouse",
    "subscriber",
    "wife",
]);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Engine;

    fn patients(text: &str) -> Patients {
        let mut found = Vec::<Detection>::new();
        Engine::managed().scan(text, &|| true, &mut found).unwrap();
        let mut patients = Patients::new();
        for detection in &found {
            let (start, end) = (detection.place.start as usize, detection.place.end as usize);
            let line = text[..start].rfind('\n').map_or(0, |at| at + 1);
            patients.note(detection, &text[start..end], &text[line..start]);
        }
        patients
    }

    #[test]
    fn two_patients_are_two() {
        for text in [
            "Patient: Jane Doe\nAmoxicillin 500 mg\n\nPatient: Peter Smith\nMetformin 1 g\n",
            "Patient: DOE, Jane\nDOB: 12/12/2012\nPatient: DOE, Peter\nDOB: 01/02/2010\n",
            "Patient name: Jane Doe  DOB: 1/2/1980\nPatient name: Amara Okafor  DOB: 3/4/1990\n",
        ] {
            assert!(patients(text).are_two(), "{text}");
        }
    }

    #[test]
    fn one_patient_is_one_however_often_and_whoever_else_is_there() {
        for text in [
            "Patient: DOE, Jane\nRx 1\nPatient: Jane Doe\nRx 2\nPatient: J Doe\nRx 3\n",
            "Patient: Jane Doe\nDOB: 12/12/2012\nPrescriber: Dr Peter Smith\nDispensed by: Ann Baker\n",
            "Patient: Jane Doe\nNext of kin: Peter Smith\nCarer: Ann Baker\nEmergency contact: Tom Baker\n",
            "Patient: Jane Doe\nCopy to patient: Peter Smith\n",
            "Patient: Jane Doe\nPatient's mother: Ann Smith\nPatient's GP: Tom Baker\n",
            "Patient: Jane Doe\nDOB: 12/12/2012\nPatient: Jane Doe\nDOB: 12 Dec 2012\n",
            "Patient: Jane Doe\nDOB: 12/12/2012\nMother DOB: 01/02/1980\n",
            "Patient: Jane Doe\nDOB: 12/12/2012\nPatient: Jane Smith\nDOB: 12/12/2012\n",
            "Patient: Jane Doe   DOB: 12/12/2012\nPatient: Ann Smith   DOB: 12/12/2012\n",
            "Patient: Jane Doe\nDOB: 12/12/2012\nPatient: Jane Doe\nDOB: 12/12/2021\n",
            "Patient: Jane Mary Doe\nPatient: Mary Doe\nPatient: Jane M Doe-Smith\n",
            "Patient: O'Brien, Mary\nPatient: Mary O’Brien\n",
        ] {
            assert!(!patients(text).are_two(), "{text}");
        }
    }

    #[test]
    fn a_name_that_is_nobodys_in_the_text_is_told() {
        let text = "Patient: Jane Doe\nPrescriber: Dr Peter Smith\nMetformin 1 g\n";
        assert!(patients(text).are_others_than("okafor-amara"));
        assert!(!patients(text).are_others_than("doe_jane"));
        assert!(!patients(text).are_others_than("smith-peter"));
        assert!(!patients("Metformin 1 g\n").are_others_than("okafor-amara"));
    }

    #[test]
    fn a_persons_name_is_told_from_other_names_of_files() {
        let names = |path| names_in(path).collect::<Vec<_>>();
        assert_eq!(names("rx/2026/okafor-amara-20261120.txt"), ["okafor-amara-20261120"]);
        assert_eq!(names("Jane Doe/rx-1.txt"), ["Jane Doe"]);
        assert_eq!(names("smith, peter j.pdf"), ["smith, peter j"]);
        for path in ["rx-1.txt", "daily-report.txt", "st-george-hospital/1.txt", "victoria road/2.txt", "jane.txt", ""]
        {
            assert!(names(path).is_empty(), "{path}");
        }
    }
}
