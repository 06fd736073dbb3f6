//! Overlaps: one value is one detection, of the identifier that is supported best.

use std::cmp::Reverse;

use pillbox_model::{Detection, Evidence, Masked, Place};

use crate::engine::Engine;

/// A value under one identifier, at its place in the whole text.
#[derive(Debug, Clone)]
pub(crate) struct Candidate<'e> {
    pub(crate) place: Place,
    pub(crate) identifier: u16,
    pub(crate) keyword: Option<(&'e str, u16)>,
    pub(crate) checksum: bool,
    /// Whether its identifier is the practice's own and a keyword or a check digit supports it.
    pub(crate) own: bool,
    pub(crate) masked: Masked,
}

/// Overlapping candidates are settled together; a chain of them ends here however long it is in the text.
const MOST_TOGETHER: usize = 256;

/// Settles candidates that arrive in the order of their places.
#[derive(Debug, Default)]
pub(crate) struct Settlement<'e> {
    pending: Vec<Candidate<'e>>,
    pending_end: u64,
    settled_end: u64,
}

impl<'e> Settlement<'e> {
    /// Takes the next candidate and gives out what it leaves settled.
    pub(crate) fn take(&mut self, candidate: Candidate<'e>, engine: &Engine, out: &mut Vec<Detection>) {
        if candidate.place.start >= self.pending_end || self.pending.len() == MOST_TOGETHER {
            self.finish(engine, out);
        }
        if candidate.place.start >= self.settled_end {
            self.pending_end = self.pending_end.max(candidate.place.end);
            self.pending.push(candidate);
        }
    }

    /// Gives out what no candidate that starts at `from` or behind it can overlap.
    pub(crate) fn pass(&mut self, from: u64, engine: &Engine, out: &mut Vec<Detection>) {
        if self.pending_end <= from {
            self.finish(engine, out);
        }
    }

    /// Gives out what is pending.
    pub(crate) fn finish(&mut self, engine: &Engine, out: &mut Vec<Detection>) {
        self.pending.sort_by_key(Candidate::rank);
        let from = out.len();
        for (position, best) in self.pending.iter().enumerate() {
            let place = best.place;
            if out[from..].iter().any(|chosen| chosen.place.start < place.end && place.start < chosen.place.end) {
                continue;
            }
            let mut also: Vec<_> = self.pending[position + 1..]
                .iter()
                .filter(|other| other.is_as_well_supported_as(best))
                .map(|other| engine.kind(other.identifier).0.clone())
                .collect();
            // One that fits by several layouts stands beside itself.
            also.dedup();
            out.push(detection(best, engine, also));
        }
        out[from..].sort_by_key(|detection| detection.place.start);
        self.settled_end = out[from..].last().map_or(self.settled_end, |last| last.place.end);
        self.pending.clear();
    }
}

impl Candidate<'_> {
    /// Least is best: what the practice itself looks for by keyword or check digit; keyword and check digit, then
    /// keyword, then check digit, then shape; the nearer keyword; the longer value; the identifier that comes first.
    fn rank(&self) -> (u8, u16, Reverse<u64>, u64, u16) {
        let support = match (self.keyword, self.checksum) {
            _ if self.own => 0,
            (Some(_), true) => 1,
            (Some(_), false) => 2,
            (None, true) => 3,
            (None, false) => 4,
        };
        let distance = self.keyword.map_or(0, |(_, distance)| distance);
        (support, distance, Reverse(self.place.end - self.place.start), self.place.start, self.identifier)
    }

    fn is_as_well_supported_as(&self, best: &Self) -> bool {
        let distance = |candidate: &Self| candidate.keyword.map(|(_, distance)| distance);
        self.place == best.place
            && self.identifier != best.identifier
            && self.checksum == best.checksum
            && self.own == best.own
            && distance(self) == distance(best)
    }
}

fn detection(candidate: &Candidate<'_>, engine: &Engine, also: Vec<pillbox_model::IdentifierId>) -> Detection {
    let (identifier, category) = engine.kind(candidate.identifier);
    Detection {
        identifier: identifier.clone(),
        category,
        place: candidate.place,
        location: None,
        masked: candidate.masked.clone(),
        evidence: Evidence {
            keyword: candidate.keyword.map(|(keyword, _)| keyword.to_owned()),
            checksum: candidate.checksum,
            also,
        },
    }
}
