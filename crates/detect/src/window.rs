//! One window of a text: from what the sweep found to what is reported.

use std::ops::Range;

use pillbox_model::{Detection, Masked, Place};

use crate::context::{self, Context};
use crate::engine::Engine;
use crate::identifier::{Alone, Beside, Finder, Found, Identifier, Start};
use crate::place::Counter;
use crate::settle::{Candidate, Settlement};
use crate::sink::{Interrupted, Sink, Stats};
use crate::sweep::{MARGIN, Spot, Swept};
use crate::text;
use crate::values::{iban, label};

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
    swept: Swept,
    values: Values,
    counter: Counter,
    settlement: Settlement,
    settled: Vec<Detection>,
    stats: Stats,
}

impl<'e> Scanner<'e> {
    pub(crate) fn new(engine: &'e Engine) -> Self {
        Self {
            engine,
            swept: Swept::default(),
            values: Values::default(),
            counter: Counter::new(),
            settlement: Settlement::default(),
            settled: Vec::new(),
            stats: Stats::default(),
        }
    }

    /// Works through one window. `text` is its frame, `core` the window in it.
    pub(crate) fn window(&mut self, text: &str, core: Range<usize>, sink: &mut dyn Sink) -> Result<(), Interrupted> {
        let base = self.counter.at() - core.start as u64;
        let sweep_end = text.floor_char_boundary(core.end + MARGIN);
        self.swept.sweep(&self.engine.lexicon, text, 0, sweep_end);
        self.values.found.clear();
        self.values.read_spots(self.engine, text, &self.swept, &core);
        self.values.read_beside_keywords(self.engine, text, &self.swept);
        self.stats.tries += self.values.tries;
        self.values.tries = 0;
        self.values.found.retain(|value| core.contains(&value.range.start));
        self.values.found.sort_unstable_by_key(|value| (value.range.start, value.range.end, value.identifier));
        for value in &self.values.found {
            let place = self.counter.place(text, base, &value.range);
            let identifier = &self.engine.identifiers[usize::from(value.identifier)];
            let candidate = Candidate {
                place,
                identifier: value.identifier,
                keyword: value.keyword.map(|(keyword, distance)| (self.engine.lexicon.text(keyword), distance)),
                checksum: value.checksum,
                masked: Masked::of(&text[value.range.clone()], identifier.visible),
            };
            self.settlement.take(candidate, &self.engine.identifiers, &mut self.settled);
        }
        self.settlement.pass(base + core.end as u64, &self.engine.identifiers, &mut self.settled);
        self.counter.advance(text, base, core.end);
        self.stats.bytes += core.len() as u64;
        self.deliver(sink)
    }

    /// Gives out what the end of the text leaves settled.
    pub(crate) fn finish(mut self, sink: &mut dyn Sink) -> Result<Stats, Interrupted> {
        self.settlement.finish(&self.engine.identifiers, &mut self.settled);
        self.deliver(sink)?;
        Ok(self.stats)
    }

    fn deliver(&mut self, sink: &mut dyn Sink) -> Result<(), Interrupted> {
        for detection in self.settled.drain(..) {
            self.stats.detections += 1;
            if sink.detection(detection).is_break() {
                return Err(Interrupted::BySink);
            }
        }
        Ok(())
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

/// A value under one identifier, at its place in the frame.
#[derive(Debug)]
struct Value {
    range: Range<usize>,
    identifier: u16,
    keyword: Option<(u16, u16)>,
    checksum: bool,
}

/// The values of one window, and how they are weighed.
#[derive(Debug, Default)]
struct Values {
    found: Vec<Value>,
    tries: u64,
    context: Context,
    context_of: Range<usize>,
}

impl Values {
    fn read_spots(&mut self, engine: &Engine, text: &str, swept: &Swept, core: &Range<usize>) {
        self.context_of = 0..0;
        for spot in &swept.spots {
            match *spot {
                Spot::Word(at) if core.contains(&at) => self.read_word(engine, text, swept, at),
                Spot::Sign(at) if core.contains(&at) => self.read_starting(engine, text, swept, Start::Number, at),
                Spot::Dashes(at) if core.contains(&at) => self.read_starting(engine, text, swept, Start::Dashes, at),
                Spot::Jose(at) if core.contains(&at) => self.read_starting(engine, text, swept, Start::Jose, at),
                Spot::At(at) => self.read_starting(engine, text, swept, Start::At, at),
                _ => {}
            }
        }
    }

    fn read_word(&mut self, engine: &Engine, text: &str, swept: &Swept, at: usize) {
        self.tries += 1;
        engine.shapes.read(text, at, |identifier, found| self.weigh(engine, text, swept, identifier, found));
        if text::digit_at(text, at) {
            self.read_starting(engine, text, swept, Start::Number, at);
        } else if let Some(country) = iban::country_at(text, at) {
            for (code, identifier, structure) in &engine.ibans {
                if *code == country
                    && let Some(found) = iban::read(text, at, structure)
                {
                    self.weigh(engine, text, swept, *identifier, found);
                }
            }
        }
    }

    fn read_starting(&mut self, engine: &Engine, text: &str, swept: &Swept, start: Start, at: usize) {
        self.tries += 1;
        for (begins, identifier, read) in &engine.starting {
            if *begins == start
                && let Some(found) = read(text, at)
            {
                self.weigh(engine, text, swept, *identifier, found);
            }
        }
    }

    fn read_beside_keywords(&mut self, engine: &Engine, text: &str, swept: &Swept) {
        for (position, hit) in swept.hits.iter().enumerate() {
            for &number in engine.lexicon.serves(hit.keyword) {
                let identifier = &engine.identifiers[usize::from(number)];
                let Finder::Beside(read) = identifier.finder else { continue };
                self.tries += 1;
                let keyword = engine.lexicon.text(hit.keyword);
                let following = &swept.hits[position + 1..];
                let beside = Beside { text, at: hit.start..hit.end, keyword, below: None, following };
                let found = match read(&beside) {
                    Some(found) => {
                        let (from, to) = (hit.end.min(found.range.end), found.range.start.max(hit.start));
                        let distance = context::distance(text, from.min(to), from.max(to));
                        (distance <= identifier.near).then_some((found, distance))
                    }
                    None => label::cell_below(text, hit)
                        .and_then(|cell| read(&Beside { below: Some(cell), ..beside }))
                        .map(|found| (found, context::COLUMN_DISTANCE)),
                };
                if let Some((Found { range, support }, distance)) = found {
                    let keyword = Some((hit.keyword, distance));
                    self.found.push(Value { range, identifier: number, keyword, checksum: support.checksum });
                }
            }
        }
    }

    /// Takes a value in when its keyword is near, or when it is believed without.
    fn weigh(&mut self, engine: &Engine, text: &str, swept: &Swept, number: u16, found: Found) {
        let identifier = &engine.identifiers[usize::from(number)];
        let Found { range, support } = found;
        let keyword = self.keyword(engine, text, swept, number, identifier, &range);
        let believed = match support.alone {
            Alone::Always => true,
            _ if keyword.is_some() => true,
            Alone::Unlabelled => !context::is_labelled(text, range.start),
            Alone::Never => false,
        };
        if believed {
            self.found.push(Value { range, identifier: number, keyword, checksum: support.checksum });
        }
    }

    fn keyword(
        &mut self,
        engine: &Engine,
        text: &str,
        swept: &Swept,
        number: u16,
        identifier: &Identifier,
        range: &Range<usize>,
    ) -> Option<(u16, u16)> {
        if identifier.keywords.is_empty() {
            return None;
        }
        if self.context_of != *range {
            self.context.look(text, &swept.hits, range.start, range.end);
            self.context_of = range.clone();
        }
        let nearest = self.context.nearest(|nearby| {
            nearby.distance <= identifier.near
                && (nearby.next || !identifier.next_only)
                && engine.lexicon.serves(nearby.keyword).contains(&number)
        })?;
        Some((nearest.keyword, nearest.distance))
    }
}
