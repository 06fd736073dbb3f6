//! Buckets and their settings.

use http::Method;

use crate::support::World;

#[tokio::test]
async fn buckets_are_made_found_and_deleted() {
    let world = World::new().await;
    world.put("/practice", "").await.expect(200);
    world.put("/practice", "").await.expect_error(409, "BucketAlreadyOwnedByYou");
    world.put("/UPPER", "").await.expect_error(400, "InvalidBucketName");
    let elsewhere = "<CreateBucketConfiguration><LocationConstraint>eu-west-1\
        </LocationConstraint></CreateBucketConfiguration>";
    let refused = world.put("/elsewhere", elsewhere).await;
    refused.expect_error(400, "IllegalLocationConstraintException");
    let head = world.call(Method::HEAD, "/practice").send().await.expect(200);
    assert_eq!(head.header("x-amz-bucket-region"), "ap-southeast-2");
    world.call(Method::HEAD, "/absent").send().await.expect(404);
    let location = world.get("/practice?location").await.expect(200);
    assert!(location.text().contains("ap-southeast-2"));
    assert_eq!(world.get("/").await.expect(200).elements("Name"), ["practice"]);
    assert_eq!(world.unsigned("/").await, 403);
    world.put("/practice/a", "x").await.expect(200);
    world.delete("/practice").await.expect_error(409, "BucketNotEmpty");
    world.delete("/practice/a").await.expect(204);
    world.delete("/practice").await.expect(204);
    world.delete("/practice").await.expect_error(404, "NoSuchBucket");
    world.put("/practice/a", "x").await.expect_error(404, "NoSuchBucket");
}

#[tokio::test]
async fn a_public_list_is_refused_for_a_new_bucket() {
    let world = World::new().await;
    let create = |ownership: &str| {
        let call = world.call(Method::PUT, "/practice").header("x-amz-acl", "public-read");
        call.header("x-amz-object-ownership", ownership).send()
    };
    create("BucketOwnerEnforced").await.expect_error(400, "InvalidBucketAclWithObjectOwnership");
    create("ObjectWriter").await.expect_error(400, "InvalidBucketAclWithBlockPublicAccessError");
}

#[tokio::test]
async fn settings_come_back_and_go_away() {
    let world = World::new().await;
    world.put("/practice", "").await.expect(200);
    world.get("/practice?tagging").await.expect_error(404, "NoSuchTagSet");
    let tags = "<Tagging><TagSet><Tag><Key>env</Key><Value>clinic</Value></Tag></TagSet></Tagging>";
    world.put("/practice?tagging", tags).await.expect(200);
    assert_eq!(world.get("/practice?tagging").await.expect(200).element("Value"), "clinic");
    world.delete("/practice?tagging").await.expect(204);
    let kms = "<ServerSideEncryptionConfiguration><Rule><ApplyServerSideEncryptionByDefault>\
        <SSEAlgorithm>aws:kms</SSEAlgorithm><KMSMasterKeyID>alias/practice</KMSMasterKeyID>\
        </ApplyServerSideEncryptionByDefault><BucketKeyEnabled>true</BucketKeyEnabled></Rule>\
        </ServerSideEncryptionConfiguration>";
    world.put("/practice?encryption", kms).await.expect(200);
    let put = world.put("/practice/a", "x").await.expect(200);
    assert_eq!(put.header("x-amz-server-side-encryption"), "aws:kms");
    assert_eq!(put.header("x-amz-server-side-encryption-aws-kms-key-id"), "alias/practice");
    world.delete("/practice?encryption").await.expect(204);
    assert_eq!(world.get("/practice?encryption").await.expect(200).element("SSEAlgorithm"), "AES256");
    for (setting, code) in [
        ("lifecycle", "NoSuchLifecycleConfiguration"),
        ("cors", "NoSuchCORSConfiguration"),
        ("website", "NoSuchWebsiteConfiguration"),
        ("object-lock", "ObjectLockConfigurationNotFoundError"),
        ("replication", "ReplicationConfigurationNotFoundError"),
    ] {
        world.get(&format!("/practice?{setting}")).await.expect_error(404, code);
    }
    for setting in ["logging", "notification"] {
        world.get(&format!("/practice?{setting}")).await.expect(200);
    }
}
