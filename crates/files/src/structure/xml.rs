//! XML: elements, attributes and their text.

use pillbox_model::{DocumentPart, HeadingId};

use super::names::{shown, shown_path};
use super::{DEEPEST, Fault, Grammar, Marks};

/// Of a name so many bytes are kept.
const LONGEST_NAME: usize = 120;

/// XML 1.0, as far as it tells text from markup. End tags close whatever is open; what is not well formed is followed
/// as well as it goes.
#[derive(Debug, Clone)]
pub(super) struct Xml {
    state: State,
    /// The names of the elements that are open, one per line.
    path: String,
    /// How long the path was before each.
    stack: Vec<usize>,
    /// The name of the tag or attribute that is being read.
    name: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// In text, and whether a field was marked for it.
    Text { marked: bool },
    /// Behind `<`.
    Open,
    /// In the name of an element.
    Element,
    /// In a start tag, behind the element's name.
    InTag,
    /// Behind a slash in a start tag.
    Slash,
    /// In an attribute's name.
    Attribute,
    /// Behind an attribute's name, before its value.
    BeforeValue,
    /// In an attribute's value, up to this quotation mark.
    Value(u8),
    /// In an end tag.
    EndTag,
    /// Behind `<!`: so many of the characters that tell a comment (`--`) or character data (`[CDATA[`) apart.
    Bang(u8),
    /// In a declaration, so many levels of `<` deep.
    Declaration(u16),
    /// In a comment or character data, with so many of its closing characters read.
    Until(Closing, u8),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Closing {
    Comment,
    CharacterData,
    Instruction,
}

impl Closing {
    const fn mark(self) -> &'static [u8] {
        match self {
            Self::Comment => b"-->",
            Self::CharacterData => b"]]>",
            Self::Instruction => b"?>",
        }
    }
}

impl Xml {
    pub(super) fn new() -> Self {
        Self { state: State::Text { marked: false }, path: String::new(), stack: Vec::new(), name: String::new() }
    }

    fn one(&mut self, byte: u8, at: u64, marks: &mut Marks<'_>) -> Result<(), Fault> {
        self.state = match self.state {
            State::Text { .. } if byte == b'<' => State::Open,
            State::Text { marked: false } if !byte.is_ascii_whitespace() => {
                let heading = marks.heading(&self.path);
                marks.field(at, heading);
                State::Text { marked: true }
            }
            State::Text { marked } => State::Text { marked },
            State::Open => self.behind_angle(byte, at, marks),
            State::Element if is_name(byte) => self.letter(byte, State::Element),
            State::Element => {
                self.open()?;
                self.in_tag(byte)
            }
            State::InTag => self.in_tag(byte),
            State::Slash if byte == b'>' => self.close(),
            State::Slash => self.in_tag(byte),
            State::Attribute if is_name(byte) => self.letter(byte, State::Attribute),
            State::Attribute | State::BeforeValue => self.before_value(byte, at, marks),
            State::Value(quote) if byte == quote => {
                marks.no_field(at);
                State::InTag
            }
            State::Value(quote) => State::Value(quote),
            State::EndTag if byte == b'>' => self.close(),
            State::EndTag => State::EndTag,
            State::Bang(read) => {
                let next = bang(read, byte);
                if next == State::Until(Closing::CharacterData, 0) {
                    let heading = marks.heading(&self.path);
                    marks.field(at + 1, heading);
                }
                next
            }
            State::Declaration(deep) => declaration(deep, byte),
            State::Until(closing, read) => until(closing, read, byte),
        };
        Ok(())
    }

    fn behind_angle(&mut self, byte: u8, at: u64, marks: &mut Marks<'_>) -> State {
        let markup = matches!(byte, b'/' | b'!' | b'?') || is_name(byte);
        if markup {
            marks.no_field(at - 1);
        }
        match byte {
            b'/' => State::EndTag,
            b'!' => State::Bang(0),
            b'?' => State::Until(Closing::Instruction, 0),
            _ if markup => {
                self.name.clear();
                self.letter(byte, State::Element)
            }
            // A sign of comparison in running text.
            _ => State::Text { marked: *marks.last != HeadingId::NONE },
        }
    }

    fn letter(&mut self, byte: u8, state: State) -> State {
        match byte {
            // What stands before a colon names the vocabulary, not the thing.
            b':' => self.name.clear(),
            _ if self.name.len() < LONGEST_NAME => self.name.push(char::from(byte)),
            _ => {}
        }
        state
    }

    fn open(&mut self) -> Result<(), Fault> {
        self.stack.push(self.path.len());
        if !self.path.is_empty() {
            self.path.push('\n');
        }
        self.path.push_str(&self.name);
        if self.stack.len() > DEEPEST { Err(Fault::TooDeep) } else { Ok(()) }
    }

    fn close(&mut self) -> State {
        self.path.truncate(self.stack.pop().unwrap_or_default());
        State::Text { marked: false }
    }

    fn in_tag(&mut self, byte: u8) -> State {
        match byte {
            b'>' => State::Text { marked: false },
            b'/' => State::Slash,
            _ if is_name(byte) => {
                self.name.clear();
                self.letter(byte, State::Attribute)
            }
            _ => State::InTag,
        }
    }

    fn before_value(&mut self, byte: u8, at: u64, marks: &mut Marks<'_>) -> State {
        match byte {
            b'"' | b'\'' => {
                let heading = marks.heading(&format!("{}\n{}", self.path, self.name));
                marks.field(at + 1, heading);
                State::Value(byte)
            }
            b'=' => State::BeforeValue,
            _ if byte.is_ascii_whitespace() => State::BeforeValue,
            _ => self.in_tag(byte),
        }
    }
}

fn until(closing: Closing, read: u8, byte: u8) -> State {
    let mark = closing.mark();
    let expected = mark.get(usize::from(read)).copied();
    if expected == Some(byte) {
        if usize::from(read) + 1 == mark.len() {
            State::Text { marked: false }
        } else {
            State::Until(closing, read + 1)
        }
    } else if read > 0 && mark.first() == Some(&byte) {
        // A third hyphen or bracket is the second of another pair.
        State::Until(closing, read.min(if mark.len() == 3 { 2 } else { 1 }))
    } else {
        State::Until(closing, 0)
    }
}

fn bang(read: u8, byte: u8) -> State {
    const CHARACTER_DATA: &[u8] = b"[CDATA[";
    match (read, byte) {
        (0, b'-') => State::Bang(64),
        (64, b'-') => State::Until(Closing::Comment, 0),
        (read, byte) if CHARACTER_DATA.get(usize::from(read)) == Some(&byte) => {
            if usize::from(read) + 1 == CHARACTER_DATA.len() {
                State::Until(Closing::CharacterData, 0)
            } else {
                State::Bang(read + 1)
            }
        }
        _ => declaration(1, byte),
    }
}

fn declaration(deep: u16, byte: u8) -> State {
    match byte {
        b'<' => State::Declaration(deep.saturating_add(1)),
        b'>' if deep <= 1 => State::Text { marked: false },
        b'>' => State::Declaration(deep - 1),
        _ => State::Declaration(deep),
    }
}

/// Characters of a name; those beyond ASCII are taken as they come (XML 1.0, section 2.3).
const fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b':' | b'-' | b'.') || byte >= 0x80
}

impl Grammar for Xml {
    fn take(&mut self, bytes: &[u8], at: u64, marks: &mut Marks<'_>) -> Result<(), Fault> {
        let mut done = 0;
        while let Some(byte) = bytes.get(done) {
            let rest = &bytes[done..];
            let skipped = match self.state {
                State::Text { marked: true } => memchr::memchr(b'<', rest).unwrap_or(rest.len()),
                State::Value(quote) => memchr::memchr(quote, rest).unwrap_or(rest.len()),
                _ => 0,
            };
            if skipped > 0 {
                done += skipped;
                continue;
            }
            self.one(*byte, at + done as u64, marks)?;
            done += 1;
        }
        Ok(())
    }

    fn finish(&self) -> Result<(), Fault> {
        Ok(())
    }

    fn part(&self) -> Option<DocumentPart> {
        let mut path = String::new();
        for name in self.path.split('\n').filter(|name| !name.is_empty()) {
            path.push('/');
            path.push_str(shown(name));
        }
        if matches!(self.state, State::Value(_)) {
            path.push_str("/@");
            path.push_str(shown(&self.name));
        }
        (!path.is_empty()).then(|| DocumentPart::Record { index: 0, path: shown_path(path) })
    }
}
