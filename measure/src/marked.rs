//! Text that knows which of it is sensitive.

use std::ops::Range;

/// One value that a scan should find.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// What it is.
    pub identifier: &'static str,
    /// What a detection must cover: the value without its label, the name without its title.
    pub core: Range<usize>,
    /// What a detection must not go beyond; the core and what may as well be counted in.
    pub reach: Range<usize>,
    /// Whether reasonable people disagree about it (a family name alone): found or not, it does not count.
    pub optional: bool,
}

/// Text with its labels, in the order of their places.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Marked {
    text: String,
    labels: Vec<Label>,
}

impl Marked {
    /// Empty.
    pub fn new() -> Self {
        Self::default()
    }

    /// Text without labels.
    pub fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), labels: Vec::new() }
    }

    /// One value and nothing else.
    pub fn of(identifier: &'static str, value: impl Into<String>) -> Self {
        Self::of_reach(identifier, "", value, "")
    }

    /// A value with what may be counted in, before and behind.
    pub fn of_reach(identifier: &'static str, before: &str, value: impl Into<String>, behind: &str) -> Self {
        let value = value.into();
        let core = before.len()..before.len() + value.len();
        let text = format!("{before}{value}{behind}");
        let label = Label { identifier, core, reach: 0..text.len(), optional: false };
        Self { text, labels: vec![label] }
    }

    /// A value that does not count, found or not.
    pub fn optional(identifier: &'static str, value: impl Into<String>) -> Self {
        let mut marked = Self::of(identifier, value);
        marked.labels[0].optional = true;
        marked
    }

    /// Appends text without labels.
    pub fn push(&mut self, text: &str) -> &mut Self {
        self.text.push_str(text);
        self
    }

    /// Appends text with its labels.
    pub fn append(&mut self, other: &Self) -> &mut Self {
        let offset = self.text.len();
        let moved = |range: &Range<usize>| range.start + offset..range.end + offset;
        self.labels.extend(other.labels.iter().map(|label| Label {
            core: moved(&label.core),
            reach: moved(&label.reach),
            ..label.clone()
        }));
        self.text.push_str(&other.text);
        self
    }

    /// Text with its labels from a pattern in which each `{}` is the next of `parts`.
    pub fn filled(pattern: &str, parts: &[&Self]) -> Self {
        let mut filled = Self::new();
        let mut parts = parts.iter();
        for (position, piece) in pattern.split("{}").enumerate() {
            if position > 0
                && let Some(part) = parts.next()
            {
                filled.append(part);
            }
            filled.push(piece);
        }
        filled
    }

    /// The same in capitals, as some programs print everything. ASCII only, so that no place moves.
    pub fn in_capitals(mut self) -> Self {
        self.text.make_ascii_uppercase();
        self
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The labels.
    pub fn labels(&self) -> &[Label] {
        &self.labels
    }

    /// Characters of the text, for columns.
    pub fn width(&self) -> usize {
        self.text.chars().count()
    }
}

impl From<&str> for Marked {
    fn from(text: &str) -> Self {
        Self::plain(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_move_with_their_text() {
        let name = Marked::of("NAME", "Tui Harper");
        let number = Marked::of_reach("AUSTRALIA_MEDICARE_NUMBER", "", "2123 45670 1", "/2");
        let marked = Marked::filled("Dr {} has {}.", &[&name, &number]);
        assert_eq!(marked.text(), "Dr Tui Harper has 2123 45670 1/2.");
        let texts: Vec<_> = marked.labels().iter().map(|label| &marked.text()[label.core.clone()]).collect();
        assert_eq!(texts, ["Tui Harper", "2123 45670 1"]);
        assert_eq!(&marked.text()[marked.labels()[1].reach.clone()], "2123 45670 1/2");
    }
}
