//! Layouts of groups (`9999 99999 9`, `AAA9999`), all of them at once.
//!
//! A value is a sequence of runs (digits or letters, of a length) with a separator or nothing between them.
//! The layouts of all identifiers form one tree over such runs, so that a number is read once, and a
//! number whose first group begins no layout is left at once. Values that mix digits and letters anywhere are
//! known by their length.

use crate::identifier::{Compact, Found, Groups, Identifier};
use crate::text;

/// The longest run and the most runs that a value can have; they bound every walk.
const LONGEST_RUN: usize = 24;
const MOST_RUNS: usize = 8;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Run {
    separated: bool,
    digits: bool,
    length: u8,
}

#[derive(Debug, Default)]
struct Node {
    edges: Vec<(Run, u16)>,
    ends: Vec<End>,
}

#[derive(Debug, Clone, Copy)]
struct End {
    identifier: u16,
    layout: &'static str,
    groups: Groups,
}

/// The layouts of all identifiers.
#[derive(Debug)]
pub(crate) struct Shapes {
    nodes: Vec<Node>,
    /// The layouts of `X` alone, by length.
    mixed: [Vec<End>; LONGEST_RUN + 1],
}

impl Shapes {
    /// The tree of all layouts of `identifiers`, by their numbers.
    pub(crate) fn of(identifiers: &[Identifier]) -> Self {
        let mut shapes = Self { nodes: vec![Node::default()], mixed: Default::default() };
        for (number, identifier) in (0u16..).zip(identifiers) {
            for way in identifier.finder.ways() {
                let Some(groups) = way.groups() else { continue };
                for layout in groups.layouts {
                    shapes.add(End { identifier: number, layout, groups });
                }
            }
        }
        shapes
    }

    fn add(&mut self, end: End) {
        if end.layout.starts_with('X') {
            self.mixed[end.layout.len()].push(end);
            return;
        }
        let mut node = 0;
        for run in runs(end.layout) {
            node = match self.nodes[node].edges.iter().find(|(edge, _)| *edge == run) {
                Some((_, next)) => usize::from(*next),
                None => {
                    let next = self.nodes.len();
                    self.nodes.push(Node::default());
                    // The tree has some hundreds of nodes.
                    self.nodes[node].edges.push((run, next as u16));
                    next
                }
            };
        }
        self.nodes[node].ends.push(end);
    }

    /// Gives `take` every value that starts at `at`, where a word or number begins.
    pub(crate) fn read(&self, text: &str, at: usize, mut take: impl FnMut(u16, Found)) {
        if text::number_goes_on_before(text, at) {
            return;
        }
        self.read_mixed(text, at, &mut take);
        let mut value =
            Value { characters: [0; LONGEST_RUN * MOST_RUNS], length: 0, separators: [0; MOST_RUNS], gaps: 0 };
        let mut node = &self.nodes[0];
        let mut end = at;
        let mut separated = false;
        for _ in 0..MOST_RUNS {
            let Some((digits, length)) = run_at(text, end) else { return };
            let run = Run { separated, digits, length };
            let Some((_, next)) = node.edges.iter().find(|(edge, _)| *edge == run) else { return };
            node = &self.nodes[usize::from(*next)];
            value.push(&text.as_bytes()[end..end + usize::from(length)]);
            end += usize::from(length);
            let joined = text::alnum_at(text, end);
            if !joined && !node.ends.is_empty() && !text::number_goes_on_behind(text, end) {
                for one in &node.ends {
                    if let Some(found) = value.prove(one, at, end) {
                        take(one.identifier, found);
                    }
                }
            }
            separated = !joined;
            if separated {
                let Some((separator, width)) = text::separator_at(text, end) else { return };
                value.separators[value.gaps] = separator;
                value.gaps += 1;
                end += width;
            }
        }
    }
}

impl Shapes {
    fn read_mixed(&self, text: &str, at: usize, take: &mut impl FnMut(u16, Found)) {
        let token = text.as_bytes()[at..].iter().take(LONGEST_RUN + 1).take_while(|byte| byte.is_ascii_alphanumeric());
        let end = at + token.count();
        let Some(ends) = self.mixed.get(end - at).filter(|ends| !ends.is_empty()) else { return };
        let characters = &text.as_bytes()[at..end];
        if characters.iter().any(u8::is_ascii_digit)
            && !text::alnum_at(text, end)
            && !text::number_goes_on_behind(text, end)
        {
            let compact = Compact { characters, separator: None };
            for one in ends {
                if let Some(support) = (one.groups.prove)(&compact) {
                    take(one.identifier, Found { range: at..end, support });
                }
            }
        }
    }
}

struct Value {
    characters: [u8; LONGEST_RUN * MOST_RUNS],
    length: usize,
    separators: [u8; MOST_RUNS],
    gaps: usize,
}

impl Value {
    fn push(&mut self, run: &[u8]) {
        self.characters[self.length..self.length + run.len()].copy_from_slice(run);
        self.length += run.len();
    }

    fn prove(&self, end: &End, from: usize, to: usize) -> Option<Found> {
        let mut separators = self.separators[..self.gaps].iter();
        let mut common = None;
        for gap in end.layout.bytes().filter(|byte| matches!(byte, b' ' | b'/')) {
            let separator = *separators.next()?;
            let fits = match gap {
                b' ' => end.groups.separators.contains(&separator) && *common.get_or_insert(separator) == separator,
                _ => matches!(separator, b' ' | b'-' | b'/'),
            };
            if !fits {
                return None;
            }
        }
        let compact = Compact { characters: &self.characters[..self.length], separator: common };
        Some(Found { range: from..to, support: (end.groups.prove)(&compact)? })
    }
}

/// The run of digits or of ASCII letters at `at`; `None` when there is none or it is too long for any layout.
fn run_at(text: &str, at: usize) -> Option<(bool, u8)> {
    let bytes = &text.as_bytes()[at..];
    let digits = bytes.first()?.is_ascii_digit();
    let same = |byte: &&u8| if digits { byte.is_ascii_digit() } else { byte.is_ascii_alphabetic() };
    let length = bytes.iter().take(LONGEST_RUN + 1).take_while(same).count();
    // At most LONGEST_RUN, which fits.
    (1..=LONGEST_RUN).contains(&length).then_some((digits, length as u8))
}

fn runs(layout: &str) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut separated = false;
    for byte in layout.bytes() {
        match (byte, runs.last_mut()) {
            (b' ' | b'/', _) => separated = true,
            (_, Some(run)) if !separated && run.digits == (byte == b'9') => run.length += 1,
            _ => {
                runs.push(Run { separated, digits: byte == b'9', length: 1 });
                separated = false;
            }
        }
    }
    runs
}
