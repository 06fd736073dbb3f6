//! Objects: what goes with a write, what a read gives, and what either says when it goes wrong.

use std::sync::atomic::{AtomicUsize, Ordering};

use crate::support::{Answer, BUCKET, OWNER, Store, connect, ok, refuse, reply};
use bytes::Bytes;
use pillbox_aws::{Put, PutCondition, PutError};
use pillbox_model::{ErrorCode, Failure};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

/// SHA-256 of `take one a day`, as bytes and as S3 writes it.
const BODY: &[u8] = b"take one a day";
const SHA256: &str = "1mKZdmnZHAqfD+N3rOek4dwaVv2H9bqtLleUaIzck7Q=";

fn put(condition: PutCondition) -> Put {
    Put {
        bucket: BUCKET.to_owned(),
        key: "2026/11/a b+c.txt".to_owned(),
        body: Bytes::from_static(BODY),
        sha256: sha256(),
        condition,
        content_type: Some("text/plain".to_owned()),
        metadata: vec![("pillbox-run".to_owned(), "7".to_owned())],
    }
}

fn sha256() -> [u8; 32] {
    use base64::Engine as _;
    base64::engine::general_purpose::STANDARD.decode(SHA256).unwrap().try_into().unwrap()
}

fn stored(checksum: &[(&str, &str)]) -> Answer {
    let mut headers = vec![("etag", "\"e1\""), ("x-amz-version-id", "v1")];
    headers.extend_from_slice(checksum);
    reply(200, &headers, "")
}

#[tokio::test]
async fn a_write_carries_its_condition_its_checksum_and_the_owner() {
    let store = Store::start(|_| stored(&[("x-amz-checksum-sha256", SHA256)])).await;
    let stored = store.owned_client().await.put(put(PutCondition::CreateOnly)).await.unwrap();
    assert_eq!((stored.e_tag.as_str(), stored.version_id.as_deref()), ("\"e1\"", Some("v1")));
    assert!(stored.checksum_confirmed);

    let seen = &store.seen()[0];
    assert_eq!((seen.method.as_str(), seen.path.as_str()), ("PUT", "/the-practice/2026/11/a%20b%2Bc.txt"));
    assert_eq!(seen.body, BODY);
    for (name, value) in [
        ("x-amz-checksum-sha256", SHA256),
        ("if-none-match", "*"),
        ("x-amz-expected-bucket-owner", OWNER),
        ("content-type", "text/plain"),
        ("x-amz-meta-pillbox-run", "7"),
    ] {
        assert_eq!(seen.header(name), Some(value), "{name}");
    }
    let checksums: Vec<_> = seen.headers.keys().filter(|name| name.as_str().starts_with("x-amz-checksum-")).collect();
    assert_eq!(checksums, ["x-amz-checksum-sha256"]);
}

#[tokio::test]
async fn replacing_names_what_is_replaced() {
    let store = Store::start(|_| stored(&[])).await;
    let condition = PutCondition::Replace { e_tag: "\"e0\"".to_owned() };
    let stored = store.client().await.put(put(condition)).await.unwrap();
    assert!(!stored.checksum_confirmed, "a store that answers no checksum confirms none");
    let seen = &store.seen()[0];
    assert_eq!((seen.header("if-match"), seen.header("if-none-match")), (Some("\"e0\""), None));
}

#[tokio::test]
async fn another_checksum_in_the_answer_is_a_mismatch() {
    let other = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
    let store = Store::start(move |_| stored(&[("x-amz-checksum-sha256", other)])).await;
    assert_eq!(store.client().await.put(put(PutCondition::CreateOnly)).await, Err(PutError::ChecksumMismatch));
}

#[tokio::test]
async fn what_is_refused_says_why() {
    let replace = || PutCondition::Replace { e_tag: "\"e0\"".to_owned() };
    for (status, code, condition, expected) in [
        (412, "PreconditionFailed", PutCondition::CreateOnly, PutError::Exists),
        (412, "PreconditionFailed", replace(), PutError::Changed),
        (404, "NoSuchKey", replace(), PutError::Changed),
        (400, "BadDigest", PutCondition::CreateOnly, PutError::ChecksumMismatch),
        (400, "KeyTooLongError", PutCondition::CreateOnly, PutError::Failed(ErrorCode::KeyNotUsable.into())),
        (
            403,
            "AccessDenied",
            PutCondition::CreateOnly,
            PutError::Failed(Failure::about(ErrorCode::AccessDenied, "s3:PutObject")),
        ),
    ] {
        let store = Store::start(move |_| refuse(status, code)).await;
        assert_eq!(store.client().await.put(put(condition)).await, Err(expected), "{status} {code}");
        assert_eq!(store.seen().len(), 1, "{code} is final");
    }
}

#[tokio::test]
async fn a_write_that_meets_another_is_tried_again() {
    let asked = AtomicUsize::new(0);
    let store = Store::start(move |_| match asked.fetch_add(1, Ordering::Relaxed) {
        0 | 1 => refuse(409, "ConditionalRequestConflict"),
        _ => stored(&[]),
    })
    .await;
    store.client().await.put(put(PutCondition::CreateOnly)).await.unwrap();
    assert_eq!(store.seen().len(), 3);
}

#[tokio::test]
async fn a_conflict_that_does_not_end_ends_the_trying() {
    let store = Store::start(|_| refuse(409, "ConditionalRequestConflict")).await;
    let error = store.client().await.put(put(PutCondition::CreateOnly)).await.unwrap_err();
    assert_eq!(Failure::from(error).code, ErrorCode::ServiceError);
    assert_eq!(store.seen().len(), 4);
}

#[tokio::test]
async fn a_write_whose_answer_is_lost_is_a_lost_connection() {
    let store = Store::start(|_| None).await;
    let error = store.client().await.put(put(PutCondition::CreateOnly)).await.unwrap_err();
    assert_eq!(error, PutError::Failed(ErrorCode::ConnectionLost.into()));
}

#[tokio::test]
async fn an_object_is_read_whole_or_in_part() {
    let store = Store::start(|seen| match seen.header("range") {
        Some("bytes=5-7") => reply(206, &[("etag", "\"e1\"")], "one"),
        _ => reply(200, &[("etag", "\"e1\""), ("x-amz-checksum-sha256", SHA256)], "take one a day"),
    })
    .await;
    let client = store.owned_client().await;
    let body = client.get(BUCKET, "a.txt", Some("v1"), None).await.unwrap();
    assert_eq!((body.size(), body.e_tag()), (14, Some("\"e1\"")));
    assert_eq!(body.bytes(14).await.unwrap(), BODY);
    assert!(store.seen()[0].asks("versionId"));
    assert_eq!(store.seen()[0].header("x-amz-expected-bucket-owner"), Some(OWNER));

    let part = client.get(BUCKET, "a.txt", None, Some(5..8)).await.unwrap();
    assert_eq!(part.bytes(1024).await.unwrap(), "one");
    let large = client.get(BUCKET, "a.txt", None, None).await.unwrap();
    assert_eq!(large.bytes(13).await.unwrap_err(), Failure::about(ErrorCode::InvalidInput, "limit"));
    let empty = client.get(BUCKET, "a.txt", None, Some(8..8)).await.unwrap_err();
    assert_eq!(empty, Failure::about(ErrorCode::InvalidInput, "range"));
}

#[tokio::test]
async fn bytes_that_do_not_agree_with_their_checksum_are_not_handed_on() {
    let store = Store::start(|_| reply(200, &[("x-amz-checksum-sha256", SHA256)], "take two a day")).await;
    let body = store.client().await.get(BUCKET, "a.txt", None, None).await.unwrap();
    assert_eq!(body.bytes(1024).await.unwrap_err().code, ErrorCode::ChecksumMismatch);
}

#[tokio::test]
async fn an_object_that_breaks_off_is_a_lost_connection() {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let client = connect(format!("http://{}", listener.local_addr().unwrap())).await;
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut request = [0; 8192];
        assert!(stream.read(&mut request).await.unwrap() > 0);
        stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 14\r\n\r\ntake one").await.unwrap();
    });
    let body = client.get(BUCKET, "a.txt", None, None).await.unwrap();
    assert_eq!(body.bytes(1024).await.unwrap_err().code, ErrorCode::ConnectionLost);
}

#[tokio::test]
async fn an_object_that_can_not_be_read_says_why() {
    let archived = "<Error><Code>InvalidObjectState</Code><StorageClass>GLACIER</StorageClass></Error>";
    let store = Store::start(move |seen| match seen.path.as_str() {
        "/the-practice/archived" => reply(403, &[], archived),
        "/the-practice/forbidden" => refuse(403, "AccessDenied"),
        _ => refuse(404, "NoSuchKey"),
    })
    .await;
    let client = store.client().await;
    let met = async |key| client.get(BUCKET, key, None, None).await.unwrap_err();
    assert_eq!(met("archived").await, Failure::about(ErrorCode::ObjectArchived, "GLACIER"));
    assert_eq!(met("forbidden").await, Failure::about(ErrorCode::AccessDenied, "s3:GetObject"));
    assert_eq!(met("gone").await.code, ErrorCode::NoSuchObject);
}

#[tokio::test]
async fn a_head_tells_what_is_there() {
    let store = Store::start(|seen| match (seen.method.as_str(), seen.path.as_str()) {
        (_, "/the-practice/whole") => reply(
            200,
            &[("etag", "\"e1\""), ("x-amz-version-id", "v1"), ("x-amz-checksum-sha256", SHA256)],
            "take one a day",
        ),
        (_, "/the-practice/parts") => reply(
            200,
            &[("x-amz-checksum-sha256", &format!("{SHA256}-2")), ("x-amz-storage-class", "GLACIER")],
            "ten bytes.",
        ),
        ("HEAD", _) => reply(404, &[], ""),
        (_, "/the-practice/gone") => refuse(404, "NoSuchKey"),
        _ => refuse(404, "NoSuchBucket"),
    })
    .await;
    let client = store.client().await;
    let whole = client.head(BUCKET, "whole", None).await.unwrap().unwrap();
    assert_eq!((whole.size, whole.e_tag.as_deref(), whole.version_id.as_deref()), (14, Some("\"e1\""), Some("v1")));
    assert_eq!((whole.sha256, whole.storage_class), (Some(sha256()), None));
    let parts = client.head(BUCKET, "parts", None).await.unwrap().unwrap();
    assert_eq!((parts.sha256, parts.storage_class.as_deref()), (None, Some("GLACIER")));
    assert_eq!(client.head(BUCKET, "gone", None).await, Ok(None));
    let no_bucket = client.head("nowhere", "a.txt", None).await.unwrap_err();
    assert_eq!(no_bucket, Failure::about(ErrorCode::NoSuchBucket, "nowhere"));
}

#[tokio::test]
async fn a_stranger_carries_no_credentials() {
    let store = Store::start(|seen| match seen.path.as_str() {
        "/the-practice/open" => ok("x"),
        "/the-practice/gone" => refuse(404, "NoSuchKey"),
        _ => refuse(403, "AccessDenied"),
    })
    .await;
    let client = store.owned_client().await;
    for (key, status) in [("open", 200), ("shut", 403), ("gone", 404)] {
        assert_eq!(client.anonymous_get(BUCKET, key).await, Ok(status));
    }
    for seen in store.seen() {
        assert_eq!((seen.header("authorization"), seen.header("x-amz-expected-bucket-owner")), (None, None));
    }
}

const PAGE: &str = "<Name>the-practice</Name><EncodingType>url</EncodingType>";

#[tokio::test]
async fn a_listing_goes_on_to_its_end() {
    let store = Store::start(|seen| {
        let contents = |key: &str| format!("<Contents><Key>{key}</Key><Size>3</Size><ETag>\"e\"</ETag></Contents>");
        ok(&if seen.asks("continuation-token") {
            format!("<ListBucketResult>{PAGE}<IsTruncated>false</IsTruncated>{}</ListBucketResult>", contents("a/%C3%A9%0A.txt"))
        } else {
            format!(
                "<ListBucketResult>{PAGE}<IsTruncated>true</IsTruncated><NextContinuationToken>t1</NextContinuationToken>{}</ListBucketResult>",
                contents("a/b+c%2Bd.txt")
            )
        })
    })
    .await;
    let mut listing = store.owned_client().await.list(BUCKET, "a/");
    let mut keys = Vec::new();
    while let Some(page) = listing.page().await.unwrap() {
        keys.extend(page.into_iter().map(|object| (object.key, object.size)));
    }
    assert_eq!(keys, [("a/b c+d.txt".to_owned(), 3), ("a/é\n.txt".to_owned(), 3)]);
    assert_eq!(listing.page().await, Ok(None));
}

#[tokio::test]
async fn a_listing_that_breaks_off_is_no_whole_one() {
    for next in ["", "<NextContinuationToken>same</NextContinuationToken>"] {
        let page = format!("<ListBucketResult>{PAGE}<IsTruncated>true</IsTruncated>{next}</ListBucketResult>");
        let store = Store::start(move |_| ok(&page)).await;
        let mut listing = store.client().await.list(BUCKET, "");
        let outcome = loop {
            match listing.page().await {
                Ok(Some(_)) => {}
                other => break other,
            }
        };
        assert_eq!(outcome.unwrap_err().code, ErrorCode::ServiceError);
    }
}

#[tokio::test]
async fn a_listing_begins_behind_a_key() {
    let store = Store::start(|_| ok("<ListBucketResult><IsTruncated>false</IsTruncated></ListBucketResult>")).await;
    let mut listing = store.client().await.list(BUCKET, "a/").after("a/b c".to_owned());
    assert_eq!(listing.page().await, Ok(Some(Vec::new())));
    assert!(store.seen()[0].query.contains("start-after=a%2Fb%20c"), "{}", store.seen()[0].query);
}

#[tokio::test]
async fn versions_and_markers_of_a_key_come_together_and_the_newest_first() {
    let version = |kind: &str, id: &str, latest: bool, day: u8| {
        let rest = if kind == "Version" { "<Size>3</Size><ETag>\"e\"</ETag>" } else { "" };
        format!(
            "<{kind}><Key>a%2Bb</Key><VersionId>{id}</VersionId><IsLatest>{latest}</IsLatest>\
             <LastModified>2026-03-{day:02}T00:00:00Z</LastModified>{rest}</{kind}>"
        )
    };
    let first = format!(
        "<ListVersionsResult>{PAGE}<IsTruncated>true</IsTruncated><NextKeyMarker>a%2Bb</NextKeyMarker>\
         <NextVersionIdMarker>v2</NextVersionIdMarker>{}{}</ListVersionsResult>",
        version("Version", "v2", false, 2),
        version("DeleteMarker", "m3", true, 3)
    );
    let last = format!(
        "<ListVersionsResult>{PAGE}<IsTruncated>false</IsTruncated>{}</ListVersionsResult>",
        version("Version", "v1", false, 1)
    );
    let store = Store::start(move |seen| ok(if seen.asks("version-id-marker") { &last } else { &first })).await;
    let mut listing = store.owned_client().await.list_versions(BUCKET, "");
    let mut seen = Vec::new();
    while let Some(page) = listing.page().await.unwrap() {
        seen.extend(
            page.into_iter().map(|one| (one.key, one.version_id.unwrap(), one.is_latest, one.is_delete_marker)),
        );
    }
    let one = |id: &str, latest, marker| ("a+b".to_owned(), id.to_owned(), latest, marker);
    assert_eq!(seen, [one("m3", true, true), one("v2", false, false), one("v1", false, false)]);
}

#[tokio::test]
async fn an_object_behind_a_key_of_its_own_or_a_disabled_one_is_named() {
    for (code, message, about) in [
        ("InvalidRequest", "The object was stored using a form of Server Side Encryption.", "SSE-C"),
        ("KMS.DisabledException", "arn:aws:kms:key is disabled.", "KMS.DisabledException"),
    ] {
        let store = Store::start(move |_| {
            reply(400, &[], &format!("<Error><Code>{code}</Code><Message>{message}</Message></Error>"))
        })
        .await;
        let met = store.client().await.get(BUCKET, "k", None, None).await.unwrap_err();
        assert_eq!(met, Failure::about(ErrorCode::ObjectNotDecryptable, about));
    }
}

#[tokio::test]
async fn tags_are_names_with_values() {
    let tags = "<Tagging><TagSet><Tag><Key>ward</Key><Value>north</Value></Tag></TagSet></Tagging>";
    let store = Store::start(move |_| ok(tags)).await;
    let tags = store.client().await.tags(BUCKET, "k", None).await.unwrap();
    assert_eq!(tags.get("ward").map(String::as_str), Some("north"));
}
