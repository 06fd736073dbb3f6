//! Documents of every format that Pillbox reads, made here: each holds the same values behind the same labels.

use std::io::{Cursor, Write as _};

/// A file of each format and each encoding with these labels and values, by names that say what it is. Values are ASCII.
pub fn every_format(planted: &[(&str, &str)]) -> Vec<(&'static str, Vec<u8>)> {
    let text = lines(planted, "\r\n");
    let utf16 = |mark: &[u8], bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
        mark.iter().copied().chain(text.encode_utf16().flat_map(bytes)).collect()
    };
    let mut files = vec![
        ("utf-8.txt", text.clone().into_bytes()),
        ("utf-8-mark.txt", [b"\xEF\xBB\xBF", text.as_bytes()].concat()),
        ("utf-16-le.txt", utf16(b"\xFF\xFE", u16::to_le_bytes)),
        ("utf-16-be.txt", utf16(b"\xFE\xFF", u16::to_be_bytes)),
        ("utf-16-le-without-mark.txt", utf16(b"", u16::to_le_bytes)),
        ("utf-16-be-without-mark.txt", utf16(b"", u16::to_be_bytes)),
        ("windows-1252.txt", [b"Caf\xE9 f\xFCr \xA35\r\n", text.as_bytes()].concat()),
        ("code-page-850.txt", [b"Caf\x82 f\x81r \x9C5\r\n", text.as_bytes()].concat()),
        ("code-page-437.txt", [b"\xDA\xC4\xD5\xC4\xBF\r\n", text.as_bytes()].concat()),
        ("table.csv", table(planted, ",")),
        ("table.tsv", table(planted, "\t")),
        ("pipes.txt", table(planted, "|")),
        ("record.json", json(planted, "\n")),
        ("records.jsonl", [json(planted, ""), b"\n".to_vec(), json(&[], ""), b"\n".to_vec()].concat()),
        ("record.xml", xml(planted)),
        ("page.html", html(planted)),
        ("message.hl7", hl7(planted)),
        ("letter.rtf", rtf(planted)),
        ("message.eml", email(planted)),
        ("letter.pdf", pdf(planted)),
        ("letter.docx", docx(planted)),
        ("book.xlsx", xlsx(planted)),
        ("letter.odt", odt(planted)),
        ("letter.txt.gz", gzip(text.as_bytes())),
    ];
    let inside = [("folder/letter.txt", text.as_bytes())];
    files.push(("letters.zip", zip(&inside)));
    files.push(("letters.tar", tar(&inside)));
    files.push(("letters.tar.gz", gzip(&tar(&inside))));
    files.push(("nested.zip", zip(&[("inner/letter.docx", &docx(planted))])));
    files
}

fn lines(planted: &[(&str, &str)], end: &str) -> String {
    planted.iter().map(|(label, value)| format!("{label}: {value}{end}")).collect()
}

fn table(planted: &[(&str, &str)], delimiter: &str) -> Vec<u8> {
    let row = |cells: Vec<&str>| format!("{}\r\n", cells.join(delimiter));
    let names = row(planted.iter().map(|(label, _)| *label).chain(["Notes", "Visit"]).collect());
    let values = row(planted.iter().map(|(_, value)| *value).chain(["none", "first"]).collect());
    let empty = row(planted.iter().map(|_| "").chain(["none", "second"]).collect());
    format!("{names}{values}{empty}").into_bytes()
}

fn json(planted: &[(&str, &str)], space: &str) -> Vec<u8> {
    let members: Vec<String> =
        planted.iter().map(|(label, value)| format!("{space}\"{label}\": \"{value}\"")).collect();
    format!("{{\"patients\": [{{{}}}], \"visits\": 1}}", members.join(",")).into_bytes()
}

fn element(label: &str) -> String {
    label.chars().filter(|c| c.is_ascii_alphanumeric() || *c == ' ').collect::<String>().replace(' ', "_")
}

fn xml(planted: &[(&str, &str)]) -> Vec<u8> {
    let of = |(label, value): &(&str, &str)| format!("  <{0}>{value}</{0}>\n", element(label));
    let elements: String = planted.iter().map(of).collect();
    format!("<?xml version=\"1.0\"?>\n<record xmlns=\"urn:example\">\n{elements}</record>\n").into_bytes()
}

fn html(planted: &[(&str, &str)]) -> Vec<u8> {
    let of = |(label, value): &(&str, &str)| format!("<p><b>{label}:</b> {value}</p>\n");
    let body: String = planted.iter().map(of).collect();
    format!("<!DOCTYPE html>\n<html><head><title>Letter</title></head><body>\n{body}</body></html>\n").into_bytes()
}

fn hl7(planted: &[(&str, &str)]) -> Vec<u8> {
    let note = |(number, (label, value)): (usize, &(&str, &str))| format!("NTE|{number}||{label}: {value}\r");
    let notes: String = (1..).zip(planted).map(note).collect();
    format!("MSH|^~\\&|CLINIC|X|LAB|Y|202601011200||ORU^R01|1|P|2.4\r{notes}").into_bytes()
}

fn rtf(planted: &[(&str, &str)]) -> Vec<u8> {
    let body = lines(planted, "\\par\r\n");
    format!("{{\\rtf1\\ansi\\ansicpg1252{{\\fonttbl{{\\f0 Arial;}}}}\\f0\\fs20 Dear Zo\\'eb,\\par\r\n{body}}}")
        .into_bytes()
}

fn email(planted: &[(&str, &str)]) -> Vec<u8> {
    // Quoted-printable: what could break a line in two does.
    let body = lines(planted, "\r\n").replace('=', "=3D").replace(": ", ":=20=\r\n");
    format!(
        "From: Practice <practice@example.org>\r\nTo: Pharmacy <pharmacy@example.org>\r\nSubject: Letter\r\n\
         Message-ID: <1@example.org>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"b\"\r\n\r\n\
         --b\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n{body}\r\n\
         --b\r\nContent-Type: text/plain; name=\"note.txt\"\r\nContent-Disposition: attachment; filename=\"note.txt\"\r\n\
         Content-Transfer-Encoding: base64\r\n\r\nbm90aGluZyBtb3JlDQo=\r\n--b--\r\n"
    )
    .into_bytes()
}

/// A PDF of one page with a line of text for each value, as small as the standard lets it be.
fn pdf(planted: &[(&str, &str)]) -> Vec<u8> {
    let escaped = |text: &str| text.replace('\\', "\\\\").replace('(', "\\(").replace(')', "\\)");
    let line = |(label, value): &(&str, &str)| format!("({}: ) Tj ({}) Tj 0 -14 Td\n", escaped(label), escaped(value));
    let shown: String = planted.iter().map(line).collect();
    let content = format!("BT /F1 11 Tf 60 780 Td\n{shown}ET");
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>"
            .to_owned(),
        format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_owned(),
    ];
    let mut bytes = b"%PDF-1.4\n".to_vec();
    let mut offsets = Vec::new();
    for (number, object) in (1..).zip(&objects) {
        offsets.push(bytes.len());
        bytes.extend(format!("{number} 0 obj\n{object}\nendobj\n").bytes());
    }
    let start = bytes.len();
    bytes.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).bytes());
    for offset in offsets {
        bytes.extend(format!("{offset:010} 00000 n \n").bytes());
    }
    let end = format!("trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n", objects.len() + 1);
    bytes.extend(end.bytes());
    bytes
}

const TYPES: &str = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
    <Default Extension=\"xml\" ContentType=\"application/xml\"/></Types>";

/// A Word document: the first half of the values in paragraphs, cut into runs, the other half in a table.
fn docx(planted: &[(&str, &str)]) -> Vec<u8> {
    let run = |text: &str| format!("<w:r><w:t xml:space=\"preserve\">{}</w:t></w:r>", escaped_xml(text));
    let (first, second) = planted.split_at(planted.len() / 2);
    let paragraph = |(label, value): &(&str, &str)| {
        let (start, end) = value.split_at(value.len() / 2);
        format!("<w:p>{}{}{}</w:p>", run(&format!("{label}: ")), run(start), run(end))
    };
    let cell = |text: &str| format!("<w:tc><w:p>{}</w:p></w:tc>", run(text));
    let row = |(label, value): &(&str, &str)| format!("<w:tr>{}{}</w:tr>", cell(label), cell(value));
    let paragraphs: String = first.iter().map(paragraph).collect();
    let rows: String = second.iter().map(row).collect();
    let document = format!(
        "<?xml version=\"1.0\"?><w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>\
         {paragraphs}<w:tbl>{rows}</w:tbl></w:body></w:document>"
    );
    zip(&[("[Content_Types].xml", TYPES.as_bytes()), ("word/document.xml", document.as_bytes())])
}

/// A workbook of one sheet: names of columns as shared strings, values in the row below.
fn xlsx(planted: &[(&str, &str)]) -> Vec<u8> {
    let labels: Vec<&str> = planted.iter().map(|(label, _)| *label).chain(["Notes", "Visit"]).collect();
    let values: Vec<&str> = planted.iter().map(|(_, value)| *value).chain(["none", "first"]).collect();
    let shared: String = labels.iter().map(|label| format!("<si><t>{}</t></si>", escaped_xml(label))).collect();
    let column = |index: usize| char::from(b'A' + u8::try_from(index).expect("few columns"));
    let name = |(index, _): (usize, &&str)| format!("<c r=\"{}1\" t=\"s\"><v>{index}</v></c>", column(index));
    let value = |(index, value): (usize, &&str)| {
        format!("<c r=\"{}2\" t=\"inlineStr\"><is><t>{}</t></is></c>", column(index), escaped_xml(value))
    };
    let names: String = labels.iter().enumerate().map(name).collect();
    let cells: String = values.iter().enumerate().map(value).collect();
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006/relationships";
    let sheet = format!(
        "<worksheet xmlns=\"{main}\"><sheetData><row r=\"1\">{names}</row><row r=\"2\">{cells}</row></sheetData></worksheet>"
    );
    let strings = format!("<sst xmlns=\"{main}\">{shared}</sst>");
    let workbook = format!(
        "<workbook xmlns=\"{main}\" xmlns:r=\"{relations}\"><sheets><sheet name=\"Patients\" sheetId=\"1\" r:id=\"rId1\"/>\
         </sheets></workbook>"
    );
    let links = |links: &[(&str, &str)]| {
        let link = |(number, (kind, target)): (usize, &(&str, &str))| {
            format!("<Relationship Id=\"rId{number}\" Type=\"{relations}/{kind}\" Target=\"{target}\"/>")
        };
        let links: String = (1..).zip(links).map(link).collect();
        format!("<Relationships xmlns=\"{package}\">{links}</Relationships>")
    };
    let root = links(&[("officeDocument", "xl/workbook.xml")]);
    let parts = links(&[("worksheet", "worksheets/sheet1.xml"), ("sharedStrings", "sharedStrings.xml")]);
    zip(&[
        ("[Content_Types].xml", TYPES.as_bytes()),
        ("xl/workbook.xml", workbook.as_bytes()),
        ("_rels/.rels", root.as_bytes()),
        ("xl/_rels/workbook.xml.rels", parts.as_bytes()),
        ("xl/sharedStrings.xml", strings.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ])
}

fn odt(planted: &[(&str, &str)]) -> Vec<u8> {
    let paragraph = |(label, value): &(&str, &str)| {
        format!("<text:p><text:span>{}:</text:span><text:s/>{}</text:p>", escaped_xml(label), escaped_xml(value))
    };
    let paragraphs: String = planted.iter().map(paragraph).collect();
    let content = format!(
        "<?xml version=\"1.0\"?><office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
         xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\"><office:body><office:text>{paragraphs}</office:text>\
         </office:body></office:document-content>"
    );
    zip(&[("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", content.as_bytes())])
}

fn escaped_xml(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

/// A zip archive. What says the type of an OpenDocument file is stored, the rest compressed.
pub fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in members {
        let method =
            if *name == "mimetype" { zip::CompressionMethod::Stored } else { zip::CompressionMethod::Deflated };
        let options = zip::write::SimpleFileOptions::default().compression_method(method);
        zip.start_file(*name, options).expect("a member of a new archive");
        zip.write_all(content).expect("writing to memory");
    }
    zip.finish().expect("writing to memory").into_inner()
}

/// A compressed file.
pub fn gzip(content: &[u8]) -> Vec<u8> {
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(content).expect("writing to memory");
    gzip.finish().expect("writing to memory")
}

/// A tar archive.
pub fn tar(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut tar = tar::Builder::new(Vec::new());
    for (name, content) in members {
        let mut header = tar::Header::new_gnu();
        header.set_size(content.len() as u64);
        header.set_mode(0o600);
        tar.append_data(&mut header, name, *content).expect("writing to memory");
    }
    tar.into_inner().expect("writing to memory")
}
