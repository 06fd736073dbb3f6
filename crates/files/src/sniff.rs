//! What a file is: by its content first, by its name where the content leaves it open.

use pillbox_model::{HeadingId, Headings, SkipReason};

use crate::decoder::Decoder;
use crate::encoding::HEAD;
use crate::format::Format;
use crate::structure::{Fault, Grammar as _, Json, Marks};

/// So many bytes of a file's beginning tell what it is; more do not change it.
pub const SNIFFED: usize = HEAD;

/// What a file is, by its first [`SNIFFED`] bytes (or all there are) and its name.
///
/// # Errors
///
/// `UnsupportedFileType` when it is none of the formats that Pillbox reads, `InvalidEncryption` for an Office document
/// behind a password, `MalformedFile` when the bytes break the encoding that their mark announces.
pub fn sniff(head: &[u8], name: &str) -> Result<Format, SkipReason> {
    let head = &head[..head.len().min(SNIFFED)];
    if let Some(format) = container(head, name) {
        return Ok(format);
    }
    if is_encrypted_office(head) {
        return Err(SkipReason::InvalidEncryption);
    }
    let mut text = String::new();
    let mut decoder = Decoder::new();
    let decoded = decoder.push(head, &mut text).and_then(|()| decoder.finish(&mut text));
    match decoded {
        Err(reason) if text.is_empty() => Err(reason),
        // What was cut off in the middle of a character is whole in the file.
        _ => Ok(text_format(&text, head.len() == SNIFFED, &extension(name))),
    }
}

/// The name's extension in small letters.
pub(crate) fn extension(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    last.rsplit_once('.').map_or_else(String::new, |(_, extension)| extension.to_ascii_lowercase())
}

/// Formats whose content does not lie open in their bytes have signatures.
pub(crate) fn container(head: &[u8], name: &str) -> Option<Format> {
    let holds = |what: &[u8]| memchr::memmem::find(head, what).is_some();
    match head {
        [b'%', b'P', b'D', b'F', b'-', ..] => Some(Format::Pdf),
        [b'{', b'\\', b'r', b't', b'f', ..] => Some(Format::Rtf),
        [0x1F, 0x8B, 8, ..] => Some(Format::Gzip),
        [b'P', b'K', 3, 4, ..] if holds(b"mimetypeapplication/vnd.oasis.opendocument") => Some(Format::Odt),
        [b'P', b'K', 3, 4, ..] if holds(b"word/") && !holds(b"xl/") => Some(Format::Docx),
        [b'P', b'K', 3, 4, ..] if holds(b"xl/") && !holds(b"word/") => Some(Format::Xlsx),
        // The entries that tell may stand further back.
        [b'P', b'K', 3, 4, ..] if holds(b"[Content_Types].xml") && extension(name) == "docx" => Some(Format::Docx),
        [b'P', b'K', 3, 4, ..] if holds(b"[Content_Types].xml") && extension(name) == "xlsx" => Some(Format::Xlsx),
        [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] => Some(Format::Zip),
        _ if is_tar(head) => Some(Format::Tar),
        _ => None,
    }
}

/// A header of `tar` has a checksum over itself: the sum of its bytes, its own eight taken as spaces (POSIX.1-1988).
fn is_tar(head: &[u8]) -> bool {
    let Some(header) = head.get(..512) else { return false };
    let digits: Vec<u8> = header[148..156].iter().copied().filter(u8::is_ascii_digit).collect();
    let stated = std::str::from_utf8(&digits).ok().and_then(|octal| u32::from_str_radix(octal, 8).ok());
    let without: u32 = header[..148].iter().chain(&header[156..]).map(|byte| u32::from(*byte)).sum();
    header[0] != 0 && stated == Some(without + 8 * u32::from(b' '))
}

/// Word and Excel put a document behind a password into an OLE file with a stream of this name (MS-OFFCRYPTO).
fn is_encrypted_office(head: &[u8]) -> bool {
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    head.starts_with(b"\xD0\xCF\x11\xE0") && memchr::memmem::find(head, &name).is_some()
}

/// What a text is, by its beginning; `cut` says that it goes on behind it.
pub(crate) fn text_format(text: &str, cut: bool, extension: &str) -> Format {
    let start = text.trim_start();
    match start.as_bytes().first() {
        Some(b'{' | b'[') => json(start, cut, extension),
        Some(b'<') => markup(start, extension),
        Some(b'M' | b'F' | b'B') if is_hl7(start) => Some(Format::Hl7),
        _ => None,
    }
    .or_else(|| is_email(text, extension).then_some(Format::Email))
    .or_else(|| delimiter(text, cut, extension).map(Format::Delimited))
    .unwrap_or(Format::Text)
}

fn json(start: &str, cut: bool, extension: &str) -> Option<Format> {
    let mut json = Json::new();
    let (mut headings, mut last) = (Headings::new(true), HeadingId::NONE);
    match json.take(start.as_bytes(), 0, &mut Marks::none(&mut headings, &mut last)) {
        Err(Fault::Malformed) => return None,
        // It is refused for that when it is read.
        Err(Fault::TooDeep) => return Some(Format::Json),
        Ok(()) => {}
    }
    if !cut && json.finish().is_err() {
        return None;
    }
    let lines = json.values() > 1 || matches!(extension, "jsonl" | "ndjson");
    Some(if lines { Format::JsonLines } else { Format::Json })
}

/// Elements with which fragments of HTML begin.
const HTML_ELEMENTS: [&str; 26] = [
    "a", "article", "b", "body", "br", "center", "div", "dl", "font", "form", "h1", "h2", "h3", "head", "hr", "html",
    "i", "img", "li", "meta", "ol", "p", "span", "style", "table", "ul",
];

fn markup(start: &str, extension: &str) -> Option<Format> {
    let behind = start.get(1..)?;
    let html = |from: &str| {
        let name = from.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
        HTML_ELEMENTS.iter().any(|element| name.eq_ignore_ascii_case(element))
    };
    let head = start.get(..start.floor_char_boundary(1024.min(start.len())))?.to_ascii_lowercase();
    if head.contains("<!doctype html") || head.contains("<html") || html(behind) {
        return Some(Format::Html);
    }
    if matches!(extension, "htm" | "html") {
        return Some(Format::Html);
    }
    let declared = head.starts_with("<?xml") || head.starts_with("<!doctype") || head.starts_with("<!--");
    let named = behind.starts_with(|c: char| c.is_alphabetic() || c == '_')
        && behind
            .find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ':')))
            .is_some_and(|end| behind[end..].starts_with(|c: char| c.is_whitespace() || matches!(c, '>' | '/')));
    let closed = start.contains("</") || start.contains("/>");
    (declared || (named && closed) || (named && extension == "xml")).then_some(Format::Xml)
}

/// A header of a message, a batch or a file, with the encoding characters that everybody uses.
fn is_hl7(start: &str) -> bool {
    let named = ["MSH", "FHS", "BHS"].iter().any(|segment| start.starts_with(segment));
    named && start.get(4..8) == Some("^~\\&")
}

/// Headers that only e-mail has, and those that other forms have too.
const EMAIL_ONLY: [&str; 7] =
    ["message-id", "mime-version", "received", "return-path", "delivered-to", "content-transfer-encoding", "x-mailer"];

/// As [`EMAIL_ONLY`].
const EMAIL_OFTEN: [&str; 7] = ["from", "to", "subject", "date", "cc", "reply-to", "sender"];

/// Lines of `name: value` up to an empty one, with a sender or a subject, and with a header that only e-mail has or a name
/// that says so.
fn is_email(text: &str, extension: &str) -> bool {
    let (mut only, mut often) = (0, 0);
    // Mail boxes put a line of their own before each message.
    let lines = text.lines().enumerate().filter(|(number, line)| !(*number == 0 && line.starts_with("From ")));
    for (_, line) in lines {
        if line.is_empty() {
            break;
        }
        if line.starts_with([' ', '\t']) {
            continue;
        }
        let Some((name, _)) = line.split_once(':') else { return false };
        // RFC 5322, section 2.2: printable characters without a space.
        if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_graphic()) {
            return false;
        }
        let among = |names: &[&str]| names.iter().any(|known| name.eq_ignore_ascii_case(known));
        only += u32::from(among(&EMAIL_ONLY));
        often += u32::from(among(&EMAIL_OFTEN));
    }
    often > 0 && (only > 0 || (extension == "eml" && often + only > 1))
}

/// Rows that tell whether a text is a table.
const ROWS: usize = 50;

/// What parts the cells, where a text is a table: each row has as many cells as the first. A name that says so allows
/// for a few rows that differ and for tables of two columns; without it there must be three, and commas that stand in
/// sentences, with a space behind them, part nothing.
fn delimiter(text: &str, cut: bool, extension: &str) -> Option<u8> {
    let named = matches!(extension, "csv" | "tsv" | "tab" | "psv");
    let mut best = None;
    for delimiter in [b',', b'\t', b';', b'|'] {
        let rows = Rows { bytes: text.as_bytes(), delimiter, cut, any: false };
        let columns = if named { rows.mostly_equal() } else { rows.all_equal() };
        let prose = !named && in_sentences(text, delimiter);
        if let Some(columns) = columns.filter(|_| !prose)
            && best.is_none_or(|(_, most)| columns > most)
        {
            best = Some((delimiter, columns));
        }
    }
    best.map(|(delimiter, _)| delimiter)
}

fn in_sentences(text: &str, delimiter: u8) -> bool {
    let bytes = text.as_bytes();
    let all = memchr::memchr_iter(delimiter, bytes).count();
    let spaced = memchr::memchr_iter(delimiter, bytes).filter(|at| bytes.get(at + 1) == Some(&b' ')).count();
    matches!(delimiter, b',' | b';') && spaced * 2 > all
}

/// How many cells each row has that holds anything; a row that is cut off does not count, unless it is the only one.
struct Rows<'t> {
    bytes: &'t [u8],
    delimiter: u8,
    /// Whether the text goes on behind these bytes.
    cut: bool,
    /// Whether there was a row.
    any: bool,
}

impl Rows<'_> {
    /// The number of columns, where nine rows of ten have it.
    fn mostly_equal(self) -> Option<usize> {
        let counts: Vec<usize> = self.take(ROWS).collect();
        let columns = *counts.first()?;
        let equal = counts.iter().filter(|count| **count == columns).count();
        (columns >= 2 && equal * 10 >= counts.len() * 9).then_some(columns)
    }

    /// The number of columns, where three rows or more have it and none has another.
    fn all_equal(self) -> Option<usize> {
        let mut rows = self.take(ROWS);
        let columns = rows.next().filter(|columns| *columns >= 3)?;
        let mut others = 0;
        let equal = rows.inspect(|_| others += 1).all(|count| count == columns);
        (equal && others >= 2).then_some(columns)
    }
}

impl Iterator for Rows<'_> {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        let (mut cells, mut quoted, mut start, mut empty, mut before) = (1, false, true, true, 0);
        while let [byte, behind @ ..] = self.bytes {
            self.bytes = behind;
            match byte {
                // A doubled mark is one in the cell.
                b'"' if quoted || start || before == b'"' => quoted = !quoted,
                b'\n' | b'\r' if !quoted && empty => continue,
                b'\n' | b'\r' if !quoted => {
                    self.any = true;
                    return Some(cells);
                }
                _ if *byte == self.delimiter && !quoted => {
                    cells += 1;
                    (start, empty, before) = (true, false, *byte);
                    continue;
                }
                _ => {}
            }
            (start, empty, before) = (false, false, *byte);
        }
        let whole = !self.cut || !self.any;
        self.any = true;
        (!empty && whole).then_some(cells)
    }
}
