//! What belongs to one object beside its bytes: who may read it, how it is encrypted, its tags.

use std::collections::BTreeMap;

use pillbox_model::{
    AclGrant, CopyMarks, Encryption, ErrorCode, Failure, Grantee, ObjectEffect, ObjectFix, ObjectStep, Permission,
    PublicAccessBlock, Read, Reversibility,
};

use super::PlannedObject;
use super::look_at::{described, seen, seen_with_checksum};
use super::plan::{Draft, keeps_version};
use super::step::{is_encrypted_as, same_grants};
use crate::app::App;
use crate::connect::Session;

/// The most tags that an object has (S3 User Guide, "Categorizing your storage using tags").
const MOST_TAGS: usize = 10;

impl App {
    /// What leaving an object to its owner alone would change.
    ///
    /// # Errors
    /// [`ErrorCode::NothingToFix`] when it has no grants to others; [`ErrorCode::NotFixable`] when that is not known,
    /// because S3 does not show public grants while Block Public Access ignores them. [`ErrorCode::NoSuchObject`];
    /// what reading says.
    pub async fn plan_make_private(&self, session: &Session, key: &str) -> Result<PlannedObject, Failure> {
        let details = described(session, key, None).await?;
        let version = details.version_id.as_deref();
        let acl = session.client.object_acl(&session.connection.bucket, key, version).await?;
        let after = vec![owners_own(&acl.owner_id)];
        if same_grants(&acl.grants, &after) {
            return Err(match self.shows_public_grants(session).await? {
                true => ErrorCode::NothingToFix.into(),
                false => {
                    Failure::about(ErrorCode::NotFixable, "Block Public Access hides public grants, if there are any")
                }
            });
        }
        let object = seen(key, &details);
        let steps = vec![ObjectStep::SetAcl { object, owner_id: acl.owner_id, before: acl.grants, after }];
        let (fix, effects, reversibility) = (ObjectFix::MakePrivate, Vec::new(), Reversibility::Exact);
        Draft { session, fix, key, steps, effects, reversibility, asks_for_consent: false }.planned().await
    }

    /// Whether S3 shows an object's public grants, which it does not while `IgnorePublicAcls` is on.
    async fn shows_public_grants(&self, session: &Session) -> Result<bool, Failure> {
        let (connection, now) = (&session.connection, self.clock.now());
        let account = connection.account_id.as_deref();
        let snapshot = session.client.snapshot(&connection.bucket, account, now).await?;
        let ignores = |block: &Read<Option<PublicAccessBlock>>| match block {
            Read::Known(block) => block.is_some_and(|block| block.ignore_public_acls),
            Read::Unread(unread) => unread.code != ErrorCode::NotSupported,
        };
        Ok(!ignores(&snapshot.bucket_block) && !ignores(&snapshot.account_block))
    }

    /// What encrypting an object another way would change: it is copied onto itself.
    ///
    /// # Errors
    /// [`ErrorCode::NothingToFix`] when it is encrypted so; [`ErrorCode::NoSuchObject`]; what reading says.
    pub async fn plan_encrypt(
        &self,
        session: &Session,
        key: &str,
        encryption: &Encryption,
    ) -> Result<PlannedObject, Failure> {
        let details = described(session, key, None).await?;
        if is_encrypted_as(&details, encryption) {
            return Err(ErrorCode::NothingToFix.into());
        }
        let keeps = keeps_version(session, details.version_id.as_deref()).await?;
        let object = seen_with_checksum(session, key, &details).await?;
        let steps = vec![ObjectStep::Copy {
            from: object.clone(),
            to: key.to_owned(),
            replaces: Some(object),
            marks: CopyMarks::Keep,
            encryption_before: details.encryption.clone(),
            encryption: Some(encryption.clone()),
        }];
        let mut effects: Vec<_> = grants_dropped(session, key).await.into_iter().collect();
        if keeps {
            effects.push(ObjectEffect::FormerVersionsStay { versions: 1 });
        }
        let reversibility = if keeps { Reversibility::Exact } else { Reversibility::Nearest };
        let fix = ObjectFix::Encrypt;
        Draft { session, fix, key, steps, effects, reversibility, asks_for_consent: false }.planned().await
    }

    /// What giving an object tags would change: those that it has stay, those of the same name are replaced.
    ///
    /// # Errors
    /// [`ErrorCode::NothingToFix`] when it has them; [`ErrorCode::InvalidInput`] when there would be more than ten;
    /// [`ErrorCode::NoSuchObject`]; what reading says.
    pub async fn plan_tag(
        &self,
        session: &Session,
        key: &str,
        tags: &BTreeMap<String, String>,
    ) -> Result<PlannedObject, Failure> {
        let details = described(session, key, None).await?;
        let before = session.client.tags(&session.connection.bucket, key, details.version_id.as_deref()).await?;
        let mut after = before.clone();
        after.extend(tags.clone());
        if after == before {
            return Err(ErrorCode::NothingToFix.into());
        }
        if after.len() > MOST_TAGS {
            return Err(Failure::about(ErrorCode::InvalidInput, "an object has at most ten tags"));
        }
        let steps = vec![ObjectStep::SetTags { object: seen(key, &details), before, after }];
        let (fix, effects, reversibility) = (ObjectFix::Tag, Vec::new(), Reversibility::Exact);
        Draft { session, fix, key, steps, effects, reversibility, asks_for_consent: false }.planned().await
    }
}

fn owners_own(owner_id: &str) -> AclGrant {
    AclGrant { grantee: Grantee::CanonicalUser(owner_id.to_owned()), permission: Permission::FullControl }
}

/// What a copy leaves behind of an object's access control list, as far as this key may read that.
pub(super) async fn grants_dropped(session: &Session, key: &str) -> Option<ObjectEffect> {
    let acl = session.client.object_acl(&session.connection.bucket, key, None).await.ok()?;
    let own = owners_own(&acl.owner_id);
    let others = acl.grants.iter().filter(|grant| **grant != own).count();
    (others > 0).then(|| ObjectEffect::GrantsDropped { grants: u32::try_from(others).unwrap_or(u32::MAX) })
}
