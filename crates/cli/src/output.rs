//! What is printed: text for people, JSON for programs, errors in one form.

use std::io::{self, BufWriter, Write};
use std::process::ExitCode;
use std::sync::atomic::{AtomicU64, Ordering};

use pillbox_app::Words;
use pillbox_model::{ErrorCode, Failure};
use serde::Serialize;
use serde_json::{Value, json};

use crate::arguments::Format;

/// The program's two streams.
pub(crate) struct Output {
    format: Format,
    /// Objects printed so far, for the commas of the array.
    printed: AtomicU64,
}

impl Output {
    pub(crate) fn new(format: Format) -> Self {
        Self { format, printed: AtomicU64::new(0) }
    }

    /// What is printed in.
    pub(crate) const fn format(&self) -> Format {
        self.format
    }

    /// Whether programs read along.
    pub(crate) fn is_json(&self) -> bool {
        self.format != Format::Text
    }

    /// A line for people; nothing where programs read along.
    pub(crate) fn line(&self, text: &str) {
        if self.format == Format::Text {
            write(&mut io::stdout().lock(), format_args!("{text}\n"));
        }
    }

    /// An object for programs; nothing where people read.
    pub(crate) fn object(&self, value: &Value) {
        let mut out = io::stdout().lock();
        match self.format {
            Format::Text => {}
            Format::Jsonl => write(&mut out, format_args!("{value}\n")),
            Format::Json => {
                let before = if self.printed.load(Ordering::Relaxed) == 0 { "[\n" } else { ",\n" };
                write(&mut out, format_args!("{before}{value}"));
            }
        }
        self.printed.fetch_add(1, Ordering::Relaxed);
    }

    /// What [`Format::rendered`] made of objects and lines, many at once.
    pub(crate) fn rendered(&self, text: &[u8]) {
        let mut out = io::stdout().lock();
        let is_first = !text.is_empty() && self.printed.fetch_add(1, Ordering::Relaxed) == 0;
        match text.split_first() {
            Some((_, rest)) if self.format == Format::Json && is_first => {
                write_all(&mut out, b"[");
                write_all(&mut out, rest);
            }
            _ => write_all(&mut out, text),
        }
    }

    /// Text for another program, whatever the format.
    pub(crate) fn text(&self, text: &str) {
        write(&mut io::stdout().lock(), format_args!("{text}"));
    }

    /// A document for another program, piece by piece, whatever the format.
    pub(crate) fn document(&self) -> impl Write {
        BufWriter::with_capacity(64 * 1024, Document)
    }

    /// Ends the output; to be called once where objects were printed.
    pub(crate) fn end(&self) {
        if self.format == Format::Json {
            let text = if self.printed.load(Ordering::Relaxed) == 0 { "[]\n" } else { "\n]\n" };
            write(&mut io::stdout().lock(), format_args!("{text}"));
        }
    }

    /// A message for people, on standard error.
    pub(crate) fn message(&self, text: &str) {
        write(&mut io::stderr().lock(), format_args!("{text}\n"));
    }

    /// What went wrong and what to do, on standard error.
    pub(crate) fn error(&self, failure: &Failure) {
        let words = Words::english();
        self.message(&format!("error: {}. help: {}", words.error(failure), words.help_with(failure)));
        if self.is_json() {
            self.object(&json!({ "type": "error", "code": failure.code, "about": failure.about }));
        }
    }

    /// What went wrong, and the exit code that says so: 1 for what waits for a person, 2 for the rest.
    pub(crate) fn fail(&self, failure: &Failure) -> ExitCode {
        self.error(failure);
        self.end();
        match failure.code {
            ErrorCode::BucketNotShut
            | ErrorCode::BucketProtectionUnknown
            | ErrorCode::DecisionNeeded
            | ErrorCode::ConsentNeeded
            | ErrorCode::NoSuchChange => ExitCode::from(1),
            _ => ExitCode::from(2),
        }
    }
}

struct Document;

impl Write for Document {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        write_all(&mut io::stdout().lock(), bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Format {
    /// Adds an object as this format writes it; in text there are none. The comma before an object of an array
    /// becomes the array's bracket where the object is the first, see [`Output::rendered`].
    pub(crate) fn render(self, object: &impl Serialize, out: &mut Vec<u8>) {
        let (before, behind) = match self {
            Self::Text => return,
            Self::Json => (",\n", ""),
            Self::Jsonl => ("", "\n"),
        };
        out.extend_from_slice(before.as_bytes());
        // What is printed has nothing that JSON can't write, and memory does not fail to be written to.
        let _ = serde_json::to_writer(&mut *out, object);
        out.extend_from_slice(behind.as_bytes());
    }
}

fn write_all(out: &mut impl Write, bytes: &[u8]) {
    if out.write_all(bytes).and_then(|()| out.flush()).is_err() {
        std::process::exit(2);
    }
}

/// Writes, and ends the program quietly when nobody reads any more, as `pillbox scan … | head` does.
fn write(out: &mut impl Write, text: std::fmt::Arguments<'_>) {
    if out.write_fmt(text).and_then(|()| out.flush()).is_err() {
        std::process::exit(2);
    }
}

/// So many of something, with its word in the right number.
pub(crate) fn counted(number: u64, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    use super::counted;

    #[test]
    fn one_is_not_many() {
        assert_eq!(counted(0, "file", "files"), "0 files");
        assert_eq!(counted(1, "file", "files"), "1 file");
        assert_eq!(counted(2, "file", "files"), "2 files");
    }
}
