//! Versions and delete markers.

use crate::support::World;

async fn enable(world: &World, status: &str) {
    let body = format!("<VersioningConfiguration><Status>{status}</Status></VersioningConfiguration>");
    world.put("/practice?versioning", body).await.expect(200);
}

#[tokio::test]
async fn versions_are_kept_and_markers_hide_them() {
    let world = World::with_open_bucket("practice").await;
    assert_eq!(world.get("/practice?versioning").await.expect(200).element("Status"), "");
    world.put("/practice/a", "zero").await.expect(200);
    enable(&world, "Enabled").await;
    assert_eq!(world.get("/practice?versioning").await.expect(200).element("Status"), "Enabled");
    let one = world.put("/practice/a", "one").await.expect(200).header("x-amz-version-id").to_owned();
    let two = world.put("/practice/a", "two").await.expect(200).header("x-amz-version-id").to_owned();
    assert_ne!(one, two);
    let marker = world.delete("/practice/a").await.expect(204);
    assert_eq!(marker.header("x-amz-delete-marker"), "true");
    let hidden = world.get("/practice/a").await.expect_error(404, "NoSuchKey");
    assert_eq!(hidden.header("x-amz-delete-marker"), "true");
    let marker = marker.header("x-amz-version-id").to_owned();
    world.get(&format!("/practice/a?versionId={marker}")).await.expect_error(405, "MethodNotAllowed");
    assert_eq!(world.get(&format!("/practice/a?versionId={one}")).await.expect(200).text(), "one");
    assert_eq!(world.get("/practice/a?versionId=null").await.expect(200).text(), "zero");
    world.get("/practice/a?versionId=none").await.expect_error(404, "NoSuchVersion");

    let all = world.get("/practice?versions").await.expect(200);
    assert_eq!(all.elements("VersionId").len(), 4);
    assert_eq!(all.elements("IsLatest").iter().filter(|latest| *latest == "true").count(), 1);
    assert_eq!(world.get("/practice?list-type=2").await.expect(200).element("KeyCount"), "0");

    world.delete(&format!("/practice/a?versionId={marker}")).await.expect(204);
    assert_eq!(world.get("/practice/a").await.expect(200).text(), "two");
    world.delete(&format!("/practice/a?versionId={two}")).await.expect(204);
    assert_eq!(world.get("/practice/a").await.expect(200).text(), "one");
    world.delete("/practice").await.expect_error(409, "BucketNotEmpty");
}

#[tokio::test]
async fn suspended_versioning_replaces_only_the_null_version() {
    let world = World::with_open_bucket("practice").await;
    enable(&world, "Enabled").await;
    let kept = world.put("/practice/a", "kept").await.expect(200).header("x-amz-version-id").to_owned();
    enable(&world, "Suspended").await;
    for body in ["first", "second"] {
        let put = world.put("/practice/a", body).await.expect(200);
        assert_eq!(put.header("x-amz-version-id"), "null");
    }
    assert_eq!(world.get("/practice?versions").await.expect(200).elements("VersionId").len(), 2);
    world.delete("/practice/a").await.expect(204);
    let left = world.get("/practice?versions").await.expect(200);
    assert_eq!(left.elements("VersionId").len(), 2, "the marker took the null version's place");
    assert_eq!(world.get(&format!("/practice/a?versionId={kept}")).await.expect(200).text(), "kept");
}

#[tokio::test]
async fn versions_are_listed_page_by_page() {
    let world = World::with_open_bucket("practice").await;
    enable(&world, "Enabled").await;
    for (key, count) in [("a", 3), ("b", 1), ("c", 2)] {
        for _ in 0..count {
            world.put(&format!("/practice/{key}"), "x").await.expect(200);
        }
    }
    let whole = world.get("/practice?versions").await.expect(200).elements("VersionId");
    let (mut seen, mut from) = (Vec::new(), String::new());
    loop {
        let page = world.get(&format!("/practice?versions&max-keys=2{from}")).await.expect(200);
        seen.extend(page.elements("VersionId"));
        if page.element("IsTruncated") == "false" {
            break;
        }
        from = format!(
            "&key-marker={}&version-id-marker={}",
            page.element("NextKeyMarker"),
            page.element("NextVersionIdMarker")
        );
    }
    assert_eq!(seen, whole);
}
