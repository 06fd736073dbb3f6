//! Uploads in parts.

use std::sync::atomic::{AtomicUsize, Ordering};

use crate::support::{Answer, BUCKET, OWNER, Store, ok, refuse, reply};
use bytes::Bytes;
use pillbox_aws::{PartStored, PutCondition, PutError, UploadHandle};
use pillbox_model::{ErrorCode, Failure};

/// The composite checksum of two parts whose SHA-256 are 32 ones and 32 twos.
const COMPOSITE: &str = "+Biv03ptw7yS+0RzEBEncAbbTvpukCPNdGjAIzXSKk0=-2";

fn upload() -> UploadHandle {
    UploadHandle { bucket: BUCKET.to_owned(), key: "big.txt".to_owned(), id: "u1".to_owned() }
}

fn part(number: u32, byte: u8) -> PartStored {
    PartStored { number, e_tag: format!("\"p{number}\""), sha256: [byte; 32], checksum_confirmed: true }
}

fn completed(checksum: &str) -> Answer {
    ok(&format!(
        "<CompleteMultipartUploadResult><ETag>\"e-2\"</ETag><ChecksumSHA256>{checksum}</ChecksumSHA256></CompleteMultipartUploadResult>"
    ))
}

#[tokio::test]
async fn an_upload_is_begun_and_gets_its_parts() {
    let store = Store::start(|seen| match seen.method.as_str() {
        "POST" => ok("<InitiateMultipartUploadResult><UploadId>u1</UploadId></InitiateMultipartUploadResult>"),
        _ => reply(
            200,
            &[("etag", "\"p1\""), ("x-amz-checksum-sha256", seen.header("x-amz-checksum-sha256").unwrap())],
            "",
        ),
    })
    .await;
    let client = store.owned_client().await;
    let begun = client.begin_parts(BUCKET, "big.txt", Some("text/plain"), &[]).await.unwrap();
    assert_eq!(begun, upload());
    let stored = client.put_part(&begun, 1, Bytes::from_static(b"x"), [1; 32]).await.unwrap();
    assert_eq!(stored, part(1, 1));
    for seen in store.seen() {
        assert_eq!(seen.header("x-amz-expected-bucket-owner"), Some(OWNER));
    }
    let zeroth = client.put_part(&begun, 0, Bytes::new(), [1; 32]).await.unwrap_err();
    assert_eq!(zeroth, Failure::about(ErrorCode::InvalidInput, "part number"));
}

#[tokio::test]
async fn parts_are_completed_in_order_under_the_condition() {
    let store = Store::start(|_| completed(COMPOSITE)).await;
    let client = store.owned_client().await;
    let stored = client.complete_parts(&upload(), &[part(2, 2), part(1, 1)], PutCondition::CreateOnly).await.unwrap();
    assert_eq!((stored.e_tag.as_str(), stored.checksum_confirmed), ("\"e-2\"", true));
    let seen = &store.seen()[0];
    assert_eq!((seen.header("if-none-match"), seen.header("x-amz-expected-bucket-owner")), (Some("*"), Some(OWNER)));
    assert!(seen.text().find("<PartNumber>1<").unwrap() < seen.text().find("<PartNumber>2<").unwrap());
}

#[tokio::test]
async fn an_object_of_other_parts_is_a_mismatch() {
    let store = Store::start(|_| completed("AAAA-2")).await;
    let outcome = store.client().await.complete_parts(&upload(), &[part(1, 1)], PutCondition::CreateOnly).await;
    assert_eq!(outcome, Err(PutError::ChecksumMismatch));
}

#[tokio::test]
async fn an_error_within_a_good_answer_is_an_error() {
    let asked = AtomicUsize::new(0);
    let store = Store::start(move |_| match asked.fetch_add(1, Ordering::Relaxed) {
        0 => ok("<Error><Code>InternalError</Code><Message>try again</Message></Error>"),
        _ => ok("<Error><Code>AccessDenied</Code><Message>no</Message></Error>"),
    })
    .await;
    let outcome = store.client().await.complete_parts(&upload(), &[part(1, 1)], PutCondition::CreateOnly).await;
    assert_eq!(outcome, Err(PutError::Failed(Failure::about(ErrorCode::AccessDenied, "s3:PutObject"))));
    assert_eq!(store.seen().len(), 2, "an internal error is tried again");
}

#[tokio::test]
async fn completing_says_what_is_in_the_way() {
    for (status, code, expected) in [
        (412, "PreconditionFailed", PutError::Exists),
        (404, "NoSuchUpload", PutError::Failed(Failure::about(ErrorCode::NotFound, "upload"))),
    ] {
        let store = Store::start(move |_| refuse(status, code)).await;
        let outcome = store.client().await.complete_parts(&upload(), &[part(1, 1)], PutCondition::CreateOnly).await;
        assert_eq!(outcome, Err(expected));
    }
}

#[tokio::test]
async fn giving_up_twice_is_good() {
    let store = Store::start(|_| refuse(404, "NoSuchUpload")).await;
    assert_eq!(store.client().await.abort_parts(&upload()).await, Ok(()));
    let store = Store::start(|_| reply(204, &[], "")).await;
    assert_eq!(store.client().await.abort_parts(&upload()).await, Ok(()));
}

#[tokio::test]
async fn uploads_that_were_left_are_found() {
    let store = Store::start(|seen| {
        let upload = |key: &str| {
            format!("<Upload><Key>{key}</Key><UploadId>u1</UploadId><Initiated>2026-11-23T01:02:03.000Z</Initiated></Upload>")
        };
        let page = if seen.asks("key-marker") {
            format!("<IsTruncated>false</IsTruncated>{}", upload("c%20d"))
        } else {
            format!(
                "<IsTruncated>true</IsTruncated><NextKeyMarker>a+b</NextKeyMarker><NextUploadIdMarker>u1</NextUploadIdMarker>{}",
                upload("a+b")
            )
        };
        ok(&format!("<ListMultipartUploadsResult><EncodingType>url</EncodingType>{page}</ListMultipartUploadsResult>"))
    })
    .await;
    let found = store.client().await.list_part_uploads(BUCKET, "").await.unwrap();
    let keys: Vec<_> = found.iter().map(|upload| upload.handle.key.as_str()).collect();
    assert_eq!(keys, ["a b", "c d"]);
    assert_eq!(found[0].begun.unwrap().to_string(), "2026-11-23T01:02:03Z");
    assert!(store.seen()[1].query.contains("key-marker=a%20b"));
}
