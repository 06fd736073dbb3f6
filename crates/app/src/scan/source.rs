//! One source, read and looked into.

use std::io::Read;

use pillbox_detect::Engine;
use pillbox_files::FoundFile;
use pillbox_model::{Concern, ErrorCode, Failure, SkipReason};
use tokio_util::sync::CancellationToken;

use super::{Found, Render, ScanEvent, ScanSummary};
use crate::look::{Look, LookStream, Name, large_text, look_into};

/// Bytes that are read at once.
const CHUNK: usize = 256 * 1024;

/// What one source holds.
pub(super) struct Scanned {
    pub(super) look: Look,
    pub(super) bytes: u64,
}

impl Scanned {
    /// As it is told of a source that nobody has said is a prescription.
    pub(super) fn like_any_text(mut self) -> Self {
        self.look.concerns.retain(|concern| *concern != Concern::NoPrescription);
        self
    }
}

/// Counts what came of one source, and says it.
///
/// # Errors
/// [`ErrorCode::Cancelled`] for a source that was not looked into to its end because the scan was stopped.
pub(super) fn say(
    engine: &Engine,
    source: &str,
    version: Option<&str>,
    scanned: Result<Scanned, SkipReason>,
    render: &Render,
    emit: &mut dyn FnMut(&[u8]),
    summary: &mut ScanSummary,
) -> Result<(), Failure> {
    let (scanned, skipped) = match scanned {
        Ok(scanned) => {
            let unread = scanned.look.unread;
            (Some(scanned), unread)
        }
        Err(SkipReason::TimeCutOffReached) => return Err(ErrorCode::Cancelled.into()),
        Err(reason) => (None, Some(reason)),
    };
    let mut tell = |event: &ScanEvent<'_>| {
        summary.count(event);
        render(event, emit);
    };
    if let Some(Scanned { look, bytes }) = &scanned {
        tell(&ScanEvent::Scanned {
            source,
            version,
            bytes: *bytes,
            found: Found::of(engine, &look.detections),
            name_is_sensitive: look.name_is_sensitive,
            concerns: &look.concerns,
            is_whole: skipped.is_none(),
        });
    }
    if let Some(reason) = skipped {
        tell(&ScanEvent::Skipped { source, version, reason });
    }
    Ok(())
}

/// Reads files one after the other, with memory that is used again.
pub(super) struct Reading<'a> {
    engine: &'a Engine,
    stop: &'a CancellationToken,
    buffer: Vec<u8>,
}

impl<'a> Reading<'a> {
    pub(super) const fn new(engine: &'a Engine, stop: &'a CancellationToken) -> Self {
        Self { engine, stop, buffer: Vec::new() }
    }

    /// Reads a file and looks into it.
    pub(super) fn file(&mut self, file: &FoundFile) -> Result<Scanned, SkipReason> {
        let mut opened = pillbox_files::open_found(file)?;
        if opened.size() > pillbox_files::WHOLE_LIMIT {
            return self.stream(&file.relative, Some(opened.size()), &mut opened);
        }
        let bytes = opened.read_whole(&mut self.buffer)?;
        let look = look_into(self.engine, Name::shown(&file.relative), bytes, &|| !self.stop.is_cancelled())?;
        Ok(Scanned { look, bytes: opened.size() })
    }

    /// Reads a source of any size, which may be known, and looks into it.
    pub(super) fn stream(
        &mut self,
        source: &str,
        size: Option<u64>,
        reader: &mut dyn Read,
    ) -> Result<Scanned, SkipReason> {
        let mut scanning = Scanning::new(self.engine, source, size, self.stop);
        if self.buffer.len() < CHUNK {
            self.buffer.resize(CHUNK, 0);
        }
        loop {
            match reader.read(&mut self.buffer[..CHUNK]) {
                Ok(0) => return scanning.end(),
                Ok(count) => scanning.take(&self.buffer[..count])?,
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                Err(error) => return Err(pillbox_files::skip_reason(&error)),
            }
        }
    }
}

/// A source that is being read: whole in memory as long as it is small, piece by piece from then on where it is a text,
/// and up to the limit of documents where it is none.
pub(super) struct Scanning<'a> {
    engine: &'a Engine,
    name: Name<'a>,
    stop: &'a CancellationToken,
    /// How large the source is, where that is known.
    size: Option<u64>,
    head: Vec<u8>,
    stream: Option<LookStream<'a>>,
    bytes: u64,
}

impl<'a> Scanning<'a> {
    pub(super) const fn new(
        engine: &'a Engine,
        source: &'a str,
        size: Option<u64>,
        stop: &'a CancellationToken,
    ) -> Self {
        Self { engine, name: Name::shown(source), stop, size, head: Vec::new(), stream: None, bytes: 0 }
    }

    pub(super) fn take(&mut self, bytes: &[u8]) -> Result<(), SkipReason> {
        self.bytes += bytes.len() as u64;
        if let Some(stream) = &mut self.stream {
            return stream.push(bytes, &|| !self.stop.is_cancelled());
        }
        self.head.extend_from_slice(bytes);
        let size = self.size.unwrap_or_default().max(self.bytes);
        if size <= pillbox_files::WHOLE_LIMIT || self.head.len() < pillbox_files::SNIFFED {
            return Ok(());
        }
        if let Some(format) = large_text(&self.head, size, self.name.path)? {
            let stream = self.stream.insert(LookStream::new(self.engine, self.name, format));
            return stream.push(&std::mem::take(&mut self.head), &|| !self.stop.is_cancelled());
        }
        Ok(())
    }

    pub(super) fn end(self) -> Result<Scanned, SkipReason> {
        let keep_going = || !self.stop.is_cancelled();
        let look = match self.stream {
            None => look_into(self.engine, self.name, &self.head, &keep_going)?,
            Some(stream) => stream.finish(&keep_going)?,
        };
        Ok(Scanned { look, bytes: self.bytes })
    }
}
