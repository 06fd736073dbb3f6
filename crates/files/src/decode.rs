//! Bytes to text, for a file that lies whole in memory.

use pillbox_model::SkipReason;

use crate::encoding::{Encoding, HEAD, refuse_binary};
use crate::text::Text;
use crate::western::single_byte;

/// Decodes a whole file. A byte order mark decides; without one it is UTF-16 when every other byte of its beginning is
/// zero, UTF-8 when it is valid UTF-8, and else Windows-1252 or a code page of DOS, whichever its letters and signs fit
/// best into, when every byte has a character there and none is a control character that text lacks. An empty file is
/// an empty text.
///
/// # Errors
///
/// `UnsupportedFileType` for what is no text: a NUL character, the signature of a format whose content does
/// not lie open in its bytes (PDF, RTF, images, archives, office files), too many control characters, or
/// bytes that fit no encoding. `MalformedFile` when the bytes break the encoding that their mark announces.
pub fn decode(bytes: &[u8]) -> Result<Text, SkipReason> {
    let encoding = Encoding::of_head(&bytes[..bytes.len().min(HEAD)]);
    let body = &bytes[encoding.mark_len()..];
    let (text, encoding) = if let Some(codec) = encoding.utf16() {
        let text = codec.decode_without_bom_handling_and_without_replacement(body).ok_or(encoding.broken())?;
        (text.into_owned(), encoding)
    } else {
        refuse_binary(&body[..body.len().min(HEAD)])?;
        match std::str::from_utf8(body) {
            Ok(text) => (text.to_owned(), encoding),
            Err(_) if encoding == Encoding::Utf8WithMark => return Err(SkipReason::MalformedFile),
            Err(error) => single_bytes(body, error.valid_up_to())?,
        }
    };
    if text.contains('\0') { Err(SkipReason::UnsupportedFileType) } else { Ok(Text::new(text, encoding)) }
}

/// `from` is where the bytes are no UTF-8.
fn single_bytes(body: &[u8], from: usize) -> Result<(String, Encoding), SkipReason> {
    let sample = &body[from..body.len().min(from + HEAD)];
    let before = from.checked_sub(1).and_then(|at| body.get(at)).copied().unwrap_or(b' ');
    let encoding = single_byte(sample, before);
    let mut text = String::with_capacity(body.len());
    encoding.decode_single_bytes(body, &mut text)?;
    Ok((text, encoding))
}
