//! Whether a text is a prescription: a medicine with its strength, what is to be done with it, for whom, by whom.
//!
//! The evidence is gathered where a strength stands (`500 mg`) and from what the identifiers found, so that a text
//! without a strength costs nothing; once a text is known to be a prescription nothing more is looked at.

use std::ops::Range;

use pillbox_model::Detection;

use crate::sweep::Spot;
use crate::text;

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
        text: &str,
        base: u64,
        core: &Range<usize>,
        spots: &[Spot],
        found: &[Detection],
    ) -> Option<Range<usize>> {
        if self.told {
            return None;
        }
        for detection in found {
            self.evidence.take(detection);
        }
        let drugs = found.iter().filter(|detection| detection.identifier.as_str() == "DRUG_NAME");
        // What lies in the frame has an offset that fits.
        let drugs = drugs.filter_map(|drug| usize::try_from(drug.place.start.checked_sub(base)?).ok());
        let mut medicine: Option<Range<usize>> = None;
        for (at, is_named) in drugs.map(|at| (at, true)).take(MOST).chain(strengths(text, core, spots)) {
            let line = line_of(text, at);
            if self.evidence.read(text, &line, at, is_named)
                && medicine.as_ref().is_none_or(|first| line.start < first.start)
            {
                medicine = Some(line);
            }
        }
        let medicine = medicine.filter(|_| self.evidence.suffices(base + (core.end as u64) < SHORT))?;
        self.told = true;
        Some(medicine)
    }
}

impl Evidence {
    fn take(&mut self, detection: &Detection) {
        let keyword = detection.evidence.keyword.as_deref();
        match detection.identifier.as_str() {
            "NAME" => match keyword {
                Some(label) if text::is_one_of(label, PRESCRIBER_LABELS) => self.prescriber = true,
                Some(label) if text::is_one_of(label, DOCTOR_LABELS) => self.doctor = true,
                Some(label) if text::is_one_of(label, OTHER_LABELS) => {}
                Some(_) => self.patient = true,
                None => {}
            },
            "DATE_OF_BIRTH" | "MEDICAL_RECORD_NUMBER" => self.patient = true,
            id if text::is_one_of(id, HEALTH_NUMBERS) => self.patient = true,
            id if text::is_one_of(id, PRESCRIBER_NUMBERS) => self.prescriber = true,
            "PRESCRIPTION_NUMBER" | "AUSTRALIA_PBS_AUTHORITY_NUMBER" | "ESCRIPT_TOKEN" | "UK_EPS_PRESCRIPTION_ID" => {
                self.marker = true;
            }
            _ => {}
        }
    }

    /// Reads around a strength, or a drug's name (`is_named`); whether it is a medicine's: a word is before it that can
    /// be its name, and a form, a direction or a quantity belongs to it.
    fn read(&mut self, text: &str, line: &Range<usize>, at: usize, is_named: bool) -> bool {
        let has_name = is_named
            || words(&text[line.start..at]).any(|word| word.len() >= 4 && !word.bytes().any(|b| b.is_ascii_digit()));
        if !has_name {
            return false;
        }
        let behind = text.floor_char_boundary(at + BEHIND);
        let mut is_medicine = false;
        let mut before = "";
        let mut after_number = false;
        for word in words(&text[line.start..behind]) {
            let is_number = word.bytes().all(|byte| byte.is_ascii_digit());
            if text::is_one_of(word, FORMS) {
                is_medicine = true;
            } else if text::is_one_of(word, DIRECTIONS) {
                (is_medicine, self.directions) = (true, true);
            } else if (is_number && text::is_one_of(before, SUPPLY)) || (after_number && text::is_one_of(word, SUPPLY))
            {
                (is_medicine, self.supply) = (true, true);
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
        Some(word) if word.eq_ignore_ascii_case("rx") => true,
        Some(word) if text::is_one_of(word, HEADINGS) => words.take(5).count() < 5,
        Some(_) => line.len() < 60 && words.take(4).any(|word| text::is_one_of(word, &["prescription", "℞"])),
        None => line.starts_with('℞'),
    }
}

/// The numbers of a window behind which a unit of strength stands, each without a name.
fn strengths(text: &str, core: &Range<usize>, spots: &[Spot]) -> impl Iterator<Item = (usize, bool)> {
    let strengths = spots.iter().filter_map(|spot| match spot {
        Spot::Word(at) if core.contains(at) && is_strength(text, *at) => Some(*at),
        _ => None,
    });
    strengths.map(|at| (at, false)).take(MOST)
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
    let length = bytes[unit.min(bytes.len())..].iter().take(12).take_while(|byte| byte.is_ascii_alphabetic()).count();
    let end = unit + length;
    let per = text[end.min(text.len())..].strip_prefix('/').and_then(|behind| words(behind).next());
    text.get(unit..end).is_some_and(|word| text::is_one_of(word, UNITS))
        && !per.is_some_and(|per| text::is_one_of(per, &["l", "dl", "mmol", "mol"]))
}

fn line_of(text: &str, at: usize) -> Range<usize> {
    let start = text::line_start(text, at, LONGEST_LINE);
    let start = text::skip_blanks(text, start, at);
    let end = text::line_end(text, at, LONGEST_LINE);
    start..start + text[start..end].trim_end().len()
}

/// Runs of ASCII letters and digits; what is between them does not matter.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty())
}

const UNITS: &[&str] =
    &["mg", "mcg", "ug", "microgram", "micrograms", "g", "gram", "grams", "ml", "iu", "unit", "units", "ng"];

const FORMS: &[&str] = &[
    "tablet",
    "tablets",
    "tab",
    "tabs",
    "capsule",
    "capsules",
    "cap",
    "caps",
    "caplet",
    "caplets",
    "inhaler",
    "accuhaler",
    "turbuhaler",
    "puffer",
    "puff",
    "puffs",
    "cream",
    "ointment",
    "gel",
    "lotion",
    "drops",
    "syrup",
    "suspension",
    "solution",
    "injection",
    "vial",
    "vials",
    "ampoule",
    "ampoules",
    "patch",
    "patches",
    "pessary",
    "pessaries",
    "suppository",
    "suppositories",
    "sachet",
    "sachets",
    "spray",
    "nebule",
    "nebules",
    "mixture",
    "elixir",
    "lozenge",
    "lozenges",
    "penfill",
    "flexpen",
    "wafer",
    "wafers",
];

const DIRECTIONS: &[&str] = &[
    "take",
    "takes",
    "taken",
    "apply",
    "inhale",
    "instil",
    "instill",
    "insert",
    "inject",
    "swallow",
    "chew",
    "dissolve",
    "directions",
    "sig",
    "daily",
    "bd",
    "bid",
    "tds",
    "tid",
    "qid",
    "qds",
    "od",
    "nocte",
    "mane",
    "prn",
    "stat",
    "weekly",
    "hourly",
    "fortnightly",
    "mdu",
];

const SUPPLY: &[&str] = &[
    "repeat", "repeats", "rpt", "rpts", "qty", "quantity", "refill", "refills", "dispense", "disp", "supply", "mitte",
];

const HEADINGS: &[&str] = &["prescription", "script", "erx", "escript", "pbs", "rpbs", "fp10"];

const PRESCRIBER_LABELS: &[&str] = &[
    "prescriber",
    "prescriber name",
    "prescribed by",
    "prescribing doctor",
    "name of prescriber",
    "prescriber's name",
];

const DOCTOR_LABELS: &[&str] = &["dr", "doctor", "gp", "physician", "provider", "practitioner", "consultant", "signed"];

/// Labels of people who are neither patient nor prescriber.
const OTHER_LABELS: &[&str] = &[
    "pharmacist",
    "dispensed by",
    "carer",
    "guardian",
    "next of kin",
    "nok",
    "contact",
    "emergency contact",
    "contact name",
    "account name",
    "cardholder",
    "cardholder name",
    "witness",
    "attention",
    "attn",
];

const PRESCRIBER_NUMBERS: &[&str] = &[
    "AUSTRALIA_PRESCRIBER_NUMBER",
    "AUSTRALIA_PROVIDER_NUMBER",
    "AUSTRALIA_HPI_I",
    "US_DRUG_ENFORCEMENT_AGENCY_NUMBER",
    "USA_NATIONAL_PROVIDER_IDENTIFIER",
    "NZ_HPI_CPN",
    "NZ_MEDICAL_COUNCIL_NUMBER",
    "UK_GMC_NUMBER",
];

/// Numbers that a health system gives to patients.
pub(crate) const HEALTH_NUMBERS: &[&str] = &[
    "AUSTRALIA_MEDICARE_NUMBER",
    "AUSTRALIA_IHI",
    "AUSTRALIA_DVA_FILE_NUMBER",
    "NZ_NHI",
    "NZ_NHI_NEW",
    "UK_NHS_NUMBER",
    "UK_CHI_NUMBER",
    "USA_MEDICARE_BENEFICIARY_IDENTIFIER",
    "CANADA_HEALTH_NUMBER",
    "CANADA_ON_HEALTH_CARD",
    "CANADA_BC_PHN",
    "CANADA_AB_PHN",
    "CANADA_NS_HCN",
    "CANADA_NB_MEDICARE",
    "CANADA_PE_HEALTH",
    "CANADA_NT_HEALTH",
    "CANADA_NU_HEALTH",
    "CANADA_YT_HEALTH",
];
