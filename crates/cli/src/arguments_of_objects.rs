//! What can be typed of single objects.

use std::path::PathBuf;

use clap::{Args, Subcommand};

#[derive(Args)]
#[command(after_help = "Keys are printed with their letters and digits hidden, because they often carry patients' \
names; --reveal prints them as they are. What changes an object is shown first and asked for; it is written down, \
read back, listed by 'pillbox changes' and taken back by 'pillbox undo'.")]
pub(crate) struct Objects {
    #[command(subcommand)]
    pub(crate) command: ObjectsCommand,
}

#[derive(Subcommand)]
pub(crate) enum ObjectsCommand {
    /// List an object's versions, delete markers among them
    Versions(OneObject),
    /// Write an object, or one version of it, to a new file
    Download(Download),
    /// Bring an object back: out of quarantine, or an older version on top
    Restore(Restore),
    /// Copy an object to quarantine and hide it where it was
    Quarantine(Quarantine),
    /// List what is in quarantine
    Quarantined(Quarantined),
    /// Replace an object by a copy in which what is not expected is blacked out; the former goes to quarantine
    Redact(Redact),
    /// Leave an object to its owner alone: take away its grants to others
    Private(Fixed),
    /// Encrypt an object another way
    Encrypt(Encrypt),
    /// Give an object tags beside those that it has
    Tag(Tag),
    /// Remove one version for ever, or take a delete marker away
    DeleteVersion(DeleteVersion),
}

#[derive(Args)]
pub(crate) struct OneObject {
    /// The object
    #[arg(value_name = "s3://BUCKET/KEY")]
    pub(crate) object: String,
}

/// How what changes an object is consented to.
#[derive(Args)]
pub(crate) struct Consenting {
    /// Apply without asking
    #[arg(long, conflicts_with = "dry_run")]
    pub(crate) yes: bool,
    /// Show the plan and stop
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// The words that the plan asks for, where it can't be taken back
    #[arg(long, value_name = "WORDS")]
    pub(crate) consent: Option<String>,
}

#[derive(Args)]
pub(crate) struct Fixed {
    #[command(flatten)]
    pub(crate) one: OneObject,
    #[command(flatten)]
    pub(crate) consenting: Consenting,
}

#[derive(Args)]
pub(crate) struct Download {
    #[command(flatten)]
    pub(crate) one: OneObject,
    /// The file; nothing may be there
    #[arg(value_name = "PATH")]
    pub(crate) path: PathBuf,
    /// Which version; without it, the current one
    #[arg(long, value_name = "ID")]
    pub(crate) version_id: Option<String>,
}

#[derive(Args)]
pub(crate) struct Restore {
    #[command(flatten)]
    pub(crate) one: OneObject,
    /// Which version to make the current one; without it the key is one of quarantine
    #[arg(long, value_name = "ID")]
    pub(crate) version_id: Option<String>,
    #[command(flatten)]
    pub(crate) consenting: Consenting,
}

#[derive(Args)]
pub(crate) struct Quarantine {
    #[command(flatten)]
    pub(crate) one: OneObject,
    /// Why, without a patient's data: it is kept with the copy
    #[arg(long, value_name = "TEXT")]
    pub(crate) reason: String,
    /// The day from which the copy is due to be deleted
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) expires: Option<String>,
    /// Remove the original version for ever, rather than hide it
    #[arg(long)]
    pub(crate) remove_original: bool,
    #[command(flatten)]
    pub(crate) consenting: Consenting,
}

#[derive(Args)]
pub(crate) struct Quarantined {
    /// The bucket
    #[arg(value_name = "s3://BUCKET")]
    pub(crate) bucket: String,
    /// Only what is due to be deleted
    #[arg(long)]
    pub(crate) due: bool,
}

#[derive(Args)]
pub(crate) struct Redact {
    #[command(flatten)]
    pub(crate) one: OneObject,
    /// Remove the original version for ever, rather than leave it under the new one
    #[arg(long)]
    pub(crate) remove_original: bool,
    #[command(flatten)]
    pub(crate) consenting: Consenting,
}

#[derive(Args)]
pub(crate) struct Encrypt {
    #[command(flatten)]
    pub(crate) one: OneObject,
    /// With a key that Amazon S3 manages
    #[arg(long, required_unless_present = "kms_key", conflicts_with = "kms_key")]
    pub(crate) sse_s3: bool,
    /// With this key of AWS KMS
    #[arg(long, value_name = "ARN")]
    pub(crate) kms_key: Option<String>,
    #[command(flatten)]
    pub(crate) consenting: Consenting,
}

#[derive(Args)]
pub(crate) struct Tag {
    #[command(flatten)]
    pub(crate) one: OneObject,
    /// The tags
    #[arg(required = true, value_name = "NAME=VALUE", value_parser = tag)]
    pub(crate) tags: Vec<(String, String)>,
    #[command(flatten)]
    pub(crate) consenting: Consenting,
}

#[derive(Args)]
pub(crate) struct DeleteVersion {
    #[command(flatten)]
    pub(crate) one: OneObject,
    /// Which version
    #[arg(long, value_name = "ID")]
    pub(crate) version_id: String,
    #[command(flatten)]
    pub(crate) consenting: Consenting,
}

fn tag(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, value)) if !name.is_empty() => Ok((name.to_owned(), value.to_owned())),
        _ => Err("a tag is written as NAME=VALUE".to_owned()),
    }
}
