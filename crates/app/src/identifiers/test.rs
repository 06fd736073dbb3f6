//! The tester: what identifiers find in a sample text. Nothing of the text is kept.

use pillbox_detect::{Engine, Selection};
use pillbox_model::{CustomIdentifier, Detection, ErrorCode, Failure, IdentifierId, Place};

use super::{failure, managed};
use crate::app::App;
use crate::upload::{detection_view, masked_lines};
use crate::wire::{SampleRange, TestRequest, Tested};

/// Characters of a sample text; Macie's tester takes 1,000.
const MOST: usize = 100_000;
/// Detections that are listed.
const LISTED: usize = 100;

impl App {
    /// Looks into a sample text.
    ///
    /// # Errors
    /// [`ErrorCode::InvalidInput`] about `sample`; what is wrong with the identifier, as when it is saved;
    /// [`ErrorCode::NotFound`] about `only`.
    pub fn test_identifier(&self, request: &TestRequest) -> Result<Tested, Failure> {
        let text = request.sample.as_str();
        if text.chars().nth(MOST).is_some() {
            return Err(Failure::about(ErrorCode::InvalidInput, "sample"));
        }
        let one = match (&request.identifier, &request.only) {
            (Some(identifier), _) => Some((alone(identifier)?, identifier.id())),
            (None, Some(id)) => Some((self.only(id)?, id.clone())),
            (None, None) => None,
        };
        let engine = one.as_ref().map_or_else(|| self.engine(), |(engine, _)| std::sync::Arc::clone(engine));
        let mut found = Vec::<Detection>::new();
        let stats = engine.scan(text, &|| true, &mut found).map_err(|_| ErrorCode::Internal)?;
        let total = found.len() as u64;
        let rules = self.rules();
        let (lines, truncated) = masked_lines(text, &found, &rules);
        let ranges = ranges(text, found.iter().take(LISTED).map(|detection| detection.place));
        Ok(Tested {
            lines,
            truncated,
            ranges,
            total,
            allowed: stats.allowed,
            severity: one.filter(|_| total > 0).and_then(|(_, id)| engine.severity(&id, total)),
            detections: found.into_iter().take(LISTED).map(|detection| detection_view(detection, &rules)).collect(),
        })
    }

    /// An engine that looks for one identifier alone.
    fn only(&self, id: &IdentifierId) -> Result<std::sync::Arc<Engine>, Failure> {
        if managed().identifier(id).is_none() {
            return alone(&self.own_identifier(id.as_str())?);
        }
        let off: Vec<IdentifierId> = managed_ids().filter(|managed| managed != id).collect();
        let distances = self.rules().distances.get(id).map(|distance| (id.clone(), *distance));
        engine(Selection { off: &off, distances: distances.as_slice(), ..Selection::default() })
    }
}

/// An engine that looks for one identifier of one's own and nothing else.
fn alone(identifier: &CustomIdentifier) -> Result<std::sync::Arc<Engine>, Failure> {
    let off: Vec<IdentifierId> = managed_ids().collect();
    engine(Selection { off: &off, custom: std::slice::from_ref(identifier), ..Selection::default() })
}

fn managed_ids() -> impl Iterator<Item = IdentifierId> {
    managed().identifiers().iter().map(|managed| managed.id.clone())
}

fn engine(selection: Selection<'_>) -> Result<std::sync::Arc<Engine>, Failure> {
    Engine::with(selection).map(Into::into).map_err(|error| failure(&error, ErrorCode::IdentifierNotUsable))
}

/// Places in bytes as places in UTF-16 code units. Places are in ascending order.
fn ranges(text: &str, places: impl Iterator<Item = Place>) -> Vec<SampleRange> {
    let (mut at, mut units) = (0, 0);
    let mut to = |position: u64| {
        let position = usize::try_from(position).unwrap_or(usize::MAX);
        units += text.get(at..position).unwrap_or_default().encode_utf16().count() as u64;
        at = position;
        units
    };
    places.map(|place| SampleRange { start: to(place.start), end: to(place.end) }).collect()
}
