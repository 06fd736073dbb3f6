//! Uploads in parts.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::Method;
use sha2::{Digest, Sha256};

use crate::support::{Answer, World};

const FIVE: usize = 5 * 1024 * 1024;

async fn begin(world: &World, headers: &[(&str, &str)]) -> String {
    let mut call = world.call(Method::POST, "/practice/big?uploads");
    for (name, value) in headers {
        call = call.header(name, value);
    }
    call.send().await.expect(200).element("UploadId")
}

async fn part(world: &World, id: &str, number: usize, bytes: Vec<u8>) -> String {
    let target = format!("/practice/big?partNumber={number}&uploadId={id}");
    world.put(&target, bytes).await.expect(200).header("etag").to_owned()
}

async fn complete(world: &World, id: &str, etags: &[(usize, &str)], headers: &[(&str, &str)]) -> Answer {
    let parts: String = etags
        .iter()
        .map(|(number, etag)| format!("<Part><PartNumber>{number}</PartNumber><ETag>{etag}</ETag></Part>"))
        .collect();
    let mut call = world.call(Method::POST, &format!("/practice/big?uploadId={id}"));
    for (name, value) in headers {
        call = call.header(name, value);
    }
    call.body(format!("<CompleteMultipartUpload>{parts}</CompleteMultipartUpload>")).send().await
}

#[tokio::test]
async fn parts_become_one_object_with_a_composite_checksum() {
    let world = World::with_open_bucket("practice").await;
    let id = begin(&world, &[("x-amz-checksum-algorithm", "SHA256"), ("x-amz-meta-k", "v")]).await;
    let (first, second) = (vec![b'a'; FIVE], vec![b'b'; 1000]);
    part(&world, &id, 1, vec![b'x'; FIVE]).await;
    let one = part(&world, &id, 1, first.clone()).await;
    let two = part(&world, &id, 2, second.clone()).await;
    let listed = world.get(&format!("/practice/big?uploadId={id}&max-parts=1")).await.expect(200);
    assert_eq!(listed.elements("PartNumber"), ["1"]);
    assert_eq!(listed.element("IsTruncated"), "true");
    assert_eq!(world.get("/practice?uploads").await.expect(200).element("UploadId"), id);
    world.get("/practice/big").await.expect_error(404, "NoSuchKey");

    let done = complete(&world, &id, &[(1, &one), (2, &two)], &[]).await.expect(200);
    let sums = [Sha256::digest(&first), Sha256::digest(&second)].concat();
    let composite = format!("{}-2", STANDARD.encode(Sha256::digest(sums)));
    assert_eq!(done.element("ChecksumSHA256"), composite);
    let head = world.call(Method::HEAD, "/practice/big").header("x-amz-checksum-mode", "ENABLED");
    let head = head.send().await.expect(200);
    assert_eq!(head.header("x-amz-checksum-sha256"), composite);
    assert_eq!(head.header("x-amz-checksum-type"), "COMPOSITE");
    assert_eq!(head.header("x-amz-meta-k"), "v");
    let got = world.get("/practice/big").await.expect(200);
    assert_eq!(got.body, [first, second.clone()].concat());
    let last = world.get("/practice/big?partNumber=2").await.expect(206);
    assert_eq!((last.body, last.headers["x-amz-mp-parts-count"].as_bytes()), (second.into(), &b"2"[..]));
    let across = world.call(Method::GET, "/practice/big");
    let across = across.header("range", &format!("bytes={}-{FIVE}", FIVE - 1)).send().await;
    assert_eq!(across.expect(206).text(), "ab");
    let attributes = world.call(Method::GET, "/practice/big?attributes");
    let attributes = attributes.header("x-amz-object-attributes", "ObjectParts,ObjectSize").send().await;
    assert_eq!(attributes.expect(200).elements("PartNumber"), ["1", "2"]);
    world.get(&format!("/practice/big?uploadId={id}")).await.expect_error(404, "NoSuchUpload");
}

#[tokio::test]
async fn a_whole_objects_crc_is_made_of_its_parts() {
    let world = World::with_open_bucket("practice").await;
    for algorithm in ["CRC32", "CRC32C", "CRC64NVME"] {
        let (first, second) = (vec![b'a'; FIVE], vec![b'b'; 777]);
        let header = format!("x-amz-checksum-{}", algorithm.to_lowercase());
        let whole = world.call(Method::PUT, "/practice/whole");
        let whole = whole.header("x-amz-sdk-checksum-algorithm", algorithm);
        let whole = whole.body([first.clone(), second.clone()].concat()).send().await.expect(200);
        let wanted = whole.header(&header).to_owned();
        assert!(!wanted.is_empty());
        let id =
            begin(&world, &[("x-amz-checksum-algorithm", algorithm), ("x-amz-checksum-type", "FULL_OBJECT")]).await;
        let one = part(&world, &id, 1, first).await;
        let two = part(&world, &id, 2, second).await;
        let wrong = complete(&world, &id, &[(1, &one), (2, &two)], &[(&header, "AAAAAAAAAAA=")]).await;
        assert_eq!(wrong.status.as_u16(), 400, "{}", wrong.text());
        let parts = [(1, one.as_str()), (2, two.as_str())];
        let done = complete(&world, &id, &parts, &[(&header, &wanted)]).await.expect(200);
        assert_eq!(done.element(&format!("Checksum{algorithm}")), wanted);
        assert_eq!(done.element("ChecksumType"), "FULL_OBJECT");
    }
}

#[tokio::test]
async fn what_does_not_fit_completes_nothing() {
    let world = World::with_open_bucket("practice").await;
    let id = begin(&world, &[]).await;
    let one = part(&world, &id, 1, vec![b'a'; 100]).await;
    let two = part(&world, &id, 2, vec![b'b'; 100]).await;
    let small = complete(&world, &id, &[(1, &one), (2, &two)], &[]).await;
    small.expect_error(400, "EntityTooSmall");
    complete(&world, &id, &[(2, &two), (1, &one)], &[]).await.expect_error(400, "InvalidPartOrder");
    complete(&world, &id, &[(1, &two)], &[]).await.expect_error(400, "InvalidPart");
    complete(&world, &id, &[(3, &one)], &[]).await.expect_error(400, "InvalidPart");
    world.put("/practice/big", "already here").await.expect(200);
    let exists = complete(&world, &id, &[(1, &one)], &[("if-none-match", "*")]).await;
    exists.expect_error(412, "PreconditionFailed");
    assert_eq!(world.get("/practice/big").await.expect(200).text(), "already here");
    complete(&world, &id, &[(1, &one)], &[]).await.expect(200);
    let id = begin(&world, &[]).await;
    part(&world, &id, 1, vec![b'c'; 300_000]).await;
    world.delete(&format!("/practice/big?uploadId={id}")).await.expect(204);
    world.delete(&format!("/practice/big?uploadId={id}")).await.expect_error(404, "NoSuchUpload");
    let blobs = std::fs::read_dir(world.folder.path().join("data/blobs")).unwrap();
    assert_eq!(blobs.count(), 0, "an aborted upload leaves no files");
}

#[tokio::test]
async fn parts_are_copied_from_ranges() {
    let world = World::with_open_bucket("practice").await;
    world.put("/practice/source", vec![b's'; FIVE + 10]).await.expect(200);
    let id = begin(&world, &[]).await;
    let target = format!("/practice/big?partNumber=1&uploadId={id}");
    let call = world.call(Method::PUT, &target).header("x-amz-copy-source", "practice/source");
    let copied = call.header("x-amz-copy-source-range", "bytes=10-19").send().await.expect(200);
    let etag = copied.element("ETag").replace("&quot;", "\"");
    complete(&world, &id, &[(1, &etag)], &[]).await.expect(200);
    assert_eq!(world.get("/practice/big").await.expect(200).text(), "ssssssssss");
}
