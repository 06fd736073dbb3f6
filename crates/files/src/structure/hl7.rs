//! HL7 version 2 with pipes: segments and their fields.

use pillbox_model::DocumentPart;

use super::{Fault, Grammar, Marks};

/// The encoding rules of HL7 v2.x, chapter 2: a segment per line, fields parted by the character behind `MSH`.
#[derive(Debug, Clone)]
pub(super) struct Hl7 {
    /// Parts fields; the pipe, until a header says otherwise.
    separator: u8,
    /// The first three bytes of the line, and how many were read.
    segment: [u8; 3],
    read: usize,
    /// The number of the field, 0 in the segment's name.
    field: u32,
    /// Messages that began.
    messages: u64,
}

/// What the fields that speak of people hold: the segment, the field's number, and what the standard calls it (HL7 v2.5.1,
/// chapters 3, 4 and 6), in the words that forms use.
const FIELDS: [(&[u8; 3], u32, &str); 40] = [
    (b"PID", 2, "patient identifier"),
    (b"PID", 3, "patient identifier"),
    (b"PID", 4, "patient identifier"),
    (b"PID", 5, "patient name"),
    (b"PID", 6, "mother's maiden name"),
    (b"PID", 7, "date of birth"),
    (b"PID", 9, "patient name"),
    (b"PID", 11, "address"),
    (b"PID", 13, "phone number"),
    (b"PID", 14, "phone number"),
    (b"PID", 18, "account number"),
    (b"PID", 19, "social security number"),
    (b"PID", 20, "driver's license"),
    (b"PID", 21, "patient identifier"),
    (b"PD1", 4, "provider name"),
    (b"NK1", 2, "name"),
    (b"NK1", 4, "address"),
    (b"NK1", 5, "phone number"),
    (b"NK1", 6, "phone number"),
    (b"NK1", 16, "date of birth"),
    (b"NK1", 37, "social security number"),
    (b"GT1", 3, "name"),
    (b"GT1", 5, "address"),
    (b"GT1", 6, "phone number"),
    (b"GT1", 8, "date of birth"),
    (b"GT1", 12, "social security number"),
    (b"PV1", 7, "attending doctor name"),
    (b"PV1", 8, "referring doctor name"),
    (b"PV1", 9, "doctor name"),
    (b"PV1", 17, "doctor name"),
    (b"PV1", 19, "visit number"),
    (b"IN1", 16, "name"),
    (b"IN1", 18, "date of birth"),
    (b"IN1", 19, "address"),
    (b"IN1", 36, "policy number"),
    (b"IN1", 49, "member id"),
    (b"IN2", 2, "social security number"),
    (b"IN2", 6, "medicare number"),
    (b"ORC", 12, "doctor name"),
    (b"OBR", 16, "doctor name"),
];

impl Hl7 {
    pub(super) fn new() -> Self {
        Self { separator: b'|', segment: [0; 3], read: 0, field: 0, messages: 0 }
    }

    fn one(&mut self, byte: u8, at: u64, marks: &mut Marks<'_>) {
        // Vertical tab and file separator frame a message on the wire (MLLP).
        if matches!(byte, b'\r' | b'\n' | 0x0B | 0x1C) {
            marks.no_field(at);
            self.read = 0;
            self.field = 0;
        } else if self.field == 0 && self.read < self.segment.len() {
            self.segment[self.read] = byte;
            self.read += 1;
        } else if self.field == 0 && self.read == self.segment.len() && self.begins_message() {
            self.separator = byte;
            self.messages += u64::from(&self.segment == b"MSH");
            // The separator is itself the header's first field.
            self.field = 2;
        } else if byte == self.separator {
            self.field = self.field.saturating_add(1);
            let heading = marks.heading(self.heading());
            marks.field(at + 1, heading);
        }
    }

    /// Whether the segment is a header, of a message, a batch or a file: it says which characters part what.
    fn begins_message(&self) -> bool {
        matches!(&self.segment, b"MSH" | b"BHS" | b"FHS")
    }

    fn heading(&self) -> &'static str {
        let known = FIELDS.iter().find(|(segment, field, _)| **segment == self.segment && *field == self.field);
        known.map_or("", |(_, _, heading)| *heading)
    }
}

impl Grammar for Hl7 {
    fn take(&mut self, bytes: &[u8], at: u64, marks: &mut Marks<'_>) -> Result<(), Fault> {
        let mut done = 0;
        while let Some(byte) = bytes.get(done) {
            self.one(*byte, at + done as u64, marks);
            done += 1;
            if self.field > 0 {
                let rest = &bytes[done..];
                done += memchr::memchr3(self.separator, b'\r', b'\n', rest).unwrap_or(rest.len());
            }
        }
        Ok(())
    }

    fn finish(&self) -> Result<(), Fault> {
        Ok(())
    }

    fn part(&self) -> Option<DocumentPart> {
        let named = self.read == 3 && self.segment.iter().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
        let segment = if named { String::from_utf8_lossy(&self.segment).into_owned() } else { "*".to_owned() };
        let path = if self.field == 0 { segment } else { format!("{segment}-{}", self.field) };
        Some(DocumentPart::Record { index: self.messages.saturating_sub(1), path })
    }
}
