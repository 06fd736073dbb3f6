//! E-mail: who wrote to whom, what about, the texts, and what is attached.

use mail_parser::{Message, MessageParser, MimeHeaders as _, PartType};
use memchr::memmem;
use pillbox_model::{Headings, SkipReason};

use crate::document::{Part, PartPlace, Reading, Source};
use crate::format::Format;

impl Reading<'_, '_> {
    /// Reads a message: its headers and texts as one part, its attachments as members.
    pub(crate) fn email(&mut self, bytes: &[u8], member: Option<&str>) -> Result<(), SkipReason> {
        let message = MessageParser::default().parse(bytes).ok_or(SkipReason::MalformedFile)?;
        let mut text = String::new();
        for (name, value) in message.headers_raw() {
            text.push_str(name);
            text.push(':');
            text.push_str(&encoded_words(value));
            if !text.ends_with('\n') {
                text.push('\n');
            }
        }
        text.push('\n');
        for (index, part) in (0u32..).zip(&message.parts) {
            let attached = message.attachments.contains(&index);
            match &part.body {
                PartType::Text(body) | PartType::Html(body) if !attached => {
                    text.push_str(body);
                    text.push('\n');
                }
                _ => {}
            }
        }
        self.hand_out(Part {
            member,
            format: Format::Email,
            text: &text,
            fields: &[],
            headings: &Headings::new(false),
            in_place: false,
            source: Source::Extracted,
            place: PartPlace::None,
        })?;
        if breaks_off(&message, bytes) {
            self.leave_out(member, "#", SkipReason::MalformedFile)?;
        }
        for (index, part) in (0u32..).zip(&message.parts) {
            let name = part.attachment_name().map_or_else(|| format!("attachment-{index}"), str::to_owned);
            if part.is_encoding_problem {
                self.leave_out(member, &name, SkipReason::MalformedFile)?;
            }
            match &part.body {
                PartType::Text(body) | PartType::Html(body) if message.attachments.contains(&index) => {
                    self.attachment(body.as_bytes(), &name, member)?;
                }
                PartType::Binary(body) | PartType::InlineBinary(body) => self.attachment(body, &name, member)?,
                PartType::Message(nested) => self.attachment(nested.raw_message(), &format!("{name}.eml"), member)?,
                _ => {}
            }
        }
        Ok(())
    }

    fn attachment(&mut self, bytes: &[u8], name: &str, of: Option<&str>) -> Result<(), SkipReason> {
        self.extracted += bytes.len() as u64;
        if self.extracted > self.limits.extracted {
            return Err(self.stop(SkipReason::ArchiveTotalBytesExtractedOverLimit));
        }
        self.member(bytes, name, of)
    }
}

/// Whether the message ends in the middle: in its headers, or before the mark behind its last part (RFC 2046,
/// section 5.1.1).
fn breaks_off(message: &Message<'_>, bytes: &[u8]) -> bool {
    let headers_end = [&b"\n\n"[..], b"\n\r\n"].iter().any(|end| memmem::find(bytes, end).is_some());
    if !headers_end {
        return !bytes.ends_with(b"\n");
    }
    let Some(root) = message.parts.first().filter(|part| matches!(part.body, PartType::Multipart(_))) else {
        return false;
    };
    let boundary = root.content_type().and_then(|kind| kind.attribute("boundary"));
    boundary.is_some_and(|boundary| memmem::rfind(bytes, format!("--{boundary}--").as_bytes()).is_none())
}

/// The value of a header with its encoded words (RFC 2047) as text.
fn encoded_words(value: &str) -> String {
    if !value.contains("=?") {
        return value.to_owned();
    }
    // Read as a subject, which may hold them anywhere.
    let header = format!("Subject:{value}\n\n");
    let parsed = MessageParser::default().parse_headers(header.as_bytes());
    let decoded = parsed.and_then(|message| message.subject().map(|subject| format!(" {subject}\n")));
    decoded.unwrap_or_else(|| value.to_owned())
}
