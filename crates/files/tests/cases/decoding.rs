use pillbox_files::{Decoder, Encoding, decode};
use pillbox_model::SkipReason;
use proptest::prelude::*;

/// What some bytes stand for, by the standard's tables.
const CODE_PAGE_437: [(u8, char); 9] = [
    (0x81, 'ü'),
    (0x82, 'é'),
    (0x84, 'ä'),
    (0xB3, '│'),
    (0xB5, '╡'),
    (0xC4, '─'),
    (0xDA, '┌'),
    (0xD5, '╒'),
    (0xE1, 'ß'),
];

/// As [`CODE_PAGE_437`].
const CODE_PAGE_850: [(u8, char); 16] = [
    (0x80, 'Ç'),
    (0x81, 'ü'),
    (0x82, 'é'),
    (0x83, 'â'),
    (0x84, 'ä'),
    (0x85, 'à'),
    (0x87, 'ç'),
    (0x88, 'ê'),
    (0x8A, 'è'),
    (0x94, 'ö'),
    (0x9A, 'Ü'),
    (0x9B, 'ø'),
    (0x9C, '£'),
    (0xD2, 'Ê'),
    (0xE1, 'ß'),
    (0xF8, '°'),
];

/// `text` in an encoding; `None` when the encoding has no bytes for it.
pub(crate) fn encode(text: &str, encoding: Encoding) -> Option<Vec<u8>> {
    let utf16 = |mark: &[u8], bytes: fn(u16) -> [u8; 2]| {
        mark.iter().copied().chain(text.encode_utf16().flat_map(bytes)).collect()
    };
    Some(match encoding {
        Encoding::Utf8 => text.as_bytes().to_vec(),
        Encoding::Utf8WithMark => [b"\xEF\xBB\xBF", text.as_bytes()].concat(),
        Encoding::Utf16Le => utf16(&[0xFF, 0xFE], u16::to_le_bytes),
        Encoding::Utf16Be => utf16(&[0xFE, 0xFF], u16::to_be_bytes),
        Encoding::Utf16LeUnmarked => utf16(&[], u16::to_le_bytes),
        Encoding::Utf16BeUnmarked => utf16(&[], u16::to_be_bytes),
        Encoding::CodePage437 | Encoding::CodePage850 => {
            let table = if encoding == Encoding::CodePage437 { &CODE_PAGE_437[..] } else { &CODE_PAGE_850[..] };
            let byte = |c: char| match u8::try_from(c) {
                Ok(byte) if byte.is_ascii() => Some(byte),
                _ => table.iter().find(|(_, of)| *of == c).map(|(byte, _)| *byte),
            };
            return text.chars().map(byte).collect();
        }
        Encoding::Windows1252 => {
            let (bytes, _, lost) = encoding_rs::WINDOWS_1252.encode(text);
            if lost {
                return None;
            }
            bytes.into_owned()
        }
    })
}

/// Text as people and printers write it, with lines, accents, symbols and emoji.
pub(crate) fn any_text() -> impl Strategy<Value = String> {
    proptest::collection::vec(
        prop_oneof![
            6 => proptest::char::range(' ', '~'),
            1 => proptest::char::ranges(vec!['\u{a0}'..='\u{ff}', '\u{400}'..='\u{4ff}', '一'..='五', '😀'..='😏'].into()),
            1 => prop_oneof![Just('\n'), Just('\r'), Just('\t'), Just('€'), Just('\u{2019}')],
        ],
        0..300,
    )
    .prop_map(|chars| chars.into_iter().collect())
}

/// Text that Windows-1252 can write and nobody takes for UTF-8, since its first accent stands before a space, nor for a
/// code page of DOS, since its accents stand in words.
pub(crate) fn western_text() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec!["née", "ñu", "Zoë", "it\u{2019}s", "£5", "Große"]);
    let plain = proptest::char::range(' ', '~').prop_map(String::from);
    let any = prop_oneof![8 => plain, 1 => words.prop_map(str::to_owned), 1 => Just("\n".to_owned())];
    (proptest::collection::vec(proptest::char::range(' ', '~'), 0..20), proptest::collection::vec(any, 0..300))
        .prop_map(|(start, rest)| {
            let start: String = start.into_iter().collect();
            // What begins with a signature is no text.
            format!("a{start}é {}", rest.concat())
        })
}

/// The outcome of decoding `bytes` in pieces that end at `cuts`, with the place of each character.
fn in_pieces(bytes: &[u8], cuts: &[usize]) -> Result<(String, Vec<u64>), SkipReason> {
    let mut decoder = Decoder::new();
    let mut text = String::new();
    let mut from = 0;
    for cut in cuts.iter().map(|cut| cut % (bytes.len() + 1)) {
        if cut > from {
            decoder.push(&bytes[from..cut], &mut text)?;
            from = cut;
        }
    }
    decoder.push(&bytes[from..], &mut text)?;
    decoder.finish(&mut text)?;
    let places = text.char_indices().map(|(at, _)| decoder.source_range(at as u64, at as u64).start).collect();
    Ok((text, places))
}

fn at_once(bytes: &[u8]) -> Result<(String, Vec<u64>), SkipReason> {
    let text = decode(bytes)?;
    let places = text.as_str().char_indices().map(|(at, _)| text.source_range(at, at).start).collect();
    Ok((text.as_str().to_owned(), places))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn what_was_encoded_is_decoded_and_every_place_leads_back(
        text in any_text(),
        encoding in prop::sample::select(vec![Encoding::Utf8, Encoding::Utf8WithMark, Encoding::Utf16Le, Encoding::Utf16Be]),
        ends in any::<(prop::sample::Index, prop::sample::Index)>(),
    ) {
        // Longer than the stretches for which places are kept.
        let text = format!("a{}", text.repeat(6));
        check_round_trip(&text, encoding, &ends)?;
    }

    #[test]
    fn windows_1252_is_decoded_and_every_place_leads_back(
        text in western_text(),
        ends in any::<(prop::sample::Index, prop::sample::Index)>(),
    ) {
        check_round_trip(&text.repeat(6), Encoding::Windows1252, &ends)?;
    }

    #[test]
    fn a_stream_in_pieces_is_the_whole(
        text in any_text(),
        encoding in prop::sample::select(vec![Encoding::Utf8, Encoding::Utf8WithMark, Encoding::Utf16Le, Encoding::Utf16Be]),
        mut cuts in proptest::collection::vec(0usize..20_000, 0..12),
        repeat in 1usize..40,
    ) {
        cuts.sort_unstable();
        let bytes = encode(&text.repeat(repeat), encoding).unwrap();
        prop_assert_eq!(in_pieces(&bytes, &cuts), at_once(&bytes));
    }

    #[test]
    fn a_windows_1252_stream_in_pieces_is_the_whole(
        text in western_text(),
        plain in "[ -~\n]{0,60}",
        repeat in 1usize..200,
        mut cuts in proptest::collection::vec(0usize..12_000, 0..12),
    ) {
        cuts.sort_unstable();
        let bytes = encode(&format!("a{}{text}", plain.repeat(repeat)), Encoding::Windows1252).unwrap();
        prop_assert_eq!(in_pieces(&bytes, &cuts), at_once(&bytes));
    }

    #[test]
    fn any_bytes_have_an_outcome_and_the_cuts_do_not_change_it(
        bytes in proptest::collection::vec(any::<u8>(), 0..400),
        mut cuts in proptest::collection::vec(0usize..400, 0..6),
    ) {
        cuts.sort_unstable();
        prop_assert_eq!(in_pieces(&bytes, &cuts), at_once(&bytes));
    }

    #[test]
    fn bytes_beyond_ascii_in_any_company_are_read_in_pieces_as_at_once(
        bytes in proptest::collection::vec(
            prop_oneof![
                4 => proptest::sample::select(vec![b"a".as_slice(), b" ", b"\n", "é".as_bytes(), "\u{8d}".as_bytes()]),
                1 => proptest::sample::select(vec![b"\x91".as_slice(), b"\xe9", b"\x8d", b"\xc2", b"\xb3"]),
            ],
            0..40,
        ),
        mut cuts in proptest::collection::vec(0usize..40, 0..6),
    ) {
        cuts.sort_unstable();
        let bytes = bytes.concat();
        prop_assert_eq!(in_pieces(&bytes, &cuts), at_once(&bytes));
    }

    #[test]
    fn any_beginning_gives_any_cuts_the_same_text(
        head in prop::sample::select(vec!["a", "é", "\u{8d}", "a é "]),
        length in 8_150usize..8_230,
        tail in proptest::collection::vec(any::<u8>(), 0..30),
        mut cuts in proptest::collection::vec(8_100usize..8_300, 0..6),
    ) {
        cuts.sort_unstable();
        let bytes = [head.repeat(length / head.len()).into_bytes(), tail].concat();
        prop_assert_eq!(in_pieces(&bytes, &cuts), in_pieces(&bytes, &[]));
    }
}

fn check_round_trip(
    text: &str,
    encoding: Encoding,
    ends: &(prop::sample::Index, prop::sample::Index),
) -> Result<(), TestCaseError> {
    let bytes = encode(text, encoding).unwrap();
    let decoded = decode(&bytes).unwrap();
    prop_assert_eq!(decoded.as_str(), text);
    prop_assert_eq!(decoded.encoding(), encoding);
    let boundaries: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let (a, b) = (*ends.0.get(&boundaries), *ends.1.get(&boundaries));
    let (start, end) = (a.min(b), a.max(b));
    let range = decoded.source_range(start, end);
    let source = &bytes[range.start as usize..range.end as usize];
    let slice = encode(&text[start..end], encoding).unwrap();
    let mark = encode("", encoding).unwrap().len();
    prop_assert_eq!(source, &slice[mark..]);
    Ok(())
}

#[test]
fn an_empty_file_is_an_empty_text() {
    let text = decode(b"").unwrap();
    assert_eq!((text.as_str(), text.encoding(), text.source_range(0, 0)), ("", Encoding::Utf8, 0..0));
}

#[test]
fn a_mark_alone_is_an_empty_text_behind_it() {
    assert_eq!(decode(b"\xFF\xFE").unwrap().source_range(0, 0), 2..2);
}

#[test]
fn what_is_no_text_is_said_to_be_none() {
    let png = b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR";
    for bytes in [
        &png[..],
        b"%PDF-1.7\n1 0 obj",
        b"PK\x03\x04\x14\x00",
        b"{\\rtf1\\ansi name: Jane Doe}",
        b"text\0text",
        b"a\0b\0c\0",
        b"\x01\x02\x03\x04\x05text",
        b"caf\xE9 \x81",
        b"caf\xE9 \x02",
        b"\x02 and then a line that is long enough, at the caf\xE9 ",
        b"\xFF\xFEa\0\0\0",
    ] {
        assert_eq!(decode(bytes).err(), Some(SkipReason::UnsupportedFileType), "{bytes:?}");
        let each: Vec<usize> = (1..bytes.len()).collect();
        assert_eq!(in_pieces(bytes, &each).err(), Some(SkipReason::UnsupportedFileType), "{bytes:?}");
    }
}

#[test]
fn bytes_that_break_what_their_mark_announces_are_malformed() {
    let lone_surrogate = b"\xFF\xFEa\0\x00\xD8b\0";
    for bytes in [&lone_surrogate[..], b"\xFF\xFEa\0b", b"\xFE\xFF\0", b"\xEF\xBB\xBFcaf\xE9"] {
        assert_eq!(decode(bytes).err(), Some(SkipReason::MalformedFile), "{bytes:?}");
        assert_eq!(in_pieces(bytes, &[1, 2, 3]).err(), Some(SkipReason::MalformedFile), "{bytes:?}");
    }
}

#[test]
fn what_printers_and_dos_leave_in_texts_is_text() {
    assert_eq!(decode(b"\x1B@Rx\x0C\r\n\x1A").unwrap().as_str(), "\u{1b}@Rx\u{c}\r\n\u{1a}");
}

#[test]
fn a_stream_that_stops_being_utf_8_goes_on_as_windows_1252() {
    let bytes = [&"Zoë ".repeat(4000).into_bytes()[..], b"Ren\xE9e Doe"].concat();
    let (text, places) = in_pieces(&bytes, &[5000, 9000, 20_003]).unwrap();
    assert_eq!(text, format!("{}Renée Doe", "Zoë ".repeat(4000)));
    assert_eq!(places.last(), Some(&(bytes.len() as u64 - 1)));
}

#[test]
fn a_decoder_forgets_what_it_is_told_to() {
    let bytes = encode(&"né".repeat(20_000), Encoding::Utf16Le).unwrap();
    let mut decoder = Decoder::new();
    let mut text = String::new();
    decoder.push(&bytes, &mut text).unwrap();
    let at = 3 * 10_000;
    decoder.forget(at);
    assert_eq!(decoder.source_range(at, at + 3), 40_002..40_006);
}

#[test]
fn a_broken_stream_stays_broken() {
    let mut decoder = Decoder::new();
    let mut text = String::new();
    decoder.push(b"a\0b", &mut text).unwrap();
    assert_eq!(decoder.finish(&mut text), Err(SkipReason::UnsupportedFileType));
    assert_eq!(decoder.push(b"fine", &mut text), Err(SkipReason::UnsupportedFileType));
}

#[test]
fn the_encodings_of_windows_and_dos_are_told_apart() {
    use Encoding::{CodePage437, CodePage850, Windows1252};
    for (encoding, text) in [
        (Windows1252, "Ren\u{e9}e M\u{fc}ller, 38\u{b0}C, caf\u{e9}\r\n"),
        (Windows1252, "The patient\u{2019}s \u{201c}old\u{201d} script \u{2013} \u{20ac}12.50, \u{a3}5\r\n"),
        (Windows1252, "M\u{e4}ori health: wh\u{e4}nau, T\u{e4}maki, K\u{e4}piti\r\n"),
        (Windows1252, "GRÜSSE AUS MÜNCHEN, STRAßE, ÇA VA, ÉCOLE\r\n"),
        (CodePage850, "Prendre un comprimé le matin et le soir, à jeun, trois fois, très bien\r\n"),
        (CodePage850, "Größe: 5 Stück täglich, für Frau Müller, Straße 5, Übung\r\n"),
        (CodePage850, "Søren, Renée: £12 at 38°C. Don't be silly.\r\n"),
        (CodePage437, "┌────╒╡\r\n│ Rx │\r\n"),
    ] {
        let bytes = encode(text, encoding).unwrap();
        let decoded = decode(&bytes).unwrap();
        assert_eq!((decoded.encoding(), decoded.as_str()), (encoding, text));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn each_byte_of_a_western_text_is_a_character(bytes in proptest::collection::vec(0x20u8.., 1..200)) {
        if std::str::from_utf8(&bytes).is_err() && let Ok(text) = decode(&bytes) {
            prop_assert_eq!(text.as_str().chars().count(), bytes.len());
            for (number, (at, c)) in text.as_str().char_indices().enumerate() {
                let range = text.source_range(at, at + c.len_utf8());
                prop_assert_eq!(range, number as u64..number as u64 + 1);
            }
        }
    }
}

#[test]
fn utf_16_without_a_mark_is_known_by_its_zeros() {
    for encoding in [Encoding::Utf16LeUnmarked, Encoding::Utf16BeUnmarked] {
        let text = "Patient: Renée Doe \u{2013} 💊\r\n";
        let decoded = decode(&encode(text, encoding).unwrap()).unwrap();
        assert_eq!((decoded.encoding(), decoded.as_str()), (encoding, text));
        assert_eq!(decoded.source_range(9, 15), 18..28);
    }
}

#[test]
fn texts_do_not_print_themselves() {
    assert!(!format!("{:?}", decode(b"Jane Doe").unwrap()).contains("Jane"));
}
