//! The values of one window, of managed identifiers and of the practice's own, before overlaps are settled.

use std::ops::Range;

use crate::custom::Own;
use crate::engine::Engine;
use crate::fields::Fields;
use crate::settle::Keyword;

/// A value under one identifier, at its place in the frame.
#[derive(Debug)]
pub(crate) struct Weighed<'e> {
    pub(crate) range: Range<usize>,
    /// The number that [`Engine::kind`] takes.
    pub(crate) identifier: u16,
    /// The keyword that speaks for it, and how far it is.
    pub(crate) keyword: Option<(Keyword<'e>, u16)>,
    pub(crate) checksum: bool,
    /// Whether its identifier is the practice's own and a keyword or a check digit supports it.
    pub(crate) own: bool,
}

impl Weighed<'_> {
    fn order(&self) -> (usize, usize, u16) {
        (self.range.start, self.range.end, self.identifier)
    }
}

/// The values of one window.
#[derive(Debug, Default)]
pub(crate) struct Gathered<'e> {
    values: Vec<Weighed<'e>>,
}

impl<'e> Gathered<'e> {
    /// Begins a window with the values of managed identifiers, of which those that start in `core` are its own;
    /// `values` are left as room.
    pub(crate) fn managed(&mut self, values: &mut Vec<Weighed<'e>>, core: &Range<usize>) {
        std::mem::swap(&mut self.values, values);
        self.values.retain(|value| core.contains(&value.range.start));
    }

    /// Adds the values of the practice's own that start in `core`, a range of the frame `text`, and puts all in the order
    /// of their places; says how many places were tried.
    pub(crate) fn own(&mut self, engine: &'e Engine, text: &str, core: &Range<usize>, fields: Fields<'_>) -> u64 {
        if engine.customs.all().is_empty() {
            self.values.sort_by_key(Weighed::order);
            return 0;
        }
        let mut take = |Own { number, range, keyword, checksum }| {
            // There are at most 10,000 of them, and far fewer managed ones.
            let identifier = (engine.identifiers.len() + number) as u16;
            let keyword = keyword.map(|(keyword, distance)| (Keyword::Own(keyword), distance));
            self.values.push(Weighed { range, identifier, keyword, checksum, own: keyword.is_some() || checksum });
        };
        let mut tries = engine.customs.read(text, core, &mut take);
        for (part, heading) in fields.reaching_into(core, text) {
            for named in &heading.own {
                tries += engine.customs.read_under(named, text, &part, core, &mut take);
            }
        }
        self.values.sort_by_key(Weighed::order);
        tries
    }

    /// Takes out what an allow list names, before overlaps are settled: an allowed value hides none that it
    /// overlaps. Says how many values these were.
    pub(crate) fn drop_allowed(&mut self, engine: &Engine, text: &str) -> u64 {
        if engine.allowed.is_empty() {
            return 0;
        }
        let (mut dropped, mut last) = (0, 0..0);
        self.values.retain(|value| {
            let allowed = engine.allowed.allows(engine.kind(value.identifier).0, &text[value.range.clone()]);
            if allowed && value.range != last {
                last = value.range.clone();
                dropped += 1;
            }
            !allowed
        });
        dropped
    }

    /// The values in the order of their places.
    pub(crate) fn in_order(&self) -> &[Weighed<'e>] {
        &self.values
    }
}
