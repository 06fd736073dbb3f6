//! The character encodings that Pillbox reads, and how they are told apart.

use pillbox_model::SkipReason;

/// How a text is written in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Encoding {
    /// UTF-8 without a mark; plain ASCII is this.
    Utf8,
    /// UTF-8 behind a byte order mark.
    Utf8WithMark,
    /// UTF-16, low byte first, behind a byte order mark.
    Utf16Le,
    /// UTF-16, high byte first, behind a byte order mark.
    Utf16Be,
    /// Windows-1252: what Western European and Australian Windows programs write.
    Windows1252,
}

impl Encoding {
    /// The encoding that a byte order mark at the beginning announces.
    pub(crate) fn announced(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [0xEF, 0xBB, 0xBF, ..] => Some(Self::Utf8WithMark),
            [0xFF, 0xFE, ..] => Some(Self::Utf16Le),
            [0xFE, 0xFF, ..] => Some(Self::Utf16Be),
            _ => None,
        }
    }

    /// Bytes before the first character.
    pub(crate) const fn mark_len(self) -> usize {
        match self {
            Self::Utf8 | Self::Windows1252 => 0,
            Self::Utf16Le | Self::Utf16Be => 2,
            Self::Utf8WithMark => 3,
        }
    }

    /// Bytes that a character takes in the source.
    pub(crate) const fn source_len(self, c: char) -> usize {
        match self {
            Self::Utf8 | Self::Utf8WithMark => c.len_utf8(),
            Self::Utf16Le | Self::Utf16Be => 2 * c.len_utf16(),
            Self::Windows1252 => 1,
        }
    }

    /// Whether offsets in the text and in the source differ by the mark alone.
    pub(crate) const fn is_utf8(self) -> bool {
        matches!(self, Self::Utf8 | Self::Utf8WithMark)
    }

    /// ASCII text in this encoding.
    pub(crate) fn ascii_bytes(self, ascii: &str, out: &mut Vec<u8>) {
        for byte in ascii.bytes() {
            match self {
                Self::Utf16Le => out.extend([byte, 0]),
                Self::Utf16Be => out.extend([0, byte]),
                Self::Utf8 | Self::Utf8WithMark | Self::Windows1252 => out.push(byte),
            }
        }
    }
}

/// How many bytes at the beginning decide whether a file is text at all.
pub(crate) const HEAD: usize = 8192;

/// Refuses what is no text by its beginning (the first [`HEAD`] bytes, or all there are): the signature of a
/// format whose content does not lie open in its bytes, or more than one control character in 32.
pub(crate) fn refuse_binary(head: &[u8]) -> Result<(), SkipReason> {
    // Formats that would otherwise pass for text or for Windows-1252: PDF, RTF, GIF, zip (and with it DOCX and
    // XLSX), RAR, 7z, gzip, JPEG, PNG, OLE (DOC, XLS, MSG).
    const SIGNATURES: [&[u8]; 11] = [
        b"%PDF-",
        b"{\\rtf",
        b"GIF87a",
        b"GIF89a",
        b"PK\x03\x04",
        b"Rar!\x1A",
        b"7z\xBC\xAF",
        b"\x1F\x8B",
        b"\xFF\xD8\xFF",
        b"\x89PNG",
        b"\xD0\xCF\x11\xE0",
    ];
    if SIGNATURES.iter().any(|signature| head.starts_with(signature)) {
        return Err(SkipReason::UnsupportedFileType);
    }
    let odd = head.iter().filter(|byte| is_odd_control(**byte)).count();
    if odd * 32 > head.len() { Err(SkipReason::UnsupportedFileType) } else { Ok(()) }
}

/// A control character that text has no use for. Tab, line feed, vertical tab, form feed, carriage return and
/// escape (printer files) are in use, and so is the end mark of DOS (0x1A).
pub(crate) const fn is_odd_control(byte: u8) -> bool {
    matches!(byte, 0x00..=0x08 | 0x0E..=0x19 | 0x1C..=0x1F | 0x7F)
}

/// A byte that Windows-1252 gives no character to.
pub(crate) const fn is_undefined_in_windows_1252(byte: u8) -> bool {
    matches!(byte, 0x81 | 0x8D | 0x8F | 0x90 | 0x9D)
}
