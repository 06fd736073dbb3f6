//! A bucket's settings: read all at once, what could not be read named, and written one at a time.

use crate::support::{Answer, BUCKET, OWNER, Seen, Store, ok, refuse, refuse_saying, reply};
use pillbox_model::{
    AclGrant, Encryption, EncryptionType, ErrorCode, Failure, Grantee, ObjectOwnership, Permission, PublicAccessBlock,
    Read, SettingState, Timestamp, Unread, Versioning,
};

const ALL_USERS: &str = "http://acs.amazonaws.com/groups/global/AllUsers";
const ACL: &str = "<AccessControlPolicy><Owner><ID>owner-id</ID></Owner><AccessControlList>\
    <Grant><Grantee xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:type=\"CanonicalUser\"><ID>owner-id</ID></Grantee>\
    <Permission>FULL_CONTROL</Permission></Grant>\
    <Grant><Grantee xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:type=\"Group\">\
    <URI>http://acs.amazonaws.com/groups/global/AllUsers</URI></Grantee><Permission>READ</Permission></Grant>\
    </AccessControlList></AccessControlPolicy>";
const SHUT: &str = "<PublicAccessBlockConfiguration><BlockPublicAcls>true</BlockPublicAcls><IgnorePublicAcls>true</IgnorePublicAcls>\
    <BlockPublicPolicy>true</BlockPublicPolicy><RestrictPublicBuckets>true</RestrictPublicBuckets></PublicAccessBlockConfiguration>";

fn at() -> Timestamp {
    Timestamp::from_millis(1_795_441_234_567)
}

fn grants() -> Vec<AclGrant> {
    vec![
        AclGrant { grantee: Grantee::CanonicalUser("owner-id".to_owned()), permission: Permission::FullControl },
        AclGrant { grantee: Grantee::Group(ALL_USERS.to_owned()), permission: Permission::Read },
    ]
}

/// An error as S3 Control writes it.
fn control_refusal(status: u16, code: &str) -> Answer {
    reply(status, &[], &format!("<ErrorResponse><Error><Code>{code}</Code></Error></ErrorResponse>"))
}

/// A bucket with every setting configured.
fn full(seen: &Seen) -> Answer {
    if seen.path.starts_with("/v20180820/") {
        return ok(SHUT);
    }
    let answers = [
        (
            "publicAccessBlock",
            "<PublicAccessBlockConfiguration><BlockPublicAcls>true</BlockPublicAcls></PublicAccessBlockConfiguration>",
        ),
        ("policyStatus", "<PolicyStatus><IsPublic>true</IsPublic></PolicyStatus>"),
        ("policy", "{\"Version\":\"2012-10-17\",\"Statement\":[]}"),
        ("acl", ACL),
        (
            "ownershipControls",
            "<OwnershipControls><Rule><ObjectOwnership>BucketOwnerPreferred</ObjectOwnership></Rule></OwnershipControls>",
        ),
        (
            "encryption",
            "<ServerSideEncryptionConfiguration><Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>aws:kms</SSEAlgorithm>\
             <KMSMasterKeyID>key-1</KMSMasterKeyID></ApplyServerSideEncryptionByDefault><BucketKeyEnabled>true</BucketKeyEnabled></Rule>\
             </ServerSideEncryptionConfiguration>",
        ),
        ("versioning", "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>"),
    ];
    match answers.iter().find(|(setting, _)| seen.asks(setting)) {
        Some((_, body)) => ok(body),
        None => reply(200, &[("x-amz-bucket-region", "cn-north-1")], ""),
    }
}

#[tokio::test]
async fn a_snapshot_has_every_setting() {
    let store = Store::start(full).await;
    let snapshot = store.owned_client().await.snapshot(BUCKET, None, at()).await.unwrap();
    assert_eq!(
        (snapshot.bucket.as_str(), snapshot.region.as_str(), snapshot.partition.as_str()),
        (BUCKET, "cn-north-1", "aws-cn")
    );
    assert_eq!((snapshot.account_id.as_deref(), snapshot.read_at), (Some(OWNER), at()));
    assert_eq!(snapshot.account_block, Read::Known(Some(PublicAccessBlock::ALL)));
    let one_flag = PublicAccessBlock { block_public_acls: true, ..PublicAccessBlock::default() };
    assert_eq!(snapshot.bucket_block, Read::Known(Some(one_flag)));
    assert_eq!(snapshot.policy, Read::Known(Some("{\"Version\":\"2012-10-17\",\"Statement\":[]}".to_owned())));
    assert_eq!(snapshot.policy_is_public, Read::Known(true));
    assert_eq!(snapshot.owner_id, Read::Known("owner-id".to_owned()));
    assert_eq!(snapshot.acl, Read::Known(grants()));
    assert_eq!(snapshot.ownership, Read::Known(Some(ObjectOwnership::BucketOwnerPreferred)));
    let kms = Encryption { kind: EncryptionType::Kms, kms_key: Some("key-1".to_owned()), bucket_key: true };
    assert_eq!(snapshot.encryption, Read::Known(Some(kms)));
    assert_eq!(snapshot.versioning, Read::Known(Versioning::Enabled));

    for seen in store.seen() {
        if seen.path.starts_with("/v20180820/") {
            assert_eq!(seen.header("x-amz-account-id"), Some(OWNER));
        } else {
            assert_eq!(seen.header("x-amz-expected-bucket-owner"), Some(OWNER), "{}", seen.query);
        }
    }
}

#[tokio::test]
async fn what_is_not_configured_is_known_to_be_absent() {
    let store = Store::start(|seen| {
        let absent = [
            ("publicAccessBlock", "NoSuchPublicAccessBlockConfiguration"),
            ("policyStatus", "NoSuchBucketPolicy"),
            ("policy", "NoSuchBucketPolicy"),
            ("ownershipControls", "OwnershipControlsNotFoundError"),
            ("encryption", "ServerSideEncryptionConfigurationNotFoundError"),
        ];
        match absent.iter().find(|(setting, _)| seen.asks(setting)) {
            Some((_, code)) => refuse(404, code),
            None if seen.path.starts_with("/v20180820/") => {
                control_refusal(404, "NoSuchPublicAccessBlockConfiguration")
            }
            None if seen.asks("versioning") => ok("<VersioningConfiguration/>"),
            None => full(seen),
        }
    })
    .await;
    let snapshot = store.owned_client().await.snapshot(BUCKET, Some("444455556666"), at()).await.unwrap();
    assert_eq!(snapshot.account_id.as_deref(), Some("444455556666"));
    assert_eq!((snapshot.account_block, snapshot.bucket_block), (Read::Known(None), Read::Known(None)));
    assert_eq!((snapshot.policy, snapshot.policy_is_public), (Read::Known(None), Read::Known(false)));
    assert_eq!((snapshot.ownership, snapshot.encryption), (Read::Known(None), Read::Known(None)));
    assert_eq!(snapshot.versioning, Read::Known(Versioning::Unversioned));
}

/// What every setting of a snapshot gives, when none can be read.
async fn unread(answer: impl Fn() -> Answer + Send + Sync + 'static) -> Vec<(ErrorCode, String)> {
    let store = Store::start(move |seen| match seen.method.as_str() {
        "HEAD" => reply(200, &[], ""),
        _ => answer(),
    })
    .await;
    let snapshot = store.owned_client().await.snapshot(BUCKET, None, at()).await.unwrap();
    fn of<T>(read: Read<T>) -> (ErrorCode, String) {
        match read {
            Read::Unread(Unread { code, permission }) => (code, permission),
            Read::Known(_) => panic!("nothing could be read"),
        }
    }
    vec![
        of(snapshot.account_block),
        of(snapshot.bucket_block),
        of(snapshot.policy),
        of(snapshot.policy_is_public),
        of(snapshot.owner_id),
        of(snapshot.acl),
        of(snapshot.ownership),
        of(snapshot.encryption),
        of(snapshot.versioning),
    ]
}

#[tokio::test]
async fn what_may_not_be_read_is_unread_with_its_permission() {
    let permissions = [
        "s3:GetAccountPublicAccessBlock",
        "s3:GetBucketPublicAccessBlock",
        "s3:GetBucketPolicy",
        "s3:GetBucketPolicyStatus",
        "s3:GetBucketAcl",
        "s3:GetBucketAcl",
        "s3:GetBucketOwnershipControls",
        "s3:GetEncryptionConfiguration",
        "s3:GetBucketVersioning",
    ];
    let expected = |code| permissions.map(|permission| (code, permission.to_owned())).to_vec();
    assert_eq!(unread(|| refuse(403, "AccessDenied")).await, expected(ErrorCode::AccessDenied));
    assert_eq!(unread(|| refuse(501, "NotImplemented")).await, expected(ErrorCode::NotSupported));
    assert_eq!(unread(|| reply(405, &[], "")).await, expected(ErrorCode::NotSupported));
}

#[tokio::test]
async fn a_store_without_s3_control_is_told_apart_from_a_missing_bucket() {
    let store = Store::start(|seen| match seen.path.starts_with("/v20180820/") {
        true => refuse(404, "NoSuchBucket"),
        false => full(seen),
    })
    .await;
    let snapshot = store.owned_client().await.snapshot(BUCKET, None, at()).await.unwrap();
    assert!(matches!(snapshot.account_block, Read::Unread(Unread { code: ErrorCode::NotSupported, .. })));
}

#[tokio::test]
async fn an_account_that_is_not_known_is_not_asked_about() {
    let store = Store::start(full).await;
    let snapshot = store.client().await.snapshot(BUCKET, None, at()).await.unwrap();
    let unread = Unread { code: ErrorCode::AccessDenied, permission: "sts:GetCallerIdentity".to_owned() };
    assert_eq!(snapshot.account_block, Read::Unread(unread));
    assert!(store.seen().iter().all(|seen| !seen.path.starts_with("/v20180820/")));
}

#[tokio::test]
async fn a_bucket_that_may_not_be_listed_still_shows_its_settings() {
    let store = Store::start(|seen| match seen.method == "HEAD" || seen.asks("list-type") {
        true => refuse(403, "AccessDenied"),
        false => full(seen),
    })
    .await;
    let snapshot = store.owned_client().await.snapshot(BUCKET, None, at()).await.unwrap();
    assert_eq!((snapshot.region.as_str(), snapshot.versioning), ("ap-southeast-2", Read::Known(Versioning::Enabled)));
}

#[tokio::test]
async fn a_snapshot_of_nothing_fails_as_a_whole() {
    for (status, code, expected) in [
        (404, "NoSuchBucket", ErrorCode::NoSuchBucket),
        (403, "InvalidAccessKeyId", ErrorCode::WrongKey),
        (400, "ExpiredToken", ErrorCode::ExpiredToken),
    ] {
        let store = Store::start(move |seen| match seen.method.as_str() {
            "HEAD" => reply(403, &[], ""),
            _ => refuse(status, code),
        })
        .await;
        let failure = store.owned_client().await.snapshot(BUCKET, None, at()).await.unwrap_err();
        assert_eq!(failure.code, expected, "{code}");
    }
}

#[tokio::test]
async fn a_key_that_is_withdrawn_meanwhile_fails_the_snapshot() {
    let store = Store::start(|seen| match seen.method.as_str() {
        "HEAD" => reply(200, &[], ""),
        _ if seen.asks("encryption") => refuse(403, "InvalidAccessKeyId"),
        _ => full(seen),
    })
    .await;
    let failure = store.owned_client().await.snapshot(BUCKET, None, at()).await.unwrap_err();
    assert_eq!(failure.code, ErrorCode::WrongKey);
}

/// What is sent when `state` is written.
async fn written(state: SettingState) -> Vec<Seen> {
    let store = Store::start(|seen| if seen.method == "GET" { full(seen) } else { reply(200, &[], "") }).await;
    store.owned_client().await.write_setting(BUCKET, &state).await.unwrap();
    store.seen()
}

#[tokio::test]
async fn all_four_flags_are_written_at_once() {
    let block = PublicAccessBlock { ignore_public_acls: false, ..PublicAccessBlock::ALL };
    let seen = &written(SettingState::BucketPublicAccessBlock(Some(block))).await[0];
    assert!(seen.method == "PUT" && seen.asks("publicAccessBlock"));
    assert_eq!(seen.header("x-amz-expected-bucket-owner"), Some(OWNER));
    for flag in
        ["<BlockPublicAcls>true", "<IgnorePublicAcls>false", "<BlockPublicPolicy>true", "<RestrictPublicBuckets>true"]
    {
        assert!(seen.text().contains(flag), "{flag}");
    }
}

#[tokio::test]
async fn an_access_control_list_is_written_whole_with_its_owner() {
    let seen = written(SettingState::BucketAcl(grants())).await;
    assert_eq!(seen.len(), 2, "read for its owner, then written");
    let text = seen[1].text();
    for part in ["<Owner><ID>owner-id</ID></Owner>", "xsi:type=\"Group\"", ALL_USERS, "<Permission>READ</Permission>"] {
        assert!(text.contains(part), "{part} in {text}");
    }
}

#[tokio::test]
async fn ownership_and_policy_are_written_as_they_were() {
    let seen = &written(SettingState::OwnershipControls(Some(ObjectOwnership::ObjectWriter))).await[0];
    assert!(seen.text().contains("<ObjectOwnership>ObjectWriter</ObjectOwnership>"));
    let seen = &written(SettingState::BucketPolicy(Some("{\"Statement\": []}".to_owned()))).await[0];
    assert_eq!(seen.text(), "{\"Statement\": []}");
}

#[tokio::test]
async fn no_configuration_is_written_by_deleting_it() {
    for (state, setting) in [
        (SettingState::BucketPublicAccessBlock(None), "publicAccessBlock"),
        (SettingState::OwnershipControls(None), "ownershipControls"),
        (SettingState::BucketPolicy(None), "policy"),
    ] {
        let seen = &written(state).await[0];
        assert!(seen.method == "DELETE" && seen.asks(setting), "{setting}");
        assert_eq!(seen.header("x-amz-expected-bucket-owner"), Some(OWNER));
    }
}

#[tokio::test]
async fn a_setting_reads_back_as_it_was_written() {
    let store = Store::start(full).await;
    let client = store.client().await;
    let read = async |like| client.read_setting(BUCKET, &like).await.unwrap();
    assert_eq!(read(SettingState::BucketAcl(Vec::new())).await, SettingState::BucketAcl(grants()));
    let preferred = SettingState::OwnershipControls(Some(ObjectOwnership::BucketOwnerPreferred));
    assert_eq!(read(SettingState::OwnershipControls(None)).await, preferred);
}

#[tokio::test]
async fn who_may_not_write_is_told_what_is_missing() {
    let scp = "with an explicit deny in a service control policy";
    for (message, expected) in [("no", ErrorCode::AccessDenied), (scp, ErrorCode::ManagedByOrganisation)] {
        let store = Store::start(move |_| refuse_saying(403, "AccessDenied", message)).await;
        let state = SettingState::BucketPublicAccessBlock(Some(PublicAccessBlock::ALL));
        let failure = store.client().await.write_setting(BUCKET, &state).await.unwrap_err();
        assert_eq!(failure, Failure::about(expected, "s3:PutBucketPublicAccessBlock"));
    }
}
