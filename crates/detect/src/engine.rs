//! All identifiers, made ready to be looked for at once.

use pillbox_model::{AllowList, Category, CustomIdentifier, Field, Headings, IdentifierId, Sensitive, Severity};

use crate::allow::Allowed;
use crate::context;
use crate::custom::{self, Customs};
use crate::identifier::{Finder, Found, Identifier, Listing, Start};
use crate::identifiers;
use crate::invalid::CustomError;
use crate::lexicon::Lexicon;
use crate::prescription::Role;
use crate::proof::{self, Failure};
use crate::shape::Shapes;
use crate::sink::{Interrupted, Sink, Stats};
use crate::stream::Stream;
use crate::sweep::Wanted;
use crate::values::phone;
use crate::window::{Frame, Scanner};

/// A reader, the identifier it reads for, and where its values start.
type Starting = (Start, u16, fn(&str, usize) -> Option<Found>);

/// What an engine looks for: everything managed, nothing of one's own and nothing allowed, unless it says so.
#[derive(Debug, Clone, Copy, Default)]
pub struct Selection<'a> {
    /// Identifiers that are switched off, managed ones and one's own.
    pub off: &'a [IdentifierId],
    /// Identifiers of the practice's own.
    pub custom: &'a [CustomIdentifier],
    /// What is not sensitive. Values on an enabled list are no detections.
    pub allow: &'a [AllowList],
    /// The key that the lists' hashes are made with.
    pub hash_key: Option<&'a Sensitive>,
    /// The distances of managed identifiers that the practice has set; one beyond [`Identifier::distances`] counts as
    /// the nearest within.
    pub distances: &'a [(IdentifierId, u16)],
}

/// Looks for all its identifiers in one pass. Made once, shared by all threads.
#[derive(Debug)]
pub struct Engine {
    pub(crate) identifiers: Vec<Identifier>,
    pub(crate) lexicon: Lexicon,
    pub(crate) shapes: Shapes,
    pub(crate) starting: Vec<Starting>,
    pub(crate) phones: Vec<phone::Plan>,
    pub(crate) ibans: Vec<([u8; 2], u16, &'static str)>,
    /// The identifier of a text that is a prescription, where it is looked for.
    pub(crate) document: Option<u16>,
    roles: Vec<Role>,
    pub(crate) customs: Customs,
    pub(crate) allowed: Allowed,
    pub(crate) listings: Vec<(Listing, u16)>,
    pub(crate) wanted: Wanted,
    /// The bytes that are looked at on each side of a value.
    pub(crate) reach: usize,
    /// By identifier: how many characters may lie between a keyword and what a reader finds that begins there.
    pub(crate) read_within: Vec<u16>,
}

impl Engine {
    /// All managed identifiers.
    pub fn managed() -> Self {
        Self::of(identifiers::managed(), &[], Customs::default(), Allowed::default())
    }

    /// What `selection` says. Identifiers that are switched off are not looked for at all.
    ///
    /// # Errors
    /// What is wrong with the first identifier of one's own, or the first list, that can't be used, whether or not
    /// it is switched off.
    pub fn with(selection: Selection<'_>) -> Result<Self, CustomError> {
        let mut managed = identifiers::managed();
        let allowed = Allowed::of(selection.allow, selection.hash_key)?;
        let customs = Customs::of(selection.custom, &managed, selection.off)?;
        managed.retain(|identifier| !selection.off.contains(&identifier.id));
        Ok(Self::of(managed, selection.distances, customs, allowed))
    }

    fn of(
        mut identifiers: Vec<Identifier>,
        distances: &[(IdentifierId, u16)],
        customs: Customs,
        allowed: Allowed,
    ) -> Self {
        let mut read_within: Vec<u16> = identifiers.iter().map(Identifier::read_within).collect();
        let mut reach = context::REACH;
        for (identifier, within) in identifiers.iter_mut().zip(&mut read_within) {
            let set = distances.iter().find(|(id, _)| *id == identifier.id).map(|(_, distance)| *distance);
            if let (Some(distance), Some(range)) = (set, identifier.distances()) {
                let distance = distance.clamp(*range.start(), *range.end());
                if distance > identifier.near {
                    reach = context::WIDE_REACH;
                }
                (identifier.near, *within) = (distance, distance);
            }
        }
        let lexicon = Lexicon::of(&identifiers);
        let shapes = Shapes::of(&identifiers);
        let ways = || {
            let numbered = (0u16..).zip(&identifiers);
            numbered.flat_map(|(number, identifier)| identifier.finder.ways().iter().map(move |way| (number, way)))
        };
        let starting = ways()
            .filter_map(|(number, way)| match *way {
                Finder::Starting(start, read) => Some((start, number, read)),
                _ => None,
            })
            .collect();
        let phones = ways()
            .filter_map(|(identifier, way)| match *way {
                Finder::Phone(judge, alone_at_home) => Some(phone::Plan { identifier, alone_at_home, judge }),
                _ => None,
            })
            .collect();
        let ibans = ways()
            .filter_map(|(number, way)| match *way {
                Finder::Iban(country, structure, _) => Some((country.as_bytes().try_into().ok()?, number, structure)),
                _ => None,
            })
            .collect();
        let document = ways().find(|(_, way)| matches!(way, Finder::Document)).map(|(number, _)| number);
        let listings: Vec<_> = ways()
            .filter_map(|(number, way)| match *way {
                Finder::Listed(listing) => Some((listing, number)),
                _ => None,
            })
            .collect();
        let wanted = Wanted::of(listings.iter().map(|(listing, _)| listing), &lexicon, &shapes);
        let roles = identifiers.iter().map(|identifier| Role::of(identifier.id.as_str())).collect();
        Self {
            roles,
            lexicon,
            shapes,
            starting,
            phones,
            ibans,
            document,
            listings,
            wanted,
            identifiers,
            customs,
            allowed,
            reach,
            read_within,
        }
    }

    /// The managed identifiers that it looks for, in the order of their fields: personal, health, financial, credentials.
    pub fn identifiers(&self) -> &[Identifier] {
        &self.identifiers
    }

    /// The managed identifier of an id; `None` when it looks for no such identifier.
    pub fn identifier(&self, id: &IdentifierId) -> Option<&Identifier> {
        self.identifiers.iter().find(|identifier| identifier.id == *id)
    }

    /// The identifiers of the practice's own that it looks for.
    pub fn custom(&self) -> impl Iterator<Item = &CustomIdentifier> {
        self.customs.all().iter().map(|custom| &custom.identifier)
    }

    /// How bad so many occurrences of an identifier in one object are; `None` when they are too few to speak of,
    /// which only an identifier of one's own can say. What it does not look for is as bad as can be.
    pub fn severity(&self, id: &IdentifierId, count: u64) -> Option<Severity> {
        if let Some(identifier) = self.identifier(id) {
            return Some(identifier.severity.of(count));
        }
        match self.customs.all().iter().find(|custom| custom.id == *id) {
            Some(custom) => custom.identifier.severity(count),
            None => Some(Severity::High),
        }
    }

    /// The identifier of a number that candidates go by: the managed ones first, then the practice's own.
    pub(crate) fn kind(&self, number: u16) -> (&IdentifierId, Category) {
        let number = usize::from(number);
        match self.identifiers.get(number) {
            Some(identifier) => (&identifier.id, identifier.category),
            None => (&self.customs.all()[number - self.identifiers.len()].id, Category::CustomIdentifier),
        }
    }

    /// What the values of a number's identifier say of a prescription.
    pub(crate) fn role(&self, number: u16) -> Role {
        self.roles.get(usize::from(number)).copied().unwrap_or(Role::None)
    }

    /// How many of a value's last characters its masked hint shows.
    pub(crate) fn visible(&self, number: u16) -> usize {
        self.identifiers.get(usize::from(number)).map_or(custom::VISIBLE, |identifier| identifier.visible)
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
