//! The values of one section of a text, and how they are weighed by the keywords around them.

use std::ops::Range;

use crate::context::{self, Context};
use crate::engine::Engine;
use crate::fields::{Fields, Section};
use crate::gathered::Weighed;
use crate::identifier::{Alone, Beside, Found, Listed, Start};
use crate::reach::Reach;
use crate::settle::Keyword;
use crate::shape::Taker;
use crate::sweep::Spot;
use crate::text;
use crate::values::name::stands_alone;
use crate::values::{iban, label, phone};

/// The values of one window, and how they are weighed.
#[derive(Debug, Default)]
pub(crate) struct Values<'e> {
    pub(crate) found: Vec<Weighed<'e>>,
    pub(crate) tries: u64,
    reach: Reach,
    context: Context,
}

impl<'e> Values<'e> {
    /// Reads the values of one section that start in `core`, a range of the frame.
    pub(crate) fn read(&mut self, engine: &Engine, section: &Section<'_>, core: &Range<usize>) {
        let inside = core.start.saturating_sub(section.start)..core.end.saturating_sub(section.start);
        self.reach.forget();
        self.context.forget();
        self.read_spots(engine, section, &inside);
        self.read_beside_keywords(engine, section);
    }

    fn read_spots(&mut self, engine: &Engine, section: &Section<'_>, core: &Range<usize>) {
        for spot in section.spots {
            match *spot {
                Spot::Word(at) if core.contains(&at) => self.read_word(engine, section, at),
                Spot::Sign(at) if core.contains(&at) => self.read_starting(engine, section, Start::Number, at),
                Spot::Dashes(at) if core.contains(&at) => self.read_starting(engine, section, Start::Dashes, at),
                Spot::Jose(at) if core.contains(&at) => self.read_starting(engine, section, Start::Jose, at),
                Spot::At(at) => self.read_starting(engine, section, Start::At, at),
                // A value may begin before the word by which it is known.
                Spot::Listed(at, length, classes) if at >= core.start => {
                    let word = at..at + usize::from(length);
                    let listed = Listed { text: section.text, word, classes, lists: engine.wanted.lists };
                    self.read_listed(engine, section, &listed);
                }
                _ => {}
            }
        }
    }

    fn read_word(&mut self, engine: &Engine, section: &Section<'_>, at: usize) {
        self.tries += 1;
        let text = section.text;
        engine.shapes.read(section, at, &mut self.weigher(engine, section));
        if text::digit_at(text, at) {
            self.read_starting(engine, section, Start::Number, at);
        } else if let Some(country) = iban::country_at(text, at) {
            for (code, identifier, structure) in &engine.ibans {
                if *code == country
                    && let Some(found) = iban::read(text, at, structure)
                {
                    self.weigh(engine, section, *identifier, found);
                }
            }
        }
    }

    fn read_starting(&mut self, engine: &Engine, section: &Section<'_>, start: Start, at: usize) {
        self.tries += 1;
        for (begins, identifier, read) in &engine.starting {
            if *begins == start
                && let Some(found) = read(section.text, at)
            {
                self.weigh(engine, section, *identifier, found);
            }
        }
        if start == Start::Number && section.has_digits(at, phone::FEWEST_DIGITS) {
            phone::read(section.text, at, &engine.phones, &mut self.weigher(engine, section));
        }
    }

    fn read_listed(&mut self, engine: &Engine, section: &Section<'_>, listed: &Listed<'_>) {
        let in_name = listed.text[listed.word.start..].starts_with(char::is_uppercase)
            && !stands_alone(listed.text.as_bytes(), &listed.word);
        for (listing, identifier) in &engine.listings {
            if listed.classes.any(listing.classes) && (in_name || !listing.in_names) {
                self.tries += 1;
                if let Some(found) = (listing.read)(listed) {
                    self.weigh(engine, section, *identifier, found);
                }
            }
        }
    }

    fn read_beside_keywords(&mut self, engine: &Engine, section: &Section<'_>) {
        let text = section.text;
        for (position, hit) in section.hits.iter().enumerate() {
            for &number in engine.lexicon.serves(hit.keyword) {
                let identifier = &engine.identifiers[usize::from(number)];
                let Some(read) = identifier.finder.beside() else { continue };
                self.tries += 1;
                let keyword = engine.lexicon.text(hit.keyword);
                let following = &section.hits[position + 1..];
                let beside = Beside { text, at: hit.start..hit.end, keyword, below: None, following };
                let found = match read(&beside) {
                    Some(found) => {
                        let (from, to) = (hit.end.min(found.range.end), found.range.start.max(hit.start));
                        // Letters right before digits are rather a part of the value than its label.
                        let glued = from == to && text::digit_at(text, hit.end);
                        let distance =
                            if glued { identifier.near } else { context::distance(text, from.min(to), from.max(to)) };
                        (distance <= engine.read_within[usize::from(number)]).then_some((found, distance))
                    }
                    None => label::cell_below(text, hit)
                        .and_then(|cell| read(&Beside { below: Some(cell), ..beside }))
                        .map(|found| (found, context::COLUMN_DISTANCE)),
                };
                if let Some((found, distance)) = found {
                    let keyword = Some((hit.keyword, distance));
                    self.found.push(weighed(engine, section.start, number, &found, keyword));
                }
            }
        }
    }

    /// Reads what stands at the start of the fields that begin in `core` and whose own names announce it.
    pub(crate) fn read_fields(&mut self, engine: &Engine, text: &str, core: &Range<usize>, fields: Fields<'_>) {
        for (part, heading) in fields.beginning_in(core, text) {
            for spoken in heading.keywords.iter().filter(|spoken| spoken.own) {
                for &number in engine.lexicon.serves(spoken.keyword) {
                    let Some(read) = engine.identifiers[usize::from(number)].finder.beside() else { continue };
                    self.tries += 1;
                    let field = &text[part.clone()];
                    let cell = field.len() - field.trim_start_matches([' ', '\t', '\r', '\n', '"', '\'', '>']).len();
                    let keyword = engine.lexicon.text(spoken.keyword);
                    let beside = Beside { text: field, at: 0..0, keyword, below: Some(cell), following: &[] };
                    if let Some(found) = read(&beside) {
                        let keyword = Some((spoken.keyword, spoken.distance));
                        self.found.push(weighed(engine, part.start, number, &found, keyword));
                    }
                }
            }
        }
    }

    fn weigh(&mut self, engine: &Engine, section: &Section<'_>, number: u16, found: Found) {
        self.weigher(engine, section).take(number, found);
    }

    fn weigher<'a>(&'a mut self, engine: &'a Engine, section: &'a Section<'a>) -> Weigher<'a, 'e> {
        let Self { reach, context, found, .. } = self;
        Weigher { engine, section, reach, context, found }
    }
}

/// Weighs the values of one section by the keywords around them.
struct Weigher<'a, 'e> {
    engine: &'a Engine,
    section: &'a Section<'a>,
    reach: &'a mut Reach,
    context: &'a mut Context,
    found: &'a mut Vec<Weighed<'e>>,
}

impl Taker for Weigher<'_, '_> {
    #[inline]
    fn has_keyword(&mut self, identifier: u16, at: usize) -> bool {
        self.reach.tell(self.engine, self.section, at);
        self.reach.has_on_line(identifier)
    }

    /// Takes a value in when its keyword is near, or when it is believed without.
    fn take(&mut self, number: u16, found: Found) {
        let Self { engine, section, .. } = *self;
        let Found { range, support } = &found;
        self.reach.tell(engine, section, range.start);
        let has_keyword = self.reach.has(number, range);
        let keyword = if has_keyword { speaking(engine, section, self.context, number, &found) } else { None };
        let believed = match support.alone {
            Alone::Always => true,
            _ if let Some((_, distance)) = keyword => {
                support.checksum || !context::is_of_another_kind(section.text, range.start, distance)
            }
            Alone::Unlabelled => {
                !context::is_labelled(section.text, range.start)
                    && !section.heading_at(range.start).is_some_and(|heading| heading.of_other_numbers)
            }
            Alone::Never => false,
        };
        if believed {
            self.found.push(weighed(engine, section.start, number, &found, keyword));
        }
    }
}

/// A value in a part of the frame that begins at `start`.
fn weighed<'e>(
    engine: &Engine,
    start: usize,
    identifier: u16,
    found: &Found,
    keyword: Option<(u16, u16)>,
) -> Weighed<'e> {
    let range = start + found.range.start..start + found.range.end;
    let keyword = keyword.map(|(keyword, distance)| (Keyword::Managed(engine.lexicon.text(keyword)), distance));
    Weighed { range, identifier, keyword, checksum: found.support.checksum, own: false }
}

/// The nearest keyword that speaks for a value, and how far it is.
fn speaking(
    engine: &Engine,
    section: &Section<'_>,
    context: &mut Context,
    number: u16,
    Found { range, support }: &Found,
) -> Option<(u16, u16)> {
    let identifier = &engine.identifiers[usize::from(number)];
    let serves = |keyword: u16| engine.lexicon.speaks_for(keyword, number);
    context.look(section.text, section.hits, range.start, range.end, engine.reach);
    let nearest = context.nearest(|nearby| {
        serves(nearby.keyword)
            && (nearby.next || !identifier.next_only)
            && (nearby.distance <= identifier.near
                || (support.checksum
                    && nearby.distance <= identifier.near + context::LABEL_MORE
                    && context.begins_label(section.text, nearby)))
    });
    let heading = section
        .heading_at(range.start)
        .and_then(|heading| heading.keywords.iter().find(|spoken| serves(spoken.keyword)));
    match (nearest, heading) {
        (Some(nearest), Some(heading)) if heading.distance < nearest.distance => {
            Some((heading.keyword, heading.distance))
        }
        (Some(nearest), _) => Some((nearest.keyword, nearest.distance)),
        (None, heading) => heading.map(|heading| (heading.keyword, heading.distance)),
    }
}
