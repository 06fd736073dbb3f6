//! One window of a text: from what the sweep found to what is reported.

use std::ops::Range;

use pillbox_model::{Detection, Evidence, Field, Headings, Masked, Place};

use crate::engine::Engine;
use crate::fields::{Cut, Fields, Legend};
use crate::gathered::{Gathered, Weighed};
use crate::place::Counter;
use crate::prescription::Prescription;
use crate::settle::{Candidate, Seen, Settled, Settlement};
use crate::sink::{Interrupted, Sink, Stats};
use crate::sweep::{MARGIN, Swept};
use crate::weigh::Values;

/// Bytes of text that are worked through at a time; small enough for the second-level cache.
pub(crate) const WINDOW: usize = 64 * 1024;
/// No value is longer: what is seen beyond a window, so that a value that begins in it is whole.
pub(crate) const LONGEST_VALUE: usize = 16 * 1024;

/// The part of a text that one window looks at. It follows from the text and the window's start alone, so
/// that the same detections arise however the text arrives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Frame {
    /// Where what can matter to the window's values begins.
    pub(crate) from: usize,
    /// The window: values that start here are its own.
    pub(crate) core: Range<usize>,
    /// Where what can matter to the window's values ends.
    pub(crate) to: usize,
}

impl Frame {
    /// The frame of the window that starts at `start`.
    pub(crate) fn at(text: &str, start: usize) -> Self {
        let end = text.floor_char_boundary(start + WINDOW);
        Self {
            from: text.floor_char_boundary(start.saturating_sub(MARGIN)),
            core: start..end,
            to: text.floor_char_boundary(end + LONGEST_VALUE),
        }
    }
}

/// Works through the windows of one text, in order.
#[derive(Debug)]
pub(crate) struct Scanner<'e> {
    engine: &'e Engine,
    legend: Legend,
    swept: Swept,
    cut: Cut,
    values: Values<'e>,
    counter: Counter,
    gathered: Gathered<'e>,
    settlement: Settlement<'e>,
    settled: Vec<Settled<'e>>,
    prescription: Prescription,
    stats: Stats,
}

impl<'e> Scanner<'e> {
    pub(crate) fn new(engine: &'e Engine) -> Self {
        Self {
            engine,
            legend: Legend::default(),
            swept: Swept::default(),
            cut: Cut::default(),
            values: Values::default(),
            counter: Counter::new(),
            gathered: Gathered::default(),
            settlement: Settlement::default(),
            settled: Vec::new(),
            prescription: Prescription::default(),
            stats: Stats::default(),
        }
    }

    /// Takes in what the headings of the fields to come are.
    pub(crate) fn learn(&mut self, headings: &Headings) {
        self.legend.learn(self.engine, headings);
    }

    /// Works through one window. `text` is its frame, `core` the window in it; `fields` are those that lie in the
    /// frame and perhaps more, by their places in the whole text.
    pub(crate) fn window(
        &mut self,
        text: &str,
        core: Range<usize>,
        fields: &[Field],
        sink: &mut dyn Sink,
    ) -> Result<(), Interrupted> {
        let base = self.counter.at() - core.start as u64;
        self.gather(text, base, &core, fields);
        for Weighed { range, identifier, keyword, checksum, own } in self.gathered.in_order() {
            let candidate = Candidate {
                start: base + range.start as u64,
                end: base + range.end as u64,
                identifier: *identifier,
                keyword: *keyword,
                checksum: *checksum,
                own: *own,
                seen: None,
            };
            self.settlement.take(candidate, self.engine, &mut self.settled);
        }
        self.settlement.pass(base + core.end as u64, self.engine, &mut self.settled);
        let document = self.prescription(text, base, &core);
        self.deliver(text, base, document, sink)?;
        for candidate in self.settlement.pending() {
            if candidate.seen.is_none() {
                candidate.seen = Some(Box::new(see(&mut self.counter, self.engine, text, base, candidate)));
            }
        }
        self.counter.advance(text, base, core.end);
        self.stats.bytes += core.len() as u64;
        Ok(())
    }

    /// Gathers the values that start in the window.
    fn gather(&mut self, text: &str, base: u64, core: &Range<usize>, fields: &[Field]) {
        let (engine, values) = (self.engine, &mut self.values);
        let sweep_end = text.floor_char_boundary(core.end + MARGIN);
        self.swept.sweep(&engine.lexicon, &engine.wanted, text, sweep_end);
        values.found.clear();
        let fields = Fields { fields, legend: &self.legend, base };
        self.cut.sections(text, core, &self.swept, fields, |section| values.read(engine, section, core));
        values.read_fields(engine, text, core, fields);
        self.stats.tries += std::mem::take(&mut values.tries);
        self.gathered.managed(&mut values.found, core);
        self.stats.tries += self.gathered.own(engine, text, core, fields);
        self.stats.allowed += self.gathered.drop_allowed(engine, text);
    }

    /// Where the text turns out to be a prescription: the line of its medicine.
    fn prescription(&mut self, text: &str, base: u64, core: &Range<usize>) -> Option<(u16, Range<usize>)> {
        let identifier = self.engine.document?;
        let line = self.prescription.window(self.engine, text, base, core, &self.swept.spots, &self.settled)?;
        Some((identifier, line))
    }

    /// Gives out what the end of the text leaves settled.
    pub(crate) fn finish(mut self, sink: &mut dyn Sink) -> Result<Stats, Interrupted> {
        self.settlement.finish(self.engine, &mut self.settled);
        let base = self.counter.at();
        self.deliver("", base, None, sink)?;
        Ok(self.stats)
    }

    /// Gives out what is settled, and at its place what says that the text is a prescription.
    fn deliver(
        &mut self,
        text: &str,
        base: u64,
        document: Option<(u16, Range<usize>)>,
        sink: &mut dyn Sink,
    ) -> Result<(), Interrupted> {
        let Self { engine, counter, settled, stats, .. } = self;
        let mut give = |detection: Detection| {
            stats.detections += 1;
            if sink.detection(detection).is_break() { Err(Interrupted::BySink) } else { Ok(()) }
        };
        let mut document =
            document.map(|(identifier, line)| whole(engine, identifier, counter.clone(), text, base, line));
        for one in settled.drain(..) {
            if document.as_ref().is_some_and(|document| document.place.start < one.candidate.start)
                && let Some(document) = document.take()
            {
                give(document)?;
            }
            give(one.into_detection(engine, |candidate| see(counter, engine, text, base, candidate)))?;
        }
        document.map_or(Ok(()), give)
    }
}

/// What is reported of a candidate's text, which lies in the frame `text` and not before the counter.
fn see(counter: &mut Counter, engine: &Engine, text: &str, base: u64, candidate: &Candidate<'_>) -> Seen {
    // What lies in the frame has an offset that fits.
    let range = (candidate.start - base) as usize..(candidate.end - base) as usize;
    let masked = Masked::of(&text[range.clone()], engine.visible(candidate.identifier));
    Seen { place: counter.place(text, base, &range), masked }
}

/// The detection of a text that is a prescription, at its medicine's line. `counter` stands before that line.
fn whole(
    engine: &Engine,
    identifier: u16,
    mut counter: Counter,
    text: &str,
    base: u64,
    line: Range<usize>,
) -> Detection {
    let (id, category) = engine.kind(identifier);
    Detection {
        identifier: id.clone(),
        category,
        place: counter.place(text, base, &line),
        location: None,
        masked: Masked::of(&text[line], engine.visible(identifier)),
        evidence: Evidence { keyword: None, checksum: false, also: Vec::new() },
    }
}

impl Counter {
    fn advance(&mut self, text: &str, base: u64, to: usize) {
        // The counter stands inside the frame, whose size fits.
        let from = (self.at() - base) as usize;
        if from < to {
            self.pass(&text[from..to]);
        }
    }

    fn place(&mut self, text: &str, base: u64, range: &Range<usize>) -> Place {
        self.advance(text, base, range.start);
        let (line, column) = self.line_and_column();
        Place { start: base + range.start as u64, end: base + range.end as u64, line, column }
    }
}
