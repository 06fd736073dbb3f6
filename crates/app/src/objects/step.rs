//! One step of a plan: doing it, and finding out whether it was done.

use std::collections::BTreeMap;

use pillbox_aws::{Copy, ObjectAcl, ObjectDetails, PutCondition, PutError, Rewrite};
use pillbox_model::{AclGrant, CopyMarks, Encryption, ErrorCode, Failure, ObjectStep, SeenObject};

use super::look_at::{is_the_same, sha256};
use super::redact;
use crate::app::App;
use crate::connect::Session;

/// Does a step. What is no longer as the plan says refuses it.
///
/// # Errors
/// [`ErrorCode::ChangedSince`]; what the request says.
pub(super) async fn perform(app: &App, session: &Session, step: &ObjectStep) -> Result<(), Failure> {
    let (client, bucket) = (&session.client, &session.connection.bucket);
    match step {
        ObjectStep::Copy { from, to, replaces, marks, encryption, .. } => {
            let source = still(session, from).await?;
            let condition = match replaces {
                None => PutCondition::CreateOnly,
                Some(replaced) => PutCondition::Replace { e_tag: replaced.e_tag.clone() },
            };
            let copy = Copy {
                bucket,
                from: &from.key,
                to,
                condition,
                metadata: marked(&source.metadata, marks),
                encryption: encryption.as_ref(),
                source: &source,
            };
            client.copy(&copy).await.map(drop).map_err(refused)
        }
        ObjectStep::Rewrite { object, sha256, .. } => {
            let former = still(session, object).await?;
            let copy = redact::redacted(app, session, &object.key, &former).await?;
            if hex::encode(copy.sha256) != *sha256 {
                return Err(changed(bucket));
            }
            let tags = client.tags(bucket, &object.key, former.version_id.as_deref()).await?;
            let rewrite = Rewrite {
                bucket,
                key: &object.key,
                former: &former,
                tags: &tags,
                body: copy.bytes,
                sha256: copy.sha256,
            };
            client.rewrite(&rewrite).await.map(drop).map_err(refused)
        }
        ObjectStep::Hide { object } => client.hide(bucket, &object.key, &object.e_tag).await.map(drop).map_err(refused),
        ObjectStep::Show { key, marker } => client.delete_version(bucket, key, marker).await,
        ObjectStep::Remove { object, .. } => match &object.version_id {
            Some(version) => client.delete_version(bucket, &object.key, version).await,
            None => client.hide(bucket, &object.key, &object.e_tag).await.map(drop).map_err(refused),
        },
        ObjectStep::SetTags { object, after, .. } => {
            client.set_tags(bucket, &object.key, object.version_id.as_deref(), after).await
        }
        ObjectStep::SetAcl { object, owner_id, after, .. } => {
            let acl = ObjectAcl { owner_id: owner_id.clone(), grants: after.clone() };
            client.set_object_acl(bucket, &object.key, object.version_id.as_deref(), &acl).await
        }
    }
}

/// Whether a step was done, by how the bucket is; inside, the version that it made.
///
/// # Errors
/// What reading says.
pub(crate) async fn found_done(
    session: &Session,
    bucket: &str,
    step: &ObjectStep,
) -> Result<Option<Option<String>>, Failure> {
    let client = &session.client;
    match step {
        ObjectStep::Copy { from, to, replaces, marks, encryption, .. } => {
            let Some(there) = client.describe(bucket, to, None).await? else { return Ok(None) };
            let is_another = replaces.as_ref().is_none_or(|replaced| {
                there.version_id != replaced.version_id || !super::look_at::is_versioned(there.version_id.as_deref())
            });
            let as_wished = encryption.as_ref().is_none_or(|wished| is_encrypted_as(&there, wished));
            if !is_another || !as_wished || there.size != from.size || !has_marks(&there.metadata, marks) {
                return Ok(None);
            }
            let present = hex::encode(sha256(session, to, &there).await?);
            let is_identical = from.sha256.as_deref() == Some(present.as_str());
            Ok(is_identical.then_some(there.version_id))
        }
        ObjectStep::Rewrite { object, size, sha256: wanted } => {
            let Some(there) = client.describe(bucket, &object.key, None).await? else { return Ok(None) };
            if there.size != *size {
                return Ok(None);
            }
            let is_it = hex::encode(sha256(session, &object.key, &there).await?) == *wanted;
            Ok(is_it.then_some(there.version_id))
        }
        ObjectStep::Hide { object } => {
            if client.describe(bucket, &object.key, None).await?.is_some() {
                return Ok(None);
            }
            if object.version_id.is_none() {
                return Ok(Some(None));
            }
            let versions = client.versions(bucket, &object.key).await?;
            let marker = versions.into_iter().find(|version| version.is_latest && version.is_delete_marker);
            Ok(Some(marker.map(|marker| marker.id)))
        }
        ObjectStep::Show { key, marker } => {
            let versions = client.versions(bucket, key).await?;
            Ok((!versions.iter().any(|version| version.id == *marker)).then_some(None))
        }
        ObjectStep::Remove { object, .. } => {
            let is_gone = match &object.version_id {
                Some(id) => !client.versions(bucket, &object.key).await?.iter().any(|version| version.id == *id),
                None => client.describe(bucket, &object.key, None).await?.is_none(),
            };
            Ok(is_gone.then_some(None))
        }
        ObjectStep::SetTags { object, after, .. } => {
            let present = client.tags(bucket, &object.key, object.version_id.as_deref()).await?;
            Ok((present == *after).then_some(None))
        }
        ObjectStep::SetAcl { object, after, .. } => {
            let present = client.object_acl(bucket, &object.key, object.version_id.as_deref()).await?;
            Ok(same_grants(&present.grants, after).then_some(None))
        }
    }
}

/// Makes sure, before the first step, that what a step is about is as the plan says.
///
/// # Errors
/// [`ErrorCode::ChangedSince`]; what reading says.
pub(super) async fn is_still_possible(session: &Session, step: &ObjectStep) -> Result<(), Failure> {
    let (client, bucket) = (&session.client, &session.connection.bucket);
    let as_planned = match step {
        ObjectStep::Copy { from, to, replaces, .. } => {
            still(session, from).await?;
            let there = client.describe(bucket, to, None).await?;
            match (there, replaces) {
                (None, None) => true,
                (Some(there), Some(replaced)) => is_the_same(&there, replaced),
                _ => false,
            }
        }
        ObjectStep::Rewrite { object, .. } | ObjectStep::Hide { object } => {
            let there = client.describe(bucket, &object.key, None).await?;
            there.is_some_and(|there| is_the_same(&there, object))
        }
        ObjectStep::Show { key, marker } => {
            let versions = client.versions(bucket, key).await?;
            versions.iter().any(|version| version.id == *marker && version.is_latest)
        }
        ObjectStep::Remove { is_delete_marker: true, .. } => true,
        ObjectStep::Remove { object, .. } => still(session, object).await.map(|_| true)?,
        ObjectStep::SetTags { object, before, .. } => {
            client.tags(bucket, &object.key, object.version_id.as_deref()).await? == *before
        }
        ObjectStep::SetAcl { object, before, .. } => {
            let present = client.object_acl(bucket, &object.key, object.version_id.as_deref()).await?;
            same_grants(&present.grants, before)
        }
    };
    if as_planned { Ok(()) } else { Err(changed(bucket)) }
}

/// An object that a plan remembers, which must be what it was.
async fn still(session: &Session, seen: &SeenObject) -> Result<ObjectDetails, Failure> {
    let bucket = &session.connection.bucket;
    let there = session.client.describe(bucket, &seen.key, seen.version_id.as_deref()).await?;
    there.filter(|there| is_the_same(there, seen)).ok_or_else(|| changed(bucket))
}

/// The metadata of a copy; `None` where it is the source's.
fn marked(source: &BTreeMap<String, String>, marks: &CopyMarks) -> Option<BTreeMap<String, String>> {
    let mut metadata = source.clone();
    match marks {
        CopyMarks::Keep => return None,
        CopyMarks::Add(entries) => metadata.extend(entries.clone()),
        CopyMarks::Drop(entries) => metadata.retain(|name, _| !entries.contains_key(name)),
    }
    Some(metadata)
}

fn has_marks(metadata: &BTreeMap<String, String>, marks: &CopyMarks) -> bool {
    match marks {
        CopyMarks::Keep => true,
        CopyMarks::Add(entries) => entries.iter().all(|(name, value)| metadata.get(name) == Some(value)),
        CopyMarks::Drop(entries) => entries.keys().all(|name| !metadata.contains_key(name)),
    }
}

/// Whether an object is encrypted as was wished. S3 answers a key's full name, whatever short one it was given; an
/// alias it answers with the key behind it.
pub(super) fn is_encrypted_as(details: &ObjectDetails, wished: &Encryption) -> bool {
    let Some(present) = &details.encryption else { return false };
    let same_key = match (&wished.kms_key, &present.kms_key) {
        (None, _) => true,
        (Some(wished), _) if wished.contains("alias/") => true,
        (Some(wished), Some(present)) => present == wished || present.ends_with(&format!("/{wished}")),
        (Some(_), None) => false,
    };
    present.kind == wished.kind && same_key
}

pub(super) fn same_grants(one: &[AclGrant], other: &[AclGrant]) -> bool {
    let sorted = |grants: &[AclGrant]| {
        let mut grants = grants.to_vec();
        grants.sort();
        grants.dedup();
        grants
    };
    sorted(one) == sorted(other)
}

fn refused(error: PutError) -> Failure {
    match error {
        PutError::Changed | PutError::Exists => ErrorCode::ChangedSince.into(),
        other => other.into(),
    }
}

fn changed(bucket: &str) -> Failure {
    Failure::about(ErrorCode::ChangedSince, bucket)
}
