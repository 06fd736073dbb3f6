//! How far a keyword may be from its value: what is managed, what a label adds, and what a practice sets.

#![expect(clippy::unwrap_used, reason = "a test ends where its scan does")]

use pillbox_detect::{Engine, Identifier, Selection};
use pillbox_model::{Detection, IdentifierId};

fn values<'t>(engine: &Engine, id: &str, text: &'t str) -> Vec<&'t str> {
    let mut detections: Vec<Detection> = Vec::new();
    engine.scan(text, &|| true, &mut detections).unwrap();
    let of = |detection: &Detection| &text[detection.place.start as usize..detection.place.end as usize];
    detections.iter().filter(|detection| detection.identifier.as_str() == id).map(of).collect()
}

fn set(id: &'static str, distance: u16) -> Engine {
    let distances = [(IdentifierId::of(id), distance)];
    Engine::with(Selection { distances: &distances, ..Selection::default() }).unwrap()
}

/// A keyword, as many characters of other words, and a value.
fn apart(keyword: &str, characters: usize, value: &str) -> String {
    let words = "of them who came in and then went on to be seen as one is on such days ".repeat(8);
    let between: String = words.chars().take(characters - 2).collect();
    format!(
        "{keyword} {}y {value} was seen",
        between.trim_end().to_owned() + &"y".repeat(between.len() - between.trim_end().len())
    )
}

const MEDICARE: &str = "AUSTRALIA_MEDICARE_NUMBER";
const TFN: &str = "AUSTRALIA_TAX_FILE_NUMBER";
const PASSPORT: &str = "AUSTRALIA_PASSPORT_NUMBER";

#[test]
fn a_label_of_the_same_line_reaches_farther_to_what_a_check_digit_proves() {
    let engine = Engine::managed();
    for label in [
        "Medicare No (as printed on the card, all ten digits): ",
        "Medicare No (all 10 digits, see note: page 2) : ",
        "Medicare number as it is printed on the front of the card = ",
        "Patient's Medicare number, the one on the green card with all names:\t\"",
    ] {
        let text = format!("{label}2123 45670 1\"\n");
        assert_eq!(values(&engine, MEDICARE, &text), ["2123 45670 1"], "{text}");
    }
}

#[test]
fn what_is_no_label_reaches_no_farther() {
    let engine = Engine::managed();
    for text in [
        // Another sentence, another cell, another line, another number.
        "Medicare is a scheme of theirs. What is written on the letter: 123456782",
        "Tax file numbers are kept. What is written on the letter is this: 123456782",
        "Tax file number held    what is written on the letter is this: 123456782",
        "Tax file number held | what is written on the letter is this: 123456782",
        "Tax file number is held by them and\nwhat is written is this: 123456782",
        "Tax file number 5 is held by them, what is written is this one: 123456782",
        // Too far for a label too.
        "Tax file number as it was written by somebody in a letter that had come from the office long before: 123456782",
        // No mark.
        "Tax file number as it was written by somebody in a letter 123456782",
    ] {
        assert_eq!(values(&engine, TFN, text), [""; 0], "{text}");
    }
    let label = "Tax file number as it was written by somebody in a letter: 123456782";
    assert_eq!(values(&engine, TFN, label), ["123456782"]);
}

#[test]
fn a_remark_in_brackets_is_no_distance_and_other_words_are_one_to_a_number_without_check_digit() {
    let engine = Engine::managed();
    let text = "Passport No (as on the page that has the photograph): PA1234567";
    assert_eq!(values(&engine, PASSPORT, text), ["PA1234567"]);
    for (text, id, value) in [
        ("MRN (of the hospital, if there is any): 12345678", "MEDICAL_RECORD_NUMBER", "12345678"),
        ("Name (given, then family): Thi Nguyen", "NAME", "Thi Nguyen"),
        ("Password (for the portal, not the till) = Zk9-quelf-44", "PASSWORD", "Zk9-quelf-44"),
    ] {
        assert_eq!(values(&engine, id, text), [value], "{text}");
    }
    assert_eq!(values(&engine, "MEDICAL_RECORD_NUMBER", "MRN (none was given), but see 12345678"), [""; 0]);
    let text = "Passport not asked for by anybody, the booking is: PA1234567";
    assert_eq!(values(&engine, PASSPORT, text), [""; 0]);
}

#[test]
fn a_practice_sets_the_distance_of_an_identifier_and_of_no_other() {
    let (managed, narrow, wide) = (Engine::managed(), set(TFN, 5), set(TFN, 300));
    for (characters, in_managed, in_narrow, in_wide) in
        [(4, 1, 1, 1), (6, 1, 0, 1), (29, 1, 0, 1), (32, 0, 0, 1), (120, 0, 0, 1), (299, 0, 0, 1), (302, 0, 0, 0)]
    {
        let text = apart("TFN", characters, "123456782");
        let found = [&managed, &narrow, &wide].map(|engine| values(engine, TFN, &text).len());
        assert_eq!(found, [in_managed, in_narrow, in_wide], "{characters}: {text}");
    }
    let other = apart("Medicare", 40, "2123456701");
    assert_eq!(values(&wide, MEDICARE, &other), [""; 0]);
    let before = "123456782 is what they wrote for the number in question, which is of course a TFN.";
    assert_eq!([&managed, &wide].map(|engine| values(engine, TFN, before).len()), [0, 1]);
}

#[test]
fn where_a_reader_begins_at_the_keyword_less_can_be_asked_for_and_not_more() {
    let engine = Engine::managed();
    let of = |id| engine.identifier(&IdentifierId::of(id)).unwrap();
    assert_eq!(of(TFN).distances(), Some(1..=Identifier::MOST_NEAR));
    assert_eq!(of("PRESCRIPTION_DOCUMENT").distances(), None);
    let born = of("DATE_OF_BIRTH").distances().unwrap();
    assert_eq!((*born.start(), *born.end()), (1, of("DATE_OF_BIRTH").near));
    let text = "Date of birth, as he says: 14/03/1962";
    assert_eq!(values(&engine, "DATE_OF_BIRTH", text).len(), 1);
    assert_eq!(values(&set("DATE_OF_BIRTH", 4), "DATE_OF_BIRTH", text), [""; 0]);
    assert_eq!(values(&set("DATE_OF_BIRTH", 4), "DATE_OF_BIRTH", "DOB: 14/03/1962"), ["14/03/1962"]);
}

#[test]
fn a_distance_that_can_not_be_is_the_nearest_that_can() {
    let near = |engine: &Engine| engine.identifier(&IdentifierId::of(TFN)).unwrap().near;
    assert_eq!([0, 1, 300, 301, u16::MAX].map(|distance| near(&set(TFN, distance))), [1, 1, 300, 300, 300]);
    let unknown = set("NO_SUCH_IDENTIFIER", 9);
    assert_eq!(unknown.identifiers().len(), Engine::managed().identifiers().len());
}

#[test]
fn a_wide_distance_holds_wherever_in_a_long_text_the_value_stands() {
    let wide = set(TFN, 300);
    let far = apart("TFN", 299, "123456782");
    for before in (64 * 1024 - 420..64 * 1024 + 20).step_by(11) {
        let text = format!("{}\n{far}\n{}", ".".repeat(before), ".".repeat(20_000));
        assert_eq!(values(&wide, TFN, &text), ["123456782"], "{before}");
    }
}
