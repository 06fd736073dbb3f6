//! Bytes to text piece by piece, for files that are not taken into memory whole.

use std::fmt;
use std::ops::Range;

use encoding_rs::DecoderResult;
use pillbox_model::SkipReason;

use crate::encoding::{Encoding, HEAD, is_odd_control, refuse_binary};
use crate::places::Places;
use crate::western::single_byte;

/// Decodes a stream. However the stream is cut into pieces, the text and its places are those of
/// [`decode`](crate::decode) for the whole, and it fails where that fails, with one exception that a single pass
/// can't avoid: where a stream without a mark is UTF-8 beyond ASCII in its first 8 KiB and has other bytes after, what
/// comes before the first such byte is read as UTF-8 and the rest as Windows-1252 or a code page of DOS.
///
/// It remembers for the text that it handed out where it was in the source, until [`Decoder::forget`] says how
/// far the text is done with: call it once for each piece and memory stays small.
pub struct Decoder {
    stage: Stage,
    places: Places,
    /// A control character came by that Windows-1252 text would not have.
    odd_control: bool,
    /// The last byte of what was handed out.
    before: u8,
}

enum Stage {
    /// The first bytes, as long as they are too few to decide on.
    Head(Vec<u8>),
    /// The encoding and the bytes of a character whose end has not come.
    Utf8(Encoding, Vec<u8>),
    Utf16(Encoding, Box<encoding_rs::Decoder>),
    /// Bytes that are no UTF-8 from a place in them on, as long as they are too few behind it to tell what they are.
    Western(Vec<u8>, usize),
    /// An encoding in which each byte is a character.
    SingleByte(Encoding),
    /// An error was returned; nothing more comes.
    Broken(SkipReason),
}

impl Default for Decoder {
    fn default() -> Self {
        Self::new()
    }
}

impl Decoder {
    /// A decoder at the beginning of a stream.
    pub fn new() -> Self {
        Self { stage: Stage::Head(Vec::new()), places: Places::default(), odd_control: false, before: b' ' }
    }

    /// Takes the next bytes of the stream and appends what they decode to. Text comes late by up to 16 KiB at the
    /// beginning, by 8 KiB where UTF-8 ends, and by one character after.
    ///
    /// # Errors
    ///
    /// Those of [`decode`](crate::decode). After an error every further call returns the same.
    pub fn push(&mut self, bytes: &[u8], out: &mut String) -> Result<(), SkipReason> {
        let result = self.take(bytes, false, out);
        self.remember(result)
    }

    /// Ends the stream and appends what was held back.
    ///
    /// # Errors
    ///
    /// Those of [`decode`](crate::decode).
    pub fn finish(&mut self, out: &mut String) -> Result<(), SkipReason> {
        let result = self.take(&[], true, out);
        self.remember(result)
    }

    /// What the stream is written in, as far as it has come; `None` until enough has come to tell.
    pub const fn encoding(&self) -> Option<Encoding> {
        match self.stage {
            Stage::Utf8(encoding, _) | Stage::Utf16(encoding, _) => Some(encoding),
            Stage::SingleByte(encoding) => Some(encoding),
            Stage::Head(_) | Stage::Western(..) | Stage::Broken(_) => None,
        }
    }

    /// Where in the source the text from `start` to `end` (exclusive) was. Both count bytes of all the text since
    /// the beginning of the stream, the result counts bytes of the source, its mark included. Text that was
    /// forgotten has the place of the first that is remembered.
    pub fn source_range(&self, start: u64, end: u64) -> Range<u64> {
        let start = self.places.source(start);
        start..self.places.source(end).max(start)
    }

    /// Forgets the places of the text before byte `offset`, counted from the beginning of the stream.
    pub fn forget(&mut self, offset: u64) {
        self.places.forget(offset);
    }

    fn remember(&mut self, result: Result<(), SkipReason>) -> Result<(), SkipReason> {
        if let Err(reason) = result {
            self.stage = Stage::Broken(reason);
        }
        result
    }

    fn take(&mut self, bytes: &[u8], last: bool, out: &mut String) -> Result<(), SkipReason> {
        match &mut self.stage {
            Stage::Broken(reason) => Err(*reason),
            Stage::Head(head) => {
                head.extend_from_slice(bytes);
                let enough = head.len() >= HEAD + Encoding::of_head(head).mark_len();
                if !enough && !last {
                    return Ok(());
                }
                let head = std::mem::take(head);
                self.begin(&head, last, out)
            }
            Stage::Utf8(encoding, pending) => {
                let encoding = *encoding;
                let mut joined = std::mem::take(pending);
                joined.extend_from_slice(bytes);
                self.utf8(encoding, &joined, last, out)
            }
            Stage::Utf16(..) => self.utf16(bytes, last, out),
            Stage::Western(sample, from) => {
                let (mut sample, from) = (std::mem::take(sample), *from);
                sample.extend_from_slice(bytes);
                self.western(sample, from, last, out)
            }
            Stage::SingleByte(encoding) => {
                let encoding = *encoding;
                self.single_bytes(encoding, bytes, out)
            }
        }
    }

    fn begin(&mut self, head: &[u8], last: bool, out: &mut String) -> Result<(), SkipReason> {
        let encoding = Encoding::of_head(head);
        let body = &head[encoding.mark_len()..];
        self.places.begin(encoding.mark_len() as u64);
        if let Some(codec) = encoding.utf16() {
            self.stage = Stage::Utf16(encoding, Box::new(codec.new_decoder_without_bom_handling()));
            self.utf16(body, last, out)
        } else {
            refuse_binary(&body[..body.len().min(HEAD)])?;
            match first_broken(&body[..body.len().min(HEAD)], last) {
                // Nothing has been handed out: as in a whole file, what comes before is in the same encoding.
                Some(from) if encoding == Encoding::Utf8 => self.western(body.to_vec(), from, last, out),
                _ => self.utf8(encoding, body, last, out),
            }
        }
    }

    fn utf8(&mut self, encoding: Encoding, bytes: &[u8], last: bool, out: &mut String) -> Result<(), SkipReason> {
        let (valid, rest, broken) = match std::str::from_utf8(bytes) {
            Ok(text) => (text, &[][..], false),
            Err(error) => {
                let (valid, rest) = bytes.split_at(error.valid_up_to());
                (std::str::from_utf8(valid).unwrap_or_default(), rest, last || error.error_len().is_some())
            }
        };
        self.hand_out(valid, encoding, out)?;
        if !broken {
            self.stage = Stage::Utf8(encoding, rest.to_vec());
            return Ok(());
        }
        if encoding == Encoding::Utf8WithMark {
            return Err(SkipReason::MalformedFile);
        }
        if self.odd_control {
            return Err(SkipReason::UnsupportedFileType);
        }
        self.western(rest.to_vec(), 0, last, out)
    }

    fn western(&mut self, sample: Vec<u8>, from: usize, last: bool, out: &mut String) -> Result<(), SkipReason> {
        if sample.len() < from + HEAD && !last {
            self.stage = Stage::Western(sample, from);
            return Ok(());
        }
        let before = from.checked_sub(1).and_then(|at| sample.get(at)).copied().unwrap_or(self.before);
        let encoding = single_byte(&sample[from..sample.len().min(from + HEAD)], before);
        self.stage = Stage::SingleByte(encoding);
        self.single_bytes(encoding, &sample, out)
    }

    fn single_bytes(&mut self, encoding: Encoding, bytes: &[u8], out: &mut String) -> Result<(), SkipReason> {
        let mut text = String::new();
        encoding.decode_single_bytes(bytes, &mut text)?;
        self.hand_out(&text, encoding, out)
    }

    fn utf16(&mut self, bytes: &[u8], last: bool, out: &mut String) -> Result<(), SkipReason> {
        let Stage::Utf16(encoding, codec) = &mut self.stage else { return Ok(()) };
        let encoding = *encoding;
        let room = codec.max_utf8_buffer_length_without_replacement(bytes.len());
        let mut text = String::with_capacity(room.ok_or(SkipReason::UnableToParseFile)?);
        let (result, _) = codec.decode_to_string_without_replacement(bytes, &mut text, last);
        match result {
            DecoderResult::InputEmpty => self.hand_out(&text, encoding, out),
            DecoderResult::Malformed(..) => Err(encoding.broken()),
            DecoderResult::OutputFull => Err(SkipReason::UnableToParseFile),
        }
    }

    fn hand_out(&mut self, text: &str, encoding: Encoding, out: &mut String) -> Result<(), SkipReason> {
        if text.contains('\0') {
            return Err(SkipReason::UnsupportedFileType);
        }
        self.before = text.bytes().next_back().unwrap_or(self.before);
        self.odd_control |= text.bytes().any(is_odd_control);
        self.places.extend(text, encoding);
        out.push_str(text);
        Ok(())
    }
}

/// Where bytes are no UTF-8; a character that is cut off is none when it is the `last`.
fn first_broken(bytes: &[u8], last: bool) -> Option<usize> {
    let error = std::str::from_utf8(bytes).err()?;
    (last || error.error_len().is_some()).then_some(error.valid_up_to())
}

/// What is held back may be a patient's; it is not printed.
impl fmt::Debug for Decoder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Decoder").field("encoding", &self.encoding()).finish_non_exhaustive()
    }
}
