//! The tokens of Rich Text.

/// A piece of the source.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// `{`
    Open,
    /// `}`
    Close,
    /// `\name` with its number, the space behind it taken.
    Word { name: &'a str, number: Option<i32> },
    /// `\` and a character that is no letter.
    Symbol(u8),
    /// `\'hh`: a byte of the text.
    Byte(u8),
    /// Bytes of the text as they are.
    Bytes(&'a [u8]),
}

/// Cuts the source into tokens.
pub(super) struct Tokens<'a> {
    rest: &'a [u8],
}

impl<'a> Tokens<'a> {
    pub(super) const fn new(source: &'a [u8]) -> Self {
        Self { rest: source }
    }

    /// Leaves out the binary data that follows.
    pub(super) fn leave_out(&mut self, bytes: usize) {
        self.rest = self.rest.get(bytes..).unwrap_or_default();
    }

    fn control(&mut self, behind: &'a [u8]) -> Token<'a> {
        let letters = behind.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
        if letters > 0 {
            return self.word(behind, letters);
        }
        match behind {
            [b'\'', high, low, rest @ ..] if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() => {
                self.rest = rest;
                Token::Byte(hex(*high) << 4 | hex(*low))
            }
            [symbol, rest @ ..] => {
                self.rest = rest;
                Token::Symbol(*symbol)
            }
            [] => {
                self.rest = &[];
                Token::Bytes(b"")
            }
        }
    }

    fn word(&mut self, behind: &'a [u8], letters: usize) -> Token<'a> {
        let (name, rest) = behind.split_at(letters);
        let sign = usize::from(rest.first() == Some(&b'-'));
        let digits = rest[sign..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        let number_len = if digits > 0 { sign + digits } else { 0 };
        let (number, rest) = rest.split_at(number_len);
        self.rest = rest.strip_prefix(b" ").unwrap_or(rest);
        let number = std::str::from_utf8(number).ok().and_then(|number| number.parse().ok());
        Token::Word { name: std::str::from_utf8(name).unwrap_or_default(), number }
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        match self.rest {
            [] => None,
            [b'{', rest @ ..] => {
                self.rest = rest;
                Some(Token::Open)
            }
            [b'}', rest @ ..] => {
                self.rest = rest;
                Some(Token::Close)
            }
            [b'\\', behind @ ..] => Some(self.control(behind)),
            [b'\r' | b'\n', rest @ ..] => {
                self.rest = rest;
                Some(Token::Bytes(b""))
            }
            source => {
                let special = |byte: &u8| matches!(byte, b'{' | b'}' | b'\\' | b'\r' | b'\n');
                let (text, rest) = source.split_at(source.iter().position(special).unwrap_or(source.len()));
                self.rest = rest;
                Some(Token::Bytes(text))
            }
        }
    }
}

const fn hex(digit: u8) -> u8 {
    match digit {
        b'0'..=b'9' => digit - b'0',
        _ => (digit | 0x20) - b'a' + 10,
    }
}
