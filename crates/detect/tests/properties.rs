//! What holds for any text.

#![expect(clippy::unwrap_used, reason = "a test ends where its scan does")]

use pillbox_detect::{Engine, Interrupted};
use pillbox_model::Detection;
use proptest::prelude::*;

fn scan(engine: &Engine, text: &str) -> Vec<Detection> {
    let mut detections = Vec::new();
    let stats = engine.scan(text, &|| true, &mut detections).unwrap();
    assert_eq!(stats.bytes, text.len() as u64);
    assert_eq!(stats.detections, detections.len() as u64);
    detections
}

fn stream(engine: &Engine, text: &str, cuts: &[usize]) -> Vec<Detection> {
    let mut detections = Vec::new();
    let mut stream = engine.stream();
    let mut rest = text;
    for cut in cuts.iter().cycle() {
        let (piece, behind) = rest.split_at(rest.ceil_char_boundary((*cut + 1).min(rest.len())));
        stream.push(piece, &|| true, &mut detections).unwrap();
        rest = behind;
        if rest.is_empty() {
            break;
        }
    }
    stream.finish(&|| true, &mut detections).unwrap();
    detections
}

/// Line and column by the plainest means: no lookup, no state.
fn line_and_column(text: &str, at: usize) -> (u64, u64) {
    let before = text[..at].replace("\r\n", "\n").replace('\r', "\n");
    let line = before.matches('\n').count() as u64 + 1;
    let column = before.rsplit('\n').next().unwrap_or("").chars().count() as u64 + 1;
    (line, column)
}

/// Pieces of which detectable text is made, and hostile ones.
fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => prop::sample::select(vec![
            "name: ", "Jane Doe", "Dr ", "DOB ", "12/12/2012", "Medicare No ....: ", "2123 45670 1", "TFN", "123 456 782",
            "card ", "4000 0012 3456 7899", "@", "jane@example.org", "BSB 062-000 ", "Account: 12345678", "\n", "\r\n", "\r",
            "MRN", "0012345", "-----BEGIN RSA PRIVATE KEY-----", "eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.", "Authorization: Basic dXNlcjpwYXNz",
            "address: ", "Campbell Road", "GB42DLEB93005856898955", "Ph: +61 491 570 156", "(03) 5550 0123", "email address: ",
            "\u{A0}", "\u{2013}", "\u{E9}", "\u{1F48A}", "  ", "\t", ":", "/", "-", "1 ", "1", "ZAC5361", "secret key ",
            "Zq3vN8pLx0RtY6uWbE2kS9dHfJ4mC7aG1oTiVnQe", "prescriber no", "1 Sept 1980", "Dec 31, 2012", "born", "19610703", "2999999", "patient", "no", ".", ",", "(",
        ]).prop_map(str::to_owned),
        1 => any::<String>(),
    ]
}

fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(piece(), 0..60).prop_map(|pieces| pieces.concat())
}

/// Long enough for several windows, with a value across every window's edge now and then.
fn long_text() -> impl Strategy<Value = String> {
    (text(), 0usize..80, prop::sample::select(vec!["a", "1 ", "word ", "\n", "\u{E9}"])).prop_map(
        |(text, shift, filler)| {
            let filler = filler.repeat((65_500 + shift) / filler.len());
            format!("{filler}{text}{filler}{text}")
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn places_are_in_the_text_in_order_and_apart(text in text()) {
        let detections = scan(&Engine::managed(), &text);
        let mut end = 0;
        for detection in &detections {
            let (from, to) = (detection.place.start as usize, detection.place.end as usize);
            prop_assert!(end <= from && from < to && to <= text.len());
            prop_assert!(text.is_char_boundary(from) && text.is_char_boundary(to));
            prop_assert_eq!((detection.place.line, detection.place.column), line_and_column(&text, from));
            end = to;
        }
    }

    #[test]
    fn any_characters_at_all_are_survived(text in any::<String>()) {
        scan(&Engine::managed(), &text);
    }

    #[test]
    fn a_value_is_found_again_under_its_own_keyword(text in text()) {
        let engine = Engine::managed();
        for detection in scan(&engine, &text) {
            let value = &text[detection.place.start as usize..detection.place.end as usize];
            let checked = detection.evidence.checksum && detection.evidence.keyword.is_some();
            if checked && !matches!(detection.identifier.as_str(), "HTTP_BASIC_AUTH_HEADER") {
                let again = format!("{}: {value}", detection.evidence.keyword.unwrap());
                let ids: Vec<_> = scan(&engine, &again).into_iter().map(|d| d.identifier).collect();
                prop_assert_eq!(ids, vec![detection.identifier]);
            }
        }
    }

    #[test]
    fn pieces_give_what_the_whole_gives(text in text(), cuts in prop::collection::vec(0usize..40, 1..8)) {
        let engine = Engine::managed();
        prop_assert_eq!(stream(&engine, &text, &cuts), scan(&engine, &text));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn pieces_give_what_the_whole_gives_across_windows(text in long_text(), cuts in prop::collection::vec(0usize..100_000, 1..8)) {
        let engine = Engine::managed();
        let whole = scan(&engine, &text);
        for detection in &whole {
            prop_assert_eq!((detection.place.line, detection.place.column), line_and_column(&text, detection.place.start as usize));
        }
        prop_assert_eq!(stream(&engine, &text, &cuts), whole);
    }
}

#[test]
fn values_across_the_edge_of_a_window_are_found() {
    let engine = Engine::managed();
    for shift in 0..140 {
        let text =
            format!("{} Medicare No ....: 2123 45670 1 and card: 4000 0012 3456 7899\n", "x".repeat(65_536 - shift));
        let ids: Vec<_> = scan(&engine, &text).into_iter().map(|d| d.identifier.to_string()).collect();
        assert_eq!(ids, ["AUSTRALIA_MEDICARE_NUMBER", "CREDIT_CARD_NUMBER"], "{shift}");
    }
}

#[test]
fn a_stopped_scan_is_an_error() {
    let engine = Engine::managed();
    let text = "name: Jane Doe\n".repeat(20_000);
    let asked = std::cell::Cell::new(0);
    let keep_going = || {
        asked.set(asked.get() + 1);
        asked.get() < 3
    };
    assert_eq!(engine.scan(&text, &keep_going, &mut Vec::new()), Err(Interrupted::ByCaller));

    struct One(usize);
    impl pillbox_detect::Sink for One {
        fn detection(&mut self, _: Detection) -> std::ops::ControlFlow<()> {
            self.0 += 1;
            std::ops::ControlFlow::Break(())
        }
    }
    let mut one = One(0);
    assert_eq!(engine.scan(&text, &|| true, &mut one), Err(Interrupted::BySink));
    assert_eq!(one.0, 1);
}

/// The cost beyond the plain sweep stays in proportion to the text, whatever the text is made of.
#[test]
fn tries_are_linear_in_the_text() {
    let engine = Engine::managed();
    for unit in [
        "a",
        "1",
        "1 ",
        "@",
        "a@",
        "-",
        "-----BEGIN RSA PRIVATE KEY-----\n",
        "eyJ",
        "eyJ.",
        "dob ",
        "dob 1",
        "name: ",
        "AB12",
        "+1",
        "(1",
        "card 4000001234567899 ",
    ] {
        let tries = |size: usize| {
            let text = unit.repeat(size / unit.len());
            engine.scan(&text, &|| true, &mut Vec::new()).unwrap().tries
        };
        let (small, large) = (tries(1 << 18), tries(1 << 20));
        assert!(large <= 4 * small + small / 4 + 64 && large <= 1 << 21, "{unit:?}: {small} tries, then {large}");
    }
}
