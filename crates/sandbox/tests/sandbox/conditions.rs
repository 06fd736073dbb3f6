//! Conditional requests.

use http::Method;

use crate::support::World;

#[tokio::test]
async fn of_concurrent_creations_one_wins() {
    let world = World::with_open_bucket("practice").await;
    let puts = (0..16).map(|number| {
        let call = world.call(Method::PUT, "/practice/a").header("if-none-match", "*");
        // Half of the bodies are large enough to go through files.
        call.body(vec![b'a' + number; if number % 2 == 0 { 10 } else { 100_000 }]).send()
    });
    let answers = futures::future::join_all(puts).await;
    let won: Vec<_> = answers.iter().filter(|answer| answer.status == 200).collect();
    assert_eq!(won.len(), 1);
    assert!(answers.iter().filter(|answer| answer.status == 412).count() == 15);
    let stored = world.get("/practice/a").await.expect(200);
    assert_eq!(stored.header("etag"), won[0].header("etag"));
    assert!(stored.body.iter().all(|byte| *byte == stored.body[0]));
}

#[tokio::test]
async fn replacing_asks_for_the_former_tag() {
    let world = World::with_open_bucket("practice").await;
    let replace = |etag: &str| world.call(Method::PUT, "/practice/a").header("if-match", etag).body("new").send();
    replace("\"00000000000000000000000000000000\"").await.expect_error(404, "NoSuchKey");
    let first = world.put("/practice/a", "old").await.expect(200);
    replace("\"00000000000000000000000000000000\"").await.expect_error(412, "PreconditionFailed");
    replace(first.header("etag")).await.expect(200);
    assert_eq!(world.get("/practice/a").await.expect(200).text(), "new");
    let other = world.call(Method::PUT, "/practice/a").header("if-none-match", "\"abc\"");
    other.body("x").send().await.expect_error(501, "NotImplemented");
}

#[tokio::test]
async fn reading_asks_for_a_tag_or_its_absence() {
    let world = World::with_open_bucket("practice").await;
    let etag = world.put("/practice/a", "script").await.expect(200).header("etag").to_owned();
    let get = |name: &str, value: &str| world.call(Method::GET, "/practice/a").header(name, value).send();
    get("if-match", &etag).await.expect(200);
    get("if-match", "\"other\"").await.expect_error(412, "PreconditionFailed");
    get("if-none-match", &etag).await.expect(304);
    get("if-none-match", "\"other\"").await.expect(200);
    get("if-modified-since", "Wed, 21 Oct 2099 07:28:00 GMT").await.expect(304);
    get("if-unmodified-since", "Wed, 21 Oct 2015 07:28:00 GMT").await.expect(412);
}
