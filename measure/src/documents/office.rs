//! Invoices, letters about accounts, registration forms, notes of the practice's engineer.

use super::parts::{letterhead, negatives, numbers, odd_line, patient, sentences, several, shuffled, told};
use crate::country::Country;
use crate::facts;
use crate::layout::Form;
use crate::marked::Marked;
use crate::person::{self, Person};
use crate::random::Random;
use crate::words::people;

/// An invoice.
pub(crate) fn invoice(random: &mut Random, country: Country) -> Marked {
    let who = Person::new(random);
    let mut out = letterhead(random, country);
    out.push("\nTAX INVOICE\n\n");
    if random.chance(50) {
        out.push("Bill to:\n")
            .append(&who.titled())
            .push("\n")
            .append(&person::address(random, country, "\n"))
            .push("\n\n");
    } else {
        out.push("Account holder: ").append(&who.in_form(random)).push("\n");
    }
    let mut fields = negatives(random, country, 2, 5);
    fields.extend(numbers(random, country, 1, 2));
    out.append(&Form::any(random).set(&shuffled(random, fields))).push("\n");
    for _ in 0..random.between(2, 6) {
        let item = random.pick(&["Consultation", "Dressing", "ECG", "Vaccination fee", "Report", "Spirometry"]);
        out.push(&format!(
            "{:<28}{:>4}   ${:>4}.{}\n",
            item,
            random.between(1, 4),
            random.like("199"),
            random.like("99")
        ));
    }
    out.push(&format!("{:<28}       ${}.{}\n\n", "Total", random.like("1999"), random.like("99")));
    let payment = several(random, facts::PAYMENT, 1, 3);
    out.append(&Form::any(random).set(&payment));
    out.append(&odd_line(random));
    out
}

/// A letter about money.
pub(crate) fn account(random: &mut Random, country: Country) -> Marked {
    let (who, clerk) = (Person::new(random), Person::new(random));
    let mut out = letterhead(random, country);
    out.push("\n").append(&who.titled()).push("\n").append(&person::address(random, country, "\n")).push("\n\n");
    out.push("Dear ").append(&who.formal()).push(",\n\n");
    let reference = format!(
        "Account {} of {} remains unpaid. ",
        random.like("199999"),
        person::date(random, country, (2025, 2026))
    );
    out.push(&reference).push(&sentences(random, 1)).push(" ");
    for _ in 0..random.between(1, 3) {
        out.append(&told(random, facts::PAYMENT)).push(" ");
    }
    if random.chance(50) {
        out.append(&told(random, facts::of(country))).push(" ");
    }
    out.push("\n\n").push(random.pick(people::FAREWELLS)).push("\n").append(&clerk.full()).push("\nAccounts\n");
    out
}

/// What a new patient fills in.
pub(crate) fn registration(random: &mut Random, country: Country) -> Marked {
    let (who, kin) = (Person::new(random), Person::new(random));
    let mut out = Marked::plain("NEW PATIENT REGISTRATION\n========================\n\n");
    let mut fields = patient(random, country, &who);
    fields.extend(numbers(random, country, 3, 6));
    fields.push((
        random.pick(&["Next of kin", "Emergency contact", "Carer", "Guardian"]).to_owned(),
        kin.in_form(random),
    ));
    fields.extend(negatives(random, country, 1, 2));
    if random.chance(40) {
        fields.extend(several(random, facts::PAYMENT, 1, 3));
    }
    out.append(&Form::any(random).set(&fields));
    out.push("\n[x] I agree to the privacy policy (version 4.2)   [ ] SMS reminders\n");
    out
}

/// What the practice's engineer leaves lying about: keys, headers, addresses of machines.
pub(crate) fn notes(random: &mut Random, country: Country) -> Marked {
    let mut out = Marked::plain("# notes for the move to the new server\n\n");
    let mut fields = several(random, facts::TECHNICAL, 3, 6);
    fields.extend(negatives(random, country, 2, 4));
    let form = *random.choose(&[Form::Colon, Form::Equals, Form::Columns, Form::Tab]);
    out.append(&form.set(&shuffled(random, fields))).push("\n");
    for _ in 0..random.between(0, 2) {
        out.append(&random.choose(facts::BLOCKS)(random)).push("\n\n");
    }
    out.append(&odd_line(random)).append(&odd_line(random));
    out
}
