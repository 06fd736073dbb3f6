//! Lines and columns, counted on the way and only as far as something is reported.

/// Counts lines and columns forward through one text that arrives in pieces. A line ends with LF, CR LF or
/// a lone CR; a column is a character (Unicode scalar value).
#[derive(Debug, Clone)]
pub(crate) struct Counter {
    at: u64,
    line: u64,
    column: u64,
    after_cr: bool,
}

impl Counter {
    pub(crate) const fn new() -> Self {
        Self { at: 0, line: 1, column: 1, after_cr: false }
    }

    /// Where the counter stands: offset in the whole text.
    pub(crate) const fn at(&self) -> u64 {
        self.at
    }

    /// Line and column of the character at the offset where the counter stands.
    pub(crate) const fn line_and_column(&self) -> (u64, u64) {
        (self.line, self.column)
    }

    /// Goes over `passed`, the text that follows.
    pub(crate) fn pass(&mut self, passed: &str) {
        let mut rest = passed.as_bytes();
        self.at += rest.len() as u64;
        if self.after_cr && !rest.is_empty() {
            self.after_cr = false;
            if rest[0] == b'\n' {
                rest = &rest[1..];
            }
        }
        while let Some(end) = memchr::memchr2(b'\n', b'\r', rest) {
            self.line += 1;
            self.column = 1;
            let is_cr = rest[end] == b'\r';
            rest = &rest[end + 1..];
            match rest.first() {
                Some(b'\n') if is_cr => rest = &rest[1..],
                None if is_cr => self.after_cr = true,
                _ => {}
            }
        }
        self.column += characters(rest);
    }
}

fn characters(bytes: &[u8]) -> u64 {
    bytes.iter().filter(|byte| **byte & 0xC0 != 0x80).count() as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(pieces: &[&str]) -> (u64, u64) {
        let mut counter = Counter::new();
        for piece in pieces {
            counter.pass(piece);
        }
        counter.line_and_column()
    }

    #[test]
    fn lines_end_with_lf_cr_lf_or_a_lone_cr() {
        assert_eq!(count(&["a\nb\r\nc\rd"]), (4, 2));
        assert_eq!(count(&["a\r", "\nb"]), (2, 2));
        assert_eq!(count(&["a\r", "b"]), (2, 2));
    }

    #[test]
    fn columns_are_characters() {
        assert_eq!(count(&["ä€😀x"]), (1, 5));
    }
}
