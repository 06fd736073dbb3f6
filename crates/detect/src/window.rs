//! One window of a text: from what the sweep found to what is reported.

use std::ops::Range;

use pillbox_model::{Detection, Evidence, Field, Headings, Masked, Place};

use crate::engine::Engine;
use crate::fields::{Cut, Fields, Legend};
use crate::gathered::Gathered;
use crate::place::Counter;
use crate::prescription::Prescription;
use crate::settle::{Candidate, Settlement};
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
    values: Values,
    counter: Counter,
    gathered: Gathered<'e>,
    settlement: Settlement<'e>,
    settled: Vec<Detection>,
    prescription: Prescription,
    /// What says that the text is a prescription, until it is given out with the values around it.
    document: Option<Detection>,
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
            document: None,
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
        let sweep_end = text.floor_char_boundary(core.end + MARGIN);
        self.swept.sweep(&self.engine.lexicon, &self.engine.wanted, text, sweep_end);
        self.values.found.clear();
        let fields = Fields { fields, legend: &self.legend, base };
        let (engine, values) = (self.engine, &mut self.values);
        self.cut.sections(text, &core, &self.swept, fields, |section| values.read(engine, section, &core));
        values.read_fields(engine, text, &core, fields);
        self.stats.tries += self.values.tries;
        self.values.tries = 0;
        let found = self.values.found.drain(..).filter(|value| core.contains(&value.range.start));
        self.gathered.managed(engine, found);
        self.stats.tries += self.gathered.own(engine, text, &core, fields);
        self.stats.allowed += self.gathered.drop_allowed(engine, text);
        let beginning = self.counter.clone();
        for value in self.gathered.in_order() {
            let candidate = Candidate {
                place: self.counter.place(text, base, &value.range),
                identifier: value.identifier,
                keyword: value.keyword,
                checksum: value.checksum,
                own: value.own,
                masked: Masked::of(&text[value.range.clone()], engine.visible(value.identifier)),
            };
            self.settlement.take(candidate, engine, &mut self.settled);
        }
        self.settlement.pass(base + core.end as u64, engine, &mut self.settled);
        self.counter.advance(text, base, core.end);
        if let Some(identifier) = engine.document {
            let line = self.prescription.window(text, base, &core, &self.swept.spots, &self.settled);
            self.document = line.map(|line| document(engine, identifier, beginning, text, base, line));
        }
        self.stats.bytes += core.len() as u64;
        self.deliver(sink)
    }

    /// Gives out what the end of the text leaves settled.
    pub(crate) fn finish(mut self, sink: &mut dyn Sink) -> Result<Stats, Interrupted> {
        self.settlement.finish(self.engine, &mut self.settled);
        self.deliver(sink)?;
        Ok(self.stats)
    }

    fn deliver(&mut self, sink: &mut dyn Sink) -> Result<(), Interrupted> {
        if let Some(document) = self.document.take() {
            let position = self.settled.partition_point(|found| found.place.start <= document.place.start);
            self.settled.insert(position, document);
        }
        for detection in self.settled.drain(..) {
            self.stats.detections += 1;
            if sink.detection(detection).is_break() {
                return Err(Interrupted::BySink);
            }
        }
        Ok(())
    }
}

/// The detection of a text that is a prescription, at its medicine's line. `counter` stands before that line.
fn document(
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
