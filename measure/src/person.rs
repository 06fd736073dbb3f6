//! The people whom documents are about, and their addresses and dates.

use crate::country::Country;
use crate::marked::Marked;
use crate::random::Random;
use crate::words::{families, people, places};

/// A patient, a doctor, a relative. All of them are made up.
#[derive(Debug, Clone)]
pub(crate) struct Person {
    pub(crate) given: String,
    pub(crate) middle: Option<String>,
    pub(crate) family: String,
    pub(crate) title: &'static str,
    pub(crate) woman: bool,
}

impl Person {
    pub(crate) fn new(random: &mut Random) -> Self {
        let woman = random.chance(52);
        let names = if woman { people::WOMEN } else { people::MEN };
        Self {
            given: random.pick(names).to_owned(),
            middle: random.chance(15).then(|| random.pick(names).to_owned()),
            family: random.pick(families::FAMILIES).to_owned(),
            title: random.pick(people::TITLES),
            woman,
        }
    }

    pub(crate) fn doctor(random: &mut Random) -> Self {
        Self { title: random.pick(people::DOCTORS), middle: None, ..Self::new(random) }
    }

    /// Given name, perhaps a middle one, family name.
    pub(crate) fn full(&self) -> Marked {
        Marked::of("NAME", self.plain())
    }

    /// The full name without labels.
    pub(crate) fn plain(&self) -> String {
        match &self.middle {
            Some(middle) => format!("{} {middle} {}", self.given, self.family),
            None => format!("{} {}", self.given, self.family),
        }
    }

    /// Title, which is not part of the value, and full name.
    pub(crate) fn titled(&self) -> Marked {
        Marked::filled("{} {}", &[&Marked::plain(self.title), &self.full()])
    }

    /// Title and family name: a name to one, not to another.
    pub(crate) fn formal(&self) -> Marked {
        Marked::filled("{} {}", &[&Marked::plain(self.title), &Marked::optional("NAME", &self.family)])
    }

    /// As a form has it: `Given Family`, `FAMILY, Given`, `Family, Given`, with or without title.
    pub(crate) fn in_form(&self, random: &mut Random) -> Marked {
        match random.between(0, 9) {
            0..=3 => self.full(),
            4 => self.titled(),
            5 | 6 => Marked::of("NAME", format!("{}, {}", self.family.to_uppercase(), self.given)),
            7 => Marked::of("NAME", format!("{}, {}", self.family, self.given)),
            8 => Marked::of("NAME", format!("{} {}", self.given, self.family.to_uppercase())),
            _ => Marked::of("NAME", format!("{} {}", self.initial(), self.family)),
        }
    }

    /// `A.`
    pub(crate) fn initial(&self) -> String {
        format!("{}.", self.given.chars().next().unwrap_or('A'))
    }

    /// Initials and family name behind a title, as doctors are written.
    pub(crate) fn short(&self, random: &mut Random) -> Marked {
        let name = match random.between(0, 2) {
            0 => self.plain(),
            1 => format!("{} {}", self.initial(), self.family),
            _ => format!("{} {}", self.initial().trim_end_matches('.'), self.family),
        };
        Marked::filled("{} {}", &[&Marked::plain(self.title), &Marked::of("NAME", name)])
    }

    /// An address at one of the hosts that are kept for examples.
    pub(crate) fn email(&self, random: &mut Random) -> Marked {
        let plain = |name: &str| {
            name.chars().filter(char::is_ascii_alphabetic).map(|letter| letter.to_ascii_lowercase()).collect::<String>()
        };
        let (given, family) = (plain(&self.given), plain(&self.family));
        let host = random.pick(people::HOSTS);
        let local = match random.between(0, 3) {
            0 => format!("{given}.{family}"),
            1 => format!("{}{family}", given.chars().take(1).collect::<String>()),
            2 => format!("{family}_{}", random.between(1, 99)),
            _ => format!("{given}+clinic"),
        };
        Marked::of("EMAIL_ADDRESS", format!("{local}@{host}"))
    }

    pub(crate) fn sex(&self, random: &mut Random) -> &'static str {
        match (self.woman, random.chance(50)) {
            (true, true) => "F",
            (true, false) => "Female",
            (false, true) => "M",
            (false, false) => "Male",
        }
    }
}

/// An address on one line or more, with `between` the parts.
pub(crate) fn address(random: &mut Random, country: Country, between: &str) -> Marked {
    let street = format!("{} {}", random.pick(places::STREETS), random.pick(places::KINDS));
    let number = match (country, random.between(0, 9)) {
        (_, 0) => format!("{}/{} ", random.between(1, 40), random.between(1, 300)),
        (Country::Australia | Country::NewZealand, 1) => {
            format!("Unit {}, {} ", random.between(1, 30), random.between(1, 300))
        }
        (Country::UnitedKingdom, 1) => format!("Flat {}, {} ", random.between(1, 30), random.between(1, 300)),
        (Country::UnitedStates | Country::Canada, 1) => {
            format!("{}-{} ", random.between(1, 30), random.between(1, 300))
        }
        (_, 2) => format!("{}{} ", random.between(1, 300), random.of(b"AB", 1)),
        (Country::UnitedStates, _) => format!("{} ", random.between(100, 9900)),
        _ => format!("{} ", random.between(1, 400)),
    };
    let town = match country {
        Country::Australia => {
            let (place, state, code) = *random.choose(places::AUSTRALIA);
            let place = if random.chance(30) { place.to_uppercase() } else { place.to_owned() };
            format!("{place} {state} {code}")
        }
        Country::NewZealand => {
            let (suburb, town, code) = *random.choose(places::NEW_ZEALAND);
            format!("{suburb}{between}{town} {code}")
        }
        Country::UnitedKingdom => {
            let (town, county, code) = *random.choose(places::UNITED_KINGDOM);
            let code = format!("{code} {}{}", random.between(1, 9), random.of(b"ABDEFGHJLNPQRSTUWXYZ", 2));
            if county.is_empty() {
                format!("{town}{between}{code}")
            } else {
                format!("{town}{between}{county}{between}{code}")
            }
        }
        Country::UnitedStates => {
            let (town, state, code) = *random.choose(places::UNITED_STATES);
            format!("{town}, {state} {code}")
        }
        Country::Canada => {
            let (town, province, code) = *random.choose(places::CANADA);
            format!("{town}, {province} {code}")
        }
    };
    Marked::of("ADDRESS", format!("{number}{street}{between}{town}"))
}

/// A date in one of the ways of a country.
pub(crate) fn date(random: &mut Random, country: Country, years: (u32, u32)) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let (day, month, year) = (random.between(1, 28), random.between(1, 12), random.between(years.0, years.1));
    let name = MONTHS[month as usize - 1];
    let short = &name[..3];
    let american = country == Country::UnitedStates;
    match random.between(0, 8) {
        0..=3 if american => format!("{month:02}/{day:02}/{year}"),
        4 if american => format!("{name} {day}, {year}"),
        5 if american => format!("{month}-{day}-{year}"),
        0..=3 => format!("{day:02}/{month:02}/{year}"),
        4 => format!("{day} {name} {year}"),
        5 => format!("{day:02}-{month:02}-{year}"),
        6 => format!("{day:02}-{short}-{year}"),
        7 => format!("{year}-{month:02}-{day:02}"),
        _ if american => format!("{short} {day}, {year}"),
        _ => format!("{day:02}.{month:02}.{year}"),
    }
}

/// A birth date.
pub(crate) fn birth_date(random: &mut Random, country: Country) -> Marked {
    Marked::of("DATE_OF_BIRTH", date(random, country, (1928, 2019)))
}
