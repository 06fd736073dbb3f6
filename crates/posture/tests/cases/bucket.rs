//! A bucket for tests: a snapshot that is in order, and a store that takes changes as S3 does.

use pillbox_model::{
    AclGrant, BucketSnapshot, CheckId, CheckReport, Encryption, EncryptionType, ErrorCode, FixPlan, Grantee,
    ObjectOwnership, Permission, PublicAccessBlock, Read, SettingState, Timestamp, Unread, Versioning,
    effective_public_access_block,
};
use pillbox_posture::judge;
use proptest::prelude::*;

pub(crate) const OWNER: &str = "9f2b0c5d";
pub(crate) const ALL_USERS: &str = "http://acs.amazonaws.com/groups/global/AllUsers";

/// A bucket in which every check passes.
pub(crate) fn in_order() -> BucketSnapshot {
    BucketSnapshot {
        bucket: "the-pain-killer-practice".to_owned(),
        region: "ap-southeast-2".to_owned(),
        partition: "aws".to_owned(),
        account_id: Some("111122223333".to_owned()),
        read_at: Timestamp::from_millis(0),
        account_block: Read::Known(Some(PublicAccessBlock::ALL)),
        bucket_block: Read::Known(Some(PublicAccessBlock::ALL)),
        policy: Read::Known(Some(tls_policy())),
        policy_is_public: Read::Known(false),
        owner_id: Read::Known(OWNER.to_owned()),
        acl: Read::Known(vec![grant(Grantee::CanonicalUser(OWNER.to_owned()))]),
        ownership: Read::Known(Some(ObjectOwnership::BucketOwnerEnforced)),
        encryption: Read::Known(Some(Encryption { kind: EncryptionType::Aes256, kms_key: None, bucket_key: false })),
        versioning: Read::Known(Versioning::Enabled),
    }
}

/// A bucket as they were made before April 2023, made public by its list and its policy.
pub(crate) fn wide_open() -> BucketSnapshot {
    BucketSnapshot {
        account_block: Read::Known(None),
        bucket_block: Read::Known(None),
        policy: Read::Known(Some(public_policy())),
        policy_is_public: Read::Known(true),
        acl: Read::Known(vec![
            grant(Grantee::CanonicalUser(OWNER.to_owned())),
            grant(Grantee::Group(ALL_USERS.to_owned())),
            grant(Grantee::CanonicalUser("somebody-else".to_owned())),
        ]),
        ownership: Read::Known(None),
        ..in_order()
    }
}

pub(crate) fn grant(grantee: Grantee) -> AclGrant {
    AclGrant { grantee, permission: Permission::FullControl }
}

pub(crate) fn tls_policy() -> String {
    r#"{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Principal":"*","Action":"s3:*",
        "Resource":["arn:aws:s3:::the-pain-killer-practice","arn:aws:s3:::the-pain-killer-practice/*"],
        "Condition":{"Bool":{"aws:SecureTransport":"false"}}}]}"#
        .to_owned()
}

pub(crate) fn public_policy() -> String {
    r#"{"Version":"2012-10-17","Id":"site","Statement":{"Sid":"Read","Effect":"Allow","Principal":"*",
        "Action":"s3:GetObject","Resource":"arn:aws:s3:::the-pain-killer-practice/*"}}"#
        .to_owned()
}

pub(crate) fn unread<T>(code: ErrorCode, permission: &str) -> Read<T> {
    Read::Unread(Unread { code, permission: permission.to_owned() })
}

pub(crate) fn report(snapshot: &BucketSnapshot, check: CheckId) -> CheckReport {
    judge(snapshot).into_iter().find(|report| report.check == check).unwrap()
}

/// Applies a plan as S3 would: each setting must still be as before, and what S3 refuses is refused.
pub(crate) fn apply(snapshot: &BucketSnapshot, plan: &FixPlan) -> Result<BucketSnapshot, String> {
    let mut bucket = snapshot.clone();
    for change in &plan.changes {
        if !current(&bucket, &change.before).same_as(&change.before) {
            return Err(format!("changed since: {:?}", change.before));
        }
        put(&mut bucket, &change.after)?;
    }
    Ok(bucket)
}

fn current(bucket: &BucketSnapshot, like: &SettingState) -> SettingState {
    match like {
        SettingState::BucketPublicAccessBlock(_) => {
            SettingState::BucketPublicAccessBlock(*bucket.bucket_block.known().unwrap())
        }
        SettingState::BucketAcl(_) => SettingState::BucketAcl(bucket.acl.known().unwrap().clone()),
        SettingState::OwnershipControls(_) => SettingState::OwnershipControls(*bucket.ownership.known().unwrap()),
        SettingState::BucketPolicy(_) => SettingState::BucketPolicy(bucket.policy.known().unwrap().clone()),
    }
}

fn put(bucket: &mut BucketSnapshot, state: &SettingState) -> Result<(), String> {
    let known = |block: &Read<Option<PublicAccessBlock>>| block.known().copied().flatten();
    let block = effective_public_access_block(known(&bucket.account_block), known(&bucket.bucket_block));
    let enforced = Some(ObjectOwnership::BucketOwnerEnforced);
    match state {
        SettingState::BucketPublicAccessBlock(block) => bucket.bucket_block = Read::Known(*block),
        SettingState::BucketAcl(grants) => {
            if bucket.ownership == Read::Known(enforced) {
                return Err("AccessControlListNotSupported".to_owned());
            }
            if block.block_public_acls && grants.iter().any(|grant| grant.grantee.is_public()) {
                return Err("AccessDenied: public list".to_owned());
            }
            bucket.acl = Read::Known(grants.clone());
        }
        SettingState::OwnershipControls(ownership) => {
            let own = Grantee::CanonicalUser(OWNER.to_owned());
            if *ownership == enforced && bucket.acl.known().unwrap().iter().any(|grant| grant.grantee != own) {
                return Err("InvalidBucketAclWithObjectOwnership".to_owned());
            }
            bucket.ownership = Read::Known(*ownership);
        }
        SettingState::BucketPolicy(policy) => {
            let public = policy.as_deref().is_some_and(is_public);
            if block.block_public_policy && public {
                return Err("AccessDenied: public policy".to_owned());
            }
            bucket.policy_is_public = Read::Known(public);
            bucket.policy = Read::Known(policy.clone());
        }
    }
    Ok(())
}

/// What the store says of the policies that occur here: one of them is public.
fn is_public(policy: &str) -> bool {
    policy.contains(r#""Sid":"Read""#)
}

/// Any state of the settings that a fix may meet; all of them read.
pub(crate) fn any_bucket() -> impl Strategy<Value = BucketSnapshot> {
    let grantee = prop_oneof![
        Just(Grantee::CanonicalUser(OWNER.to_owned())),
        Just(Grantee::CanonicalUser("somebody-else".to_owned())),
        Just(Grantee::Group(ALL_USERS.to_owned())),
        Just(Grantee::Email("x@example.org".to_owned())),
    ];
    let policy = prop::sample::select(vec![
        None,
        Some(tls_policy()),
        Some(public_policy()),
        Some(r#"{"Statement":[]}"#.to_owned()),
    ]);
    let ownership = prop::sample::select(vec![
        None,
        Some(ObjectOwnership::BucketOwnerEnforced),
        Some(ObjectOwnership::BucketOwnerPreferred),
        Some(ObjectOwnership::ObjectWriter),
    ]);
    let acl = proptest::collection::vec(grantee.prop_map(grant), 0..4);
    (any_block(), any_block(), policy, ownership, acl).prop_map(|(account, bucket, policy, ownership, acl)| {
        let enforced = ownership == Some(ObjectOwnership::BucketOwnerEnforced);
        BucketSnapshot {
            account_block: Read::Known(account),
            bucket_block: Read::Known(bucket),
            policy_is_public: Read::Known(policy.as_deref().is_some_and(is_public)),
            policy: Read::Known(policy),
            ownership: Read::Known(ownership),
            acl: if enforced { in_order().acl } else { Read::Known(acl) },
            ..in_order()
        }
    })
}

pub(crate) fn any_block() -> impl Strategy<Value = Option<PublicAccessBlock>> {
    proptest::option::of(any::<[bool; 4]>().prop_map(flags))
}

pub(crate) fn flags(on: [bool; 4]) -> PublicAccessBlock {
    PublicAccessBlock {
        block_public_acls: on[0],
        ignore_public_acls: on[1],
        block_public_policy: on[2],
        restrict_public_buckets: on[3],
    }
}
