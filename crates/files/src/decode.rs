//! Bytes to text, for a file that lies whole in memory.

use pillbox_model::SkipReason;

use crate::encoding::{Encoding, HEAD, is_odd_control, is_undefined_in_windows_1252, refuse_binary};
use crate::text::Text;

/// Decodes a whole file. A byte order mark decides; without one it is UTF-8 when it is valid UTF-8, and else
/// Windows-1252 when every byte has a character there and none is a control character that text lacks. UTF-16
/// without a mark is not guessed. An empty file is an empty text.
///
/// # Errors
///
/// `UnsupportedFileType` for what is no text: a NUL character, the signature of a format whose content does
/// not lie open in its bytes (PDF, RTF, images, archives, office files), too many control characters, or
/// bytes that fit no encoding. `MalformedFile` when the bytes break the encoding that their mark announces.
pub fn decode(bytes: &[u8]) -> Result<Text, SkipReason> {
    let announced = Encoding::announced(bytes);
    let body = &bytes[announced.map_or(0, Encoding::mark_len)..];
    let (text, encoding) = match announced {
        Some(encoding @ (Encoding::Utf16Le | Encoding::Utf16Be)) => (utf16(body, encoding)?, encoding),
        Some(encoding) => {
            refuse_binary(&body[..body.len().min(HEAD)])?;
            (std::str::from_utf8(body).map_err(|_| SkipReason::MalformedFile)?.to_owned(), encoding)
        }
        None => {
            refuse_binary(&body[..body.len().min(HEAD)])?;
            match std::str::from_utf8(body) {
                Ok(text) => (text.to_owned(), Encoding::Utf8),
                Err(_) => (windows_1252(body)?, Encoding::Windows1252),
            }
        }
    };
    if text.contains('\0') { Err(SkipReason::UnsupportedFileType) } else { Ok(Text::new(text, encoding)) }
}

fn utf16(body: &[u8], encoding: Encoding) -> Result<String, SkipReason> {
    let codec = if encoding == Encoding::Utf16Le { encoding_rs::UTF_16LE } else { encoding_rs::UTF_16BE };
    let text = codec.decode_without_bom_handling_and_without_replacement(body).ok_or(SkipReason::MalformedFile)?;
    Ok(text.into_owned())
}

fn windows_1252(body: &[u8]) -> Result<String, SkipReason> {
    if body.iter().any(|byte| is_odd_control(*byte) || is_undefined_in_windows_1252(*byte)) {
        return Err(SkipReason::UnsupportedFileType);
    }
    let (text, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(body);
    Ok(text.into_owned())
}
