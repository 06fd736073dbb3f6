//! From tokens to text.

use std::collections::HashMap;

use pillbox_model::SkipReason;

use super::symbols::{Bytes, is_block, is_ignorable_text, is_no_text, text_of};
use super::token::{Token, Tokens};

/// Groups in each other that are followed.
const DEEPEST: usize = 1024;

/// So many tokens lie between two questions whether to go on.
const STEP: u32 = 65_536;

/// Reads the text of a source.
pub(super) struct Reader<'a> {
    tokens: Tokens<'a>,
    text: String,
    /// Bytes of the text whose character may not be complete.
    pending: Vec<u8>,
    /// The first half of a pair of UTF-16.
    half: Option<u16>,
    /// Characters that stand for the Unicode one before them, and are left out.
    substitutes: usize,
    group: Group,
    outer: Vec<Group>,
    fonts: HashMap<i32, Bytes>,
    document: Bytes,
}

/// What holds in a group of braces and ends with it.
#[derive(Debug, Clone, Copy)]
struct Group {
    skipped: bool,
    block: bool,
    /// In the table of fonts, and the font that is described.
    fonts: bool,
    font: i32,
    /// Behind `\*`: a destination that is ignored unless it is known.
    ignorable: bool,
    /// How many characters stand for a Unicode one.
    substitutes: usize,
    bytes: Option<Bytes>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(source: &'a [u8]) -> Self {
        let group = Group {
            skipped: false,
            block: false,
            fonts: false,
            font: 0,
            ignorable: false,
            substitutes: 1,
            bytes: None,
        };
        Self {
            tokens: Tokens::new(source),
            text: String::new(),
            pending: Vec::new(),
            half: None,
            substitutes: 0,
            group,
            outer: Vec::new(),
            fonts: HashMap::new(),
            document: Bytes::of_code_page(1252),
        }
    }

    pub(super) fn into_text(self) -> String {
        self.text
    }

    /// Reads to the end of the outermost group.
    ///
    /// # Errors
    ///
    /// `MalformedFile` when the source ends before it, `UnableToParseFile` when groups are nested too deep, and what
    /// `go_on` says.
    pub(super) fn read(&mut self, go_on: &mut dyn FnMut() -> Result<(), SkipReason>) -> Result<(), SkipReason> {
        let mut step = 0;
        while let Some(token) = self.tokens.next() {
            step += 1;
            if step % STEP == 0 {
                go_on()?;
            }
            match token {
                Token::Open if self.outer.len() == DEEPEST => return Err(SkipReason::UnableToParseFile),
                Token::Open => {
                    self.flush();
                    self.outer.push(self.group);
                    self.group.block = false;
                    self.group.ignorable = false;
                }
                Token::Close => {
                    self.close();
                    if self.outer.is_empty() {
                        return Ok(());
                    }
                }
                Token::Word { name, number } => self.word(name, number),
                Token::Symbol(symbol) => self.symbol(symbol),
                Token::Byte(byte) => self.bytes(&[byte]),
                Token::Bytes(bytes) => self.bytes(bytes),
            }
        }
        self.flush();
        Err(SkipReason::MalformedFile)
    }

    fn close(&mut self) {
        self.flush();
        self.substitutes = 0;
        if self.group.block && !self.group.skipped {
            self.text.push('\n');
        }
        if let Some(outer) = self.outer.pop() {
            self.group = outer;
        }
    }

    fn word(&mut self, name: &str, number: Option<i32>) {
        if name == "bin" {
            self.tokens.leave_out(number.and_then(|number| usize::try_from(number).ok()).unwrap_or_default());
            return;
        }
        if name == "u" {
            return self.unicode(number.unwrap_or_default());
        }
        self.flush();
        self.substitutes = 0;
        if std::mem::take(&mut self.group.ignorable) && !is_ignorable_text(name) {
            self.group.skipped = true;
        }
        if is_no_text(name) {
            self.group.skipped = true;
        } else if is_block(name) {
            self.group.block = true;
            if !self.group.skipped && !self.text.is_empty() && !self.text.ends_with('\n') {
                self.text.push('\n');
            }
        } else if let Some(text) = text_of(name).filter(|_| !self.group.skipped) {
            self.text.push_str(text);
        } else {
            self.setting(name, number.unwrap_or_default());
        }
    }

    fn setting(&mut self, name: &str, number: i32) {
        match name {
            "fonttbl" => (self.group.fonts, self.group.skipped) = (true, true),
            "f" if self.group.fonts => self.group.font = number,
            "f" => self.group.bytes = self.fonts.get(&number).copied(),
            "fcharset" if self.group.fonts && self.fonts.len() < DEEPEST => {
                if let Some(bytes) = Bytes::of_character_set(number) {
                    self.fonts.insert(self.group.font, bytes);
                }
            }
            "plain" => self.group.bytes = None,
            "uc" => self.group.substitutes = usize::try_from(number).unwrap_or_default().min(16),
            "ansicpg" => self.document = Bytes::of_code_page(number),
            "mac" => self.document = Bytes::of_code_page(10_000),
            "pc" => self.document = Bytes::of_code_page(437),
            "pca" => self.document = Bytes::of_code_page(850),
            _ => {}
        }
    }

    fn symbol(&mut self, symbol: u8) {
        match symbol {
            b'*' => self.group.ignorable = true,
            b'{' | b'}' | b'\\' => self.bytes(&[symbol]),
            b'~' => self.character('\u{a0}'),
            b'_' => self.character('-'),
            b'\r' | b'\n' => self.character('\n'),
            b'\t' => self.character('\t'),
            _ => {}
        }
    }

    fn character(&mut self, c: char) {
        self.flush();
        if !self.group.skipped {
            self.text.push(c);
        }
    }

    /// A code unit of UTF-16, as a signed number.
    fn unicode(&mut self, number: i32) {
        self.flush_bytes();
        self.substitutes = self.group.substitutes;
        if self.group.skipped {
            return;
        }
        let unit = u16::try_from(number & 0xFFFF).unwrap_or_default();
        let units = self.half.take().into_iter().chain([unit]);
        for decoded in char::decode_utf16(units) {
            match decoded {
                Ok(c) => self.text.push(c),
                Err(error) if (0xD800..0xDC00).contains(&error.unpaired_surrogate()) => {
                    self.half = Some(error.unpaired_surrogate());
                }
                Err(_) => self.text.push(char::REPLACEMENT_CHARACTER),
            }
        }
    }

    fn bytes(&mut self, bytes: &[u8]) {
        let left_out = self.substitutes.min(bytes.len());
        self.substitutes -= left_out;
        if !self.group.skipped && left_out < bytes.len() {
            self.half = None;
            self.pending.extend_from_slice(&bytes[left_out..]);
        }
    }

    fn flush(&mut self) {
        self.half = None;
        self.flush_bytes();
    }

    fn flush_bytes(&mut self) {
        if !self.pending.is_empty() {
            self.group.bytes.unwrap_or(self.document).decode(&self.pending, &mut self.text);
            self.pending.clear();
        }
    }
}
