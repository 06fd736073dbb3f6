//! Letters and e-mails: running text.

use super::parts::{self, fact, letterhead, sentences, told};
use crate::country::Country;
use crate::facts;
use crate::marked::Marked;
use crate::person::{self, Person};
use crate::random::Random;
use crate::words::{medicines, people};

/// A letter from one doctor to another about a patient.
pub(crate) fn referral(random: &mut Random, country: Country) -> Marked {
    let (who, from, to) = (Person::new(random), Person::doctor(random), Person::doctor(random));
    let mut out = letterhead(random, country);
    out.push("\n").push(&person::date(random, country, (2024, 2026))).push("\n\n");
    if random.chance(60) {
        out.append(&to.titled()).push("\n").append(&person::address(random, country, "\n")).push("\n\n");
    }
    out.push("Dear ").append(&to.formal()).push(",\n\n");
    let about = *random.choose(&["Re: {}, DOB {}\n\n", "RE: {} (born {})\n\n", "Re {}, d.o.b. {}\n\n"]);
    out.append(&Marked::filled(about, &[&who.full(), &person::birth_date(random, country)]));
    let number = told(random, facts::of(country));
    let reason = Marked::plain(random.pick(medicines::CONDITIONS));
    let years = Marked::plain(random.between(4, 93).to_string());
    let opening = *random.choose(&[
        "Thank you for seeing {}, a {} year old with {}. {} {}\n\n",
        "I would be grateful if you could review {} ({}), who has {}. {} {}\n\n",
    ]);
    let more = Marked::plain(sentences(random, 3));
    out.append(&Marked::filled(opening, &[&who.titled(), &years, &reason, &more, &number]));
    let medicine = parts::medicine(random, false);
    let seen = Marked::filled(
        "Current treatment is {}. {} {} is also known to {} at {}. {}\n\n",
        &[
            &medicine,
            &Marked::plain(sentences(random, 2)),
            &who.formal(),
            &Person::doctor(random).titled(),
            &Marked::plain(parts::practice(random)),
            &Marked::plain(sentences(random, 1)),
        ],
    );
    out.append(&seen);
    if random.chance(40) {
        let lives = Marked::filled(
            "{} lives at {} and has the telephone number {}.\n\n",
            &[&who.formal(), &person::address(random, country, ", "), &country.phone(random)],
        );
        out.append(&lives);
    }
    out.push(random.pick(people::FAREWELLS))
        .push("\n\n")
        .append(&from.titled())
        .push("\n")
        .push(random.pick(people::QUALIFICATIONS))
        .push("\n");
    if random.chance(60) {
        out.append(&Form::number(random, country)).push("\n");
    }
    if random.chance(30) {
        out.push("\ncc ").append(&Person::doctor(random).titled()).push("\n");
    }
    out
}

/// An e-mail.
pub(crate) fn email(random: &mut Random, country: Country) -> Marked {
    let (from, to, about) = (Person::new(random), Person::new(random), Person::new(random));
    let mut out = Marked::new();
    let header = Marked::filled(
        "From: {} <{}>\nTo: {} <{}>\n",
        &[&from.full(), &from.email(random), &to.full(), &to.email(random)],
    );
    out.append(&header);
    let message = format!("{}.{}@example.net", random.like("199999999"), random.like("HHHH"));
    out.push("Message-ID: <").append(&Marked::optional("EMAIL_ADDRESS", message)).push(">\n");
    out.push("Subject: ")
        .push(random.pick(&["Repeat prescription", "Your results", "Account query", "Change of details"]))
        .push("\n\n");
    out.push("Hi ").append(&Marked::optional("NAME", to.given.clone())).push(",\n\n");
    let line = *random.choose(&[
        "I am writing on behalf of {}. {} {}\n\n",
        "Could you please ring {} before Friday? {} {}\n\n",
        "{} came in this morning. {} {}\n\n",
    ]);
    let subject = if random.chance(50) { about.full() } else { about.titled() };
    let pool = if random.chance(60) { facts::of(country) } else { facts::TECHNICAL };
    let number = told(random, pool);
    out.append(&Marked::filled(line, &[&subject, &Marked::plain(sentences(random, 2)), &number]));
    if random.chance(35) {
        out.append(&Marked::filled("The new address is {}.\n\n", &[&person::address(random, country, ", ")]));
    }
    if random.chance(30) {
        let order = format!(
            "Your order {} of {} will be sent with docket {}.\n\n",
            random.like("19999999"),
            person::date(random, country, (2025, 2026)),
            random.like("A9999")
        );
        out.push(&order);
    }
    out.push(random.pick(people::FAREWELLS)).push("\n").append(&from.full()).push("\n");
    out.push(random.pick(&["Mob ", "Mobile: ", "Tel. ", "Phone "])).append(&country.phone(random)).push("\n");
    out
}

/// The line below a doctor's signature.
struct Form;

impl Form {
    fn number(random: &mut Random, country: Country) -> Marked {
        let (label, value) = fact(
            random,
            match country {
                Country::Australia => &facts::of(country)[6..7],
                Country::NewZealand => &facts::of(country)[6..7],
                Country::UnitedKingdom => &facts::of(country)[5..6],
                Country::UnitedStates => &facts::of(country)[5..7],
                Country::Canada => &facts::of(country)[7..8],
            },
        );
        Marked::filled("{}: {}", &[&Marked::plain(label), &value])
    }
}
