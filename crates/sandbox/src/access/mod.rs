//! Who may do what: bucket policy, access control lists, ownership and Block Public Access.
//!
//! A signed request is the account's own user: allowed unless the bucket policy denies it. An
//! unsigned one is allowed where a policy or an access control list opens the door and Block
//! Public Access does not keep it shut.

mod action;
mod context;

use std::sync::Arc;

use async_trait::async_trait;
use http::{HeaderMap, HeaderValue};
use s3s::access::{S3Access, S3AccessContext};
use s3s::path::S3Path;
use s3s::{S3Result, s3_error};

use self::action::AclRight;
pub(crate) use self::action::Action;
pub(crate) use self::context::Peer;
use crate::answer::store_error;
use crate::form::query_value;
use crate::identity;
use crate::policy::{self, Caller, Context, Decision, Question};
use crate::record::{Acl, AclPermission, Bucket, Grantee, PublicAccessBlock};
use crate::store::{Store, StoreError};

/// Decides on requests with what the store says at that moment.
#[derive(Clone)]
pub(crate) struct Access {
    store: Store,
    account_id: String,
}

/// A request whose right is to be decided.
pub(crate) struct Request<'a> {
    pub(crate) caller: Caller,
    pub(crate) action: Action,
    pub(crate) bucket: &'a str,
    pub(crate) key: Option<&'a str>,
    pub(crate) version: Option<&'a str>,
    pub(crate) context: &'a Context,
}

impl Access {
    pub(crate) fn new(store: Store, account_id: String) -> Self {
        Self { store, account_id }
    }

    /// Answers the bucket, as it was when this was decided, where the request may go on.
    ///
    /// # Errors
    ///
    /// `AccessDenied`, or `NoSuchBucket` where there is nothing to be denied.
    pub(crate) async fn authorize(&self, request: &Request<'_>) -> S3Result<Known> {
        let (bucket, account) = self.store.bucket_and_account(request.bucket).await.map_err(store_error)?;
        let Some(bucket) = bucket else {
            return Err(s3_error!(NoSuchBucket, "The specified bucket does not exist"));
        };
        let block = account.unwrap_or_default().or(bucket.settings.public_access_block.unwrap_or_default());
        let decision = self.policy_decision(&bucket, block, request);
        let allowed = match (decision, request.caller) {
            // Somebody must be able to get out of a policy that shuts everybody out; in an
            // account that is its root user, for whom the sandbox's user stands in.
            (Decision::Deny, Caller::Owner) if request.action.is("s3:DeleteBucketPolicy") => Ok(()),
            (Decision::Deny, _) => Err(denied()),
            (_, Caller::Owner) => Ok(()),
            (Decision::Allow, Caller::Anonymous) => self.reveal_absence(&bucket, block, request).await,
            (Decision::Silent, Caller::Anonymous) => self.by_access_control_list(&bucket, block, request).await,
        };
        allowed.map(|()| Known { bucket: Arc::new(bucket), block })
    }

    fn policy_decision(&self, bucket: &Bucket, block: PublicAccessBlock, request: &Request<'_>) -> Decision {
        let Some(text) = &bucket.settings.policy else { return Decision::Silent };
        // Only what was understood is ever stored; what no longer is shuts the bucket.
        let Ok(policy) = policy::parse(text, &bucket.name) else { return Decision::Deny };
        let resource = match request.key {
            Some(key) => format!("arn:aws:s3:::{}/{key}", bucket.name),
            None => format!("arn:aws:s3:::{}", bucket.name),
        };
        let decision = policy.decide(&Question {
            caller: request.caller,
            account_id: &self.account_id,
            action: request.action.name(),
            resource: &resource,
            context: request.context,
        });
        let restricted = block.restrict_public_buckets && policy::is_public(&policy);
        match decision {
            Decision::Allow if restricted && request.caller == Caller::Anonymous => Decision::Silent,
            other => other,
        }
    }

    /// S3 tells only those who may list a bucket that a key is not there.
    async fn reveal_absence(&self, bucket: &Bucket, block: PublicAccessBlock, request: &Request<'_>) -> S3Result<()> {
        if !request.action.reads_an_object() {
            return Ok(());
        }
        let key = request.key.unwrap_or_default();
        let object = self.store.object(&bucket.name, key, request.version).await;
        match object {
            Ok(object) if !object.delete_marker => Ok(()),
            Ok(_) | Err(StoreError::NoSuchKey | StoreError::NoSuchVersion) => {
                let list = Request { action: Action::LIST_BUCKET, key: None, version: None, ..*request };
                let may_list = self.policy_decision(bucket, block, &list) == Decision::Allow
                    || self.bucket_acl_allows(bucket, block, AclRight::BucketRead);
                if may_list { Ok(()) } else { Err(denied()) }
            }
            Err(error) => Err(store_error(error)),
        }
    }

    async fn by_access_control_list(
        &self,
        bucket: &Bucket,
        block: PublicAccessBlock,
        request: &Request<'_>,
    ) -> S3Result<()> {
        let Some(right) = request.action.acl_right() else { return Err(denied()) };
        let allowed = match right {
            AclRight::BucketRead | AclRight::BucketWrite | AclRight::BucketReadAcp | AclRight::BucketWriteAcp => {
                self.bucket_acl_allows(bucket, block, right)
            }
            AclRight::ObjectRead | AclRight::ObjectReadAcp | AclRight::ObjectWriteAcp => {
                let key = request.key.unwrap_or_default();
                let object = self.store.object(&bucket.name, key, request.version).await;
                match object {
                    Ok(object) if !object.delete_marker => acls_count(bucket, block) && grants(&object.meta.acl, right),
                    Ok(_) | Err(StoreError::NoSuchKey | StoreError::NoSuchVersion) => {
                        self.bucket_acl_allows(bucket, block, AclRight::BucketRead)
                    }
                    Err(error) => return Err(store_error(error)),
                }
            }
        };
        if allowed { Ok(()) } else { Err(denied()) }
    }

    fn bucket_acl_allows(&self, bucket: &Bucket, block: PublicAccessBlock, right: AclRight) -> bool {
        acls_count(bucket, block) && grants(&bucket.settings.acl, right)
    }
}

/// Whether a public grant opens anything at all.
fn acls_count(bucket: &Bucket, block: PublicAccessBlock) -> bool {
    !bucket.acls_disabled() && !block.ignore_public_acls
}

/// Whether the list grants the right to everybody.
fn grants(acl: &Acl, right: AclRight) -> bool {
    let wanted = match right {
        AclRight::BucketRead | AclRight::ObjectRead => AclPermission::Read,
        AclRight::BucketWrite => AclPermission::Write,
        AclRight::BucketReadAcp | AclRight::ObjectReadAcp => AclPermission::ReadAcp,
        AclRight::BucketWriteAcp | AclRight::ObjectWriteAcp => AclPermission::WriteAcp,
    };
    acl.grants.iter().any(|grant| {
        matches!(&grant.grantee, Grantee::Group(uri) if uri == identity::ALL_USERS)
            && (grant.permission == wanted || grant.permission == AclPermission::FullControl)
    })
}

fn denied() -> s3s::S3Error {
    s3_error!(AccessDenied, "Access Denied")
}

#[async_trait]
impl S3Access for Access {
    async fn check(&self, cx: &mut S3AccessContext<'_>) -> S3Result<()> {
        let caller = match cx.credentials() {
            Some(_) => Caller::Owner,
            None => Caller::Anonymous,
        };
        let peer = cx.extensions_mut().get::<Peer>().copied();
        let context = context::of_request(caller, &self.account_id, peer, cx.headers(), cx.uri());
        let action = Action::of_operation(cx.s3_op().name(), cx.uri());
        let (bucket, key) = match cx.s3_path() {
            S3Path::Root => {
                return if caller == Caller::Owner { Ok(()) } else { Err(denied()) };
            }
            S3Path::Bucket { bucket } => (bucket.to_string(), None),
            S3Path::Object { bucket, key } => (bucket.to_string(), Some(key.to_string())),
        };
        let expected = cx.headers().get("x-amz-expected-bucket-owner").cloned();
        let source_expected = cx.headers().get("x-amz-source-expected-bucket-owner").cloned();
        if cx.s3_op().name() == "CreateBucket" {
            return if caller == Caller::Owner { Ok(()) } else { Err(denied()) };
        }
        let version = query_value(cx.uri(), "versionId");
        let context = Arc::new(context);
        cx.extensions_mut().insert(Asked { caller, context: Arc::clone(&context) });
        let known = self
            .authorize(&Request {
                caller,
                action,
                bucket: &bucket,
                key: key.as_deref(),
                version: version.as_deref(),
                context: &context,
            })
            .await?;
        cx.extensions_mut().insert(known);
        self.check_owner(expected.as_ref())?;
        self.check_owner(source_expected.as_ref())
    }
}

impl Access {
    fn check_owner(&self, expected: Option<&HeaderValue>) -> S3Result<()> {
        match expected {
            Some(owner) if owner.as_bytes() != self.account_id.as_bytes() => Err(denied()),
            _ => Ok(()),
        }
    }
}

/// A bucket and the Block Public Access that is enforced on it; goes along with the request.
#[derive(Clone)]
pub(crate) struct Known {
    pub(crate) bucket: Arc<Bucket>,
    pub(crate) block: PublicAccessBlock,
}

/// Who asks, and what policies can know of the request; goes along with it.
#[derive(Clone)]
pub(crate) struct Asked {
    pub(crate) caller: Caller,
    pub(crate) context: Arc<Context>,
}

/// The value of a header, where it is text.
fn header<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}
