//! Which objects of a bucket a scan is about.

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use pillbox_aws::Listed;
use pillbox_model::{ErrorCode, Failure, Timestamp};
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::objects::QUARANTINE_PREFIX;

/// What of a bucket is scanned, and how. All conditions hold at once; the default is every object that is not in
/// quarantine. What is, is scanned where the prefix says so.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct BucketScope {
    /// Keys begin so.
    pub prefix: String,
    /// Keys fit one of these: globs over the whole key, where `*` stays within a part of the path and `**` does not;
    /// without any of `*?[{` the beginning of a key. Empty: every key.
    pub include: Vec<String>,
    /// Keys fit none of these, which are read like `include` and go before it.
    pub exclude: Vec<String>,
    /// Extensions, without the dot, in any case of letters. Empty: every one.
    pub extensions: Vec<String>,
    /// The smallest size in bytes.
    pub min_size: Option<u64>,
    /// The largest size in bytes.
    pub max_size: Option<u64>,
    /// Stored at this moment or after it.
    pub modified_since: Option<Timestamp>,
    /// Stored before this moment.
    pub modified_before: Option<Timestamp>,
    /// Tags that an object has, all of them. Asking costs a request an object.
    pub tags: Vec<(String, String)>,
    /// The share of keys that is taken, in hundredths of a percent. Which ones depends on the keys alone.
    pub sample: Option<u32>,
    /// All versions, not only what lies under the key.
    pub versions: bool,
    /// Read also what was read already, as it is, with the same identifiers.
    pub all: bool,
}

/// Sampling takes these parts of a whole.
const WHOLE_SAMPLE: u32 = 10_000;

impl BucketScope {
    /// Every object under a prefix.
    pub fn under(prefix: String) -> Self {
        Self { prefix, ..Self::default() }
    }

    /// Whether its patterns are patterns.
    ///
    /// # Errors
    /// [`ErrorCode::InvalidInput`] about one that is none.
    pub(crate) fn is_valid(&self) -> Result<(), Failure> {
        Filter::new(self).map(drop)
    }

    /// Whether it is about every object of the bucket.
    pub(crate) fn is_whole_bucket(&self) -> bool {
        *self == Self { versions: self.versions, all: self.all, ..Self::default() }
    }

    /// What tells one scan from another, so that only the same goes on.
    pub(super) fn identity(&self) -> Result<String, Failure> {
        let text = serde_json::to_vec(self).map_err(|_| ErrorCode::Internal)?;
        Ok(hex::encode(Sha256::digest(text)))
    }
}

/// What becomes of a listed object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// It is looked into.
    In,
    /// A condition leaves it out.
    LeftOut,
    /// The sample leaves it out.
    NotSampled,
    /// It was put into quarantine: somebody has seen to it.
    InQuarantine,
}

/// A scope, ready to be asked of each object.
pub(super) struct Filter {
    scope: BucketScope,
    include: Option<Keys>,
    exclude: Keys,
}

/// Keys that fit one of several patterns.
struct Keys {
    prefixes: Vec<String>,
    globs: GlobSet,
}

impl Filter {
    /// [`ErrorCode::InvalidInput`] about a pattern that is none.
    pub(super) fn new(scope: &BucketScope) -> Result<Self, Failure> {
        Ok(Self {
            include: if scope.include.is_empty() { None } else { Some(Keys::new(&scope.include)?) },
            exclude: Keys::new(&scope.exclude)?,
            scope: scope.clone(),
        })
    }

    /// Where an object belongs, as far as a listing says; tags are asked for later.
    pub(super) fn place(&self, listed: &Listed) -> Place {
        if self.leaves_in_quarantine(&listed.key) {
            return Place::InQuarantine;
        }
        let scope = &self.scope;
        let since = |moment: Timestamp| listed.last_modified.is_none_or(|modified| modified >= moment);
        let before = |moment: Timestamp| listed.last_modified.is_none_or(|modified| modified < moment);
        let is_in = self.include.as_ref().is_none_or(|keys| keys.fit(&listed.key))
            && !self.exclude.fit(&listed.key)
            && (scope.extensions.is_empty() || has_extension(&listed.key, &scope.extensions))
            && scope.min_size.is_none_or(|least| listed.size >= least)
            && scope.max_size.is_none_or(|most| listed.size <= most)
            && scope.modified_since.is_none_or(since)
            && scope.modified_before.is_none_or(before);
        match (is_in, scope.sample) {
            (false, _) => Place::LeftOut,
            (true, Some(share)) if point_of(&listed.key) >= share => Place::NotSampled,
            (true, _) => Place::In,
        }
    }

    /// Whether a key lies in quarantine, and the scan is about what does not.
    pub(super) fn leaves_in_quarantine(&self, key: &str) -> bool {
        key.starts_with(QUARANTINE_PREFIX) && !self.scope.prefix.starts_with(QUARANTINE_PREFIX)
    }

    /// The tags that an object must have.
    pub(super) fn tags(&self) -> &[(String, String)] {
        &self.scope.tags
    }
}

impl Keys {
    fn new(patterns: &[String]) -> Result<Self, Failure> {
        let (globs, prefixes): (Vec<_>, Vec<_>) =
            patterns.iter().partition(|pattern| pattern.contains(['*', '?', '[', '{']));
        let mut set = GlobSetBuilder::new();
        for pattern in globs {
            let glob = GlobBuilder::new(pattern).literal_separator(true).backslash_escape(true).build();
            set.add(glob.map_err(|_| Failure::about(ErrorCode::InvalidInput, pattern.clone()))?);
        }
        let globs = set.build().map_err(|_| Failure::about(ErrorCode::InvalidInput, "include or exclude"))?;
        Ok(Self { prefixes: prefixes.into_iter().cloned().collect(), globs })
    }

    fn fit(&self, key: &str) -> bool {
        self.prefixes.iter().any(|prefix| key.starts_with(prefix)) || self.globs.is_match(key)
    }
}

fn has_extension(key: &str, extensions: &[String]) -> bool {
    let name = key.rsplit('/').next().unwrap_or_default();
    let Some((_, extension)) = name.rsplit_once('.') else { return false };
    extensions.iter().any(|wanted| wanted.trim_start_matches('.').eq_ignore_ascii_case(extension))
}

/// Where a key stands among all keys, evenly spread and the same in every run.
fn point_of(key: &str) -> u32 {
    let digest = Sha256::digest(key.as_bytes());
    let number = u32::from_be_bytes([digest[0], digest[1], digest[2], digest[3]]);
    number % WHOLE_SAMPLE
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listed(key: &str) -> Listed {
        Listed {
            key: key.to_owned(),
            size: 100,
            e_tag: None,
            version_id: None,
            is_latest: true,
            is_delete_marker: false,
            last_modified: Timestamp::parse("2026-03-01T00:00:00Z"),
            storage_class: None,
        }
    }

    fn takes(scope: &BucketScope, key: &str) -> bool {
        Filter::new(scope).unwrap().place(&listed(key)) == Place::In
    }

    fn words(words: &[&str]) -> Vec<String> {
        words.iter().map(|&word| word.to_owned()).collect()
    }

    #[test]
    fn a_pattern_is_a_glob_over_the_key_or_its_beginning() {
        let scope = BucketScope {
            include: words(&["rx/*.txt", "**/old/**", "notes/"]),
            exclude: words(&["rx/x*"]),
            ..BucketScope::default()
        };
        for (key, taken) in [
            ("rx/a.txt", true),
            ("rx/a/b.txt", false),
            ("rx/x.txt", false),
            ("a/b/old/c.pdf", true),
            ("notes/a/b.txt", true),
            ("note", false),
        ] {
            assert_eq!(takes(&scope, key), taken, "{key}");
        }
        let broken = BucketScope { include: words(&["a[b"]), ..BucketScope::default() };
        assert_eq!(Filter::new(&broken).err().map(|failure| failure.code), Some(ErrorCode::InvalidInput));
    }

    #[test]
    fn extensions_sizes_and_dates_leave_out_what_does_not_fit() {
        let day = |text| Timestamp::parse(text);
        let base = BucketScope::default;
        assert!(takes(&BucketScope { extensions: words(&["TXT", ".csv"]), ..base() }, "a.b/c.txt"));
        assert!(!takes(&BucketScope { extensions: words(&["b/c"]), ..base() }, "a.b/c"));
        for (scope, taken) in [
            (BucketScope { min_size: Some(100), max_size: Some(100), ..base() }, true),
            (BucketScope { min_size: Some(101), ..base() }, false),
            (BucketScope { max_size: Some(99), ..base() }, false),
            (BucketScope { modified_since: day("2026-03-01T00:00:00Z"), ..base() }, true),
            (BucketScope { modified_since: day("2026-03-01T00:00:01Z"), ..base() }, false),
            (BucketScope { modified_before: day("2026-03-01T00:00:00Z"), ..base() }, false),
        ] {
            assert_eq!(takes(&scope, "a"), taken, "{scope:?}");
        }
    }

    #[test]
    fn what_is_in_quarantine_is_scanned_where_the_prefix_says_so() {
        let copy = "pillbox-quarantine/0123456789abcdef/inbox/rx.txt";
        let place =
            |prefix: &str, key| Filter::new(&BucketScope::under(prefix.to_owned())).unwrap().place(&listed(key));
        assert_eq!(place("", copy), Place::InQuarantine);
        assert_eq!(place("pillbox-", copy), Place::InQuarantine);
        assert_eq!(place("pillbox-quarantine/", copy), Place::In);
        assert_eq!(place("", "pillbox-quarantine.txt"), Place::In);
    }

    #[test]
    fn a_sample_is_the_same_in_every_run_and_a_larger_one_holds_the_smaller() {
        let keys: Vec<String> = (0..10_000).map(|number| format!("rx/{number}.txt")).collect();
        let sample = |share| -> Vec<&String> {
            let scope = BucketScope { sample: Some(share), ..BucketScope::default() };
            keys.iter().filter(|key| takes(&scope, key)).collect()
        };
        let (tenth, fifth) = (sample(1_000), sample(2_000));
        assert_eq!(tenth, sample(1_000));
        assert!((900..1_100).contains(&tenth.len()), "{}", tenth.len());
        assert!(tenth.iter().all(|key| fifth.contains(key)));
        assert_eq!(sample(10_000).len(), keys.len());
    }
}
