//! The running text of an XML document.

use pillbox_model::SkipReason;
use quick_xml::Reader;
use quick_xml::events::Event;

/// What elements mean for the text, by their names without the vocabulary.
pub(super) struct Vocabulary {
    /// Whether the characters directly in this element are text.
    pub(super) holds_text: fn(&str) -> bool,
    /// Whether nothing in this element is text.
    pub(super) skipped: fn(&str) -> bool,
    /// What stands for the element's beginning (or for an empty one), and for its end.
    pub(super) begin: fn(&str) -> &'static str,
    pub(super) end: fn(&str) -> &'static str,
}

/// The text of a document.
///
/// # Errors
///
/// `MalformedFile` when it is not well formed, and what `go_on` says.
pub(super) fn flow(
    xml: &str,
    vocabulary: &Vocabulary,
    go_on: &mut dyn FnMut() -> Result<(), SkipReason>,
) -> Result<String, SkipReason> {
    let mut reader = Reader::from_str(xml);
    let mut text = String::new();
    // For each open element whether its characters are text.
    let mut open: Vec<bool> = Vec::new();
    let mut skipped_from = None;
    let mut events = 0u32;
    loop {
        events = events.wrapping_add(1);
        if events.is_multiple_of(65_536) {
            go_on()?;
        }
        let wanted = skipped_from.is_none();
        let in_text = wanted && open.last() == Some(&true);
        match reader.read_event().map_err(|_| SkipReason::MalformedFile)? {
            Event::Start(element) => {
                let name = element.local_name();
                let name = name.as_ref();
                if wanted && (vocabulary.skipped)(name) {
                    skipped_from = Some(open.len());
                } else if wanted {
                    text.push_str((vocabulary.begin)(name));
                }
                open.push((vocabulary.holds_text)(name));
            }
            Event::Empty(element) if wanted => {
                text.push_str((vocabulary.begin)(element.local_name().as_ref()));
                text.push_str((vocabulary.end)(element.local_name().as_ref()));
            }
            Event::End(element) => {
                open.pop();
                if wanted {
                    text.push_str((vocabulary.end)(element.local_name().as_ref()));
                } else if skipped_from == Some(open.len()) {
                    skipped_from = None;
                }
            }
            Event::Text(characters) if in_text => text.push_str(&characters.xml10_content()),
            Event::CData(characters) if in_text => text.push_str(&characters.xml10_content()),
            Event::GeneralRef(reference) if in_text => match reference.resolve_char_ref() {
                Ok(Some(c)) => text.push(c),
                _ => text.push_str(entity(&reference.xml10_content())),
            },
            Event::Eof if open.is_empty() => return Ok(text),
            Event::Eof => return Err(SkipReason::MalformedFile),
            _ => {}
        }
    }
}

/// The five entities that XML itself has.
fn entity(name: &str) -> &'static str {
    match name {
        "lt" => "<",
        "gt" => ">",
        "amp" => "&",
        "quot" => "\"",
        "apos" => "'",
        _ => "",
    }
}

/// What a document says about itself: a value per line.
pub(super) const PROPERTIES: Vocabulary =
    Vocabulary { holds_text: |_| true, skipped: |_| false, begin: |_| "", end: |_| "\n" };
