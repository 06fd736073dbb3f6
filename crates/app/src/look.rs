//! Looking into bytes: read the format, detect, and count by identifier.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::{ControlFlow, Range};

use pillbox_detect::{Engine, Patients, Sink};
use pillbox_files::{Format, Limits, Part};
use pillbox_model::{Concern, Detection, Disposition, IdentifierCount, IdentifierId, Place, Rules, SkipReason};

use crate::names::NameWatch;

mod detections;
mod stream;

pub(crate) use detections::{Count, Detections};
pub(crate) use stream::LookStream;

/// The identifier of a text as a whole; its place is not one of a value.
pub(crate) const PRESCRIPTION: &str = "PRESCRIPTION_DOCUMENT";

/// What was found in one source.
#[derive(Debug, Clone)]
pub(crate) struct Look {
    /// The detections, with places in the source's bytes where its text lies open in them.
    pub detections: Detections,
    /// Whether the source's own name gives a patient away.
    pub name_is_sensitive: bool,
    /// What the source is.
    pub format: Format,
    /// Why not all of it was looked into: never clean then, whatever was found in the rest.
    pub unread: Option<SkipReason>,
    /// What is odd about it as a whole.
    pub concerns: Vec<Concern>,
}

impl Look {
    /// By identifier, in the order of their ids, with what the rules make of each.
    pub(crate) fn counts(&self, rules: &Rules) -> Vec<IdentifierCount> {
        let count = |count: &Count| IdentifierCount {
            disposition: rules.disposition(&count.identifier, count.category),
            identifier: count.identifier.clone(),
            category: count.category,
            count: count.all,
        };
        let mut counts: Vec<IdentifierCount> = self.detections.counts().iter().map(count).collect();
        counts.sort_by(|one, other| one.identifier.cmp(&other.identifier));
        counts
    }
}

/// The strictest of what the rules say.
pub(crate) fn strictest(counts: &[IdentifierCount]) -> Disposition {
    counts.iter().map(|count| count.disposition).max().unwrap_or(Disposition::Expected)
}

/// What is compared with a source's own name and path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Name<'a> {
    /// The source's path below what was chosen, or its key.
    pub path: &'a str,
    /// When it is looked at for what gives a patient away.
    pub naming: Naming,
}

impl<'a> Name<'a> {
    /// A name that will be kept as a key.
    pub(crate) const fn kept(path: &'a str) -> Self {
        Self { path, naming: Naming::Always }
    }

    /// A name that is shown with what is found.
    pub(crate) const fn shown(path: &'a str) -> Self {
        Self { path, naming: Naming::WithDetections }
    }
}

/// When a source's own name is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Naming {
    /// Always: the name will be kept as a key.
    Always,
    /// Where something is found: otherwise the name is shown nowhere.
    WithDetections,
}

/// Looks into a whole source that lies in memory.
///
/// # Errors
/// Why nothing of it was read; [`SkipReason::TimeCutOffReached`] when told to stop.
pub(crate) fn look_into(
    engine: &Engine,
    name: Name<'_>,
    bytes: &[u8],
    keep_going: &dyn Fn() -> bool,
) -> Result<Look, SkipReason> {
    let mut looking = Looking::new(engine, name);
    let read = pillbox_files::read_document(bytes, name.path, &Limits::default(), keep_going, &mut |part| {
        looking.part(engine, &part, keep_going)
    });
    match read {
        Ok(read) => {
            let unread = read.incomplete();
            Ok(looking.look(read.format, unread))
        }
        // What was found before it turned out is told as well.
        Err(reason) if reason != SkipReason::TimeCutOffReached && !looking.detections.is_empty() => {
            let head = &bytes[..bytes.len().min(pillbox_files::SNIFFED)];
            Ok(looking.look(pillbox_files::sniff(head, name.path).unwrap_or(Format::Zip), Some(reason)))
        }
        Err(reason) => Err(reason),
    }
}

/// The places in the bytes of every detection that is `wanted`, in a source whose text lies open in its bytes, however
/// many there are.
///
/// # Errors
/// Why the source was not wholly read.
pub(crate) fn places_of(
    engine: &Engine,
    name: &str,
    bytes: &[u8],
    wanted: &dyn Fn(&IdentifierId) -> bool,
) -> Result<Vec<(Range<u64>, IdentifierId)>, SkipReason> {
    let mut places = Vec::new();
    let read = pillbox_files::read_document(bytes, name, &Limits::default(), &|| true, &mut |part| {
        let mut sink = PlacesIn { part: &part, wanted, places: &mut places };
        match engine.scan_fields(part.text, part.fields, part.headings, &|| true, &mut sink) {
            Ok(_) => ControlFlow::Continue(()),
            Err(_) => ControlFlow::Break(SkipReason::TimeCutOffReached),
        }
    });
    read?.incomplete().map_or(Ok(places), Err)
}

/// Takes down where in the bytes detections lie.
struct PlacesIn<'a, 'p> {
    part: &'a Part<'p>,
    wanted: &'a dyn Fn(&IdentifierId) -> bool,
    places: &'a mut Vec<(Range<u64>, IdentifierId)>,
}

impl Sink for PlacesIn<'_, '_> {
    fn detection(&mut self, detection: Detection) -> ControlFlow<()> {
        if (self.wanted)(&detection.identifier) {
            let range = self.part.source_range(detection.place.start, detection.place.end);
            self.places.push((range, detection.identifier));
        }
        ControlFlow::Continue(())
    }
}

/// The identifiers of which a document holds too little to speak of.
pub(crate) fn too_few(engine: &Engine, bytes: &[u8], path: &str) -> BTreeSet<IdentifierId> {
    let mut counts: BTreeMap<_, u64> =
        engine.custom().filter(|own| own.severity(1).is_none()).map(|own| (own.id(), 0)).collect();
    if counts.is_empty() {
        return BTreeSet::new();
    }
    // What can't be read holds no more of it.
    let _ = pillbox_files::read_document(bytes, path, &Limits::default(), &|| true, &mut |part| {
        let mut found = Vec::<Detection>::new();
        // A scan that nobody interrupts has no other outcome than its detections.
        let _ = engine.scan_fields(part.text, part.fields, part.headings, &|| true, &mut found);
        for detection in found {
            if let Some(count) = counts.get_mut(&detection.identifier) {
                *count += 1;
            }
        }
        ControlFlow::Continue(())
    });
    counts.into_iter().filter(|(id, count)| engine.severity(id, *count).is_none()).map(|(id, _)| id).collect()
}

/// What a source is that is larger than what is read whole: its format where it is a text, which can be read piece by
/// piece, and `None` for a document, which is read whole up to its own limit. `head` is its beginning, `size` what is
/// known of its size.
///
/// # Errors
/// Why it can't be read; [`SkipReason::FileExceedsSizeLimit`] for a document beyond the limit.
pub(crate) fn large_text(head: &[u8], size: u64, name: &str) -> Result<Option<Format>, SkipReason> {
    let format = pillbox_files::sniff(&head[..head.len().min(pillbox_files::SNIFFED)], name)?;
    if format.is_text() {
        Ok(Some(format))
    } else if size > Limits::default().document {
        Err(SkipReason::FileExceedsSizeLimit)
    } else {
        Ok(None)
    }
}

/// A source whose parts are looked into one after the other.
struct Looking<'a> {
    engine: &'a Engine,
    name: Name<'a>,
    detections: Detections,
    whole: Whole,
}

/// What is known of a source beyond its detections.
struct Whole {
    watch: Option<NameWatch>,
    /// The patients of the text; of an archive, those of the member that is being read.
    patients: Patients,
    member: Option<String>,
    are_two: bool,
    is_prescription: bool,
    /// There is no text at all; who is asked about that needs not be told that it is no prescription.
    is_empty: bool,
}

impl Whole {
    fn new(engine: &Engine, name: Name<'_>) -> Self {
        Self {
            watch: (name.naming == Naming::Always).then(|| NameWatch::new(engine, name.path)),
            patients: Patients::new(),
            member: None,
            are_two: false,
            is_prescription: false,
            is_empty: true,
        }
    }

    /// Each member of an archive is a text of its own.
    fn enter(&mut self, member: Option<&str>) {
        if self.member.as_deref() != member {
            self.are_two |= std::mem::take(&mut self.patients).are_two();
            self.member = member.map(str::to_owned);
        }
    }

    /// Takes a value with what stands before it on its line.
    fn note(&mut self, engine: &Engine, name: Name<'_>, detection: &Detection, value: &str, before: &str) {
        if detection.identifier.as_str() == PRESCRIPTION {
            self.is_prescription = true;
            return;
        }
        self.watch.get_or_insert_with(|| NameWatch::new(engine, name.path)).note(detection, value);
        self.patients.note(detection, value, before);
    }

    fn name_is_sensitive(&self) -> bool {
        self.watch.as_ref().is_some_and(NameWatch::carries_identity)
    }

    fn concerns(&self, path: &str) -> Vec<Concern> {
        let is_another =
            || self.member.is_none() && pillbox_detect::names_in(path).any(|name| self.patients.are_others_than(name));
        [
            (Concern::NoPrescription, !self.is_empty && !self.is_prescription),
            (Concern::TwoPatients, self.are_two || self.patients.are_two()),
            (Concern::OtherPatient, is_another()),
        ]
        .into_iter()
        .filter_map(|(concern, holds)| holds.then_some(concern))
        .collect()
    }
}

impl<'a> Looking<'a> {
    fn new(engine: &'a Engine, name: Name<'a>) -> Self {
        Self { engine, name, detections: Detections::default(), whole: Whole::new(engine, name) }
    }

    fn part(&mut self, engine: &Engine, part: &Part<'_>, keep_going: &dyn Fn() -> bool) -> ControlFlow<SkipReason> {
        self.whole.enter(part.member);
        self.whole.is_empty &= part.text.is_empty();
        let mut sink = InPart { looking: self, part };
        match engine.scan_fields(part.text, part.fields, part.headings, keep_going, &mut sink) {
            Ok(_) => ControlFlow::Continue(()),
            Err(_) => ControlFlow::Break(SkipReason::TimeCutOffReached),
        }
    }

    fn look(mut self, format: Format, unread: Option<SkipReason>) -> Look {
        self.detections.drop_too_few(self.engine);
        Look {
            name_is_sensitive: self.whole.name_is_sensitive(),
            concerns: self.whole.concerns(self.name.path),
            detections: self.detections,
            format,
            unread,
        }
    }
}

/// Takes note of what is found in a part, and turns places in its text into places in the source.
struct InPart<'l, 'a, 'p> {
    looking: &'l mut Looking<'a>,
    part: &'l Part<'p>,
}

impl Sink for InPart<'_, '_, '_> {
    fn detection(&mut self, mut detection: Detection) -> ControlFlow<()> {
        let (looking, place) = (&mut *self.looking, detection.place);
        let (value, before) = value_at(self.part.text, 0, place);
        looking.whole.note(looking.engine, looking.name, &detection, value, before);
        if looking.detections.count(&detection) {
            let range = self.part.source_range(place.start, place.end);
            detection.location = self.part.location(place.start).map(Box::new);
            detection.place = Place { start: range.start, end: range.end, ..place };
            looking.detections.keep(detection);
        }
        ControlFlow::Continue(())
    }
}

/// So much of a line before a value is looked at, in bytes.
const BEFORE: usize = 160;

/// The value at a place, and what stands before it on its line, in a text that begins at `from` of the whole; empty
/// where that is no longer there.
fn value_at(text: &str, from: u64, place: Place) -> (&str, &str) {
    let offset = |position: u64| position.checked_sub(from).and_then(|position| usize::try_from(position).ok());
    let (Some(start), Some(end)) = (offset(place.start), offset(place.end)) else { return ("", "") };
    let (Some(value), Some(before)) = (text.get(start..end), text.get(..start)) else { return ("", "") };
    let before = &before[before.ceil_char_boundary(before.len().saturating_sub(BEFORE))..];
    (value, before.rsplit(['\n', '\r']).next().unwrap_or_default())
}
