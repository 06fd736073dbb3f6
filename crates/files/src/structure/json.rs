//! JSON, and JSON values one after the other.

use pillbox_model::{DocumentPart, HeadingId};

use super::names::{shown, shown_path};
use super::{DEEPEST, Fault, Grammar, Marks};

/// Of a name so many bytes are kept.
const LONGEST_KEY: usize = 120;

/// RFC 8259, as far as it tells values from names: it does not decode escapes, nor does it check that numbers and
/// words are well formed.
#[derive(Debug, Clone)]
pub(crate) struct Json {
    state: State,
    stack: Vec<Level>,
    /// The names on the path, one per line.
    path: String,
    /// Values at the outermost level that are complete.
    records: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// Before a value.
    Value,
    /// Behind `[`: a value or `]`.
    FirstItem,
    /// Behind `{`: a name or `}`.
    FirstName,
    /// Behind a comma in an object.
    Name,
    Colon,
    /// Behind a value in an array or an object.
    Behind,
    /// In a string: whether it is a name, and whether a backslash stands before.
    Text {
        name: bool,
        escaped: bool,
    },
    /// In a number.
    Number,
    /// In `true`, `false` or `null`.
    Word,
}

#[derive(Debug, Clone)]
enum Level {
    /// The name whose value is being read, and how long the path was without it.
    Object { name: String, path: usize },
    /// The number of the item that is being read.
    Array(u64),
}

impl Json {
    pub(crate) fn new() -> Self {
        Self { state: State::Value, stack: Vec::new(), path: String::new(), records: 0 }
    }

    fn one(&mut self, byte: u8, at: u64, marks: &mut Marks<'_>) -> Result<(), Fault> {
        match self.state {
            State::Text { name, escaped } => self.in_text(name, escaped, byte, at, marks),
            State::Number if matches!(byte, b'0'..=b'9' | b'.' | b'-' | b'+' | b'e' | b'E') => {}
            State::Word if byte.is_ascii_lowercase() => {}
            State::Number => {
                marks.field(at, HeadingId::NONE);
                self.end_value();
                return self.one(byte, at, marks);
            }
            State::Word => {
                self.end_value();
                return self.one(byte, at, marks);
            }
            _ if matches!(byte, b' ' | b'\t' | b'\n' | b'\r') => {}
            State::Value => self.value(byte, at, marks)?,
            State::FirstItem if byte == b']' => self.close(),
            State::FirstItem => self.value(byte, at, marks)?,
            State::FirstName if byte == b'}' => self.close(),
            State::FirstName | State::Name if byte == b'"' => self.begin_name(),
            State::Colon if byte == b':' => self.state = State::Value,
            State::Behind => self.behind(byte)?,
            State::FirstName | State::Name | State::Colon => return Err(Fault::Malformed),
        }
        Ok(())
    }

    fn value(&mut self, byte: u8, at: u64, marks: &mut Marks<'_>) -> Result<(), Fault> {
        match byte {
            b'{' => {
                self.stack.push(Level::Object { name: String::new(), path: self.path.len() });
                self.state = State::FirstName;
            }
            b'[' => {
                self.stack.push(Level::Array(0));
                self.state = State::FirstItem;
            }
            b'"' => {
                let heading = marks.heading(&self.path);
                marks.field(at, heading);
                self.state = State::Text { name: false, escaped: false };
            }
            b'-' | b'0'..=b'9' => {
                let heading = marks.heading(&self.path);
                marks.field(at, heading);
                self.state = State::Number;
            }
            b't' | b'f' | b'n' => self.state = State::Word,
            _ => return Err(Fault::Malformed),
        }
        if self.stack.len() > DEEPEST { Err(Fault::TooDeep) } else { Ok(()) }
    }

    fn in_text(&mut self, name: bool, escaped: bool, byte: u8, at: u64, marks: &mut Marks<'_>) {
        let ends = byte == b'"' && !escaped;
        if !ends {
            self.state = State::Text { name, escaped: byte == b'\\' && !escaped };
        } else if name {
            self.end_name();
        } else {
            marks.field(at, HeadingId::NONE);
            self.end_value();
        }
    }

    fn begin_name(&mut self) {
        if let Some(Level::Object { name, path }) = self.stack.last_mut() {
            name.clear();
            self.path.truncate(*path);
        }
        self.state = State::Text { name: true, escaped: false };
    }

    fn name(&mut self, part: &[u8]) {
        let Some(Level::Object { name, .. }) = self.stack.last_mut() else { return };
        let room = LONGEST_KEY.saturating_sub(name.len());
        name.push_str(&String::from_utf8_lossy(&part[..part.len().min(room)]));
    }

    fn end_name(&mut self) {
        if let Some(Level::Object { name, .. }) = self.stack.last() {
            if !self.path.is_empty() {
                self.path.push('\n');
            }
            self.path.extend(name.chars().filter(|c| *c != '\n'));
        }
        self.state = State::Colon;
    }

    fn behind(&mut self, byte: u8) -> Result<(), Fault> {
        match (self.stack.last_mut(), byte) {
            (Some(Level::Array(index)), b',') => {
                *index += 1;
                self.state = State::Value;
            }
            (Some(Level::Object { .. }), b',') => self.state = State::Name,
            (Some(Level::Array(_)), b']') | (Some(Level::Object { .. }), b'}') => self.close(),
            _ => return Err(Fault::Malformed),
        }
        Ok(())
    }

    fn close(&mut self) {
        if let Some(Level::Object { path, .. }) = self.stack.pop() {
            self.path.truncate(path);
        }
        self.end_value();
    }

    fn end_value(&mut self) {
        if self.stack.is_empty() {
            self.records += 1;
            self.state = State::Value;
        } else {
            self.state = State::Behind;
        }
    }

    /// How many values stand at the outermost level, an open one included.
    pub(crate) fn values(&self) -> u64 {
        self.records + u64::from(!self.stack.is_empty())
    }
}

impl Grammar for Json {
    fn take(&mut self, bytes: &[u8], at: u64, marks: &mut Marks<'_>) -> Result<(), Fault> {
        let mut done = 0;
        while let Some(byte) = bytes.get(done) {
            if let State::Text { name, escaped: false } = self.state {
                let rest = &bytes[done..];
                let plain = memchr::memchr2(b'"', b'\\', rest).unwrap_or(rest.len());
                if name {
                    self.name(&rest[..plain]);
                }
                if plain > 0 {
                    done += plain;
                    continue;
                }
            }
            if matches!(self.state, State::Text { name: true, escaped: true }) {
                self.name(std::slice::from_ref(byte));
            }
            self.one(*byte, at + done as u64, marks)?;
            done += 1;
        }
        Ok(())
    }

    fn finish(&self) -> Result<(), Fault> {
        let complete = self.stack.is_empty() && matches!(self.state, State::Value | State::Number | State::Word);
        if complete { Ok(()) } else { Err(Fault::Malformed) }
    }

    fn part(&self) -> Option<DocumentPart> {
        let mut path = "$".to_owned();
        for level in &self.stack {
            match level {
                Level::Object { name, .. } if name.is_empty() => {}
                Level::Object { name, .. } => {
                    path.push('.');
                    path.push_str(shown(name));
                }
                Level::Array(index) => path.push_str(&format!("[{index}]")),
            }
        }
        let complete = self.stack.is_empty() && self.state == State::Value;
        let index = if complete { self.records.saturating_sub(1) } else { self.records };
        Some(DocumentPart::Record { index, path: shown_path(path) })
    }
}
