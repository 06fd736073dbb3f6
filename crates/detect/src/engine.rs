//! All identifiers, made ready to be looked for at once.

use pillbox_model::{Field, Headings, IdentifierId};

use crate::identifier::{Finder, Found, Identifier, Start};
use crate::identifiers;
use crate::lexicon::Lexicon;
use crate::proof::{self, Failure};
use crate::shape::Shapes;
use crate::sink::{Interrupted, Sink, Stats};
use crate::stream::Stream;
use crate::values::phone;
use crate::window::{Frame, Scanner};

/// A reader, the identifier it reads for, and where its values start.
type Starting = (Start, u16, fn(&str, usize) -> Option<Found>);

/// Looks for all its identifiers in one pass. Made once, shared by all threads.
#[derive(Debug)]
pub struct Engine {
    pub(crate) identifiers: Vec<Identifier>,
    pub(crate) lexicon: Lexicon,
    pub(crate) shapes: Shapes,
    pub(crate) starting: Vec<Starting>,
    pub(crate) phones: Vec<phone::Plan>,
    pub(crate) ibans: Vec<([u8; 2], u16, &'static str)>,
}

impl Engine {
    /// All managed identifiers.
    pub fn managed() -> Self {
        Self::of(identifiers::managed())
    }

    /// The managed identifiers that `wanted` takes; the others cost nothing.
    pub fn managed_where(wanted: impl Fn(&Identifier) -> bool) -> Self {
        let mut identifiers = identifiers::managed();
        identifiers.retain(wanted);
        Self::of(identifiers)
    }

    fn of(identifiers: Vec<Identifier>) -> Self {
        let lexicon = Lexicon::of(&identifiers);
        let shapes = Shapes::of(&identifiers);
        let numbered = || (0u16..).zip(&identifiers);
        let starting = numbered()
            .filter_map(|(number, identifier)| match identifier.finder {
                Finder::Starting(start, read) => Some((start, number, read)),
                _ => None,
            })
            .collect();
        let phones = numbered()
            .filter_map(|(identifier, one)| match one.finder {
                Finder::Phone(judge) => Some(phone::Plan { identifier, judge }),
                _ => None,
            })
            .collect();
        let ibans = numbered()
            .filter_map(|(number, identifier)| match identifier.finder {
                Finder::Iban(country, structure) => Some((country.as_bytes().try_into().ok()?, number, structure)),
                _ => None,
            })
            .collect();
        Self { lexicon, shapes, starting, phones, ibans, identifiers }
    }

    /// The identifiers, in the order of their fields: personal, health, financial, credentials.
    pub fn identifiers(&self) -> &[Identifier] {
        &self.identifiers
    }

    /// The identifier of an id; `None` when there is no such identifier.
    pub fn identifier(&self, id: &IdentifierId) -> Option<&Identifier> {
        self.identifiers.iter().find(|identifier| identifier.id == *id)
    }

    /// Looks through `text` and gives `sink` what it finds, in the order of the places, which are in bytes of
    /// `text`. `keep_going` is asked every 64 KiB.
    ///
    /// # Errors
    ///
    /// [`Interrupted`] when `keep_going` or the sink ends the scan early; what was given out until then is
    /// incomplete.
    pub fn scan(&self, text: &str, keep_going: &dyn Fn() -> bool, sink: &mut dyn Sink) -> Result<Stats, Interrupted> {
        self.scan_fields(text, &[], &Headings::new(false), keep_going, sink)
    }

    /// Looks through a text whose values lie in fields: in order, by offsets in `text`. The keywords in a field's
    /// heading speak for its values, and where headings are confined, words outside of the field do not.
    ///
    /// # Errors
    ///
    /// Those of [`Engine::scan`].
    pub fn scan_fields(
        &self,
        text: &str,
        fields: &[Field],
        headings: &Headings,
        keep_going: &dyn Fn() -> bool,
        sink: &mut dyn Sink,
    ) -> Result<Stats, Interrupted> {
        let mut scanner = Scanner::new(self);
        scanner.learn(headings);
        let mut start = 0;
        while start < text.len() {
            if !keep_going() {
                return Err(Interrupted::ByCaller);
            }
            let Frame { from, core, to } = Frame::at(text, start);
            start = core.end;
            scanner.window(&text[from..to], core.start - from..core.end - from, fields, sink)?;
        }
        scanner.finish(sink)
    }

    /// Begins to look through a text that arrives in pieces.
    pub fn stream(&self) -> Stream<'_> {
        Stream::new(self)
    }

    /// Runs the examples and counterexamples of every identifier; empty when all hold.
    pub fn prove(&self) -> Vec<Failure> {
        proof::prove(self)
    }
}
