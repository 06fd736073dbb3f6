//! A receipt as JSON: `{"receipt": head, "files": [one entry a line]}`. Without names it is the canonical form.

use std::fmt;
use std::io::{BufReader, Read, Write};

use pillbox_model::{ErrorCode, Failure};
use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::document::{FORM, ReceiptFile, ReceiptHead};
use super::export::unwritten;
use super::source::Source;

/// Writes a receipt piece by piece.
struct Writer<W> {
    out: W,
    files: u64,
}

impl<W: Write> Writer<W> {
    fn begin(mut out: W, head: &ReceiptHead) -> Result<Self, Failure> {
        out.write_all(b"{\"receipt\":").map_err(|error| unwritten(&error))?;
        write(&mut out, head)?;
        out.write_all(b",\"files\":[").map_err(|error| unwritten(&error))?;
        Ok(Self { out, files: 0 })
    }

    fn file(&mut self, file: &ReceiptFile) -> Result<(), Failure> {
        let before: &[u8] = if self.files == 0 { b"\n" } else { b",\n" };
        self.files += 1;
        self.out.write_all(before).map_err(|error| unwritten(&error))?;
        write(&mut self.out, file)
    }

    fn end(mut self) -> Result<W, Failure> {
        self.out.write_all(b"\n]}\n").map_err(|error| unwritten(&error))?;
        Ok(self.out)
    }
}

fn write(out: &mut impl Write, value: &impl Serialize) -> Result<(), Failure> {
    let text = serde_json::to_vec(value).map_err(|_| ErrorCode::Internal)?;
    out.write_all(&text).map_err(|error| unwritten(&error))
}

/// Writes an upload's receipt, with names or in its canonical form.
pub(super) fn write_receipt<W: Write>(source: &Source<'_>, names: bool, out: W) -> Result<W, Failure> {
    let mut writer = Writer::begin(out, &source.head(names)?)?;
    source.each(|file| writer.file(&source.entry(file, names)))?;
    writer.end()
}

/// The SHA-256 of an upload's receipt in its canonical form, in hexadecimal.
pub(super) fn digest(source: &Source<'_>) -> Result<String, Failure> {
    Ok(hex::encode(write_receipt(source, false, Sha256::new())?.finalize()))
}

/// What a file that was read comes to.
pub(super) struct ReadReceipt {
    pub(super) head: ReceiptHead,
    /// The SHA-256 of its canonical form, in hexadecimal.
    pub(super) digest: String,
    /// Whether it is, byte for byte, as Pillbox writes what it says.
    pub(super) is_as_written: bool,
}

/// Reads a receipt, and hands each entry on as it comes.
///
/// # Errors
/// [`ErrorCode::ReceiptNotUnderstood`] about the line; what `each` says.
pub(super) fn read_receipt(
    input: impl Read,
    mut each: impl FnMut(&ReceiptHead, ReceiptFile) -> Result<(), Failure>,
) -> Result<ReadReceipt, Failure> {
    let mut raw = Hashing { input, sum: Sha256::new() };
    let mut trouble = None;
    let mut reading = Reading { each: &mut each, trouble: &mut trouble };
    let mut input = serde_json::Deserializer::from_reader(BufReader::with_capacity(64 * 1024, &mut raw));
    let read = reading.deserialize(&mut input).and_then(|read| input.end().map(|()| read));
    let (head, canonical, written) = match (read, trouble) {
        (_, Some(failure)) => return Err(failure),
        (Err(error), None) => {
            return Err(Failure::about(ErrorCode::ReceiptNotUnderstood, format!("line {}", error.line())));
        }
        (Ok(read), None) => read,
    };
    Ok(ReadReceipt {
        head,
        digest: hex::encode(canonical.finalize()),
        is_as_written: written.finalize() == raw.sum.finalize(),
    })
}

/// Sums up what is read.
struct Hashing<R> {
    input: R,
    sum: Sha256,
}

impl<R: Read> Read for Hashing<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let length = self.input.read(buffer)?;
        self.sum.update(&buffer[..length]);
        Ok(length)
    }
}

/// Goes through the document. What `each` fails with is put aside, since a parser's error has room for text alone.
struct Reading<'a, F> {
    each: &'a mut F,
    trouble: &'a mut Option<Failure>,
}

/// The head, the canonical form and the form with all that was read, both summed up.
type Gone = (ReceiptHead, Sha256, Sha256);

impl<'de, F: FnMut(&ReceiptHead, ReceiptFile) -> Result<(), Failure>> Reading<'_, F> {
    fn deserialize<D: Deserializer<'de>>(&mut self, input: D) -> Result<Gone, D::Error> {
        input.deserialize_map(self)
    }

    fn files<A: SeqAccess<'de>>(&mut self, head: ReceiptHead, mut entries: A) -> Result<Gone, Failure> {
        let mut canonical = Writer::begin(Sha256::new(), &head.clone().without_names())?;
        let mut written = Writer::begin(Sha256::new(), &head)?;
        let not_understood = |_: A::Error| Failure::new(ErrorCode::ReceiptNotUnderstood);
        while let Some(file) = entries.next_element::<ReceiptFile>().map_err(not_understood)? {
            written.file(&file)?;
            canonical.file(&file.clone().without_names())?;
            (self.each)(&head, file)?;
        }
        Ok((head, canonical.end()?, written.end()?))
    }
}

#[derive(Deserialize, PartialEq, Eq)]
#[serde(rename_all = "camelCase")]
enum Field {
    Receipt,
    Files,
}

impl<'de, F: FnMut(&ReceiptHead, ReceiptFile) -> Result<(), Failure>> Visitor<'de> for &mut Reading<'_, F> {
    type Value = Gone;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a receipt")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Gone, A::Error> {
        if map.next_key()? != Some(Field::Receipt) {
            return Err(A::Error::custom("a receipt begins with its head"));
        }
        let head: ReceiptHead = map.next_value()?;
        if head.form != FORM || map.next_key()? != Some(Field::Files) {
            return Err(A::Error::custom("no receipt of this form"));
        }
        let gone = map.next_value_seed(Files { reading: self, head })?;
        match map.next_key::<Field>()? {
            None => Ok(gone),
            Some(_) => Err(A::Error::custom("nothing follows the files")),
        }
    }
}

struct Files<'r, 'a, F> {
    reading: &'r mut Reading<'a, F>,
    head: ReceiptHead,
}

impl<'de, F: FnMut(&ReceiptHead, ReceiptFile) -> Result<(), Failure>> DeserializeSeed<'de> for Files<'_, '_, F> {
    type Value = Gone;

    fn deserialize<D: Deserializer<'de>>(self, input: D) -> Result<Gone, D::Error> {
        input.deserialize_seq(self)
    }
}

impl<'de, F: FnMut(&ReceiptHead, ReceiptFile) -> Result<(), Failure>> Visitor<'de> for Files<'_, '_, F> {
    type Value = Gone;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the files")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, entries: A) -> Result<Gone, A::Error> {
        let Self { reading, head } = self;
        reading.files(head, entries).map_err(|failure| {
            let said = A::Error::custom("no receipt");
            // Where it is not understood, the parser knows the line.
            if failure.code != ErrorCode::ReceiptNotUnderstood {
                *reading.trouble = Some(failure);
            }
            said
        })
    }
}
