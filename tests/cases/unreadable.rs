//! What can't be read, or not wholly, is named and counted, whatever somebody made it to be; it is never called clean.

use std::fs;

use serde_json::Value;
use support::{Pillbox, every_format, gzip, zip};

const TEXT: &str = "TFN: 123 456 782\r\nMedicare No: 2123 45670 1\r\n";
/// How deep things are nested that nobody nests.
const DEEP: usize = 10_000;

/// Scans files in one run and compares why each was not read, `None` standing for one that was.
#[track_caller]
fn expect(files: &[(&str, Vec<u8>, Option<&str>)]) {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("in")).unwrap();
    for (name, bytes, _) in files {
        fs::write(folder.path().join("in").join(name), bytes).unwrap();
    }
    let pillbox = Pillbox::new(&folder.path().join("data"));
    let outcome = pillbox.run(&["scan", folder.path().join("in").to_str().unwrap(), "--format", "jsonl", "--reveal"]);
    let skipped = outcome.of_type("skipped");
    for (name, _, reason) in files {
        let told: Vec<&Value> = skipped.iter().filter(|it| it["source"] == *name).map(|it| &it["reason"]).collect();
        assert_eq!(told, reason.as_slice(), "{name}");
    }
    let expected = files.iter().filter(|(_, _, reason)| reason.is_some()).count();
    let summary = outcome.the("summary");
    assert_eq!(summary["skipped"], expected);
    assert_eq!(summary["files"], files.len() - expected);
    outcome.ended(if expected > 0 { 2 } else { 1 });
}

/// The office document of `entries`, with the one that every such document has.
fn office(entries: &[(&str, &[u8])]) -> Vec<u8> {
    zip(&[&[("[Content_Types].xml", &b"<Types/>"[..])], entries].concat())
}

fn nested(depth: usize, pack: impl Fn(&[u8]) -> Vec<u8>) -> Vec<u8> {
    (0..depth).fold(TEXT.as_bytes().to_vec(), |content, _| pack(&content))
}

#[test]
fn what_is_nested_without_end_is_followed_to_a_limit() {
    let json = ["[".repeat(DEEP), "]".repeat(DEEP)].concat();
    let objects = [r#"{"a":"#.repeat(DEEP), "1".to_owned(), "}".repeat(DEEP)].concat();
    let xml = ["<?xml version=\"1.0\"?>", &"<a>".repeat(DEEP), TEXT, &"</a>".repeat(DEEP)].concat();
    let html = ["<!doctype html>", &"<div>".repeat(DEEP), TEXT, &"</div>".repeat(DEEP)].concat();
    let rtf = ["{\\rtf1 ", &"{".repeat(DEEP), TEXT, &"}".repeat(DEEP), "}"].concat();
    let pdf = ["%PDF-1.4\n1 0 obj\n", &"[".repeat(DEEP), &"]".repeat(DEEP), "\nendobj\ntrailer<</Root 1 0 R>>\n%%EOF"];
    let run = format!("<w:r><w:t>{TEXT}</w:t></w:r>");
    let word = ["<w:document>", &"<w:p>".repeat(DEEP), &run, &"</w:p>".repeat(DEEP), "</w:document>"].concat();
    let head = "From: a@example.org\r\nMIME-Version: 1.0\r\nContent-Type: message/rfc822\r\n\r\n";
    let message = [&head.repeat(DEEP), "From: a@example.org\r\nSubject: x\r\n\r\n", TEXT].concat();
    let too_deep = Some("JSON_NESTING_LEVEL_OVER_LIMIT");
    let too_deep_packed = Some("ARCHIVE_NESTING_LEVEL_OVER_LIMIT");
    expect(&[
        ("lists.json", json.into_bytes(), too_deep),
        ("objects.json", objects.into_bytes(), too_deep),
        ("elements.xml", xml.into_bytes(), too_deep),
        ("page.html", html.into_bytes(), None),
        ("groups.rtf", rtf.into_bytes(), Some("UNABLE_TO_PARSE_FILE")),
        ("lists.pdf", pdf.concat().into_bytes(), Some("MALFORMED_FILE")),
        ("paragraphs.docx", office(&[("word/document.xml", word.as_bytes())]), None),
        ("messages.eml", message.into_bytes(), too_deep_packed),
        ("nine.zip", nested(9, |content| zip(&[("a.zip", content)])), None),
        ("twelve.zip", nested(12, |content| zip(&[("a.zip", content)])), too_deep_packed),
        ("twelve.gz", nested(12, gzip), too_deep_packed),
    ]);
}

#[test]
fn what_unpacks_to_more_than_anybody_wrote_is_named() {
    let zeros = vec![0; 60 << 20];
    let names: Vec<String> = (0..20).map(|number| format!("{number}.txt")).collect();
    let many: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &zeros[..])).collect();
    let body = ["<w:document><w:t>", &"a".repeat(60 << 20), "</w:t></w:document>"].concat();
    let sheet = ["<worksheet>", &" ".repeat(60 << 20), "</worksheet>"].concat();
    let book = [("xl/workbook.xml", &b"<workbook/>"[..]), ("xl/worksheets/sheet1.xml", sheet.as_bytes())];
    let too_much = Some("OOXML_UNCOMPRESSED_RATIO_EXCEEDS_LIMIT");
    expect(&[
        ("zeros.gz", gzip(&vec![0; 65 << 20]), Some("FILE_EXCEEDS_SIZE_LIMIT")),
        ("zeros.zip", zip(&many), Some("ARCHIVE_TOTAL_BYTES_EXTRACTED_OVER_LIMIT")),
        ("letter.docx", office(&[("word/document.xml", body.as_bytes())]), too_much),
        ("book.xlsx", office(&book), too_much),
    ]);
}

#[test]
fn a_document_that_breaks_off_is_never_clean() {
    let planted = [("TFN", "123 456 782"), ("Medicare No", "2123 45670 1"), ("Card number", "4000 0649 7537 1103")];
    let documents = ["pdf", "docx", "xlsx", "odt", "rtf", "eml", "gz", "zip", "tar"];
    let mut names = Vec::new();
    let mut files = Vec::new();
    for (name, bytes) in every_format(&planted) {
        let ending = name.rsplit('.').next().unwrap();
        if !documents.contains(&ending) {
            continue;
        }
        // The last blocks of a tar archive say no more than that it ends.
        for percent in if ending == "tar" { vec![25, 40, 50] } else { vec![25, 50, 75, 90, 99] } {
            names.push(format!("{percent} {name}"));
            files.push(bytes[..bytes.len() * percent / 100].to_vec());
        }
    }
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("in")).unwrap();
    for (name, bytes) in names.iter().zip(&files) {
        fs::write(folder.path().join("in").join(name), bytes).unwrap();
    }
    let pillbox = Pillbox::new(&folder.path().join("data"));
    let outcome = pillbox.run(&["scan", folder.path().join("in").to_str().unwrap(), "--format", "jsonl", "--reveal"]);
    let outcome = outcome.ended(2);
    let skipped = outcome.of_type("skipped");
    names.retain(|name| !skipped.iter().any(|it| it["source"] == *name));
    assert!(names.is_empty(), "called clean: {names:#?}");
    let reasons = ["MALFORMED_FILE", "UNABLE_TO_PARSE_FILE", "ARCHIVE_CONTAINS_UNPROCESSED_FILES"];
    assert!(skipped.iter().all(|it| reasons.iter().any(|reason| it["reason"] == *reason)), "{skipped:#?}");
    assert_eq!(outcome.the("summary")["files"], 0);
}

/// A PDF of one page with this content, an image named `I`, more in its trailer, and a seventh object.
fn pdf(content: &str, trailer: &str, last: &str) -> Vec<u8> {
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R \
         /Resources << /Font << /F 5 0 R >> /XObject << /I 6 0 R >> >> >>"
            .to_owned(),
        format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_owned(),
        "<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 1 >>\n\
         stream\nx\nendstream"
            .to_owned(),
    ];
    objects.extend((!last.is_empty()).then(|| last.to_owned()));
    let mut file = "%PDF-1.4\n".to_owned();
    let mut table = "0000000000 65535 f \n".to_owned();
    for (number, object) in (1..).zip(&objects) {
        table.push_str(&format!("{:010} 00000 n \n", file.len()));
        file.push_str(&format!("{number} 0 obj\n{object}\nendobj\n"));
    }
    let (start, size) = (file.len(), objects.len() + 1);
    file.push_str(&format!(
        "xref\n0 {size}\n{table}trailer\n<< /Size {size} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n"
    ));
    file.into_bytes()
}

#[test]
fn what_is_behind_a_password_is_named() {
    let stream: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let office = [&b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"[..], &[0; 1000], &stream, &[0; 1000]].concat();
    let open = zip(&[
        ("mimetype", b"application/vnd.oasis.opendocument.text"),
        ("content.xml", b"\x01\x02"),
        ("META-INF/manifest.xml", b"<manifest><encryption-data/></manifest>"),
    ]);
    // The first flag of a member says that it is encrypted (APPNOTE 4.4.4).
    let mut archive = zip(&[("letter.txt", TEXT.as_bytes())]);
    for (signature, flags) in [(b"PK\x03\x04", 6), (b"PK\x01\x02", 8)] {
        let at = archive.windows(4).position(|window| window == signature).unwrap();
        archive[at + flags] |= 1;
    }
    let (owner, user) = ("11".repeat(32), "22".repeat(32));
    let handler = format!("<< /Filter /Standard /V 2 /R 3 /Length 128 /P -44 /O <{owner}> /U <{user}> >>");
    let id = "/ID [<00112233445566778899aabbccddeeff> <00112233445566778899aabbccddeeff>]";
    let (locked, referred) = (format!("{id} /Encrypt {handler}"), format!("{id} /Encrypt 7 0 R"));
    let encrypted = Some("INVALID_ENCRYPTION");
    expect(&[
        ("letter.docx", office.clone(), encrypted),
        ("book.xlsx", office, encrypted),
        ("letter.odt", open, encrypted),
        ("letter.pdf", pdf("BT /F 11 Tf (TFN: 123 456 782) Tj ET", &locked, ""), encrypted),
        ("referred.pdf", pdf("BT /F 11 Tf (TFN: 123 456 782) Tj ET", &referred, &handler), encrypted),
        ("letters.zip", archive, Some("ARCHIVE_CONTAINS_UNPROCESSED_FILES")),
    ]);
}

#[test]
fn pictures_and_what_else_is_not_text_in_a_document_are_named() {
    let picture: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
    let body = format!("<w:document><w:body><w:p><w:r><w:t>{TEXT}</w:t></w:r></w:p></w:body></w:document>");
    let word = |name: &str, content: &[u8]| office(&[("word/document.xml", body.as_bytes()), (name, content)]);
    let open = |name: &str, content: &[u8]| {
        let text = format!("<office:text><text:p>{TEXT}</text:p></office:text>");
        let kind = ("mimetype", &b"application/vnd.oasis.opendocument.text"[..]);
        zip(&[kind, ("content.xml", text.as_bytes()), (name, content)])
    };
    let written = "BT /F 11 Tf (TFN: 123 456 782) Tj ET";
    let part = Some("ARCHIVE_CONTAINS_UNPROCESSED_FILES");
    let drawn = |width: u32, height: u32| format!("{written} q {width} 0 0 {height} 0 0 cm /I Do Q");
    expect(&[
        ("card.docx", word("word/media/image1.png", picture), part),
        ("object.docx", word("word/embeddings/oleObject1.bin", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\0\0"), part),
        ("data.docx", word("customXml/item1.xml", b"<data><tfn>876 543 210</tfn></data>"), None),
        ("looks.docx", word("word/theme/theme1.xml", b"<theme/>"), None),
        ("preview.docx", word("docProps/thumbnail.jpeg", picture), None),
        ("card.odt", open("Pictures/1.png", picture), part),
        ("preview.odt", open("Thumbnails/thumbnail.png", picture), None),
        ("scanned.pdf", pdf("q 595 0 0 842 0 0 cm /I Do Q", "", ""), Some("UNSUPPORTED_FILE_TYPE")),
        ("faxed.pdf", pdf(&drawn(595, 842), "", ""), Some("UNSUPPORTED_FILE_TYPE")),
        ("letterhead.pdf", pdf(&drawn(200, 100), "", ""), None),
    ]);
}

#[test]
fn the_content_tells_what_a_file_is_and_a_long_line_is_a_text() {
    let long = [&"x ".repeat(5 << 20), TEXT, &"y ".repeat(1 << 20)].concat().replace("\r\n", " ");
    let text = || TEXT.as_bytes().to_vec();
    expect(&[
        ("line.txt", long.into_bytes(), None),
        ("archive.txt", zip(&[("a.txt", TEXT.as_bytes())]), None),
        ("packed.pdf", gzip(TEXT.as_bytes()), None),
        ("text.docx", text(), None),
        ("text.pdf", text(), None),
        ("text.zip", text(), None),
        ("text.json", text(), None),
        ("text.xml", text(), None),
        ("text.png", text(), None),
        ("picture.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec(), Some("UNSUPPORTED_FILE_TYPE")),
    ]);
}
