//! The fields of a text, and what their headings say of the values in them.

use std::ops::Range;

use pillbox_model::{Field, HeadingId, Headings};

use crate::custom::Named;
use crate::engine::Engine;
use crate::lexicon::{Hit, Lexicon};
use crate::planes::Planes;
use crate::sweep::{Spot, Swept};
use crate::text;
use crate::word_key::key_at;
use crate::words::Words;

/// What a keyword in a field's own name counts as, in characters: farther than one right before a value.
pub(crate) const DISTANCE: u16 = 8;
/// What each step outwards on the path to a value adds.
const STEP: u16 = 6;
/// Names that say nothing of what is in a field: the name around them does.
static GENERIC: Words = Words::of(&[
    "code",
    "content",
    "data",
    "display",
    "extension",
    "full",
    "id",
    "item",
    "items",
    "line",
    "lines",
    "no",
    "number",
    "root",
    "string",
    "text",
    "use",
    "value",
    "values",
]);
/// Words of a heading behind which a number is of a kind of its own.
static OTHER_NUMBERS: Words = Words::of(&[
    "amount",
    "batch",
    "build",
    "case",
    "checksum",
    "claim",
    "hash",
    "invoice",
    "item",
    "lot",
    "model",
    "order",
    "part",
    "policy",
    "price",
    "product",
    "qty",
    "quantity",
    "receipt",
    "ref",
    "reference",
    "serial",
    "sku",
    "stock",
    "ticket",
    "total",
    "tracking",
    "version",
]);

/// What the headings of one text say; each is looked at once, however many fields it stands over.
#[derive(Debug, Default)]
pub(crate) struct Legend {
    headings: Vec<Heading>,
    confined: bool,
}

/// What one heading says.
#[derive(Debug, Default)]
pub(crate) struct Heading {
    /// Its keywords, the nearest to the value first.
    pub(crate) keywords: Vec<Spoken>,
    /// Whether its numbers are of another kind than any identifier's.
    pub(crate) of_other_numbers: bool,
    /// The practice's own identifiers that have a keyword in it.
    pub(crate) own: Vec<Named>,
}

/// A keyword in a heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Spoken {
    /// Its number in the lexicon.
    pub(crate) keyword: u16,
    /// What it counts as, in characters.
    pub(crate) distance: u16,
    /// Whether it names the field itself, not something around it.
    pub(crate) own: bool,
}

impl Legend {
    /// Takes in the headings that are new since the last time.
    pub(crate) fn learn(&mut self, engine: &Engine, headings: &Headings) {
        self.confined = headings.confined();
        let known = u32::try_from(self.headings.len()).unwrap_or(u32::MAX);
        let all = u32::try_from(headings.len()).unwrap_or(u32::MAX);
        self.headings.extend((known..all).map(|number| Heading::read(engine, headings.text(HeadingId(number)))));
    }

    /// What a heading says; `None` when it says nothing.
    pub(crate) fn heading(&self, number: HeadingId) -> Option<&Heading> {
        self.headings.get(usize::try_from(number.0).ok()?).filter(|_| number != HeadingId::NONE)
    }
}

impl Heading {
    fn read(engine: &Engine, heading: &str) -> Self {
        let lexicon = &engine.lexicon;
        let names: Vec<String> = heading.lines().map(spaced).filter(|name| !name.is_empty()).collect();
        let own = names.iter().rposition(|name| !is_generic(name)).unwrap_or(0);
        let mut keywords: Vec<Spoken> = Vec::new();
        let joined = names.join(" ");
        let mut ends = 0;
        let levels: Vec<usize> = names
            .iter()
            .map(|name| {
                ends += name.len() + 1;
                ends - 1
            })
            .collect();
        for hit in hits(lexicon, &joined) {
            let level = levels.partition_point(|end| *end < hit.end);
            keywords.push(Spoken::at(hit.keyword, level, names.len(), level >= own));
        }
        // As written, for names whose humps are no words (`DoB`, `eMail`).
        for (level, name) in heading.lines().filter(|name| !spaced(name).is_empty()).enumerate() {
            for hit in hits(lexicon, name) {
                if !keywords.iter().any(|spoken| spoken.keyword == hit.keyword) {
                    keywords.push(Spoken::at(hit.keyword, level, names.len(), level >= own));
                }
            }
        }
        keywords.sort_by_key(|spoken| spoken.distance);
        let of_other_numbers = names
            .get(own..)
            .unwrap_or_default()
            .iter()
            .any(|name| name.split(' ').any(|word| OTHER_NUMBERS.contains(word)));
        Self { keywords, of_other_numbers, own: engine.customs.named_in(&joined) }
    }
}

impl Spoken {
    fn at(keyword: u16, level: usize, levels: usize, own: bool) -> Self {
        let steps = u16::try_from(levels.saturating_sub(level + 1)).unwrap_or(u16::MAX);
        Self { keyword, distance: DISTANCE.saturating_add(STEP.saturating_mul(steps)), own }
    }
}

fn is_generic(name: &str) -> bool {
    name.split(' ').all(|word| GENERIC.contains(word) || word.bytes().all(|byte| byte.is_ascii_digit()))
}

/// The keywords in a heading, none inside another.
fn hits(lexicon: &Lexicon, heading: &str) -> Vec<Hit> {
    let mut found: Vec<Hit> = Vec::new();
    for at in 0..heading.len() {
        let begins = heading.is_char_boundary(at) && text::letter_at(heading, at) && !text::alnum_before(heading, at);
        if begins && found.last().is_none_or(|hit| hit.end <= at) {
            found.extend(lexicon.hit(heading, at, key_at(heading, at)));
        }
    }
    found
}

/// A name with its humps set apart: `taxFileNumber`, `tax_file_number` and `TaxFile-Number` are `tax File Number` but
/// for case; `patientDOB` is `patient DOB`, `IHINumber` is `IHI Number`.
fn spaced(name: &str) -> String {
    let mut words = String::with_capacity(name.len() + 8);
    let mut before: Option<char> = None;
    let mut characters = name.chars().peekable();
    while let Some(c) = characters.next() {
        if c.is_alphanumeric() || matches!(c, '\'' | '.' | '/' | '#') {
            let hump = c.is_uppercase()
                && before.is_some_and(|before| {
                    before.is_lowercase()
                        || (before.is_uppercase() && characters.peek().is_some_and(|next| next.is_lowercase()))
                });
            if hump {
                words.push(' ');
            }
            words.push(c);
        } else if !words.ends_with(' ') {
            words.push(' ');
        }
        before = Some(c);
    }
    words.trim().to_owned()
}

/// The fields of one frame of a text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fields<'a> {
    /// In order, by offsets in the whole text.
    pub(crate) fields: &'a [Field],
    /// What their headings say.
    pub(crate) legend: &'a Legend,
    /// Where the frame begins in the whole text.
    pub(crate) base: u64,
}

impl<'a> Fields<'a> {
    /// What the heading over the character at `at` of the frame says.
    pub(crate) fn heading_at(&self, at: usize) -> Option<&'a Heading> {
        let position = self.base + at as u64;
        let behind = self.fields.partition_point(|field| field.start <= position);
        self.legend.heading(self.fields.get(behind.checked_sub(1)?)?.heading)
    }

    /// The fields of the frame `text` that reach into `range` and over which a heading stands, each with what it says.
    pub(crate) fn reaching_into(
        &self,
        range: &Range<usize>,
        text: &'a str,
    ) -> impl Iterator<Item = (Range<usize>, &'a Heading)> {
        let to = self.base + range.end as u64;
        let begun = self.fields.partition_point(|field| field.start <= self.base + range.start as u64);
        let last = self.fields.partition_point(|field| field.start < to);
        let this = *self;
        (begun.saturating_sub(1)..last).filter_map(move |index| {
            let heading = this.legend.heading(this.fields[index].heading)?;
            Some((this.part(index, text), heading))
        })
    }

    /// The fields that begin in `range` of the frame, each with its part of the frame and what its heading says.
    pub(crate) fn beginning_in(
        &self,
        range: &Range<usize>,
        text: &'a str,
    ) -> impl Iterator<Item = (Range<usize>, &'a Heading)> {
        let (from, to) = (self.base + range.start as u64, self.base + range.end as u64);
        let first = self.fields.partition_point(|field| field.start < from);
        let last = self.fields.partition_point(|field| field.start < to);
        let this = *self;
        (first..last).filter_map(move |index| {
            let heading = this.legend.heading(this.fields[index].heading)?;
            Some((this.part(index, text), heading))
        })
    }

    /// Where the field with an index lies in the frame `text`.
    fn part(&self, index: usize, text: &str) -> Range<usize> {
        let start = self.offset(&self.fields[index], text);
        start..self.fields.get(index + 1).map_or(text.len(), |next| self.offset(next, text)).max(start)
    }

    /// Where a field begins in the frame `text`, or the nearest to it that is in the frame.
    fn offset(&self, field: &Field, text: &str) -> usize {
        let offset = usize::try_from(field.start.saturating_sub(self.base)).unwrap_or(text.len());
        text.floor_char_boundary(offset)
    }
}

/// A part of a frame whose words speak of its own values alone: the whole frame, or one field of a confined text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Section<'a> {
    /// Its text.
    pub(crate) text: &'a str,
    /// Where it begins in the frame.
    pub(crate) start: usize,
    /// The keywords in it, by offsets in its text.
    pub(crate) hits: &'a [Hit],
    /// The places in it where values may start, by offsets in its text.
    pub(crate) spots: &'a [Spot],
    /// The fields of the frame.
    pub(crate) fields: Fields<'a>,
    /// What the bytes of the frame are.
    pub(crate) planes: &'a Planes,
}

impl<'a> Section<'a> {
    /// How many digits follow from `at` on; 64 when there are more.
    #[inline]
    pub(crate) fn digits_length(&self, at: usize) -> usize {
        self.planes.digits.run(self.start + at).min(self.text.len() - at)
    }

    /// How many bytes of letters and digits follow from `at` on; 64 when there are more.
    #[inline]
    pub(crate) fn word_length(&self, at: usize) -> usize {
        let Planes { letters, digits, .. } = self.planes;
        let inside = letters.from(self.start + at) | digits.from(self.start + at);
        (inside.trailing_ones() as usize).min(self.text.len() - at)
    }

    /// Whether so many digits follow from `at` on, as near as a number has them.
    #[inline]
    pub(crate) fn has_digits(&self, at: usize, count: u32) -> bool {
        const NEAR: u64 = u32::MAX as u64;
        (self.planes.digits.from(self.start + at) & NEAR).count_ones() >= count
    }

    /// Whether headings stand over values of this text.
    pub(crate) fn has_headings(&self) -> bool {
        !self.fields.fields.is_empty()
    }

    /// What the heading over the character at `at` of the section says.
    pub(crate) fn heading_at(&self, at: usize) -> Option<&'a Heading> {
        self.fields.heading_at(self.start + at)
    }
}

/// Room for what was swept in one section, used again and again.
#[derive(Debug, Default)]
pub(crate) struct Cut {
    hits: Vec<Hit>,
    spots: Vec<Spot>,
}

impl Cut {
    /// Gives `read` each section of the frame `text` in which values of `core` may start.
    pub(crate) fn sections(
        &mut self,
        text: &str,
        core: &Range<usize>,
        swept: &Swept,
        fields: Fields<'_>,
        mut read: impl FnMut(&Section<'_>),
    ) {
        if !fields.legend.confined || fields.fields.is_empty() {
            read(&Section { text, start: 0, hits: &swept.hits, spots: &swept.spots, fields, planes: &swept.planes });
            return;
        }
        let begun = fields.fields.partition_point(|field| field.start <= fields.base + core.start as u64);
        let ended = fields.fields.partition_point(|field| field.start < fields.base + core.end as u64);
        let before = match begun.checked_sub(1) {
            Some(index) => fields.part(index, text),
            None => 0..fields.fields.first().map_or(text.len(), |field| fields.offset(field, text)),
        };
        let (mut hits, mut spots) = (0, 0);
        for part in std::iter::once(before).chain((begun..ended).map(|index| fields.part(index, text))) {
            self.cut(swept, &part, &mut hits, &mut spots);
            let section = Section {
                text: &text[part.clone()],
                start: part.start,
                hits: &self.hits,
                spots: &self.spots,
                fields,
                planes: &swept.planes,
            };
            read(&section);
        }
    }

    /// Takes over what lies in `part`. `hits` and `spots` count what lies before it.
    fn cut(&mut self, swept: &Swept, part: &Range<usize>, hits: &mut usize, spots: &mut usize) {
        self.hits.clear();
        self.spots.clear();
        *hits += swept.hits[*hits..].iter().take_while(|hit| hit.start < part.start).count();
        let inside = swept.hits[*hits..].iter().take_while(|hit| hit.start < part.end);
        // A keyword over the edge of two fields is none.
        self.hits.extend(inside.filter(|hit| hit.end <= part.end).map(|hit| Hit {
            start: hit.start - part.start,
            end: hit.end - part.start,
            keyword: hit.keyword,
        }));
        *spots += swept.spots[*spots..].iter().take_while(|spot| spot.at() < part.start).count();
        let inside = swept.spots[*spots..].iter().take_while(|spot| spot.at() < part.end);
        // Nor is a word over that edge on a list.
        self.spots.extend(inside.filter(|spot| spot.end() <= part.end).map(|spot| spot.back(part.start)));
    }
}
