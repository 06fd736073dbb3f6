//! What can be typed after `pillbox scan`.

use clap::Args;
use pillbox_app::BucketScope;
use pillbox_model::{ErrorCode, Failure, Timestamp};

#[derive(Args)]
#[command(after_help = "Objects of a bucket that are as they were when they were read with the same identifiers are \
told from the record and not read again; totals and exit code speak of them as well. --all reads them.\n\n\
The name of a source in which something of it was found is printed with its letters and \
digits hidden, and so is the name of a source that was not read where it may be a patient's: two words, a number \
of six digits and more, or an identifier. --reveal prints names as they are.")]
pub(crate) struct Scan {
    /// Files, folders, s3://BUCKET/PREFIX, or - for standard input
    #[arg(required = true, value_name = "PATH|s3://BUCKET/PREFIX")]
    pub(crate) targets: Vec<String>,
    #[command(flatten)]
    pub(crate) objects: Objects,
}

/// Which objects of a bucket are scanned, and how.
#[derive(Args, Default, PartialEq)]
#[command(next_help_heading = "Objects of a bucket")]
pub(crate) struct Objects {
    /// Read also what is as it was when it was read with the same identifiers
    #[arg(long)]
    pub(crate) all: bool,
    /// Only keys that fit: a glob over the whole key (** goes over /), or the beginning of a key
    #[arg(long, value_name = "PATTERN")]
    pub(crate) include: Vec<String>,
    /// No keys that fit
    #[arg(long, value_name = "PATTERN")]
    pub(crate) exclude: Vec<String>,
    /// Only keys with one of these extensions
    #[arg(long, value_name = "EXTENSION", value_delimiter = ',')]
    pub(crate) extension: Vec<String>,
    /// Only objects of this size and more, in bytes or with K, M, G (1024 of the one before)
    #[arg(long, value_name = "SIZE", value_parser = size)]
    pub(crate) min_size: Option<u64>,
    /// Only objects of this size and less
    #[arg(long, value_name = "SIZE", value_parser = size)]
    pub(crate) max_size: Option<u64>,
    /// Only objects that were stored at this moment or later: 2026-03-31, or with a time as 2026-03-31T12:00:00Z
    #[arg(long, value_name = "MOMENT", value_parser = moment)]
    pub(crate) modified_since: Option<Timestamp>,
    /// Only objects that were stored before this moment
    #[arg(long, value_name = "MOMENT", value_parser = moment)]
    pub(crate) modified_before: Option<Timestamp>,
    /// Only objects with this tag; asks for the tags of each
    #[arg(long, value_name = "NAME=VALUE", value_parser = tag)]
    pub(crate) tag: Vec<(String, String)>,
    /// Only this share of the keys, the same ones in every run
    #[arg(long, value_name = "PERCENT", value_parser = percent)]
    pub(crate) sample: Option<u32>,
    /// All versions of objects, and delete markers
    #[arg(long)]
    pub(crate) versions: bool,
    /// Go on behind the last key of the same scan that was cut off; what it said is not said again
    #[arg(long, conflicts_with = "inventory")]
    pub(crate) resume: bool,
    /// Take the list of objects from an S3 Inventory (CSV)
    #[arg(long, value_name = "s3://BUCKET/.../manifest.json")]
    pub(crate) inventory: Option<String>,
}

impl Objects {
    /// The objects under a prefix that are asked for.
    pub(crate) fn scope(&self, prefix: String) -> BucketScope {
        BucketScope {
            prefix,
            include: self.include.clone(),
            exclude: self.exclude.clone(),
            extensions: self.extension.clone(),
            min_size: self.min_size,
            max_size: self.max_size,
            modified_since: self.modified_since,
            modified_before: self.modified_before,
            tags: self.tag.clone(),
            sample: self.sample,
            versions: self.versions,
            all: self.all,
        }
    }

    /// Refuses conditions on objects where files are scanned, rather than scanning more than was asked for.
    pub(crate) fn none_for_files(&self) -> Result<(), Failure> {
        if *self == Self::default() {
            return Ok(());
        }
        Err(Failure::about(ErrorCode::InvalidInput, "the options for objects of a bucket need s3://BUCKET/PREFIX"))
    }
}

fn size(text: &str) -> Result<u64, String> {
    let factor = match text.bytes().last().map(|last| last.to_ascii_uppercase()) {
        Some(b'K') => 1 << 10,
        Some(b'M') => 1 << 20,
        Some(b'G') => 1 << 30,
        _ => 1,
    };
    let digits = if factor == 1 { text } else { &text[..text.len() - 1] };
    let number: Option<u64> = digits.parse().ok();
    number.and_then(|number| number.checked_mul(factor)).ok_or_else(|| "write it as 2048, 2K, 8M or 1G".to_owned())
}

fn moment(text: &str) -> Result<Timestamp, String> {
    let day = format!("{text}T00:00:00Z");
    Timestamp::parse(text)
        .or_else(|| Timestamp::parse(&day))
        .ok_or_else(|| "write it as 2026-03-31, in UTC, or as 2026-03-31T12:00:00Z".to_owned())
}

fn tag(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, value)) if !name.is_empty() => Ok((name.to_owned(), value.to_owned())),
        _ => Err("write it as NAME=VALUE".to_owned()),
    }
}

/// In hundredths of a percent.
fn percent(text: &str) -> Result<u32, String> {
    let hundredths = text.trim_end_matches('%').parse::<f64>().map(|percent| (percent * 100.0).round());
    match hundredths {
        // Between 1 and 10,000 there is nothing to lose.
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        Ok(hundredths @ 1.0..=10_000.0) => Ok(hundredths as u32),
        _ => Err("write it as a number from 0.01 to 100".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_have_units() {
        assert_eq!(["7", "2K", "8m", "1G"].map(size), [Ok(7), Ok(2_048), Ok(8 << 20), Ok(1 << 30)]);
        for broken in ["", "K", "1.5M", "-1", "99999999999G"] {
            assert!(size(broken).is_err(), "{broken}");
        }
    }

    #[test]
    fn a_day_begins_at_midnight_in_utc() {
        assert_eq!(moment("2026-03-31"), moment("2026-03-31T00:00:00Z"));
        assert!(moment("31.3.2026").is_err());
    }

    #[test]
    fn a_share_is_more_than_nothing_and_at_most_all() {
        assert_eq!(["10", "0.01", "33.33%", "100"].map(percent), [Ok(1_000), Ok(1), Ok(3_333), Ok(10_000)]);
        for broken in ["0", "101", "-3", "some", "nan"] {
            assert!(percent(broken).is_err(), "{broken}");
        }
    }
}
