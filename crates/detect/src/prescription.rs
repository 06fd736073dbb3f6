//! Whether a text is a prescription: a medicine with its strength, what is to be done with it, for whom, by whom.
//!
//! The evidence is gathered where a strength stands (`500 mg`) and from what the identifiers found, so that a text
//! without a strength costs nothing; once a text is known to be a prescription nothing more is looked at.

use std::ops::Range;

use crate::engine::Engine;
use crate::settle::{Candidate, Settled};
use crate::sweep::Spot;
use crate::text;
use crate::words::Words;

/// The longest line that is reported as a medicine's, in bytes.
const LONGEST_LINE: usize = 200;
/// How far behind a strength directions, quantity and repeats may stand, in bytes.
const BEHIND: usize = 320;
/// How far before it the head of a prescription may stand.
const BEFORE: usize = 1024;
/// Strengths, and names of drugs, that are looked at in one window; a price list has many, and is none the more a
/// prescription.
const MOST: usize = 16;
/// What is shorter, in bytes, is no letter and no leaflet: a doctor's name is enough of a prescriber in it.
const SHORT: u64 = 1500;

/// What speaks for a prescription, gathered as the text passes.
#[derive(Debug, Default)]
pub(crate) struct Prescription {
    evidence: Evidence,
    told: bool,
}

/// What was seen so far.
#[derive(Debug, Default, Clone, Copy)]
struct Evidence {
    /// `Rx`, or a heading that says so.
    marker: bool,
    /// A quantity, or repeats.
    supply: bool,
    /// What the patient is to do.
    directions: bool,
    /// A name, birth date or number of a patient.
    patient: bool,
    /// A doctor's name.
    doctor: bool,
    /// A name or number that is said to be the prescriber's.
    prescriber: bool,
}

impl Evidence {
    /// Whether this makes a text with a medicine a prescription: something that only prescriptions have, one of the
    /// people that it is about, and two kinds of evidence in all.
    fn suffices(self, is_short: bool) -> bool {
        let own = self.marker || self.supply || self.prescriber || (is_short && self.doctor);
        let people = self.patient || self.prescriber || self.doctor || self.marker;
        let kinds = [self.marker, self.supply, self.directions, self.patient, self.prescriber || self.doctor];
        own && people && kinds.iter().filter(|kind| **kind).count() >= 2
    }
}

impl Prescription {
    /// Takes one window in, and says where the medicine's line is with which the text turns out to be a prescription;
    /// only once for a text. `text` is the window's frame, which begins at `base` of the whole text; `found` is what was
    /// found in the window.
    pub(crate) fn window(
        &mut self,
        engine: &Engine,
        text: &str,
        base: u64,
        core: &Range<usize>,
        spots: &[Spot],
        found: &[Settled<'_>],
    ) -> Option<Range<usize>> {
        if self.told {
            return None;
        }
        for settled in found {
            self.evidence.take(engine.role(settled.candidate.identifier), &settled.candidate);
        }
        let is_short = base + (core.end as u64) < SHORT;
        let mut medicine: Option<Range<usize>> = None;
        for Mention { at, is_named } in mentions(engine, text, base, core, spots, found) {
            let line = line_of(text, at);
            if self.evidence.read(text, &line, at, is_named, is_short) {
                medicine.get_or_insert(line);
            }
            if medicine.is_some() && self.evidence.suffices(is_short) {
                self.told = true;
                return medicine;
            }
        }
        None
    }
}

/// A place where a medicine may be: its strength, or its name.
#[derive(Debug, Clone, Copy)]
struct Mention {
    at: usize,
    is_named: bool,
}

/// The places where medicines may be, in order; at most [`MOST`] of each kind.
fn mentions<'a>(
    engine: &'a Engine,
    text: &'a str,
    base: u64,
    core: &'a Range<usize>,
    spots: &'a [Spot],
    found: &'a [Settled<'_>],
) -> impl Iterator<Item = Mention> {
    let drugs =
        found.iter().map(|settled| &settled.candidate).filter(|found| engine.role(found.identifier) == Role::Drug);
    // What lies in the frame has an offset that fits.
    let drugs = drugs.filter_map(move |drug| usize::try_from(drug.start.checked_sub(base)?).ok()).take(MOST);
    let mut drugs = drugs.map(|at| Mention { at, is_named: true }).peekable();
    let mut strengths = strengths(text, core, spots).map(|at| Mention { at, is_named: false }).peekable();
    std::iter::from_fn(move || match (drugs.peek(), strengths.peek()) {
        (Some(drug), Some(strength)) if strength.at < drug.at => strengths.next(),
        (Some(_), _) => drugs.next(),
        (None, _) => strengths.next(),
    })
}

/// What a value of an identifier says of a text that may be a prescription.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// Nothing.
    None,
    /// The name of a person, whose label says who that is.
    Person,
    /// That there is a patient.
    Patient,
    /// That there is a prescriber.
    Prescriber,
    /// A number that only prescriptions have.
    Marker,
    /// A medicine.
    Drug,
}

impl Role {
    /// That of the identifier of an id.
    pub(crate) fn of(id: &str) -> Self {
        match id {
            "NAME" => Self::Person,
            "DRUG_NAME" => Self::Drug,
            "DATE_OF_BIRTH" | "MEDICAL_RECORD_NUMBER" => Self::Patient,
            "PRESCRIPTION_NUMBER" | "AUSTRALIA_PBS_AUTHORITY_NUMBER" | "ESCRIPT_TOKEN" | "UK_EPS_PRESCRIPTION_ID" => {
                Self::Marker
            }
            id if HEALTH_NUMBERS.contains(id) => Self::Patient,
            id if PRESCRIBER_NUMBERS.contains(id) => Self::Prescriber,
            _ => Self::None,
        }
    }
}

impl Evidence {
    fn take(&mut self, role: Role, found: &Candidate<'_>) {
        match role {
            Role::None | Role::Drug => {}
            Role::Patient => self.patient = true,
            Role::Prescriber => self.prescriber = true,
            Role::Marker => self.marker = true,
            Role::Person => match found.keyword.map(|(keyword, _)| keyword.as_str()) {
                Some(label) if PRESCRIBER_LABELS.contains(label) => self.prescriber = true,
                Some(label) if DOCTOR_LABELS.contains(label) => self.doctor = true,
                Some(label) if OTHER_LABELS.contains(label) => {}
                Some(_) => self.patient = true,
                None => {}
            },
        }
    }

    /// Reads around a strength, or a drug's name (`is_named`); whether it is a medicine's: a word is before it that can
    /// be its name, and a form, a direction or a quantity belongs to it.
    /// Stops where nothing more can be learned.
    fn read(&mut self, text: &str, line: &Range<usize>, at: usize, is_named: bool, is_short: bool) -> bool {
        let has_name = is_named
            || words(&text[line.start..at]).any(|word| word.len() >= 4 && word.iter().all(u8::is_ascii_alphabetic));
        if !has_name {
            return false;
        }
        let behind = text.floor_char_boundary(at + BEHIND);
        let mut is_medicine = false;
        let mut before = &b""[..];
        let mut after_number = false;
        for word in words(&text[line.start..behind]) {
            let is_number = word.iter().all(u8::is_ascii_digit);
            if FORMS.contains_bytes(word) {
                is_medicine = true;
            } else if DIRECTIONS.contains_bytes(word) {
                (is_medicine, self.directions) = (true, true);
            } else if (is_number && SUPPLY.contains_bytes(before)) || (after_number && SUPPLY.contains_bytes(word)) {
                (is_medicine, self.supply) = (true, true);
            }
            if is_medicine && self.suffices(is_short) {
                return true;
            }
            (before, after_number) = (word, is_number);
        }
        if is_medicine && !self.marker {
            let head = text.ceil_char_boundary(line.start.saturating_sub(BEFORE));
            self.marker = text[head..line.end].lines().any(is_heading);
        }
        is_medicine
    }
}

/// Whether a line begins as a prescription's head or medicine does: `Rx`, alone or before the medicine; `PRESCRIPTION`
/// with little behind it.
fn is_heading(line: &str) -> bool {
    let line = line.trim();
    let mut words = words(line);
    match words.next() {
        Some(word) if word.eq_ignore_ascii_case(b"rx") => true,
        Some(word) if HEADINGS.contains_bytes(word) => words.take(5).count() < 5,
        Some(_) => line.len() < 60 && words.take(4).any(|word| word.eq_ignore_ascii_case(b"prescription")),
        None => line.starts_with('℞'),
    }
}

/// The numbers of a window behind which a unit of strength stands.
fn strengths(text: &str, core: &Range<usize>, spots: &[Spot]) -> impl Iterator<Item = usize> {
    let strengths = spots.iter().filter_map(|spot| match spot {
        Spot::Word(at) if core.contains(at) && is_strength(text, *at) => Some(*at),
        _ => None,
    });
    strengths.take(MOST)
}

/// Whether a number with a unit of strength begins at `at`: `500 mg`, `0.1%`, `1,000 units`, `250 mg/5 mL`; not
/// `140 mmol/L` or `5 g/dL`, which laboratories report.
fn is_strength(text: &str, at: usize) -> bool {
    let bytes = text.as_bytes();
    let number =
        bytes[at..].iter().take(12).take_while(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b',')).count();
    let mut unit = at + number;
    if number == 0 {
        return false;
    }
    if bytes.get(unit) == Some(&b' ') {
        unit += 1;
    }
    if bytes.get(unit) == Some(&b'%') {
        return true;
    }
    if !bytes.get(unit).is_some_and(|byte| begins_unit(*byte)) {
        return false;
    }
    let length = bytes[unit.min(bytes.len())..].iter().take(12).take_while(|byte| byte.is_ascii_alphabetic()).count();
    let end = unit + length;
    let per = text[end.min(text.len())..].strip_prefix('/').and_then(|behind| words(behind).next());
    text.get(unit..end).is_some_and(|word| UNITS.contains(word))
        && !per.is_some_and(|per| CONCENTRATIONS.contains_bytes(per))
}

/// Whether a unit of strength may begin with a byte.
#[inline]
pub(crate) fn begins_unit(byte: u8) -> bool {
    matches!(byte, b'm' | b'M' | b'u' | b'U' | b'g' | b'G' | b'i' | b'I' | b'n' | b'N')
}

fn line_of(text: &str, at: usize) -> Range<usize> {
    let start = text::line_start(text, at, LONGEST_LINE);
    let start = text::skip_blanks(text, start, at);
    let end = text::line_end(text, at, LONGEST_LINE);
    start..start + text[start..end].trim_end().len()
}

/// Runs of ASCII letters and digits; what is between them does not matter.
fn words(text: &str) -> impl Iterator<Item = &[u8]> {
    let mut rest = text.as_bytes();
    std::iter::from_fn(move || {
        let start = rest.iter().position(u8::is_ascii_alphanumeric)?;
        let length = rest[start..].iter().position(|byte| !byte.is_ascii_alphanumeric()).unwrap_or(rest.len() - start);
        let (word, behind) = rest[start..].split_at(length);
        rest = behind;
        Some(word)
    })
}

/// What a laboratory reports an amount by.
static CONCENTRATIONS: Words = Words::of(&["dl", "l", "mmol", "mol"]);

static UNITS: Words =
    Words::of(&["g", "gram", "grams", "iu", "mcg", "mg", "microgram", "micrograms", "ml", "ng", "ug", "unit", "units"]);

static FORMS: Words = Words::of(&[
    "accuhaler",
    "ampoule",
    "ampoules",
    "cap",
    "caplet",
    "caplets",
    "caps",
    "capsule",
    "capsules",
    "cream",
    "drops",
    "elixir",
    "flexpen",
    "gel",
    "inhaler",
    "injection",
    "lotion",
    "lozenge",
    "lozenges",
    "mixture",
    "nebule",
    "nebules",
    "ointment",
    "patch",
    "patches",
    "penfill",
    "pessaries",
    "pessary",
    "puff",
    "puffer",
    "puffs",
    "sachet",
    "sachets",
    "solution",
    "spray",
    "suppositories",
    "suppository",
    "suspension",
    "syrup",
    "tab",
    "tablet",
    "tablets",
    "tabs",
    "turbuhaler",
    "vial",
    "vials",
    "wafer",
    "wafers",
]);

static DIRECTIONS: Words = Words::of(&[
    "apply",
    "bd",
    "bid",
    "chew",
    "daily",
    "directions",
    "dissolve",
    "fortnightly",
    "hourly",
    "inhale",
    "inject",
    "insert",
    "instil",
    "instill",
    "mane",
    "mdu",
    "nocte",
    "od",
    "prn",
    "qds",
    "qid",
    "sig",
    "stat",
    "swallow",
    "take",
    "taken",
    "takes",
    "tds",
    "tid",
    "weekly",
]);

static SUPPLY: Words = Words::of(&[
    "disp", "dispense", "mitte", "qty", "quantity", "refill", "refills", "repeat", "repeats", "rpt", "rpts", "supply",
]);

static HEADINGS: Words = Words::of(&["erx", "escript", "fp10", "pbs", "prescription", "rpbs", "script"]);

static PRESCRIBER_LABELS: Words = Words::of(&[
    "name of prescriber",
    "prescribed by",
    "prescriber",
    "prescriber name",
    "prescriber's name",
    "prescribing doctor",
]);

static DOCTOR_LABELS: Words =
    Words::of(&["consultant", "doctor", "dr", "gp", "physician", "practitioner", "provider", "signed"]);

/// Labels of people who are neither patient nor prescriber.
static OTHER_LABELS: Words = Words::of(&[
    "account name",
    "attention",
    "attn",
    "cardholder",
    "cardholder name",
    "carer",
    "contact",
    "contact name",
    "dispensed by",
    "emergency contact",
    "guardian",
    "next of kin",
    "nok",
    "pharmacist",
    "witness",
]);

static PRESCRIBER_NUMBERS: Words = Words::of(&[
    "AUSTRALIA_HPI_I",
    "AUSTRALIA_PRESCRIBER_NUMBER",
    "AUSTRALIA_PROVIDER_NUMBER",
    "NZ_HPI_CPN",
    "NZ_MEDICAL_COUNCIL_NUMBER",
    "UK_GMC_NUMBER",
    "USA_NATIONAL_PROVIDER_IDENTIFIER",
    "US_DRUG_ENFORCEMENT_AGENCY_NUMBER",
]);

/// Numbers that a health system gives to patients.
pub(crate) static HEALTH_NUMBERS: Words = Words::of(&[
    "AUSTRALIA_DVA_FILE_NUMBER",
    "AUSTRALIA_IHI",
    "AUSTRALIA_MEDICARE_NUMBER",
    "CANADA_AB_PHN",
    "CANADA_BC_PHN",
    "CANADA_HEALTH_NUMBER",
    "CANADA_NB_MEDICARE",
    "CANADA_NS_HCN",
    "CANADA_NT_HEALTH",
    "CANADA_NU_HEALTH",
    "CANADA_ON_HEALTH_CARD",
    "CANADA_PE_HEALTH",
    "CANADA_YT_HEALTH",
    "NZ_NHI",
    "NZ_NHI_NEW",
    "UK_CHI_NUMBER",
    "UK_NHS_NUMBER",
    "USA_MEDICARE_BENEFICIARY_IDENTIFIER",
]);
