//! Word and OpenDocument texts.

use pillbox_model::SkipReason;

use super::flow::{PROPERTIES, Vocabulary, flow};
use super::package::Package;
use crate::document::Reading;
use crate::format::Format;

/// WordprocessingML and DrawingML (ECMA-376, part 1, sections 17 and 21). A paragraph is a line, a row of a table too,
/// with tabs between its cells. What was deleted and is kept as a change is text; what stands there a second time, for
/// programs that don't know the first way, is none.
const WORD: Vocabulary = Vocabulary {
    holds_text: |name| matches!(name, "t" | "text" | "delText" | "instrText" | "delInstrText"),
    skipped: |name| name == "Fallback",
    begin: |name| match name {
        "tab" | "ptab" => "\t",
        "br" | "cr" => "\n",
        "noBreakHyphen" => "-",
        _ => "",
    },
    end: |name| match name {
        "p" | "tr" => "\n",
        "tc" => "\t",
        _ => "",
    },
};

/// The entries of a Word document that hold no text of people.
const NO_TEXT: [&str; 6] = ["styles", "settings", "webSettings", "fontTable", "numbering", "stylesWithEffects"];

/// OpenDocument 1.3, part 3, sections 5, 6 and 9. Paragraphs and rows are lines, as in Word.
const OPEN_DOCUMENT: Vocabulary = Vocabulary {
    holds_text: |name| {
        matches!(name, "p" | "h" | "span" | "a" | "ruby-base" | "creator" | "date" | "date-string" | "placeholder")
            || name.ends_with("-field")
            || matches!(
                name,
                "meta" | "title" | "subject" | "description" | "author-name" | "user-defined" | "s" | "initial-creator"
            )
            || matches!(
                name,
                "bookmark-ref" | "reference-ref" | "sequence" | "expression" | "text-input" | "note-citation"
            )
    },
    skipped: |name| matches!(name, "automatic-styles" | "font-face-decls" | "scripts" | "binary-data" | "object"),
    begin: |name| match name {
        "tab" => "\t",
        "line-break" => "\n",
        "s" => " ",
        _ => "",
    },
    end: |name| match name {
        "p" | "h" | "table-row" | "title" | "subject" | "description" | "user-defined" | "creator"
        | "initial-creator" => "\n",
        "table-cell" | "covered-table-cell" => "\t",
        _ => "",
    },
};

impl Reading<'_, '_> {
    /// Reads a Word document: its body, then headers, footers, notes and comments, and what it says about itself.
    pub(crate) fn word(&mut self, bytes: &[u8], member: Option<&str>) -> Result<(), SkipReason> {
        let mut package = Package::open(bytes)?;
        let mut names = package.names();
        names.retain(|name| is_word_text(name));
        // The body comes first, wherever it lies.
        names.sort_by_key(|name| name != "word/document.xml");
        for name in names {
            self.entry(&mut package, &name, &WORD, Format::Docx, member)?;
        }
        self.properties(&mut package, Format::Docx, member)?;
        self.rest(&mut package, |name| is_word_text(name) || is_property(name), member)
    }

    /// Reads an OpenDocument file: its content, headers, footers, objects embedded in it, and what it says about itself.
    pub(crate) fn open_document(&mut self, bytes: &[u8], member: Option<&str>) -> Result<(), SkipReason> {
        let mut package = Package::open(bytes)?;
        let manifest = package.text("META-INF/manifest.xml", self)?;
        if manifest.is_some_and(|manifest| manifest.contains("encryption-data")) {
            return Err(SkipReason::InvalidEncryption);
        }
        for name in package.names().iter().filter(|name| is_open_document_text(name)) {
            self.entry(&mut package, name, &OPEN_DOCUMENT, Format::Odt, member)?;
        }
        // Pictures of embedded objects show what is read in the objects themselves.
        let is_read = |name: &str| is_open_document_text(name) || name.starts_with("ObjectReplacements/");
        self.rest(&mut package, is_read, member)
    }

    /// Reads one entry as a text of its own.
    pub(super) fn entry(
        &mut self,
        package: &mut Package<'_>,
        name: &str,
        vocabulary: &Vocabulary,
        format: Format,
        member: Option<&str>,
    ) -> Result<(), SkipReason> {
        let Some(xml) = package.text(name, self)? else { return Ok(()) };
        let text = flow(&xml, vocabulary, &mut || self.go_on())?;
        self.extracted(&lines(&text), format, member)
    }

    /// Reads what an Office document says about itself: its title, its author, fields that people added.
    pub(super) fn properties(
        &mut self,
        package: &mut Package<'_>,
        format: Format,
        member: Option<&str>,
    ) -> Result<(), SkipReason> {
        for name in PROPERTY_ENTRIES {
            self.entry(package, name, &PROPERTIES, format, member)?;
        }
        Ok(())
    }

    /// Reads drawings, comments and the like: entries whose text stands in the elements of Word and drawings.
    pub(super) fn drawn(
        &mut self,
        package: &mut Package<'_>,
        name: &str,
        format: Format,
        member: Option<&str>,
    ) -> Result<(), SkipReason> {
        self.entry(package, name, &WORD, format, member)
    }
}

/// Where Office documents say something about themselves.
const PROPERTY_ENTRIES: [&str; 2] = ["docProps/core.xml", "docProps/custom.xml"];

pub(super) fn is_property(name: &str) -> bool {
    PROPERTY_ENTRIES.contains(&name)
}

/// The content, headers, footers and properties of an OpenDocument file, and of the objects embedded in it.
fn is_open_document_text(name: &str) -> bool {
    let (folder, file) = name.rsplit_once('/').unwrap_or_default();
    let of_object = folder.starts_with("Object ") && !folder.contains('/') && file == "content.xml";
    of_object || matches!(name, "content.xml" | "styles.xml" | "meta.xml")
}

fn is_word_text(name: &str) -> bool {
    let Some(stem) = name.strip_prefix("word/").and_then(|name| name.strip_suffix(".xml")) else { return false };
    !NO_TEXT.contains(&stem) && !stem.starts_with("theme/")
}

/// Paragraphs in a cell stand beside each other, so that a row is one line.
fn lines(text: &str) -> String {
    text.replace("\n\t", "\t").replace("\t\n", "\n")
}
