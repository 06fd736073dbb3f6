//! Prescriptions, pathology reports, discharge summaries.

use super::parts::{self, letterhead, medicine, negatives, numbers, odd_line, patient, several, shuffled};
use crate::country::Country;
use crate::facts;
use crate::layout::Form;
use crate::marked::Marked;
use crate::person::Person;
use crate::random::Random;
use crate::words::{medicines, people};

/// A prescription.
pub(crate) fn prescription(random: &mut Random, country: Country) -> Marked {
    let (who, doctor) = (Person::new(random), Person::doctor(random));
    let capitals = random.chance(15);
    let mut out = Marked::new();
    if random.chance(70) {
        out.append(&letterhead(random, country)).push("\n");
    }
    if random.chance(30) {
        out.push(random.pick(&[
            "PRESCRIPTION",
            "*** PRESCRIPTION ***",
            "Rx",
            "Private prescription",
            "Repeat authorisation",
        ]))
        .push("\n\n");
    }
    let mut fields = patient(random, country, &who);
    fields.extend(numbers(random, country, 1, 3));
    fields.extend(several(random, facts::CLINICAL, 0, 1));
    fields.extend(negatives(random, country, 0, 2));
    out.append(&Form::any(random).set(&fields)).push("\n");
    for number in 1..=random.between(1, 4) {
        out.push(&match random.between(0, 2) {
            0 => format!("{number}. "),
            1 => "Rx ".to_owned(),
            _ => String::new(),
        });
        out.append(&medicine(random, capitals)).push("\n");
        if random.chance(60) {
            out.push(&format!("    Qty: {}   Repeats: {}\n", random.between(1, 100), random.between(0, 5)));
        }
    }
    out.push("\n");
    signature(random, &mut out, &doctor);
    if random.chance(30) {
        out.append(&odd_line(random));
    }
    out
}

fn signature(random: &mut Random, out: &mut Marked, doctor: &Person) {
    match random.between(0, 3) {
        0 => {
            out.push("Prescriber: ").append(&doctor.short(random)).push("\n");
        }
        1 => {
            out.push("Signed: ____________  ")
                .append(&doctor.titled())
                .push(" ")
                .push(random.pick(people::QUALIFICATIONS))
                .push("\n");
        }
        2 => {
            out.push("Prescribed by ")
                .append(&doctor.titled())
                .push(", ")
                .push(random.pick(people::QUALIFICATIONS))
                .push("\n");
        }
        _ => {
            out.append(&doctor.titled()).push(" ").push(random.pick(people::QUALIFICATIONS)).push("\n");
        }
    }
}

/// A report of a laboratory.
pub(crate) fn pathology(random: &mut Random, country: Country) -> Marked {
    let (who, doctor) = (Person::new(random), Person::doctor(random));
    let mut out = letterhead(random, country);
    out.push("\nLABORATORY REPORT\n\n");
    let mut fields = patient(random, country, &who);
    fields.extend(numbers(random, country, 1, 2));
    fields.extend(several(random, facts::CLINICAL, 1, 2));
    fields.extend(negatives(random, country, 1, 3));
    let label = random.pick(&["Requested by", "Referring doctor", "Ordering physician", "Requester"]).to_owned();
    fields.push((label, doctor.short(random)));
    out.append(&Form::any(random).set(&shuffled(random, fields)));
    out.push("\nTest                    Result     Units        Reference\n");
    for _ in 0..random.between(3, 9) {
        let (name, unit, range, result) = *random.choose(medicines::ANALYTES);
        let result = format!("{result}{}", random.like("9"));
        out.push(&format!("{name:<24}{result:<11}{unit:<13}{range}\n"));
    }
    out.push("\nComment: ").push(&parts::sentences(random, 2)).push("\n");
    if random.chance(50) {
        out.push("Reported by ").append(&Person::doctor(random).titled()).push("\n");
    }
    out.append(&odd_line(random));
    out
}

/// What a hospital writes when a patient goes home.
pub(crate) fn discharge(random: &mut Random, country: Country) -> Marked {
    let (who, doctor, kin) = (Person::new(random), Person::doctor(random), Person::new(random));
    let mut out = Marked::plain("DISCHARGE SUMMARY\n\n");
    let mut fields = patient(random, country, &who);
    fields.extend(numbers(random, country, 1, 3));
    fields.extend(several(random, facts::CLINICAL, 1, 3));
    fields.extend(negatives(random, country, 2, 4));
    out.append(&Form::any(random).set(&fields)).push("\n");
    let relation = random.pick(people::KIN);
    let told = parts::told(random, facts::of(country));
    let story = Marked::filled(
        "{} was admitted with {} on a background of {}. {} {} The {}, {}, was present and can be reached by telephone on {}.\n\n",
        &[
            &who.titled(),
            &Marked::plain(random.pick(medicines::CONDITIONS)),
            &Marked::plain(random.pick(medicines::CONDITIONS)),
            &Marked::plain(parts::sentences(random, 3)),
            &told,
            &Marked::plain(relation),
            &kin.full(),
            &country.phone(random),
        ],
    );
    out.append(&story).push("Medicines on discharge:\n");
    for _ in 0..random.between(2, 5) {
        out.push("  - ").append(&medicine(random, false)).push("\n");
    }
    let stopped = Marked::filled("Stopped: {}.\n\n", &[&parts::mentioned(random)]);
    out.append(&stopped).push("Diagnoses\n");
    for _ in 0..random.between(1, 3) {
        out.push("  ").push(random.pick(medicines::CONDITIONS)).push("\n");
    }
    out.push("\nFollow-up with ").append(&doctor.titled()).push(" in 2 weeks.\n");
    out
}
