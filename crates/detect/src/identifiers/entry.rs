//! How entries of the tables are written that differ in little.

use pillbox_model::{Category, IdentifierId, SeverityBands};

use super::NEAR;
use crate::identifier::{Alone, Compact, Example, Finder, Groups, Identifier, Support};
use crate::values::date;

/// An identifier of personal data with Macie's distance and nothing to find yet.
pub(super) const fn entry(
    id: &'static str,
    name: &'static str,
    country: &'static str,
    severity: SeverityBands,
) -> Identifier {
    const fn unproved(_: &Compact<'_>) -> Option<Support> {
        None
    }
    Identifier {
        id: IdentifierId::of(id),
        name,
        category: Category::PersonalInformation,
        severity,
        country,
        keywords: &[],
        near: NEAR,
        next_only: false,
        visible: 2,
        source: "",
        examples: &[],
        counterexamples: &[],
        finder: Finder::Groups(Groups { layouts: &[], separators: b"", prove: unproved }),
    }
}

/// How near a keyword must be to a number that has nothing else for it.
pub(super) const BESIDE: u16 = 20;

/// A number without check digit: known by its keyword alone, unless it is one character throughout or a date.
pub(super) fn number(value: &Compact<'_>) -> Option<Support> {
    let characters = value.characters;
    let mut digits = characters.iter().filter(|byte| byte.is_ascii_digit());
    let first = digits.next();
    let same = digits.all(|byte| Some(byte) == first);
    let is_date = characters.len() == 8
        && std::str::from_utf8(characters).is_ok_and(|digits| date::date_end(digits, 0) == Some(digits.len()));
    (!same && !is_date).then(|| Support::shape(Alone::Never))?
}

impl Identifier {
    /// The words that must stand near.
    pub(super) const fn near_to(mut self, keywords: &'static [&'static str]) -> Self {
        self.keywords = keywords;
        self
    }

    /// The keyword must be within `distance` characters, with no other number between: for values that nothing
    /// but their keyword tells from other numbers.
    pub(super) const fn right_beside(mut self, distance: u16) -> Self {
        self.near = distance;
        self.next_only = true;
        self
    }

    /// The keyword must be within `distance` characters.
    pub(super) const fn within(mut self, distance: u16) -> Self {
        self.near = distance;
        self
    }

    /// Values of groups, see [`Groups`].
    pub(super) const fn in_groups(
        mut self,
        layouts: &'static [&'static str],
        separators: &'static [u8],
        prove: fn(&Compact<'_>) -> Option<Support>,
    ) -> Self {
        self.finder = Finder::Groups(Groups { layouts, separators, prove });
        self
    }

    /// Values that a reader finds.
    pub(super) const fn read_by(mut self, finder: Finder) -> Self {
        self.finder = finder;
        self
    }

    /// Of another category.
    pub(super) const fn of(mut self, category: Category) -> Self {
        self.category = category;
        self
    }

    /// Shows this many of a value's last characters.
    pub(super) const fn showing(mut self, visible: usize) -> Self {
        self.visible = visible;
        self
    }

    /// Where the facts come from.
    pub(super) const fn known_from(mut self, source: &'static str) -> Self {
        self.source = source;
        self
    }

    /// What must match, and what must not.
    pub(super) const fn proved_by(
        mut self,
        examples: &'static [Example],
        counterexamples: &'static [&'static str],
    ) -> Self {
        self.examples = examples;
        self.counterexamples = counterexamples;
        self
    }
}
