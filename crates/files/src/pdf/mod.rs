//! The text of PDF (ISO 32000-1), page by page.

mod font;
mod layout;
mod page;

use std::panic::{AssertUnwindSafe, catch_unwind};

use lopdf::xref::XrefRecovery;
use lopdf::{Dictionary, Document, Error, LoadOptions, Object, ObjectId, decode_text_string};
use pillbox_model::{Headings, SkipReason};

use crate::document::{Part, PartPlace, Reading, Source};
use crate::format::Format;
use page::PageReader;

impl Reading<'_, '_> {
    /// Reads the pages, what is written into forms and notes on them, what the document says about itself, and attached
    /// files. A page that is a picture, or shows text in a font that does not say what its characters are, is noted as
    /// not read, and so is a file that lost what lies where in it.
    pub(crate) fn pdf(&mut self, bytes: &[u8], member: Option<&str>) -> Result<(), SkipReason> {
        let limit = usize::try_from(self.limits.document).unwrap_or(usize::MAX);
        let options = LoadOptions { max_decompressed_size: Some(limit), ..LoadOptions::default() };
        let document = contained(|| Document::load_mem_with_options(bytes, options).map_err(|error| reason(&error)))?;
        // It is taken out of the trailer of what was decrypted.
        if document.trailer.has(b"Encrypt") && !document.was_encrypted() {
            return Err(SkipReason::InvalidEncryption);
        }
        let pages: Vec<ObjectId> = contained(|| Ok(document.page_iter().collect()))?;
        if pages.is_empty() {
            return Err(SkipReason::MalformedFile);
        }
        let mut reader = PageReader::new(&document, limit);
        for (number, page) in (1..).zip(pages) {
            let read = contained(|| reader.page(page, &mut || self.go_on()));
            let name = format!("page {number}");
            match read {
                Ok(read) => {
                    let unread = read.unread();
                    self.page(&read.text, number, member)?;
                    if let Some(reason) = unread {
                        self.leave_out(member, &name, reason)?;
                    }
                }
                Err(reason) => self.leave_out(member, &name, reason)?,
            }
        }
        self.extracted(&about(&document), Format::Pdf, member)?;
        if document.xref_recovery == Some(XrefRecovery::Reconstructed) {
            // What the file says of its objects is lost: nobody knows whether all are there.
            self.leave_out(member, "objects", SkipReason::MalformedFile)?;
        }
        self.attached_files(&document, limit, member)
    }

    fn page(&mut self, text: &str, number: u64, member: Option<&str>) -> Result<(), SkipReason> {
        self.hand_out(Part {
            member,
            format: Format::Pdf,
            text,
            fields: &[],
            headings: &Headings::new(false),
            in_place: false,
            source: Source::Extracted,
            place: PartPlace::Page(number),
        })
    }

    fn attached_files(&mut self, document: &Document, limit: usize, of: Option<&str>) -> Result<(), SkipReason> {
        let mut streams = document.objects.values().filter_map(|object| object.as_stream().ok());
        let mut number = 0;
        while let Some(stream) = streams.find(|stream| stream.dict.has_type(b"EmbeddedFile")) {
            number += 1;
            let name = format!("attachment-{number}");
            let content = contained(|| stream.get_plain_content_with_limit(limit).map_err(|error| reason(&error)));
            match content {
                Ok(content) => self.member(&content, &name, of)?,
                Err(reason) => self.leave_out(of, &name, reason)?,
            }
        }
        Ok(())
    }
}

/// Runs what a library does with hostile bytes: that it panics says no more than that they are damaged.
fn contained<T>(run: impl FnOnce() -> Result<T, SkipReason>) -> Result<T, SkipReason> {
    catch_unwind(AssertUnwindSafe(run)).unwrap_or(Err(SkipReason::MalformedFile))
}

fn reason(error: &Error) -> SkipReason {
    match error {
        Error::InvalidPassword | Error::Decryption(_) | Error::UnsupportedSecurityHandler(_) => {
            SkipReason::InvalidEncryption
        }
        Error::Decompress(lopdf::DecompressError::MemoryLimitExceeded { .. }) => SkipReason::FileExceedsSizeLimit,
        _ => SkipReason::MalformedFile,
    }
}

/// What the document says about itself: a value per line.
fn about(document: &Document) -> String {
    let Some(about) = dictionary(document, &document.trailer, b"Info") else { return String::new() };
    let values = ["Title", "Author", "Subject", "Keywords"].map(|key| entry(document, about, key.as_bytes()));
    let texts = values.into_iter().flatten().filter_map(|value| decode_text_string(value).ok());
    texts.map(|text| text + "\n").collect()
}

/// What `object` is, or refers to.
fn resolved<'d>(document: &'d Document, object: &'d Object) -> Option<&'d Object> {
    document.dereference(object).ok().map(|(_, object)| object)
}

/// A dictionary's entry, references followed.
fn entry<'d>(document: &'d Document, dictionary: &'d Dictionary, key: &[u8]) -> Option<&'d Object> {
    dictionary.get(key).ok().and_then(|object| resolved(document, object))
}

/// A dictionary that is an entry of another.
fn dictionary<'d>(document: &'d Document, of: &'d Dictionary, key: &[u8]) -> Option<&'d Dictionary> {
    match entry(document, of, key)? {
        Object::Dictionary(dictionary) => Some(dictionary),
        Object::Stream(stream) => Some(&stream.dict),
        _ => None,
    }
}
