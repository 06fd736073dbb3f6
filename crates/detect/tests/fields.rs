//! Texts whose values lie in fields: tables, records, elements.

#![expect(clippy::unwrap_used, reason = "a test ends where its scan does")]

use std::borrow::Cow;

use pillbox_detect::Engine;
use pillbox_model::{Detection, Field, HeadingId, Headings};
use proptest::prelude::*;

/// A table as `pillbox-files` reads one: cells set apart by `separator`, the first row names the columns.
struct Table {
    text: String,
    fields: Vec<Field>,
    headings: Headings,
}

impl Table {
    fn of(names: &[&str], rows: &[&[&str]], separator: &str) -> Self {
        let mut table = Self { text: String::new(), fields: Vec::new(), headings: Headings::new(true) };
        for name in names {
            table.cell(name, HeadingId::NONE, separator);
        }
        for row in rows {
            table.text.push('\n');
            for (cell, name) in row.iter().zip(names) {
                let heading = table.headings.number(name);
                table.cell(cell, heading, separator);
            }
        }
        table
    }

    fn cell(&mut self, cell: &str, heading: HeadingId, separator: &str) {
        self.fields.push(Field { start: self.text.len() as u64, heading });
        self.text.push_str(cell);
        self.text.push_str(separator);
    }

    fn scan(&self) -> Vec<Detection> {
        let mut detections = Vec::new();
        Engine::managed().scan_fields(&self.text, &self.fields, &self.headings, &|| true, &mut detections).unwrap();
        detections
    }

    fn found(&self) -> Vec<(String, &str)> {
        self.scan().iter().map(|d| (d.identifier.to_string(), value(&self.text, d))).collect()
    }
}

fn value<'t>(text: &'t str, detection: &Detection) -> &'t str {
    &text[detection.place.start as usize..detection.place.end as usize]
}

/// What is found in one field under a heading.
fn under(heading: &str, cell: &str) -> Vec<(String, Option<String>)> {
    let table = Table::of(&[heading], &[&[cell]], ",");
    table.scan().into_iter().map(|d| (d.identifier.to_string(), d.evidence.keyword.map(Cow::into_owned))).collect()
}

#[track_caller]
fn assert_under(heading: &str, cell: &str, identifier: &str, keyword: &str) {
    assert_eq!(under(heading, cell), [(identifier.to_owned(), Some(keyword.to_owned()))], "{heading}: {cell}");
}

#[test]
fn a_column_is_announced_by_its_name() {
    let table = Table::of(
        &["Patient Name", "DOB", "Medicare No", "MRN", "TFN", "Phone", "Order No"],
        &[
            &["Jane Doe", "12/12/2012", "2999999931", "4432134", "123456782", "5550 0123", "0491570156"],
            &["Doe, Jane", "19610703", "2123456701", "0012345", "123 456 782", "0491570156", "123456782"],
        ],
        ",",
    );
    let row = |name, born, medicare, record, tax, phone| {
        [
            ("NAME".to_owned(), name),
            ("DATE_OF_BIRTH".to_owned(), born),
            ("AUSTRALIA_MEDICARE_NUMBER".to_owned(), medicare),
            ("MEDICAL_RECORD_NUMBER".to_owned(), record),
            ("AUSTRALIA_TAX_FILE_NUMBER".to_owned(), tax),
            ("AUSTRALIA_PHONE_NUMBER".to_owned(), phone),
        ]
    };
    let expected = [
        row("Jane Doe", "12/12/2012", "2999999931", "4432134", "123456782", "5550 0123"),
        row("Doe, Jane", "19610703", "2123456701", "0012345", "123 456 782", "0491570156"),
    ]
    .concat();
    assert_eq!(table.found(), expected);
}

#[test]
fn names_of_programs_are_read_at_their_humps() {
    assert_under("taxFileNumber", "123456782", "AUSTRALIA_TAX_FILE_NUMBER", "tax file number");
    assert_under("clientTaxFileNumber", "123456782", "AUSTRALIA_TAX_FILE_NUMBER", "tax file number");
    assert_under("patient_dob", "3 March 1961", "DATE_OF_BIRTH", "patient dob");
    assert_under("patientDOB", "3 March 1961", "DATE_OF_BIRTH", "patient dob");
    assert_under("DoB", "3 March 1961", "DATE_OF_BIRTH", "dob");
    assert_under("MedicareNo", "2999999931", "AUSTRALIA_MEDICARE_NUMBER", "medicare no");
    assert_under("NHSNumber", "9990000018", "UK_NHS_NUMBER", "nhs number");
}

#[test]
fn the_names_on_a_path_speak_and_the_nearest_first() {
    assert_under("patient\nmedicare\nnumber", "2999999931", "AUSTRALIA_MEDICARE_NUMBER", "medicare number");
    assert_under("$\npatient\nidentifiers\ntfn\nvalue", "123456782", "AUSTRALIA_TAX_FILE_NUMBER", "tfn");
    assert_under("patient\nname", "Jane Doe", "NAME", "patient name");
    assert_eq!(under("patient\ncity", "Mount Isa"), []);
    assert_eq!(under("patient\norderNumber", "0491570156"), []);
}

#[test]
fn a_keyword_in_the_field_is_nearer_than_its_heading() {
    assert_under("phone", "TFN 123 456 782", "AUSTRALIA_TAX_FILE_NUMBER", "tfn");
}

#[test]
fn words_outside_a_confined_field_do_not_speak() {
    for separator in [",", "\t", "|", "  "] {
        let table = Table::of(&["Note", "Amount"], &[&["TFN", "123456782"], &["", "123456782"]], separator);
        assert_eq!(table.found(), [], "{separator:?}");
    }
    let table = Table::of(&["TFN", "Amount"], &[&["none", "123456782"]], ",");
    assert_eq!(table.found(), []);
    let table = Table::of(&["Card", "Paid"], &[&["4000 0012", "3456 7899"]], " ");
    assert_eq!(table.found(), []);
}

#[test]
fn a_number_in_a_cell_does_not_go_on_in_the_next() {
    let table = Table::of(&["Qty", "TFN", "Qty"], &[&["12", "123456782", "34"]], ",");
    assert_eq!(table.found(), [("AUSTRALIA_TAX_FILE_NUMBER".to_owned(), "123456782")]);
}

#[test]
fn a_word_over_the_edge_of_two_cells_is_none() {
    let table = Table::of(&["given", "family"], &[&["Jane Smith, Ann", "e Taylor"]], "");
    assert_eq!(table.found(), vec![("NAME".to_owned(), "Jane Smith")]);
}

#[test]
fn headings_that_are_not_confined_are_one_more_hint() {
    let text = "<p><a>123456782</a><b>TFN 123456782</b></p>";
    let mut headings = Headings::new(false);
    let tax = headings.number("p\ntaxFileNumber");
    let fields = [Field { start: 6, heading: tax }, Field { start: 15, heading: HeadingId::NONE }];
    let mut found: Vec<Detection> = Vec::new();
    Engine::managed().scan_fields(text, &fields, &headings, &|| true, &mut found).unwrap();
    let keywords: Vec<_> = found.iter().map(|d| (d.place.start, d.evidence.keyword.as_deref().unwrap())).collect();
    assert_eq!(keywords, [(6, "tax file number"), (26, "tfn")]);
}

fn heading() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "",
        "Name",
        "patient\nname",
        "DOB",
        "TFN",
        "medicareNo",
        "phone",
        "MRN",
        "address",
        "Order No",
        "Col\u{E9}",
        "card",
        "BSB",
    ])
}

fn cell() -> impl Strategy<Value = String> {
    let known = prop::sample::select(vec![
        "Jane Doe",
        "Doe, Jane",
        "12/12/2012",
        "123 456 782",
        "2123 45670 1",
        "0491 570 156",
        "4432134",
        "12 Example St, Hobart TAS 7000",
        "4000 0012 3456 7899",
        "TFN",
        "TFN: 123456782",
        "062-000 12345678",
        "jane@example.org",
        "",
        " ",
        "12",
        "name: Jane Doe\nDOB",
        "\u{1F48A}",
        "Jane Smith, Ann",
        "e Taylor",
    ]);
    prop_oneof![6 => known.prop_map(str::to_owned), 1 => any::<String>()]
}

fn document() -> impl Strategy<Value = (String, Vec<Field>, Headings)> {
    let separator = prop::sample::select(vec![",", "\t", "|", "\n", "\",\"", " ", ""]);
    let fields = prop::collection::vec((heading(), cell(), separator), 0..40);
    (fields, any::<bool>(), prop::sample::select(vec![0usize, 300, 65_400, 90_000])).prop_map(
        |(cells, confined, long)| {
            let (mut text, mut fields, mut headings) = ("before ".to_owned(), Vec::new(), Headings::new(confined));
            let middle = cells.len() / 2;
            for (position, (heading, cell, separator)) in cells.into_iter().enumerate() {
                fields.push(Field { start: text.len() as u64, heading: headings.number(heading) });
                if position == middle {
                    text.push_str(&"word ".repeat(long / 5));
                }
                text.push_str(&cell);
                text.push_str(separator);
            }
            (text, fields, headings)
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn pieces_give_what_the_whole_gives(
        (text, fields, headings) in document(),
        cuts in prop::collection::vec(0usize..50_000, 1..6),
        ahead in 0u64..1000,
    ) {
        let engine = Engine::managed();
        let mut whole: Vec<Detection> = Vec::new();
        engine.scan_fields(&text, &fields, &headings, &|| true, &mut whole).unwrap();
        let mut pieces: Vec<Detection> = Vec::new();
        let mut stream = engine.stream();
        let (mut rest, mut given, mut at) = (text.as_str(), 0, 0);
        for cut in cuts.iter().cycle() {
            let (piece, behind) = rest.split_at(rest.ceil_char_boundary((*cut + 1).min(rest.len())));
            at += piece.len() as u64;
            let until = fields.partition_point(|field| field.start < at + ahead).max(given);
            stream.push_fields(piece, &fields[given..until], &headings, &|| true, &mut pieces).unwrap();
            given = until;
            rest = behind;
            if rest.is_empty() {
                break;
            }
        }
        stream.finish(&|| true, &mut pieces).unwrap();
        prop_assert_eq!(&pieces, &whole);
        let mut end = 0;
        for detection in &whole {
            prop_assert!(end <= detection.place.start && detection.place.start < detection.place.end);
            end = detection.place.end;
            if headings.confined() {
                let first = fields.partition_point(|field| field.start <= detection.place.start);
                prop_assert!(fields.get(first).is_none_or(|next| detection.place.end <= next.start));
            }
        }
    }
}
