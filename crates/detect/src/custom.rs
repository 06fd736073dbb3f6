//! Identifiers of the practice's own: checked, made ready, and looked for in a window.
//!
//! Patterns are looked for only where they can matter: one pass over a window says which identifiers have a
//! keyword there (or, without keywords, a value), and only these are looked for by themselves, beside their
//! keywords. A value is what the pattern matches when it sees at most [`LONGEST`] bytes from the value's start, so
//! that it does not depend on where a window ends.

use std::ops::Range;

use pillbox_model::{CustomIdentifier, IdentifierId};
use regex_automata::{Anchored, Input, PatternSet, meta};
use regex_syntax::hir::Hir;

use crate::identifier::Identifier;
use crate::invalid::{self, CustomError, Field, Problem};
use crate::sweep::MARGIN;
use crate::window::LONGEST_VALUE;
use crate::{fields, named, pattern, text};

/// The most identifiers of one's own: Macie's quota for an account.
const MOST: usize = 10_000;
/// Macie's limits of `CreateCustomDataIdentifier`.
const NAME: usize = 128;
const DESCRIPTION: usize = 512;
const KEYWORDS: (usize, usize, usize) = (50, 3, 90);
const IGNORE_WORDS: (usize, usize, usize) = (10, 4, 90);
const DISTANCE: (u16, u16) = (1, 300);
const LEVELS: usize = 3;

/// The most bytes of a value.
const LONGEST: usize = 1024;
/// The most bytes between a keyword's end and its value's end, whatever the number of characters.
const REACH: usize = 512;
/// The most bytes of a keyword in a text.
const KEYWORD: usize = MARGIN - REACH;
/// Bytes that are looked through at a time.
const BLOCK: usize = 4096;
/// Identifiers that one pass asks for.
const TOGETHER: usize = 64;
/// How many of a value's last characters its masked hint shows.
pub(crate) const VISIBLE: usize = 2;

const _: () = assert!(LONGEST <= LONGEST_VALUE && KEYWORD >= 2 * 90);

/// An identifier of the practice's own, made ready.
#[derive(Debug)]
pub(crate) struct Custom {
    pub(crate) id: IdentifierId,
    pub(crate) identifier: CustomIdentifier,
    value: meta::Regex,
    keywords: Option<meta::Regex>,
    /// The keywords, in the order of the patterns of `keywords`: longer ones first.
    spellings: Vec<String>,
    validator: Option<named::Named>,
}

/// All of them.
#[derive(Debug, Default)]
pub(crate) struct Customs {
    customs: Vec<Custom>,
    /// What says that identifiers are to be looked for: each asks for [`TOGETHER`] of them.
    triggers: Vec<meta::Regex>,
}

/// A value that was found.
#[derive(Debug)]
pub(crate) struct Own<'e> {
    /// The identifier's place among those of the practice's own.
    pub(crate) number: usize,
    /// Where, in bytes of the window's text.
    pub(crate) range: Range<usize>,
    /// The keyword before it, with the characters from its end to the value's start.
    pub(crate) keyword: Option<(&'e str, u16)>,
    /// Whether a check digit was verified.
    pub(crate) checksum: bool,
}

impl Customs {
    /// Checks identifiers and makes those that are not `off` ready; none may be called like one of `managed`.
    ///
    /// # Errors
    /// What is wrong with the first that can't be used.
    pub(crate) fn of(
        identifiers: &[CustomIdentifier],
        managed: &[Identifier],
        off: &[IdentifierId],
    ) -> Result<Self, CustomError> {
        let mut customs: Vec<Custom> = Vec::with_capacity(identifiers.len());
        let mut asked: Vec<Hir> = Vec::with_capacity(identifiers.len());
        for (position, identifier) in identifiers.iter().enumerate() {
            let says = |(field, problem)| CustomError { name: identifier.name.clone(), field, problem };
            let name = identifier.name.to_lowercase();
            let taken = identifiers[..position].iter().any(|other| other.name.to_lowercase() == name)
                || managed.iter().any(|other| other.id.as_str().to_lowercase() == name);
            if taken {
                return Err(says((Field::Name, Problem::Taken)));
            }
            if position == MOST {
                return Err(says((Field::Name, Problem::TooMany { most: MOST })));
            }
            let (custom, asks) = ready(identifier).map_err(says)?;
            if !off.contains(&custom.id) {
                customs.push(custom);
                asked.push(asks);
            }
        }
        let triggers = asked.chunks(TOGETHER).map(pattern::many).collect::<Result<_, _>>();
        let triggers = triggers.map_err(|problem| CustomError {
            name: identifiers.last().map_or_else(String::new, |last| last.name.clone()),
            field: Field::Regex,
            problem,
        })?;
        Ok(Self { customs, triggers })
    }

    pub(crate) fn all(&self) -> &[Custom] {
        &self.customs
    }

    /// The identifiers with a keyword in a heading.
    pub(crate) fn named_in(&self, heading: &str) -> Vec<Named> {
        let named = |(number, custom): (usize, &Custom)| {
            let hits = custom.hits(custom.keywords.as_ref()?, heading, heading.len());
            hits.last().map(|hit| Named { number, keyword: hit.keyword })
        };
        self.customs.iter().enumerate().filter_map(named).collect()
    }

    /// Hands on the values that start in `core` and lie in `field`, over which a heading names their identifier; says
    /// how many places were tried.
    pub(crate) fn read_under<'e>(
        &'e self,
        named: &Named,
        text: &str,
        field: &Range<usize>,
        core: &Range<usize>,
        found: &mut dyn FnMut(Own<'e>),
    ) -> u64 {
        let Named { number, keyword } = *named;
        let custom = &self.customs[number];
        let mut tries = 0;
        let span = field.start.max(core.start)..field.end.min(core.end);
        custom.each_value(text, span, &mut |range| {
            tries += 1;
            if range.end <= field.end
                && let Some(checksum) = custom.proves(&text[range.clone()])
            {
                let keyword = Some((custom.spellings[keyword].as_str(), fields::DISTANCE));
                found(Own { number, range, keyword, checksum });
            }
        });
        tries
    }

    /// Hands on the values that start in `core`, a part of `text`; says how many places were tried.
    pub(crate) fn read<'e>(&'e self, text: &str, core: &Range<usize>, found: &mut dyn FnMut(Own<'e>)) -> u64 {
        let mut tries = 0;
        for (trigger, first) in self.triggers.iter().zip((0..).step_by(TOGETHER)) {
            let mut present = PatternSet::new(trigger.pattern_len());
            trigger.which_overlapping_matches(&Input::new(text), &mut present);
            for pattern in present.iter() {
                let number = first + pattern.as_usize();
                tries += self.customs[number].read(text, core, &mut |range, keyword, checksum| {
                    found(Own { number, range, keyword, checksum });
                });
            }
        }
        tries
    }
}

/// An identifier of the practice's own that a heading names, and by which of its keywords.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Named {
    number: usize,
    keyword: usize,
}

/// Takes a value, the keyword before it, and whether a check digit was verified.
type Take<'t, 'e> = &'t mut dyn FnMut(Range<usize>, Option<(&'e str, u16)>, bool);

impl Custom {
    fn read<'e>(&'e self, text: &str, core: &Range<usize>, take: Take<'_, 'e>) -> u64 {
        let mut tries = 0;
        let Some(keywords) = &self.keywords else {
            self.each_value(text, core.clone(), &mut |range| {
                tries += 1;
                if let Some(checksum) = self.proves(&text[range.clone()]) {
                    take(range, None, checksum);
                }
            });
            return tries;
        };
        let hits = self.hits(keywords, text, core.end);
        for near in self.near(text, &hits) {
            self.each_value(text, near, &mut |range| {
                tries += 1;
                let before = hits.partition_point(|hit| hit.end <= range.start);
                let Some(hit) = hits[..before].last() else { return };
                if !core.contains(&range.start) || range.end > self.limit(text, hit.end) {
                    return;
                }
                if let Some(checksum) = self.proves(&text[range.clone()]) {
                    let distance = text[hit.end..range.start].chars().count();
                    let keyword = self.spellings[hit.keyword].as_str();
                    take(range, Some((keyword, u16::try_from(distance).unwrap_or(u16::MAX))), checksum);
                }
            });
        }
        tries + hits.len() as u64
    }

    /// The keywords in `text[..to]`, in order: whole words, which digits may follow.
    fn hits(&self, keywords: &meta::Regex, text: &str, to: usize) -> Vec<Hit> {
        let mut hits = Vec::new();
        let mut at = 0;
        while let Some(found) = keywords.search(&Input::new(text).span(at..to)) {
            let (start, keyword) = (found.start(), found.pattern().as_usize());
            let last = text.as_bytes()[found.end() - 1];
            let behind = pattern::ends_with_letter(&self.spellings[keyword]) && !last.is_ascii_alphabetic();
            let end = found.end() - usize::from(behind && last.is_ascii());
            let begins_inside = text::alnum_at(text, start) && text::alnum_before(text, start);
            let goes_on = text::letter_at(text, end) && text::alnum_before(text, end);
            if begins_inside || goes_on || end - start > KEYWORD {
                at = text.ceil_char_boundary(start + 1);
            } else {
                hits.push(Hit { end, keyword });
                at = end;
            }
        }
        hits
    }

    /// Whether a value is one: by the words that it must not hold, and by its check digit, which the answer names.
    fn proves(&self, value: &str) -> Option<bool> {
        if self.identifier.ignore_words.iter().any(|word| value.contains(word.as_str())) {
            return None;
        }
        match &self.validator {
            Some(validator) => validator.holds(value).then_some(true),
            None => Some(false),
        }
    }

    /// The parts of a text in which a keyword speaks.
    fn near(&self, text: &str, hits: &[Hit]) -> Vec<Range<usize>> {
        let mut parts: Vec<Range<usize>> = Vec::new();
        for hit in hits {
            let end = self.limit(text, hit.end);
            match parts.last_mut() {
                Some(last) if hit.end <= last.end => last.end = end,
                _ => parts.push(hit.end..end),
            }
        }
        parts
    }

    /// Where a value that a keyword speaks of ends at the latest.
    fn limit(&self, text: &str, keyword_end: usize) -> usize {
        let distance = usize::from(self.identifier.maximum_match_distance);
        let reach = &text[keyword_end..text.floor_char_boundary(keyword_end + REACH)];
        keyword_end + reach.char_indices().nth(distance).map_or(reach.len(), |(offset, _)| offset)
    }

    /// Hands on the values that start in `span`, one after the other and apart from each other.
    fn each_value(&self, text: &str, span: Range<usize>, found: &mut dyn FnMut(Range<usize>)) {
        let mut at = span.start;
        while at < span.end {
            let block = text.ceil_char_boundary(at + BLOCK).min(span.end);
            let seen = text.floor_char_boundary(block + LONGEST);
            let Some(value) = self.value.search(&Input::new(text).span(at..seen)) else {
                at = block;
                continue;
            };
            let start = value.start();
            if start >= block {
                at = start;
            } else if let Some(end) = self.end(text, start, value.end()) {
                found(start..end);
                at = end;
            } else {
                at = text.ceil_char_boundary(start + 1);
            }
        }
    }

    /// Where a value ends when no more of it is seen than may be.
    fn end(&self, text: &str, start: usize, end: usize) -> Option<usize> {
        if end - start <= LONGEST {
            return Some(end);
        }
        let seen = text.floor_char_boundary(start + LONGEST);
        let input = Input::new(text).span(start..seen).anchored(Anchored::Yes);
        self.value.search(&input).map(|value| value.end())
    }
}

/// A keyword in a text.
#[derive(Debug)]
struct Hit {
    end: usize,
    keyword: usize,
}

/// An identifier made ready, and the pattern that says whether it is to be looked for.
fn ready(identifier: &CustomIdentifier) -> Result<(Custom, Hir), (Field, Problem)> {
    invalid::text(&identifier.name, 1, NAME).map_err(|problem| (Field::Name, problem))?;
    invalid::text(&identifier.description, 0, DESCRIPTION).map_err(|problem| (Field::Description, problem))?;
    let (most, least, each) = KEYWORDS;
    invalid::texts(&identifier.keywords, most, least, each).map_err(|problem| (Field::Keywords, problem))?;
    let (most, least, each) = IGNORE_WORDS;
    invalid::texts(&identifier.ignore_words, most, least, each).map_err(|problem| (Field::IgnoreWords, problem))?;
    if !(DISTANCE.0..=DISTANCE.1).contains(&identifier.maximum_match_distance) {
        let problem = Problem::Range { least: DISTANCE.0.into(), most: DISTANCE.1.into() };
        return Err((Field::MaximumMatchDistance, problem));
    }
    check_levels(identifier).map_err(|problem| (Field::SeverityLevels, problem))?;
    let validator = match &identifier.validator {
        Some(name) => Some(
            named::Named::of(name)
                .ok_or_else(|| (Field::Validator, Problem::UnknownValidator { given: name.clone() }))?,
        ),
        None => None,
    };
    let hir = pattern::read(&identifier.regex).map_err(|problem| (Field::Regex, problem))?;
    let value = pattern::one(&hir).map_err(|problem| (Field::Regex, problem))?;
    let mut spellings = identifier.keywords.clone();
    spellings.sort_by_key(|keyword| std::cmp::Reverse(keyword.chars().count()));
    let patterns: Vec<Hir> = spellings.iter().map(|keyword| pattern::keyword(keyword)).collect();
    let (keywords, asks) = if patterns.is_empty() {
        (None, hir)
    } else {
        let keywords = pattern::first(&patterns).map_err(|problem| (Field::Keywords, problem))?;
        (Some(keywords), Hir::alternation(patterns))
    };
    let id = identifier.id();
    Ok((Custom { id, identifier: identifier.clone(), value, keywords, spellings, validator }, asks))
}

fn check_levels(identifier: &CustomIdentifier) -> Result<(), Problem> {
    let levels = &identifier.severity_levels;
    if levels.len() > LEVELS {
        return Err(Problem::TooMany { most: LEVELS });
    }
    if levels.iter().any(|level| level.occurrences_threshold == 0) {
        return Err(Problem::Range { least: 1, most: u64::MAX });
    }
    let rises = levels.windows(2).all(|pair| pair[0].occurrences_threshold < pair[1].occurrences_threshold);
    let twice = (1..levels.len()).any(|at| levels[..at].iter().any(|level| level.severity == levels[at].severity));
    if rises && !twice { Ok(()) } else { Err(Problem::NotRising) }
}
