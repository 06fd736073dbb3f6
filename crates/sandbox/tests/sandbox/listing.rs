//! Listing with prefixes, delimiters and pages.

use std::collections::BTreeSet;

use proptest::prelude::*;

use crate::support::World;

async fn put_all(world: &World, keys: &[&str]) {
    for key in keys {
        world.put(&format!("/practice/{key}"), "x").await.expect(200);
    }
}

#[tokio::test]
async fn a_delimiter_rolls_up_and_pages_go_on_behind_it() {
    let world = World::with_open_bucket("practice").await;
    put_all(&world, &["a", "b/1", "b/2", "b0", "c/1", "d"]).await;
    let mut seen = Vec::new();
    let mut token = String::new();
    loop {
        let target = format!("/practice?list-type=2&delimiter=%2F&max-keys=1{token}");
        let page = world.get(&target).await.expect(200);
        seen.extend(page.elements("Key"));
        seen.extend(page.elements("Prefix").into_iter().filter(|prefix| !prefix.is_empty()));
        if page.element("IsTruncated") == "false" {
            break;
        }
        token = format!("&continuation-token={}", page.element("NextContinuationToken"));
    }
    assert_eq!(seen, ["a", "b/", "b0", "c/", "d"]);
    let page = world.get("/practice?delimiter=%2F&max-keys=2").await.expect(200);
    assert_eq!(page.element("NextMarker"), "b/");
    let page = world.get("/practice?delimiter=%2F&marker=b%2F").await.expect(200);
    assert_eq!(page.elements("Key"), ["b0", "d"]);
}

#[tokio::test]
async fn names_are_encoded_when_asked_for() {
    let world = World::with_open_bucket("practice").await;
    put_all(&world, &["x/%C3%BC%20%26%0A.txt"]).await;
    let page = world.get("/practice?list-type=2&encoding-type=url&prefix=x%2F").await.expect(200);
    assert_eq!(page.element("Key"), "x/%C3%BC%20%26%0A.txt");
    let page = world.get("/practice?list-type=2&start-after=x%2F%C3%BC&max-keys=0").await.expect(200);
    assert_eq!((page.element("KeyCount").as_str(), page.element("IsTruncated").as_str()), ("0", "false"));
    let wrong = world.get("/practice?list-type=2&continuation-token=%21").await;
    wrong.expect_error(400, "InvalidArgument");
    world.get("/absent?list-type=2").await.expect_error(404, "NoSuchBucket");
}

/// What S3 lists, by the definition of it.
fn model(keys: &BTreeSet<String>, prefix: &str, start_after: &str) -> Vec<String> {
    let mut out = BTreeSet::new();
    for key in keys.iter().filter(|key| key.starts_with(prefix) && key.as_str() > start_after) {
        match key[prefix.len()..].find('/') {
            Some(at) => {
                let common = key[..prefix.len() + at + 1].to_owned();
                if common != start_after {
                    out.insert(common);
                }
            }
            None => {
                out.insert(key.clone());
            }
        }
    }
    out.into_iter().collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn every_page_size_lists_the_same(
        keys in prop::collection::btree_set("[ab/]{1,5}", 1..25),
        prefix in "[ab/]{0,2}",
        start_after in "[ab/]{0,3}",
        size in 1_usize..6,
    ) {
        let keys: BTreeSet<String> = keys.into_iter().filter(|key| !key.starts_with('/')).collect();
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let seen = runtime.block_on(async {
            let world = World::with_open_bucket("practice").await;
            for key in &keys {
                world.put(&format!("/practice/{key}"), "x").await.expect(200);
            }
            let mut seen = Vec::new();
            let encoded = |text: &str| text.replace('/', "%2F");
            let mut from = format!("&start-after={}", encoded(&start_after));
            loop {
                let target = format!(
                    "/practice?list-type=2&delimiter=%2F&max-keys={size}&prefix={}{from}",
                    encoded(&prefix)
                );
                let page = world.get(&target).await.expect(200);
                let mut names = page.elements("Key");
                names.extend(
                    page.text()
                        .split("<CommonPrefixes><Prefix>")
                        .skip(1)
                        .map(|rest| rest.split_once('<').unwrap().0.to_owned()),
                );
                names.sort();
                assert!(names.len() <= size);
                seen.extend(names);
                if page.element("IsTruncated") == "false" {
                    break seen;
                }
                from = format!("&continuation-token={}", page.element("NextContinuationToken"));
            }
        });
        prop_assert_eq!(seen, model(&keys, &prefix, &start_after));
    }
}
