//! The encodings that sample files come in.

/// How a sample file's text becomes bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Encoding {
    Utf8,
    /// The code page of Western European Windows.
    Windows1252,
    /// Little endian, with the byte order mark.
    Utf16,
}

impl Encoding {
    pub(crate) fn encode(self, text: &str) -> Vec<u8> {
        match self {
            Self::Utf8 => text.as_bytes().to_vec(),
            Self::Windows1252 => text.chars().map(windows_1252).collect(),
            Self::Utf16 => {
                let units = std::iter::once(0xFEFF).chain(text.encode_utf16());
                units.flat_map(u16::to_le_bytes).collect()
            }
        }
    }
}

/// The byte of a character that the samples use; below 0x100 the code page is Latin-1.
fn windows_1252(character: char) -> u8 {
    match character {
        '€' => 0x80,
        '’' => 0x92,
        '–' => 0x96,
        other => u8::try_from(u32::from(other)).unwrap_or(b'?'),
    }
}
