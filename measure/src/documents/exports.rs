//! What programs hand to each other: tables, JSON, XML, HL7 v2.

use super::parts::{medicine, negatives, numbers, patient, several};
use crate::country::Country;
use crate::facts::{self, Fact};
use crate::layout::{self, Field};
use crate::marked::Marked;
use crate::numbers::general;
use crate::person::{self, Person};
use crate::random::Random;
use crate::traps;

/// Rows of people, separated by commas, tabs, semicolons or bars.
pub(crate) fn table(random: &mut Random, country: Country) -> Marked {
    let separator = *random.choose(&[",", ",", "|", "\t"]);
    let mut columns: Vec<&Fact> = Vec::new();
    for _ in 0..random.between(1, 3) {
        columns.push(random.choose(facts::of(country)));
    }
    let names: Vec<String> = columns.iter().map(|fact| random.pick(fact.labels).to_owned()).collect();
    let trap = traps::heading(random).to_owned();
    let (who, born) = (
        random.pick(&["Name", "Patient", "Patient Name", "Full Name"]),
        random.pick(&["DOB", "Date of Birth", "BirthDate"]),
    );
    let with_phone = random.chance(50);
    let with_address = random.chance(40);
    let rows: Vec<Vec<Field>> = (0..random.between(4, 18))
        .map(|row| {
            let person = Person::new(random);
            let mut fields = vec![
                ("Row".to_owned(), Marked::plain((row + 1).to_string())),
                (who.to_owned(), person.full()),
                (born.to_owned(), person::birth_date(random, country)),
            ];
            for (fact, name) in columns.iter().zip(&names) {
                fields.push((name.clone(), (fact.make)(random)));
            }
            if with_phone {
                fields.push(("Phone".to_owned(), country.phone(random)));
            }
            if with_address {
                fields.push(("Address".to_owned(), person::address(random, country, ", ")));
            }
            fields.push((trap.clone(), Marked::plain(random.like("19999999"))));
            fields.push(("Amount".to_owned(), Marked::plain(random.like("199.99"))));
            fields
        })
        .collect();
    layout::table(&rows, separator)
}

/// Records in JSON, some with a list around them.
pub(crate) fn json(random: &mut Random, country: Country) -> Marked {
    let camel = random.chance(60);
    let records = random.between(1, 4);
    let mut out = Marked::plain("[\n");
    for record in 0..records {
        let person = Person::new(random);
        let mut fields = patient(random, country, &person);
        fields.extend(numbers(random, country, 1, 3));
        fields.extend(several(random, facts::CLINICAL, 0, 2));
        fields.extend(negatives(random, country, 1, 3));
        fields = unique(fields);
        out.push("  ").append(&layout::object(&fields, camel, "  ")).push(if record + 1 < records {
            ",\n"
        } else {
            "\n"
        });
    }
    out.push("]\n");
    out
}

/// Records in XML.
pub(crate) fn xml(random: &mut Random, country: Country) -> Marked {
    let mut out = Marked::plain("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<export version=\"2.1.4\">\n");
    for _ in 0..random.between(1, 4) {
        let person = Person::new(random);
        let mut fields = patient(random, country, &person);
        fields.extend(numbers(random, country, 1, 3));
        fields.extend(negatives(random, country, 1, 2));
        // What would have to be escaped is left out.
        fields.retain(|(_, value)| !value.text().contains(['&', '<']));
        out.push("  <patient>\n").append(&layout::elements(&unique(fields), "    ")).push("  </patient>\n");
    }
    out.push("</export>\n");
    out
}

fn unique(fields: Vec<Field>) -> Vec<Field> {
    let mut kept: Vec<Field> = Vec::new();
    for field in fields {
        if !kept.iter().any(|(label, _)| *label == field.0) {
            kept.push(field);
        }
    }
    kept
}

/// A message of HL7 v2: an order of medicines or a registration. Names have their parts separated by `^`.
pub(crate) fn hl7(random: &mut Random, country: Country) -> Marked {
    let (who, doctor) = (Person::new(random), Person::doctor(random));
    let mut out = Marked::plain(format!(
        "MSH|^~\\&|CLINDESK|NORTH|PHARM|HUB|202611{}{}||RDE^O11|{}|P|2.4\r",
        random.like("0199"),
        random.like("1099"),
        random.like("HHHHHHHH")
    ));
    let born = format!("{}{:02}{:02}", random.between(1930, 2018), random.between(1, 12), random.between(1, 28));
    let record = Marked::of("MEDICAL_RECORD_NUMBER", general::record_number(random));
    let patient = Marked::filled(
        "PID|1||{}^^^NORTH^MR||{}||{}|{}|||{}||{}\r",
        &[
            &record,
            &Marked::of("NAME", format!("{}^{}", who.family.to_uppercase(), who.given)),
            &Marked::of("DATE_OF_BIRTH", born),
            &Marked::plain(if who.woman { "F" } else { "M" }),
            &person::address(random, country, "^"),
            &country.phone(random),
        ],
    );
    out.append(&patient);
    let order = Marked::filled(
        "ORC|NW|{}|||||||{}|||^{}\r",
        &[
            &Marked::plain(random.like("19999999")),
            &Marked::plain(format!("202610{}", random.like("1999"))),
            &Marked::of("NAME", format!("{}^{}", doctor.family, doctor.given)),
        ],
    );
    out.append(&order).push("RXE|^^^^^BID|").append(&medicine(random, false)).push("|1|||\r");
    out
}
