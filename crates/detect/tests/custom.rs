//! Identifiers of the practice's own, and allow lists.

#![expect(clippy::unwrap_used, reason = "a test ends where its scan does")]

use pillbox_detect::{CustomError, Engine, Field, Problem, Selection, Stats, TEST_CARD_NUMBERS, allow_hash};
use pillbox_model::{
    AllowEntries, AllowList, CustomIdentifier, Detection, Field as Part, HeadingId, Headings, IdentifierId, Sensitive,
    Severity, SeverityLevel,
};
use proptest::prelude::*;

fn custom(name: &str, regex: &str) -> CustomIdentifier {
    CustomIdentifier {
        name: name.to_owned(),
        description: String::new(),
        regex: regex.to_owned(),
        keywords: Vec::new(),
        ignore_words: Vec::new(),
        maximum_match_distance: CustomIdentifier::DEFAULT_DISTANCE,
        validator: None,
        severity_levels: Vec::new(),
    }
}

fn near(keywords: &[&str], distance: u16, identifier: CustomIdentifier) -> CustomIdentifier {
    let keywords = keywords.iter().map(|keyword| (*keyword).to_owned()).collect();
    CustomIdentifier { keywords, maximum_match_distance: distance, ..identifier }
}

fn engine(custom: &[CustomIdentifier]) -> Engine {
    Engine::with(Selection { custom, ..Selection::default() }).unwrap()
}

fn scanned(engine: &Engine, text: &str) -> (Vec<Detection>, Stats) {
    let mut detections = Vec::new();
    let stats = engine.scan(text, &|| true, &mut detections).unwrap();
    (detections, stats)
}

/// The values of one identifier.
fn values<'t>(engine: &Engine, id: &str, text: &'t str) -> Vec<&'t str> {
    let of = |detection: &Detection| &text[detection.place.start as usize..detection.place.end as usize];
    scanned(engine, text).0.iter().filter(|detection| detection.identifier.as_str() == id).map(of).collect()
}

fn refused(identifier: CustomIdentifier) -> (Field, Problem) {
    let error = Engine::with(Selection { custom: &[identifier], ..Selection::default() }).unwrap_err();
    (error.field, error.problem)
}

#[test]
fn a_pattern_alone_is_found_wherever_it_stands() {
    let engine = engine(&[custom("Chart", r"\bCH-\d{4}\b")]);
    assert_eq!(values(&engine, "Chart", "CH-0001, xCH-0002, CH-00033\nCH-0004"), ["CH-0001", "CH-0004"]);
    let (found, _) = scanned(&engine, "see CH-0001");
    assert_eq!(found[0].category, pillbox_model::Category::CustomIdentifier);
    assert_eq!(found[0].masked.as_str(), "**-**01");
    assert_eq!((found[0].evidence.keyword.as_deref(), found[0].evidence.checksum), (None, false));
}

#[test]
fn a_keyword_stands_before_the_value_and_the_whole_value_within_the_distance() {
    let engine = engine(&[near(&["chart no", "record"], 12, custom("Chart", r"[A-Z]{2}\d{4}"))]);
    let found = |text: &str| values(&engine, "Chart", text).len();
    assert_eq!(found("AB1234"), 0);
    assert_eq!(found("AB1234 chart no"), 0, "behind the value");
    assert_eq!(found("chart no AB1234"), 1);
    for spelling in ["CHART NO", "chart_no", "Chart-No", "chartno", "my_chart no"] {
        assert_eq!(found(&format!("{spelling}: AB1234")), 1, "{spelling}");
    }
    assert_eq!(found("mychart no: AB1234"), 0, "the end of another word");
    assert_eq!(found("records: AB1234"), 0, "the beginning of another word");
    assert_eq!(found("record1: AB1234"), 1);
    // Six characters of a value leave six before it.
    assert_eq!(found("record .....AB1234"), 1);
    assert_eq!(found("record ......AB1234"), 0);
    assert_eq!(found("record ééééé AB1234"), 0, "seven characters, whatever their bytes");
    assert_eq!(found("record éééé AB1234"), 1);
    let text = "record AB1234";
    let (detections, _) = scanned(&engine, text);
    assert_eq!(detections[0].evidence.keyword.as_deref(), Some("record"));
}

#[test]
fn a_value_that_goes_on_beyond_the_distance_is_none() {
    let engine = engine(&[near(&["code"], 10, custom("Code", r"\d+"))]);
    assert_eq!(values(&engine, "Code", "code 12345678"), ["12345678"]);
    assert!(values(&engine, "Code", "code 1234567890").is_empty());
}

#[test]
fn each_value_behind_one_keyword_counts_and_a_longer_keyword_does_not_hide_a_shorter_one() {
    let engine = engine(&[near(&["rec", "rec number"], 60, custom("Rec", r"\b\d{5}\b"))]);
    assert_eq!(values(&engine, "Rec", "rec 12345, 23456 and 34567"), ["12345", "23456", "34567"]);
    assert_eq!(values(&engine, "Rec", "rec numbered 12345"), ["12345"]);
}

#[test]
fn ignore_words_and_check_digits_decide() {
    let mut identifier = custom("Card", r"\b[0-9 ]{16,19}\b|TEST\d+");
    identifier.ignore_words = vec!["0000".to_owned(), "TEST".to_owned()];
    identifier.validator = Some("luhn".to_owned());
    let engine = Engine::with(Selection {
        off: &[IdentifierId::of("CREDIT_CARD_NUMBER"), IdentifierId::of("CREDIT_CARD_NUMBER_(NO_KEYWORD)")],
        custom: &[identifier],
        ..Selection::default()
    })
    .unwrap();
    let (found, _) = scanned(&engine, "4539 5787 6362 1486\n4539 5787 6362 1487\n4000 0000 0000 0002\nTEST18\n");
    let own: Vec<_> = found.iter().filter(|detection| detection.identifier.as_str() == "Card").collect();
    assert_eq!(own.len(), 1);
    assert!(own[0].evidence.checksum && own[0].place.line == 1);
}

#[test]
fn what_the_practice_looks_for_by_keyword_is_called_what_the_practice_calls_it() {
    let text = "Medicare No: 2123 45670 1";
    let by_keyword = engine(&[near(&["medicare no"], 50, custom("Scheme", r"\d{4} \d{5} \d"))]);
    assert_eq!(values(&by_keyword, "Scheme", text), ["2123 45670 1"]);
    assert_eq!(scanned(&by_keyword, text).0.len(), 1, "one value is one detection");
    let by_shape = engine(&[custom("Scheme", r"\d{4} \d{5} \d")]);
    assert_eq!(values(&by_shape, "AUSTRALIA_MEDICARE_NUMBER", text), ["2123 45670 1"]);
    assert_eq!(scanned(&by_shape, text).0.len(), 1);
}

#[test]
fn lines_begin_and_end_where_a_pattern_says() {
    let engine = engine(&[custom("Line", r"^\d{4}$")]);
    assert_eq!(values(&engine, "Line", "1111\r\n2222\n3333x\n4444"), ["1111", "2222", "4444"]);
}

#[test]
fn severity_follows_the_thresholds() {
    let level = |occurrences_threshold, severity| SeverityLevel { occurrences_threshold, severity };
    let mut identifier = custom("Own", "own");
    identifier.severity_levels = vec![level(2, Severity::Low), level(10, Severity::High)];
    let engine = engine(&[identifier, custom("Plain", "plain")]);
    let severity = |id, count| engine.severity(&IdentifierId::of(id), count);
    assert_eq!(severity("Own", 1), None);
    assert_eq!(severity("Own", 9), Some(Severity::Low));
    assert_eq!(severity("Own", 10), Some(Severity::High));
    assert_eq!(severity("Plain", 1000), Some(Severity::Medium));
    assert_eq!(severity("NAME", 2), Some(Severity::Medium));
}

#[test]
fn what_is_switched_off_is_not_looked_for() {
    let off = [IdentifierId::of("NAME"), IdentifierId::of("Chart")];
    let custom = [custom("Chart", "CH-[0-9]{4}")];
    let engine = Engine::with(Selection { off: &off, custom: &custom, ..Selection::default() }).unwrap();
    assert!(scanned(&engine, "Patient: Jane Doe\nCH-0001\n").0.is_empty());
    assert!(engine.identifier(&off[0]).is_none() && engine.custom().next().is_none());
}

#[test]
fn what_cannot_be_used_is_named_with_its_field() {
    let with = |regex: &str| refused(custom("Own", regex));
    assert_eq!(with(r"(?=a)b"), (Field::Regex, Problem::LookAround { part: "(?=".to_owned() }));
    assert_eq!(with(r"(?<!a)b"), (Field::Regex, Problem::LookAround { part: "(?<!".to_owned() }));
    assert_eq!(with(r"(a)\1"), (Field::Regex, Problem::BackReference { part: r"\1".to_owned() }));
    assert!(matches!(with("(a"), (Field::Regex, Problem::Syntax { .. })));
    assert_eq!(with(r"\A\d"), (Field::Regex, Problem::TextAnchor));
    assert_eq!(with("a*"), (Field::Regex, Problem::MatchesNothing));
    assert_eq!(with(r"(\w{100}){100}"), (Field::Regex, Problem::TooLarge));
    assert_eq!(with(""), (Field::Regex, Problem::Length { least: 1, most: 512 }));
    assert_eq!(with(&"a".repeat(513)), (Field::Regex, Problem::Length { least: 1, most: 512 }));
    let own = || custom("Own", "own");
    assert_eq!(refused(custom("name", "own")), (Field::Name, Problem::Taken));
    assert_eq!(refused(custom(" ", "own")), (Field::Name, Problem::Length { least: 1, most: 128 }));
    assert_eq!(refused(near(&["ab"], 50, own())), (Field::Keywords, Problem::Length { least: 3, most: 90 }));
    assert_eq!(refused(near(&["abc"; 51], 50, own())), (Field::Keywords, Problem::TooMany { most: 50 }));
    assert_eq!(refused(near(&[], 0, own())), (Field::MaximumMatchDistance, Problem::Range { least: 1, most: 300 }));
    assert_eq!(refused(near(&[], 301, own())), (Field::MaximumMatchDistance, Problem::Range { least: 1, most: 300 }));
    let validator = CustomIdentifier { validator: Some("sum".to_owned()), ..own() };
    let error = Engine::with(Selection { custom: &[validator], ..Selection::default() }).unwrap_err();
    assert!(
        error.to_string().starts_with("Own: validator: there is no validator \"sum\"; there are luhn, "),
        "{error}"
    );
    let level = SeverityLevel { occurrences_threshold: 5, severity: Severity::Low };
    let levels = CustomIdentifier { severity_levels: vec![level, level], ..own() };
    assert_eq!(refused(levels), (Field::SeverityLevels, Problem::NotRising));
    let twice = Engine::with(Selection { custom: &[own(), own()], ..Selection::default() }).unwrap_err();
    assert_eq!(twice, CustomError { name: "Own".to_owned(), field: Field::Name, problem: Problem::Taken });
}

fn list(entries: AllowEntries) -> AllowList {
    AllowList { name: "List".to_owned(), description: String::new(), enabled: true, entries }
}

fn words(words: &[&str]) -> AllowList {
    list(AllowEntries::Words { words: words.iter().map(|word| (*word).to_owned()).collect() })
}

fn allowing(lists: &[AllowList], text: &str) -> (usize, u64) {
    let engine = Engine::with(Selection { allow: lists, ..Selection::default() }).unwrap();
    let (found, stats) = scanned(&engine, text);
    assert_eq!(stats.detections, found.len() as u64);
    (found.len(), stats.allowed)
}

#[test]
fn a_word_allows_the_whole_value_whatever_its_case_and_separators() {
    let text = "TFN: 123 456 782\nPatient: Jane Doe\n";
    assert_eq!(allowing(&[], text), (2, 0));
    assert_eq!(allowing(&[words(&["jane doe"])], text), (1, 1));
    assert_eq!(allowing(&[words(&["123-456-782", "JANE DOE"])], text), (0, 2));
    assert_eq!(allowing(&[words(&["123", "Doe"])], text), (2, 0), "a part is not the whole");
    assert_eq!(allowing(&[AllowList { enabled: false, ..words(&["jane doe"]) }], text), (2, 0));
}

#[test]
fn an_address_can_be_allowed() {
    let text = "Address: 12 Campbell Road, Wodonga VIC 3690\n";
    let engine = Engine::managed();
    let address = values(&engine, "ADDRESS", text);
    assert_eq!(address.len(), 1);
    assert_eq!(allowing(&[words(&address)], text), (0, 1));
}

#[test]
fn the_name_of_a_column_is_a_keyword_for_its_cells() {
    let engine = engine(&[near(&["chart no"], 12, custom("Chart", r"[A-Z]{2}[0-9]{4}"))]);
    let text = "id,chartNo,note\n1,AB1234,CD1234\n2,EF1234,\n";
    let mut headings = Headings::new(true);
    let (chart, note) = (headings.number("chartNo"), headings.number("note"));
    let at = |cell: &str| text.find(cell).unwrap() as u64;
    let field = |start, heading| Part { start, heading };
    let fields = [
        field(0, HeadingId::NONE),
        field(at("AB"), chart),
        field(at("CD"), note),
        field(at("EF"), chart),
        field(at("EF") + 7, note),
    ];
    let mut found = Vec::new();
    engine.scan_fields(text, &fields, &headings, &|| true, &mut found).unwrap();
    let found: Vec<_> = found.iter().map(|detection| detection.place.start).collect();
    assert_eq!(found, [at("AB"), at("EF")]);
}

#[test]
fn a_pattern_allows_what_it_matches_as_a_whole() {
    let text = "TFN: 123 456 782\n";
    let pattern = |regex: &str| list(AllowEntries::Regex { regex: regex.to_owned() });
    assert_eq!(allowing(&[pattern(r"123[ \d]+")], text), (0, 1));
    assert_eq!(allowing(&[pattern("123")], text), (1, 0));
    assert_eq!(allowing(&[pattern("123|123 456 782")], text), (0, 1));
    let error = Engine::with(Selection { allow: &[pattern("(?=1)1")], ..Selection::default() }).unwrap_err();
    assert_eq!(error.problem, Problem::LookAround { part: "(?=".to_owned() });
}

#[test]
fn a_hash_allows_one_value_under_one_identifier_and_needs_its_key() {
    let key = Sensitive::new("a key of this test");
    let id = IdentifierId::of("AUSTRALIA_TAX_FILE_NUMBER");
    let hash = allow_hash(&key, &id, "123456782");
    assert_eq!(hash, allow_hash(&key, &id, "123 456 782"));
    assert_ne!(hash, allow_hash(&key, &IdentifierId::of("NAME"), "123456782"));
    assert_ne!(hash, allow_hash(&Sensitive::new("another"), &id, "123456782"));
    let lists = [list(AllowEntries::Hashes { hashes: vec![hash] })];
    let with = |hash_key| Engine::with(Selection { allow: &lists, hash_key, ..Selection::default() });
    let text = "TFN: 123 456 782, TFN: 876 543 210\n";
    let (found, stats) = scanned(&with(Some(&key)).unwrap(), text);
    assert_eq!((found.len(), stats.allowed), (1, 1));
    assert_eq!(with(None).unwrap_err().problem, Problem::NoKey);
}

#[test]
fn the_reserved_card_numbers_can_be_allowed() {
    let text = "card: 4111 1111 1111 1111, card 378282246310005\n";
    assert_eq!(allowing(&[], text).0, 2);
    assert_eq!(allowing(&[words(&TEST_CARD_NUMBERS)], text).0, 0);
}

fn customs() -> Vec<CustomIdentifier> {
    vec![
        custom("Chart", r"\bCH-\d{4}\b"),
        custom("Digits", r"[0-9]+"),
        custom("Line", r"^x.*$"),
        custom("All", r"(?s)z.*z"),
        near(&["chart", "größe", "num"], 300, custom("Near", r"[A-Z]+[0-9]{2,}|é+")),
    ]
}

fn text() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "CH-0001",
        "chart",
        "GRÖSSE",
        "größe",
        " ",
        "\n",
        "\r\n",
        "x",
        "z",
        "AB12",
        "é",
        "1",
        "no",
        "_",
        ": ",
        "TFN 123 456 782",
        "\u{1F48A}",
        "4111 1111 1111 1111",
    ]);
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn pieces_give_what_the_whole_gives(
        text in text(),
        shift in 0usize..90,
        filler in prop::sample::select(vec!["", "1", "é", "x ", "\n", "z", "num "]),
        cuts in prop::collection::vec(1usize..100_000, 1..8),
    ) {
        let filler = if filler.is_empty() { String::new() } else { filler.repeat((65_500 + shift) / filler.len()) };
        let text = format!("{filler}{text}{filler}{text}");
        let lists = [words(&["4111111111111111"])];
        let engine = Engine::with(Selection { custom: &customs(), allow: &lists, ..Selection::default() }).unwrap();
        let (whole, stats) = scanned(&engine, &text);
        let (mut pieces, mut stream, mut rest) = (Vec::new(), engine.stream(), text.as_str());
        for cut in cuts.iter().cycle() {
            let (piece, behind) = rest.split_at(rest.ceil_char_boundary((*cut).min(rest.len())));
            stream.push(piece, &|| true, &mut pieces).unwrap();
            rest = behind;
            if rest.is_empty() {
                break;
            }
        }
        prop_assert_eq!(stream.finish(&|| true, &mut pieces).unwrap(), stats);
        prop_assert_eq!(&pieces, &whole);
        let mut end = 0;
        for detection in &whole {
            prop_assert!(end <= detection.place.start && detection.place.start < detection.place.end);
            end = detection.place.end;
        }
    }
}

/// Values lie where they lie, whatever part of them a window's edge cuts.
#[test]
fn a_value_across_the_edge_of_a_window_is_found_whole() {
    let engine = engine(&customs());
    for shift in 0..40 {
        let text = format!("{}chart AB12 CH-0001 ", " ".repeat(65_536 - shift));
        assert_eq!(values(&engine, "Near", &text), ["AB12"], "{shift}");
        assert_eq!(values(&engine, "Chart", &text), ["CH-0001"], "{shift}");
    }
}

/// The places that are tried grow with the text, not with its square, even with a keyword in every place.
#[test]
fn tries_are_linear_in_the_text() {
    let engine = engine(&customs());
    for unit in ["chart ", "chart A1 ", "1", "z", "x", "num1", "AB", "é"] {
        let tries = |size: usize| scanned(&engine, &unit.repeat(size / unit.len())).1.tries;
        let (small, large) = (tries(1 << 16), tries(1 << 18));
        assert!(large <= 4 * small + small / 2 + 64, "{unit:?}: {small} tries, then {large}");
    }
}
