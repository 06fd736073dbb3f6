//! The texts that people have, and exactly what is found in them.

#![expect(clippy::unwrap_used, reason = "a test ends where its scan does")]

use pillbox_detect::{Engine, Selection};
use pillbox_model::{Detection, IdentifierId};

/// Identifier and value of everything that is found.
fn found(text: &str) -> Vec<(String, String)> {
    scan(text)
        .into_iter()
        .map(|d| (d.identifier.to_string(), text[d.place.start as usize..d.place.end as usize].to_owned()))
        .collect()
}

fn scan(text: &str) -> Vec<Detection> {
    let mut detections = Vec::new();
    Engine::managed().scan(text, &|| true, &mut detections).unwrap();
    detections
}

#[track_caller]
fn assert_found(text: &str, expected: &[(&str, &str)]) {
    let expected: Vec<_> = expected.iter().map(|(id, value)| ((*id).to_owned(), (*value).to_owned())).collect();
    assert_eq!(found(text), expected, "in {text:?}");
}

const STORY: &str = "name: Jane Doe\naddress: Campbell Road\ndate of birth: 12/12/2012\nemail address: jane@example.org\nmedical record number: 4432134\n";

const STORY_VALUES: [(&str, &str); 5] = [
    ("NAME", "Jane Doe"),
    ("ADDRESS", "Campbell Road"),
    ("DATE_OF_BIRTH", "12/12/2012"),
    ("EMAIL_ADDRESS", "jane@example.org"),
    ("MEDICAL_RECORD_NUMBER", "4432134"),
];

#[test]
fn the_five_lines_give_five_detections_at_their_places() {
    assert_found(STORY, &STORY_VALUES);
    let places: Vec<_> = scan(STORY).iter().map(|d| (d.place.start, d.place.line, d.place.column)).collect();
    assert_eq!(places, [(6, 1, 7), (24, 2, 10), (53, 3, 16), (79, 4, 16), (119, 5, 24)]);
}

#[test]
fn the_five_lines_in_other_dress() {
    let labels = ["name", "address", "date of birth", "email address", "medical record number"];
    let upper = |text: &str| {
        labels.iter().fold(text.to_owned(), |text, label| {
            text.replace(&format!("{label}:"), &format!("{}:", label.to_uppercase()))
        })
    };
    for text in [
        STORY.replace('\n', "\r\n"),
        STORY.replace('\n', "\r"),
        upper(STORY),
        STORY.replace(": ", ":\t"),
        STORY.replace(": ", " ........ "),
        STORY.replace(": ", " ........: "),
        STORY.replace(": ", "\t"),
        STORY.replace(": ", "="),
        STORY.replace(": ", ":"),
        STORY.replace(": ", ":\u{A0}"),
        format!("\u{FEFF}{STORY}"),
    ] {
        assert_found(&text, &STORY_VALUES);
    }
}

#[test]
fn the_five_lines_as_json_and_xml() {
    let json = r#"{"name": "Jane Doe", "address": "Campbell Road", "dateOfBirth": "2012-12-12", "email": "jane@example.org", "medical_record_number": "4432134"}"#;
    assert_found(
        json,
        &[STORY_VALUES[0], STORY_VALUES[1], ("DOB_ANY_FORMAT", "2012-12-12"), STORY_VALUES[3], STORY_VALUES[4]],
    );
    let xml = "<name>Jane Doe</name><address>Campbell Road</address><dob>12/12/2012</dob><mrn>4432134</mrn>";
    assert_found(xml, &[STORY_VALUES[0], STORY_VALUES[1], STORY_VALUES[2], STORY_VALUES[4]]);
}

#[test]
fn an_australian_prescription() {
    let text = "\
CAMPBELL ROAD MEDICAL CENTRE
1 Campbell Road, Ballarat VIC 3350   Ph: (03) 5550 0123

Prescriber: Dr Priya Raman MBBS FRACGP       Prescriber No: 2999999
Patient: DOE, Jane Mary                      DOB: 12/12/1961
Address: 12 Example St, Ballarat VIC 3350
Medicare No: 2999 99993 1   IRN: 1           Mobile: 0491 570 156
IHI: 8003 6099 9900 0001

Date: 23/11/2026        PBS  [X]   Authority: 1234 5678

Rx  Amoxicillin 500 mg capsules
    Take 1 capsule three times a day for 7 days
    Qty: 20     Repeats: 1
    Paracetamol Osteo 665 mg  2 tabs tds prn
Batch: KLM4821  Order 1234567890  v1.2.3  $1,234.56
";
    assert_found(
        text,
        &[
            ("ADDRESS", "1 Campbell Road, Ballarat VIC 3350"),
            ("AUSTRALIA_PHONE_NUMBER", "(03) 5550 0123"),
            ("NAME", "Priya Raman"),
            ("AUSTRALIA_PRESCRIBER_NUMBER", "2999999"),
            ("NAME", "DOE, Jane Mary"),
            ("DATE_OF_BIRTH", "12/12/1961"),
            ("ADDRESS", "12 Example St, Ballarat VIC 3350"),
            ("AUSTRALIA_MEDICARE_NUMBER", "2999 99993 1"),
            ("AUSTRALIA_PHONE_NUMBER", "0491 570 156"),
            ("AUSTRALIA_IHI", "8003 6099 9900 0001"),
            ("AUSTRALIA_PBS_AUTHORITY_NUMBER", "1234 5678"),
            ("PRESCRIPTION_DOCUMENT", "Rx  Amoxicillin 500 mg capsules"),
            ("DRUG_NAME", "Amoxicillin"),
            ("DRUG_NAME", "Paracetamol Osteo"),
        ],
    );
}

#[test]
fn labels_alone_on_their_lines() {
    assert_found(
        "Patient:\nJane Doe\nDate of birth:\n3 March 1961\nMedicare No\n2999 99993 1\nMRN\n0012345\n",
        &[
            ("NAME", "Jane Doe"),
            ("DATE_OF_BIRTH", "3 March 1961"),
            ("AUSTRALIA_MEDICARE_NUMBER", "2999 99993 1"),
            ("MEDICAL_RECORD_NUMBER", "0012345"),
        ],
    );
}

#[test]
fn a_number_below_its_column_head() {
    assert_found(
        "Item        TFN            Paid\nConsult     123456782      yes\n",
        &[("AUSTRALIA_TAX_FILE_NUMBER", "123456782")],
    );
}

#[test]
fn a_table_with_a_head() {
    let expected = [
        ("NAME", "Jane Doe"),
        ("DATE_OF_BIRTH", "12/12/2012"),
        ("AUSTRALIA_MEDICARE_NUMBER", "2999 99993 1"),
        ("MEDICAL_RECORD_NUMBER", "4432134"),
    ];
    assert_found(
        "Name        DOB         Medicare No    MRN\nJane Doe    12/12/2012  2999 99993 1   4432134\n",
        &expected,
    );
    assert_found("Name\tDOB\tMedicare No\tMRN\r\nJane Doe\t12/12/2012\t2999 99993 1\t4432134\r\n", &expected);
}

#[test]
fn values_go_to_the_nearest_label() {
    assert_found(
        "Medicare 2999 99993 1 TFN 123 456 782 Ph 0491 570 156 Prescriber No 2999999",
        &[
            ("AUSTRALIA_MEDICARE_NUMBER", "2999 99993 1"),
            ("AUSTRALIA_TAX_FILE_NUMBER", "123 456 782"),
            ("AUSTRALIA_PHONE_NUMBER", "0491 570 156"),
            ("AUSTRALIA_PRESCRIBER_NUMBER", "2999999"),
        ],
    );
    assert_found("Patient ID: ZAC5361", &[("NZ_NHI", "ZAC5361")]);
    assert_found("Patient ID: 2999999931", &[("MEDICAL_RECORD_NUMBER", "2999999931")]);
    assert_found(
        "NHS 9990000018 Account 4000 0012 3456 7899",
        &[("UK_NHS_NUMBER", "9990000018"), ("CREDIT_CARD_NUMBER_(NO_KEYWORD)", "4000 0012 3456 7899")],
    );
}

#[test]
fn a_card_is_one_detection_with_and_without_keyword() {
    assert_found("Visa: 4000 0012 3456 7899", &[("CREDIT_CARD_NUMBER", "4000 0012 3456 7899")]);
    assert_found("4000 0012 3456 7899", &[("CREDIT_CARD_NUMBER_(NO_KEYWORD)", "4000 0012 3456 7899")]);
}

#[test]
fn a_value_that_two_identifiers_explain_as_well_names_both() {
    let detections = scan("phone: 0255500123");
    assert_eq!(detections.len(), 1);
    assert_eq!(detections[0].identifier.as_str(), "AUSTRALIA_PHONE_NUMBER");
    assert_eq!(detections[0].evidence.also.iter().map(|id| id.as_str()).collect::<Vec<_>>(), ["FRANCE_PHONE_NUMBER"]);
}

#[test]
fn keywords_are_read_in_any_case_and_with_accents() {
    for text in ["T\u{C9}L\u{C9}PHONE : 01 99 00 12 34", "T\u{E9}l\u{E9}phone no 01 99 00 12 34"] {
        assert_found(text, &[("FRANCE_PHONE_NUMBER", "01 99 00 12 34")]);
    }
}

#[test]
fn a_number_is_of_the_country_whose_plan_it_fits() {
    for (id, number) in [
        ("AUSTRALIA_PHONE_NUMBER", "0491 570 156"),
        ("PHONE_NUMBER", "(425) 555-0100"),
        ("PHONE_NUMBER", "09 555 0123"),
        ("PHONE_NUMBER", "+64 9 555 0123"),
        ("UK_PHONE_NUMBER", "020 7946 0018"),
        ("UK_PHONE_NUMBER", "+44 20 7946 0018"),
        ("FRANCE_PHONE_NUMBER", "01 99 00 12 34"),
        ("GERMANY_PHONE_NUMBER", "+49 30 23125 012"),
        ("ITALY_PHONE_NUMBER", "+39 347 123 4567"),
        ("SPAIN_PHONE_NUMBER", "612 345 678"),
        ("BRAZIL_PHONE_NUMBER", "(11) 91234-5678"),
    ] {
        assert_found(&format!("Tel: {number}"), &[(id, number)]);
    }
}

#[test]
fn evidence_holds_the_words_of_the_identifier_and_the_hint_hides_the_value() {
    let detections = scan("TAX_File-Number : 123 456 782");
    assert_eq!(detections.len(), 1);
    assert_eq!(detections[0].evidence.keyword.as_deref(), Some("tax file number"));
    assert!(detections[0].evidence.checksum);
    assert_eq!(detections[0].masked.as_str(), "*** *** 782");
    assert_eq!(scan(STORY)[0].masked.as_str(), "**** ***");
}

#[test]
fn what_is_no_personal_data_gives_nothing() {
    for text in [
        "Take 1 tablet three times a day, 500 mg, 20 tabs, 2 repeats.",
        "Order 1234567890, invoice INV-2026-001234, batch KLM4821, lot 20261123, version 10.2.33.4",
        "Printed 23/11/2026 10:30, expires 12/2028, total $1,234.56 or 1 234.50",
        "sha256 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "commit da39a3ee5e6b4b0d3255bfef95601890afd80709",
        "0f8fad5b-d9cb-469f-a165-70867728950e",
        "TFN: 123 456 789 Medicare: 2999 99992 1 card 4000001234567898 IHI 8003609999000002",
        "Drug name: Amoxicillin Sandoz\nGeneric name: Amoxicillin Trihydrate\nBrand name: Amoxil Forte",
        "the patient was well, and the doctor said so; the address of the clinic changed",
        "pH 7.4, BP 120/80, HR 72, SpO2 98%, 37.2 C, BMI 24.5, HbA1c 6.1%",
        "DOSE: 1 q6h PRN MAX 4/24h; INR 2.5 (2.0-3.0)",
        "Seen 01/02/2024, 03/04/2024 and 05/06/2024.",
        "company 4000, pan-fried 12 Rose Dr, Dr. Pepper 375 ml",
    ] {
        assert_found(text, &[]);
    }
}

#[test]
fn what_is_not_looked_for_is_not_found() {
    let off = [IdentifierId::of("NAME")];
    let engine = Engine::with(Selection { off: &off, ..Selection::default() }).unwrap();
    let mut detections: Vec<Detection> = Vec::new();
    engine.scan(STORY, &|| true, &mut detections).unwrap();
    let ids: Vec<_> = detections.iter().map(|d| d.identifier.as_str()).collect();
    assert_eq!(ids, ["ADDRESS", "DATE_OF_BIRTH", "EMAIL_ADDRESS", "MEDICAL_RECORD_NUMBER"]);
}

#[test]
fn tags_between_label_and_value_say_nothing() {
    assert_found(
        "<tr><th class=\"label\">Medicare No</th>\n  <td class=\"v\" style=\"width: 20%\">2123456701</td></tr>",
        &[("AUSTRALIA_MEDICARE_NUMBER", "2123456701")],
    );
}
