//! A file's text with every value masked, as the page may show it.

use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::sync::Arc;

use pillbox_detect::Engine;
use pillbox_files::{Limits, Part};
use pillbox_model::{
    Detection, Disposition, ErrorCode, Failure, FileState, IdentifierId, Place, Rules, SkipReason, Upload, UploadFile,
};

use super::decide::can_be_redacted;
use super::large::blocking;
use super::view::key_to_be;
use crate::app::App;
use crate::look::{PRESCRIPTION, strictest, too_few};
use crate::wire::{DetectionView, FileDetail, FileRow, MaskedLine, Piece};
use crate::words::Words;

/// Lines that are shown of one file.
const LINES: usize = 400;
/// Detections that are listed of one file.
const DETECTIONS: usize = 100;
/// Characters that are shown of one line.
const WIDTH: usize = 400;

impl App {
    /// A file of an upload with its masked text. The file is read anew; where it can't be read, there is no
    /// text.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`] for a file that is not in the upload.
    pub async fn upload_file(self: &Arc<Self>, upload: &str, number: u64) -> Result<FileDetail, Failure> {
        let file = self.store.file(upload, number)?.ok_or(ErrorCode::NotFound)?;
        let upload = self.store.upload(upload)?.ok_or(ErrorCode::NotFound)?;
        let app = Arc::clone(self);
        blocking(move || app.detail(&upload, &file)).await
    }

    fn detail(&self, upload: &Upload, file: &UploadFile) -> FileDetail {
        let row = file_row(upload, file, &self.rules());
        let mut detail = Detail::new();
        let bytes = (file.state != FileState::Unreadable)
            .then(|| pillbox_files::read_whole(std::path::Path::new(&file.source)).ok())
            .flatten();
        if let Some(bytes) = bytes {
            let (engine, rules) = (self.engine(), self.rules());
            let too_few = too_few(&engine, &bytes, &file.relative);
            // What can't be read is not shown; what was read of it until then is.
            let _ = pillbox_files::read_document(&bytes, &file.relative, &Limits::default(), &|| true, &mut |part| {
                detail.part(&engine, &rules, &too_few, &part)
            });
        }
        let (lines, truncated) = detail.lines.end();
        FileDetail { row, lines, truncated, detections: detail.detections }
    }
}

/// What is shown of a file, part after part.
struct Detail {
    lines: Lines,
    detections: Vec<DetectionView>,
}

impl Detail {
    const fn new() -> Self {
        Self { lines: Lines::new(), detections: Vec::new() }
    }

    fn part(
        &mut self,
        engine: &Engine,
        rules: &Rules,
        too_few: &BTreeSet<IdentifierId>,
        part: &Part<'_>,
    ) -> ControlFlow<SkipReason> {
        let mut found = Vec::<Detection>::new();
        // A scan that nobody interrupts has no other outcome than its detections.
        let _ = engine.scan_fields(part.text, part.fields, part.headings, &|| true, &mut found);
        found.retain(|detection| !too_few.contains(&detection.identifier));
        let first = u32::try_from(self.detections.len()).unwrap_or(u32::MAX);
        add_masked(&mut self.lines, part.text, first, &found, rules);
        for mut detection in found {
            let place = detection.place;
            detection.location = part.location(place.start).map(Box::new);
            let range = part.source_range(place.start, place.end);
            detection.place = Place { start: range.start, end: range.end, ..place };
            self.detections.push(detection_view(detection, rules));
        }
        if self.lines.truncated && self.detections.len() >= DETECTIONS {
            self.detections.truncate(DETECTIONS);
            return ControlFlow::Break(SkipReason::TimeCutOffReached);
        }
        ControlFlow::Continue(())
    }
}

/// A detection as the page may show it.
pub(crate) fn detection_view(detection: Detection, rules: &Rules) -> DetectionView {
    DetectionView {
        expected: is_expected(&detection, rules),
        identifier: detection.identifier,
        place: detection.place,
        location: detection.location.as_deref().and_then(Words::location),
        masked: detection.masked,
        evidence: detection.evidence,
    }
}

fn is_expected(detection: &Detection, rules: &Rules) -> bool {
    rules.disposition(&detection.identifier, detection.category) == Disposition::Expected
}

/// A text line by line, masked, and whether there are more lines; see [`add_masked`].
pub(crate) fn masked_lines(text: &str, found: &[Detection], rules: &Rules) -> (Vec<MaskedLine>, bool) {
    let mut lines = Lines::new();
    add_masked(&mut lines, text, 0, found, rules);
    lines.end()
}

/// Adds a text: plain pieces, and for every detection its mask in place of its value. Places of `found` are those in
/// `text`, in ascending order and apart from one another; the first of them has this number among all.
fn add_masked(lines: &mut Lines, text: &str, first: u32, found: &[Detection], rules: &Rules) {
    let mut at = 0;
    // What says something of the whole text has no value of its own.
    let values = (first..).zip(found).filter(|(_, detection)| detection.identifier.as_str() != PRESCRIPTION);
    for (index, detection) in values {
        let start = usize::try_from(detection.place.start).unwrap_or(usize::MAX);
        let end = usize::try_from(detection.place.end).unwrap_or(usize::MAX);
        let (Some(plain), Some(value)) = (text.get(at..start), text.get(start..end)) else { continue };
        lines.add(plain, None, false);
        lines.add(&dotted(value, detection.masked.as_str()), Some(index), is_expected(detection, rules));
        at = end;
    }
    lines.add(text.get(at..).unwrap_or_default(), None, false);
    lines.end_part();
}

/// A value's mask in the shape of the value: a dot for each hidden character, line breaks kept.
fn dotted(value: &str, hint: &str) -> String {
    let mut hints = hint.chars();
    value
        .chars()
        .map(|c| {
            let hint = hints.next();
            match hint {
                Some('*') | None if c.is_alphanumeric() => '•',
                Some(hint) if !c.is_whitespace() => hint,
                _ if c.is_whitespace() => c,
                _ => '•',
            }
        })
        .collect()
}

/// Lines as they grow.
struct Lines {
    done: Vec<MaskedLine>,
    pieces: Vec<Piece>,
    width: usize,
    truncated: bool,
}

impl Lines {
    const fn new() -> Self {
        Self { done: Vec::new(), pieces: Vec::new(), width: 0, truncated: false }
    }

    fn add(&mut self, text: &str, detection: Option<u32>, expected: bool) {
        for (index, part) in text.split('\n').enumerate() {
            if index > 0 {
                self.break_line();
            }
            let part = part.trim_end_matches('\r');
            if part.is_empty() || self.truncated {
                continue;
            }
            let room = WIDTH.saturating_sub(self.width);
            let shown: String = part.chars().take(room).collect();
            self.width += shown.chars().count();
            self.pieces.push(Piece { text: shown, detection, expected });
        }
    }

    fn break_line(&mut self) {
        if self.done.len() == LINES {
            self.truncated = true;
            return;
        }
        self.width = 0;
        let number = self.done.len() as u64 + 1;
        self.done.push(MaskedLine { number, pieces: std::mem::take(&mut self.pieces) });
    }

    /// The next part begins on a line of its own.
    fn end_part(&mut self) {
        if !self.pieces.is_empty() {
            self.break_line();
        }
    }

    fn end(self) -> (Vec<MaskedLine>, bool) {
        (self.done, self.truncated)
    }
}

/// A file as a list shows it.
pub(crate) fn file_row(upload: &Upload, file: &UploadFile, rules: &Rules) -> FileRow {
    FileRow {
        number: file.number,
        name: file.relative.clone(),
        key: key_to_be(upload, file),
        size: file.size,
        state: file.state,
        concerns: file.concerns.clone(),
        asking: file.concerns.iter().copied().filter(|concern| concern.asks(rules)).collect(),
        redactable: can_be_redacted(file, rules),
        refused: strictest(&file.counts) == Disposition::Refuse,
        counts: file.counts.clone(),
        name_in_key: file.name_in_key,
        empty: file.size == 0 && file.state != FileState::Unreadable,
        decision: file.decision.clone(),
        skip: file.skip,
        code: file.code,
        proof: file.proof,
        replaceable: file.state == FileState::Conflict
            && (file.code == Some(ErrorCode::ObjectExists) || file.e_tag.is_some()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_value_is_in_the_lines() {
        let text = "Patient: Jane Doe\r\nDOB: 12/12/2012\nRx Examplillin 500 mg\n";
        let mut found = Vec::<Detection>::new();
        Engine::managed().scan(text, &|| true, &mut found).unwrap();
        let (lines, truncated) = masked_lines(text, &found, &Rules::prescriptions());
        let shown: Vec<String> =
            lines.iter().map(|line| line.pieces.iter().map(|piece| piece.text.as_str()).collect()).collect();
        assert_eq!(shown, ["Patient: •••• •••", "DOB: ••/••/••••", "Rx Examplillin 500 mg"]);
        assert!(!truncated);
    }
}
