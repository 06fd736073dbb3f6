//! The fields of a text: columns, records, elements, and what each is called.

use std::collections::HashMap;

/// Where a field begins. It ends where the next begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// Offset of its first byte in the text.
    pub start: u64,
    /// What it is called, see [`Headings`].
    pub heading: HeadingId,
}

/// The number of a heading in [`Headings`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct HeadingId(pub u32);

impl HeadingId {
    /// Text between fields, or a field without a name.
    pub const NONE: Self = Self(0);
}

/// What fields are called. A heading is the name of a column, or the names on the path to a value (from the outermost
/// to its own), one per line. Equal headings have one number, so that a table of any length needs few.
#[derive(Debug, Clone)]
pub struct Headings {
    texts: Vec<String>,
    numbers: HashMap<String, u32>,
    /// Whether a field stands for itself: words outside of it do not speak of its values.
    confined: bool,
}

/// More headings than any document that people or programs read has; beyond them fields have no name, so that hostile
/// texts cannot fill the memory.
const MOST: usize = 65_536;

impl Headings {
    /// None yet. In a `confined` text (tables, JSON) words outside a field do not speak of its values; otherwise
    /// (XML) headings are one more hint in a running text.
    pub fn new(confined: bool) -> Self {
        Self { texts: vec![String::new()], numbers: HashMap::new(), confined }
    }

    /// The number of a heading, which is taken in when it is new. An empty one, and one too many, is
    /// [`HeadingId::NONE`].
    pub fn number(&mut self, heading: &str) -> HeadingId {
        if heading.is_empty() {
            return HeadingId::NONE;
        }
        if let Some(number) = self.numbers.get(heading) {
            return HeadingId(*number);
        }
        let Some(number) = u32::try_from(self.texts.len()).ok().filter(|_| self.texts.len() < MOST) else {
            return HeadingId::NONE;
        };
        self.texts.push(heading.to_owned());
        self.numbers.insert(heading.to_owned(), number);
        HeadingId(number)
    }

    /// The heading of a number; empty for [`HeadingId::NONE`].
    pub fn text(&self, number: HeadingId) -> &str {
        usize::try_from(number.0).ok().and_then(|number| self.texts.get(number)).map_or("", String::as_str)
    }

    /// How many there are, the empty one included; numbers run from 0 to below it.
    pub fn len(&self) -> usize {
        self.texts.len()
    }

    /// Whether no field has a name.
    pub fn is_empty(&self) -> bool {
        self.texts.len() == 1
    }

    /// Whether words outside a field do not speak of its values.
    pub fn confined(&self) -> bool {
        self.confined
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_headings_have_one_number() {
        let mut headings = Headings::new(true);
        let medicare = headings.number("Medicare No");
        assert_ne!(medicare, HeadingId::NONE);
        assert_eq!(headings.number("Medicare No"), medicare);
        assert_eq!(headings.text(medicare), "Medicare No");
        assert_eq!(headings.number(""), HeadingId::NONE);
        assert_eq!(headings.text(HeadingId(9)), "");
    }
}
