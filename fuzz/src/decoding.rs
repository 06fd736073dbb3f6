//! Decoding: no panic, and the same text and places whether the bytes are whole or come in pieces.

use pillbox_files::{Decoder, Encoding, decode};

use crate::first;

/// The text of the whole and of its pieces.
pub fn decoder(data: &[u8]) {
    let (length, data) = first(data);
    let whole = decode(data);
    let (mut decoder, mut pieces) = (Decoder::new(), String::new());
    let streamed = data
        .chunks(usize::from(length) + 1)
        .try_for_each(|piece| decoder.push(piece, &mut pieces))
        .and_then(|()| decoder.finish(&mut pieces));
    match (whole, streamed) {
        (Ok(whole), Ok(())) if decoder.encoding() == Some(whole.encoding()) && began_alike(whole.encoding(), data) => {
            assert!(whole.as_str() == pieces, "a stream has another text");
            let end = pieces.len();
            assert_eq!(whole.source_range(0, end), decoder.source_range(0, end as u64));
        }
        // A stream without a mark reads as UTF-8 what comes before the first byte that is none.
        (Ok(_), Ok(())) => {}
        (Err(_), Err(_)) => {}
        (Ok(whole), Err(reason)) => panic!("a stream refuses {:?}: {reason:?}", whole.encoding()),
        // What the whole refuses may begin as another text in a stream only without a mark.
        (Err(reason), Ok(())) => {
            assert!(decoder.encoding() == Some(Encoding::Windows1252), "a stream takes it: {reason:?}")
        }
    }
}

/// Whether no UTF-8 beyond ASCII stands before the first byte that is none, in which case a stream without a mark can't
/// know.
fn began_alike(encoding: Encoding, data: &[u8]) -> bool {
    !is_western(encoding) || std::str::from_utf8(data).err().is_none_or(|error| data[..error.valid_up_to()].is_ascii())
}

/// Whether every byte is a character.
fn is_western(encoding: Encoding) -> bool {
    matches!(encoding, Encoding::Windows1252 | Encoding::CodePage437 | Encoding::CodePage850)
}
