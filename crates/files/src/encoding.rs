//! The character encodings that Pillbox reads, and how they are told apart.

use pillbox_model::SkipReason;

use crate::code_page::CodePage;

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
    /// UTF-16, low byte first, without a mark.
    Utf16LeUnmarked,
    /// UTF-16, high byte first, without a mark.
    Utf16BeUnmarked,
    /// Windows-1252: what Western European and Australian Windows programs write.
    Windows1252,
    /// The code page of DOS in the United States.
    CodePage437,
    /// The code page of DOS in Western Europe, Australia and New Zealand.
    CodePage850,
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

    /// The encoding of a file, by its beginning: what its mark announces, UTF-16 where every other byte is zero (as it
    /// is in Latin text), and otherwise UTF-8 until a byte speaks against it.
    pub(crate) fn of_head(head: &[u8]) -> Self {
        Self::announced(head).or_else(|| Self::unmarked_utf16(head)).unwrap_or(Self::Utf8)
    }

    fn unmarked_utf16(head: &[u8]) -> Option<Self> {
        let pairs = &head[..head.len().min(HEAD)];
        memchr::memchr(0, pairs)?;
        let (mut low_first, mut high_first, mut odd) = (0, 0, 0);
        for pair in pairs.chunks_exact(2) {
            match pair {
                [0, 0] => return None,
                [latin, 0] => {
                    low_first += 1;
                    odd += usize::from(is_odd_control(*latin));
                }
                [0, latin] => {
                    high_first += 1;
                    odd += usize::from(is_odd_control(*latin));
                }
                _ => {}
            }
        }
        let units = pairs.len() / 2;
        // Some characters of other scripts have a zero on the other side (U+0100).
        let mostly =
            |many: usize, few: usize| units >= 4 && many * 4 >= units * 3 && few * 16 <= units && odd * 32 <= units;
        if mostly(low_first, high_first) {
            Some(Self::Utf16LeUnmarked)
        } else if mostly(high_first, low_first) {
            Some(Self::Utf16BeUnmarked)
        } else {
            None
        }
    }

    /// How `encoding_rs` calls it, where it is UTF-16.
    pub(crate) fn utf16(self) -> Option<&'static encoding_rs::Encoding> {
        match self {
            Self::Utf16Le | Self::Utf16LeUnmarked => Some(encoding_rs::UTF_16LE),
            Self::Utf16Be | Self::Utf16BeUnmarked => Some(encoding_rs::UTF_16BE),
            _ => None,
        }
    }

    /// What bytes that break the encoding say: a mark was a promise, its absence a guess.
    pub(crate) const fn broken(self) -> SkipReason {
        if self.mark_len() > 0 { SkipReason::MalformedFile } else { SkipReason::UnsupportedFileType }
    }

    /// Decodes an encoding in which each byte is a character.
    ///
    /// # Errors
    ///
    /// `UnsupportedFileType` when a byte has no character there, or one that text has no use for.
    pub(crate) fn decode_single_bytes(self, bytes: &[u8], out: &mut String) -> Result<(), SkipReason> {
        let windows = self == Self::Windows1252;
        let odd = |byte: &u8| is_odd_control(*byte) || (windows && is_undefined_in_windows_1252(*byte));
        if bytes.iter().any(odd) {
            return Err(SkipReason::UnsupportedFileType);
        }
        match self {
            Self::CodePage437 => CodePage::Cp437.decode(bytes, out),
            Self::CodePage850 => CodePage::Cp850.decode(bytes, out),
            _ => out.push_str(&encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0),
        }
        Ok(())
    }

    /// Bytes before the first character.
    pub(crate) const fn mark_len(self) -> usize {
        match self {
            Self::Utf16Le | Self::Utf16Be => 2,
            Self::Utf8WithMark => 3,
            _ => 0,
        }
    }

    /// Bytes that a character takes in the source.
    pub(crate) const fn source_len(self, c: char) -> usize {
        match self {
            Self::Utf8 | Self::Utf8WithMark => c.len_utf8(),
            Self::Utf16Le | Self::Utf16Be | Self::Utf16LeUnmarked | Self::Utf16BeUnmarked => 2 * c.len_utf16(),
            Self::Windows1252 | Self::CodePage437 | Self::CodePage850 => 1,
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
                Self::Utf16Le | Self::Utf16LeUnmarked => out.extend([byte, 0]),
                Self::Utf16Be | Self::Utf16BeUnmarked => out.extend([0, byte]),
                _ => out.push(byte),
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
    // Counted in bytes, so that many are counted at once; 255 of them can't overflow one.
    let odd: usize = head
        .chunks(255)
        .map(|chunk| usize::from(chunk.iter().map(|byte| u8::from(is_odd_control(*byte))).sum::<u8>()))
        .sum();
    if odd * 32 > head.len() { Err(SkipReason::UnsupportedFileType) } else { Ok(()) }
}

/// A control character that text has no use for. Tab, line feed, vertical tab, form feed, carriage return and
/// escape (printer files) are in use, and so is the end mark of DOS (0x1A).
pub(crate) const fn is_odd_control(byte: u8) -> bool {
    // Without branches: every byte of a text is asked.
    (byte <= 0x08) | ((byte >= 0x0E) & (byte <= 0x19)) | ((byte >= 0x1C) & (byte <= 0x1F)) | (byte == 0x7F)
}

/// A byte that Windows-1252 gives no character to.
pub(crate) const fn is_undefined_in_windows_1252(byte: u8) -> bool {
    matches!(byte, 0x81 | 0x8D | 0x8F | 0x90 | 0x9D)
}
