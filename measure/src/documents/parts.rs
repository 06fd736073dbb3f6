//! What several kinds of documents have.

use crate::country::Country;
use crate::facts::{self, Fact};
use crate::layout::Field;
use crate::marked::Marked;
use crate::person::{self, Person};
use crate::random::Random;
use crate::traps;
use crate::words::{medicines, places, prose};

/// A practice's name.
pub(crate) fn practice(random: &mut Random) -> String {
    format!("{} {}", random.pick(places::PRACTICES), random.pick(places::PRACTICE_KINDS))
}

/// Name, address and telephone of a practice at the head of its paper.
pub(crate) fn letterhead(random: &mut Random, country: Country) -> Marked {
    let mut out = Marked::plain(practice(random));
    let between = *random.choose(&["\n", ", ", ", "]);
    out.push("\n").append(&person::address(random, country, between)).push("\n");
    let phone = random.pick(&["Ph: ", "Phone: ", "Tel: ", "Telephone ", "T: "]);
    out.push(phone).append(&country.phone(random));
    if random.chance(40) {
        out.push("   Fax: ").append(&country.phone(random));
    }
    out.push("\n");
    out
}

/// Name, birth date, address, telephone of a patient, some of them, with wordings of forms.
pub(crate) fn patient(random: &mut Random, country: Country, who: &Person) -> Vec<Field> {
    let mut fields = vec![
        (
            random.pick(&["Patient", "Patient name", "Name", "Full name", "Pt", "Name of patient"]).to_owned(),
            who.in_form(random),
        ),
        (
            random.pick(&["DOB", "Date of birth", "D.O.B.", "Birth date", "Date of Birth", "Born"]).to_owned(),
            person::birth_date(random, country),
        ),
    ];
    if random.chance(60) {
        fields.push((random.pick(&["Sex", "Gender"]).to_owned(), Marked::plain(who.sex(random))));
    }
    if random.chance(65) {
        let address = person::address(random, country, ", ");
        fields.push((
            random.pick(&["Address", "Home address", "Residential address", "Postal address"]).to_owned(),
            address,
        ));
    }
    if random.chance(55) {
        let label = random.pick(&["Phone", "Mobile", "Tel", "Contact", "Home phone", "Phone number"]).to_owned();
        fields.push((label, country.phone(random)));
    }
    if random.chance(30) {
        fields.push((random.pick(&["E-mail", "Email", "Email address"]).to_owned(), who.email(random)));
    }
    fields
}

/// A fact with one of its wordings.
pub(crate) fn fact(random: &mut Random, facts: &[Fact]) -> Field {
    let fact = random.choose(facts);
    (random.pick(fact.labels).to_owned(), (fact.make)(random))
}

/// Between `low` and `high` facts of the country, none of them twice.
pub(crate) fn numbers(random: &mut Random, country: Country, low: u32, high: u32) -> Vec<Field> {
    several(random, facts::of(country), low, high)
}

/// Between `low` and `high` facts, no wording twice.
pub(crate) fn several(random: &mut Random, facts: &[Fact], low: u32, high: u32) -> Vec<Field> {
    let mut fields: Vec<Field> = Vec::new();
    for _ in 0..random.between(low, high) {
        let (label, value) = fact(random, facts);
        let same = |field: &Field| {
            field.1.labels().first().map(|l| l.identifier) == value.labels().first().map(|l| l.identifier)
        };
        if !fields.iter().any(same) {
            fields.push((label, value));
        }
    }
    fields
}

/// Between `low` and `high` hard negatives.
pub(crate) fn negatives(random: &mut Random, country: Country, low: u32, high: u32) -> Vec<Field> {
    (0..random.between(low, high))
        .map(|_| {
            let (label, value) = traps::any(random, country);
            (label, Marked::plain(value))
        })
        .collect()
}

/// A line that is none of anything.
pub(crate) fn odd_line(random: &mut Random) -> Marked {
    let line = random.choose(traps::LINES)(random);
    let mut out = Marked::plain(line);
    out.push("\n");
    out
}

/// The fields in another order.
pub(crate) fn shuffled(random: &mut Random, mut fields: Vec<Field>) -> Vec<Field> {
    for at in (1..fields.len()).rev() {
        fields.swap(at, random.index(at + 1));
    }
    fields
}

/// A line of a prescription: `metformin 500 mg tablets, 1 bd`. The strength may be counted to the name.
pub(crate) fn medicine(random: &mut Random, capitals: bool) -> Marked {
    let (name, strength, form) = *random.choose(medicines::MEDICINES);
    let name = if capitals { name.to_uppercase() } else { name.to_owned() };
    let directions = random.pick(medicines::DIRECTIONS);
    match random.between(0, 3) {
        0 => Marked::of_reach("DRUG_NAME", "", name, &format!(" {strength} {form}, {directions}")),
        1 => Marked::of_reach("DRUG_NAME", "", name, &format!(" {strength} {directions}")),
        2 => Marked::of_reach("DRUG_NAME", "", name, &format!(" {form} {strength}   {directions}")),
        _ => Marked::of_reach("DRUG_NAME", "", name, &format!(" {strength}\n    {directions}")),
    }
}

/// A medicine named in passing: a drug name to one, not to another.
pub(crate) fn mentioned(random: &mut Random) -> Marked {
    Marked::optional("DRUG_NAME", random.choose(medicines::MEDICINES).0)
}

/// `count` sentences that say nothing about anybody.
pub(crate) fn sentences(random: &mut Random, count: u32) -> String {
    (0..count).map(|_| random.pick(prose::SENTENCES)).collect::<Vec<_>>().join(" ")
}

/// A fact in a sentence.
pub(crate) fn told(random: &mut Random, facts: &[Fact]) -> Marked {
    let (label, value) = fact(random, facts);
    let label = Marked::plain(label);
    let pattern = random.pick(&[
        "The {} is {}.",
        "Her {} is {}.",
        "His {} was given as {}.",
        "({}: {})",
        "{} {} was confirmed at reception.",
        "Please note {} {}.",
        "We hold {}: {} on file.",
    ]);
    Marked::filled(pattern, &[&label, &value])
}
