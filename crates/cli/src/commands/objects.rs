//! `pillbox objects`: fixes of single objects, each a plan that is shown, applied and read back.

use std::process::ExitCode;
use std::sync::Arc;

use pillbox_app::{App, PlannedObject, QUARANTINE_PREFIX, QuarantineOptions, Session};
use pillbox_model::{Encryption, ErrorCode, Failure};
use serde_json::json;

use crate::arguments::Global;
use crate::arguments_of_objects::{Consenting, Download, Objects, ObjectsCommand, OneObject, Quarantined};
use crate::commands::object_plan::{self, shown_key};
use crate::output::Output;
use crate::{connection, program};

/// The object that a command is about, and the way to it.
struct At {
    app: Arc<App>,
    session: Session,
    key: String,
}

/// Looks at single objects, and changes them.
pub(crate) async fn run(global: &Global, objects: &Objects, output: &Output) -> Result<ExitCode, Failure> {
    let (planned, at, consenting) = match &objects.command {
        ObjectsCommand::Versions(one) => return versions(global, one, output).await,
        ObjectsCommand::Download(download) => return self::download(global, download, output).await,
        ObjectsCommand::Quarantined(quarantined) => return self::quarantined(global, quarantined, output).await,
        ObjectsCommand::Restore(restore) => {
            let at = open(global, &restore.one).await?;
            let planned = match &restore.version_id {
                Some(version) => at.app.plan_restore_version(&at.session, &at.key, version).await,
                None => at.app.plan_restore(&at.session, &at.key).await,
            };
            (planned, at, &restore.consenting)
        }
        ObjectsCommand::Quarantine(quarantine) => {
            let at = open(global, &quarantine.one).await?;
            let options = QuarantineOptions {
                reason: quarantine.reason.clone(),
                expires: quarantine.expires.clone(),
                remove_original: quarantine.remove_original,
            };
            (at.app.plan_quarantine(&at.session, &at.key, &options).await, at, &quarantine.consenting)
        }
        ObjectsCommand::Redact(redact) => {
            let at = open(global, &redact.one).await?;
            let planned = at.app.plan_redact(&at.session, &at.key, redact.remove_original).await;
            (planned, at, &redact.consenting)
        }
        ObjectsCommand::Private(private) => {
            let at = open(global, &private.one).await?;
            (at.app.plan_make_private(&at.session, &at.key).await, at, &private.consenting)
        }
        ObjectsCommand::Encrypt(encrypt) => {
            let at = open(global, &encrypt.one).await?;
            let encryption = Encryption::with(encrypt.kms_key.clone());
            (at.app.plan_encrypt(&at.session, &at.key, &encryption).await, at, &encrypt.consenting)
        }
        ObjectsCommand::Tag(tag) => {
            let at = open(global, &tag.one).await?;
            let tags = tag.tags.iter().cloned().collect();
            (at.app.plan_tag(&at.session, &at.key, &tags).await, at, &tag.consenting)
        }
        ObjectsCommand::DeleteVersion(delete) => {
            let at = open(global, &delete.one).await?;
            let planned = at.app.plan_delete_version(&at.session, &at.key, &delete.version_id).await;
            (planned, at, &delete.consenting)
        }
    };
    carry_out(global, &at, planned, consenting, output).await
}

async fn carry_out(
    global: &Global,
    at: &At,
    planned: Result<PlannedObject, Failure>,
    consenting: &Consenting,
    output: &Output,
) -> Result<ExitCode, Failure> {
    let planned = match planned {
        Err(failure) if failure.code == ErrorCode::NothingToFix => {
            output.line("There is nothing to do: it is so already.");
            output.end();
            return Ok(ExitCode::SUCCESS);
        }
        planned => planned?,
    };
    object_plan::carry_out(&at.app, &at.session, &planned, consenting, global.reveal, output).await
}

async fn open(global: &Global, one: &OneObject) -> Result<At, Failure> {
    let place = connection::bucket(&one.object)?;
    if place.prefix.is_empty() {
        return Err(Failure::about(ErrorCode::InvalidInput, "write the object as s3://BUCKET/KEY"));
    }
    let app = program::open(global)?;
    let session = connection::open(&app, global, &place.bucket).await?;
    app.settle_changes(&session).await?;
    Ok(At { app, session, key: place.prefix })
}

async fn versions(global: &Global, one: &OneObject, output: &Output) -> Result<ExitCode, Failure> {
    let at = open(global, one).await?;
    for version in at.app.object_versions(&at.session, &at.key).await? {
        output.object(&json!({ "type": "version", "version": version }));
        let what = match (version.is_delete_marker, version.is_latest) {
            (true, _) => "delete marker",
            (false, true) => "current",
            (false, false) => "",
        };
        let modified = version.modified.map(|moment| moment.to_string()).unwrap_or_default();
        output.line(format!("{}  {modified}  {:>12}  {what}", version.version_id, version.size).trim_end());
    }
    output.end();
    Ok(ExitCode::SUCCESS)
}

async fn download(global: &Global, download: &Download, output: &Output) -> Result<ExitCode, Failure> {
    let at = open(global, &download.one).await?;
    let version = download.version_id.as_deref();
    let downloaded = at.app.download_object(&at.session, &at.key, version, &download.path).await?;
    output.object(&json!({ "type": "downloaded", "downloaded": downloaded }));
    output.line(&format!("{} bytes, SHA-256 {}", downloaded.size, downloaded.sha256));
    output.end();
    Ok(ExitCode::SUCCESS)
}

async fn quarantined(global: &Global, quarantined: &Quarantined, output: &Output) -> Result<ExitCode, Failure> {
    let place = connection::bucket(&quarantined.bucket)?;
    let app = program::open(global)?;
    let session = connection::open(&app, global, &place.bucket).await?;
    let mut all = app.quarantined(&session).await?;
    all.retain(|one| one.is_due || !quarantined.due);
    if all.is_empty() {
        output.line("Nothing is in quarantine.");
    }
    for mut one in all {
        one.key = shown_key(&one.key, global.reveal);
        one.own_key = shown_key(&one.own_key, global.reveal);
        output.object(&json!({ "type": "quarantined", "object": one }));
        let since = one.since.map(|moment| moment.to_string()).unwrap_or_default();
        let due = match (&one.expires, one.is_due) {
            (Some(day), true) => format!("  due since {day}"),
            (Some(day), false) => format!("  expires {day}"),
            (None, _) => String::new(),
        };
        let reason = one.reason.as_deref().unwrap_or("(no reason is on it)");
        output.line(&format!("{since}  s3://{}/{}{due}\n        {reason}", place.bucket, one.key));
    }
    if !global.reveal {
        output.line(&format!(
            "--reveal prints keys as they are, to name them for 'pillbox objects restore'. All \
            begin with {QUARANTINE_PREFIX}."
        ));
    }
    output.end();
    Ok(ExitCode::SUCCESS)
}
