//! The prescription's text, laid out as each country's programs do.

use std::fmt::Write as _;

use super::numbers::{self, Digits};
use super::people::{
    DRUGS, Name, PATIENTS, PHONES_AU, PHONES_UK, PHONES_US, PLACES_AU, PLACES_NZ, PLACES_UK, PLACES_US, PRESCRIBERS,
};

/// What a prescription holds that it should not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Extra {
    Nothing,
    Card,
    BankAccount,
    TaxFileNumber,
    AccessKey,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Country {
    Australia,
    NewZealand,
    UnitedKingdom,
    UnitedStates,
}

/// A prescription before it is written.
pub(crate) struct Prescription {
    country: Country,
    patient: Name,
    born: String,
    record: String,
    prescriber: Name,
    /// `YYYY-MM-DD`.
    pub(crate) date: String,
    drug: (&'static str, &'static str, &'static str),
    repeats: usize,
}

impl Prescription {
    /// The prescription of that number, from 1 on.
    pub(crate) fn invent(number: u64, random: &mut Digits) -> Self {
        let index = usize::try_from(number).unwrap_or(1) - 1;
        let country = match number {
            5 | 14 | 25 | 37 => Country::NewZealand,
            10 | 20 | 32 => Country::UnitedKingdom,
            15 | 26 | 39 => Country::UnitedStates,
            _ => Country::Australia,
        };
        let (day, month) = (random.below(28) + 1, random.below(12) + 1);
        Self {
            country,
            patient: PATIENTS[index % PATIENTS.len()],
            born: format!("{day:02}/{month:02}/{}", 1938 + random.below(76)),
            record: format!("{:07}", 4_400_000 + random.below(90_000)),
            prescriber: *random.of(&PRESCRIBERS),
            date: format!("2026-11-{:02}", 17 + index / 8),
            drug: *random.of(&DRUGS),
            repeats: random.below(6),
        }
    }

    /// A file name as a person would choose it, and should not.
    pub(crate) fn name_after_the_patient(&self) -> String {
        let (given, family) = self.patient;
        let name = format!("{family}-{given}").to_lowercase().replace([' ', '\''], "-");
        format!("{name}-{}.txt", self.date.replace('-', ""))
    }

    pub(crate) fn write(&self, extra: Extra, random: &mut Digits) -> String {
        let mut lines = vec!["THE PAIN KILLER PRACTICE".to_owned(), "Prescription".to_owned()];
        lines.push(String::new());
        lines.extend(self.patient_lines(random));
        lines.push(String::new());
        lines.extend(self.drug_lines());
        lines.push(String::new());
        lines.extend(self.prescriber_lines(random));
        lines.extend(extra_lines(extra, random));
        let mut text = String::new();
        for line in lines {
            // Programs of practices run on Windows, and end their lines as it does.
            let _ = write!(text, "{line}\r\n");
        }
        text
    }

    fn patient_lines(&self, random: &mut Digits) -> Vec<String> {
        let (given, family) = self.patient;
        let mut lines = vec![format!("Name: {given} {family}")];
        let email = |domain: &str| {
            let plain: String = given.chars().filter(char::is_ascii_alphabetic).collect();
            let initial = family.chars().next().unwrap_or('x');
            format!("Email: {}.{}@{domain}", plain.to_lowercase(), initial.to_ascii_lowercase())
        };
        match self.country {
            Country::Australia => lines.extend([
                format!("Address: {}", random.of(&PLACES_AU)),
                format!("Date of birth: {}", self.born),
                format!("Phone: {}", random.of(&PHONES_AU)),
                email("example.com.au"),
                format!("Medicare no: {}", numbers::medicare(random)),
                format!("IHI: {}", numbers::ihi(random)),
            ]),
            Country::NewZealand => lines.extend([
                format!("Address: {}", random.of(&PLACES_NZ)),
                format!("Date of birth: {}", self.born),
                email("example.org"),
                format!("NHI: {}", numbers::nhi(random)),
            ]),
            Country::UnitedKingdom => lines.extend([
                format!("Address: {}", random.of(&PLACES_UK)),
                format!("Date of birth: {}", self.born),
                format!("Tel: {}", random.of(&PHONES_UK)),
                format!("NHS number: {}", numbers::nhs(random)),
            ]),
            Country::UnitedStates => lines.extend([
                format!("Address: {}", random.of(&PLACES_US)),
                format!("Date of birth: {}", self.born),
                format!("Phone: {}", random.of(&PHONES_US)),
                email("example.org"),
            ]),
        }
        lines.push(format!("Medical record number: {}", self.record));
        lines
    }

    fn drug_lines(&self) -> Vec<String> {
        let (drug, directions, quantity) = self.drug;
        vec![
            format!("Date: {}", self.date),
            format!("Rx: {drug}"),
            format!("Directions: {directions}"),
            format!("Quantity: {quantity}"),
            format!("Repeats: {}", self.repeats),
        ]
    }

    fn prescriber_lines(&self, random: &mut Digits) -> Vec<String> {
        let (given, family) = self.prescriber;
        let mut lines = vec![format!("Prescriber: Dr {given} {family}")];
        match self.country {
            Country::Australia => {
                lines.push(format!("Prescriber number: {}", numbers::prescriber(random)));
            }
            Country::NewZealand => {
                lines.push(format!("NZMC registration: {}", 90_000 + random.below(9_000)));
            }
            Country::UnitedKingdom => {
                lines.push(format!("GMC reference: {}", 9_900_000 + random.below(90_000)));
            }
            Country::UnitedStates => lines.extend([
                format!("NPI: {}", numbers::npi(random)),
                format!("DEA number: {}", numbers::dea(random, family)),
            ]),
        }
        lines
    }
}

fn extra_lines(extra: Extra, random: &mut Digits) -> Vec<String> {
    let mut lines = match extra {
        Extra::Nothing => return Vec::new(),
        Extra::Card => vec![
            "Note for reception: patient pays the gap by phone".to_owned(),
            format!("card: {} expires 09/29", numbers::card(random)),
        ],
        Extra::BankAccount => {
            let (bsb, account) = numbers::bank_account(random);
            vec!["Note for reception: refund last visit".to_owned(), format!("BSB: {bsb} account number: {account}")]
        }
        Extra::TaxFileNumber => vec![
            "Note for reception: forwarded by mistake with the employment form".to_owned(),
            format!("Tax file number: {}", numbers::tax_file_number(random)),
        ],
        Extra::AccessKey => {
            let (id, secret) = numbers::access_key(random);
            vec![
                "Note from IT, do not print:".to_owned(),
                format!("aws_access_key_id = {id}"),
                format!("aws_secret_access_key = {secret}"),
            ]
        }
    };
    lines.insert(0, String::new());
    lines
}
