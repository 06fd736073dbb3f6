//! The formats that Pillbox reads.

/// What a file is, by its content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// Text without a structure that Pillbox follows; also HTML's sources, YAML, logs, programs.
    Text,
    /// A table in text, its cells parted by this ASCII character: comma, tab, semicolon or pipe (RFC 4180).
    Delimited(u8),
    /// One JSON value (RFC 8259).
    Json,
    /// A JSON value per line.
    JsonLines,
    /// XML 1.0, with it CDA and FHIR.
    Xml,
    /// HTML. Its source is read as it is.
    Html,
    /// HL7 version 2, in its encoding with pipes.
    Hl7,
    /// Rich Text Format.
    Rtf,
    /// An e-mail (RFC 5322) with its attachments.
    Email,
    /// PDF.
    Pdf,
    /// A Word document (ECMA-376, WordprocessingML).
    Docx,
    /// An Excel workbook (ECMA-376, SpreadsheetML).
    Xlsx,
    /// A document of the OpenDocument family: text, spreadsheet, presentation.
    Odt,
    /// One file, compressed (RFC 1952).
    Gzip,
    /// An archive of files.
    Zip,
    /// An archive of files (POSIX `ustar` and its kin).
    Tar,
}

impl Format {
    /// Its media type, as Macie's `mimeType` has it.
    pub const fn mime_type(self) -> &'static str {
        match self {
            Self::Text => "text/plain",
            Self::Delimited(b'\t') => "text/tab-separated-values",
            Self::Delimited(_) => "text/csv",
            Self::Json => "application/json",
            Self::JsonLines => "application/jsonl",
            Self::Xml => "application/xml",
            Self::Html => "text/html",
            Self::Hl7 => "x-application/hl7-v2+er7",
            Self::Rtf => "application/rtf",
            Self::Email => "message/rfc822",
            Self::Pdf => "application/pdf",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Odt => "application/vnd.oasis.opendocument.text",
            Self::Gzip => "application/gzip",
            Self::Zip => "application/zip",
            Self::Tar => "application/x-tar",
        }
    }

    /// Whether its bytes are its text: it can be read piece by piece at any size, places in its text are places in
    /// its bytes, and a copy of it can be redacted.
    pub const fn is_text(self) -> bool {
        matches!(
            self,
            Self::Text | Self::Delimited(_) | Self::Json | Self::JsonLines | Self::Xml | Self::Html | Self::Hl7
        )
    }
}
