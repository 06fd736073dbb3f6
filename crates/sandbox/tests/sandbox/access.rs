//! Who may: access control lists, ownership and Block Public Access, by unsigned requests.

use http::Method;

use crate::support::{ACCOUNT, World};

const ALL_ON: &str = "<PublicAccessBlockConfiguration><BlockPublicAcls>true</BlockPublicAcls>\
    <IgnorePublicAcls>true</IgnorePublicAcls><BlockPublicPolicy>true</BlockPublicPolicy>\
    <RestrictPublicBuckets>true</RestrictPublicBuckets></PublicAccessBlockConfiguration>";
const ACCOUNT_BLOCK: &str = "/v20180820/configuration/publicAccessBlock";

async fn put_public(world: &World, key: &str) {
    let call = world.call(Method::PUT, &format!("/practice/{key}"));
    call.header("x-amz-acl", "public-read").body("script").send().await.expect(200);
}

#[tokio::test]
async fn a_new_bucket_is_shut() {
    let world = World::new().await;
    world.put("/practice", "").await.expect(200);
    world.put("/practice/a.txt", "script").await.expect(200);
    assert_eq!(world.unsigned("/practice/a.txt").await, 403);
    assert_eq!(world.unsigned("/practice").await, 403);
    let block = world.get("/practice?publicAccessBlock").await.expect(200);
    assert_eq!(block.text().matches(">true<").count(), 4, "{}", block.text());
    let ownership = world.get("/practice?ownershipControls").await.expect(200);
    assert_eq!(ownership.element("ObjectOwnership"), "BucketOwnerEnforced");
    let encryption = world.get("/practice?encryption").await.expect(200);
    assert_eq!(encryption.element("SSEAlgorithm"), "AES256");
}

#[tokio::test]
async fn a_public_object_opens_and_block_public_access_shuts_it() {
    let world = World::with_open_bucket("practice").await;
    put_public(&world, "open.txt").await;
    world.put("/practice/private.txt", "script").await.expect(200);
    assert_eq!(world.unsigned("/practice/open.txt").await, 200);
    assert_eq!(world.unsigned("/practice/private.txt").await, 403);
    assert_eq!(world.unsigned("/practice/absent.txt").await, 403);

    world.put("/practice?publicAccessBlock", ALL_ON).await.expect(200);
    assert_eq!(world.unsigned("/practice/open.txt").await, 403);
    let shown = world.get("/practice/open.txt?acl").await.expect(200);
    assert!(!shown.text().contains("AllUsers"), "the effective list has no public grant");
    let call = world.call(Method::PUT, "/practice/other.txt");
    let refused = call.header("x-amz-acl", "public-read").body("x").send().await;
    refused.expect_error(403, "AccessDenied");

    world.delete("/practice?publicAccessBlock").await.expect(204);
    world.get("/practice?publicAccessBlock").await.expect_error(404, "NoSuchPublicAccessBlockConfiguration");
    assert_eq!(world.unsigned("/practice/open.txt").await, 200);
}

#[tokio::test]
async fn the_accounts_block_counts_for_every_bucket() {
    let world = World::with_open_bucket("practice").await;
    put_public(&world, "open.txt").await;
    let account = |method| world.call(method, ACCOUNT_BLOCK).header("x-amz-account-id", ACCOUNT);
    let none = account(Method::GET).send().await;
    none.expect_error(404, "NoSuchPublicAccessBlockConfiguration");
    account(Method::PUT).body(ALL_ON).send().await.expect(201);
    assert_eq!(account(Method::GET).send().await.expect(200).text().matches(">true<").count(), 4);
    assert_eq!(world.unsigned("/practice/open.txt").await, 403);
    account(Method::DELETE).send().await.expect(204);
    assert_eq!(world.unsigned("/practice/open.txt").await, 200);
    assert_eq!(world.unsigned(ACCOUNT_BLOCK).await, 403);
    let other = world.call(Method::GET, ACCOUNT_BLOCK).header("x-amz-account-id", "999999999999");
    other.send().await.expect_error(403, "AccessDenied");
}

#[tokio::test]
async fn ignoring_public_lists_leaves_them_in_place() {
    let world = World::with_open_bucket("practice").await;
    put_public(&world, "open.txt").await;
    let ignore = "<PublicAccessBlockConfiguration><IgnorePublicAcls>true</IgnorePublicAcls>\
        </PublicAccessBlockConfiguration>";
    world.put("/practice?publicAccessBlock", ignore).await.expect(200);
    assert_eq!(world.unsigned("/practice/open.txt").await, 403);
    put_public(&world, "still-allowed-to-put.txt").await;
    world.delete("/practice?publicAccessBlock").await.expect(204);
    assert_eq!(world.unsigned("/practice/open.txt").await, 200);
}

#[tokio::test]
async fn a_public_bucket_lists_and_takes_objects() {
    let world = World::with_open_bucket("practice").await;
    world.put("/practice/a.txt", "script").await.expect(200);
    assert_eq!(world.unsigned("/practice").await, 403);
    let call = world.call(Method::PUT, "/practice?acl").header("x-amz-acl", "public-read-write");
    call.send().await.expect(200);
    assert_eq!(world.unsigned("/practice").await, 200);
    assert_eq!(world.unsigned("/practice/a.txt").await, 403, "its own list is private");
    assert_eq!(world.unsigned("/practice/absent.txt").await, 404, "who may list may know");
    let put = world.call(Method::PUT, "/practice/b.txt").unsigned().body("from outside");
    put.send().await.expect(200);
    world.call(Method::DELETE, "/practice/b.txt").unsigned().send().await.expect(204);
    assert_eq!(world.unsigned("/practice?policyStatus").await, 403);
}

#[tokio::test]
async fn the_owner_can_switch_lists_off() {
    let world = World::with_open_bucket("practice").await;
    put_public(&world, "open.txt").await;
    let public = world.call(Method::PUT, "/practice?acl").header("x-amz-acl", "public-read");
    public.send().await.expect(200);
    let enforce = "<OwnershipControls><Rule><ObjectOwnership>BucketOwnerEnforced\
        </ObjectOwnership></Rule></OwnershipControls>";
    let refused = world.put("/practice?ownershipControls", enforce).await;
    refused.expect_error(400, "InvalidBucketAclWithObjectOwnership");
    let private = world.call(Method::PUT, "/practice?acl").header("x-amz-acl", "private");
    private.send().await.expect(200);
    world.put("/practice?ownershipControls", enforce).await.expect(200);
    assert_eq!(world.unsigned("/practice/open.txt").await, 403);
    let public = world.call(Method::PUT, "/practice?acl").header("x-amz-acl", "public-read");
    public.send().await.expect_error(400, "AccessControlListNotSupported");
    let owner = world.call(Method::PUT, "/practice/x").header("x-amz-acl", "bucket-owner-full-control");
    owner.body("x").send().await.expect(200);
    world.delete("/practice?ownershipControls").await.expect(204);
    let none = world.get("/practice?ownershipControls").await;
    none.expect_error(404, "OwnershipControlsNotFoundError");
    assert_eq!(world.unsigned("/practice/open.txt").await, 200, "old lists count again");
}

#[tokio::test]
async fn a_list_comes_back_as_it_was_put() {
    let world = World::with_open_bucket("practice").await;
    let owner = world.get("/practice?acl").await.expect(200).element("ID");
    let list = format!(
        "<AccessControlPolicy xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Owner><ID>{owner}\
         </ID></Owner><AccessControlList><Grant><Grantee \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:type=\"Group\"><URI>\
         http://acs.amazonaws.com/groups/global/AuthenticatedUsers</URI></Grantee><Permission>READ\
         </Permission></Grant></AccessControlList></AccessControlPolicy>"
    );
    world.put("/practice?acl", list).await.expect(200);
    let shown = world.get("/practice?acl").await.expect(200);
    assert!(shown.text().contains("AuthenticatedUsers"));
    assert_eq!(shown.elements("Permission"), ["READ"]);
    assert_eq!(world.unsigned("/practice").await, 403, "signed users are not everybody");
    let grants = "uri=\"http://acs.amazonaws.com/groups/global/AllUsers\"";
    let call = world.call(Method::PUT, "/practice?acl").header("x-amz-grant-read", grants);
    call.send().await.expect(200);
    assert_eq!(world.unsigned("/practice").await, 200);
}

#[tokio::test]
async fn another_accounts_bucket_is_refused_on_every_call() {
    let world = World::with_open_bucket("practice").await;
    world.put("/practice/a.txt", "script").await.expect(200);
    for (method, target) in [
        (Method::GET, "/practice/a.txt"),
        (Method::PUT, "/practice/b.txt"),
        (Method::GET, "/practice?list-type=2"),
        (Method::GET, "/practice?policyStatus"),
        (Method::POST, "/practice/c.txt?uploads"),
    ] {
        let wrong = world.call(method.clone(), target);
        let wrong = wrong.header("x-amz-expected-bucket-owner", "999999999999").send().await;
        wrong.expect_error(403, "AccessDenied");
    }
    let head = world.call(Method::HEAD, "/practice").header("x-amz-expected-bucket-owner", ACCOUNT);
    head.send().await.expect(200);
    world.get("/practice/b.txt").await.expect_error(404, "NoSuchKey");
}
