//! One kind of sensitive data, as data.

use std::ops::{Range, RangeInclusive};

use pillbox_model::{Category, IdentifierId, SeverityBands};

use crate::context;
use crate::lexicon::Hit;
use crate::lists::{Classes, Lists};
use crate::values::phone;

/// A managed data identifier.
#[derive(Debug, Clone)]
pub struct Identifier {
    /// Its id: Macie's where Macie has one, in the same style beyond them.
    pub id: IdentifierId,
    /// Its name for people.
    pub name: &'static str,
    /// Its category.
    pub category: Category,
    /// How bad it is, by occurrences in one object.
    pub severity: SeverityBands,
    /// The countries whose data it is, or `Any`.
    pub country: &'static str,
    /// Words that say near a value what it is; lower case. A space in a keyword matches one space, tab,
    /// `_`, `-` or nothing in a text.
    pub keywords: &'static [&'static str],
    /// How many characters may lie between keyword and value. A run of fill characters (dots, blanks, dashes)
    /// counts as one, so that the leaders of a form do not push a value away from its label, and so do words in
    /// brackets before a label's mark. A value that a check digit proves may be 50 farther from a keyword that begins
    /// the label before it.
    pub near: u16,
    /// Whether a keyword speaks only for the first number beside it.
    pub next_only: bool,
    /// How many of a value's last characters its masked hint may show, see [`pillbox_model::Masked`].
    pub visible: usize,
    /// Where the facts come from.
    pub source: &'static str,
    /// Texts that must match, each with the exact value.
    pub examples: &'static [Example],
    /// Texts in which this identifier must find nothing.
    pub counterexamples: &'static [&'static str],
    /// How its values are found and proved.
    pub(crate) finder: Finder,
}

impl Identifier {
    /// The widest distance there is: that of Macie's custom data identifiers. At most 480 bytes are looked at.
    pub const MOST_NEAR: u16 = 300;

    /// The distances that can be set: `None` where no keyword is asked for. Where a reader begins at the keyword, it
    /// sees to what may stand between, and only less can be asked for than it allows.
    pub fn distances(&self) -> Option<RangeInclusive<u16>> {
        if self.keywords.is_empty() {
            return None;
        }
        let reads_on = self.finder.ways().iter().all(|way| matches!(way, Finder::Beside(_)));
        Some(1..=if reads_on { self.read_within() } else { Self::MOST_NEAR })
    }

    /// How many characters may lie between a keyword and what a reader finds that begins there.
    pub(crate) fn read_within(&self) -> u16 {
        self.near.max(context::IN_A_SENTENCE)
    }
}

/// A text that must match.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Example {
    /// The text.
    pub text: &'static str,
    /// The value that must be found in it, exactly.
    pub value: &'static str,
}

/// How the values of an identifier are found.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Finder {
    /// Groups of digits and letters of known lengths that need a keyword.
    Groups(Groups),
    /// Such groups, which may be believed with no keyword.
    Unmistakable(Groups),
    /// A telephone number that a country's numbering plan knows, and whether one that is written as at home may be
    /// believed with no keyword.
    Phone(fn(&phone::Number) -> Option<Alone>, bool),
    /// A reader that is called wherever such a value may start.
    Starting(Start, fn(&str, usize) -> Option<Found>),
    /// A reader that is called at each keyword of the identifier.
    Beside(fn(&Beside<'_>) -> Option<Found>),
    /// Not a value: the text as a whole, by what is in it.
    Document,
    /// A reader that is called at each word that is on a list.
    Listed(Listing),
    /// Several ways for one identifier; none of them `Several`.
    Several(&'static [Finder]),
    /// An International Bank Account Number: country code, then the parts behind the check digits, such as
    /// `4a 6n 8n` (`n` digits, `a` capital letters, `c` both); and how the national number is written alone, where
    /// the identifier knows it.
    Iban(&'static str, &'static str, Option<National>),
}

/// How the national number of an account is found where its IBAN is not written.
#[derive(Debug, Clone, Copy)]
pub(crate) enum National {
    /// As groups of digits and letters.
    Groups(Groups),
    /// By a reader that is called at each keyword.
    Beside(fn(&Beside<'_>) -> Option<Found>),
}

impl Finder {
    /// The layouts of its values, and whether these need a keyword.
    pub(crate) fn groups(&self) -> Option<(Groups, bool)> {
        match self {
            Self::Unmistakable(groups) => Some((*groups, false)),
            Self::Groups(groups) | Self::Iban(_, _, Some(National::Groups(groups))) => Some((*groups, true)),
            _ => None,
        }
    }

    /// The reader that is called at each keyword.
    pub(crate) fn beside(&self) -> Option<fn(&Beside<'_>) -> Option<Found>> {
        match self {
            Self::Beside(read) | Self::Iban(_, _, Some(National::Beside(read))) => Some(*read),
            Self::Several(ways) => ways.iter().find_map(Self::beside),
            _ => None,
        }
    }
}

impl Finder {
    /// Each single way in which values are found.
    pub(crate) fn ways(&self) -> &[Self] {
        match self {
            Self::Several(ways) => ways,
            way => std::slice::from_ref(way),
        }
    }
}

/// The words at which a reader is called.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Listing {
    /// Words of any of these classes.
    pub(crate) classes: Classes,
    /// Whether only words that a name may have: with a capital and not alone.
    pub(crate) in_names: bool,
    /// Reads the value that such a word is part of.
    pub(crate) read: fn(&Listed<'_>) -> Option<Found>,
}

/// Groups of digits and letters.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Groups {
    /// The layouts: `9` is a digit, `A` a letter, a space one of `separators` (the same throughout a value),
    /// `/` any one of space, dash and slash. Or `X` alone, as often as the value has characters: digits and letters
    /// in any order, with at least one digit.
    pub(crate) layouts: &'static [&'static str],
    /// The separators a space in a layout stands for.
    pub(crate) separators: &'static [u8],
    /// Proves a value.
    pub(crate) prove: fn(&Compact<'_>) -> Option<Support>,
}

/// A value of groups without its separators.
#[derive(Debug)]
pub(crate) struct Compact<'a> {
    /// Digits and letters as they are written.
    pub(crate) characters: &'a [u8],
    /// The separator between the groups; `None` when the value is written in one piece.
    pub(crate) separator: Option<u8>,
}

/// The characters at which the values of a [`Finder::Starting`] reader begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Start {
    /// A digit that begins a number, or `+` or `(` before a digit.
    Number,
    /// `@`, which is inside the value.
    At,
    /// Five dashes and more.
    Dashes,
    /// `eyJ` at the beginning of a word: `{"` in Base64.
    Jose,
}

/// What a value has for it besides its keyword.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Support {
    /// Whether a check digit (or as strict a rule) was verified.
    pub(crate) checksum: bool,
    /// Whether it can be believed with no keyword.
    pub(crate) alone: Alone,
}

impl Support {
    /// Shape only.
    pub(crate) const fn shape(alone: Alone) -> Option<Self> {
        Some(Self { checksum: false, alone })
    }

    /// Shape and check digit, when `verified`.
    pub(crate) fn checked(verified: bool, alone: Alone) -> Option<Self> {
        verified.then_some(Self { checksum: true, alone })
    }
}

/// Whether a value can be believed with no keyword of its identifier near.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Alone {
    /// No: its shape is too common.
    Never,
    /// Unless a label of another kind stands right before it (`Order: …`).
    Unlabelled,
    /// Yes.
    Always,
}

/// A value that a reader found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Found {
    /// Where, in bytes of the text that the reader was given.
    pub(crate) range: Range<usize>,
    /// What speaks for it.
    pub(crate) support: Support,
}

/// A keyword and the text around it, for a reader.
#[derive(Debug)]
pub(crate) struct Beside<'a> {
    /// The text.
    pub(crate) text: &'a str,
    /// Where the keyword stands.
    pub(crate) at: Range<usize>,
    /// The keyword in the spelling of the identifier's list.
    pub(crate) keyword: &'static str,
    /// Where the cell below begins, when the keyword is read as the head of a column.
    pub(crate) below: Option<usize>,
    /// The keywords behind it, of all identifiers.
    pub(crate) following: &'a [Hit],
}

/// A word that is on a list, for a reader.
#[derive(Debug)]
pub(crate) struct Listed<'a> {
    /// The text.
    pub(crate) text: &'a str,
    /// Where the word stands: letters only.
    pub(crate) word: Range<usize>,
    /// What the word may be.
    pub(crate) classes: Classes,
    /// The lists, for the words around it.
    pub(crate) lists: &'static Lists,
}
