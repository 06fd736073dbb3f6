//! Word lists that are shipped: what a single word may be (a given name, a drug, a word of plain English, …).
//!
//! All lists are one hash table of fingerprints, made once in a process. What is on them and where it comes from is in
//! `README.md` beside this file.

mod beginnings;
mod fold;
mod table;

use std::sync::LazyLock;

pub(crate) use beginnings::Beginnings;
use table::Table;

/// What a word may be; it may be several things at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Classes(u16);

impl Classes {
    /// Nothing that is on a list.
    pub(crate) const NONE: Self = Self(0);
    /// A given name.
    pub(crate) const GIVEN: Self = Self(1);
    /// A family name.
    pub(crate) const FAMILY: Self = Self(1 << 1);
    /// A word of plain English, in any of its forms.
    pub(crate) const ENGLISH: Self = Self(1 << 2);
    /// A word of the names of towns, states and countries.
    pub(crate) const PLACE: Self = Self(1 << 3);
    /// A word beside which a name is no person's: `Hospital`, `Street`, `Disease`, `Ltd`.
    pub(crate) const OTHER: Self = Self(1 << 4);
    /// The generic name or the brand of a medicine.
    pub(crate) const DRUG: Self = Self(1 << 5);

    /// Whether the two have a class in common.
    pub(crate) const fn any(self, of: Self) -> bool {
        self.0 & of.0 != 0
    }

    /// Both, where a table needs a constant.
    pub(crate) const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// These without those.
    pub(crate) const fn without(self, those: Self) -> Self {
        Self(self.0 & !those.0)
    }
}

/// The lists, one word on each line in lower case and without accents.
const SHIPPED: &[(Classes, &str)] = &[
    (Classes::GIVEN, include_str!("given.txt")),
    (Classes::FAMILY, include_str!("family.txt")),
    (Classes::ENGLISH, include_str!("english.txt")),
    (Classes::PLACE, include_str!("places.txt")),
    (Classes::OTHER, include_str!("others.txt")),
    (Classes::DRUG, include_str!("drugs.txt")),
];

/// The word lists.
#[derive(Debug)]
pub(crate) struct Lists {
    table: Table,
}

impl Lists {
    /// The lists that are shipped, made at the first call.
    pub(crate) fn shipped() -> &'static Self {
        static LISTS: LazyLock<Lists> = LazyLock::new(|| Lists::of(SHIPPED));
        &LISTS
    }

    fn of(lists: &[(Classes, &str)]) -> Self {
        let mut table = Table::default();
        for (classes, words) in lists {
            for word in words.lines() {
                table.insert(word.as_bytes(), classes.0);
            }
        }
        Self { table }
    }

    /// The words of some classes.
    pub(crate) fn words(classes: Classes) -> impl Iterator<Item = &'static str> {
        let of_classes = SHIPPED.iter().filter(move |(class, _)| class.any(classes));
        of_classes.flat_map(|(_, words)| words.lines())
    }

    /// What `word` may be, without regard to case and accents. A word is letters only.
    pub(crate) fn classes(&self, word: &str) -> Classes {
        if word.is_ascii() {
            return self.classes_of_ascii(word.as_bytes());
        }
        fold::fold(word).map_or(Classes::NONE, |folded| self.classes_of_ascii(folded.as_bytes()))
    }

    /// What a word of ASCII letters may be.
    #[inline]
    pub(crate) fn classes_of_ascii(&self, word: &[u8]) -> Classes {
        Classes(self.table.get(word))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_in_any_case_and_with_accents() {
        let lists = Lists::shipped();
        for word in ["jane", "Jane", "JANE", "Zo\u{EB}", "ZO\u{CB}", "Siobh\u{E1}n"] {
            assert!(lists.classes(word).any(Classes::GIVEN), "{word}");
        }
        assert!(lists.classes("Okafor").any(Classes::FAMILY));
        assert!(lists.classes("diagnosis").any(Classes::ENGLISH));
        for word in ["", "zzxq", "\u{1F48A}", "\u{4E2D}"] {
            assert_eq!(lists.classes(word), Classes::NONE, "{word}");
        }
    }

    #[test]
    fn every_word_that_is_shipped_is_plain_and_found() {
        for (classes, words) in SHIPPED {
            for word in words.lines() {
                assert!(word.bytes().all(|byte| byte.is_ascii_lowercase()) && !word.is_empty(), "{word:?}");
                assert!(Lists::shipped().classes(word).any(*classes), "{word}");
            }
        }
    }
}
