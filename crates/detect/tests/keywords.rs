//! Keywords and values of all identifiers, mixed with each other and with what breaks them up.

use pillbox_detect::Engine;
use pillbox_model::Detection;
use proptest::prelude::*;

/// What stands between words, breaks off numbers, and is more than one byte long.
const BETWEEN: &[&str] = &[
    " ",
    ": ",
    "=",
    "\n",
    "\r\n",
    "\t",
    "-",
    "/",
    ".",
    "#",
    "(",
    ")",
    "%B",
    ";",
    "^",
    "?",
    "+",
    "'",
    "\"",
    "\u{A0}",
    "\u{E9}",
    "\u{3C2}",
    "\u{1F48A}",
    "\u{2019}",
    "\u{2013}",
    "12",
    "/29",
    "A",
    "0",
];

fn mixed(engine: &Engine) -> impl Strategy<Value = String> + use<> {
    let keywords: Vec<&str> = engine.identifiers().iter().flat_map(|one| one.keywords).copied().collect();
    let values: Vec<&str> =
        engine.identifiers().iter().flat_map(|one| one.examples).map(|example| example.value).collect();
    let piece = prop_oneof![
        3 => prop::sample::select(keywords).prop_map(str::to_owned),
        2 => prop::sample::select(values.clone()).prop_map(str::to_owned),
        1 => (prop::sample::select(values), 0usize..40).prop_map(|(value, cut)| {
            value[..value.floor_char_boundary(cut)].to_owned()
        }),
        4 => prop::sample::select(BETWEEN).prop_map(str::to_owned),
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

#[test]
fn every_mix_is_read_to_its_end_and_detections_are_in_it() {
    let engine = Engine::managed();
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig::with_cases(512));
    runner
        .run(&mixed(&engine), |text| {
            let mut detections: Vec<Detection> = Vec::new();
            engine.scan(&text, &|| true, &mut detections).unwrap();
            let mut behind = 0;
            for detection in detections {
                let (start, end) = (detection.place.start as usize, detection.place.end as usize);
                prop_assert!(behind <= start && start < end && text.get(start..end).is_some());
                behind = end;
            }
            Ok(())
        })
        .unwrap();
}
