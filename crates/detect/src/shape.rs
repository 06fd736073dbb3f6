//! Layouts of groups (`9999 99999 9`, `AAA9999`), all of them at once.
//!
//! A value is a sequence of runs (digits or letters, of a length) with a separator or nothing between them.
//! The layouts of all identifiers form one tree over such runs, so that a number is read once, and a
//! number whose first group begins no layout is left at once. Values that mix digits and letters anywhere are
//! known by their length.

use crate::fields::Section;
use crate::identifier::{Compact, Found, Groups, Identifier, Support};
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

/// How many different runs there are.
const RUNS: usize = 4 * (LONGEST_RUN + 1);

impl Run {
    #[inline]
    fn index(self) -> usize {
        (2 * usize::from(self.separated) + usize::from(self.digits)) * (LONGEST_RUN + 1) + usize::from(self.length)
    }
}

#[derive(Debug, Clone)]
struct Node {
    /// The nodes behind each run; 0 where there is none, since no run leads back to the root.
    next: [u16; RUNS],
    ends: Vec<End>,
}

impl Default for Node {
    fn default() -> Self {
        Self { next: [0; RUNS], ends: Vec::new() }
    }
}

#[derive(Debug, Clone, Copy)]
struct End {
    identifier: u16,
    needs_keyword: bool,
    layout: &'static str,
    groups: Groups,
}

impl End {
    #[inline]
    fn is_wanted(&self, taker: &mut impl Taker, at: usize) -> bool {
        !self.needs_keyword || taker.has_keyword(self.identifier, at)
    }
}

/// Takes the values that start at one place.
pub(crate) trait Taker {
    /// Whether an identifier has a keyword in reach of a value that starts at `at`.
    fn has_keyword(&mut self, identifier: u16, at: usize) -> bool;

    /// Takes a value.
    fn take(&mut self, identifier: u16, found: Found);
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
        for (identifier, described) in (0u16..).zip(identifiers) {
            for way in described.finder.ways() {
                let Some((groups, needs_keyword)) = way.groups() else { continue };
                for layout in groups.layouts {
                    shapes.add(End { identifier, needs_keyword, layout, groups });
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
            if self.nodes[node].next[run.index()] == 0 {
                // The tree has some hundreds of nodes.
                self.nodes[node].next[run.index()] = self.nodes.len() as u16;
                self.nodes.push(Node::default());
            }
            node = usize::from(self.nodes[node].next[run.index()]);
        }
        self.nodes[node].ends.push(end);
    }

    /// The lengths of numbers that are no value by themselves and begin none that goes on with a word: a bit for each.
    pub(crate) fn plain_counts(&self) -> u32 {
        let begins_none = |length: &u8| {
            let first = self.nodes[0].next[Run { separated: false, digits: true, length: *length }.index()];
            let node = &self.nodes[usize::from(first)];
            let goes_on = (1..=LONGEST_RUN as u8)
                .any(|length| node.next[Run { separated: true, digits: false, length }.index()] != 0);
            let mixed = &self.mixed[usize::from(*length)];
            first == 0 || (!goes_on && node.ends.is_empty() && mixed.is_empty())
        };
        (1..=LONGEST_RUN as u8).filter(begins_none).fold(0, |all, length| all | 1 << length)
    }

    /// Gives `taker` every value that starts at `at`, where a word or number begins, and that can be believed.
    #[inline]
    pub(crate) fn read(&self, section: &Section<'_>, at: usize, taker: &mut impl Taker) {
        let text = section.text;
        if text::number_goes_on_before(text, at) {
            return;
        }
        self.read_mixed(section, at, taker);
        let mut node = &self.nodes[0];
        let mut separators = Separators { all: [0; MOST_RUNS], count: 0 };
        let (mut end, mut separated) = (at, false);
        for _ in 0..MOST_RUNS {
            let Some((digits, length)) = run_at(section, end) else { return };
            let next = node.next[Run { separated, digits, length }.index()];
            if next == 0 {
                return;
            }
            node = &self.nodes[usize::from(next)];
            end += usize::from(length);
            let joined = text::alnum_at(text, end);
            if !joined && !node.ends.is_empty() && !text::number_goes_on_behind(text, end) {
                for one in &node.ends {
                    if one.is_wanted(taker, at)
                        && let Some(support) = separators.prove(one, &text.as_bytes()[at..end])
                    {
                        taker.take(one.identifier, Found { range: at..end, support });
                    }
                }
            }
            separated = !joined;
            if separated {
                let Some((separator, width)) = text::separator_at(text, end) else { return };
                separators.push(separator);
                end += width;
            }
        }
    }

    fn read_mixed(&self, section: &Section<'_>, at: usize, taker: &mut impl Taker) {
        let length = section.word_length(at);
        let Some(ends) = self.mixed.get(length).filter(|ends| !ends.is_empty()) else { return };
        let end = at + length;
        let characters = &section.text.as_bytes()[at..end];
        if !characters.is_ascii()
            || !characters.iter().any(u8::is_ascii_digit)
            || text::number_goes_on_behind(section.text, end)
        {
            return;
        }
        let compact = Compact { characters, separator: None };
        for one in ends {
            if one.is_wanted(taker, at)
                && let Some(support) = (one.groups.prove)(&compact)
            {
                taker.take(one.identifier, Found { range: at..end, support });
            }
        }
    }
}

/// What stands between the runs of a value.
struct Separators {
    all: [u8; MOST_RUNS],
    count: usize,
}

impl Separators {
    fn push(&mut self, separator: u8) {
        self.all[self.count] = separator;
        self.count += 1;
    }

    /// Proves a value of the layout of `end` that is written as `written`.
    fn prove(&self, end: &End, written: &[u8]) -> Option<Support> {
        let mut separators = self.all[..self.count].iter();
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
        if self.count == 0 {
            return (end.groups.prove)(&Compact { characters: written, separator: None });
        }
        let mut characters = [0; LONGEST_RUN * MOST_RUNS];
        let mut length = 0;
        for byte in written.iter().filter(|byte| byte.is_ascii_alphanumeric()) {
            characters[length] = *byte;
            length += 1;
        }
        (end.groups.prove)(&Compact { characters: &characters[..length], separator: common })
    }
}

/// The run of digits or of ASCII letters at `at`; `None` when there is none or it is too long for any layout.
#[inline]
fn run_at(section: &Section<'_>, at: usize) -> Option<(bool, u8)> {
    let bytes = &section.text.as_bytes()[at..];
    let digits = bytes.first()?.is_ascii_digit();
    let length = if digits {
        section.digits_length(at)
    } else {
        bytes.iter().take(LONGEST_RUN + 1).take_while(|byte| byte.is_ascii_alphabetic()).count()
    };
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

#[cfg(test)]
mod tests {
    use crate::identifier::{Alone, Compact};
    use crate::identifiers;

    #[test]
    fn what_needs_a_keyword_is_never_believed_alone() {
        for identifier in identifiers::managed() {
            let needing = identifier.finder.ways().iter().filter_map(|way| way.groups()).filter(|(_, needs)| *needs);
            for (groups, _) in needing {
                for example in identifier.examples {
                    let characters: Vec<u8> = example.value.bytes().filter(u8::is_ascii_alphanumeric).collect();
                    for separator in [None, Some(b' '), Some(b'-'), Some(b'.')] {
                        let support = (groups.prove)(&Compact { characters: &characters, separator });
                        let alone = support.map_or(Alone::Never, |support| support.alone);
                        assert_eq!(alone, Alone::Never, "{} {}", identifier.id, example.value);
                    }
                }
            }
        }
    }
}
