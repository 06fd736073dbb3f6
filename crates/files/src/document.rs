//! Reading a file of any format, part by part.

use std::ops::{ControlFlow, Range};

use pillbox_model::{DocumentPart, Field, Headings, Location, SkipReason};

use crate::decode::decode;
use crate::format::Format;
use crate::limits::Limits;
use crate::office::refined;
use crate::sniff::{SNIFFED, container, extension, sniff, text_format};
use crate::structure::Structure;
use crate::text::Text;

/// A text of its own in a file: the whole of a text file, a page, a sheet, the body of a document, a member of an
/// archive.
pub struct Part<'a> {
    /// The path inside an archive or a message, as [`Location::member`] has it.
    pub member: Option<&'a str>,
    /// What the file or the member is.
    pub format: Format,
    /// The text, without a byte order mark.
    pub text: &'a str,
    /// Its fields in order; empty where it has none.
    pub fields: &'a [Field],
    /// What they are called.
    pub headings: &'a Headings,
    /// Whether places in the text are places in the file's bytes: true of texts that lie open in their file.
    pub in_place: bool,
    pub(crate) source: Source<'a>,
    pub(crate) place: PartPlace<'a>,
}

/// What the text was made from.
pub(crate) enum Source<'a> {
    /// The file's bytes.
    Bytes(&'a Text),
    /// Something that lies in the file in another form.
    Extracted,
}

/// Where in the document the text lies.
pub(crate) enum PartPlace<'a> {
    /// It has no parts that could be told.
    None,
    /// By the text's own structure.
    Structure(&'a Structure),
    /// All of it on this page.
    Page(u64),
    /// In a cell of a sheet.
    Sheet(&'a dyn Fn(u64) -> Option<DocumentPart>),
}

impl Part<'_> {
    /// The bytes that the text from byte `start` to byte `end` (exclusive) stands for: offsets in the file where the text
    /// lies in it ([`Part::in_place`]), and in the part's own text elsewhere.
    pub fn source_range(&self, start: u64, end: u64) -> Range<u64> {
        match self.source {
            Source::Bytes(text) if self.in_place => {
                let offset = |at: u64| usize::try_from(at).unwrap_or(usize::MAX);
                text.source_range(offset(start), offset(end))
            }
            _ => start..end.max(start),
        }
    }

    /// Where in the document the text at byte `start` lies; `None` where line and column say it all. It is worked out
    /// when it is asked for; in the order of the text that costs least.
    pub fn location(&self, start: u64) -> Option<Location> {
        let part = match &self.place {
            PartPlace::None => None,
            PartPlace::Structure(structure) => structure.part(start, self.text, 0),
            PartPlace::Page(number) => Some(DocumentPart::Page { number: *number }),
            PartPlace::Sheet(cell) => cell(start),
        };
        let member = self.member.map(str::to_owned);
        (member.is_some() || part.is_some()).then_some(Location { member, part })
    }
}

/// What became of a file that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extraction {
    /// What the file is.
    pub format: Format,
    /// The members that were not read, and why. Their names may be a patient's.
    pub unread: Vec<(String, SkipReason)>,
}

impl Extraction {
    /// Why the file is not wholly read: never clean then, whatever was found in the rest. `None` when all was read.
    pub fn incomplete(&self) -> Option<SkipReason> {
        if self.format == Format::Pdf {
            return self.unread.first().map(|(_, reason)| *reason);
        }
        let nested = |(_, reason): &&(String, SkipReason)| *reason == SkipReason::ArchiveNestingLevelOverLimit;
        let unread = self.unread.iter().find(nested).map(|(_, reason)| *reason);
        unread.or_else(|| (!self.unread.is_empty()).then_some(SkipReason::ArchiveContainsUnprocessedFiles))
    }
}

/// What takes the parts of a file; it breaks with the reason for which nothing more is wanted.
pub type EachPart<'e> = dyn FnMut(Part<'_>) -> ControlFlow<SkipReason> + 'e;

/// Reads a file that lies whole in memory and hands each text in it to `each`, members of archives and attachments of
/// messages among them. `name` is the file's own name or path. `keep_going` is asked between parts and while unpacking.
///
/// # Errors
///
/// Why the file was not read. Parts may have been handed out before it turned out.
/// - `UnsupportedFileType`, `MalformedFile`: it is none of the formats, or damaged.
/// - `InvalidEncryption`: it is behind a password.
/// - `FileExceedsSizeLimit`, `ArchiveTotalBytesExtractedOverLimit`, `ArchiveTotalDocumentsProcessedOverLimit`,
///   `OoxmlUncompressedRatioExceedsLimit`, `OoxmlUncompressedSizeExceedsLimit`, `JsonNestingLevelOverLimit`: it, or what it
///   unpacks to, is beyond `limits`.
/// - `TimeCutOffReached` when `keep_going` says no, and what `each` broke with.
pub fn read_document(
    bytes: &[u8],
    name: &str,
    limits: &Limits,
    keep_going: &dyn Fn() -> bool,
    each: &mut EachPart<'_>,
) -> Result<Extraction, SkipReason> {
    let mut reading = Reading {
        limits,
        keep_going,
        each,
        unread: Vec::new(),
        stopped: None,
        extracted: 0,
        members: 0,
        held: 0,
        depth: 0,
    };
    let format = reading.file(bytes, name, None)?;
    Ok(Extraction { format, unread: reading.unread })
}

/// A file that is being read.
pub(crate) struct Reading<'r, 'e> {
    pub(crate) limits: &'r Limits,
    keep_going: &'r dyn Fn() -> bool,
    each: &'r mut EachPart<'e>,
    pub(crate) unread: Vec<(String, SkipReason)>,
    /// Why nothing more is read, whatever is left.
    pub(crate) stopped: Option<SkipReason>,
    /// Bytes that were unpacked, and members that were met.
    pub(crate) extracted: u64,
    pub(crate) members: u64,
    /// Bytes of members that lie in memory.
    pub(crate) held: u64,
    /// How many archives and messages are open in each other.
    depth: u32,
}

impl Reading<'_, '_> {
    /// Reads the file itself, or a member of it.
    pub(crate) fn file(&mut self, bytes: &[u8], name: &str, member: Option<&str>) -> Result<Format, SkipReason> {
        self.go_on()?;
        let head = &bytes[..bytes.len().min(SNIFFED)];
        let signed = container(head, name);
        if signed.is_none() {
            match decode(bytes) {
                Ok(text) => {
                    let cut = bytes.len() >= SNIFFED;
                    let format = text_format(text.beginning(SNIFFED), cut, &extension(name));
                    if format.is_text() {
                        return self.text(&text, format, member);
                    }
                }
                // A message may hold bytes that are no text.
                Err(reason) => {
                    let other = sniff(head, name)?;
                    if other.is_text() {
                        return Err(reason);
                    }
                }
            }
        }
        if bytes.len() as u64 > self.limits.document {
            return Err(SkipReason::FileExceedsSizeLimit);
        }
        let format = match signed {
            Some(format @ (Format::Zip | Format::Docx | Format::Xlsx | Format::Odt)) => refined(bytes, format)?,
            Some(format) => format,
            None => Format::Email,
        };
        if self.depth == self.limits.depth {
            return Err(SkipReason::ArchiveNestingLevelOverLimit);
        }
        self.depth += 1;
        let read = self.container(format, bytes, name, member);
        self.depth -= 1;
        read.map(|()| format)
    }

    fn container(&mut self, format: Format, bytes: &[u8], name: &str, member: Option<&str>) -> Result<(), SkipReason> {
        match format {
            Format::Pdf => self.pdf(bytes, member),
            Format::Docx => self.word(bytes, member),
            Format::Xlsx => self.spreadsheet(bytes, member),
            Format::Odt => self.open_document(bytes, member),
            Format::Email => self.email(bytes, member),
            Format::Rtf => self.rtf(bytes, member),
            Format::Gzip => self.gzip(bytes, name, member),
            Format::Zip => self.zip(bytes, member),
            Format::Tar => self.tar(bytes, member),
            Format::Text
            | Format::Delimited(_)
            | Format::Json
            | Format::JsonLines
            | Format::Xml
            | Format::Html
            | Format::Hl7 => Ok(()),
        }
    }

    fn text(&mut self, text: &Text, format: Format, member: Option<&str>) -> Result<Format, SkipReason> {
        let mut structure = Structure::new(format);
        let mut fields = Vec::new();
        structure.push(text.as_str(), &mut fields)?;
        structure.finish();
        let plain = Headings::new(false);
        let structured = !structure.is_malformed();
        let format = if structured { format } else { Format::Text };
        self.hand_out(Part {
            member,
            format,
            text: text.as_str(),
            fields: if structured { &fields } else { &[] },
            headings: if structured { structure.headings() } else { &plain },
            in_place: member.is_none(),
            source: Source::Bytes(text),
            place: if structured { PartPlace::Structure(&structure) } else { PartPlace::None },
        })?;
        Ok(format)
    }

    /// Hands a part to who reads.
    pub(crate) fn hand_out(&mut self, part: Part<'_>) -> Result<(), SkipReason> {
        self.go_on()?;
        match (self.each)(part) {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(reason) => Err(self.stop(reason)),
        }
    }

    /// From here on nothing is read.
    pub(crate) fn stop(&mut self, reason: SkipReason) -> SkipReason {
        *self.stopped.get_or_insert(reason)
    }

    /// # Errors
    ///
    /// `TimeCutOffReached` when told to stop.
    pub(crate) fn go_on(&mut self) -> Result<(), SkipReason> {
        if (self.keep_going)() { Ok(()) } else { Err(self.stop(SkipReason::TimeCutOffReached)) }
    }
}
