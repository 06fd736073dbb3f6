//! The archive that a document is.

use std::io::{Cursor, Read as _};

use pillbox_model::{Headings, SkipReason};
use zip::ZipArchive;

use crate::archive::zip_reason;
use crate::decode::decode;
use crate::document::{Part, PartPlace, Reading, Source};
use crate::format::Format;

/// A document that unpacks to less is no bomb, whatever its ratio. 16 MiB.
const HARMLESS: u64 = 16 << 20;

/// So much is unpacked between two questions whether to go on, in bytes.
const STEP: u64 = 1 << 20;

/// An archive that is open, and what was unpacked of it.
pub(crate) struct Package<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    size: u64,
    unpacked: u64,
}

impl<'b> Package<'b> {
    /// # Errors
    ///
    /// `MalformedFile` when it is no archive.
    pub(crate) fn open(bytes: &'b [u8]) -> Result<Self, SkipReason> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| zip_reason(&error))?;
        Ok(Self { archive, size: bytes.len() as u64, unpacked: 0 })
    }

    /// The names of its entries, in their order.
    pub(crate) fn names(&self) -> Vec<String> {
        self.archive.file_names().filter_map(|name| name.ok().map(|name| name.to_string())).collect()
    }

    /// An entry's bytes; `None` when there is no such entry.
    ///
    /// # Errors
    ///
    /// That it is damaged, encrypted, or a bomb.
    pub(crate) fn entry(&mut self, name: &str, reading: &mut Reading<'_, '_>) -> Result<Option<Vec<u8>>, SkipReason> {
        let Some(index) = self.archive.index_for_name(name) else { return Ok(None) };
        let mut entry = self.archive.by_index(index).map_err(|error| zip_reason(&error))?;
        let mut content = Vec::new();
        loop {
            reading.go_on()?;
            let read = entry.by_ref().take(STEP).read_to_end(&mut content).map_err(|_| SkipReason::MalformedFile)?;
            self.unpacked += read as u64;
            if self.unpacked > reading.limits.office_extracted || content.len() as u64 > 4 * reading.limits.document {
                return Err(SkipReason::OoxmlUncompressedSizeExceedsLimit);
            }
            if self.unpacked > HARMLESS && self.unpacked / self.size.max(1) > reading.limits.office_ratio {
                return Err(SkipReason::OoxmlUncompressedRatioExceedsLimit);
            }
            if read == 0 {
                return Ok(Some(content));
            }
        }
    }

    /// An entry's text.
    pub(crate) fn text(&mut self, name: &str, reading: &mut Reading<'_, '_>) -> Result<Option<String>, SkipReason> {
        let Some(content) = self.entry(name, reading)? else { return Ok(None) };
        let text = decode(&content).map_err(|_| SkipReason::MalformedFile)?;
        Ok(Some(text.into_string()))
    }

    /// Unpacks everything once, so that a library that unpacks without limits can be let to it.
    pub(crate) fn measure(&mut self, reading: &mut Reading<'_, '_>) -> Result<(), SkipReason> {
        for name in self.names().iter().filter(|name| name.ends_with(".xml") || name.ends_with(".rels")) {
            self.entry(name, reading)?;
        }
        Ok(())
    }
}

/// What an archive is by its entries: the beginning does not always tell.
pub(crate) fn refined(bytes: &[u8], format: Format) -> Result<Format, SkipReason> {
    let package = Package::open(bytes)?;
    let has = |name: &str| package.archive.index_for_name(name).is_some();
    Ok(if has("word/document.xml") {
        Format::Docx
    } else if has("xl/workbook.xml") {
        Format::Xlsx
    } else if format == Format::Odt && has("content.xml") {
        Format::Odt
    } else {
        Format::Zip
    })
}

impl Reading<'_, '_> {
    /// Hands out a text that was taken from a document.
    pub(crate) fn extracted(&mut self, text: &str, format: Format, member: Option<&str>) -> Result<(), SkipReason> {
        if text.trim().is_empty() {
            return Ok(());
        }
        self.hand_out(Part {
            member,
            format,
            text,
            fields: &[],
            headings: &Headings::new(false),
            in_place: false,
            source: Source::Extracted,
            place: PartPlace::None,
        })
    }

    /// Reads what else lies in a document, as members of it: documents that are embedded in it, tables behind charts,
    /// data that programs keep with it. What is in pictures is not read and noted as that.
    pub(crate) fn rest(
        &mut self,
        package: &mut Package<'_>,
        is_read: impl Fn(&str) -> bool,
        member: Option<&str>,
    ) -> Result<(), SkipReason> {
        let names = package.names();
        for name in names.iter().filter(|name| !name.ends_with('/') && !is_read(name) && !is_about_looks(name)) {
            if let Some(content) = package.entry(name, self)? {
                self.member(&content, name, member)?;
            }
        }
        Ok(())
    }
}

/// Entries that say how a document looks, how its entries belong together, or what a picture of its first page is.
fn is_about_looks(name: &str) -> bool {
    const FOLDERS: [&str; 8] = [
        "_rels/",
        "/theme/",
        "/fonts/",
        "/printerSettings/",
        "Thumbnails/",
        "docProps/thumbnail",
        "Configurations2/",
        "META-INF/",
    ];
    const NAMES: [&str; 11] = [
        "[Content_Types].xml",
        "mimetype",
        "docProps/app.xml",
        "settings.xml",
        "styles.xml",
        "webSettings.xml",
        "fontTable.xml",
        "numbering.xml",
        "stylesWithEffects.xml",
        "calcChain.xml",
        "manifest.rdf",
    ];
    FOLDERS.iter().any(|folder| name.contains(folder)) || NAMES.iter().any(|end| name.ends_with(end))
}
