//! Overlaps: one value is one detection, of the identifier that is supported best.

use std::borrow::Cow;
use std::cmp::Reverse;

use pillbox_model::{Detection, Evidence, IdentifierId, Masked, Place};

use crate::engine::Engine;

/// A keyword, in the spelling of its identifier's list.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Keyword<'e> {
    /// Of a managed identifier.
    Managed(&'static str),
    /// Of one of the practice's own.
    Own(&'e str),
}

impl<'e> Keyword<'e> {
    /// The keyword as text.
    pub(crate) fn as_str(self) -> &'e str {
        match self {
            Self::Managed(text) => text,
            Self::Own(text) => text,
        }
    }

    fn to_evidence(self) -> Cow<'static, str> {
        match self {
            Self::Managed(text) => Cow::Borrowed(text),
            Self::Own(text) => Cow::Owned(text.to_owned()),
        }
    }
}

/// A value under one identifier, at its place in the whole text.
#[derive(Debug, Clone)]
pub(crate) struct Candidate<'e> {
    pub(crate) start: u64,
    pub(crate) end: u64,
    /// The number that [`Engine::kind`] takes.
    pub(crate) identifier: u16,
    /// The keyword that speaks for it, and how far it is.
    pub(crate) keyword: Option<(Keyword<'e>, u16)>,
    pub(crate) checksum: bool,
    /// Whether its identifier is the practice's own and a keyword or a check digit supports it.
    pub(crate) own: bool,
    /// What is reported of its text, where that is out of sight before it is settled.
    pub(crate) seen: Option<Box<Seen>>,
}

/// What is reported of a value's text.
#[derive(Debug, Clone)]
pub(crate) struct Seen {
    pub(crate) place: Place,
    pub(crate) masked: Masked,
}

/// A candidate that is to be reported, with the identifiers under which it is as well supported.
#[derive(Debug)]
pub(crate) struct Settled<'e> {
    pub(crate) candidate: Candidate<'e>,
    pub(crate) also: Vec<IdentifierId>,
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
    #[inline]
    pub(crate) fn take(&mut self, candidate: Candidate<'e>, engine: &Engine, out: &mut Vec<Settled<'e>>) {
        if candidate.start >= self.pending_end || self.pending.len() == MOST_TOGETHER {
            self.finish(engine, out);
        }
        if candidate.start >= self.settled_end {
            self.pending_end = self.pending_end.max(candidate.end);
            self.pending.push(candidate);
        }
    }

    /// Gives out what no candidate that starts at `from` or behind it can overlap.
    pub(crate) fn pass(&mut self, from: u64, engine: &Engine, out: &mut Vec<Settled<'e>>) {
        if self.pending_end <= from {
            self.finish(engine, out);
        }
    }

    /// What is not settled, in the order of the places.
    pub(crate) fn pending(&mut self) -> &mut [Candidate<'e>] {
        &mut self.pending
    }

    /// Gives out what is pending.
    pub(crate) fn finish(&mut self, engine: &Engine, out: &mut Vec<Settled<'e>>) {
        match self.pending.len() {
            0 => {}
            1 => {
                let settled = self.pending.drain(..).map(|candidate| Settled { candidate, also: Vec::new() });
                out.extend(settled);
                self.settled_end = self.pending_end;
            }
            _ => self.settle(engine, out),
        }
    }

    fn settle(&mut self, engine: &Engine, out: &mut Vec<Settled<'e>>) {
        self.pending.sort_by_key(Candidate::rank);
        let from = out.len();
        for (position, best) in self.pending.iter().enumerate() {
            let chosen = out[from..].iter().map(|settled| &settled.candidate);
            if chosen.into_iter().any(|chosen| chosen.start < best.end && best.start < chosen.end) {
                continue;
            }
            let mut also: Vec<_> = self.pending[position + 1..]
                .iter()
                .filter(|other| other.is_as_well_supported_as(best))
                .map(|other| engine.kind(other.identifier).0.clone())
                .collect();
            // One that fits by several layouts stands beside itself.
            also.dedup();
            out.push(Settled { candidate: best.clone(), also });
        }
        out[from..].sort_by_key(|settled| settled.candidate.start);
        self.settled_end = out[from..].last().map_or(self.settled_end, |last| last.candidate.end);
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
        (support, self.distance().unwrap_or(0), Reverse(self.end - self.start), self.start, self.identifier)
    }

    fn distance(&self) -> Option<u16> {
        self.keyword.map(|(_, distance)| distance)
    }

    fn is_as_well_supported_as(&self, best: &Self) -> bool {
        (self.start, self.end) == (best.start, best.end)
            && self.identifier != best.identifier
            && self.checksum == best.checksum
            && self.own == best.own
            && self.distance() == best.distance()
    }
}

impl Settled<'_> {
    /// The detection; `see` says what is reported of the value's text, where that is not known.
    pub(crate) fn into_detection(self, engine: &Engine, see: impl FnOnce(&Candidate<'_>) -> Seen) -> Detection {
        let (identifier, category) = engine.kind(self.candidate.identifier);
        let Candidate { keyword, checksum, .. } = self.candidate;
        let Seen { place, masked } = match self.candidate.seen {
            Some(seen) => *seen,
            None => see(&self.candidate),
        };
        let keyword = keyword.map(|(keyword, _)| keyword.to_evidence());
        let evidence = Evidence { keyword, checksum, also: self.also };
        Detection { identifier: identifier.clone(), category, place, location: None, masked, evidence }
    }
}
