//! What changes objects that are there: what goes with each request, and what a refusal means.

use std::collections::BTreeMap;

use bytes::Bytes;
use pillbox_aws::{Copy, ObjectAcl, ObjectDetails, ObjectHeaders, PutCondition, PutError, Rewrite};
use pillbox_model::{AclGrant, Encryption, EncryptionType, ErrorCode, Failure, Grantee, Permission, Timestamp};

use crate::support::{BUCKET, OWNER, Seen, Store, ok, refuse, refuse_saying, reply};

const FROM: &str = "inbox/a b+c.txt";
const TO: &str = "pillbox-quarantine/1/a.txt";

fn details(size: u64) -> ObjectDetails {
    ObjectDetails {
        size,
        e_tag: "\"e1\"".to_owned(),
        version_id: Some("v1".to_owned()),
        sha256: None,
        storage_class: Some("STANDARD_IA".to_owned()),
        encryption: Some(kms()),
        headers: ObjectHeaders {
            content_type: Some("text/plain".to_owned()),
            cache_control: Some("no-store".to_owned()),
            ..ObjectHeaders::default()
        },
        metadata: BTreeMap::from([("run".to_owned(), "7".to_owned())]),
        lock: None,
    }
}

fn kms() -> Encryption {
    Encryption { kind: EncryptionType::Kms, kms_key: Some("key-1".to_owned()), bucket_key: true }
}

fn copy<'a>(source: &'a ObjectDetails, condition: PutCondition) -> Copy<'a> {
    let encryption = source.encryption.as_ref();
    Copy { bucket: BUCKET, from: FROM, source, to: TO, condition, metadata: None, encryption }
}

fn copied() -> crate::support::Answer {
    let body = "<CopyObjectResult><ETag>\"e2\"</ETag></CopyObjectResult>";
    reply(200, &[("x-amz-version-id", "v2"), ("content-type", "application/xml")], body)
}

fn has(seen: &Seen, headers: &[(&str, &str)]) {
    for (name, value) in headers {
        assert_eq!(seen.header(name), Some(*value), "{name}");
    }
}

#[tokio::test]
async fn a_copy_names_its_source_both_conditions_and_what_it_keeps() {
    let store = Store::start(|_| copied()).await;
    let source = details(9);
    let made = store.owned_client().await.copy(&copy(&source, PutCondition::CreateOnly)).await.unwrap();
    assert_eq!((made.e_tag.as_str(), made.version_id.as_deref()), ("\"e2\"", Some("v2")));
    let seen = &store.seen()[0];
    assert_eq!((seen.method.as_str(), seen.path.as_str()), ("PUT", "/the-practice/pillbox-quarantine/1/a.txt"));
    has(
        seen,
        &[
            ("x-amz-copy-source", "the-practice/inbox/a%20b%2Bc.txt?versionId=v1"),
            ("x-amz-copy-source-if-match", "\"e1\""),
            ("if-none-match", "*"),
            ("x-amz-metadata-directive", "COPY"),
            ("x-amz-tagging-directive", "COPY"),
            ("x-amz-checksum-algorithm", "SHA256"),
            ("x-amz-storage-class", "STANDARD_IA"),
            ("x-amz-server-side-encryption", "aws:kms"),
            ("x-amz-server-side-encryption-aws-kms-key-id", "key-1"),
            ("x-amz-expected-bucket-owner", OWNER),
            ("x-amz-source-expected-bucket-owner", OWNER),
        ],
    );
    assert_eq!(seen.header("if-match"), None);
}

#[tokio::test]
async fn a_copy_with_other_metadata_says_its_headers_again() {
    let store = Store::start(|_| copied()).await;
    let source = details(9);
    let metadata = BTreeMap::from([("pillbox-quarantine-reason".to_owned(), "wrong place".to_owned())]);
    let condition = PutCondition::Replace { e_tag: "\"e0\"".to_owned() };
    let copy = Copy { metadata: Some(metadata), ..copy(&source, condition) };
    store.client().await.copy(&copy).await.unwrap();
    let seen = &store.seen()[0];
    has(
        seen,
        &[
            ("if-match", "\"e0\""),
            ("x-amz-metadata-directive", "REPLACE"),
            ("x-amz-meta-pillbox-quarantine-reason", "wrong place"),
            ("content-type", "text/plain"),
            ("cache-control", "no-store"),
        ],
    );
    assert_eq!((seen.header("x-amz-meta-run"), seen.header("if-none-match")), (None, None));
}

#[tokio::test]
async fn a_copy_that_is_refused_says_which_condition_did_not_hold() {
    for (there, expected) in [(true, PutError::Exists), (false, PutError::Changed)] {
        let store = Store::start(move |seen| match seen.method.as_str() {
            "HEAD" if there => reply(200, &[("etag", "\"other\""), ("content-length", "0")], ""),
            "HEAD" => reply(404, &[], ""),
            "GET" => refuse(404, "NoSuchKey"),
            _ => refuse(412, "PreconditionFailed"),
        })
        .await;
        let source = details(9);
        let met = store.client().await.copy(&copy(&source, PutCondition::CreateOnly)).await;
        assert_eq!(met, Err(expected));
    }
}

#[tokio::test]
async fn what_is_larger_than_one_copy_takes_is_copied_in_parts_with_its_tags() {
    const GIB: u64 = 1024 * 1024 * 1024;
    let store = Store::start(|seen| {
        if seen.asks("tagging") {
            return ok("<Tagging><TagSet><Tag><Key>a b</Key><Value>1&amp;2</Value></Tag></TagSet></Tagging>");
        }
        if seen.asks("uploads") {
            return ok("<InitiateMultipartUploadResult><UploadId>u1</UploadId></InitiateMultipartUploadResult>");
        }
        if seen.asks("partNumber") {
            return ok("<CopyPartResult><ETag>\"p\"</ETag></CopyPartResult>");
        }
        let body = "<CompleteMultipartUploadResult><ETag>\"e2-6\"</ETag></CompleteMultipartUploadResult>";
        reply(200, &[("x-amz-version-id", "v2")], body)
    })
    .await;
    let source = details(5 * GIB + 1);
    let made = store.client().await.copy(&copy(&source, PutCondition::CreateOnly)).await.unwrap();
    assert_eq!(made.version_id.as_deref(), Some("v2"));
    let seen = store.seen();
    let begun = seen.iter().find(|seen| seen.asks("uploads")).unwrap();
    has(
        begun,
        &[
            ("x-amz-tagging", "a%20b=1%262"),
            ("x-amz-meta-run", "7"),
            ("content-type", "text/plain"),
            ("x-amz-server-side-encryption", "aws:kms"),
        ],
    );
    let ranges: Vec<_> = seen.iter().filter_map(|seen| seen.header("x-amz-copy-source-range")).collect();
    assert_eq!(ranges.len(), 6);
    assert_eq!(ranges[0], "bytes=0-1073741823");
    assert_eq!(ranges[5], "bytes=5368709120-5368709120");
    for part in seen.iter().filter(|seen| seen.asks("partNumber")) {
        has(part, &[("x-amz-copy-source-if-match", "\"e1\"")]);
    }
    let complete = seen.last().unwrap();
    has(complete, &[("if-none-match", "*")]);
    assert!(complete.asks("uploadId") && complete.text().contains("<PartNumber>6</PartNumber>"));
}

#[tokio::test]
async fn a_copy_in_parts_that_fails_leaves_no_parts() {
    let store = Store::start(|seen| {
        if seen.asks("tagging") {
            return ok("<Tagging><TagSet></TagSet></Tagging>");
        }
        if seen.asks("uploads") {
            return ok("<InitiateMultipartUploadResult><UploadId>u1</UploadId></InitiateMultipartUploadResult>");
        }
        match seen.method.as_str() {
            "DELETE" => reply(204, &[], ""),
            _ => refuse(412, "PreconditionFailed"),
        }
    })
    .await;
    let source = details(6 * 1024 * 1024 * 1024);
    let met = store.client().await.copy(&copy(&source, PutCondition::CreateOnly)).await;
    assert_eq!(met, Err(PutError::Changed));
    let last = store.seen().pop().unwrap();
    assert_eq!((last.method.as_str(), last.asks("uploadId")), ("DELETE", true));
}

#[tokio::test]
async fn a_rewrite_keeps_what_is_not_bytes() {
    let store = Store::start(|_| reply(200, &[("etag", "\"e2\""), ("x-amz-version-id", "v2")], "")).await;
    let (former, tags) = (details(9), BTreeMap::from([("kind".to_owned(), "rx".to_owned())]));
    let rewrite = Rewrite {
        bucket: BUCKET,
        key: FROM,
        former: &former,
        tags: &tags,
        body: Bytes::from_static(b"take one a day"),
        sha256: [7; 32],
    };
    let stored = store.client().await.rewrite(&rewrite).await.unwrap();
    assert_eq!(stored.version_id.as_deref(), Some("v2"));
    has(
        &store.seen()[0],
        &[
            ("if-match", "\"e1\""),
            ("x-amz-tagging", "kind=rx"),
            ("x-amz-meta-run", "7"),
            ("cache-control", "no-store"),
            ("x-amz-storage-class", "STANDARD_IA"),
            ("x-amz-server-side-encryption-aws-kms-key-id", "key-1"),
            ("x-amz-checksum-sha256", "BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc="),
        ],
    );
}

#[tokio::test]
async fn versions_come_over_pages_and_only_of_the_key_itself() {
    let version = |key: &str, id: &str, latest: bool, second: u32| {
        format!(
            "<Version><Key>{key}</Key><VersionId>{id}</VersionId><IsLatest>{latest}</IsLatest>\
             <LastModified>2026-11-20T00:00:0{second}Z</LastModified><ETag>\"e\"</ETag><Size>9</Size></Version>"
        )
    };
    let store = Store::start(move |seen| {
        let page = match seen.asks("key-marker") {
            false => format!(
                "<IsTruncated>true</IsTruncated><NextKeyMarker>a%2Btxt</NextKeyMarker>\
                 <NextVersionIdMarker>v2</NextVersionIdMarker>{}<DeleteMarker><Key>a%2Btxt</Key>\
                 <VersionId>m3</VersionId><IsLatest>true</IsLatest><LastModified>2026-11-20T00:00:03Z</LastModified>\
                 </DeleteMarker>",
                version("a%2Btxt", "v2", false, 2)
            ),
            true => format!(
                "<IsTruncated>true</IsTruncated><NextKeyMarker>a%2Btxt.bak</NextKeyMarker>{}{}",
                version("a%2Btxt", "v1", false, 1),
                version("a%2Btxt.bak", "v9", true, 9)
            ),
        };
        ok(&format!("<ListVersionsResult><EncodingType>url</EncodingType>{page}</ListVersionsResult>"))
    })
    .await;
    let versions = store.client().await.versions(BUCKET, "a+txt").await.unwrap();
    let told: Vec<_> = versions.iter().map(|one| (one.id.as_str(), one.is_latest, one.is_delete_marker)).collect();
    assert_eq!(told, [("m3", true, true), ("v2", false, false), ("v1", false, false)]);
    assert_eq!(store.seen().len(), 2, "what comes behind the key is not asked for");
}

#[tokio::test]
async fn hiding_asks_that_it_is_still_the_same() {
    let store = Store::start(|_| reply(204, &[("x-amz-delete-marker", "true"), ("x-amz-version-id", "m1")], "")).await;
    let hidden = store.client().await.hide(BUCKET, FROM, "\"e1\"").await.unwrap();
    assert_eq!(hidden.marker.as_deref(), Some("m1"));
    has(&store.seen()[0], &[("if-match", "\"e1\"")]);
    assert!(!store.seen()[0].asks("versionId"));
    for (status, code) in [(412, "PreconditionFailed"), (404, "NoSuchKey"), (409, "ConditionalRequestConflict")] {
        let store = Store::start(move |_| refuse(status, code)).await;
        assert_eq!(store.client().await.hide(BUCKET, FROM, "\"e1\"").await, Err(PutError::Changed), "{code}");
    }
    let store = Store::start(|_| refuse(404, "NoSuchBucket")).await;
    let gone = PutError::Failed(Failure::about(ErrorCode::NoSuchBucket, BUCKET));
    assert_eq!(store.client().await.hide(BUCKET, FROM, "\"e1\"").await, Err(gone));
}

#[tokio::test]
async fn what_object_lock_keeps_is_named_and_not_tried_again() {
    let store =
        Store::start(|_| refuse_saying(403, "AccessDenied", "Access Denied because object protected by object lock."))
            .await;
    let met = store.client().await.delete_version(BUCKET, FROM, "v1").await;
    assert_eq!(met, Err(ErrorCode::ObjectLocked.into()));
    assert_eq!(store.seen().len(), 1);
    let denied = Store::start(|_| refuse(403, "AccessDenied")).await;
    let met = denied.client().await.delete_version(BUCKET, FROM, "v1").await;
    assert_eq!(met, Err(Failure::about(ErrorCode::AccessDenied, "s3:DeleteObjectVersion")));
}

#[tokio::test]
async fn a_version_is_described_with_what_a_copy_must_keep() {
    let store = Store::start(|_| {
        reply(
            200,
            &[
                ("etag", "\"e1\""),
                ("content-length", "0"),
                ("x-amz-version-id", "v1"),
                ("x-amz-server-side-encryption", "aws:kms"),
                ("x-amz-server-side-encryption-aws-kms-key-id", "key-1"),
                ("x-amz-server-side-encryption-bucket-key-enabled", "true"),
                ("x-amz-storage-class", "STANDARD_IA"),
                ("x-amz-meta-run", "7"),
                ("content-type", "text/plain"),
                ("cache-control", "no-store"),
                ("x-amz-object-lock-mode", "GOVERNANCE"),
                ("x-amz-object-lock-retain-until-date", "2027-01-01T00:00:00Z"),
                ("x-amz-object-lock-legal-hold", "ON"),
            ],
            "",
        )
    })
    .await;
    let found = store.client().await.describe(BUCKET, FROM, Some("v1")).await.unwrap().unwrap();
    let lock = found.lock.clone().unwrap();
    assert!(lock.legal_hold);
    assert_eq!(lock.retained_until, Timestamp::parse("2027-01-01T00:00:00Z"));
    assert_eq!(found, ObjectDetails { lock: Some(lock), ..details(0) });
    let marker = Store::start(|_| reply(405, &[("x-amz-delete-marker", "true")], "")).await;
    assert_eq!(marker.client().await.describe(BUCKET, FROM, Some("m1")).await, Ok(None));
}

#[tokio::test]
async fn tags_and_grants_are_written_whole() {
    let store = Store::start(|_| ok("")).await;
    let client = store.client().await;
    let tags = BTreeMap::from([("a".to_owned(), "1".to_owned()), ("b".to_owned(), "2".to_owned())]);
    client.set_tags(BUCKET, FROM, Some("v1"), &tags).await.unwrap();
    let grant = AclGrant { grantee: Grantee::CanonicalUser("me".to_owned()), permission: Permission::FullControl };
    let acl = ObjectAcl { owner_id: "me".to_owned(), grants: vec![grant] };
    client.set_object_acl(BUCKET, FROM, Some("v1"), &acl).await.unwrap();
    let seen = store.seen();
    assert!(seen[0].asks("tagging") && seen[0].query.contains("versionId=v1"));
    assert!(seen[0].text().contains("<Key>a</Key><Value>1</Value>") && seen[0].text().contains("<Key>b</Key>"));
    assert!(seen[1].asks("acl") && seen[1].text().contains("<Permission>FULL_CONTROL</Permission>"));
    assert_eq!(seen[1].text().matches("<Grant>").count(), 1);
}
