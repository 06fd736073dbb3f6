//! Whether a listed object has to be read.

use std::collections::HashMap;

use pillbox_aws::Listed;
use pillbox_model::Failure;
use pillbox_store::ScannedObject;

use super::Job;
use super::list::Page;
use super::scope::Place;
use crate::scan::event::ObjectTotals;

/// What is to be done, in the order of the listing.
#[derive(Debug)]
pub(super) enum Item {
    /// An object is read.
    Read { listed: Listed, standing: Standing },
    /// An object is as it was when it was read.
    Known { listed: Listed, known: ScannedObject },
    /// A delete marker is told.
    Marker(Listed),
    /// All that comes before this is up to a key; what was not taken since the last of these.
    PageEnd { not_taken: ObjectTotals, up_to: Option<String> },
}

/// Why an object is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// Nothing is known of it.
    New,
    /// What is known is of other bytes.
    Changed,
    /// These bytes were read, but not with these identifiers, or all is asked for.
    Again,
}

impl Job {
    /// What is to be done about a page of the listing, which ends with `up_to`.
    pub(super) fn decide(&self, page: Vec<Listed>, up_to: Option<String>) -> Result<Page, Failure> {
        let mut not_taken = ObjectTotals::default();
        let mut taken = Vec::with_capacity(page.len());
        for listed in page {
            match self.filter.place(&listed) {
                // A marker has no tags.
                Place::In if listed.is_delete_marker && !self.filter.tags().is_empty() => not_taken.left_out += 1,
                Place::In => taken.push(listed),
                Place::LeftOut => not_taken.left_out += 1,
                Place::NotSampled => not_taken.not_sampled += 1,
                Place::InQuarantine if listed.is_latest && !listed.is_delete_marker => not_taken.in_quarantine += 1,
                Place::InQuarantine => {}
            }
        }
        let mut keys: Vec<&str> = taken.iter().map(|listed| listed.key.as_str()).collect();
        keys.dedup();
        let mut known: HashMap<String, Vec<ScannedObject>> = HashMap::new();
        for object in self.app.store.scanned_objects(&self.place, &keys)? {
            known.entry(object.key.clone()).or_default().push(object);
        }
        let item = |listed: Listed| {
            if listed.is_delete_marker {
                return Item::Marker(listed);
            }
            let rows = known.get(&listed.key).map_or(&[][..], Vec::as_slice);
            let same = |row: &&ScannedObject| is_of_these_bytes(row, &listed);
            match rows.iter().find(|row| same(row) && row.look == *self.looking.digest) {
                Some(known) if !self.scope.all => Item::Known { known: known.clone(), listed },
                Some(_) => Item::Read { standing: Standing::Again, listed },
                None if rows.iter().any(|row| same(&row)) => Item::Read { standing: Standing::Again, listed },
                None if rows.is_empty() => Item::Read { standing: Standing::New, listed },
                None => Item::Read { standing: Standing::Changed, listed },
            }
        };
        let mut items: Page = taken.into_iter().map(item).collect();
        items.push(Item::PageEnd { not_taken, up_to });
        Ok(items)
    }
}

/// Whether what is known is of the bytes that are listed: the entity tag is another after each write, whatever it is made
/// of (S3 API Reference, `Object`).
fn is_of_these_bytes(known: &ScannedObject, listed: &Listed) -> bool {
    let version = version_of(listed.version_id.as_deref());
    listed.e_tag.as_deref().map(unquoted) == Some(&known.e_tag)
        && listed.size == known.size
        && (listed.version_id.is_none() || version == known.version_id.as_deref())
}

/// A version as it is kept: `null` is what S3 calls that of an object that was stored without versioning.
pub(super) fn version_of(version: Option<&str>) -> Option<&str> {
    version.filter(|version| *version != "null")
}

pub(super) fn unquoted(e_tag: &str) -> &str {
    e_tag.trim_matches('"')
}
