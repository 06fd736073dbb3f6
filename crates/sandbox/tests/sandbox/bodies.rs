//! Objects with their bytes, headers and checksums.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::Method;
use sha2::{Digest, Sha256};

use crate::support::World;

fn sha256(bytes: &[u8]) -> String {
    STANDARD.encode(Sha256::digest(bytes))
}

#[tokio::test]
async fn an_object_comes_back_with_everything_that_was_said_of_it() {
    let world = World::with_open_bucket("practice").await;
    let put = world
        .call(Method::PUT, "/practice/a%20b/%C3%BC%27.txt")
        .header("content-type", "text/plain; charset=utf-8")
        .header("cache-control", "no-store")
        .header("content-disposition", "attachment")
        .header("content-encoding", "aws-chunked")
        .header("content-language", "en-AU")
        .header("expires", "Wed, 21 Oct 2026 07:28:00 GMT")
        .header("x-amz-meta-scanned-by", "pillbox")
        .header("x-amz-tagging", "kind=script&a%20b=c%2Fd")
        .header("x-amz-checksum-sha256", &sha256(b"script"))
        .header("content-md5", "mJ9oyUkMnZMEVrcRkmNmUQ==")
        .body("script");
    // The value above is not the MD5 of the body.
    put.send().await.expect_error(400, "BadDigest");
    world.get("/practice/a%20b/%C3%BC%27.txt").await.expect_error(404, "NoSuchKey");
    let put = world
        .call(Method::PUT, "/practice/a%20b/%C3%BC%27.txt")
        .header("content-type", "text/plain; charset=utf-8")
        .header("cache-control", "no-store")
        .header("content-disposition", "attachment")
        .header("content-encoding", "aws-chunked")
        .header("content-language", "en-AU")
        .header("expires", "Wed, 21 Oct 2026 07:28:00 GMT")
        .header("x-amz-meta-scanned-by", "pillbox")
        .header("x-amz-tagging", "kind=script&a%20b=c%2Fd")
        .header("x-amz-checksum-sha256", &sha256(b"script"))
        .body("script")
        .send()
        .await
        .expect(200);
    assert_eq!(put.header("x-amz-checksum-sha256"), sha256(b"script"));
    assert_eq!(put.header("x-amz-server-side-encryption"), "AES256");
    let got = world.get("/practice/a%20b/%C3%BC%27.txt").await.expect(200);
    assert_eq!(got.text(), "script");
    assert_eq!(got.header("etag"), put.header("etag"));
    for (name, value) in [
        ("content-type", "text/plain; charset=utf-8"),
        ("cache-control", "no-store"),
        ("content-disposition", "attachment"),
        ("content-encoding", ""),
        ("content-language", "en-AU"),
        ("expires", "Wed, 21 Oct 2026 07:28:00 GMT"),
        ("x-amz-meta-scanned-by", "pillbox"),
        ("x-amz-tagging-count", "2"),
        ("x-amz-checksum-sha256", ""),
        ("content-length", "6"),
    ] {
        assert_eq!(got.header(name), value, "{name}");
    }
    let head = world.call(Method::HEAD, "/practice/a%20b/%C3%BC%27.txt");
    let head = head.header("x-amz-checksum-mode", "ENABLED").send().await.expect(200);
    assert_eq!(head.header("x-amz-checksum-sha256"), sha256(b"script"));
    assert_eq!(head.header("x-amz-checksum-type"), "FULL_OBJECT");
    let tags = world.get("/practice/a%20b/%C3%BC%27.txt?tagging").await.expect(200);
    assert_eq!(tags.elements("Value"), ["script", "c/d"]);
}

#[tokio::test]
async fn a_wrong_checksum_stores_nothing() {
    let world = World::with_open_bucket("practice").await;
    for (name, length) in [
        ("x-amz-checksum-sha256", 32),
        ("x-amz-checksum-sha1", 20),
        ("x-amz-checksum-crc32", 4),
        ("x-amz-checksum-crc32c", 4),
        ("x-amz-checksum-crc64nvme", 8),
    ] {
        let wrong = STANDARD.encode(vec![7_u8; length]);
        for size in [10, 200_000] {
            let call = world.call(Method::PUT, "/practice/a").header(name, &wrong);
            call.body(vec![b'x'; size]).send().await.expect_error(400, "BadDigest");
        }
        let call = world.call(Method::PUT, "/practice/a").header(name, "AAAA====");
        call.body("x").send().await.expect_error(400, "InvalidRequest");
    }
    world.get("/practice/a").await.expect_error(404, "NoSuchKey");
    let blobs = std::fs::read_dir(world.folder.path().join("data/blobs")).unwrap();
    let incoming = std::fs::read_dir(world.folder.path().join("data/incoming")).unwrap();
    assert_eq!(blobs.count() + incoming.count(), 0, "refused bodies leave no files");
}

#[tokio::test]
async fn a_trailing_checksum_is_verified() {
    let world = World::with_open_bucket("practice").await;
    let chunked = |checksum: &str| format!("6\r\nscript\r\n0\r\nx-amz-checksum-sha256:{checksum}\r\n\r\n");
    let call = |body: String| {
        world
            .call(Method::PUT, "/practice/a")
            .header("content-encoding", "aws-chunked")
            .header("x-amz-trailer", "x-amz-checksum-sha256")
            .header("x-amz-decoded-content-length", "6")
            .streaming_with_trailer()
            .body(body)
    };
    let wrong = call(chunked(&sha256(b"other"))).send().await;
    wrong.expect_error(400, "BadDigest");
    world.get("/practice/a").await.expect_error(404, "NoSuchKey");
    call(chunked(&sha256(b"script"))).send().await.expect(200);
    let head = world.call(Method::HEAD, "/practice/a").header("x-amz-checksum-mode", "ENABLED");
    assert_eq!(head.send().await.expect(200).header("x-amz-checksum-sha256"), sha256(b"script"));
}

#[tokio::test]
async fn a_body_without_a_checksum_gets_one() {
    let world = World::with_open_bucket("practice").await;
    // The check value of CRC-64/NVME: 0xAE8B14860A799888.
    let put = world.put("/practice/a", "123456789").await.expect(200);
    assert_eq!(put.header("x-amz-checksum-crc64nvme"), "rosUhgp5mIg=");
}

#[tokio::test]
async fn ranges_are_cut_out_of_small_and_large_bodies() {
    let world = World::with_open_bucket("practice").await;
    for size in [1_000_usize, 700_000] {
        let bytes: Vec<u8> = (0..size).map(|at| (at % 251) as u8).collect();
        world.put("/practice/a", bytes.clone()).await.expect(200);
        assert_eq!(world.get("/practice/a").await.expect(200).body, bytes);
        for (range, part) in [
            ("bytes=0-0", &bytes[..1]),
            ("bytes=10-499", &bytes[10..500]),
            ("bytes=990-", &bytes[990..]),
            ("bytes=-5", &bytes[size - 5..]),
        ] {
            let got = world.call(Method::GET, "/practice/a").header("range", range).send().await;
            let got = got.expect(206);
            assert_eq!(got.body, part, "{range}");
            assert!(got.header("content-range").ends_with(&format!("/{size}")));
        }
        let beyond = world.call(Method::GET, "/practice/a").header("range", "bytes=9999999-");
        beyond.send().await.expect_error(416, "InvalidRange");
    }
}

#[tokio::test]
async fn what_was_put_is_there_after_a_restart() {
    let world = World::with_open_bucket("practice").await;
    let large = vec![b'z'; 300_000];
    world.put("/practice/small", "script").await.expect(200);
    world.put("/practice/large", large.clone()).await.expect(200);
    world.put("/practice/gone", large.clone()).await.expect(200);
    world.delete("/practice/gone").await.expect(204);
    std::fs::write(world.folder.path().join("data/incoming/half"), "half").unwrap();
    std::fs::write(world.folder.path().join("data/blobs/orphan"), "orphan").unwrap();
    let world = world.restart().await;
    assert_eq!(world.get("/practice/small").await.expect(200).text(), "script");
    assert_eq!(world.get("/practice/large").await.expect(200).body, large);
    let blobs = std::fs::read_dir(world.folder.path().join("data/blobs")).unwrap();
    assert_eq!(blobs.count(), 1, "what nothing names is swept");
    assert!(!world.folder.path().join("data/incoming/half").exists());
}

#[tokio::test]
async fn copies_carry_what_they_should() {
    let world = World::with_open_bucket("practice").await;
    let put = world.call(Method::PUT, "/practice/a").header("x-amz-meta-k", "v");
    put.header("x-amz-tagging", "t=1").body(vec![b'q'; 100_000]).send().await.expect(200);
    let copy = |to: &str| world.call(Method::PUT, to).header("x-amz-copy-source", "/practice/a");
    copy("/practice/b").send().await.expect(200);
    let got = world.get("/practice/b").await.expect(200);
    assert_eq!((got.body.len(), got.header("x-amz-meta-k")), (100_000, "v"));
    assert_eq!(world.get("/practice/b?tagging").await.expect(200).element("Value"), "1");
    copy("/practice/a").send().await.expect_error(400, "InvalidRequest");
    copy("/practice/b").header("if-none-match", "*").send().await.expect_error(412, "PreconditionFailed");
    let replaced = copy("/practice/a").header("x-amz-metadata-directive", "REPLACE");
    replaced.header("x-amz-meta-k", "w").send().await.expect(200);
    assert_eq!(world.get("/practice/a").await.expect(200).header("x-amz-meta-k"), "w");
}
