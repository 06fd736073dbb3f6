//! What was found in one source: how often each identifier, and the first of it in full.

use pillbox_detect::Engine;
use pillbox_model::{Category, Detection, IdentifierId};

/// So many detections of one source are kept in full, so that a source of any size can be looked into in little memory: more
/// than a person reads, and about 20 MB. How many there are is counted in any case.
const MOST: usize = 50_000;

/// Of each identifier so many are kept whatever the others take: what is rare in a table of names must not go under. As
/// many occurrences as a finding has.
const OF_EACH: u64 = 100;

/// The detections of one source.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Detections {
    kept: Vec<Detection>,
    counts: Vec<Count>,
}

/// How often an identifier was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Count {
    pub(crate) identifier: IdentifierId,
    pub(crate) category: Category,
    /// How often in all.
    pub(crate) all: u64,
    /// How many of these are kept.
    pub(crate) kept: u64,
}

impl Detections {
    /// Counts a detection and says whether it is one of those that are kept.
    pub(crate) fn count(&mut self, detection: &Detection) -> bool {
        let known = self.counts.iter().position(|count| count.identifier == detection.identifier);
        let known = known.unwrap_or_else(|| {
            let (identifier, category) = (detection.identifier.clone(), detection.category);
            self.counts.push(Count { identifier, category, all: 0, kept: 0 });
            self.counts.len() - 1
        });
        let count = &mut self.counts[known];
        count.all += 1;
        let keep = self.kept.len() < MOST || count.kept < OF_EACH;
        count.kept += u64::from(keep);
        keep
    }

    /// Keeps a detection that [`Detections::count`] said yes to.
    pub(crate) fn keep(&mut self, detection: Detection) {
        self.kept.push(detection);
    }

    /// Takes out what is too little to speak of: occurrences below the lowest threshold of an identifier of one's own.
    pub(crate) fn drop_too_few(&mut self, engine: &Engine) {
        self.counts.retain(|count| engine.severity(&count.identifier, count.all).is_some());
        let counts = &self.counts;
        self.kept.retain(|kept| counts.iter().any(|count| count.identifier == kept.identifier));
    }

    /// Those that are kept, in the order of the source.
    pub(crate) fn kept(&self) -> &[Detection] {
        &self.kept
    }

    /// How often each identifier was found.
    pub(crate) fn counts(&self) -> &[Count] {
        &self.counts
    }

    /// How many there are.
    pub(crate) fn total(&self) -> u64 {
        self.counts.iter().map(|count| count.all).sum()
    }

    /// Whether there is none.
    pub(crate) fn is_empty(&self) -> bool {
        self.counts.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn add(detections: &mut Detections, found: &Detection, times: u64) {
        for _ in 0..times {
            if detections.count(found) {
                detections.keep(found.clone());
            }
        }
    }

    #[test]
    fn all_are_counted_and_the_first_of_each_are_kept() {
        let engine = Engine::managed();
        let mut found = Vec::<Detection>::new();
        engine.scan("TFN: 123 456 782\nMedicare No: 2123 45670 1\n", &|| true, &mut found).unwrap();
        let mut detections = Detections::default();
        add(&mut detections, &found[0], 2 * MOST as u64);
        add(&mut detections, &found[1], 2 * OF_EACH);
        let counts: Vec<(u64, u64)> = detections.counts().iter().map(|count| (count.all, count.kept)).collect();
        assert_eq!(counts, [(2 * MOST as u64, MOST as u64), (2 * OF_EACH, OF_EACH)]);
        assert_eq!(detections.total(), 2 * (MOST as u64 + OF_EACH));
        assert_eq!(detections.kept().len(), MOST + OF_EACH as usize);
    }
}
