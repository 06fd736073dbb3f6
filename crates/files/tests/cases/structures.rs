use pillbox_files::{Format, SNIFFED, Structure, sniff};
use pillbox_model::{DocumentPart, Field, SkipReason};
use proptest::prelude::*;

/// The fields of a text that comes in pieces which end at `cuts`, and the structure at its end.
fn structure(text: &str, format: Format, cuts: &[usize]) -> (Structure, Vec<Field>) {
    let mut structure = Structure::new(format);
    let mut fields = Vec::new();
    let mut from = 0;
    for cut in cuts.iter().map(|cut| text.floor_char_boundary(cut % (text.len() + 1))) {
        if cut > from {
            structure.push(&text[from..cut], &mut fields).unwrap();
            from = cut;
        }
    }
    structure.push(&text[from..], &mut fields).unwrap();
    structure.finish();
    (structure, fields)
}

/// What the field is called that `value` stands in, its names joined by `/`.
fn heading(text: &str, format: Format, value: &str) -> String {
    let (structure, fields) = structure(text, format, &[]);
    let at = text.find(value).unwrap() as u64;
    let field = fields.iter().rev().find(|field| field.start <= at);
    field.map_or(String::new(), |field| structure.headings().text(field.heading).replace('\n', "/"))
}

fn part(text: &str, format: Format, value: &str) -> Option<DocumentPart> {
    let (structure, _) = structure(text, format, &[]);
    structure.part(text.find(value).unwrap() as u64, text, 0)
}

fn cell(row: u64, column: u64, name: Option<&str>) -> Option<DocumentPart> {
    Some(DocumentPart::Cell { sheet: None, row, column, column_name: name.map(str::to_owned) })
}

fn record(index: u64, path: &str) -> Option<DocumentPart> {
    Some(DocumentPart::Record { index, path: path.to_owned() })
}

const TABLE: &str =
    "name,Medicare No,\"Notes, if any\"\r\nJane Doe,2123 45670 1,\"says \"\"hi\"\",\r\ntwice\"\r\nJohn,,none\r\n";

#[test]
fn a_cell_has_its_column_s_name() {
    let format = Format::Delimited(b',');
    assert_eq!(sniff(TABLE.as_bytes(), "a.txt"), Ok(Format::Delimited(b',')));
    assert_eq!(heading(TABLE, format, "2123"), "Medicare No");
    assert_eq!(heading(TABLE, format, "twice"), "Notes, if any");
    assert_eq!(heading(TABLE, format, "none"), "Notes, if any");
    assert_eq!(heading(TABLE, format, "John"), "name");
    assert_eq!(heading(TABLE, format, "Medicare"), "");
    assert!(structure(TABLE, format, &[]).0.headings().confined());
    assert_eq!(part(TABLE, format, "2123"), cell(2, 2, Some("Medicare No")));
    assert_eq!(part(TABLE, format, "John"), cell(3, 1, Some("name")));
    assert_eq!(part(TABLE, format, "none"), cell(3, 3, Some("*")));
    assert_eq!(part(TABLE, format, "Medicare"), cell(1, 2, None));
}

#[test]
fn a_table_without_names_has_cells_only() {
    let text = "Jane Doe;2123456701;4 High Street\nJohn Doe;2123456701;5 High Street\nJo Doe;1;1\n";
    assert_eq!(sniff(text.as_bytes(), "x"), Ok(Format::Delimited(b';')));
    let (structure, fields) = structure(text, Format::Delimited(b';'), &[]);
    assert_eq!(fields.len(), 9);
    assert!(structure.headings().is_empty() && !structure.headings().confined());
    assert_eq!(part(text, Format::Delimited(b';'), "5 High"), cell(2, 3, None));
}

#[test]
fn a_label_and_its_value_are_no_record() {
    let text = "Name,Jane\nMedicare No,2123456701\n";
    assert_eq!(sniff(text.as_bytes(), "a.csv"), Ok(Format::Delimited(b',')));
    assert!(!structure(text, Format::Delimited(b','), &[]).0.headings().confined());
    assert_eq!(sniff(text.as_bytes(), "a.txt"), Ok(Format::Text));
}

#[test]
fn sentences_are_no_table() {
    let text = "Take one, with food, daily\nTake two, with milk, weekly\nRest, sleep, repeat\n";
    assert_eq!(sniff(text.as_bytes(), "a.txt"), Ok(Format::Text));
    assert_eq!(sniff(b"only one column\nand no more\n", "a.csv"), Ok(Format::Text));
}

const JSON: &str = r#"{"patients": [{"name": "Jane \"J\" Doe", "medicare-no": 2123456701}, {"dob": "1/2/1970", "ok": true, "Jane Q. Doe": ["x", {}, [7]]}]}"#;

#[test]
fn a_json_value_has_the_names_on_its_path() {
    assert_eq!(sniff(JSON.as_bytes(), "a.txt"), Ok(Format::Json));
    assert_eq!(heading(JSON, Format::Json, "2123"), "patients/medicare-no");
    assert_eq!(heading(JSON, Format::Json, "J\\\" Doe"), "patients/name");
    assert_eq!(heading(JSON, Format::Json, "1/2"), "patients/dob");
    assert_eq!(heading(JSON, Format::Json, "7]"), "patients/Jane Q. Doe");
    assert_eq!(heading(JSON, Format::Json, "\"ok\""), "");
    assert_eq!(part(JSON, Format::Json, "2123"), record(0, "$.patients[0].medicare-no"));
    assert_eq!(part(JSON, Format::Json, "1/2"), record(0, "$.patients[1].dob"));
    assert_eq!(part(JSON, Format::Json, "7]"), record(0, "$.patients[1].*[2][0]"));
}

#[test]
fn lines_of_json_are_records() {
    let text = "{\"tfn\": \"123\"}\n{\"tfn\": \"124\"}\n[1, 125]\n";
    assert_eq!(sniff(text.as_bytes(), "a.log"), Ok(Format::JsonLines));
    assert_eq!(part(text, Format::JsonLines, "124"), record(1, "$.tfn"));
    assert_eq!(part(text, Format::JsonLines, "125"), record(2, "$[1]"));
}

#[test]
fn what_only_begins_like_json_is_text() {
    assert_eq!(sniff(b"[Patient] Jane Doe", "a.json"), Ok(Format::Text));
    assert_eq!(sniff(b"{\"a\": 1", "a.json"), Ok(Format::Text));
    let long = format!("[{}", "1, ".repeat(SNIFFED));
    assert_eq!(sniff(long.as_bytes(), "a.json"), Ok(Format::Json));
    assert!(structure(&long, Format::Json, &[]).0.is_malformed());
}

#[test]
fn what_is_nested_too_deep_is_refused() {
    for (format, open) in [(Format::Json, "["), (Format::Json, "{\"a\":"), (Format::Xml, "<a>")] {
        let mut structure = Structure::new(format);
        let within = structure.push(&open.repeat(256), &mut Vec::new());
        assert_eq!(within, Ok(()), "{open}");
        let beyond = structure.push(&open.repeat(10_000), &mut Vec::new());
        assert_eq!(beyond, Err(SkipReason::JsonNestingLevelOverLimit), "{open}");
    }
}

const XML: &str = "<?xml version=\"1.0\"?><!-- <no> --><h:doc xmlns:h='urn:x'>\n<id root=\"1.2\" extension = '2123456701'/>\
    <name>Jane <b>Mary</b> Doe</name><![CDATA[<raw> 4111]]>a < b<x/></h:doc>";

#[test]
fn xml_text_has_its_elements_and_attributes() {
    assert_eq!(sniff(XML.as_bytes(), "a.txt"), Ok(Format::Xml));
    assert_eq!(heading(XML, Format::Xml, "2123"), "doc/id/extension");
    assert_eq!(heading(XML, Format::Xml, "Jane"), "doc/name");
    assert_eq!(heading(XML, Format::Xml, "Mary"), "doc/name/b");
    assert_eq!(heading(XML, Format::Xml, "Doe"), "doc/name");
    assert_eq!(heading(XML, Format::Xml, "4111"), "doc");
    assert_eq!(heading(XML, Format::Xml, "a < b"), "doc");
    assert_eq!(part(XML, Format::Xml, "2123"), record(0, "/doc/id/@extension"));
    assert_eq!(part(XML, Format::Xml, "Mary"), record(0, "/doc/name/b"));
    assert!(!structure(XML, Format::Xml, &[]).0.headings().confined());
}

#[test]
fn html_is_html() {
    for text in ["<!DOCTYPE html><p>x", "<html><body>", "<?xml version='1.0'?>\n<html xmlns='x'>", "<p>Dear <br> Jane"]
    {
        assert_eq!(sniff(text.as_bytes(), "a.xml"), Ok(Format::Html), "{text}");
    }
    assert_eq!(sniff(b"<Jane> wrote", "a.txt"), Ok(Format::Text));
}

const HL7: &str = "MSH|^~\\&|CLINIC|X|Y|Z|20260101||ADT^A01|1|P|2.4\rPID|1||2123456701^^^AUSHIC^MC~900^^^M||DOE^JANE||19700201|F\r\
    NTE|1||Call her\rMSH|^~\\&|B\rPID|||77\r";

#[test]
fn hl7_fields_have_the_names_of_the_standard() {
    assert_eq!(sniff(HL7.as_bytes(), "a.csv"), Ok(Format::Hl7));
    assert_eq!(heading(HL7, Format::Hl7, "2123"), "patient identifier");
    assert_eq!(heading(HL7, Format::Hl7, "DOE"), "patient name");
    assert_eq!(heading(HL7, Format::Hl7, "19700201"), "date of birth");
    assert_eq!(heading(HL7, Format::Hl7, "Call"), "");
    assert_eq!(part(HL7, Format::Hl7, "CLINIC"), record(0, "MSH-3"));
    assert_eq!(part(HL7, Format::Hl7, "19700201"), record(0, "PID-7"));
    assert_eq!(part(HL7, Format::Hl7, "77"), record(1, "PID-3"));
}

#[test]
fn a_structure_forgets_and_still_knows_where_it_is() {
    let row = "Jane Doe,2123 45670 1,x\n";
    let text = format!("name,no,note\n{}", row.repeat(40_000));
    let (mut structure, _) = structure(&text, Format::Delimited(b','), &[]);
    let from = text.floor_char_boundary(600_000);
    structure.forget(from as u64);
    let at = 13 + 30_000 * row.len() as u64 + 9;
    let kept = from - 128 * 1024;
    for _ in 0..2 {
        assert_eq!(structure.part(at, &text[kept..], kept as u64), cell(30_002, 2, Some("no")));
        assert_eq!(structure.part(at - 9, &text[kept..], kept as u64), cell(30_002, 1, Some("name")));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn the_cuts_of_a_stream_change_nothing(
        seed in prop::sample::select(vec![TABLE, JSON, XML, HL7]),
        format in prop::sample::select(vec![Format::Delimited(b','), Format::Json, Format::Xml, Format::Hl7]),
        edits in proptest::collection::vec((any::<prop::sample::Index>(), "[ -~\r\n]{0,3}"), 0..4),
        mut cuts in proptest::collection::vec(0usize..2000, 0..12),
    ) {
        cuts.sort_unstable();
        let mut text = seed.to_owned();
        for (at, edit) in edits {
            let at = at.index(text.len());
            text.replace_range(at..text.len().min(at + edit.len()), &edit);
        }
        let mut all = (0..=text.len()).collect::<Vec<_>>();
        let (whole, fields) = structure(&text, format, &[]);
        let (pieces, fields_of_pieces) = structure(&text, format, &cuts);
        prop_assert!(fields.is_sorted_by_key(|field| field.start));
        if !whole.is_malformed() {
            prop_assert_eq!(&fields, &fields_of_pieces);
        }
        prop_assert_eq!(whole.is_malformed(), pieces.is_malformed());
        // In order, and in any order.
        let forward: Vec<_> = all.iter().map(|at| whole.part(*at as u64, &text, 0)).collect();
        all.reverse();
        let mut backward: Vec<_> = all.iter().map(|at| whole.part(*at as u64, &text, 0)).collect();
        backward.reverse();
        prop_assert_eq!(forward, backward);
    }

    #[test]
    fn any_text_has_an_outcome(text in "\\PC{0,200}", name in "[a-z]{0,3}\\.(csv|json|xml|eml|txt)") {
        if let Ok(format) = sniff(text.as_bytes(), &name) {
            let mut structure = Structure::new(format);
            let mut fields = Vec::new();
            structure.push(&text, &mut fields).unwrap();
            structure.finish();
            for at in 0..=text.len() {
                let _ = structure.part(at as u64, &text, 0);
            }
        }
    }
}
