//! Local files: what lies in a folder, its bytes, its text, and where in the bytes the text was.
//!
//! The way through this room: [`walk`] names the files below what a person chose, [`read_whole`] takes a
//! file of at most [`WHOLE_LIMIT`] bytes into memory, [`decode`] turns bytes into [`Text`] that knows for
//! each place in it the place in the bytes. What is larger goes through [`open`] and a [`Decoder`] piece
//! by piece. [`sniff`] says what a file is, by its content before its name; [`read_document`] reads one of any
//! [`Format`] and hands out its texts part by part, the members of archives among them, with their fields; a
//! [`Structure`] does that for a text that comes in pieces. [`redact`] makes a copy in which places are replaced by labels; [`expand_prefix`] and
//! [`object_key`] say under which key a file will lie. Of a folder that is watched, [`FolderEvents`] says that something
//! happened, and [`Settling`] when a file's writer has finished.
//!
//! Words: a path **below the root** is written with `/` and in Unicode's composed form (NFC) on every
//! operating system; a **source** offset counts bytes of the file, a text offset bytes of the UTF-8 that it
//! was decoded to. What is not read has a [`SkipReason`](pillbox_model::SkipReason) and is never left out
//! silently.
//!
//! This room never writes, renames or deletes a file, and depends neither on the network nor on the clock,
//! nor on any other room than `pillbox-model`.

mod archive;
mod code_page;
mod decode;
mod decoder;
mod document;
mod email;
mod encoding;
mod events;
mod format;
mod key;
mod limits;
mod office;
mod open;
mod pdf;
mod places;
mod platform;
mod redact;
mod rtf;
mod settling;
mod sniff;
mod structure;
mod text;
mod walk;
mod western;

pub use decode::decode;
pub use decoder::Decoder;
pub use document::{EachPart, Extraction, Part, read_document};
pub use encoding::Encoding;
pub use events::FolderEvents;
pub use format::Format;
pub use key::{PrefixError, expand_prefix, object_key};
pub use limits::Limits;
pub use open::{OpenFile, WHOLE_LIMIT, open, open_found, read_whole, skip_reason};
pub use redact::{RedactError, mask, redact};
pub use settling::{FileStamp, Settling, is_temporary};
pub use sniff::{SNIFFED, sniff};
pub use structure::Structure;
pub use text::Text;
pub use walk::{Entry, FoundFile, walk};
