//! Hard negatives: what looks like something sensitive and is not.

use crate::country::Country;
use crate::numbers::checks::digits;
use crate::numbers::{australia, general, new_zealand, united_kingdom, united_states};
use crate::person;
use crate::random::Random;

/// A value that is none, with a wording that announces it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Trap {
    pub(crate) labels: &'static [&'static str],
    pub(crate) make: fn(&mut Random) -> String,
}

macro_rules! trap {
    ($pattern:literal, $($label:literal),+) => {
        Trap { labels: &[$($label),+], make: |random| random.like($pattern) }
    };
}

macro_rules! broken {
    ($make:expr, $($label:literal),+) => {
        Trap { labels: &[$($label),+], make: |random| { let value = $make(random); spoiled(random, &value) } }
    };
}

/// One of them, as fits documents of the country.
pub(crate) fn any(random: &mut Random, country: Country) -> (String, String) {
    if random.chance(25) {
        let labels = [
            "Date of issue",
            "Collected",
            "Reported",
            "Seen on",
            "Invoice date",
            "Due date",
            "Admitted",
            "Discharged",
            "Last updated",
            "Next review",
            "Printed",
            "Date of service",
        ];
        return (random.pick(&labels).to_owned(), person::date(random, country, (2023, 2027)));
    }
    let trap = if random.chance(25) { random.choose(broken_of(country)) } else { random.choose(TRAPS) };
    (random.pick(trap.labels).to_owned(), (trap.make)(random))
}

/// The wording of one that is no identifier's, for the head of a column of numbers.
pub(crate) fn heading(random: &mut Random) -> &'static str {
    random.pick(&["Order No", "Invoice No", "Docket", "Consignment", "Job", "Our ref", "Barcode", "Serial", "Ticket"])
}

const TRAPS: &[Trap] = &[
    trap!("19999999", "Order No", "Order number", "Purchase order", "Our ref"),
    trap!("199 999 999", "Order", "Docket", "Quote no"),
    broken!(general::card, "Tracking", "Consignment", "Serial"),
    trap!("1999999999", "Invoice No", "Job", "Ticket", "Case"),
    trap!("A9999A", "Batch", "Batch No", "Lot", "Lot No"),
    trap!("AB99999", "Product code", "Cat. no", "Model", "Part"),
    trap!("9.19.9", "Version", "Release", "Build"),
    trap!("HHHHHHHH-HHHH-4HHH-8HHH-HHHHHHHHHHHH", "Document GUID", "Request id", "Trace"),
    Trap { labels: &["Checksum", "Commit", "MD5", "SHA-1"], make: |random| random.of(b"0123456789abcdef", 40) },
    Trap {
        labels: &["Total", "Amount due", "Fee", "Price", "Rebate"],
        make: |random| format!("${}.{}", random.like("199"), random.like("99")),
    },
    trap!("1 of \\19", "Page", "Sheet", "Copy"),
    trap!("8:30 - \\17:45", "Open", "Hours", "Consulting"),
    trap!("199", "Room", "Bed", "Ext", "Queue"),
    trap!("03/2028", "Batch 4471B Exp", "Use before", "Shelf life to"),
    trap!("199 mL", "Urine output", "Fluid in", "Residual"),
    trap!("19/19", "Visual acuity", "GCS", "Apgar"),
    trap!("99.9 kg", "Weight", "Previous weight"),
    trap!("199 x 199 x 19 mm", "Size of lesion", "Dimensions"),
    trap!("1999-9999", "ISSN", "Form"),
    trap!("\\978-\\1-9999-9999-9", "ISBN", "Handbook"),
    trap!("19 19 19", "Combination of lenses", "Grid"),
    trap!("9999999999999", "Barcode", "EAN", "GTIN"),
    trap!("199.199", "Ratio", "Factor"),
    Trap {
        labels: &["Build", "Engine", "Firmware"],
        make: |random| {
            format!(
                "v{}.{}.{}-rc{}",
                random.between(1, 9),
                random.between(0, 30),
                random.between(0, 99),
                random.between(1, 4)
            )
        },
    },
    Trap {
        labels: &["Status", "Priority", "Category"],
        make: |random| random.pick(&["Final", "Routine", "Amended", "Active", "Urgent"]).to_owned(),
    },
    Trap {
        labels: &["Department", "Ward", "Clinic"],
        make: |random| {
            random
                .pick(&["Radiology", "Cardiology", "Ward 4 West", "Royal Park Wing", "St Vincent Wing", "Day Surgery"])
                .to_owned()
        },
    },
    Trap {
        labels: &["Device", "Manufacturer", "Supplier"],
        make: |random| {
            random
                .pick(&[
                    "Philips Respironics",
                    "Johnson & Johnson",
                    "Becton Dickinson",
                    "Roche Diagnostics",
                    "Smith & Nephew",
                    "Baxter Healthcare",
                ])
                .to_owned()
        },
    },
];

/// Numbers with the right label and shape whose check digit is wrong.
fn broken_of(country: Country) -> &'static [Trap] {
    match country {
        Country::Australia => &[
            Trap {
                labels: &["Medicare No"],
                make: |random| {
                    let stem = australia::medicare_stem(random);
                    format!("{}1", spoiled(random, &stem))
                },
            },
            broken!(australia::tax_file, "TFN", "Tax file number"),
            broken!(australia::ihi, "IHI"),
            broken!(australia::abn, "ABN"),
            broken!(general::card, "Card number"),
        ],
        Country::NewZealand => &[
            broken!(new_zealand::nhi, "NHI", "NHI number"),
            broken!(new_zealand::ird, "IRD number"),
            broken!(general::card, "Credit card"),
        ],
        Country::UnitedKingdom => &[
            broken!(united_kingdom::nhs, "NHS No", "NHS number"),
            broken!(|random: &mut Random| general::iban(random).1, "IBAN"),
            broken!(general::card, "Card number"),
        ],
        Country::UnitedStates => &[
            broken!(united_states::provider, "NPI"),
            broken!(united_states::dea, "DEA number"),
            broken!(united_states::routing, "ABA routing number"),
            broken!(general::card, "Visa"),
            Trap { labels: &["SSN"], make: |random| format!("000-{}", random.like("19-1999")) },
        ],
        Country::Canada => &[
            broken!(crate::numbers::canada::social_insurance, "SIN", "Social Insurance Number"),
            broken!(general::card, "Card number"),
        ],
    }
}

/// The value with its last digit made another, by which every check digit of one digit is broken.
fn spoiled(random: &mut Random, value: &str) -> String {
    let Some(at) = value.rfind(|character: char| character.is_ascii_digit()) else { return value.to_owned() };
    let last = digits(&value[at..=at])[0];
    let other = (last + random.between(1, 4)) % 10;
    format!("{}{other}{}", &value[..at], &value[at + 1..])
}

/// Lines without a label that hold no more than they seem to.
pub(crate) const LINES: &[fn(&mut Random) -> String] = &[
    |random| format!("Page {} of {}", random.between(1, 9), random.between(9, 12)),
    |random| {
        format!(
            "-- printed {} by {} v{}.{}.{} --",
            random.like("1999"),
            random.pick(&["MedPrint", "Scriptor", "ClinDesk"]),
            random.between(1, 12),
            random.between(0, 9),
            random.between(0, 99)
        )
    },
    |random| {
        format!(
            "{} x {} @ ${}.{}",
            random.between(2, 90),
            random.pick(&["gauze swab 10 cm", "glove M", "syringe 5 mL", "needle 23G"]),
            random.like("19"),
            random.like("99")
        )
    },
    |random| format!("ref {}/{}/{}", random.like("199"), random.like("19"), random.like("1999")),
    |random| {
        format!(
            "{}:{:02} {}",
            random.between(7, 18),
            random.between(0, 59),
            random.pick(&["obs stable", "pt settled", "reviewed", "nil new"])
        )
    },
    |random| random.of(b"0123456789abcdef", 64),
    |random| format!("Rev. {}.{} ({})", random.between(1, 9), random.between(0, 9), random.like("AA-999")),
    |random| random.like("==== 99999999 ===="),
    |random| {
        format!(
            "Items {}-{}, shelf {}{}",
            random.between(1, 40),
            random.between(41, 90),
            random.like("A"),
            random.between(1, 30)
        )
    },
];
