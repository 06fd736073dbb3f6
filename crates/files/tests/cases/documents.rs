use std::io::Write as _;
use std::ops::ControlFlow;

use pillbox_files::{Encoding, Extraction, Format, Limits, Part, read_document};
use pillbox_model::{DocumentPart, Location, SkipReason};
use proptest::prelude::*;

use crate::decoding::encode;

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

pub(crate) fn zip_of(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in members {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

pub(crate) fn gzip_of(content: &[u8]) -> Vec<u8> {
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(content).unwrap();
    gzip.finish().unwrap()
}

pub(crate) fn tar_of(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut tar = tar::Builder::new(Vec::new());
    for (name, content) in members {
        let mut header = tar::Header::new_gnu();
        header.set_size(content.len() as u64);
        header.set_mode(0o600);
        tar.append_data(&mut header, name, *content).unwrap();
    }
    tar.into_inner().unwrap()
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
    let inner = tar_of(&[("deep/note.txt", b"TFN 123"), ("list.csv", b"a,b,c\n1,2,3\n4,5,6\n")]);
    let outer = zip_of(&[("dir/inner.tgz", &gzip_of(&inner)), ("plain.txt", b"hello")]);
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
    let zip = zip_of(&[("photo.jpg", b"\xFF\xD8\xFF\xE0\0\x10JFIF"), ("a.txt", b"fine")]);
    let (outcome, parts) = read(&zip, "a.zip");
    let outcome = outcome.unwrap();
    assert_eq!(outcome.unread, [("photo.jpg".to_owned(), SkipReason::UnsupportedFileType)]);
    assert_eq!(outcome.incomplete(), Some(SkipReason::ArchiveContainsUnprocessedFiles));
    assert_eq!(texts(&parts), [("a.txt", "fine")]);
}

#[test]
fn bombs_are_named() {
    let limits = Limits { document: 1 << 20, extracted: 3 << 20, members: 50, ..Limits::default() };
    let large = vec![b'a'; 2 << 20];
    let (outcome, _) = read_within(&gzip_of(&large), "a.gz", &limits);
    assert_eq!(outcome, Err(SkipReason::FileExceedsSizeLimit));
    let half = vec![b'a'; 1 << 19];
    let names: Vec<String> = (0..60).map(|number| format!("{number}.txt")).collect();
    let many: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &half[..])).collect();
    for bytes in [zip_of(&many), zip_of(&[("inner.tar", &zip_of(&many))])] {
        let (outcome, _) = read_within(&bytes, "a.zip", &limits);
        assert_eq!(outcome, Err(SkipReason::ArchiveTotalBytesExtractedOverLimit));
    }
    let small: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b"x"[..])).collect();
    for bytes in [zip_of(&small), tar_of(&small)] {
        let (outcome, _) = read_within(&bytes, "a", &limits);
        assert_eq!(outcome, Err(SkipReason::ArchiveTotalDocumentsProcessedOverLimit));
    }
    let mut nested = b"end".to_vec();
    for _ in 0..12 {
        nested = gzip_of(&nested);
    }
    let outcome = read(&nested, "a.gz").0.unwrap();
    assert_eq!(outcome.incomplete(), Some(SkipReason::ArchiveNestingLevelOverLimit));
    assert_eq!(outcome.unread.len(), 1);
}

#[test]
fn a_damaged_archive_is_malformed() {
    let zip = zip_of(&[("a.txt", b"Jane Doe, Jane Doe, Jane Doe")]);
    assert_eq!(read(&zip[..zip.len() - 30], "a.zip").0, Err(SkipReason::MalformedFile));
    let gzip = gzip_of(b"Jane Doe, Jane Doe");
    assert_eq!(read(&gzip[..gzip.len() - 9], "a.gz").0, Err(SkipReason::MalformedFile));
    let tar = tar_of(&[("a.txt", &[b'a'; 2000])]);
    let outcome = read(&tar[..1500], "a.tar").0;
    assert!(outcome.is_err() || outcome.unwrap().incomplete().is_some());
}

#[test]
fn who_takes_the_parts_may_break_off() {
    let zip = zip_of(&[("a.txt", b"one"), ("b.txt", b"two")]);
    let mut seen = 0;
    let mut each = |_: Part<'_>| {
        seen += 1;
        ControlFlow::Break(SkipReason::TimeCutOffReached)
    };
    let outcome = read_document(&zip, "a.zip", &Limits::default(), &|| true, &mut each);
    assert_eq!((outcome, seen), (Err(SkipReason::TimeCutOffReached), 1));
    let outcome = read_document(&zip, "a.zip", &Limits::default(), &|| false, &mut |_| ControlFlow::Continue(()));
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

/// One file of each kind.
pub(crate) fn samples() -> Vec<(&'static str, Vec<u8>)> {
    vec![
        ("a.rtf", RTF.to_vec()),
        ("a.gz", gzip_of(RTF)),
        ("a.zip", zip_of(&[("a.csv", b"a,b,c\n1,2,3\n"), ("b.rtf", RTF)])),
        ("a.tar", tar_of(&[("a.json", b"{\"a\": [1, 2]}"), ("b.zip", &zip_of(&[("x", b"y")]))])),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

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
