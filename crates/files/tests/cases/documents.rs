use std::ops::ControlFlow;

use pillbox_files::{Encoding, Extraction, Format, Limits, Part, read_document};
use pillbox_model::{DocumentPart, Location, SkipReason};
use proptest::prelude::*;

use crate::decoding::encode;
use crate::made::{every_format, gzip, tar, zip};

/// What was handed out: the member, the format, the text.
type Read = Vec<(Option<String>, Format, String)>;

fn read_within(bytes: &[u8], name: &str, limits: &Limits) -> (Result<Extraction, SkipReason>, Read) {
    let mut parts = Vec::new();
    let mut each = |part: Part<'_>| {
        assert!(part.fields.iter().all(|field| field.start <= part.text.len() as u64));
        parts.push((part.member.map(str::to_owned), part.format, part.text.to_owned()));
        ControlFlow::Continue(())
    };
    let outcome = read_document(bytes, name, limits, &|| true, &mut each);
    (outcome, parts)
}

pub(crate) fn read(bytes: &[u8], name: &str) -> (Result<Extraction, SkipReason>, Read) {
    read_within(bytes, name, &Limits::default())
}

fn texts(parts: &Read) -> Vec<(&str, &str)> {
    parts.iter().map(|(member, _, text)| (member.as_deref().unwrap_or(""), text.as_str())).collect()
}

#[test]
fn a_text_is_read_in_its_place() {
    let bytes = &encode("name,tfn,x\r\nJo,1,é\r\n", Encoding::Utf16Le).unwrap();
    let mut seen = 0;
    let mut each = |part: Part<'_>| {
        seen += 1;
        assert_eq!((part.text, part.in_place, part.member), ("name,tfn,x\r\nJo,1,é\r\n", true, None));
        assert_eq!(part.source_range(15, 16), 32..34);
        assert_eq!(part.source_range(17, 19), 36..38);
        let column_name = Some("tfn".to_owned());
        let place = DocumentPart::Cell { sheet: None, row: 2, column: 2, column_name };
        assert_eq!(part.location(15), Some(Location { member: None, part: Some(place) }));
        ControlFlow::Continue(())
    };
    let outcome = read_document(bytes, "a.csv", &Limits::default(), &|| true, &mut each).unwrap();
    assert_eq!((outcome.format, outcome.incomplete(), seen), (Format::Delimited(b','), None, 1));
}

#[test]
fn what_turns_out_malformed_is_read_as_text() {
    let (outcome, parts) = read(b"{\"a\": 1}\n{\"b\": 2} and so on\n", "a.json");
    assert_eq!(outcome.unwrap().format, Format::Text);
    assert_eq!(parts[0].1, Format::Text);
    let long = format!("[1, {}", "2, ".repeat(10_000));
    assert_eq!(read(long.as_bytes(), "a.json").0.unwrap().format, Format::Text);
}

#[test]
fn members_of_archives_are_read_in_each_other() {
    let inner = tar(&[("deep/note.txt", b"TFN 123"), ("list.csv", b"a,b,c\n1,2,3\n4,5,6\n")]);
    let outer = zip(&[("dir/inner.tgz", &gzip(&inner)), ("plain.txt", b"hello")]);
    let (outcome, parts) = read(&outer, "outer.zip");
    assert_eq!(outcome.unwrap(), Extraction { format: Format::Zip, unread: Vec::new() });
    let tar = "dir/inner.tgz!/inner.tar!/";
    let expected = [
        (format!("{tar}deep/note.txt"), "TFN 123"),
        (format!("{tar}list.csv"), "a,b,c\n1,2,3\n4,5,6\n"),
        ("plain.txt".to_owned(), "hello"),
    ];
    let expected: Vec<(&str, &str)> = expected.iter().map(|(member, text)| (member.as_str(), *text)).collect();
    assert_eq!(texts(&parts), expected);
}

#[test]
fn an_archive_with_a_member_that_is_not_read_is_never_whole() {
    let archive = zip(&[("photo.jpg", b"\xFF\xD8\xFF\xE0\0\x10JFIF"), ("a.txt", b"fine")]);
    let (outcome, parts) = read(&archive, "a.zip");
    let outcome = outcome.unwrap();
    assert_eq!(outcome.unread, [("photo.jpg".to_owned(), SkipReason::UnsupportedFileType)]);
    assert_eq!(outcome.incomplete(), Some(SkipReason::ArchiveContainsUnprocessedFiles));
    assert_eq!(texts(&parts), [("a.txt", "fine")]);
}

#[test]
fn members_of_the_same_name_are_not_lost() {
    let mut archive = zip(&[("a.txt", b"one"), ("b.txt", b"two")]);
    for at in 0..archive.len() - 5 {
        if archive[at..].starts_with(b"b.txt") {
            archive[at] = b'a';
        }
    }
    let (outcome, parts) = read(&archive, "a.zip");
    assert!(parts.len() == 2 || outcome.unwrap().incomplete().is_some());
}

#[test]
fn bombs_are_named() {
    let limits = Limits { document: 1 << 20, extracted: 3 << 20, members: 50, ..Limits::default() };
    let large = vec![b'a'; 2 << 20];
    let (outcome, _) = read_within(&gzip(&large), "a.gz", &limits);
    assert_eq!(outcome, Err(SkipReason::FileExceedsSizeLimit));
    let half = vec![b'a'; 1 << 19];
    let names: Vec<String> = (0..60).map(|number| format!("{number}.txt")).collect();
    let many: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &half[..])).collect();
    for bytes in [zip(&many), zip(&[("inner.tar", &zip(&many))])] {
        let (outcome, _) = read_within(&bytes, "a.zip", &limits);
        assert_eq!(outcome, Err(SkipReason::ArchiveTotalBytesExtractedOverLimit));
    }
    let small: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b"x"[..])).collect();
    for bytes in [zip(&small), tar(&small)] {
        let (outcome, _) = read_within(&bytes, "a", &limits);
        assert_eq!(outcome, Err(SkipReason::ArchiveTotalDocumentsProcessedOverLimit));
    }
    let mut nested = b"end".to_vec();
    for _ in 0..12 {
        nested = gzip(&nested);
    }
    let outcome = read(&nested, "a.gz").0.unwrap();
    assert_eq!(outcome.incomplete(), Some(SkipReason::ArchiveNestingLevelOverLimit));
    assert_eq!(outcome.unread.len(), 1);
}

#[test]
fn a_damaged_archive_is_malformed() {
    let archive = zip(&[("a.txt", b"Jane Doe, Jane Doe, Jane Doe")]);
    assert_eq!(read(&archive[..archive.len() - 30], "a.zip").0, Err(SkipReason::MalformedFile));
    let packed = gzip(b"Jane Doe, Jane Doe");
    assert_eq!(read(&packed[..packed.len() - 9], "a.gz").0, Err(SkipReason::MalformedFile));
    let archive = tar(&[("a.txt", &[b'a'; 2000])]);
    let outcome = read(&archive[..1500], "a.tar").0;
    assert!(outcome.is_err() || outcome.unwrap().incomplete().is_some());
}

#[test]
fn who_takes_the_parts_may_break_off() {
    let archive = zip(&[("a.txt", b"one"), ("b.txt", b"two")]);
    let mut seen = 0;
    let mut each = |_: Part<'_>| {
        seen += 1;
        ControlFlow::Break(SkipReason::TimeCutOffReached)
    };
    let outcome = read_document(&archive, "a.zip", &Limits::default(), &|| true, &mut each);
    assert_eq!((outcome, seen), (Err(SkipReason::TimeCutOffReached), 1));
    let outcome = read_document(&archive, "a.zip", &Limits::default(), &|| false, &mut |_| ControlFlow::Continue(()));
    assert_eq!(outcome, Err(SkipReason::TimeCutOffReached));
}

const RTF: &[u8] = b"{\\rtf1\\ansi\\ansicpg1252\\uc1{\\fonttbl{\\f0\\fcharset0 Arial;}{\\f1\\fcharset238 Arial CE;}}\r\n\
    {\\info{\\author Dr Jane}{\\title Script}}{\\header\\pard Practice\\par}\\f0 Ren\\'e9e {\\b Doe}\\par\r\n\
    DOB:\\tab 1/2/1970\\line \\u8211?\\u-10179?\\u-9189? {\\f1\\'9a}{\\*\\unknown no}{\\*\\fldinst HYPERLINK \"mailto:a@b\"}\
    \\{x\\}{\\pict\\bin4 }}}}ffd8}\\trowd A\\cell B\\cell\\row}";

#[test]
fn rich_text_is_read_without_its_looks() {
    let (outcome, parts) = read(RTF, "a.doc");
    assert_eq!(outcome.unwrap().format, Format::Rtf);
    let expected = "Dr Jane\nScript\nPractice\n\nRenée Doe\nDOB:\t1/2/1970\n\u{2013}\u{1f41b} \u{161}HYPERLINK \"mailto:a@b\"{x}A\tB\t\n";
    assert_eq!(parts[0].2, expected);
}

#[test]
fn rich_text_that_breaks_off_is_told() {
    let (outcome, parts) = read(&RTF[..RTF.len() - 1], "a.rtf");
    assert_eq!(outcome, Err(SkipReason::MalformedFile));
    assert!(parts[0].2.contains("Doe"));
    let deep = [b"{\\rtf1 ".to_vec(), b"{".repeat(10_000)].concat();
    assert_eq!(read(&deep, "a.rtf").0, Err(SkipReason::UnableToParseFile));
}

const PLANTED: [(&str, &str); 4] =
    [("TFN", "123 456 782"), ("Medicare No", "2123 45670 1"), ("Card", "4111 1111 1111 1111"), ("DOB", "01/02/1970")];

#[test]
fn every_format_holds_what_was_planted() {
    for (name, bytes) in every_format(&PLANTED) {
        let (outcome, parts) = read(&bytes, name);
        assert_eq!(outcome.as_ref().map(Extraction::incomplete), Ok(None), "{name}");
        let text: String = parts.iter().map(|(_, _, text)| text.as_str()).collect();
        for (label, value) in PLANTED {
            assert!(text.contains(value), "{name}: {value} in {text:?}");
            let label = if name.ends_with("xml") { label.replace(' ', "_") } else { label.to_owned() };
            assert!(text.contains(&label), "{name}: {label} in {text:?}");
        }
        // The content tells, whatever the name says.
        let format = outcome.unwrap().format;
        for other in ["x", "x.txt", "x.csv", "x.zip", "x.json"] {
            let renamed = read(&bytes, other).0.unwrap();
            assert!(renamed.format == format || name.ends_with(".eml") || name.ends_with("csv"), "{name} as {other}");
        }
    }
}

/// The place of `value` in a file of [`every_format`].
fn location(file: &str, value: &str) -> Option<Location> {
    let files = every_format(&PLANTED);
    let (name, bytes) = files.iter().find(|(name, _)| *name == file).unwrap();
    let mut found = None;
    let mut each = |part: Part<'_>| {
        if let Some(at) = part.text.find(value) {
            found = part.location(at as u64);
        }
        ControlFlow::Continue(())
    };
    read_document(bytes, name, &Limits::default(), &|| true, &mut each).unwrap();
    found
}

#[test]
fn places_in_documents_are_told() {
    let at = |part| Some(Location { member: None, part: Some(part) });
    let cell = |sheet: Option<&str>| DocumentPart::Cell {
        sheet: sheet.map(str::to_owned),
        row: 2,
        column: 2,
        column_name: Some("Medicare No".to_owned()),
    };
    assert_eq!(location("book.xlsx", "2123"), at(cell(Some("Patients"))));
    assert_eq!(location("table.csv", "2123"), at(cell(None)));
    assert_eq!(location("letter.pdf", "2123"), at(DocumentPart::Page { number: 1 }));
    let record = |path: &str| DocumentPart::Record { index: 0, path: path.to_owned() };
    assert_eq!(location("record.json", "4111"), at(record("$.patients[0].Card")));
    assert_eq!(location("message.hl7", "4111"), at(record("NTE-3")));
    assert_eq!(location("letter.docx", "2123"), None);
    let member = Some("inner/letter.docx".to_owned());
    assert_eq!(location("nested.zip", "2123"), Some(Location { member, part: None }));
}

#[test]
fn a_workbook_has_fields() {
    let files = every_format(&PLANTED);
    let (_, bytes) = files.iter().find(|(name, _)| *name == "book.xlsx").unwrap();
    let mut each = |part: Part<'_>| {
        let at = part.text.find("2123").unwrap() as u64;
        let field = part.fields.iter().rev().find(|field| field.start <= at).unwrap();
        assert_eq!((field.start, part.headings.text(field.heading)), (at, "Medicare No"));
        assert!(part.headings.confined() && !part.in_place);
        assert_eq!(part.source_range(3, 9), 3..9);
        ControlFlow::Break(SkipReason::TimeCutOffReached)
    };
    assert!(read_document(bytes, "a", &Limits::default(), &|| true, &mut each).is_err());
}

#[test]
fn a_row_of_a_table_in_word_is_a_line() {
    let files = every_format(&PLANTED);
    let (_, bytes) = files.iter().find(|(name, _)| *name == "letter.docx").unwrap();
    let (_, parts) = read(bytes, "a");
    let expected = "TFN: 123 456 782\nMedicare No: 2123 45670 1\nCard\t4111 1111 1111 1111\nDOB\t01/02/1970\n";
    assert_eq!(parts[0].2, expected);
}

#[test]
fn a_page_that_is_not_understood_to_its_end_is_told() {
    let files = every_format(&PLANTED);
    let (_, mut bytes) = files.into_iter().find(|(name, _)| *name == "letter.pdf").unwrap();
    let moves: Vec<usize> = (0..bytes.len() - 8).filter(|at| bytes[*at..].starts_with(b"0 -14 Td")).collect();
    bytes[moves[1]] = b')';
    let (outcome, parts) = read(&bytes, "a.pdf");
    assert_eq!(outcome.unwrap().incomplete(), Some(SkipReason::UnableToParseFile));
    assert!(parts[0].2.contains("2123") && !parts[0].2.contains("4111"));
}

#[test]
fn what_a_password_protects_is_not_read() {
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let office = [&b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"[..], &[0; 1000], &name].concat();
    assert_eq!(read(&office, "a.docx").0, Err(SkipReason::InvalidEncryption));
    let manifest = b"<manifest><encryption-data/></manifest>";
    let open = zip(&[
        ("mimetype", b"application/vnd.oasis.opendocument.text"),
        ("content.xml", b"\x01\x02"),
        ("META-INF/manifest.xml", manifest),
    ]);
    assert_eq!(read(&open, "a.odt").0, Err(SkipReason::InvalidEncryption));
    // The first flag of a member says that it is encrypted (APPNOTE 4.4.4).
    let mut archive = zip(&[("a.txt", b"Jane Doe")]);
    for signature in [&b"PK\x03\x04"[..], b"PK\x01\x02"] {
        let at = archive.windows(4).position(|window| window == signature).unwrap();
        archive[at + if signature[2] == 3 { 6 } else { 8 }] |= 1;
    }
    let outcome = read(&archive, "a.zip").0.unwrap();
    assert_eq!(outcome.unread, [("a.txt".to_owned(), SkipReason::InvalidEncryption)]);
}

#[test]
fn an_office_bomb_is_named() {
    let body = "a".repeat(40 << 20);
    let document = format!("<w:document><w:body>{body}</w:body></w:document>");
    let bomb = zip(&[("word/document.xml", document.as_bytes())]);
    assert_eq!(read(&bomb, "a.docx").0, Err(SkipReason::OoxmlUncompressedRatioExceedsLimit));
    let limits = Limits { office_extracted: 1 << 20, ..Limits::default() };
    assert_eq!(read_within(&bomb, "a.docx", &limits).0, Err(SkipReason::OoxmlUncompressedSizeExceedsLimit));
}

/// One file of each kind.
pub(crate) fn samples() -> Vec<(&'static str, Vec<u8>)> {
    let mut samples = every_format(&PLANTED);
    samples.extend([
        ("a.rtf", RTF.to_vec()),
        ("a.gz", gzip(RTF)),
        ("a.zip", zip(&[("a.csv", b"a,b,c\n1,2,3\n"), ("b.rtf", RTF)])),
        ("a.tar", tar(&[("a.json", b"{\"a\": [1, 2]}"), ("b.zip", &zip(&[("x", b"y")]))])),
    ]);
    samples
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn damage_has_an_outcome(
        sample in any::<prop::sample::Index>(),
        edits in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..6),
        end in any::<prop::sample::Index>(),
        cut in any::<bool>(),
    ) {
        let samples = samples();
        let (name, mut bytes) = samples[sample.index(samples.len())].clone();
        for (at, byte) in edits {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if cut {
            bytes.truncate(end.index(bytes.len()));
        }
        let limits = Limits { document: 1 << 20, extracted: 4 << 20, members: 100, ..Limits::default() };
        let _ = read_within(&bytes, name, &limits);
    }

    #[test]
    fn any_bytes_have_an_outcome(bytes in proptest::collection::vec(any::<u8>(), 0..600), lead in any::<prop::sample::Index>()) {
        let leads: [&[u8]; 7] = [b"", b"{\\rtf", b"\x1F\x8B\x08", b"PK\x03\x04", b"%PDF-1.4\n", b"<a>", b"From: a\nMessage-ID: b\n"];
        let bytes = [leads[lead.index(leads.len())], &bytes].concat();
        let _ = read(&bytes, "x");
    }
}
