//! HTTP messages as they are on the wire.

use std::io::{BufRead, Read};
use std::time::Duration;

/// What a slow line lets through at once, in bytes.
const SLICE: u64 = 4 * 1024;

/// A request or an answer.
#[derive(Clone)]
pub(crate) struct Message {
    /// The first line and the headers, each with its line end.
    pub(crate) head: Vec<String>,
    pub(crate) body: Vec<u8>,
}

impl Message {
    /// An answer with S3's error document for this code.
    pub(crate) fn error(status: u16, code: &str) -> Self {
        let body = format!("<Error><Code>{code}</Code><Message>{code}</Message></Error>").into_bytes();
        let head = vec![
            format!("HTTP/1.1 {status} Refused\r\n"),
            "Content-Type: application/xml\r\n".to_owned(),
            format!("Content-Length: {}\r\n", body.len()),
        ];
        Self { head, body }
    }

    /// The status of an answer.
    pub(crate) fn status(&self) -> u16 {
        self.head[0].split_whitespace().nth(1).and_then(|status| status.parse().ok()).unwrap_or_default()
    }

    pub(crate) fn bytes(&self) -> Vec<u8> {
        let mut bytes = self.head.concat().into_bytes();
        bytes.extend_from_slice(b"\r\n");
        bytes.extend_from_slice(&self.body);
        bytes
    }

    /// Flips the last bit of the body.
    pub(crate) fn flip(&mut self) {
        if let Some(last) = self.body.last_mut() {
            *last ^= 1;
        }
    }

    /// Takes the last byte of the body away, and says that it was never there.
    pub(crate) fn shorten(&mut self) {
        self.body.pop();
        let length = self.body.len().to_string();
        self.relabel("content-length", &length);
    }

    /// Takes away what tells of the body's checksum.
    pub(crate) fn unsign(&mut self) {
        self.head.retain(|line| !line.to_ascii_lowercase().starts_with("x-amz-checksum-"));
    }

    /// Gives a header another value, where it is there.
    pub(crate) fn relabel(&mut self, name: &str, value: &str) {
        for line in self.head.iter_mut().skip(1) {
            if line.split_once(':').is_some_and(|(found, _)| found.eq_ignore_ascii_case(name)) {
                *line = format!("{name}: {value}\r\n");
            }
        }
    }
}

/// The lines up to the empty one; nothing at the end of the wire.
pub(crate) fn read_head(wire: &mut impl BufRead) -> Option<Vec<String>> {
    let mut head = Vec::new();
    loop {
        let mut line = String::new();
        if wire.read_line(&mut line).ok()? == 0 {
            return None;
        }
        if line.trim().is_empty() {
            return (!head.is_empty()).then_some(head);
        }
        head.push(line);
    }
}

/// The body as it is on the wire, chunks and all; at most so many bytes a second, where that is said.
pub(crate) fn read_body(wire: &mut impl BufRead, head: &[String], rate: Option<u32>) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    if header(head, "transfer-encoding").is_some() {
        loop {
            let mut size = String::new();
            wire.read_line(&mut size).ok()?;
            body.extend_from_slice(size.as_bytes());
            let length = u64::from_str_radix(size.trim(), 16).ok()?;
            wire.take(length + 2).read_to_end(&mut body).ok()?;
            if length == 0 {
                return Some(body);
            }
        }
    }
    let length: u64 = header(head, "content-length").map_or(Some(0), |length| length.parse().ok())?;
    while (body.len() as u64) < length {
        let slice = (length - body.len() as u64).min(rate.map_or(u64::MAX, |_| SLICE));
        if wire.take(slice).read_to_end(&mut body).ok()? as u64 != slice {
            return None;
        }
        if let Some(rate) = rate {
            // A line that is slow is slow by the clock.
            std::thread::sleep(Duration::from_secs_f64(slice as f64 / f64::from(rate)));
        }
    }
    Some(body)
}

pub(crate) fn header<'h>(head: &'h [String], name: &str) -> Option<&'h str> {
    head.iter().skip(1).find_map(|line| {
        let (found, value) = line.split_once(':')?;
        found.eq_ignore_ascii_case(name).then(|| value.trim())
    })
}
