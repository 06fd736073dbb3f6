//! What a font's codes stand for and how wide they are.

use std::collections::HashMap;

use lopdf::{Dictionary, Document, Encoding, Object};

use super::{dictionary, entry};

/// The width of a character whose font does not tell it, in thousandths of its size: about that of a small letter.
const USUAL: f32 = 520.0;

/// A font as text needs it.
pub(super) struct Font<'d> {
    /// `None` when its codes stand for shapes only.
    encoding: Option<Encoding<'d>>,
    /// Bytes of a code.
    code: usize,
    widths: HashMap<u32, f32>,
    other: f32,
}

impl<'d> Font<'d> {
    pub(super) fn new(document: &'d Document, font: &'d Dictionary, limit: usize) -> Self {
        let composite = font.get(b"Subtype").and_then(Object::as_name).is_ok_and(|name| name == b"Type0");
        let said = font.has(b"ToUnicode") || !composite || has_unicode_codes(font);
        let encoding = if said { font.get_font_encoding_with_limit(document, limit).ok() } else { None };
        let (widths, other) = if composite { composite_widths(document, font) } else { simple_widths(document, font) };
        Self { encoding, code: if composite { 2 } else { 1 }, widths, other }
    }

    /// The text of a string; `None` when the font does not tell it.
    pub(super) fn text(&self, codes: &[u8]) -> Option<String> {
        Document::decode_text(self.encoding.as_ref()?, codes).ok()
    }

    /// How many characters a string shows, and how far it reaches in units of the font's size.
    pub(super) fn extent(&self, codes: &[u8]) -> (f32, f32) {
        let (mut count, mut width) = (0.0, 0.0);
        for code in codes.chunks(self.code) {
            let code = code.iter().fold(0u32, |code, byte| code << 8 | u32::from(*byte));
            count += 1.0;
            width += self.widths.get(&code).copied().unwrap_or(self.other);
        }
        (count, width / 1000.0)
    }
}

/// Whether a composite font's codes are Unicode by its encoding's name (ISO 32000-1, table 118).
fn has_unicode_codes(font: &Dictionary) -> bool {
    let encoding = font.get(b"Encoding").and_then(Object::as_name).unwrap_or_default();
    encoding.windows(4).any(|name| name == b"UCS2" || name == b"UTF1")
}

fn simple_widths(document: &Document, font: &Dictionary) -> (HashMap<u32, f32>, f32) {
    let first = entry(document, font, b"FirstChar").and_then(|first| first.as_i64().ok()).unwrap_or_default();
    let widths = entry(document, font, b"Widths").and_then(|widths| widths.as_array().ok());
    let known = widths.into_iter().flatten().take(256).zip(u32::try_from(first).unwrap_or_default()..);
    let width = |object: &Object| document.dereference(object).ok().and_then(|(_, object)| object.as_float().ok());
    (known.filter_map(|(object, code)| Some((code, width(object)?))).collect(), USUAL)
}

/// The widths of a composite font: `first [w w …]` or `first last w`, in any order (ISO 32000-1, section 9.7.4.3).
fn composite_widths(document: &Document, font: &Dictionary) -> (HashMap<u32, f32>, f32) {
    let mut widths = HashMap::new();
    let descendants = entry(document, font, b"DescendantFonts").and_then(|fonts| fonts.as_array().ok());
    let descendant = descendants.and_then(|fonts| fonts.first()).and_then(|font| document.dereference(font).ok());
    let Some(descendant) = descendant.and_then(|(_, font)| font.as_dict().ok()) else { return (widths, USUAL) };
    let other = entry(document, descendant, b"DW").and_then(|width| width.as_float().ok()).unwrap_or(1000.0);
    let list = entry(document, descendant, b"W").and_then(|list| list.as_array().ok()).map_or(&[][..], Vec::as_slice);
    let number = |object: Option<&Object>| object.and_then(|object| object.as_float().ok());
    let mut rest = list;
    while let (Some(first), Some(second)) = (number(rest.first()), rest.get(1)) {
        let first = first as u32;
        if let Ok((_, Object::Array(each))) = document.dereference(second) {
            widths.extend((first..).zip(each).filter_map(|(code, width)| Some((code, width.as_float().ok()?))));
            rest = &rest[2..];
        } else if let (Some(last), Some(width)) = (number(Some(second)), number(rest.get(2))) {
            widths.extend((first..=(last as u32).min(0xFFFF)).map(|code| (code, width)));
            rest = &rest[3..];
        } else {
            break;
        }
    }
    (widths, other)
}

/// A page's or a form's fonts by the names that its content gives them.
pub(super) fn named<'d>(document: &'d Document, resources: &'d Dictionary, name: &[u8]) -> Option<&'d Dictionary> {
    dictionary(document, dictionary(document, resources, b"Font")?, name)
}
